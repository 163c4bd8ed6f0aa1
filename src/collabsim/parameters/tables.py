"""The table: how often it meets, who sits at it, for how long, and what reaches those at home."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, or_own, parameter

type Strategy = Literal["nobody", "everyone", "self_selected", "selected", "random", "stratified"]


class Rotation(Group):
    """How seats change hands."""

    NL: ClassVar[str] = "Hoe zetels van partij wisselen."

    share_per_year: float = parameter(
        0.0,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share of the seats per year",
        role="lever",
        en=(
            "Share of the providers' seats that changes hands each year; 0 is the same delegation "
            "for ever."
        ),
        nl=(
            "Deel van de zetels van aanbieders dat elk jaar wisselt; 0 is voor altijd dezelfde "
            "delegatie."
        ),
    )
    staggered: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="Spread the changes over the year's meetings instead of all at once.",
        nl="Wissel gespreid over de overleggen van het jaar in plaats van alles tegelijk.",
    )
    order: Literal["round_robin", "random", "selected"] = parameter(
        "round_robin",
        plausible=("round_robin", "random", "selected"),
        role="lever",
        en="Who comes in: who waited longest, a draw, or whoever the delegation strategy prefers.",
        nl=(
            "Wie erbij komt: wie het langst wachtte, wie geloot wordt, of wie volgens de wijze van "
            "afvaardigen de voorkeur heeft."
        ),
    )


class Table(Group):
    """The regional table of municipalities and a delegation of the providers."""

    NL: ClassVar[str] = "De regionale tafel van gemeenten en een delegatie van de aanbieders."

    delegation: Annotated[Strategy, or_own("table.delegation")] = parameter(
        "nobody",
        plausible=("nobody", "everyone", "self_selected", "selected", "random", "stratified"),
        role="lever",
        en="How the providers at the table are chosen.",
        nl="Hoe de aanbieders aan tafel worden gekozen.",
    )
    seats: int = parameter(
        10,
        allowed=(1, 5000),
        plausible=(5, 20),
        unit="seats",
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Seats for providers; municipalities always have a seat.",
        nl="Zetels voor aanbieders; gemeenten hebben altijd een zetel.",
    )
    meets_every_months: int = parameter(
        3,
        allowed=(1, 120),
        plausible=(1, 6),
        unit="months",
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Months between meetings of the table.",
        nl="Aantal maanden tussen twee overleggen van de tafel.",
    )
    first_meeting_month: int = parameter(
        0,
        allowed=(0, 600),
        unit="month",
        role="constant",
        en="Month of the first meeting.",
        nl="Maand van het eerste overleg.",
    )
    reporting_back: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en=(
            "Openness: delegates are bound to report to those they speak for; otherwise each "
            "decides."
        ),
        nl=(
            "Openheid: afgevaardigden moeten terugkoppelen aan wie zij vertegenwoordigen; anders "
            "beslist ieder zelf."
        ),
    )
    update_mails: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="After a meeting the largest municipality sends those at home an update to read.",
        nl="Na een overleg stuurt de grootste gemeente wie thuis bleef een bericht om te lezen.",
    )
    online: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="The table meets online instead of in one room: no travel, and less comes across.",
        nl="De tafel komt online bijeen in plaats van in één ruimte: geen reistijd, er komt minder over.",
    )
    rotation: Rotation = Field(default_factory=Rotation)
    strategic_weight: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        role="lever",
        en="Weight of a strategic role against representativeness when municipalities select.",
        nl=(
            "Gewicht van een strategische rol tegenover representativiteit als gemeenten "
            "selecteren."
        ),
    )
    quorum: float = parameter(
        0.9,
        allowed=(0.0, 1.0),
        plausible=(0.6, 1.0),
        unit="share of providers",
        role="lever",
        en=(
            "Share of the providers that must agree with a list when they choose a delegation "
            "themselves; 1 is consensus."
        ),
        nl=(
            "Deel van de aanbieders dat moet instemmen met een lijst als zij zelf een delegatie "
            "kiezen; 1 is consensus."
        ),
    )
    rounds: int = parameter(
        6,
        allowed=(1, 100),
        plausible=(2, 12),
        unit="rounds",
        role="lever",
        en="Rounds of proposals before the providers give up until the next year.",
        nl="Aantal rondes met voorstellen voordat de aanbieders het opgeven tot het volgende jaar.",
    )
    round_hours: float = parameter(
        2.0,
        allowed=(0.0, 100.0),
        plausible=(0.7, 6.0),
        unit="hours",
        en="Hours that a round of proposals costs each provider.",
        nl="Uren die een ronde met voorstellen elke aanbieder kost.",
    )
    expected_of_seat: float = parameter(
        1.0,
        allowed=(0.0, 2.0),
        plausible=(0.0, 1.0),
        unit="share",
        en=(
            "What a candidate expects a seat to bring, as a share of what it would bring if being "
            "heard decided how far municipalities trust it."
        ),
        nl=(
            "Wat een kandidaat van een zetel verwacht, als deel van wat die zou opleveren als "
            "gehoord worden bepaalde hoe ver gemeenten haar vertrouwen."
        ),
    )
    decides_by: Literal["those_willing", "consensus", "majority", "director"] = parameter(
        "those_willing",
        plausible=("those_willing", "consensus", "majority", "director"),
        role="lever",
        grade="literature",
        source="kansrijke-start",
        en=(
            "How a table decides: those who want it pledge for themselves; or all are bound once "
            "all want it, once most want it, or once the largest municipality there wants it."
        ),
        nl=(
            "Hoe een tafel besluit: wie het wil zegt zelf toe; of allen zijn gebonden zodra allen het "
            "willen, zodra de meesten het willen, of zodra de grootste gemeente aan tafel het wil."
        ),
    )
    own_steps: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="insights",
        en=(
            "Providers choose their own step: each may pledge in its own field, instead of in the "
            "field with the largest shortage."
        ),
        nl=(
            "Aanbieders kiezen hun eigen stap: elk mag toezeggen op het eigen terrein, in plaats "
            "van op het terrein met het grootste tekort."
        ),
    )
    step_size: float = parameter(
        1.0,
        allowed=(0.0, 2.0),
        plausible=(0.1, 1.0),
        unit="share of the believed room",
        role="lever",
        grade="literature",
        source="insights",
        en="How large a pledge is, against a month of the room that its maker believes to have.",
        nl="Hoe groot een toezegging is, tegenover een maand van de ruimte die men denkt te hebben.",
    )
    agreement_needs: float = parameter(
        0.75,
        allowed=(0.0, 1.0),
        plausible=(0.5, 1.0),
        unit="share of pledges",
        en=(
            "Share of the pledges that were called on that must be honoured, by two parties at "
            "least, for a joint step; at 1 one broken pledge undoes it."
        ),
        nl=(
            "Deel van de toezeggingen waarop een beroep is gedaan dat moet zijn nagekomen, door "
            "minstens twee partijen, voor een gezamenlijke stap; bij 1 is één gebroken toezegging "
            "genoeg om die te verhinderen."
        ),
    )
