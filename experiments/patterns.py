"""Patterns known from research: does the model show them, without being told to?

    python experiments/patterns.py
    python experiments/patterns.py --only F1 F27

Here are those that only the record of events or the state at the end can show; where two arrangements
can be put beside each other, a fact is a claim (`claims/research.yaml`). Each fact names what was
expected before anything was run; then two groups in one run, or two worlds, are put beside each other.
Writes `results/reference/patterns.csv` and the tables of `results/reference/patterns.md`; what a
contradiction means is written there by hand.
The numbers of the facts (F1 ...) are those of the evidence that the project was given.
"""

import argparse
import math
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import patterns_in_events as seen
from pattern_pairs import PROJECT, TRACED, Row, beside, inside, region, table
from scipy.stats import qmc

from collabsim.config import ConfigError, Parameter, parameters
from collabsim.experiments.runs import run_scenarios
from collabsim.experiments.state_measures import trust_and_duration

ROWS = PROJECT / "results/reference/patterns.csv"
WORLDS = PROJECT / "results/reference/plausible-worlds.csv"
PAGE = PROJECT / "results/reference/patterns.md"
START, END = "<!-- tables -->", "<!-- end of tables -->"

#: Worlds drawn from the plausible ranges.
DRAWS = 200
TRUST = ("learning.start_competence", "learning.start_integrity")
LITTLE = dict.fromkeys(TRUST, 0.4)
MUCH = dict.fromkeys(TRUST, 0.8)
NO_HISTORY: dict[str, Any] = {"history_months": 0}


def f01() -> Iterator[Row]:
    """Trust raises cooperation more where interests conflict."""
    start = {**NO_HISTORY, "months": 12}
    little, much = (
        np.array(
            [seen.by_divergence(seen.traced(region({**start, **trust}), r)) for r in range(TRACED)]
        )
        for trust in (LITTLE, MUCH)
    )
    gained = much - little
    yield beside("F1", "what trust adds where interests diverge, against where they are alike",
                 "cooperation between two parties", 1, gained[:, 0], gained[:, 1])  # fmt: skip


def f02() -> Iterator[Row]:
    """Mere duration hardly builds trust: a correlation that is small and positive."""
    runs = [seen.traced(region(), replicate) for replicate in range(TRACED)]
    zero = np.zeros(TRACED)
    yield beside("F2", "correlation of trust with months that both contacts are there, against 0",
                 "integrity trust in practice", 1, zero, [trust_and_duration(run) for run in runs])  # fmt: skip
    yield beside("F2", "correlation of the house's trust with the (log) number of contacts, against 0",
                 "integrity trust", 1, zero, [seen.trust_and_use(run) for run in runs])  # fmt: skip


def f03() -> Iterator[Row]:
    """After deception trust never fully returns."""
    late, broken = (seen.recovery(region(), broken=broken) for broken in (False, True))
    yield Row("F3", "three broken words against three failures, then 200 promises kept",
              "integrity trust between two persons", -1, late, broken, broken - late,
              broken - late, broken - late, math.nan, 1, "as expected" if broken < late else "contrary")  # fmt: skip


def f07() -> Iterator[Row]:
    """Newcomers give less than incumbents."""
    yield inside("F7", "three months after a change of contact, against settled contacts of the same house",
                 "cooperation in casework", -1, region(), seen.newcomers)  # fmt: skip


def f10() -> Iterator[Row]:
    """A tie is likelier to end when the contact leaves: less so with a second contact, or an old tie."""
    one, two = (
        [seen.survival(seen.traced(region({"people.second_contacts": second}), r)) for r in range(TRACED)]
        for second in (False, True)
    )  # fmt: skip
    still = "ties still used half a year on"
    yield beside("F10", "contact left, against contact stayed", still, -1,
                 [s.stayed for s in one], [s.left for s in one])  # fmt: skip
    yield beside("F10", "much used ties against little used ones, after an exit", still, 1,
                 [s.young for s in one], [s.old for s in one])  # fmt: skip
    yield beside("F10", "two contacts against one, after an exit", still, 1,
                 [s.left for s in one], [s.left for s in two])  # fmt: skip


