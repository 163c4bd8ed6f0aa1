"""Words for each value of each choice, in English and Dutch."""

from collections.abc import Mapping

from collabsim.delegation.strategies import STRATEGIES
from collabsim.reference.wording import Language

_STRATEGIES = {name: (strategy.en, strategy.nl) for name, strategy in STRATEGIES.items()}
LAYERS = {
    "practice": ("practice", "uitvoering"),
    "management": ("management", "management"),
    "board": ("board", "bestuur"),
}

#: Words for each value of each choice, by the path of the parameter.
CHOICES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "region.surveyed_layer": LAYERS,
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
    "sessions.layer": LAYERS,
    "rules.made_by": {
        "nobody": ("nobody", "niemand"),
        "municipalities": ("the municipalities, for all", "de gemeenten, voor allen"),
        "table": ("those at the table", "wie aan tafel zit"),
        "everyone": ("everybody together", "iedereen samen"),
    },
    "rules.layer": LAYERS,
    "connector.who": {
        "nobody": ("nobody", "niemand"),
        "between_others": ("who stands between others", "wie tussen anderen staat"),
        "largest_municipality": ("the largest municipality", "de grootste gemeente"),
        "at_random": ("any organisation", "een willekeurige organisatie"),
    },
    "connector.layer": LAYERS,
    "organising.members": {
        "seated": ("those with a seat", "wie een zetel heeft"),
        "everyone": ("everybody", "iedereen"),
    },
}


def choice_words(path: str, value: object, lang: Language) -> str:
    """Give the words for a value of a choice; a way to delegate may be of the user's own file."""
    if path == "table.delegation":
        strategy = STRATEGIES[str(value)]
        return strategy.nl if lang == "nl" else strategy.en
    return CHOICES[path][str(value)][lang == "nl"]
