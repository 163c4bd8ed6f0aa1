"""The words in which findings are told, in English and Dutch."""

from collabsim.analysis.flips import Part
from collabsim.analysis.wording import Lang, decimals_for, number, shown_scale
from collabsim.claims.arms import Sizes
from collabsim.claims.claim import Claim, Side
from collabsim.claims.findings import Ablated, Finding
from collabsim.claims.verdicts import Share
from collabsim.metrics import METRICS

WORDS: dict[str, tuple[str, str]] = {
    "supported": ("supported", "gesteund"),
    "contradicted": ("contradicted", "tegengesproken"),
    "no difference that matters": ("no difference that matters", "geen verschil dat ertoe doet"),
    "not known": ("not known", "niet bekend"),
    "fitted": ("fitted", "erop afgesteld"),
    "luck": ("luck", "toeval"),
    "assumptions": ("it depends on assumptions", "het hangt van aannamen af"),
    "removes": ("removes it", "haalt het weg"),
    "weakens": ("weakens it", "verzwakt het"),
    "leaves": ("leaves it", "laat het staan"),
    "turns": ("turns it round", "keert het om"),
    "nothing to remove": ("nothing to remove", "niets om weg te halen"),
    "title": ("What is expected, and what was found", "Wat verwacht wordt, en wat gevonden is"),
    "modest": ("In this model, under these assumptions.", "In dit model, onder deze aannamen."),
    "changed": ("changed since what is stored", "veranderd sinds wat bewaard is"),
    "where": ("Where", "Waar"),
    "claim": ("Claim", "Verwachting"),
    "expected": ("Expected", "Verwacht"),
    "outcome": ("Outcome", "Uitkomst"),
    "effect": ("Effect (95%)", "Effect (95%)"),
    "against luck": ("Against luck", "Tegenover toeval"),
    "kept worlds": ("Kept worlds", "Behouden werelden"),
    "ablation": ("Switched off", "Uitgezet"),
    "verdict": ("Verdict", "Oordeel"),
    "to": ("to", "tot"),
    "of": ("of", "van de"),
    "against": ("against", "tegen"),
    "with": ("with", "met"),
    "the number": ("the number {value}", "het getal {value}"),
    "contested": ("contested", "omstreden"),
    "both ways": (
        "over {worlds} worlds by enough to matter as expected in {there}, and the other way in {back}",
        "over {worlds} werelden genoeg om ertoe te doen zoals verwacht in {there}, en andersom in {back}",
    ),
    "one side": ("so nowhere does it turn round", "dus nergens keert het om"),
    "chance": (
        "which of the two it is no assumption foretells beyond doubt",
        "welke van de twee voorspelt geen aanname zonder twijfel",
    ),
    "part": (
        "where {conditions}: as expected in {there} of {worlds}",
        "waar {conditions}: zoals verwacht in {there} van {worlds}",
    ),
    "holds": (
        "where {conditions}: by enough to matter in {there} of {worlds}",
        "waar {conditions}: genoeg om ertoe te doen in {there} van {worlds}",
    ),
    "holds unknown": (
        "in which worlds it matters no assumption foretells beyond doubt",
        "in welke werelden het ertoe doet voorspelt geen aanname zonder twijfel",
    ),
    "and": ("and", "en"),
    "no worlds": ("not run", "niet gedraaid"),
}  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """A word of these texts in one language, with its values filled in."""
    return WORDS[key][lang == "nl"].format(**values)


def amount(value: float, finding: Finding, lang: Lang, *, signed: bool = False) -> str:
    """A value of the outcome of a finding, with as many digits as matter."""
    scale = shown_scale(METRICS[finding.metric].unit)
    decimals = decimals_for(finding.matters * scale)
    return number(value * scale, lang, decimals, signed=signed)


def effect_words(finding: Finding, lang: Lang) -> str:
    """The effect with its interval, and the means behind it."""
    change = amount(finding.difference, finding, lang, signed=True)
    low, high = (amount(value, finding, lang) for value in (finding.low, finding.high))
    of, than = (amount(value, finding, lang) for value in (finding.mean_of, finding.mean_than))
    return (
        f"{change} ({low} {word('to', lang)} {high}), {of} {word('against', lang)} {than}"
    )  # fmt: skip