def f19() -> Iterator[Row]:
    """Size of the table: contested; cooperation may peak in between."""
    sizes = (3, 5, 10, 20, 50)
    opened = {
        size: [seen.open_at_table(seen.traced(region({"table.seats": size}, "fixed"), r)) for r in range(TRACED)]
        for size in sizes
    }  # fmt: skip
    for size in sizes[:2] + sizes[3:]:
        yield beside(
            "F19", f"{size} seats against 10", "seats that were open", 0, opened[10], opened[size]
        )


def f27() -> Iterator[Row]:
    """Inertia is the common outcome: a sizeable share of plausible worlds stagnates."""
    worlds = pd.DataFrame(plausible_worlds())
    worlds.to_csv(WORLDS, index=False, float_format="%.6g")
    months = region().months
    for outcome, values in (
        ("stagnated at some time", worlds["stagnated"]),
        ("never a joint step", (worlds["months_to_first_joint_step"] >= months).astype(float)),
    ):
        share, count = float(values.mean()), len(values)
        half = 1.96 * math.sqrt(max(share * (1 - share), 0.25 / count) / count)
        yield Row("F27", f"share of {count} plausible worlds", outcome, 1, 0.0, share, share,
                  max(0.0, share - half), min(1.0, share + half), math.nan, count,
                  "as expected" if 0.2 <= share <= 0.9 else "contrary")  # noqa: PLR2004 # fmt: skip


def plausible_worlds() -> Iterator[dict[str, float]]:
    """Draws of all that is uncertain, each with luck of its own: the numbers drawn, and outcomes."""
    unsure = {
        path: p for path, p in parameters().items()
        if p.declaration is not None and p.declaration.plausible is not None
        and p.declaration.role == "uncertainty" and p.kind in {"number", "whole number"}
    }  # fmt: skip
    points = qmc.LatinHypercube(len(unsure), rng=np.random.default_rng(1)).random(DRAWS)
    for draw, point in enumerate(points):
        values = {path: drawn(p, u) for (path, p), u in zip(unsure.items(), point, strict=True)}
        try:
            world = region(values)
        except ConfigError:
            continue
        (run,) = run_scenarios([world], replicates=[draw], threads=1)
        if run.status == "done":
            yield {**values, **run.outcomes}


def drawn(parameter: Parameter, u: float) -> float:
    """A value at share ``u`` of the plausible range."""
    declaration = parameter.declaration
    assert declaration is not None and declaration.plausible is not None  # noqa: S101, PT018
    low, high = declaration.plausible
    if declaration.distribution == "log-uniform":
        return float(low * (high / low) ** u)
    if parameter.kind == "whole number":
        return min(high, low + int(u * (high - low + 1)))
    return float(low + u * (high - low))


FACTS: dict[str, Callable[[], Iterable[Row]]] = {
    "F1": f01, "F2": f02, "F3": f03, "F7": f07, "F10": f10, "F19": f19, "F27": f27,
}  # fmt: skip


def tables(rows: Iterable[Row]) -> str:
    """All facts that were looked at."""
    parts = []
    for fact, group in groupby(rows, key=lambda row: row.fact):
        parts.append(f"## {fact}\n\n{(FACTS[fact].__doc__ or '').strip()}\n\n{table(group)}\n")
    return "\n".join(parts)


def kept_rows() -> list[Row]:
    """The rows that were written before."""
    records = pd.read_csv(ROWS).to_dict("records") if ROWS.exists() else []
    return [Row(**{str(key): value for key, value in record.items()}) for record in records]


def main() -> None:
    """Look at the facts, print what came out, and write the tables."""
    arguments = argparse.ArgumentParser(description="Patterns known from research.")
    arguments.add_argument("--only", nargs="*", default=list(FACTS), choices=list(FACTS))
    order, rows = list(FACTS), kept_rows()
    for fact in arguments.parse_args().only:
        found = list(FACTS[fact]())
        print(f"{fact}\n{table(found)}\n", flush=True)
        rows = [row for row in rows if row.fact != fact] + found
        rows.sort(key=lambda row: order.index(row.fact))
        ROWS.parent.mkdir(parents=True, exist_ok=True)
        pd.DataFrame(rows).to_csv(ROWS, index=False, float_format="%.5g")
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else f"{START}\n{END}\n"
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{START}\n\n{tables(rows)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
