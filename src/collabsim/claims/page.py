"""The page of claims for the docs, in English and Dutch."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from collabsim.analysis.shown import outcome_name
from collabsim.analysis.wording import Lang
from collabsim.claims.claim import SCENARIOS, Claim
from collabsim.claims.explaining import Explanation, told
from collabsim.claims.findings import goes_against
from collabsim.claims.page_words import (
    AGAINST_TEXT,
    CONTESTED_TEXT,
    HEADS,
    INTRODUCTION,
    RUNS_A_MINUTE,
    TITLES,
)
from collabsim.claims.storing import Stored
from collabsim.claims.wording import (
    ablation_words,
    comparison_words,
    effect_words,
    luck_words,
    share_words,
    size_words,
    verdict_words,
    where_words,
    word,
)
from collabsim.config import load_scenario
from collabsim.config.timeline import value_at
from collabsim.parameters import Scenario

#: Pages of the docs, seen from the project.
PAGES: Mapping[Lang, Path] = {"en": Path("docs/claims.md"), "nl": Path("docs/claims.nl.md")}
MODEL_PAGE, SOURCES_PAGE = Path("docs/model.md"), Path("docs/sources.md")
MADE = "<!-- Made by `collabsim claims --publish`; do not edit. -->"
#: Configs that a row names.
MOST_CONFIGS = 4
VERDICTS = ("supported", "fitted", "contradicted", "no difference that matters", "not known")


def page(
    claims: Sequence[Claim],
    kept: Stored,
    explanations: Mapping[str, Explanation],
    project: Path,
    lang: Lang,
) -> str:
    """The page in one language; claims without a finding are left out."""
    told_of = [claim for claim in claims if claim.id in kept.findings]
    articles = [claim for claim in told_of if claim.system]
    research = [claim for claim in told_of if not claim.system]
    parts = [introduction(kept, lang)]
    for name, some in (("articles", articles), ("research", research)):
        parts += [f"## {title(name, lang)}\n", *verdict_table(some, kept, lang)]
    parts += [f"## {title('against', lang)}\n", *why(told_of, kept, explanations, lang)]
    parts += [f"## {title('contested', lang)}\n", CONTESTED_TEXT[lang] + "\n"]
    contested = [claim for claim in told_of if claim.contested]
    parts += table("contested", lang, (
        (claim.id, where_words(kept.findings[claim.id], lang)) for claim in contested
    ))  # fmt: skip
    parts += [f"## {title('compared', lang)}\n", *table("compared", lang, (
        (claim.id, comparison_words(claim, lang), sources(claim, project)) for claim in told_of
    ))]  # fmt: skip
    parts += [f"## {title('systems', lang)}\n", *systems(articles, project, lang)]
    changed = [claim for claim in told_of if claim.changed]
    parts += [f"## {title('changed', lang)}\n"]
    parts += table("changed", lang, ((claim.id, claim.changed) for claim in changed))
    return "\n".join(parts)


def title(name: str, lang: Lang) -> str:
    """The heading of a section."""
    return TITLES[name][lang == "nl"]


def introduction(kept: Stored, lang: Lang) -> str:
    """What the page is, what came out in numbers, and how to read it."""
    counts = Counter(finding.verdict for finding in kept.findings.values())
    verdicts = ", ".join(f"{counts[v]} {word(v, lang)}" for v in VERDICTS if counts[v])  # type: ignore[index]
    text = INTRODUCTION[lang].format(
        made=MADE, count=len(kept.findings), verdicts=verdicts, runs=kept.runs, model=kept.model,
        sizes=size_words(kept.sizes, lang), minutes=max(1, round(kept.runs / RUNS_A_MINUTE)),
    )  # fmt: skip
    return (
        text.replace(f"{kept.runs:,}", f"{kept.runs:,}".replace(",", ".")) if lang == "nl" else text
    )


def verdict_table(claims: Sequence[Claim], kept: Stored, lang: Lang) -> Iterator[str]:
    """One row a claim: what was expected, and what was found."""
    heads = [
        word(head, lang)
        for head in ("claim", "expected", "outcome", "effect", "against luck", "kept worlds", "ablation", "verdict")
    ]  # fmt: skip
    yield line(heads)
    yield line(["---"] * len(heads))
    for claim in claims:
        found = kept.findings[claim.id]
        yield line([
            claim.id,
            claim.nl if lang == "nl" else claim.en,
            outcome_name(claim.metric, lang),
            effect_words(found, lang),
            luck_words(found, lang),
            share_words(found.kept.as_expected if found.kept else None, lang),
            "; ".join(ablation_words(one, lang) for one in found.ablations),
            f"**{verdict_words(found, lang)}**",
        ])  # fmt: skip
    yield ""


def why(
    claims: Sequence[Claim], kept: Stored, explanations: Mapping[str, Explanation], lang: Lang
) -> Iterator[str]:
    """Why claims go the other way, with figures from the record of events."""
    yield AGAINST_TEXT[lang] + "\n"
    for claim in claims:
        found = kept.findings[claim.id]
        if not goes_against(found, claim.sign):
            continue
        expected = claim.nl if lang == "nl" else claim.en
        yield (
            f"**{claim.id}.** {expected}: {effect_words(found, lang)}; "
            f"{verdict_words(found, lang)}."
        )
        explanation = explanations.get(claim.id)
        if explanation is not None and claim.id in kept.figures:
            text = explanation.nl if lang == "nl" else explanation.en
            yield told(text, kept.figures[claim.id], lang).strip()
        yield ""


def systems(claims: Sequence[Claim], project: Path, lang: Lang) -> Iterator[str]:
    """What carries each row: mechanisms, parameters, configs, articles."""
    configs = {
        path.stem: load_scenario(path) for path in sorted((project / SCENARIOS).glob("*.yaml"))
    }
    yield from table("systems", lang, (
        (
            claim.id,
            claim.systeem if lang == "nl" else claim.system,
            ", ".join(place_on_the_page(mechanism, project) for mechanism in claim.mechanisms),
            ", ".join(f"`{path}`" for path in claim.parameters),
            some(configs_with(claim.parameters, configs)),
            sources(claim, project),
        )
        for claim in claims
    ))  # fmt: skip


def configs_with(parameters: Sequence[str], configs: Mapping[str, Scenario]) -> list[str]:
    """Shipped scenarios that set any of the ``parameters`` otherwise than by default."""
    return [
        name for name, scenario in configs.items()
        if any(is_set(scenario, parameter) for parameter in parameters)
    ]  # fmt: skip


def is_set(scenario: Scenario, path: str) -> bool:
    """Whether a scenario, or a change on its timeline, departs from the default of a parameter."""
    changed = any(key.startswith(path) for change in scenario.timeline for key in change.set)
    return changed or value_at(scenario, path) != value_at(Scenario(), path)


def some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" +{len(names) - MOST_CONFIGS}" if len(names) > MOST_CONFIGS else ""
    return ", ".join(f"`{name}`" for name in names[:MOST_CONFIGS]) + more


def place_on_the_page(mechanism: str, project: Path) -> str:
    """Link to the section of the model's page that names the module.

    Raises:
        LookupError: no section does.

    """
    section = ""
    for text in (project / MODEL_PAGE).read_text(encoding="utf-8").splitlines():
        if text.startswith("### "):
            section = text.removeprefix("### ").lower().replace(" ", "-")
        if section and f"`{mechanism}.py`" in text:
            return f"[{mechanism}](model.md#{section})"
    raise LookupError(f"docs/model.md has no section that names {mechanism}.py")


def sources(claim: Claim, project: Path) -> str:
    """Sources of a claim, with a link where the page of sources has a section of that name."""
    text = (project / SOURCES_PAGE).read_text(encoding="utf-8")
    sections = set(re.findall(r"^## (.+)$", text, flags=re.MULTILINE))
    return ", ".join(
        f"[{source}](sources.md#{source})" if source in sections else source
        for source in claim.sources
    )


def table(name: str, lang: Lang, rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """A table of a section."""
    heads = HEADS[name][lang == "nl"].split("|")
    yield line(heads)
    yield line(["---"] * len(heads))
    for row in rows:
        yield line(row)
    yield ""


def line(cells: Sequence[str]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cells)} |"
