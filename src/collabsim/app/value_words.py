"""Words for the values of parameters and for names that the model uses inside, in both languages."""

from collections.abc import Mapping
from typing import Any

from collabsim.analysis.wording import Lang, number
from collabsim.config import parameters
from collabsim.config.errors import shown
from collabsim.delegation.strategies import STRATEGIES
from collabsim.reference.wording import meaning

NOTHING = "-"
_YES, _NO, _MONTH = ("yes", "ja"), ("no", "nee"), ("month", "maand")

_STRATEGIES = {name: (strategy.en, strategy.nl) for name, strategy in STRATEGIES.items()}
_LAYERS = {
    "practice": ("practice", "uitvoering"),
    "management": ("management", "management"),
    "board": ("board", "bestuur"),
}

#: Words for each value of each choice, by the path of the parameter.
CHOICES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "region.surveyed_layer": _LAYERS,
    "promises.serve_first": {
        "promises": ("promises that fall due", "beloften die aan de beurt zijn"),
        "newest": ("the newest cases", "de nieuwste casussen"),
    },
    "table.delegation": _STRATEGIES,
    "table.rotation.order": {
        "round_robin": ("who waited longest", "wie het langst wachtte"),
        "random": ("a draw", "een loting"),
        "selected": ("as the delegation is chosen", "zoals de delegatie wordt gekozen"),
    },
    "table.decides_by": {
        "those_willing": ("those who want it", "wie het wil"),
        "consensus": ("consensus", "consensus"),
        "majority": ("majority", "meerderheid"),
        "director": ("a director", "een regisseur"),
    },
    "sessions.invited": {
        "nobody": ("nobody", "niemand"),
        "table": ("those at the table", "wie aan tafel zit"),
        "everyone": ("everybody", "iedereen"),
    },
    "sessions.layer": _LAYERS,
    "rules.made_by": {
        "nobody": ("nobody", "niemand"),
        "municipalities": ("the municipalities, for all", "de gemeenten, voor allen"),
        "table": ("those at the table", "wie aan tafel zit"),
        "everyone": ("everybody together", "iedereen samen"),
    },
    "rules.layer": _LAYERS,
    "connector.who": {
        "nobody": ("nobody", "niemand"),
        "between_others": ("who stands between others", "wie tussen anderen staat"),
        "largest_municipality": ("the largest municipality", "de grootste gemeente"),
        "at_random": ("any organisation", "een willekeurige organisatie"),
    },
    "connector.layer": _LAYERS,
    "organising.members": {
        "seated": ("those with a seat", "wie een zetel heeft"),
        "everyone": ("everybody", "iedereen"),
    },
}

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
    "session": ("sessions", "sessies"),
    "rules": ("ground rules", "spelregels"),
    "connecting": ("connecting others", "anderen verbinden"),
    "organising": ("the joint desk", "het gezamenlijke bureau"),
    "accounting": ("accounting for incidents", "verantwoording na incidenten"),
}

_NAMES: Mapping[str, tuple[str, str]] = {
    **_LAYERS,
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


def choice_words(path: str, value: object, lang: Lang) -> str:
    """Give the words for a value of a choice."""
    return CHOICES[path][str(value)][lang == "nl"]


def purpose_words(name: str, lang: Lang) -> str:
    """Give the words for what hours are spent on."""
    return PURPOSES[name][lang == "nl"]


def name_words(name: str, lang: Lang) -> str:
    """Give the words for a layer, kind, role or field; a field of one's own is its own word."""
    return _NAMES.get(name, (name, name))[lang == "nl"]


def shown_value(path: str, value: object, lang: Lang) -> str:
    """Write a value of a parameter as it is shown, in words where it has them."""
    if path in CHOICES:
        return choice_words(path, value, lang)
    if isinstance(value, bool):
        return _YES[lang == "nl"] if value else _NO[lang == "nl"]
    if isinstance(value, int | float):
        return number(value, lang, 0 if isinstance(value, int) else decimals_of(value))
    if path == "timeline" and isinstance(value, list):
        return "; ".join(shown_change(change, lang) for change in value) or NOTHING
    return shown(value, lang)


def shown_change(change: Mapping[str, Any], lang: Lang) -> str:
    """Write one entry of the timeline: "month 24: ... 0.85"."""
    sets = ", ".join(
        f"{meaning(parameters()[path], lang)} {shown_value(path, value, lang)}"
        for path, value in change["set"].items()
    )
    return f"{_MONTH[lang == 'nl']} {change['month']}: {sets}"


def decimals_of(value: float) -> int:
    """Digits behind the comma that a value has, at most four."""
    return next((digits for digits in range(5) if round(value, digits) == value), 4)
