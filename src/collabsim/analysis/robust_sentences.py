"""What robustness says, in plain sentences, in English or Dutch.

Always the share of the assumptions examined, never a probability: somebody drew these worlds, and
the region is none of them for sure.
"""

import math
from collections.abc import Sequence

from collabsim.analysis.comparison import Declared
from collabsim.analysis.counting import filled
from collabsim.analysis.designs_front import DesignRegret
from collabsim.analysis.flips import Flips, Part
from collabsim.analysis.luck_and_assumptions import Split
from collabsim.analysis.robustness import Robustness, Share
from collabsim.analysis.sentences import told_difference
from collabsim.analysis.wording import Lang, decimals_for, number, shown_scale, unit_words

_WORDS: dict[str, tuple[str, str]] = {
    "head": (
        (
            "{name}: in {share} of the assumptions examined ({count} of {of} worlds; 95% interval {low} to "
            "{high}) {a} does better than {b}."
        ),
        (
            "{name}: onder {share} van de onderzochte aannamen ({count} van {of} werelden; 95%-interval "
            "{low} tot {high}) doet {a} het beter dan {b}."
        ),
    ),
    "head higher": (
        (
            "{name}: in {share} of the assumptions examined ({count} of {of} worlds; 95% interval {low} to "
            "{high}) {a} is higher than {b}."
        ),
        (
            "{name}: onder {share} van de onderzochte aannamen ({count} van {of} werelden; 95%-interval "
            "{low} tot {high}) is {a} hoger dan {b}."
        ),
    ),
    "rest": (
        (
            "The other way round in {b_share}, no difference that matters ({matters}) in {neither}, and "
            "undecided by their own replicates in {undecided}."
        ),
        (
            "Andersom in {b_share}, geen verschil dat ertoe doet ({matters}) in {neither}, en onbeslist "
            "door de eigen herhalingen in {undecided}."
        ),
    ),
    "regret": (
        (
            "As far as it is settled, choosing {a} gives up {mean_a} on average and {most_a} in the worst "
            "world; choosing {b} {mean_b} and {most_b}."
        ),
        (
            "Voor zover het vaststaat, laat wie {a} kiest gemiddeld {mean_a} liggen en in de slechtste "
            "wereld {most_a}; wie {b} kiest {mean_b} en {most_b}."
        ),
    ),
    "halved": (
        (
            "With all ranges half as wide around the defaults: {share} ({low} to {high}), the other way "
            "round in {b_share}, undecided {undecided}."
        ),
        (
            "Met alle marges half zo breed rond de standaardwaarden: {share} ({low} tot {high}), andersom "
            "in {b_share}, onbeslist {undecided}."
        ),
    ),
    "one side": (
        "Too few worlds are settled for one or for the other to say what turns it round.",
        "Te weinig werelden zijn voor de een of voor de ander beslist om te zeggen wat het omdraait.",
    ),
    "chance": (
        "No assumption, alone or with one other, is seen to turn it round.",
        "Van geen aanname, alleen of samen met een andere, is te zien dat die het omdraait.",
    ),
    "tree": (
        (
            "What turns it round: {parts}. Of worlds that the rule had not seen it foretold {foretold} "
            "(guessing: half)."
        ),
        (
            "Wat het omdraait: {parts}. Van werelden die de regel niet had gezien, voorspelde die "
            "{foretold} goed (gokken: de helft)."
        ),
    ),
    "part": (
        "where {conditions} {a} does better in {better} of {worlds}",
        "waar {conditions} doet {a} het beter in {better} van {worlds}",
    ),
    "and": (" and ", " en "),
    "at most": ("{path} is at most {bound}", "{path} hoogstens {bound} is"),
    "above": ("{path} is above {bound}", "{path} boven {bound} ligt"),
    "split": (
        (
            "{what}: of what varies, {share} (95% interval {low} to {high}) lies in the assumptions and the "
            "rest is luck."
        ),
        (
            "{what}: van wat varieert, ligt {share} (95%-interval {low} tot {high}) aan de aannamen en de "
            "rest is toeval."
        ),
    ),
    "split unknown": (
        "{what}: nothing varies, or too few worlds have a value.",
        "{what}: er varieert niets, of te weinig werelden hebben een waarde.",
    ),
    "modest": (
        "A share of the assumptions examined, no probability. In this model.",
        "Een deel van de onderzochte aannamen, geen kans. In dit model.",
    ),
    "design": (
        (
            "{name} gives up {regret} on average against the best design of each world (95% interval "
            "{low} to {high}), for {hours} hours a month in the whole region."
        ),
        (
            "{name} laat gemiddeld {regret} liggen tegenover de beste opzet van elke wereld "
            "(95%-interval {low} tot {high}), voor {hours} uur per maand in de hele regio."
        ),
    ),
    "beyond": (
        "{much} of {all} designs give up more than what matters ({matters}) on average.",
        "{much} van {all} opzetten laten gemiddeld meer liggen dan wat ertoe doet ({matters}).",
    ),
    "modest designs": (
        "Over the assumptions examined; none of them is known to hold. In this model.",
        "Over de onderzochte aannamen; van geen is bekend dat die klopt. In dit model.",
    ),
    "front": (
        "No other design has both less regret and fewer hours than: {names}.",
        "Geen andere opzet laat minder liggen én kost minder uren dan: {names}.",
    ),
}


