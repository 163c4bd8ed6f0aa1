"""Details: what lies behind a run, kept for chosen runs and months: ties, seats, people, events.

A run of which details are kept is stopped at the end of each month that is asked for and looked at, which
changes nothing in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from collabsim.experiments.sweep_schema import DETAILS, schema
from collabsim.model import CollaborationModel
from collabsim.organisations import LAYERS, PRACTICE
from collabsim.tables import NO_END, NOBODY
from collabsim.ties import NOT_HEARD

type Columns = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Details:
    """Of which runs and months details are kept, and which.

    Attributes:
        tables: names in ``DETAILS``.
        points: numbers of points; empty for all.
        replicates: numbers of replicates; empty for all.
        months: months, from 0; empty for the last, and for events for all.

    """

    tables: tuple[str, ...]
    points: tuple[int, ...] = ()
    replicates: tuple[int, ...] = (0,)
    months: tuple[int, ...] = ()

    def of(self, point: int, replicate: int) -> bool:
        """Whether they are kept of a run."""
        return (not self.points or point in self.points) and (
            not self.replicates or replicate in self.replicates
        )


@dataclass(slots=True)
class Watched[Model: CollaborationModel]:
    """A run to its last month, and what was kept on the way.

    Attributes:
        model: after its last month.
        tables: details by name of their table, without the columns that say which run it is.

    """

    model: Model
    tables: Mapping[str, list[pa.Table]] = field(default_factory=dict)


def watched[Model: CollaborationModel](
    make: Callable[[bool], Model], months: int, details: Details | None
) -> Watched[Model]:
    """Run a model to its last month and keep details on the way.

    Args:
        make: makes the model, given whether its events are kept.
        months: months of the run.
        details: what to keep; None for nothing.

    """
    if details is None:
        model = make(False)
        model.run_for(months)
        return Watched(model)
    model = make("events" in details.tables)
    tables: dict[str, list[pa.Table]] = {name: [] for name in details.tables}
    states = [name for name in details.tables if name in STATES]
    for month in sorted(details.months or (months - 1,)):
        if states:
            model.run_for(month + 1 - model.month)
            for name in states:
                tables[name].append(at_month(month, STATES[name](model)))
    model.run_for(months - model.month)
    if "events" in tables:
        happened = model.events()
        if details.months:
            happened = happened[happened["month"].isin(details.months)]
        columns = {name: happened[name].to_numpy() for name in happened.columns}
        tables["events"].append(pa.table(columns))
    return Watched(model, tables)


def at_month(month: int, columns: Columns) -> pa.Table:
    """A table of a state, with the month in which it was so."""
    rows = len(next(iter(columns.values())))
    return pa.table({"month": np.full(rows, month), **columns})


def with_run(name: str, point: int, replicate: int, parts: Sequence[pa.Table]) -> pa.Table:
    """Details of one run with the columns that say which run it is, in the order of the schema."""
    wanted = schema(DETAILS[name])
    whole = pa.concat_tables(parts)
    which = {
        "point": pa.array(np.full(whole.num_rows, point)),
        "replicate": pa.array(np.full(whole.num_rows, replicate)),
    }
    columns = [which[name] if name in which else whole[name] for name in wanted.names]
    return pa.table(columns, names=wanted.names).cast(wanted)


def tie_rows(model: CollaborationModel) -> Columns:
    """What every organisation knows and thinks of every other that it knows."""
    ties, bonds, ids = model.world.ties, model.world.bonds, np.array(model.ids)
    place = row, slot = np.nonzero(ties.other >= 0)
    known, personal = bonds.acquaintance[row, slot, :, 0, 0], bonds.integrity[row, slot, :, 0, 0]
    house, work = ties.competence[place], bonds.competence[row, slot, PRACTICE, 0, 0]
    integrity = known * personal + (1.0 - known) * ties.integrity[place][:, None]
    in_practice = known[:, PRACTICE]
    waits = ties.wait_heard[place]
    return {
        "organisation": ids[row],
        "other": ids[ties.other[place]],
        **{f"acquaintance.{layer}": known[:, at] for at, layer in enumerate(LAYERS)},
        "competence_trust.practice": in_practice * work + (1.0 - in_practice) * house,
        "competence_trust.house": house,
        **{f"integrity_trust.{layer}": integrity[:, at] for at, layer in enumerate(LAYERS)},
        "integrity_ceiling": ties.ceiling[place],
        "grievance": ties.grievance[place],
        "contacts": ties.contacts[place],
        "dependence": ties.dependence[place],
        "contract_hours": ties.contract[place],
        "divergence": ties.divergence[place],
        "disclosed": ties.disclosed[place],
        "room_believed": ties.room[place],
        "wait_heard": pa.array(waits, mask=waits == NOT_HEARD),
    }


def seat_rows(model: CollaborationModel) -> Columns:
    """Everybody who takes part in a network: its seat, who speaks for it, and what it pledged."""
    seats, ids = model.world.seats, np.array([*model.ids, ""])
    fields = np.array([*model.config.region.fields, ""])
    place = network, row = np.nonzero(seats.member)
    seated, until = seats.seated[place], seats.until[place]
    pledged, delegate = seats.pledged[place], seats.delegate[place]
    return {
        "network": network,
        "organisation": ids[row],
        "seated": seated,
        "since": pa.array(seats.since[place], mask=~seated),
        "until": pa.array(until, mask=~seated | (until >= NO_END)),
        # Row -1 finds the empty word at the end.
        "delegate": ids[np.where(delegate == NOBODY, -1, delegate)],
        "pledged_hours": pledged,
        "pledged_in": fields[np.where(pledged > 0.0, seats.step[place], -1)],
        "honoured": seats.honoured[place],
        "refused": seats.refused[place],
    }


def people_rows(model: CollaborationModel) -> Columns:
    """Everybody who holds a post."""
    held = [(org.id, person) for org in model.organisations for person in org.people]
    return {
        "organisation": [organisation for organisation, _ in held],
        "person": [f"{person.id:016x}" for _, person in held],
        "role": [person.role for _, person in held],
        **{layer: [layer in person.layers for _, person in held] for layer in LAYERS},
        "months": [person.months for _, person in held],
    }


#: Details that are a state at the end of a month.
STATES: Mapping[str, Callable[[CollaborationModel], Columns]] = {
    "ties": tie_rows, "seats": seat_rows, "people": people_rows,
}  # fmt: skip
