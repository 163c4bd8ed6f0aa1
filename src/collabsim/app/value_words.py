"""Words for what hours are spent on and for names that the model uses inside, in both languages."""

from collections.abc import Mapping

from collabsim.analysis.wording import Lang
from collabsim.reference.choices import LAYERS

#: What hours are spent on, by the names of ``Spending``.
PURPOSES: Mapping[str, tuple[str, str]] = {
    "care": ("care", "hulp zelf"),
    "ask": ("asking and answering", "vragen en antwoorden"),
    "consult": ("consultations on cases", "casusoverleg"),
    "one_to_one": ("talks one to one", "gesprekken onder vier ogen"),
    "table": ("the table", "de tafel"),
    "report": ("telling those at home", "terugkoppeling"),
    "onboarding": ("showing newcomers around", "nieuwelingen inwerken"),
    "delegation": ("choosing a delegation", "een delegatie kiezen"),
    "session": ("sessions", "bijeenkomsten"),
    "rules": ("ground rules", "spelregels"),
    "connecting": ("connecting others", "anderen verbinden"),
    "organising": ("the joint desk", "het gezamenlijke bureau"),
    "accounting": ("accounting for incidents", "verantwoording na incidenten"),
    "reading": ("reading updates of the table", "updates van de tafel lezen"),
}

_NAMES: Mapping[str, tuple[str, str]] = {
    **LAYERS,
    "municipality": ("municipality", "gemeente"),
    "provider": ("provider", "aanbieder"),
    "contact": ("contact", "contactpersoon"),
    "second contact": ("second contact", "tweede contactpersoon"),
    "youth": ("youth", "jeugd"),
    "care": ("care", "zorg"),
    "mental_health": ("mental health", "ggz"),
    "housing": ("housing", "wonen"),
    "income": ("income", "inkomen"),
    "safety": ("safety", "veiligheid"),
}


def purpose_words(name: str, lang: Lang) -> str:
    """Give the words for what hours are spent on."""
    return PURPOSES[name][lang == "nl"]


def name_words(name: str, lang: Lang) -> str:
    """Give the words for a layer, kind, role or field; a field of one's own is its own word."""
    return _NAMES.get(name, (name, name))[lang == "nl"]
