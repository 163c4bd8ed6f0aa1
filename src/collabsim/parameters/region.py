"""What a region consists of: who is there, how large, and who pays whom."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter
from collabsim.parameters.given import GivenTie, NamedOrganisation

FIELDS = ("youth", "care", "mental_health", "housing", "income", "safety")


class Region(Group):
    """The municipalities and providers of a region."""

    NL: ClassVar[str] = "De gemeenten en aanbieders van een regio."

    fields: tuple[Annotated[str, Field(min_length=1, max_length=40)], ...] = Field(
        default=FIELDS,
        min_length=1,
        max_length=8,
        strict=False,
        description="Fields of help that a resident may need and a provider can offer.",
        json_schema_extra={
            "nl": (
                "Terreinen waarop een inwoner hulp nodig kan hebben en een aanbieder hulp kan "
                "bieden."
            )
        },
    )
    municipality_count: int = parameter(
        9,
        allowed=(0, 400),
        unit="municipalities",
        role="constant",
        grade="literature",
        source="k2-partnership",
        en="Municipalities generated beside the named ones.",
        nl="Aantal gemeenten dat wordt aangemaakt naast de gemeenten die met naam zijn opgegeven.",
    )
    provider_count: int = parameter(
        50,
        allowed=(0, 5000),
        unit="providers",
        role="constant",
        grade="literature",
        source="k2-partnership",
        en="Providers generated beside the named ones.",
        nl=(
            "Aantal aanbieders dat wordt aangemaakt naast de aanbieders die met naam zijn "
            "opgegeven."
        ),
    )
    inhabitants_per_municipality: float = parameter(
        48_000.0,
        allowed=(1_000.0, 1_000_000.0),
        unit="inhabitants",
        role="constant",
        en="Median number of inhabitants of a generated municipality.",
        nl="Mediaan van het aantal inwoners van een aangemaakte gemeente.",
    )
    inhabitants_per_provider: float = parameter(
        10_000.0,
        allowed=(100.0, 10_000_000.0),
        unit="inhabitants",
        role="constant",
        en=(
            "Inhabitants for each provider of median size: with fewer of them in the region for "
            "each provider, houses are smaller, with the managers and boards of smaller houses."
        ),
        nl=(
            "Inwoners voor elke middelgrote aanbieder: zijn er in de regio minder per "
            "aanbieder, dan zijn de huizen kleiner, met het management en bestuur van kleinere "
            "huizen."
        ),
    )
    municipality_size_spread: float = parameter(
        0.5,
        allowed=(0.0, 2.0),
        role="constant",
        unit="standard deviation of the logarithm",
        en="How unequal the municipalities are in inhabitants.",
        nl="Hoe ongelijk de gemeenten zijn in aantal inwoners.",
    )
    provider_size_spread: float = parameter(
        1.0,
        allowed=(0.0, 2.5),
        plausible=(0.5, 1.5),
        unit="standard deviation of the logarithm",
        en="How unequal the providers are in size: few large ones, many small ones.",
        nl="Hoe ongelijk de aanbieders zijn in omvang: enkele grote, veel kleine.",
    )
    extra_field_chance: float = parameter(
        0.15,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.35),
        unit="chance per field",
        en="Chance that a provider can also help in a field outside its own domain.",
        nl="Kans dat een aanbieder ook kan helpen op een terrein buiten het eigen domein.",
    )
    interest_spread: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.8),
        unit="share",
        en="How far interests differ between organisations of one domain, against between domains.",
        nl=(
            "Hoe ver belangen uiteenlopen tussen organisaties binnen een domein, vergeleken met "
            "tussen domeinen."
        ),
    )
    one_person_below_hours: float = parameter(
        30.0,
        allowed=(0.0, 1e6),
        plausible=(10.0, 90.0),
        distribution="log-uniform",
        unit="hours a month",
        en=(
            "A provider with fewer care hours than this for the region has one person in all "
            "layers."
        ),
        nl=(
            "Bij een aanbieder met minder zorguren voor de regio dan dit doet één persoon alles: "
            "uitvoering, management en bestuur."
        ),
    )
    known_others: int = parameter(
        0,
        allowed=(0, 1000),
        unit="organisations",
        role="constant",
        en=(
            "How many others an organisation can know in a sparse region, about; each provider knows "
            "two municipalities besides, so municipalities know more. 0 means that all can know all."
        ),
        nl=(
            "Hoeveel anderen een organisatie ongeveer kan kennen in een regio waar niet iedereen "
            "elkaar kent; elke aanbieder kent daarnaast twee gemeenten, dus gemeenten kennen er meer. "
            "0 betekent dat iedereen iedereen kan kennen."
        ),
    )
    organisations: tuple[NamedOrganisation, ...] = Field(
        default=(),
        strict=False,
        description="Organisations written out by name.",
        json_schema_extra={"nl": "Organisaties die met naam zijn opgegeven."},
    )
    ties: tuple[GivenTie, ...] = Field(
        default=(),
        strict=False,
        description="Answers of a network survey, which hold at month 0.",
        json_schema_extra={"nl": "Antwoorden uit een netwerkvragenlijst, die gelden in maand 0."},
    )
    draw_missing_ties: bool = Field(
        default=False,
        description=(
            "Whether pairs that no answer is given for are drawn from the answers of pairs like "
            "them, anew in each replicate; else they stay as the history made them."
        ),
        json_schema_extra={
            "nl": (
                "Of tweetallen zonder antwoord worden geloot uit antwoorden van tweetallen die op "
                "hen lijken, in elke herhaling opnieuw; anders blijven ze zoals de geschiedenis ze "
                "maakte."
            )
        },
    )
    surveyed_layer: Literal["practice", "management", "board"] = Field(
        default="practice",
        description="The layer whose contacts the survey is about; trust holds for the house.",
        json_schema_extra={
            "nl": (
                "De laag over wier contacten de vragenlijst gaat; vertrouwen geldt voor de hele "
                "organisatie."
            )
        },
    )


class Commissioning(Group):
    """Money and dependence: municipalities commission, providers compete and are paid."""

    NL: ClassVar[str] = (
        "Geld en afhankelijkheid: gemeenten kopen in, aanbieders concurreren en worden betaald."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {
        "budget": 1.0,
        "renewed_share_per_year": 0.0,
        "track_record_weight": 0.0,
        "dependence_weight": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: no renewal of contracts, and nobody depends on anybody.",
        json_schema_extra={
            "nl": "Uit: contracten worden niet vernieuwd, en niemand is van iemand afhankelijk."
        },
    )
    target_load: float = parameter(
        0.85,
        allowed=(0.2, 2.0),
        plausible=(0.8, 0.9),
        unit="share of capacity",
        en="Care hours expected from residents, as a share of the hours that municipalities buy.",
        nl="Verwachte zorguren voor inwoners, als deel van de uren die gemeenten inkopen.",
    )
    indirect_share: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.25),
        unit="share of care hours",
        en="Hours bought on top of care for asking, consulting and travelling.",
        nl="Uren die boven op de zorg worden ingekocht voor vragen, overleg en reizen.",
    )
    contracts_per_provider: float = parameter(
        5.0,
        allowed=(1.0, 100.0),
        plausible=(2.0, 9.0),
        unit="municipalities",
        en="Number of municipalities that contract a provider, on average.",
        nl="Gemiddeld aantal gemeenten waarmee een aanbieder een contract heeft.",
    )
    region_share: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.8),
        unit="share of turnover",
        en="Mean share of a provider's turnover that comes from this region.",
        nl="Gemiddeld deel van de omzet van een aanbieder dat uit deze regio komt.",
    )
    budget: float = parameter(
        1.0,
        allowed=(0.1, 10.0),
        plausible=(0.7, 1.1),
        unit="share of the usual budget",
        role="lever",
        en=(
            "What municipalities can spend on care, as a share of the usual; what it buys changes "
            "at the next renewal of contracts."
        ),
        nl=(
            "Wat gemeenten aan zorg kunnen uitgeven, als deel van gebruikelijk; wat ervoor wordt "
            "ingekocht verandert bij de volgende vernieuwing van contracten."
        ),
    )
    renewed_share_per_year: float = parameter(
        0.25,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.5),
        unit="share of volume per year",
        en="Share of contract volume that is tendered again each year.",
        nl="Deel van het contractvolume dat elk jaar opnieuw wordt aanbesteed.",
    )
    renewal_month: int = parameter(
        1,
        allowed=(1, 12),
        unit="month of the year",
        role="constant",
        en="Month of the year in which contracts are renewed.",
        nl="Maand van het jaar waarin contracten worden vernieuwd.",
    )
    track_record_weight: float = parameter(
        1.5,
        allowed=(0.0, 20.0),
        plausible=(0.0, 3.0),
        unit="per unit of trust",
        en=(
            "How strongly a municipality's experience with a provider counts when contracts are "
            "renewed."
        ),
        nl=(
            "Hoe zwaar de ervaring van een gemeente met een aanbieder telt bij het vernieuwen van "
            "contracten."
        ),
    )
    dependence_weight: float = parameter(
        1.0,
        allowed=(0.0, 5.0),
        plausible=(0.0, 2.0),
        en="How strongly dependence on the other counts in decisions and promises.",
        nl="Hoe zwaar afhankelijkheid van de ander telt bij besluiten en beloften.",
    )
