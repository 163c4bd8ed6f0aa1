"""The tables of a sweep, declared once: what is written, checked and explained follows from here.

Every block writes the same columns with the same types, whatever failed in it, so that a folder reads
as one table.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from collabsim.config.catalogue import Kind, parameters
from collabsim.experiments.designs import Factor
from collabsim.metrics import METRICS
from collabsim.organisations import LAYERS
from collabsim.series import SERIES

#: Columns that say how a run went, not what came out: they differ from one time to the next.
ABOUT_THE_RUN = ("seconds", "block")
WHOLE, NUMBER, TEXT, SWITCH = pa.int64(), pa.float64(), pa.string(), pa.bool_()
#: How a parameter of each kind is stored; anything else is JSON text.
TYPES: dict[Kind, pa.DataType] = {"whole number": WHOLE, "number": NUMBER, "true or false": SWITCH}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the file.
        type: as in the file.
        meaning: in plain words, with the unit.

    """

    name: str
    type: pa.DataType
    meaning: str


WHICH = (
    Column("point", WHOLE, "number of the point, from 0; see `points.parquet`"),
    Column("replicate", WHOLE, "number of the draw of luck, from 0"),
)
MONTH = Column("month", WHOLE, "month of the run, from 0; what is told of a state is its end")
RUNS = (
    Column("run_id", TEXT, "identity: a hash of parameters, seed, luck and version of the model"),
    WHICH[0],
    Column("scenario", TEXT, "name of the scenario that the point changes"),
    WHICH[1],
    Column("seed", WHOLE, "seed of the sweep"),
    Column("luck", WHOLE, "draw of luck: the replicate, or a number of its own for each point"),
    Column("status", TEXT, "`done` or `failed`"),
    Column("error", TEXT, "why it failed; else empty"),
    Column("seconds", NUMBER, "wall time of the run without its history; not the same every time"),
    Column("block", TEXT, "the block in which it was run; not the same every time"),
)
TIES = (
    *WHICH,
    MONTH,
    Column("organisation", TEXT, "whose knowledge and opinion it is"),
    Column("other", TEXT, "of whom"),
    *(
        Column(f"acquaintance.{layer}", NUMBER, f"how well their contacts of the {layer} layer know each other, 0 to 1")
        for layer in LAYERS
    ),
    Column("competence_trust.practice", NUMBER, "trust of practice that the other can do its part, 0 to 1"),
    Column("competence_trust.house", NUMBER, "the same, of managers and boards, 0 to 1"),
    *(
        Column(f"integrity_trust.{layer}", NUMBER, f"trust of the {layer} layer that the other keeps its word, 0 to 1")
        for layer in LAYERS
    ),
    Column("integrity_ceiling", NUMBER, "highest trust in integrity that broken words have left possible"),
    Column("grievance", NUMBER, "held against the other and not aired, 0 to 1"),
    Column("contacts", WHOLE, "past contacts between the houses, history included"),
    Column("dependence", NUMBER, "how much it depends on the other, 0 to 1"),
    Column("contract_hours", NUMBER, "care hours a month that it buys from the other"),
    Column("divergence", NUMBER, "how far their interests differ, 0 to 1"),
    Column("disclosed", NUMBER, "how far it knows what the other is after, 0 to 1"),
    Column("room_believed", NUMBER, "room that it believes the other to have, 0 to 1"),
    Column("wait_heard", NUMBER, "days that the other said it waits for a yes; empty if never told"),
)  # fmt: skip
SEATS = (
    *WHICH,
    MONTH,
    Column("network", WHOLE, "number of the network, from 0"),
    Column("organisation", TEXT, "who takes part in it"),
    Column("seated", SWITCH, "whether it has a seat at the table"),
    Column("since", WHOLE, "month in which it took its seat; empty without one"),
    Column("until", WHOLE, "month in which its term ends; empty without a seat or without an end"),
    Column("delegate", TEXT, "who speaks for it at home; empty if nobody does"),
    Column("pledged_hours", NUMBER, "hours pledged at the last meeting and not yet called on"),
    Column("pledged_in", TEXT, "field of that pledge; empty without one"),
    Column("honoured", WHOLE, "how often its pledge was called on and honoured"),
    Column("refused", SWITCH, "whether a call on its pledge was refused"),
)
PEOPLE = (
    *WHICH,
    MONTH,
    Column("organisation", TEXT, "where the post is"),
    Column("person", TEXT, "identity of who holds it, 16 hexadecimal digits; who moves keeps it"),
    Column("role", TEXT, "`contact` or `second contact`"),
    *(Column(layer, SWITCH, f"whether the person carries the layer {layer}") for layer in LAYERS),
    Column("months", WHOLE, "months in this post"),
)
EVENTS = (
    *WHICH,
    MONTH,
    Column(
        "event", WHOLE, "what happened; numbers as in [events](../results/README.md#eventsparquet)"
    ),
    Column("who", WHOLE, "row of the organisation, from 0"),
    Column("who_id", TEXT, "its id"),
    Column("whom", WHOLE, "row of the other organisation, or what the event says; -1 for none"),
    Column("case", WHOLE, "number of the case; -1 for none"),
    Column("reason", WHOLE, "why, or what the event says; numbers as above"),
    Column("value", NUMBER, "a number that goes with it: hours, days, trust"),
)
#: Tables of what lies behind a run, kept for chosen runs and months.
DETAILS: dict[str, tuple[Column, ...]] = {
    "ties": TIES, "seats": SEATS, "people": PEOPLE, "events": EVENTS,
}  # fmt: skip


def type_of(path: str) -> pa.DataType:
    """How a parameter is stored in a column ``in.<path>``."""
    parameter = parameters().get(path)
    return TYPES.get(parameter.kind, TEXT) if parameter is not None else TEXT


def stored(value: object) -> Any:  # noqa: ANN401 - a value of any parameter
    """The value of a parameter as a column holds it: a list as JSON text."""
    return json.dumps(value) if isinstance(value, list | tuple) else value


def restored(path: str, value: Any) -> Any:  # noqa: ANN401 - a value of any parameter
    """The value of a parameter from a column."""
    return json.loads(value) if parameters()[path].kind == "list" and value is not None else value


def inputs(factors: Iterable[Factor]) -> tuple[Column, ...]:
    """The columns of factors."""
    return tuple(
        Column(f"in.{factor.path}", type_of(factor.path), f"value of the {factor.role}")
        for factor in factors
    )


def columns_of_runs(factors: Sequence[Factor], outcomes: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the table of runs; no outcomes stands for all."""
    kept = (Column(f"out.{name}", NUMBER, METRICS[name].en) for name in outcomes or METRICS)
    return (*RUNS, *inputs(factors), *kept)


def columns_of_series(series: Sequence[str]) -> tuple[Column, ...]:
    """The columns of the table of paths by month."""
    return (*WHICH, MONTH, *(Column(name, NUMBER, SERIES[name].en) for name in series))


def columns_of_points(factors: Sequence[Factor], *, drawn: bool) -> tuple[Column, ...]:
    """The columns of the table of points."""
    shares = (
        Column(f"share.{factor.path}", NUMBER, "how far along the range of the factor, 0 to 1")
        for factor in factors
        if drawn
    )
    return (WHICH[0], RUNS[2], *inputs(factors), *shares)


def schema(columns: Iterable[Column]) -> pa.Schema:
    """The columns as Parquet knows them."""
    return pa.schema([(column.name, column.type) for column in columns])