def say(key: str, lang: Lang, **values: object) -> str:
    """A phrase in a language, with its values filled in."""
    return filled(_WORDS[key][lang == "nl"], values, lang)


def percent(share: float, lang: Lang) -> str:
    """A share in whole percents: more would promise what some worlds cannot keep."""
    return f"{number(100 * share, lang, 0)}%"


def robust_sentences(
    found: Robustness, metric: Declared, lang: Lang = "en", halved: Robustness | None = None
) -> list[str]:
    """What one outcome comes to over the worlds examined.

    Args:
        found: A against B.
        metric: declaration of the outcome, for its name.
        lang: "en" or "nl".
        halved: the same with ranges half as wide.

    """
    a, b = f'"{found.a}"', f'"{found.b}"'
    name = metric.nl if lang == "nl" else metric.en
    shares = found.shares
    texts = [
        say("head" if found.direction else "head higher", lang, name=name[:1].upper() + name[1:],
            a=a, b=b, count=shares["a"].count, of=shares["a"].of, **told_share(shares["a"], lang)),
        say("rest", lang, b_share=percent(shares["b"].share, lang),
            neither=percent(shares["neither"].share, lang), matters=in_units(found, found.matters, lang),
            undecided=percent(shares["undecided"].share, lang)),
    ]  # fmt: skip
    if found.direction:
        one, other = found.regret_a, found.regret_b
        texts.append(
            say("regret", lang, a=a, b=b,
                mean_a=in_units(found, one.mean, lang), most_a=in_units(found, one.most, lang),
                mean_b=in_units(found, other.mean, lang), most_b=in_units(found, other.most, lang))
        )  # fmt: skip
    if halved is not None:
        other_shares = halved.shares
        texts.append(
            say("halved", lang, **told_share(other_shares["a"], lang),
                b_share=percent(other_shares["b"].share, lang),
                undecided=percent(other_shares["undecided"].share, lang))
        )  # fmt: skip
    return texts


def told_share(share: Share, lang: Lang) -> dict[str, str]:
    """A share and its interval in words."""
    return {
        "share": percent(share.share, lang),
        "low": percent(share.low, lang),
        "high": percent(share.high, lang),
    }


def in_units(found: Robustness, value: float, lang: Lang) -> str:
    """A number of the outcome with its unit."""
    return with_unit(value, found.unit, found.matters or abs(value), lang)


def with_unit(value: float, unit: str, step: float, lang: Lang) -> str:
    """A number with its unit, in as many digits as show a tenth of a step; a scale in brackets."""
    decimals = decimals_for((step or 1.0) * shown_scale(unit))
    if "0 to 1" in unit:
        return f"{number(value, lang, decimals)} ({unit_words(unit, lang)})"
    return told_difference(value, unit, lang, decimals)


def flips_sentence(found: Flips, a: str, lang: Lang = "en") -> str:
    """What turns a comparison round, or why nothing is told."""
    if found.why_not:
        return say(found.why_not, lang)
    parts = [said_part(part, a, lang) for part in found.parts]
    return say("tree", lang, parts="; ".join(parts), foretold=percent(found.foretold, lang))


def said_part(part: Part, a: str, lang: Lang) -> str:
    """One part of a tree in words."""
    conditions = [
        say("at most" if sign == "<=" else "above", lang, path=path,
            bound=number(bound, lang, decimals_for(abs(bound) / 20 or 1.0)))
        for path, sign, bound in part.conditions
    ]  # fmt: skip
    return say(
        "part", lang, conditions=say("and", lang).join(conditions), a=f'"{a}"',
        better=part.a_better, worlds=part.worlds,
    )  # fmt: skip


def split_sentence(found: Split, what: str, lang: Lang = "en") -> str:
    """How much of what varies lies in the assumptions."""
    if math.isnan(found.share):
        return say("split unknown", lang, what=what)
    return say(
        "split", lang, what=what, share=percent(found.share, lang), low=percent(found.low, lang),
        high=percent(found.high, lang),
    )  # fmt: skip


def front_sentences(
    designs: Sequence[DesignRegret], metric: Declared, lang: Lang = "en"
) -> list[str]:
    """The designs on the front, one sentence each, and which they are."""
    on_front = [design for design in designs if design.on_front]
    decimals = decimals_for((metric.matters or 1.0) / 4 * shown_scale(metric.unit))
    scale, step = shown_scale(metric.unit), (metric.matters or 1.0) / 4
    texts = [
        say("design", lang, name=f'"{d.name}"', regret=with_unit(d.regret, metric.unit, step, lang),
            low=number(d.low * scale, lang, decimals), high=number(d.high * scale, lang, decimals),
            hours=number(d.hours, lang))
        for d in on_front
    ]  # fmt: skip
    names = ", ".join(f'"{design.name}"' for design in on_front)
    much = sum(design.regret > metric.matters for design in designs)
    beyond = say(
        "beyond", lang, much=much, all=len(designs),
        matters=with_unit(metric.matters, metric.unit, metric.matters, lang),
    )  # fmt: skip
    return [*texts, say("front", lang, names=names), beyond, say("modest designs", lang)]