def share_words(share: Share | None, lang: Lang) -> str:
    """A share of worlds with its interval."""
    if share is None or not share.worlds:
        return word("no worlds", lang)
    percent = f"{number(100.0 * share.low, lang)}-{number(100.0 * share.high, lang)}%"
    return f"{share.count} {word('of', lang)} {share.worlds} ({percent})"


def luck_words(finding: Finding, lang: Lang) -> str:
    """The effect as a multiple of what luck makes between regions."""
    return number(finding.against_luck, lang, 1, signed=True)


def ablation_words(ablated: Ablated, lang: Lang) -> str:
    """What is switched off, and what that does."""
    name = ablated.nl if lang == "nl" else ablated.en
    return f"{name}: {word(ablated.removal, lang)}"


def verdict_words(finding: Finding, lang: Lang) -> str:
    """The verdict, with why nothing may be said if so."""
    verdict = word(finding.verdict, lang)
    return f"{verdict} ({word(finding.doubt, lang)})" if finding.doubt else verdict


def where_words(finding: Finding, lang: Lang) -> str:
    """Over which part of the ranges an effect holds, and where it turns round."""
    over = [one for one in (finding.kept, finding.plausible) if one is not None]
    if not over:
        return word("no worlds", lang)
    there, back, worlds = (
        sum(one.matters.count for one in over), sum(one.against.count for one in over),
        sum(one.matters.worlds for one in over),
    )  # fmt: skip
    told = [word("both ways", lang, there=there, worlds=worlds, back=back)]
    if not finding.flips.why_not:
        told += [part_words(part, "part", lang) for part in finding.flips.parts]
    elif finding.flips.why_not == "chance" or not (there and back):
        told.append(word(finding.flips.why_not, lang))
    if finding.holds is not None and finding.flips.why_not:
        if finding.holds.why_not == "chance":
            told.append(word("holds unknown", lang))
        told += [part_words(part, "holds", lang) for part in finding.holds.parts]
    return "; ".join(told)


def part_words(part: Part, key: str, lang: Lang) -> str:
    """The worlds that a tree puts together, of those that it tells apart."""
    conditions = f" {word('and', lang)} ".join(
        f"`{path}` {way} {number(bound, lang, decimals_for(abs(bound) / 10.0))}"
        for path, way, bound in part.conditions
    )
    return word(key, lang, conditions=conditions, there=part.a_better, worlds=part.worlds)


def side_words(side: Side, lang: Lang) -> str:
    """One side of a comparison, with a link to its config."""
    if side.value is not None:
        return word("the number", lang, value=number(side.value, lang, 1))
    link = f"[{side.scenario}](../configs/scenarios/{side.scenario}.yaml)"
    if not side.settings:
        return link
    settings = ", ".join(f"`{path}: {plain(value)}`" for path, value in side.settings.items())
    return f"{link} {word('with', lang)} {settings}"


def plain(value: object) -> str:
    """A value as it stands in a config."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def comparison_words(claim: Claim, lang: Lang) -> str:
    """Both sides of a comparison."""
    of, than = side_words(claim.of, lang), side_words(claim.than, lang)
    return f"{of} {word('against', lang)} {than}"


def size_words(sizes: Sizes, lang: Lang) -> str:
    """How much was run."""
    if lang == "nl":
        return (
            f"{sizes.pairs} paren bij de standaardwaarden, {sizes.ablation_pairs} met elk mechanisme uit, "
            f"{sizes.world_pairs} in elk van hooguit {sizes.worlds} behouden en {sizes.worlds} "
            "aannemelijke werelden"
        )
    return (
        f"{sizes.pairs} pairs at the defaults, {sizes.ablation_pairs} with each mechanism off, "
        f"{sizes.world_pairs} in each of at most {sizes.worlds} kept and {sizes.worlds} plausible worlds"
    )
