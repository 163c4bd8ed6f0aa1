"""Does every parameter matter? Both ends of its range against each other, with the same luck.

    python experiments/parameters_matter.py
    python experiments/parameters_matter.py --only learning. table.quorum

A parameter stays in the model only if it moves some outcome by more than a tenth of the spread
that luck makes between regions, in some shipped scenario, and by more than chance can explain.
Writes `results/reference/parameters-matter.csv` and `docs/parameters-that-matter.md`; with
`--only`, the rows of the parameters whose paths start like that.

Chance gets few openings: with so many outcomes one of them always seems to move, so the interval
is widened for their number, for the number of choices compared, and for looking three times (at an
eighteenth of the replicates, at a sixth if that did not settle it, and then at all of them).
"""

import argparse
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from collabsim import load_scenario
from collabsim.config import Parameter, parameters, set_value
from collabsim.experiments.executors import default_threads
from collabsim.experiments.runs import RunResult, run_scenarios
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario

PROJECT = Path(__file__).parents[1]
TABLE = PROJECT / "results/reference/parameters-matter.csv"
PAGE = PROJECT / "docs/parameters-that-matter.md"

LEAST_SHARE_OF_SPREAD = 0.1
MISTAKES = 0.05
LOOKS = (18, 6, 1)
#: A spread below this is what rounding leaves where all runs are equal.
ROUNDING = 1e-9
#: Hours, meetings and seats are what levers set; moving only these is not moving the collaboration.
COUNTED = {
    "collaboration_hours", "hours_municipalities", "hours_providers", "hours_per_seat", "encounters",
    "seat_concentration",
}  # fmt: skip
#: 0 or 1 in every run: the interval used here does not hold for these.
YES_OR_NO = {"ring_found", "stagnated"}

VERDICTS = ("does not matter", "hours and seats only", "matters")
DOES_NOT, HOURS_ONLY, MATTERS = VERDICTS

