"""Sessions: moments at which parties work on the collaboration itself."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Sessions(Group):
    """Sessions in small groups, beside the table: who comes, how often, and for how long."""

    NL: ClassVar[str] = (
        "Bijeenkomsten in kleine groepen, naast de tafel: wie er komt, hoe vaak, en hoe lang."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"invited": "nobody"}

    enabled: bool = Field(
        default=True,
        description="Off: there are no sessions.",
        json_schema_extra={"nl": "Uit: er zijn geen bijeenkomsten."},
    )
    invited: Literal["nobody", "table", "everyone"] = parameter(
        "nobody",
        plausible=("nobody", "table", "everyone"),
        role="lever",
        en="Who is invited: nobody, those with a seat at the table, or every organisation.",
        nl="Wie er wordt uitgenodigd: niemand, wie een zetel aan tafel heeft, of elke organisatie.",
    )
    layer: Literal["practice", "management", "board"] = parameter(
        "practice",
        plausible=("practice", "management", "board"),
        role="lever",
        en="Layer whose people come.",
        nl="Laag waarvan de mensen komen.",
    )
    first_month: int = parameter(
        0,
        allowed=(0, 600),
        unit="month",
        role="lever",
        plausible=(0, 24),
        en="Month of the first session.",
        nl="Maand van de eerste bijeenkomst.",
    )
    every_months: int = parameter(
        0,
        allowed=(0, 120),
        plausible=(0, 12),
        unit="months",
        role="lever",
        en="Months between sessions; 0 is one session, once.",
        nl="Aantal maanden tussen bijeenkomsten; 0 is één bijeenkomst, eenmalig.",
    )
    hours: float = parameter(
        3.0,
        allowed=(0.1, 24.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="hours",
        role="lever",
        en="Length of a session; in a group, its minutes are shared among those who are there.",
        nl="Duur van een bijeenkomst; in een groep worden de minuten over de aanwezigen verdeeld.",
    )
    tells_successes: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="insights",
        en="Dialogic: open parties tell what works.",
        nl="Dialogisch: open partijen vertellen wat er werkt.",
    )
    discloses_grievances: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="insights",
        en="Diagnostic: open parties say what they hold against each other.",
        nl="Diagnostisch: open partijen zeggen wat zij elkaar kwalijk nemen.",
    )
    discloses_interests: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="kansrijke-start",
        en="Open parties put on the table what they are after.",
        nl="Open partijen leggen op tafel waar het hun om gaat.",
    )
    analyses_together: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Open parties analyse the task together, and see through which glasses each looks.",
        nl="Open partijen analyseren samen de opgave en zien door welke bril ieder kijkt.",
    )
    pictures_success: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="insights",
        en="Open parties work out together what success would look like.",
        nl="Open partijen werken samen uit hoe succes eruitziet.",
    )
    shows_patterns: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Open parties are shown who has room, and who waits how long for whom.",
        nl="Open partijen krijgen te zien wie ruimte heeft, en wie hoe lang op wie wacht.",
    )
    online: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="Online instead of in one room: no travel, and less comes across.",
        nl="Online in plaats van in één ruimte: geen reistijd, en er komt minder over.",
    )
    group_size: int = parameter(
        6,
        allowed=(2, 5000),
        plausible=(2, 20),
        unit="organisations",
        role="lever",
        en="Organisations that sit together in a group; more than there are is a plenary session.",
        nl=(
            "Organisaties die samen in een groep zitten; meer dan er zijn is een plenaire "
            "bijeenkomst."
        ),
    )
