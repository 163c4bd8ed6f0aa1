"""What people and organisations do: come and go, spend hours, choose, cooperate, promise, learn."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class MunicipalTurnover(Group):
    """Turnover in a municipality, per layer."""

    NL: ClassVar[str] = "Verloop bij een gemeente, per laag."

    practice: float = parameter(
        0.17,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="vng",
        en="Municipal contact persons in practice who leave their post within a year.",
        nl=(
            "Contactpersonen van de gemeente in de uitvoering die binnen een jaar hun functie "
            "verlaten."
        ),
    )
    management: float = parameter(
        0.17,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="vng",
        en="Municipal managers who leave their post within a year.",
        nl="Managers van de gemeente die binnen een jaar hun functie verlaten.",
    )
    board: float = parameter(
        0.135,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.25),
        unit="share leaving per year",
        grade="measured",
        source="collegetafel",
        en="Aldermen who leave their post within a year, apart from elections.",
        nl="Wethouders die binnen een jaar hun functie verlaten, los van verkiezingen.",
    )


class ProviderTurnover(Group):
    """Turnover at a provider, per layer."""

    NL: ClassVar[str] = "Verloop bij een aanbieder, per laag."

    practice: float = parameter(
        0.21,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="cbs-azw",
        en="Providers' contact persons in practice who leave their post within a year.",
        nl=(
            "Contactpersonen van aanbieders in de uitvoering die binnen een jaar hun functie "
            "verlaten."
        ),
    )
    management: float = parameter(
        0.21,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="cbs-azw",
        en=(
            "Providers' managers who leave their post within a year; the figure is of all staff in "
            "care."
        ),
        nl=(
            "Managers van aanbieders die binnen een jaar hun functie verlaten; het cijfer is van "
            "al het zorgpersoneel."
        ),
    )
    board: float = parameter(
        0.15,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.25),
        unit="share leaving per year",
        en=(
            "Providers' directors and board members who leave their post within a year; no figure "
            "was found."
        ),
        nl=(
            "Bestuurders van aanbieders die binnen een jaar hun functie verlaten; een cijfer is "
            "niet gevonden."
        ),
    )


class TurnoverPerYear(Group):
    """Turnover per kind of organisation and layer, as the share leaving within a year."""

    NL: ClassVar[str] = (
        "Verloop per soort organisatie en laag, als deel dat binnen een jaar vertrekt."
    )

    municipality: MunicipalTurnover = Field(default_factory=MunicipalTurnover)
    provider: ProviderTurnover = Field(default_factory=ProviderTurnover)


class People(Group):
    """People come and go, and take with them what lives in persons."""

    NL: ClassVar[str] = "Mensen komen en gaan, en nemen mee wat in personen zit."

    NEUTRAL: ClassVar[dict[str, object]] = {
        "turnover_per_year": TurnoverPerYear(
            municipality=MunicipalTurnover(practice=0.0, management=0.0, board=0.0),
            provider=ProviderTurnover(practice=0.0, management=0.0, board=0.0),
        ),
        "election_replaces": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: nobody ever leaves.",
        json_schema_extra={"nl": "Uit: niemand vertrekt ooit."},
    )
    turnover_per_year: TurnoverPerYear = Field(default_factory=TurnoverPerYear)
    election_every_months: int = parameter(
        48,
        allowed=(1, 600),
        unit="months",
        role="constant",
        grade="literature",
        source="collegetafel",
        en="Months between municipal elections.",
        nl="Aantal maanden tussen twee gemeenteraadsverkiezingen.",
    )
    first_election_month: int = parameter(
        16,
        allowed=(0, 600),
        unit="month",
        role="constant",
        en="Month of the first election after the start; elections also fell before it.",
        nl="Maand van de eerste verkiezing na het begin; ook daarvoor waren er verkiezingen.",
    )
    election_replaces: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.8),
        unit="share of aldermen",
        en="Share of aldermen replaced after an election.",
        nl="Deel van de wethouders dat na een verkiezing wordt vervangen.",
    )
    stays_in_sector: float = parameter(
        0.48,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.6),
        unit="share of leavers",
        grade="measured",
        source="cbs-azw",
        en="Share of leavers who take a post at another organisation in the region's sector.",
        nl=(
            "Deel van de vertrekkers dat gaat werken bij een andere organisatie in de sector in "
            "deze regio."
        ),
    )
    mover_keeps: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        en="Share of acquaintance and personal trust that a mover takes along to the new post.",
        nl=(
            "Deel van de bekendheid en het persoonlijke vertrouwen dat iemand meeneemt naar de "
            "nieuwe functie."
        ),
    )
    handover: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.5),
        unit="share",
        role="lever",
        en="Share of acquaintance that a leaver passes on to the successor.",
        nl="Deel van de bekendheid dat een vertrekker overdraagt aan de opvolger.",
    )
    second_contacts: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="Each relation is carried by two persons a side instead of one.",
        nl="Elke relatie wordt aan beide kanten door twee personen gedragen in plaats van één.",
    )
    second_present: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.8),
        unit="share of contacts",
        en="Share of contacts in which the second contact takes part.",
        nl="Deel van de contacten waaraan de tweede contactpersoon meedoet.",
    )


class Attention(Group):
    """Hours are limited, and every contact draws on them."""

    NL: ClassVar[str] = "Uren zijn beperkt, en elk contact kost er."

    NEUTRAL: ClassVar[dict[str, object]] = {"unlimited": True}

    enabled: bool = Field(
        default=True,
        description="Off: nobody is ever short of hours for contact.",
        json_schema_extra={"nl": "Uit: niemand komt ooit uren voor contact tekort."},
    )
    unlimited: bool = Field(
        default=False,
        description="The neutral value: hours for contact never run out.",
        json_schema_extra={"nl": "De neutrale waarde: uren voor contact raken nooit op."},
    )
    access_hours_per_case: float = parameter(
        10.0,
        allowed=(0.0, 1000.0),
        plausible=(5.0, 20.0),
        unit="hours",
        en="Hours that a municipality's access team has per expected case.",
        nl="Uren die het toegangsteam van een gemeente heeft per verwachte casus.",
    )
    municipality_management_hours: float = parameter(
        24.0,
        allowed=(0.0, 1000.0),
        plausible=(8.0, 72.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Management hours of a municipality for contacts in this network.",
        nl="Uren die het management van een gemeente heeft voor contacten in dit netwerk.",
    )
    municipality_board_hours: float = parameter(
        12.0,
        allowed=(0.0, 1000.0),
        plausible=(4.0, 36.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Board hours of a municipality (aldermen) for contacts in this network.",
        nl=(
            "Uren die het bestuur van een gemeente (de wethouders) heeft voor contacten in dit "
            "netwerk."
        ),
    )
    provider_management_hours: float = parameter(
        10.0,
        allowed=(0.0, 1000.0),
        plausible=(3.5, 30.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Management hours of a provider of average size for contacts in this network.",
        nl=(
            "Uren die het management van een gemiddeld grote aanbieder heeft voor contacten in dit "
            "netwerk."
        ),
    )
    provider_board_hours: float = parameter(
        6.0,
        allowed=(0.0, 1000.0),
        plausible=(2.0, 18.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Board hours of a provider of average size for contacts in this network.",
        nl=(
            "Uren die het bestuur van een gemiddeld grote aanbieder heeft voor contacten in dit "
            "netwerk."
        ),
    )
    networking_share: float = parameter(
        0.25,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.8),
        unit="share of free hours",
        en="Share of free management and board hours that is spent on one-to-one meetings.",
        nl=(
            "Deel van de vrije uren van management en bestuur dat naar gesprekken van één op één "
            "gaat."
        ),
    )
    table_hours: float = parameter(
        3.0,
        allowed=(0.1, 24.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="hours",
        role="lever",
        en="Length of a meeting of the table; its minutes are shared among the seats.",
        nl="Duur van een overleg aan de tafel; de minuten worden over de zetels verdeeld.",
    )
    preparation_hours: float = parameter(
        2.0,
        allowed=(0.0, 24.0),
        plausible=(0.7, 6.0),
        distribution="log-uniform",
        unit="hours a seat",
        en="Preparation of a table meeting, per seat.",
        nl="Voorbereiding van een overleg aan de tafel, per zetel.",
    )
    one_to_one_hours: float = parameter(
        1.5,
        allowed=(0.1, 24.0),
        plausible=(0.5, 4.5),
        distribution="log-uniform",
        unit="hours",
        en="Length of a one-to-one meeting, for each side.",
        nl="Duur van een gesprek van één op één, voor elke kant.",
    )
    ask_hours: float = parameter(
        0.5,
        allowed=(0.0, 24.0),
        plausible=(0.17, 1.5),
        distribution="log-uniform",
        unit="hours",
        en="Time that one ask costs each side.",
        nl="Tijd die één verzoek om hulp elke kant kost.",
    )
    joint_case_hours: float = parameter(
        3.0,
        allowed=(0.1, 24.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="hours",
        en="Time that a joint case meeting costs each party that puts in its full effort.",
        nl="Tijd die een gezamenlijk casusoverleg kost aan elke partij die zich volledig inzet.",
    )
    onboarding_hours: float = parameter(
        6.0,
        allowed=(0.0, 200.0),
        plausible=(2.0, 18.0),
        distribution="log-uniform",
        unit="hours",
        en="Time that the organisation spends on each newcomer.",
        nl="Tijd die de organisatie besteedt aan het inwerken van elke nieuwkomer.",
    )
    report_hours: float = parameter(
        1.0,
        allowed=(0.0, 24.0),
        plausible=(0.3, 3.0),
        distribution="log-uniform",
        unit="hours a meeting",
        en="Time that a delegate spends on reporting back after a meeting of the table.",
        nl="Tijd die een afgevaardigde na een overleg besteedt aan terugkoppelen.",
    )


class Choice(Group):
    """Whom to ask and whom to meet, from what a party knows."""

    NL: ClassVar[str] = "Wie men vraagt en wie men spreekt, op grond van wat een partij weet."

    NEUTRAL: ClassVar[dict[str, object]] = {"sensitivity": 0.0, "habit": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: every party that could help is equally likely to be asked.",
        json_schema_extra={
            "nl": "Uit: elke partij die kan helpen wordt even waarschijnlijk gevraagd."
        },
    )
    sensitivity: float = parameter(
        3.0,
        allowed=(0.0, 50.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="per unit of expected value",
        en="How strongly expected help decides who is asked or met; 0 is blind chance.",
        nl="Hoe sterk verwachte hulp bepaalt wie wordt gevraagd of gesproken; 0 is blind toeval.",
    )
    habit: float = parameter(
        0.3,
        allowed=(0.0, 2.0),
        plausible=(0.0, 1.0),
        en="Exponent on past contacts: 1 asks in proportion to past contact, 0 ignores it.",
        nl=(
            "Exponent op eerdere contacten: 1 vraagt naar rato van eerder contact, 0 let er niet "
            "op."
        ),
    )
    room_weight: float = parameter(
        1.0,
        allowed=(0.0, 10.0),
        plausible=(0.3, 3.0),
        distribution="log-uniform",
        en="Weight of believed room against trust when choosing whom to ask.",
        nl="Gewicht van vermoede ruimte tegenover vertrouwen bij de keuze wie wordt gevraagd.",
    )


class Cooperation(Group):
    """The decision of each side of an encounter to put in full effort, or to hold back."""

    NL: ClassVar[str] = (
        "Het besluit van elke kant van een contact: zich volledig inzetten of zich inhouden."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"always": True}

    enabled: bool = Field(
        default=True,
        description="Off: everybody always cooperates.",
        json_schema_extra={"nl": "Uit: iedereen werkt altijd samen."},
    )
    always: bool = Field(
        default=False,
        description="The neutral value: both sides always cooperate.",
        json_schema_extra={"nl": "De neutrale waarde: beide kanten werken altijd samen."},
    )
    decisiveness: float = parameter(
        4.0,
        allowed=(0.0, 100.0),
        plausible=(1.5, 12.0),
        distribution="log-uniform",
        unit="per hour gained per hour spent",
        en=(
            "How sharply a decision follows expected value; 0 is a coin, large is always the "
            "better choice."
        ),
        nl=(
            "Hoe scherp een besluit de verwachte waarde volgt; 0 is een muntje opgooien, een hoge "
            "waarde is altijd de betere keuze."
        ),
    )
    mutual_yield: float = parameter(
        2.5,
        allowed=(0.0, 20.0),
        plausible=(1.0, 4.0),
        unit="hours per hour",
        en="Hours that a party expects to gain per hour of its effort when both sides cooperate.",
        nl="Uren die een partij per uur inzet verwacht te winnen als beide kanten samenwerken.",
    )
    free_ride: float = parameter(
        0.4,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.8),
        unit="share of the yield",
        en=(
            "Share of the joint yield that a party still gets when it holds back and the other "
            "does not."
        ),
        nl=(
            "Deel van de gezamenlijke opbrengst dat een partij toch krijgt als zij zich inhoudt en "
            "de ander niet."
        ),
    )
    minimal_effort: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.7),
        unit="share of full effort",
        en="Effort of a party that holds back, as a share of full effort.",
        nl="Inzet van een partij die zich inhoudt, als deel van volledige inzet.",
    )
    exposure: float = parameter(
        0.6,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        en=(
            "What a party fears to lose when interests diverge and the other does not act in good "
            "faith."
        ),
        nl=(
            "Wat een partij vreest te verliezen als belangen uiteenlopen en de ander niet te "
            "goeder trouw handelt."
        ),
    )
    shadow: float = parameter(
        0.6,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        en="Weight of the future with a party that one depends on.",
        nl="Gewicht van de toekomst met een partij van wie men afhankelijk is.",
    )
    need_weight: float = parameter(
        0.3,
        allowed=(0.0, 10.0),
        plausible=(0.0, 0.8),
        unit="hours per hour",
        en="Weight of the resident's need in a decision about a case; grows with the wait.",
        nl=(
            "Gewicht van de nood van de inwoner bij een besluit over een casus; groeit met het "
            "wachten."
        ),
    )
    load_aversion: float = parameter(
        0.3,
        allowed=(0.0, 10.0),
        plausible=(0.1, 0.9),
        distribution="log-uniform",
        unit="per month of queue",
        en="How much dearer an hour becomes for each month of promised work that waits.",
        nl="Hoeveel duurder een uur wordt voor elke maand beloofd werk die nog wacht.",
    )
    anticipation: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        en="How far a seat's approaching end shortens the future that counts at the table.",
        nl="Hoe sterk het naderende einde van een zetel de toekomst verkort die aan tafel meetelt.",
    )


class Promises(Group):
    """Promises against capacity: made, kept, announced in time, or broken without a word."""

    NL: ClassVar[str] = (
        "Beloften tegenover capaciteit: gedaan, nagekomen, op tijd afgezegd of stil gebroken."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"optimism": 0.0, "pressure": 0.0, "unlimited": True}

    enabled: bool = Field(
        default=True,
        description="Off: capacity for care is unlimited, so every promise is kept.",
        json_schema_extra={
            "nl": "Uit: er is onbeperkt capaciteit voor zorg, dus elke belofte wordt nagekomen."
        },
    )
    unlimited: bool = Field(
        default=False,
        description="The neutral value: capacity for care never runs out.",
        json_schema_extra={"nl": "De neutrale waarde: capaciteit voor zorg raakt nooit op."},
    )
    optimism: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.6),
        unit="share of the queue",
        en="Share of its own queue that a party overlooks when it promises a date.",
        nl=(
            "Deel van de eigen wachtrij dat een partij over het hoofd ziet als zij een datum "
            "belooft."
        ),
    )
    pressure: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.0, 1.5),
        en="How much more is promised to a party on which one depends.",
        nl="Hoeveel meer men belooft aan een partij van wie men afhankelijk is.",
    )
    embarrassment: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.1, 1.0),
        en="What it takes to say in time that a promise will fail.",
        nl="Wat het kost om op tijd te zeggen dat een belofte niet gehaald wordt.",
    )
    serve_first: Literal["promises", "newest"] = parameter(
        "promises",
        plausible=("promises", "newest"),
        en="Whether due promises or the newest cases get capacity first.",
        nl=(
            "Wie het eerst capaciteit krijgt: beloften die aan de beurt zijn, of de nieuwste "
            "casussen."
        ),
    )
    pledge_binding: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.0, 1.5),
        en="How strongly a pledge made at the table weighs when its maker is asked to honour it.",
        nl="Hoe zwaar een toezegging aan tafel weegt als de toezegger eraan wordt gehouden.",
    )


class Learning(Group):
    """Trust and acquaintance follow what was done, not time."""

    NL: ClassVar[str] = "Vertrouwen en bekendheid volgen wat er gedaan is, niet de tijd."

    NEUTRAL: ClassVar[dict[str, object]] = {
        "acquaintance_per_hour": 0.0,
        "fades_per_month": 0.0,
        "gain_per_hour": 0.0,
        "loss_per_hour": 0.0,
        "kept_gain": 0.0,
        "late_loss": 0.0,
        "broken_loss": 0.0,
        "ceiling_drop": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: nobody learns or forgets anything about anybody.",
        json_schema_extra={"nl": "Uit: niemand leert of vergeet iets over een ander."},
    )
    start_competence: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.7),
        unit="trust from 0 to 1",
        en="Competence trust between organisations without a history.",
        nl="Vertrouwen in elkaars kunnen tussen organisaties zonder geschiedenis.",
    )
    start_integrity: float = parameter(
        0.6,
        allowed=(0.0, 1.0),
        plausible=(0.4, 0.8),
        unit="trust from 0 to 1",
        en="Integrity trust between organisations without a history.",
        nl="Vertrouwen in elkaars woord tussen organisaties zonder geschiedenis.",
    )
    acquaintance_per_hour: float = parameter(
        0.08,
        allowed=(0.0, 10.0),
        plausible=(0.03, 0.24),
        distribution="log-uniform",
        unit="per hour together",
        en="How fast persons get to know each other.",
        nl="Hoe snel personen elkaar leren kennen.",
    )
    fades_per_month: float = parameter(
        0.03,
        allowed=(0.0, 1.0),
        plausible=(0.01, 0.09),
        distribution="log-uniform",
        unit="share per month unused",
        en="How fast acquaintance fades between persons who do not meet.",
        nl="Hoe snel bekendheid vervaagt tussen personen die elkaar niet ontmoeten.",
    )
    gain_per_hour: float = parameter(
        0.03,
        allowed=(0.0, 1.0),
        plausible=(0.01, 0.09),
        distribution="log-uniform",
        unit="share per hour",
        en="How far trust rises after an hour in which the other cooperated.",
        nl="Hoe ver vertrouwen stijgt na een uur waarin de ander meewerkte.",
    )
    loss_per_hour: float = parameter(
        0.06,
        allowed=(0.0, 1.0),
        plausible=(0.01, 0.2),
        distribution="log-uniform",
        unit="share per hour",
        en="How far integrity trust falls after an hour in which the other held back.",
        nl="Hoe ver vertrouwen in iemands woord daalt na een uur waarin de ander zich inhield.",
    )
    kept_gain: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.02, 0.15),
        distribution="log-uniform",
        unit="share per promise",
        en="How far trust rises after a kept promise.",
        nl="Hoe ver vertrouwen stijgt na een nagekomen belofte.",
    )
    late_loss: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.02, 0.2),
        distribution="log-uniform",
        unit="share per promise",
        en=(
            "How far competence trust falls after a promise that could not be kept, announced or "
            "not."
        ),
        nl=(
            "Hoe ver vertrouwen in iemands kunnen daalt na een belofte die niet gehaald kon "
            "worden, aangekondigd of niet."
        ),
    )
    broken_loss: float = parameter(
        0.15,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.4),
        distribution="log-uniform",
        unit="share per promise",
        en="How far integrity trust falls after a promise broken without a word.",
        nl=(
            "Hoe ver vertrouwen in iemands woord daalt na een belofte die zonder bericht is "
            "gebroken."
        ),
    )
    ceiling_drop: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.2),
        unit="share per promise",
        en=(
            "How far the highest integrity trust that can still be regained falls after a broken "
            "word."
        ),
        nl=(
            "Hoe ver het hoogst haalbare vertrouwen in iemands woord blijvend daalt na een "
            "gebroken woord."
        ),
    )
    institution_share: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.9),
        unit="share of the personal rate",
        en="How fast the organisation as a whole learns what its contact person learns.",
        nl="Hoe snel de organisatie als geheel leert wat haar contactpersoon leert.",
    )


class Word(Group):
    """News of room and waiting travels in encounters, at the table and from the table home."""

    NL: ClassVar[str] = (
        "Nieuws over ruimte en wachten reist mee in contacten, aan tafel en van de tafel naar huis."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"reach": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: nobody tells anybody anything.",
        json_schema_extra={"nl": "Uit: niemand vertelt iemand iets."},
    )
    reach: float = parameter(
        0.7,
        allowed=(0.0, 1.0),
        plausible=(0.4, 1.0),
        unit="chance per item",
        en="Chance that an item of news is passed on and understood.",
        nl="Kans dat een nieuwtje wordt doorverteld en begrepen.",
    )
    fades_per_month: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.6),
        unit="share per month",
        en="How fast news of somebody's room goes stale.",
        nl="Hoe snel nieuws over iemands ruimte veroudert.",
    )