#: Ends for constants of the region, which no sampler draws: what shipped scenarios and the
#: allowed values leave room for.
ENDS_OF_CONSTANTS: Mapping[str, tuple[Any, Any]] = {
    "months": (36, 84),
    "history_months": (12, 96),
    "region.municipality_count": (6, 13),
    "region.provider_count": (20, 95),
    "region.inhabitants_per_municipality": (24_000.0, 96_000.0),
    "region.inhabitants_per_provider": (5_000.0, 20_000.0),
    "region.municipality_size_spread": (0.2, 0.8),
    "region.known_others": (0, 20),
    "commissioning.renewal_month": (1, 7),
    "people.election_every_months": (24, 96),
    "people.first_election_month": (4, 40),
    "table.first_meeting_month": (0, 12),
    "grades.ambition": (4.0, 8.0),
    "grades.interests": (4.0, 8.0),
    "grades.relation": (4.0, 8.0),
    "grades.organisation": (4.0, 8.0),
    "grades.process": (4.0, 8.0),
    "grades.public_value": (4.0, 8.0),
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a parameter has something to act on: a shipped scenario, and what must be set beside it."""

    scenario: str = "region-004-rotating"
    beside: tuple[tuple[str, Any], ...] = ()

    def world(self) -> Scenario:
        """The scenario with what is set beside the parameter."""
        scenario = load_scenario(PROJECT / f"configs/scenarios/{self.scenario}.yaml")
        for path, value in self.beside:
            scenario = set_value(scenario, path, value)
        return scenario

    def __str__(self) -> str:
        beside = ", ".join(f"{path}: {shown(value)}" for path, value in self.beside)
        return f"{self.scenario}{' with ' if beside else ''}{beside}"


#: A table that meets often enough for what happens at it to be seen.
OFTEN = (("table.meets_every_months", 1),)
#: At the defaults hardly a provider wants a seat, and there is nothing to agree on; here many do.
CONTESTED = Setting("region-004-self-selected-contested")
#: Rules that somebody makes and keeps alive, for what they do to be seen.
RULED = Setting(
    beside=(
        ("rules.made_by", "everyone"), ("rules.layer", "practice"), ("rules.renewed_every_months", 12),
        ("rules.including_the_outer_ring", True), ("rules.agreements_on_content", True),
    )
)  # fmt: skip
#: Rules that have to reach the others from those at the table.
FROM_THE_TABLE = Setting(beside=(("rules.made_by", "table"), ("rules.weight", 1.0)))
TALKING = Setting(
    beside=(
        ("rules.made_by", "everyone"), ("rules.layer", "management"), ("rules.renewed_every_months", 12),
        ("rules.weight", 1.0),
    )
)  # fmt: skip
IMPOSED = Setting(beside=(("rules.made_by", "municipalities"), ("rules.layer", "practice")))
GATHERED = Setting(beside=(("sessions.invited", "everyone"), ("sessions.every_months", 3)))
MANAGERS_GATHERED = Setting(
    beside=(
        ("sessions.invited", "everyone"),
        ("sessions.every_months", 3),
        ("sessions.layer", "management"),
    )
)
WRITTEN = Setting(
    beside=(
        ("rules.made_by", "table"),
        ("rules.weight", 1.0),
        ("rules.renewed_every_months", 12),
        ("table.update_mails", True),
        *OFTEN,
    )
)
JOINED = Setting("cases-000")
REVIEWED = Setting("cases-000-reviewed")
CONNECTED = Setting(beside=(("connector.who", "between_others"),))
TIRED = Setting(beside=(("energy.usual", 0.4),))
ALL_ROTATE = Setting(beside=(("table.rotation.share_per_year", 1.0),))
SETTINGS: Mapping[str, Setting] = {
    # What is known of each other's interests says how far they differ.
    "region.interest_spread": Setting(
        beside=(
            *MANAGERS_GATHERED.beside,
            ("sessions.discloses_interests", True),
            ("cooperation.exposure", 2.0),
        )
    ),
    # The year that is measured comes right after the election.
    "people.election_replaces": Setting(beside=(("people.first_election_month", 58),)),
    # Where the future counts, it counts that a term ends, most where the last months have meetings.
    "cooperation.anticipation": Setting(
        beside=(
            *ALL_ROTATE.beside,
            ("cooperation.shadow", 1.5),
            ("table.meets_every_months", 1),
        )
    ),
    "table.rotation.staggered": Setting(
        beside=(*ALL_ROTATE.beside, ("table.meets_every_months", 1))
    ),
    # Where somebody is trusted enough to hit the ceiling.
    "learning.ceiling_drop": Setting("coalition-004"),
    # What a region starts with is gone after five years.
    "exposure.concrete_at_start": Setting("start-003", beside=(("months", 12),)),
    "people.second_present": Setting(beside=(("people.second_contacts", True),)),
    "table.strategic_weight": Setting("region-004-fixed", OFTEN),
    "table.quorum": CONTESTED,
    "table.rounds": CONTESTED,
    "table.round_hours": CONTESTED,
    "table.expected_of_seat": CONTESTED,
    # One session, once, does not show over five years; see the scenario of the lunch.
    "sessions.invited": Setting(beside=(("sessions.every_months", 3),)),
    "sessions.layer": GATHERED,
    # The dialogic sessions of a tired region, which last; one lunch is forgotten by the end.
    "sessions.first_month": Setting("stuck-002-dialogic"),
    "sessions.every_months": Setting(beside=(("sessions.invited", "everyone"),)),
    "sessions.hours": GATHERED,
    "sessions.group_size": GATHERED,
    "rules.layer": Setting(beside=(("rules.made_by", "everyone"),)),
    "rules.month": RULED,
    "rules.renewed_every_months": Setting(
        beside=(("rules.made_by", "everyone"), ("rules.layer", "practice"))
    ),
    "rules.shared_ownership": RULED,
    "rules.timely_communication": TALKING,
    "rules.working_from_the_task": RULED,
    "rules.seeking_each_other_out": TALKING,
    "rules.including_the_outer_ring": Setting("rings-004-agreement"),
    "rules.agreements_on_content": RULED,
    "rules.making_hours": RULED,
    "rules.weight": RULED,
    "rules.adopted_share": IMPOSED,
    "rules.spreads_per_hour": FROM_THE_TABLE,
    "rules.use_renews": TALKING,
    "rules.fades_per_month": RULED,
    "word.inside_per_month": FROM_THE_TABLE,
    "energy.drifts_back": TIRED,
    "energy.from_success": TIRED,
    "energy.from_futile_work": TIRED,
    "energy.from_reproach": TIRED,
    "energy.starts_from": TIRED,
    "energy.all_hours_from": TIRED,
    "energy.from_own_step": Setting(beside=(("energy.usual", 0.4), ("table.own_steps", True))),
    "energy.from_told_success": Setting(
        beside=(
            ("energy.usual", 0.4),
            ("sessions.invited", "everyone"),
            ("sessions.every_months", 2),
            ("sessions.tells_successes", True),
        )
    ),
    "sessions.tells_successes": Setting(
        beside=(
            ("energy.usual", 0.4),
            ("sessions.invited", "everyone"),
            ("sessions.every_months", 2),
        )
    ),
    "sessions.discloses_grievances": GATHERED,
    "sessions.discloses_interests": MANAGERS_GATHERED,
    "sessions.analyses_together": GATHERED,
    "sessions.pictures_success": GATHERED,
    "sessions.shows_patterns": GATHERED,
    "sessions.online": GATHERED,
    "exposure.worked_out_per_hour": Setting(
        beside=(
            ("sessions.invited", "everyone"),
            ("sessions.every_months", 3),
            ("sessions.pictures_success", True),
            ("sessions.analyses_together", True),
        )
    ),
    "exposure.per_review": REVIEWED,
    "exposure.online_richness": Setting(
        beside=(
            ("sessions.invited", "everyone"),
            ("sessions.every_months", 3),
            ("sessions.online", True),
        )
    ),
    "attention.mail_hours": WRITTEN,
    # Where boards hear of rules by nothing else.
    "table.update_mails": Setting(
        beside=(
            *(pair for pair in WRITTEN.beside if pair[0] != "table.update_mails"),
            ("rules.layer", "board"),
            ("rules.spreads_per_hour", 1.0),
            ("word.inside_per_month", 0.9),
            ("table.seats", 3),
            ("table.reporting_back", False),
            ("attention.mail_hours", 0.75),
            ("attention.networking_share", 0.0),
        )
    ),
    "attention.voice_hours": JOINED,
    "casework.resident_tells": JOINED,
    "attention.review_hours": REVIEWED,
    "networks.count": Setting(beside=(("table.delegation", "everyone"),)),
    "networks.overlap": Setting("weerthuis-002"),
    "table.decides_by": Setting("start-003"),
    "organising.hours_per_month": Setting("start-003"),
    "organising.members": Setting(beside=(("organising.hours_per_month", 4.0),)),
    "organising.carries_per_hour": Setting("start-003-heavy"),
    # In a small region an incident is felt.
    "incidents.accounting_hours": Setting("coalition-004", (("incidents.per_year", 12.0),)),
    "connector.hours": CONNECTED,
    "connector.layer": CONNECTED,
    # Whoever has one reminds others of rules that there are.
    "connector.mandate": Setting(beside=(*CONNECTED.beside, *TALKING.beside)),
    "third_parties.introduces": CONNECTED,
}


@dataclass(frozen=True, slots=True)
class Row:
    """What the two ends of one parameter do; see the page for the words."""

    parameter: str
    role: str
    one_end: str
    other_end: str
    outcome: str
    unit: str
    difference: float
    low: float
    high: float
    spread: float
    against_spread: float
    pairs: int
    scenario: str
    verdict: str


def tested() -> dict[str, Parameter]:
    """Every parameter that claims an effect, by path."""
    return {path: p for path, p in parameters().items() if p.declaration is not None}


def pairs_of_ends(parameter: Parameter) -> list[tuple[Any, Any]]:
    """The ends of a range; for choices the default against each other choice."""
    declaration = parameter.declaration
    ends = declaration.plausible if declaration is not None else None
    if ends is None:
        return [ENDS_OF_CONSTANTS[parameter.path]]
    if parameter.kind == "choice":
        return [(parameter.default, choice) for choice in ends if choice != parameter.default]
    return [(ends[0], ends[-1])]


def matter(parameter: Parameter, replicates: int, threads: int) -> Row:
    """Run the ends of one parameter, with more replicates until it is settled."""
    setting = SETTINGS.get(parameter.path, Setting())
    pairs = pairs_of_ends(parameter)
    worlds: dict[Any, Scenario] = {}
    for value in (value for pair in pairs for value in pair):
        world = set_value(setting.world(), parameter.path, value)
        worlds[value] = world.model_copy(update={"name": shown(value)})
    results: list[RunResult] = []
    row = None
    done = 0
    for part in LOOKS:
        wanted = max(replicates // part, 3)
        numbers = range(done, wanted)
        done = wanted
        results += run_scenarios(list(worlds.values()), replicates=numbers, threads=threads)
        row = strongest(parameter, setting, pairs, results)
        if row.verdict == MATTERS:
            break
    assert row is not None  # noqa: S101 - the loop runs
    return row


def strongest(
    parameter: Parameter, setting: Setting, pairs: list[tuple[Any, Any]], results: list[RunResult]
) -> Row:
    """The outcome that moves most, of those that move beyond doubt if there are any."""
    rows = [
        row_of(parameter, setting, one, other, outcome, results, len(pairs))
        for (one, other), outcome in product(pairs, METRICS)
        if outcome not in YES_OR_NO
    ]
    return max(rows, key=lambda row: (VERDICTS.index(row.verdict), strength(row)))


def strength(row: Row) -> float:
    """By how much of the spread an outcome moves; if it does not, how sure it is that it does."""
    if row.verdict != DOES_NOT:
        return abs(row.against_spread) if math.isfinite(row.against_spread) else 0.0
    half = 0.5 * (row.high - row.low)
    return abs(row.difference) / half if half > 0.0 else 0.0


def row_of(
    parameter: Parameter, setting: Setting, one: object, other: object, outcome: str,
    results: list[RunResult], choices: int,
) -> Row:  # fmt: skip
    """One outcome at one end and at the other, in pairs with the same luck."""
    at_one, at_other = (values_of(results, shown(end), outcome) for end in (one, other))
    paired = np.isfinite(at_one) & np.isfinite(at_other)
    at_one, at_other = at_one[paired], at_other[paired]
    gaps = at_other - at_one
    difference, half, spread = math.nan, math.nan, math.nan
    if len(gaps) > 2:  # noqa: PLR2004 - fewer have no interval worth the name
        openings = 2 * len(LOOKS) * choices * (len(METRICS) - len(YES_OR_NO))
        difference = float(gaps.mean())
        half = float(stdtrit(len(gaps) - 1, 1.0 - MISTAKES / openings) * gaps.std(ddof=1))
        half /= math.sqrt(len(gaps))
        spread = math.sqrt(0.5 * (at_one.var(ddof=1) + at_other.var(ddof=1)))
    against = difference / spread if spread > ROUNDING else math.copysign(math.inf, difference)
    moved = abs(difference) > half and abs(against) > LEAST_SHARE_OF_SPREAD
    verdict = (HOURS_ONLY if outcome in COUNTED else MATTERS) if moved else DOES_NOT
    return Row(
        parameter.path, parameter.declaration.role if parameter.declaration else "", shown(one),
        shown(other), outcome, METRICS[outcome].unit, difference, difference - half,
        difference + half, spread, against, len(gaps), str(setting), verdict,
    )  # fmt: skip


def values_of(results: list[RunResult], name: str, outcome: str) -> np.ndarray:
    """[replicates] one outcome of one scenario, by replicate; a run that failed stops everything."""
    chosen = sorted((r for r in results if r.scenario == name), key=lambda r: r.replicate)
    failed = [r.error for r in chosen if r.status != "done"]
    if failed:
        raise RuntimeError(f"{name}: {failed[0]}")
    return np.array([r.outcomes[outcome] for r in chosen])


def shown(value: object) -> str:
    """A value as it stands in a config."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(
        value, float
    ) else str(value)  # fmt: skip


