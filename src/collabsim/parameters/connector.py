"""The connector: somebody who is given time to bring others together."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Connector(Group):
    """A connector: who it is, how much time it has, and with what mandate."""

    NL: ClassVar[str] = "Een verbinder: wie het is, hoeveel tijd die heeft, en met welk mandaat."

    NEUTRAL: ClassVar[dict[str, object]] = {"who": "nobody"}

    enabled: bool = Field(
        default=True,
        description="Off: nobody is asked to connect others.",
        json_schema_extra={"nl": "Uit: niemand wordt gevraagd anderen te verbinden."},
    )
    who: Literal["nobody", "between_others", "largest_municipality", "at_random"] = parameter(
        "nobody",
        plausible=("nobody", "between_others", "largest_municipality", "at_random"),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en=(
            "Which organisation is given time to connect others: none, the one that "
            "knows most others who do not know each other, the largest municipality, or any."
        ),
        nl=(
            "Welke organisatie tijd krijgt om anderen te verbinden: geen, die de "
            "meeste anderen kent die elkaar niet kennen, de grootste gemeente, of een willekeurige."
        ),
    )
    layer: Literal["practice", "management", "board"] = parameter(
        "management",
        plausible=("practice", "management", "board"),
        role="lever",
        en="Layer in which it works: whose acquaintance it has, and whom it brings together.",
        nl="Laag waarin die werkt: wiens contacten die heeft, en wie die samenbrengt.",
    )
    hours: float = parameter(
        24.0,
        allowed=(0.0, 1000.0),
        plausible=(8.0, 72.0),
        distribution="log-uniform",
        unit="hours a month",
        role="lever",
        en="Hours a month that the connector is given on top of what it had.",
        nl="Uren per maand die de verbinder krijgt boven op wat er al was.",
    )
    mandate: bool = parameter(
        default=True,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en=(
            "With a mandate whoever the connector invites comes, if there is time, and it may "
            "remind them of the rules; without, each decides."
        ),
        nl=(
            "Met mandaat komt wie de verbinder uitnodigt, als er tijd is, en mag die aan de "
            "spelregels herinneren; zonder mandaat beslist ieder zelf."
        ),
    )
