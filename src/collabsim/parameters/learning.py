"""Learning: how trust and acquaintance move."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


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
        "grievance_per_hour": 0.0,
        "grievance_per_broken": 0.0,
        "generalised_share": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: nobody learns or forgets anything about anybody.",
        json_schema_extra={"nl": "Uit: niemand leert of vergeet iets over een ander."},
    )
    start_competence: float = parameter(
        0.6,
        allowed=(0.0, 1.0),
        plausible=(0.4, 0.8),
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
    grievance_per_hour: float = parameter(
        0.02,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.06),
        unit="share per hour",
        en="How far grievance rises after an hour in which the other held back.",
        nl="Hoe ver oud zeer toeneemt na een uur waarin de ander zich inhield.",
    )
    grievance_per_broken: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.3),
        unit="share per promise",
        en="How far grievance rises after a promise broken without a word.",
        nl="Hoe ver oud zeer toeneemt na een belofte die zonder bericht is gebroken.",
    )
    aired_share: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.9),
        unit="share",
        en="Share of a grievance that is gone when it was said and heard.",
        nl="Deel van oud zeer dat weg is als het gezegd en gehoord is.",
    )
    institution_share: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.9),
        unit="share of the personal rate",
        en="How fast the organisation as a whole learns what its contact person learns.",
        nl="Hoe snel de organisatie als geheel leert wat haar contactpersoon leert.",
    )
    generalised_share: float = parameter(
        0.02,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.04),
        unit="share of the personal rate",
        en=(
            "How fast an organisation learns from those it deals with what to expect of those it "
            "does not deal with."
        ),
        nl=(
            "Hoe snel een organisatie van wie zij treft leert wat zij mag verwachten van wie zij niet "
            "treft."
        ),
    )