def number(value: float) -> str:
    """Three digits that count."""
    return f"{value:+.3g}" if abs(value) < 1000 else f"{value:+,.0f}"  # noqa: PLR2004


def page(rows: Collection[Row]) -> str:
    """The published table."""
    lines = [
        f"| `{row.parameter}` | {row.one_end} → {row.other_end} | {METRICS[row.outcome].en} | "
        f"{number(row.difference)} {row.unit} ({number(row.low)} to {number(row.high)}; "
        f"{row.pairs} pairs) | {number(row.against_spread)} | {row.scenario} | {row.verdict} |"
        for row in rows
    ]
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in VERDICTS}
    return f"""# Parameters that matter

<!-- Made by `python experiments/parameters_matter.py`; do not edit. -->

A parameter that moves nothing has no place in a model. For each one, both ends of its range were
run against each other with the same luck: the plausible range, or for constants of the region the
values named here. Shown is the outcome that moved most: by how much (other end minus one end, with
its interval), and how many times the spread that luck makes between regions that is. An effect
counts if it is more than a tenth of that spread and its interval leaves out that nothing happens;
intervals are widened because all outcomes are looked at ({MISTAKES:.0%} risk of one mistake a
parameter). **{HOURS_ONLY.capitalize()}**: it moves what parties spend, meet and sit, and nothing
beyond that was seen. What is large here is large over a range that is mostly an assumption; it
says nothing of what would work in a region.

Of {len(lines)} parameters {counts[MATTERS]} matter, {counts[HOURS_ONLY]} move hours and seats only,
and {counts[DOES_NOT]} do not matter.

| Parameter | Ends | Outcome that moves most | Difference | Against spread | Scenario | Verdict |
| --- | --- | --- | --- | --- | --- | --- |
""" + "\n".join([*lines, ""])


