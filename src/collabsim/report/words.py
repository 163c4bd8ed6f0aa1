"""The strings of the report, in English and Dutch; what takes more than a line is in ``texts``."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from collabsim.analysis.counting import filled
from collabsim.analysis.wording import Lang
from collabsim.report.texts import TEXTS

_SHORT: dict[str, tuple[str, str]] = {
    "report": ("Report of a comparison", "Verslag van een vergelijking"),
    "report one": ("Report of one scenario", "Verslag van één scenario"),
    "interrupted": (
        "Stopped early: of {asked} replicates {done} were done, and those are complete.",
        "Voortijdig gestopt: van {asked} herhalingen zijn er {done} gedaan, en die zijn compleet.",
    ),
    "failed": (
        "Failed and left out: {count} runs.",
        "Mislukt en weggelaten: {count} simulaties.",
    ),
    "contents": ("Contents", "Inhoud"),
    "question": ("The question", "De vraag"),
    "side by side": ("The scenarios side by side", "De scenario's naast elkaar"),
    "only differs": (
        "Only what differs is shown; everything else is the same in all scenarios.",
        "Alleen wat verschilt staat hier; al het andere is in alle scenario's gelijk.",
    ),
    "nothing differs": ("The scenarios are the same.", "De scenario's zijn gelijk."),
    "parameter": ("What", "Wat"),
    "reference": ("reference", "referentie"),
    "from month": ("From month {month} on: {what}", "Vanaf maand {month}: {what}"),
    "none": ("none", "geen"),
    "items": ("a list of {count}", "een lijst van {count}"),
    "others": ("{count} of them otherwise", "waarvan {count} anders"),
    "yes": ("yes", "ja"),
    "no": ("no", "nee"),
    "in short": ("In short", "In het kort"),
    "verdicts": ("All outcomes", "Alle uitkomsten"),
    "against": ("{b} against {a}", "{b} tegenover {a}"),
    "outcome": ("outcome", "uitkomst"),
    "difference": ("difference", "verschil"),
    "interval": ("95% interval", "95%-interval"),
    "luck": ("times luck", "maal toeval"),
    "pairs": ("higher with the same luck", "hoger met hetzelfde toeval"),
    "verdict": ("verdict", "oordeel"),
    "to": ("to", "tot"),
    "figures": ("Figures", "Figuren"),
    "course": ("The course over the months", "Het verloop over de maanden"),
    "differences": ("Paired differences", "Gepaarde verschillen"),
    "who": ("Who pays, who gains and who loses", "Wie betaalt, wie wint en wie verliest"),
    "pays": (
        "Hours a month that one organisation spends on working together",
        "Uren per maand die één organisatie aan samenwerken besteedt",
    ),
    "group": ("group", "groep"),
    "gains of": (
        "What each group gains and loses with {b}",
        "Wat elke groep wint en verliest met {b}",
    ),
    "gains": ("What each group gains and loses", "Wat elke groep wint en verliest"),
    "rings": ("Inner and outer ring", "Binnenring en buitenring"),
    "causes": ("What drives the differences", "Waar de verschillen op rusten"),
    "held": ("Which assumptions turn it round", "Welke aannamen het omdraaien"),
    "left out": ("What the model leaves out", "Wat het model weglaat"),
    "ahead": (
        "Nobody behaves strategically over more than one step.",
        "Niemand handelt strategisch over meer dan één stap.",
    ),
    "assumptions": ("Assumptions, with grade and source", "Aannamen, met hardheid en bron"),
    "value": ("value", "waarde"),
    "plausible": ("plausible", "aannemelijk"),
    "grade": ("grade", "hardheid"),
    "source": ("source", "bron"),
    "chosen": ("Set here, other than the default", "Hier ingesteld, anders dan de standaard"),
    "known": ("Measured or described", "Gemeten of beschreven"),
    "assumed": ("Assumed", "Aangenomen"),
    "sources": ("Sources", "Bronnen"),
    "again": ("How to make this again", "Hoe dit opnieuw te maken"),
    "versions": ("Versions", "Versies"),
    "version": ("version", "versie"),
    "what": ("what", "wat"),
    "commit": ("commit of the sources", "commit van de broncode"),
    "changed": ("What each scenario sets", "Wat elk scenario instelt"),
    "names left out": (
        "Names of organisations and their ties are left out here; they are in the manifest.",
        "Namen van organisaties en hun relaties staan hier niet; die staan in het manifest.",
    ),
    "municipality": ("municipality", "gemeente"),
    "provider": ("provider", "aanbieder"),
    "to content": ("To the content", "Naar de inhoud"),
    "no comparison": (
        "There is one scenario, so nothing is compared.",
        "Er is één scenario, dus er is niets vergeleken.",
    ),
    "mean": ("mean", "gemiddelde"),
    "spread": ("spread between replicates", "spreiding tussen herhalingen"),
    "numbers": ("Outcomes", "Uitkomsten"),
}
#: Every string of the report.
WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(_SHORT | dict(TEXTS))

MONTHS_NL = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def word(key: str, lang: Lang, **values: object) -> str:
    """A string in a language, with its values filled in."""
    return filled(WORDS[key][lang == "nl"], values, lang)


def told_date(made: str, lang: Lang) -> str:
    """A moment as it is written in a language: 25 november 2026, 25 November 2026."""
    moment = datetime.fromisoformat(made)
    months = MONTHS_NL if lang == "nl" else _MONTHS_EN
    return f"{moment.day} {months[moment.month - 1]} {moment.year}"
