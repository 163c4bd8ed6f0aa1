"""What a parameter means and what a config says, for ``collabsim describe`` and the docs."""

import textwrap
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from collabsim.config import (
    Comparison,
    ConfigError,
    Parameter,
    differences,
    groups,
    identity,
    load_config,
    parameters,
)
from collabsim.config.errors import did_you_mean
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from collabsim.phrases import Phrase
from collabsim.reference.wording import (
    Language,
    allowed,
    meaning,
    plausible,
    unit_of,
    value_words,
    with_unit,
    word,
)

CONFIG_ENDINGS = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Description:
    """The same facts twice: ``text`` for people, ``data`` (plain, fit for JSON) for machines."""

    text: str
    data: dict[str, Any]


def describe(subject: str | Path | None = None, *, lang: Language = "en") -> Description:
    """Describe all parameters, one parameter, one group of them, or a config.

    Args:
        subject: nothing for all parameters; a path such as "table.seats" (or its last part, where
            only one parameter has it); a group such as "table"; or a config file.
        lang: "en" or "nl".

    Raises:
        ConfigError: there is no such parameter, or the config cannot be used.

    """
    if subject is None:
        return described_groups("", lang)
    name = str(subject)
    if Path(name).suffix in CONFIG_ENDINGS or Path(name).is_file():
        return described_config(name, lang)
    if name in parameters():
        return described_parameter(parameters()[name], lang)
    if name in groups() and name:
        return described_groups(name, lang)
    same_name = [parameter for parameter in parameters().values() if parameter.name == name]
    if len(same_name) == 1:
        return described_parameter(same_name[0], lang)
    if same_name:
        listed = ", ".join(parameter.path for parameter in same_name)
        found = Phrase("more than one parameter", "meer dan één parameter")
        repair = Phrase(f"choose from {listed}", f"kies uit {listed}")
    else:
        near = get_close_matches(name, [*parameters(), *groups()], n=1)
        found = Phrase("no parameter", "geen parameter")
        repair = (
            did_you_mean(near[0])
            if near
            else Phrase(
                "see all of them with: collabsim describe", "zie ze alle met: collabsim describe"
            )
        )
    raise ConfigError(
        Phrase(f'"{name[:60]}" is {found}', f'"{name[:60]}" is {found.nl}'),
        rule=Phrase(
            "describe takes a parameter, a group of them, or a config file",
            "achter describe staat een parameter, een groep ervan, of een config",
        ),
        repair=repair,
        key=name,
        value=name,
    )


def facts(parameter: Parameter, lang: Language) -> dict[str, Any]:
    """Give all that is known of a parameter as plain data, in one language."""
    declaration = parameter.declaration
    known: dict[str, Any] = {
        "parameter": parameter.path,
        "meaning": meaning(parameter, lang),
        "kind": parameter.kind,
        "default": parameter.default,
        "lowest": parameter.lowest,
        "highest": parameter.highest,
        "choices": list(parameter.choices),
    }
    if declaration is not None:
        known |= {
            "unit": unit_of(parameter, lang),
            "plausible": None if declaration.plausible is None else list(declaration.plausible),
            "distribution": declaration.distribution,
            "role": declaration.role,
            "grade": declaration.grade,
            "source": declaration.source,
        }
    return known


def described_parameter(parameter: Parameter, lang: Language) -> Description:
    """Describe one parameter in full."""
    declaration = parameter.declaration
    rows = [
        ("default", with_unit(parameter.default, parameter, lang)),
        ("allowed", allowed(parameter, lang)),
    ]
    if declaration is not None:
        if declaration.plausible is not None:
            spread = word(declaration.distribution or "", lang)
            rows.append(("plausible", f"{plausible(parameter, lang)} ({spread})"))
        rows += [
            ("role", word(f"role {declaration.role}", lang)),
            ("grade", word(declaration.grade, lang)),
            ("source", f"{declaration.source} (docs/sources.md)"),
        ]
    width = max(len(word(label, lang)) for label, _ in rows)
    lines = [parameter.path, f"  {meaning(parameter, lang)}", ""]
    lines += [f"  {word(label, lang):<{width}}  {value}" for label, value in rows]
    return Description("\n".join(lines), facts(parameter, lang))


