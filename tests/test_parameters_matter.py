import csv
from pathlib import Path

from collabsim.config import parameters

PROJECT = Path(__file__).parents[1]


def rows() -> list[dict[str, str]]:
    path = PROJECT / "results/reference/parameters-matter.csv"
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_every_parameter_that_claims_an_effect_is_in_the_table() -> None:
    claimed = {path for path, p in parameters().items() if p.declaration is not None}
    assert {row["parameter"] for row in rows()} == claimed


def test_there_is_no_parameter_that_does_not_matter() -> None:
    assert [row["parameter"] for row in rows() if row["verdict"] == "does not matter"] == []


def test_the_published_page_holds_the_same_verdicts_as_the_table() -> None:
    page = (PROJECT / "docs/parameters-that-matter.md").read_text(encoding="utf-8").splitlines()
    for row in rows():
        line = next(line for line in page if line.startswith(f"| `{row['parameter']}` |"))
        assert line.endswith(f"| {row['verdict']} |")
