"""Load scenarios and comparisons from files, from mappings, and with single values changed."""

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from collabsim.config.comparison import Comparison, ComparisonFile, check_different
from collabsim.config.errors import ConfigError, Place, did_you_mean, setting, shown
from collabsim.config.files import neighbour, project_folder, read_config
from collabsim.config.nodes import Node
from collabsim.config.timeline import with_checked_timeline, with_flat_timeline
from collabsim.config.validation import checked_group, validated
from collabsim.config.writing import resolved
from collabsim.config.yaml_reading import read_text
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase

NOT_BY_OVERRIDE = ("schema", "kind", "extends")
#: Kinds of config that have a command of their own.
COMMANDS_OF_KINDS = {"sweep": "sweep", "calibration": "calibrate"}


def load_scenario(
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    project: Path | None = None,
) -> Scenario:
    """Load a scenario file with all that it extends.

    Args:
        path: the file.
        overrides: values that replace those of the file, by path of the parameter:
            ``{"table.seats": 12}``. Text is read as YAML, so that ``"12"`` is a number too.
        project: folder that the file may not refer outside of; by default the nearest folder
            named ``configs`` above the file, else the file's own folder.

    Raises:
        ConfigError: the first problem in reading order, and how many more there are.

    """
    root = read_config(Path(path), "scenario", project)
    return checked(with_overrides(root, overrides))


def load_comparison(
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    known_outcomes: Collection[str] | None = None,
) -> Comparison:
    """Load a comparison file and its scenarios.

    Args:
        path: the file.
        overrides: values that replace those of every scenario, as for ``load_scenario``.
        known_outcomes: names that ``outcomes`` may hold; None leaves them unchecked.

    Raises:
        ConfigError: the first problem in reading order, and how many more there are; or two of
            its scenarios are the same in all parameters.

    """
    file = Path(path)
    root = without_kind(read_config(file, "comparison"))
    content = checked_group(root, ComparisonFile)
    if known_outcomes is not None:
        check_outcomes(root, content.outcomes, known_outcomes)
    project = project_folder(file)
    # Of what the comparison sets for all its scenarios, the command line has the last word.
    settings = {key: root.value[key] for key in ("seed", "months") if key in root.value}
    settings = {key: node for key, node in settings.items() if node.value is not None}
    paths: list[Path] = []
    scenarios: dict[str, Scenario] = {}
    as_written: list[Node] = []
    for i in range(len(content.scenarios)):
        node = root.at(("scenarios", i))
        found, name = neighbour((file, str(node.place.file)), node, f"scenarios[{i + 1}]", project)
        inner = read_config(found, "scenario", project, name)
        inner = Node({**inner.value, **settings}, inner.place)
        scenario = checked(with_overrides(inner, overrides))
        if scenario.name in scenarios:
            raise ConfigError(
                Phrase(
                    f"{name} is the second scenario with the name {shown(scenario.name)}",
                    f"{name} is het tweede scenario met de naam {shown(scenario.name)}",
                ),
                rule=Phrase(
                    "the scenarios of a comparison have different names",
                    "de scenario's van een vergelijking heten verschillend",
                ),
                repair=Phrase(
                    "give one of them another name, or list it once",
                    "geef een van de twee een andere naam, of noem het één keer",
                ),
                place=node.place,
                key=f"scenarios[{i + 1}]",
                value=node.value,
            )
        scenarios[scenario.name] = scenario
        as_written.append(inner)
        paths.append(found)
    check_different(
        tuple(scenarios.values()),
        overrides,
        lambda i: checked(as_written[i]),
        place=root.value["scenarios"].place,
    )
    return Comparison(
        content.name,
        content.about,
        tuple(paths),
        tuple(scenarios.values()),
        content.replicates,
        content.outcomes,
        content.name_nl,
        content.about_nl,
    )


def load_config(
    path: str | Path,
    *,
    overrides: Mapping[str, object] | None = None,
    known_outcomes: Collection[str] | None = None,
) -> Scenario | Comparison:
    """Load a scenario or a comparison.

    Raises:
        ConfigError: as for ``load_scenario`` and ``load_comparison``; or it is of another kind.

    """
    root = read_config(Path(path))
    kind = root.value["kind"].value
    if kind in COMMANDS_OF_KINDS:
        raise ConfigError(
            Phrase(f"{path} is a {kind}", f"{path} is van de soort {kind}"),
            rule=Phrase(
                "what is needed here is a scenario or a comparison",
                "hier is een scenario of een vergelijking nodig",
            ),
            repair=Phrase(
                f"run it with: collabsim {COMMANDS_OF_KINDS[kind]} {path}",
                f"geef de opdracht: collabsim {COMMANDS_OF_KINDS[kind]} {path}",
            ),
            place=root.value["kind"].place,
            key="kind",
            value=kind,
        )
    if kind == "comparison":
        return load_comparison(path, overrides=overrides, known_outcomes=known_outcomes)
    return checked(with_overrides(root, overrides))


