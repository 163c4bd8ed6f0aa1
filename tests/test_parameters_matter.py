import csv
from pathlib import Path

from collabsim.config import parameters

PROJECT = Path(__file__).parents[1]

# Found to move less than a tenth of the spread. To be removed, or given a mechanism or a scenario
# in which they matter; nothing may be added here.
UNDER_REVIEW = {
    "people.turnover_per_year.municipality.management",
    "people.turnover_per_year.municipality.board",
    "people.turnover_per_year.provider.management",
    "people.election_every_months",
    "people.first_election_month",
    "people.election_replaces",
    "cooperation.anticipation",
    "table.rotation.staggered",
    "table.agreement_needs",
}


def rows() -> list[dict[str, str]]:
    path = PROJECT / "results/reference/parameters-matter.csv"
    with path.open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def test_every_parameter_that_claims_an_effect_is_in_the_table() -> None:
    claimed = {path for path, p in parameters().items() if p.declaration is not None}
    assert {row["parameter"] for row in rows()} == claimed


def test_no_parameter_does_not_matter_but_those_under_review() -> None:
    idle = {row["parameter"] for row in rows() if row["verdict"] == "does not matter"}
    assert idle <= UNDER_REVIEW


def test_the_published_page_holds_the_same_verdicts_as_the_table() -> None:
    page = (PROJECT / "docs/parameters-that-matter.md").read_text(encoding="utf-8").splitlines()
    for row in rows():
        line = next(line for line in page if line.startswith(f"| `{row['parameter']}` |"))
        assert line.endswith(f"| {row['verdict']} |")
