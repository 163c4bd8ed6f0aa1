"""What scenarios that are imported say of themselves: what they were made of."""

from collabsim.analysis.counting import filled
from collabsim.analysis.wording import Lang, number
from collabsim.config.errors import printed
from collabsim.config.importing.counting import answers_counted, pairs_answered
from collabsim.config.importing.scenario import Imported

_WORDS: dict[str, tuple[str, str]] = {
    "organisations": ("a list of organisations", "een lijst van organisaties"),
    "grades": ("grades", "cijfers"),
    "survey": ("a network survey", "een netwerkvragenlijst"),
    "and": ("and", "en"),
    "both": (
        "{municipalities} municipalities and {providers} providers",
        "{municipalities} gemeenten en {providers} aanbieders",
    ),
    "imported": ("Imported from {tables}: {who}.", "Geïmporteerd uit {tables}: {who}."),
    "default": (
        "the region of nine municipalities and fifty providers",
        "de regio van negen gemeenten en vijftig aanbieders",
    ),
    "pairs": (
        "The survey has answers for {some} of {pairs} pairs",
        "De vragenlijst heeft antwoorden voor {some} van {pairs} tweetallen",
    ),
    "drawn": (
        "; the other answers are drawn, anew in each replicate",
        "; de andere antwoorden worden geloot, in elke herhaling opnieuw",
    ),
    "no survey": (
        "Without a survey: who knows and trusts whom comes out of the history that the model makes.",
        "Zonder vragenlijst: wie wie kent en vertrouwt komt uit de geschiedenis die het model maakt.",
    ),
}


def source_told(found: Imported, lang: Lang) -> str:
    """Which tables were used, how many organisations, and how much of a survey is drawn."""
    tables = [
        f"{_said(kind, lang)} ({printed(file)})" if found.pseudonyms is None else _said(kind, lang)
        for kind, file in found.files.items()
    ]
    listed = f" {_said('and', lang)} ".join(
        (", ".join(tables[:-1]), tables[-1]) if tables[1:] else tables
    )
    who = _said("default", lang)
    if found.organisations is not None:
        kinds = [one["kind"] for one in found.organisations.organisations.values()]
        municipalities, providers = (
            number(kinds.count(kind), lang) for kind in ("municipality", "provider")
        )
        who = _said("both", lang, municipalities=municipalities, providers=providers)
    return f"{_said('imported', lang, tables=listed, who=who)} {_survey_told(found, lang)}"


def _survey_told(found: Imported, lang: Lang) -> str:
    if found.survey is None or not found.survey.ties:
        return _said("no survey", lang)
    organisations = len(found.scenario.region.organisations)
    pairs = number(organisations * (organisations - 1) // 2, lang)
    some = number(pairs_answered(found.survey.ties), lang)
    answers = answers_counted(found.survey.ties, organisations).values()
    drawn = _said("drawn", lang) if any(question.drawn for question in answers) else ""
    return f"{_said('pairs', lang, some=some, pairs=pairs)}{drawn}."


def _said(key: str, lang: Lang, **values: str) -> str:
    return filled(_WORDS[key][lang == "nl"], values, lang)
