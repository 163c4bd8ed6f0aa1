"""The dictionary of columns of a sweep, made from the schema that writes them."""

from collections.abc import Iterable

from collabsim.experiments.sweep_schema import ABOUT_THE_RUN, DETAILS, MONTH, RUNS, WHICH, Column
from collabsim.series import SERIES

HEAD = """# Sweeps: dictionary of columns

<!-- Made from the schema of the tables by `python docs/generate.py`; do not edit. -->

What `collabsim sweep` writes, column by column. `blocks/*.<table>.parquet` has a table in pieces, which read
as one; `collabsim results export` makes one file of it. A run is `point` and `replicate`, in every table.
Outcomes and parameters are explained in [the dictionary of results](../results/README.md); how to make and
use a sweep in [sweeps](sweeps.md).

A value is empty (null) where there is none: an outcome of a run that failed, the seat of a party without
one. An outcome that is not defined (days until help where nobody was helped) is not a number (NaN).
"""
FACTORS = ("in.<path>", "as the parameter", "value of the factor; a list is JSON text")
ABOUT = {
    "ties": "What every organisation knows and thinks of every other that it knows, at the end of the months "
    "asked for. One row a tie, in each direction.",
    "seats": "Everybody who takes part in a network: its seat, who speaks for it, what it pledged. One row a "
    "network and organisation.",
    "people": "Everybody who holds a post. One row a person.",
    "events": "What happened in the months asked for, in order, with the reason.",
}
MANIFEST = (
    ("schema", "layout of the folder; this page is about 2"),
    ("name, about", "what the sweep is called, and what is asked"),
    ("made", "when it was begun, in universal time"),
    ("identity", "hash of all that results depend on: blocks of one identity belong together"),
    ("question", "the same without the version of the model"),
    ("model", "version of the model, with a hash of its sources"),
    ("versions", "of collabsim, Python and libraries"),
    ("commit", "git commit of the sources, with `-dirty` if they were changed since"),
    ("own", "the user's own file that was in use, in full; empty without one"),
    ("seed, shared_luck", "of all luck; whether replicates have the same luck at every point"),
    ("design, size, factors", "how points were chosen; each factor with its role, values or range"),
    ("outcomes, series, details", "what is kept; no outcomes stands for all"),
    ("points, replicates, until", "how many there are, or are to be, and the goal if there is one"),
    ("goes", "each time that it was run or gone on with: when, seconds, on what, runs, how it ended"),
    ("scenarios", "each scenario in full, as a config that can be run"),
    ("config", "the text of the sweep file"),
)  # fmt: skip


def sweep_tables_page() -> str:
    """Give the page in Markdown."""
    series = [(name, "number", f"{path.en} ({path.unit})") for name, path in SERIES.items()]
    shares = ("share.<path>", "number", "how far along its range, 0 to 1, where a design was drawn")
    outcomes = ("out.<outcome>", "number", "see [outcomes](../results/README.md#runsparquet)")
    plain = [row_of(column) for column in RUNS]
    parts = [
        HEAD,
        "## sweep.json\n",
        table(("Key", "Meaning"), MANIFEST),
        section("points.parquet", "One row a point.", [plain[1], plain[2], FACTORS, shares]),
        section(
            "runs.parquet",
            f"One row a run. {' and '.join(f'`{name}`' for name in ABOUT_THE_RUN)} say how it was run; "
            "all else is the same whenever and wherever it is.",
            [*plain, FACTORS, outcomes],
        ),
        section(
            "series.parquet", "One row a run and month, with a column for each path that is kept.",
            [*map(row_of, (*WHICH, MONTH)), *series],
        ),
        *(
            section(f"{name}.parquet", ABOUT[name], map(row_of, columns))
            for name, columns in DETAILS.items()
        ),
    ]  # fmt: skip
    return "\n".join(parts)


#: Types in plain words.
WORDS = {"int64": "whole number", "double": "number", "string": "text", "bool": "true or false"}


def row_of(column: Column) -> tuple[str, str, str]:
    """A column as a row of the page."""
    return column.name, WORDS[str(column.type)], column.meaning


def section(title: str, about: str, rows: Iterable[tuple[str, ...]]) -> str:
    """A heading, a sentence and a table of columns."""
    return f"## {title}\n\n{about}\n\n{table(('Column', 'Type', 'Meaning'), rows)}"


def table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown; the first column is code."""
    lines = [heads, ("---",) * len(heads), *((f"`{first}`", *rest) for first, *rest in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