def described_groups(below: str, lang: Language) -> Description:
    """List the parameters of a group and of the groups in it; of all groups for ""."""
    blocks: list[str] = []
    data: list[dict[str, Any]] = []
    for path, group in groups().items():
        if below and path != below and not path.startswith(f"{below}."):
            continue
        own = [parameter for parameter in parameters().values() if parameter.group == path]
        if not own:
            continue
        title = group.NL if lang == "nl" else (group.__doc__ or "").strip().splitlines()[0]
        width = max(len(parameter.name) for parameter in own)
        lines = [f"{path or word('scenario', lang)}: {title}"]
        lines += [f"  {parameter.name:<{width}}  {summary(parameter, lang)}" for parameter in own]
        blocks.append("\n".join(lines))
        data.append(
            {
                "group": path,
                "meaning": title,
                "parameters": [facts(parameter, lang) for parameter in own],
            }
        )
    return Description("\n\n".join(blocks), {"groups": data})


def summary(parameter: Parameter, lang: Language) -> str:
    """Give default, unit, role and grade of a parameter in one line."""
    default = with_unit(parameter.default, parameter, lang)
    declaration = parameter.declaration
    if declaration is None:
        return default
    return f"{default}  ({word(declaration.role, lang)}, {word(declaration.grade, lang)})"


def described_config(path: str, lang: Language) -> Description:
    """Describe a scenario by what differs from the defaults, or a comparison by its scenarios."""
    config = load_config(path)
    if isinstance(config, Scenario):
        return described_scenario(config, lang)
    return described_comparison(config, lang)


def described_scenario(scenario: Scenario, lang: Language) -> Description:
    """Describe a scenario: what it is, and only what differs from the defaults."""
    scenario = scenario.told_in(lang)
    changes = {key: value for key, value in differences(scenario).items() if key not in LABELS}
    flat = dict(flattened(changes))
    lines = [scenario.name, f"  {word(f'is {scenario.comparison}', lang)}"]
    if scenario.about:
        lines += ["", *(f"  {line}" for line in wrapped(scenario.about))]
    lines += ["", f"  {word('differs', lang) if flat else word('same', lang)}"]
    for path, value in flat.items():
        known = parameters().get(path)
        if known is None or path == "timeline":
            lines.append(f"    {path}: {value_words(value, lang)}")
            continue
        lines.append(f"    {path}: {with_unit(value, known, lang)}")
        lines.append(
            f"      {meaning(known, lang)} ({word('default', lang)} {value_words(known.default, lang)})"
        )
    for change in scenario.timeline:
        settings = ", ".join(
            f"{path} = {value_words(value, lang)}" for path, value in change.set.items()
        )
        lines.append(f"    {word('month', lang)} {change.month}: {settings}")
    data = {
        "kind": "scenario",
        "name": scenario.name,
        "about": scenario.about,
        "comparison": scenario.comparison,
        "identity": identity(scenario),
        "differs_from_defaults": flat,
    }
    return Description("\n".join(lines), data)


def described_comparison(comparison: Comparison, lang: Language) -> Description:
    """Describe a comparison: what is compared, and how each scenario differs from the first."""
    comparison = comparison.told_in(lang)
    lines = [comparison.name]
    if comparison.about:
        lines += ["", *(f"  {line}" for line in wrapped(comparison.about))]
    lines += ["", f"  {word('replicates', lang)}: {comparison.replicates}"]
    first = comparison.scenarios[0]
    data: list[dict[str, Any]] = []
    for i, scenario in enumerate(comparison.scenarios):
        changes = differences(scenario, first)
        flat = {p: v for p, v in flattened(changes) if p not in LABELS}
        words = ", ".join(f"{path} = {value_words(value, lang)}" for path, value in flat.items())
        lines.append(f"  {i + 1}. {scenario.name}{f': {words}' if words else ''}")
        data.append({"name": scenario.name, "differs_from_first": flat})
    return Description(
        "\n".join(lines),
        {
            "kind": "comparison",
            "name": comparison.name,
            "about": comparison.about,
            "replicates": comparison.replicates,
            "scenarios": data,
        },
    )


def flattened(changes: dict[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Give nested changes as pairs of path and value."""
    pairs: list[tuple[str, Any]] = []
    for key, value in changes.items():
        path = f"{above}.{key}" if above else key
        pairs += flattened(value, path) if isinstance(value, dict) else [(path, value)]
    return pairs


def wrapped(text: str) -> list[str]:
    """Break text into lines that fit a terminal."""
    return [line for part in text.split("\n") for line in textwrap.wrap(part, 96) or [""]]
