"""The phrases in which the commands answer, in English and Dutch."""

from collabsim.analysis.counting import filled
from collabsim.analysis.wording import Lang

_WORDS: dict[str, tuple[str, str]] = {
    "outcome": ("outcome", "uitkomst"),
    "mean": ("mean", "gemiddelde"),
    "spread": ("spread between replicates", "spreiding tussen herhalingen"),
    "interval": ("95% interval of the mean", "95%-interval van het gemiddelde"),
    "defined": ("defined in", "bepaald in"),
    "difference": ("difference", "verschil"),
    "of difference": ("95% interval", "95%-interval"),
    "luck": ("times luck", "maal toeval"),
    "pairs": ("higher with the same luck", "hoger met hetzelfde toeval"),
    "verdict": ("verdict", "oordeel"),
    "run": (
        "{name}: {replicates} replicates of {months} months, seed {seed}",
        "{name}: {replicates} herhalingen van {months} maanden, startgetal {seed}",
    ),
    "against": (
        "{b} against {a} (the reference): {pairs} pairs of runs with the same luck",
        "{b} tegenover {a} (de referentie): {pairs} paren simulaties met hetzelfde toeval",
    ),
    "pays": (
        "Who pays: hours a month for one organisation",
        "Wie betaalt: uren per maand voor één organisatie",
    ),
    "gains": ("Who gains and who loses", "Wie wint en wie verliest"),
    "course": ("The course over the months", "Het verloop over de maanden"),
    "group": ("group", "groep"),
    "encounters": (
        "Encounters: {total} in all, {each} a run.",
        "Ontmoetingen: {total} in totaal, {each} per simulatie.",
    ),
    "modest": (
        "In this model, under these assumptions; no prediction of any one region.",
        "In dit model, onder deze aannamen; geen voorspelling van een bepaalde regio.",
    ),
    "words": ("In words: {place}", "In woorden: {place}"),
    "results": ("Results: {place}", "Resultaten: {place}"),
    "figures": ("Figures: {place} ({names})", "Figuren: {place} ({names})"),
    "events": ("Event record: {place}", "Gebeurtenissen: {place}"),
}


def word(key: str, lang: Lang, **values: object) -> str:
    """A phrase in a language, with its values filled in."""
    return filled(_WORDS[key][lang == "nl"], values, lang)
