"""Ground rules: which ones are agreed, by whom, and how knowing them spreads and fades."""

from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, Field

from collabsim.parameters.declaring import OWN_CHOICES, Group, parameter


def known_own_rule(name: str) -> str:
    """Refuse a ground rule that is in no file in use."""
    if name not in OWN_CHOICES["rules.own"]:
        raise ValueError("it must be the name of a ground rule in the file given with --with")
    return name


type OwnRuleName = Annotated[str, AfterValidator(known_own_rule)]


class Rules(Group):
    """Relational ground rules and agreements on content, as expectations that people know."""

    NL: ClassVar[str] = (
        "Relationele spelregels en afspraken over inhoud, als verwachtingen die mensen kennen."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"made_by": "nobody"}

    enabled: bool = Field(
        default=True,
        description="Off: no rules are made.",
        json_schema_extra={"nl": "Uit: er worden geen spelregels gemaakt."},
    )
    made_by: Literal["nobody", "municipalities", "table", "everyone"] = parameter(
        "nobody",
        plausible=("nobody", "municipalities", "table", "everyone"),
        role="lever",
        en=(
            "Who makes the rules: nobody, the municipalities for all (imposed, by letter), those "
            "at the table, or everybody together."
        ),
        nl=(
            "Wie de spelregels maakt: niemand, de gemeenten voor allen (opgelegd, per brief), wie "
            "aan tafel zit, of iedereen samen."
        ),
    )
    layer: Literal["practice", "management", "board"] = parameter(
        "board",
        plausible=("practice", "management", "board"),
        role="lever",
        en="Layer whose people make the rules.",
        nl="Laag waarvan de mensen de spelregels maken.",
    )
    month: int = parameter(
        0,
        allowed=(0, 600),
        plausible=(0, 24),
        unit="month",
        role="lever",
        en="Month in which the rules are made.",
        nl="Maand waarin de spelregels worden gemaakt.",
    )
    renewed_every_months: int = parameter(
        0,
        allowed=(0, 120),
        plausible=(0, 24),
        unit="months",
        role="lever",
        en="Months after which the same parties go through the rules again; 0 is never.",
        nl="Maanden waarna dezelfde partijen de spelregels opnieuw doornemen; 0 is nooit.",
    )
    shared_ownership: bool = parameter(
        default=True,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Rule: a need for which nobody finds help is taken up by another party of the case.",
        nl=(
            "Spelregel gedeeld eigenaarschap: een hulpvraag waarvoor niemand hulp vindt, pakt een "
            "andere partij van de casus op."
        ),
    )
    timely_communication: bool = parameter(
        default=True,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Rule: a promise that will fail is announced.",
        nl="Spelregel tijdige communicatie: een belofte die niet gehaald wordt, wordt gemeld.",
    )
    working_from_the_task: bool = parameter(
        default=True,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Rule: the resident's need counts for more in decisions about a case.",
        nl="Spelregel opgavegericht werken: de nood van de inwoner telt zwaarder in een casus.",
    )
    seeking_each_other_out: bool = parameter(
        default=True,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Rule: managers talk after a month in which something went wrong between them.",
        nl=(
            "Spelregel elkaar opzoeken: managers spreken elkaar na een maand waarin er iets "
            "misging tussen hen."
        ),
    )
    including_the_outer_ring: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Agreement: habit counts for less in choosing whom to ask for help.",
        nl=("Afspraak over includeren: gewoonte telt minder bij de keuze aan wie men hulp vraagt."),
    )
    agreements_on_content: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Agreement: pledges made at the table bind those who know of the agreement.",
        nl="Afspraken over inhoud: toezeggingen aan tafel binden wie de afspraak kent.",
    )
    own: tuple[OwnRuleName, ...] = Field(
        default=(),
        max_length=6,
        strict=False,
        description=(
            "Ground rules from a file of your own (`--with`) that are agreed, each in the place of "
            "the rule of its situation."
        ),
        json_schema_extra={
            "nl": (
                "Spelregels uit een eigen bestand (`--with`) die zijn afgesproken, elk in plaats van "
                "de spelregel van haar situatie."
            )
        },
    )
    making_hours: float = parameter(
        4.0,
        allowed=(0.0, 100.0),
        plausible=(1.5, 12.0),
        distribution="log-uniform",
        unit="hours",
        en="Hours that making the rules, or going through them again, costs each who takes part.",
        nl="Uren die het maken of opnieuw doornemen van de spelregels elke deelnemer kost.",
    )
    weight: float = parameter(
        0.5,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        unit="hours per hour",
        en="What a rule that is fully alive adds, in its situation, to doing what it asks.",
        nl="Wat een spelregel die volop leeft in zijn situatie toevoegt aan doen wat hij vraagt.",
    )
    adopted_share: float = parameter(
        0.6,
        allowed=(0.0, 1.0),
        plausible=(0.3, 1.0),
        unit="share",
        en="How far who did not make a rule holds it, against those from whom it was learned.",
        nl="In hoeverre wie een spelregel niet maakte hem aanhoudt, tegenover van wie men hem leerde.",
    )
    spreads_per_hour: float = parameter(
        0.3,
        allowed=(0.0, 10.0),
        plausible=(0.1, 1.0),
        distribution="log-uniform",
        unit="per hour together",
        en="How fast a rule is learned from somebody who knows it.",
        nl="Hoe snel men een spelregel leert van iemand die hem kent.",
    )
    use_renews: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.4),
        unit="share per use",
        en="How far a rule comes alive again, of what it had lost, each time that it is used.",
        nl="Hoe ver een spelregel weer gaat leven, van wat verloren was, telkens als hij wordt gebruikt.",
    )
    fades_per_month: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.02, 0.15),
        distribution="log-uniform",
        unit="share per month",
        en="How fast a rule is forgotten that nobody uses or keeps alive.",
        nl="Hoe snel een spelregel wordt vergeten die niemand gebruikt of levend houdt.",
    )
