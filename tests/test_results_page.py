"""The dictionary of columns: current, and complete for what runs really write."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from collabsim.cli import main
from collabsim.reference.results_page import results_page

README = Path(__file__).parents[1] / "results" / "README.md"


def test_the_dictionary_of_columns_is_current() -> None:
    assert README.read_text(encoding="utf-8") == results_page(), "run: python docs/generate.py"


def test_every_column_that_is_written_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small.yaml").write_text(
        "schema: 1\nmonths: 14\nhistory_months: 6\n"
        "region: {municipality_count: 2, provider_count: 6}\ntable: {seats: 3}\n"
    )
    monkeypatch.chdir(tmp_path)
    words = ["run", "small.yaml", "--replicates", "1", "--trace", "--out", "here", "--json"]
    assert main(words) == 0
    page = results_page()
    tables = sorted((tmp_path / "here").glob("*.parquet"))
    assert len(tables) == 5
    for table in tables:
        section = page.split(f"## {table.name}\n")[1].split("\n## ")[0]
        explained = {word.strip() for line in section.splitlines() for word in first_cell(line)}
        assert set(pq.read_schema(table).names) <= explained


def first_cell(line: str) -> list[str]:
    """The columns that a row of the page is about."""
    return line.split("`")[1].split(",") if line.startswith("| `") else []
