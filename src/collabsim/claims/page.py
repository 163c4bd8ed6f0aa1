"""The page of claims for the docs, in English and Dutch."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from collabsim.analysis.wording import Lang
from collabsim.claims.claim import SCENARIOS, Claim
from collabsim.claims.explaining import Explanation, told
from collabsim.claims.storing import Stored
from collabsim.claims.wording import (
    ablation_words,
    comparison_words,
    effect_words,
    luck_words,
    outcome_words,
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

INTRODUCTION: Mapping[Lang, str] = {
    "en": """# Claims: what others expect, and what the model does

{made}

*Nederlands: [claims.nl.md](claims.nl.md).* Each row of the articles and each fact of research that the
model can speak to is one comparison of two arrangements with the same luck. Outcome, direction, smallest
difference that matters and what should make the effect vanish were written down before anything was run
at full size ([articles](../experiments/claims/articles.yaml),
[research](../experiments/claims/research.yaml)); no outcome is set by the lever itself. The articles tell
of practice and measure nothing. So what is supported here is no evidence for it: it follows *in this
model, under these assumptions*. What is contradicted is a finding, about the model, about the
expectation, or about both.

Of {count} claims {verdicts}.

**How to read it.** *Effect* is the mean difference at the defaults with its 95% interval, and both means;
*against luck* is the difference as a multiple of what luck makes between regions. *Kept worlds* are draws
of all that is uncertain that meet published patterns: counted are those in which the effect goes the way
that is expected, with the interval of that share, which is one of the assumptions examined and no
probability. *Switched off* is what was neutral on both sides. The *verdict* asks for a difference that matters
beyond doubt, corrected for {count} claims (Benjamini and Yekutieli, at most one in twenty told by luck),
and for most kept worlds to say the same. *Fitted* is a fact that the calibration used as a pattern, and no
support. See [reading a verdict](reading-a-verdict.md).

To make it again, about {minutes} minutes of one core for {runs:,} runs: `collabsim claims --publish`.
Run: {sizes}. Model {model}.
""",
    "nl": """# Verwachtingen: wat anderen verwachten, en wat het model doet

{made}

*English: [claims.md](claims.md).* Elke rij uit de artikelen en elk feit uit onderzoek waarover het model
iets kan zeggen, is één vergelijking van twee manieren van organiseren met hetzelfde toeval. Uitkomst,
richting, kleinste verschil dat ertoe doet en wat het effect moet laten verdwijnen zijn vastgelegd voordat
er op volle omvang iets werd gedraaid ([artikelen](../experiments/claims/articles.yaml),
[onderzoek](../experiments/claims/research.yaml)); geen uitkomst wordt door de knop zelf gezet. De artikelen
vertellen over de praktijk en meten niets. Wat hier gesteund wordt, is dus geen bewijs: het volgt *in dit
model, onder deze aannamen*. Wat tegengesproken wordt is een bevinding, over het model, over de
verwachting, of over beide.

Van {count} verwachtingen zijn er {verdicts}.

**Hoe te lezen.** *Effect* is het gemiddelde verschil bij de standaardwaarden met het 95%-interval, en
beide gemiddelden; *tegenover toeval* is het verschil als veelvoud van wat toeval tussen regio's maakt.
*Behouden werelden* zijn trekkingen van alles wat onzeker is die aan gepubliceerde patronen voldoen: geteld
zijn die waarin het effect de verwachte kant op gaat, met het interval van dat aandeel; het is een aandeel
van de onderzochte aannamen en geen kans. *Uitgezet* is wat aan beide kanten neutraal was. Het *oordeel*
vraagt om een verschil dat ertoe doet, zonder twijfel, gecorrigeerd voor {count} verwachtingen (Benjamini en
Yekutieli, naar verwachting hooguit één op de twintig door toeval), en om de meeste behouden werelden die
hetzelfde zeggen. *Erop afgesteld* is een feit dat bij de kalibratie als patroon is gebruikt, en geen steun.
Zie [een oordeel lezen](reading-a-verdict.md).

Opnieuw maken, ongeveer {minutes} minuten van één kern voor {runs:,} simulaties: `collabsim claims
--publish`. Gedraaid: {sizes}. Model {model}.
""",
}
TITLES: Mapping[str, tuple[str, str]] = {
    "articles": ("What the articles lead one to expect", "Wat de artikelen doen verwachten"),
    "research": ("What research found", "Wat onderzoek vond"),
    "contested": ("Where contested effects hold", "Waar omstreden effecten gelden"),
    "contradicted": ("What is contradicted, and why", "Wat wordt tegengesproken, en waarom"),
    "compared": ("What was compared", "Wat er is vergeleken"),
    "systems": ("What carries each row of the articles", "Wat elke rij van de artikelen draagt"),
    "changed": ("What changed since a first look", "Wat veranderde sinds een eerste blik"),
}
CONTESTED_TEXT: Mapping[Lang, str] = {
    "en": (
        "Sources disagree on these, and their ranges include no effect. Counted over kept and plausible "
        "worlds together; conditions are named only where they foretell worlds that were not used to find "
        "them better than for sides dealt out by lot."
    ),
    "nl": (
        "Over deze zijn bronnen het oneens, en geen effect valt binnen hun bereik. Geteld over behouden en "
        "aannemelijke werelden samen; voorwaarden staan er alleen als zij werelden die niet gebruikt zijn om "
        "ze te vinden beter voorspellen dan bij verlote kanten."
    ),
}
HEADS: Mapping[str, tuple[str, ...]] = {
    "systems": (
        "Row|System|Mechanisms|Parameters|Configs|Articles",
        "Rij|Systeem|Mechanismen|Parameters|Configs|Artikelen",
    ),
    "compared": ("Claim|Comparison|Sources", "Verwachting|Vergelijking|Bronnen"),
    "contested": ("Claim|Where it holds", "Verwachting|Waar het geldt"),
    "changed": ("Claim|What changed, and why", "Verwachting|Wat veranderde, en waarom"),
}
#: Runs that one core makes in a minute, measured on the machine of the project when it is idle.
RUNS_A_MINUTE = 600


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
    parts += [f"## {title('contradicted', lang)}\n", *why(told_of, kept, explanations, lang)]
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
            outcome_words(claim.metric, lang),
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
    """An explanation of each claim that is contradicted, with figures from the record of events."""
    for claim in claims:
        found = kept.findings[claim.id]
        if found.verdict != "contradicted":
            continue
        yield f"**{claim.id}.** {claim.nl if lang == 'nl' else claim.en}: {effect_words(found, lang)}."
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