def kept_rows() -> dict[str, Row]:
    """The rows that were written before, by parameter."""
    if not TABLE.exists():
        return {}
    records = pd.read_csv(TABLE, keep_default_na=False).to_dict("records")
    rows = [Row(**{str(key): value for key, value in record.items()}) for record in records]
    return {row.parameter: row for row in rows}


def main() -> None:
    """Run, and write the table and the page."""
    arguments = argparse.ArgumentParser(description="Both ends of every parameter's range.")
    arguments.add_argument("--replicates", type=int, default=144, help="at most; 144")
    arguments.add_argument("--threads", type=int, default=default_threads())
    arguments.add_argument("--only", nargs="*", default=[""], help="beginnings of paths")
    given = arguments.parse_args()
    kept = kept_rows()
    for path, parameter in tested().items():
        if path.startswith(tuple(given.only)):
            row = kept[path] = matter(parameter, given.replicates, given.threads)
            print(f"{path}: {row.verdict}; {row.outcome} {row.difference:+.3g}, "
                  f"{row.against_spread:+.2f} of the spread, {row.pairs} pairs", flush=True)  # fmt: skip
    rows = [kept[path] for path in tested() if path in kept]
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    pd.DataFrame(rows).to_csv(TABLE, index=False, float_format="%.6g")
    PAGE.write_text(page(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
