"""Networks: how many there are, and how far the same parties sit in several."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Networks(Group):
    """Networks side by side, each with a table of its own as described under ``table``."""

    NL: ClassVar[str] = (
        "Netwerken naast elkaar, elk met een eigen tafel zoals bij de tafel beschreven."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"count": 1}

    enabled: bool = Field(
        default=True,
        description="Off: there is one network, of everybody.",
        json_schema_extra={"nl": "Uit: er is één netwerk, van iedereen."},
    )
    count: int = parameter(
        1,
        allowed=(1, 100),
        plausible=(1, 10),
        unit="networks",
        role="lever",
        grade="literature",
        source="weerthuis",
        en="Number of networks; each has its own table, and its own agreement.",
        nl="Aantal netwerken; elk heeft een eigen tafel en een eigen afspraak.",
    )
    overlap: float = parameter(
        0.2,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="chance",
        role="lever",
        en=(
            "Chance that a party takes part in a network besides the one to which it belongs, for "
            "each of the others; at 1 everybody takes part in all."
        ),
        nl=(
            "Kans dat een partij meedoet in een netwerk naast het netwerk waar zij bij hoort, voor "
            "elk van de andere; bij 1 doet iedereen in alle mee."
        ),
    )
