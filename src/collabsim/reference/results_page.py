"""The dictionary of columns of a results folder, made from the metrics and the declarations."""

from collections.abc import Iterable

from collabsim.config import parameters
from collabsim.events import Event, Reason
from collabsim.experiments.identity import parameter_columns
from collabsim.metrics import METRICS, Metric
from collabsim.organisations import LAYERS
from collabsim.parameters import Scenario
from collabsim.record import Spending
from collabsim.series import SERIES

HEAD = """# Results: dictionary of columns

<!-- Made from the metrics and parameters by `python docs/generate.py`; do not edit. -->

`collabsim run` and `collabsim compare` make a folder here, named after what was run and a short
hash of it, and never write into it again. Everything in it can be read without collabsim: tables
are Parquet files, which pandas, Polars, DuckDB and R read. A folder with a `manifest.json` is
whole. From Python: `collabsim.experiments.store.load_results(folder)`.

A run is one scenario with one draw of luck. Equal seeds and equal replicates in two scenarios mean
equal luck, so their difference is what the scenario does. A value that is not defined in a run
(days until help where nobody was helped) is NaN; a run that failed has no value at all (null).
"""

MANIFEST = (
    ("schema", "layout of the folder; this page is about 1"),
    ("name, command", "what the experiment is called, and which command made it"),
    ("about", "what was asked, where the comparison says so"),
    ("name_nl, about_nl", "the same for who reads Dutch, where the comparison has it"),
    ("made", "when, in universal time"),
    ("seed, replicates", "the luck: replicates are counted from 0"),
    ("runs", "how many are done and how many failed"),
    ("interrupted", "whether it was stopped early; replicates that are there are whole"),
    ("threads, seconds", "how it was run, and how long each stage took"),
    ("versions", "of collabsim, its model (with a hash of its sources), Python and libraries"),
    ("commit", "git commit of the sources, with `-dirty` if they were changed since"),
    ("scenarios", "each scenario in full, as a config that can be run; the first is the reference"),
)
IDENTITY = (
    ("run_id", "hash of the parameters, seed, replicate and version of the model"),
    ("scenario", "name of the scenario"),
    ("seed", "seed of the experiment"),
    ("replicate", "number of the draw of luck, from 0"),
    ("status", "done or failed"),
    ("error", "why it failed; else empty"),
    ("seconds", "wall time of the run, without the history that it shares with others"),
)
RUN = (("scenario", "name of the scenario"), ("replicate", "number of the draw of luck"))
MONTH = ("month", "month of the run, from 0, as on a timeline")
ORGANISATION = (
    ("organisation", "id, as in the config or generated"),
    ("kind", "municipality or provider"),
    ("domain", "main field of help of a provider; empty for a municipality"),
    ("size", "size against the average of its kind"),
    ("seat_months", "months with a seat at the table"),
    ("inner_ring", "whether it is in the inner ring; false for all where no ring was found"),
    ("asks_made", "asks that it made in the whole run"),
    ("asks_granted", "asks of its own that got a yes"),
    ("days_to_yes", "days until those answers, from the first sight of the need, summed"),
    ("helped_others", "asks of others to which it said yes"),
    ("energy", "its energy for collaboration at the end, 0 to 1"),
    ("practice_hours", "hours a month that its practice has at the end"),
)
TIE = (
    ("year", "year of the run, from 1"),
    ("asker", "who asked for help with a case"),
    ("asked", "who was asked"),
    ("asks", "how often"),
    ("accepted", "how often the answer was yes"),
    ("days", "days until those answers, from the first sight of the need, summed"),
)
EVENT = (
    ("month", "month of the run, from 0"),
    ("event", "what happened: " + ", ".join(f"{code:d} {code.name.lower()}" for code in Event)),
    ("who", "row of the organisation in `organisations.parquet`, from 0"),
    ("who_id", "its id"),
    ("whom", "row of the other organisation, or what the event says; -1 for none"),
    ("case", "number of the case; -1 for none"),
    (
        "reason",
        "why, or what the event says: "
        + ", ".join(f"{code:d} {code.name.lower()}" for code in Reason),
    ),
    ("value", "a number that goes with it: hours, days, trust"),
    ("alone", "whether it happened in the yardstick: the same residents, with contacts off"),
)
OTHER_FILES = """## Other files

`figures/` holds the figures as SVG and PNG; `verdict.txt` is what a comparison says in words.
"""


def results_page() -> str:
    """Give the page in Markdown."""
    hours = [
        (f"hours.{layer}.{purpose.name.lower()}", f"hours of the {layer} layer, in the whole run")
        for layer in LAYERS
        for purpose in Spending
    ]
    kept = parameter_columns(Scenario())
    inputs = [
        (f"in.{path}", f"{parameter.en} *{parameter.nl}*{_unit(parameter.declaration)}")
        for path, parameter in parameters().items()
        if path in kept
    ]
    series = [
        (name, f"{series.en}. *{series.nl}.*{_unit(series)}") for name, series in SERIES.items()
    ]
    parts = [
        HEAD,
        _section("manifest.json", "What is needed to cite and to repeat the runs.", MANIFEST),
        _section("runs.parquet", "One row a run.", IDENTITY),
        "Every outcome, in columns `out.<name>`:\n",
        _outcomes(METRICS.values()),
        "Every parameter, in columns `in.<path>`; lists are JSON text:\n",
        _table(("Column", "Meaning"), inputs),
        _section("series.parquet", "One row a run and month.", [*RUN, MONTH, *series]),
        _section(
            "organisations.parquet",
            "One row a run and organisation. All hours but those for care are collaboration.",
            [*RUN, *ORGANISATION, *hours],
        ),
        _section(
            "ties.parquet",
            "One row per year and pair of which one asked the other, in replicate 0.",
            [*RUN, *TIE],
        ),
        _section(
            "events.parquet",
            "With `--trace`: what happened in replicate 0, in order. Every outcome can be "
            "recomputed from it.",
            [RUN[0], *EVENT],
        ),
        OTHER_FILES,
    ]
    return "\n".join(parts)


def _outcomes(metrics: Iterable[Metric]) -> str:
    """The table of outcomes, with what is needed to judge a difference."""
    ways = {1: "more is better", -1: "less is better", 0: "neither"}
    rows = [
        (
            f"out.{metric.name}",
            f"{metric.en}. *{metric.nl}.*",
            metric.unit,
            ways[metric.direction],
            f"{metric.matters:g}: {metric.why}",
        )
        for metric in metrics
    ]
    heads = ("Column", "Meaning", "Unit", "Direction", "Smallest difference that matters, and why")
    return _table(heads, rows)


def _section(title: str, about: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A heading, a sentence and a table of columns."""
    return f"## {title}\n\n{about}\n\n{_table(('Column', 'Meaning'), rows)}"


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; the first column is code."""
    lines = [_row(heads), _row(["---"] * len(heads))]
    lines += [_row([f"`{first}`", *others]) for first, *others in rows]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    """A row of a table in Markdown."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _unit(declared: object) -> str:
    """The unit in brackets, if there is one."""
    unit = getattr(declared, "unit", "")
    return f" ({unit})" if unit else ""