def scenario_from_mapping(mapping: Mapping[str, Any]) -> Scenario:
    """Make a scenario of nested plain data, with the same checks as for a file.

    Args:
        mapping: what a scenario file would hold; ``schema`` may be left out, ``extends`` cannot
            be used.

    Raises:
        ConfigError: the first problem, without file and line.

    """
    root = node_of(mapping)
    return checked(Node({"kind": node_of("scenario"), **root.value}, root.place))


def set_value(scenario: Scenario, path: str, value: object) -> Scenario:
    """Give a copy of a scenario with one parameter changed, with the same checks as for a file.

    Args:
        scenario: stays as it is.
        path: like "table.seats".
        value: the new value.

    Raises:
        ConfigError: no such parameter, or the value breaks a rule.

    """
    mapping = node_of(resolved(scenario))
    return checked(replaced(mapping, path, node_of(value)))


def checked(root: Node) -> Scenario:
    """Check all of a scenario."""
    root = with_flat_timeline(without_kind(root))
    return with_checked_timeline(validated(root), root)


def without_kind(root: Node) -> Node:
    """Leave out what has been dealt with."""
    return Node({k: node for k, node in root.value.items() if k != "kind"}, root.place)


def with_overrides(root: Node, overrides: Mapping[str, object] | None) -> Node:
    """Put values from the command line, as text, or from Python in the place of those from files."""
    for path, value in (overrides or {}).items():
        place = Place(rank=-1, source=setting(path, value))
        if path in NOT_BY_OVERRIDE or not path:
            raise ConfigError(
                Phrase(f'"{path}" is set', f'"{path}" wordt ingesteld'),
                rule=Phrase(
                    "--set changes a parameter by its path",
                    "--set verandert een parameter, genoemd met het volledige pad",
                ),
                repair=Phrase(
                    "write it like --set table.seats=12", "schrijf het zoals --set table.seats=12"
                ),
                place=place,
                key=path,
                value=value,
            )
        new = read_text(value, place) if isinstance(value, str) else node_of(value, place)
        root = replaced(root, path, new)
    return root


def replaced(root: Node, path: str, new: Node) -> Node:
    """Put a value at a path; what is on the way to it and not a group gives way to one."""
    key, _, rest = path.partition(".")
    entries = dict(root.value) if isinstance(root.value, dict) else {}
    empty = Node({}, new.place)
    entries[key] = replaced(entries.get(key, empty), rest, new) if rest else new
    return Node(entries, root.place if isinstance(root.value, dict) else new.place)


def node_of(value: Any, place: Place | None = None) -> Node:  # noqa: ANN401 - what somebody gives
    """Make nodes of plain data, all of one place or without."""
    place = Place() if place is None else place
    if hasattr(value, "tolist"):  # A number or an array of NumPy.
        value = value.tolist()
    if isinstance(value, Mapping):
        return Node({str(key): node_of(inner, place) for key, inner in value.items()}, place)
    if isinstance(value, list | tuple):
        return Node([node_of(inner, place) for inner in value], place)
    return Node(value, place)


def check_outcomes(root: Node, outcomes: tuple[str, ...], known: Collection[str]) -> None:
    """Refuse outcomes that nothing measures."""
    for i, outcome in enumerate(outcomes):
        if outcome not in known:
            near, listed = get_close_matches(outcome, known, n=1), ", ".join(sorted(known))
            raise ConfigError(
                Phrase(
                    f"there is no outcome {shown(outcome)}",
                    f"er is geen uitkomst {shown(outcome)}",
                ),
                rule=Phrase(
                    "outcomes are names of metrics", "bij outcomes staan namen van uitkomsten"
                ),
                repair=did_you_mean(f'"{near[0]}"')
                if near
                else Phrase(f"use: {listed}", f"kies uit: {listed}"),
                place=root.at(("outcomes", i)).place,
                key=f"outcomes[{i + 1}]",
                value=outcome,
            )
