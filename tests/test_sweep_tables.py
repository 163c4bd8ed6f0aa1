"""The tables of a sweep: what lies behind chosen runs, readable with anything, and explained."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from collabsim.cli import main
from collabsim.experiments.executors import Threads
from collabsim.experiments.rerun import rerun
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import content_of, digest, read_table, sums_of, tables_of
from collabsim.experiments.sweep_schema import DETAILS
from collabsim.model import CollaborationModel
from collabsim.organisations import LAYERS
from collabsim.reference.sweep_tables_page import sweep_tables_page
from small_sweeps import SWEEP, WORLD, carried_out, sweep_in

PAGE = Path(__file__).parents[1] / "docs" / "sweep-tables.md"
TABLES = ("runs", "series", "ties", "seats", "people", "events")
DETAILED = (
    SWEEP.replace("replicates: 6", "replicates: 3")
    + "details: {tables: [ties, seats, people, events], points: [0, 11], replicates: [1], months: [3, 13]}\n"
)
SEATED = WORLD.replace(
    "{seats: 3}", "{delegation: selected, seats: 3, rotation: {share_per_year: 0.5}}"
)


@pytest.fixture(scope="module")
def detailed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sweep, Path]:
    """A sweep that keeps all details of two of its runs, and where it is."""
    folder = tmp_path_factory.mktemp("detailed")
    sweep = load_sweep(sweep_in(folder, DETAILED, SEATED))
    carried_out(sweep, folder / "out")
    return sweep, folder / "out"


def model_of(folder: Path, point: int, replicate: int, month: int) -> CollaborationModel:
    """The model of a run of the folder at the end of a month, made anew."""
    runs = read_table(folder).to_pandas().set_index(["point", "replicate"])
    again = rerun(folder, runs.loc[(point, replicate), "run_id"])
    assert again.scenario is not None
    model = CollaborationModel(again.scenario, seed=again.seed, replicate=again.luck, trace=True)
    for _ in range(month + 1):
        model.step()
    return model


def test_details_are_kept_of_the_runs_and_months_that_were_asked_for(
    detailed: tuple[Sweep, Path],
) -> None:
    _, folder = detailed
    assert tables_of(folder) == TABLES
    for name in DETAILS:
        table = read_table(folder, name).to_pandas()
        assert set(table["month"]) == {3, 13}
        assert set(zip(table["point"], table["replicate"], strict=True)) == {(0, 1), (11, 1)}
        assert list(table.columns) == [column.name for column in DETAILS[name]]
    runs = read_table(folder).num_rows
    assert runs == 36


def test_to_look_at_a_run_changes_nothing_in_it(
    detailed: tuple[Sweep, Path], tmp_path: Path
) -> None:
    _, folder = detailed
    plain = load_sweep(sweep_in(tmp_path, DETAILED.partition("details:")[0], SEATED))
    carried_out(plain, tmp_path / "plain")
    for table in ("runs", "series"):
        assert sums_of(folder, table) == sums_of(tmp_path / "plain", table)


def test_ties_are_those_that_an_organisation_tells_of(detailed: tuple[Sweep, Path]) -> None:
    _, folder = detailed
    model = model_of(folder, 11, 1, 3)
    table = read_table(folder, "ties").to_pandas()
    table = table[(table["point"] == 11) & (table["month"] == 3)].set_index(
        ["organisation", "other"]
    )
    count = len(model.organisations)
    assert len(table) == count * (count - 1)
    for one in model.organisations:
        for other in model.organisations:
            if one is other:
                continue
            row = table.loc[(one.id, other.id)]
            for layer in LAYERS:
                tie = one.tie_with(other, layer)
                assert row[f"acquaintance.{layer}"] == tie.acquaintance
                assert row[f"integrity_trust.{layer}"] == tie.integrity_trust
            assert (
                row["competence_trust.practice"] == one.tie_with(other, LAYERS[0]).competence_trust
            )
            assert row["competence_trust.house"] == one.tie_with(other, LAYERS[2]).competence_trust
            assert row["contract_hours"] == one.tie_with(other).contract_hours
            assert row["contacts"] == one.tie_with(other).contacts


def test_seats_and_people_are_those_of_the_organisations(detailed: tuple[Sweep, Path]) -> None:
    _, folder = detailed
    model = model_of(folder, 0, 1, 13)
    seats = read_table(folder, "seats").to_pandas()
    seats = seats[(seats["point"] == 0) & (seats["month"] == 13)].set_index("organisation")
    people = read_table(folder, "people").to_pandas()
    people = people[(people["point"] == 0) & (people["month"] == 13)]
    assert seats["seated"].any()
    for one in model.organisations:
        row = seats.loc[one.id]
        assert row["seated"] == one.seated
        assert row["delegate"] == ("" if one.delegate is None else one.delegate.id)
        assert pd.isna(row["since"]) != one.seated
        own = people[people["organisation"] == one.id]
        told = {
            (f"{p.id:016x}", p.role, p.months, *(layer in p.layers for layer in LAYERS))
            for p in one.people
        }
        columns = ["person", "role", "months", *LAYERS]
        assert set(own[columns].itertuples(index=False, name=None)) == told


def test_events_are_those_of_the_run_in_their_order(detailed: tuple[Sweep, Path]) -> None:
    _, folder = detailed
    happened = model_of(folder, 0, 1, 13).events()
    happened = happened[happened["month"].isin([3, 13])].reset_index(drop=True)
    table = read_table(folder, "events").to_pandas()
    table = table[table["point"] == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(table[happened.columns], happened, check_dtype=False)


@pytest.mark.slow
def test_details_are_the_same_whoever_makes_them_and_are_merged_checked_and_exported(
    detailed: tuple[Sweep, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep, folder = detailed
    carried_out(sweep, tmp_path / "again", Threads(2))
    assert digest(tmp_path / "again") == digest(folder)
    words = [str(folder), str(tmp_path / "again"), "--out", str(tmp_path / "both")]
    assert main(["results", "merge", *words]) == 0
    assert digest(tmp_path / "both") == digest(folder)
    ties = next((tmp_path / "both/blocks").glob("*.ties.parquet"))
    ties.write_bytes(ties.read_bytes()[:-1])
    assert main(["results", "check", str(tmp_path / "both")]) == 1
    assert "its table ties is not the one that was written" in capsys.readouterr().err
    carried_out(sweep, tmp_path / "both")
    assert digest(tmp_path / "both") == digest(folder)
    for name in TABLES:
        file = tmp_path / f"{name}.csv"
        assert main(["results", "export", str(folder), "--table", name, "--out", str(file)]) == 0
        assert len(pd.read_csv(file)) == read_table(folder, name).num_rows


def by_duckdb(query: str) -> Any:  # noqa: ANN401 - a relation, or nothing for other statements
    """What DuckDB answers."""
    library: Any = duckdb
    return library.sql(query)


READERS: dict[str, Callable[[str], list[str]]] = {
    "pandas": lambda files: list(
        pd.concat(map(pd.read_parquet, sorted(Path(files).parent.glob(Path(files).name)))).columns
    ),
    "polars": lambda files: pl.scan_parquet(files).collect().columns,
    "duckdb": lambda files: list(by_duckdb(f"select * from '{files}'").columns),  # noqa: S608
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_read_without_collabsim(
    detailed: tuple[Sweep, Path], reader: str, table: str
) -> None:
    _, folder = detailed
    columns = READERS[reader](str(folder / "blocks" / f"*.{table}.parquet"))
    assert columns == read_table(folder, table).column_names


def test_polars_and_duckdb_find_the_numbers_that_pandas_finds(detailed: tuple[Sweep, Path]) -> None:
    _, folder = detailed
    files = str(folder / "blocks" / "*.runs.parquet")
    mean = float(np.nanmean(read_table(folder).to_pandas()["out.cooperation_rate"]))
    query = f"""select avg("out.cooperation_rate") from '{files}'"""  # noqa: S608 - our own path
    assert by_duckdb(query).fetchall()[0][0] == pytest.approx(mean)
    assert pl.scan_parquet(files).collect()["out.cooperation_rate"].mean() == pytest.approx(mean)


def test_the_dictionary_of_columns_is_current_and_explains_every_column(
    detailed: tuple[Sweep, Path],
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == sweep_tables_page(), "run: python docs/generate.py"
    _, folder = detailed
    files = {"points": folder / "points.parquet"}
    files |= {name: next((folder / "blocks").glob(f"*.{name}.parquet")) for name in TABLES}
    for name, file in files.items():
        section = page.split(f"## {name}.parquet\n")[1].split("\n## ")[0]
        explained = {line.split("`")[1] for line in section.splitlines() if line.startswith("| `")}
        written = {
            "in.<path>" if column.startswith("in.")
            else "out.<outcome>" if column.startswith("out.")
            else "share.<path>" if column.startswith("share.")
            else column
            for column in pq.read_schema(file).names
        }  # fmt: skip
        assert written <= explained
    keys = {
        key
        for line in page.splitlines()
        if line.startswith("| `")
        for key in line.split("`")[1].split(", ")
    }
    assert set(json.loads((folder / "sweep.json").read_text())) <= keys


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("details: {tables: [ties], points: [12]}", "the sweep has 12 points"),
        ("details: {tables: [ties], months: [14]}", "the sweep has 14 months"),
        ("details: {tables: [ties], replicates: [6]}", "the sweep has 6 replicates"),
        ("details: {tables: [hats]}", "details.tables"),
        ("details: {tables: []}", "details.tables"),
    ],
)
def test_details_that_cannot_be_kept_are_refused(
    tmp_path: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = sweep_in(tmp_path, f"{SWEEP}{line}\n")
    assert main(["sweep", str(config), "--out", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_the_sum_of_a_column_does_not_depend_on_where_blocks_begin() -> None:
    for values in ([1.5, None, float("nan")], ["a", None, "bc"], [True, None, False], [1, None, 3]):
        whole = pa.array(values)
        parts: list[Any] = [whole[:1], whole[1:]]
        assert content_of(whole) == b"".join(map(content_of, parts))


def test_the_manifest_has_the_config_the_versions_and_how_long_it_took(
    detailed: tuple[Sweep, Path],
) -> None:
    _, folder = detailed
    manifest = json.loads((folder / "sweep.json").read_text())
    assert manifest["config"] == DETAILED
    assert manifest["scenarios"][0]["table"]["seats"] == 3
    assert {"python", "numba", "numpy", "model"} <= set(manifest["versions"])
    (go,) = manifest["goes"]
    assert go["ended"] == "done"
    assert (go["runs"], go["failed"], go["on"]) == (36, 0, "Serial()")
    assert go["seconds"] > 0.0
