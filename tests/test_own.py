"""Strategies, outcomes and ground rules of one's own: named, checked, part of identity, shipped, contained."""

import json
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import mesa
import numpy as np
import pandas as pd
import pytest

import collabsim
from collabsim import CollaborationModel
from collabsim.cli import main
from collabsim.config import ConfigError, load_scenario, parameters, scenario_from_mapping
from collabsim.delegation import STRATEGIES
from collabsim.experiments.executors import Dask, Executor, Processes, Threads
from collabsim.experiments.identity import model_version, run_id
from collabsim.experiments.sweep_files import load_sweep
from collabsim.experiments.sweep_folders import digest
from collabsim.experiments.sweeps import carry_out_sweep
from collabsim.metrics import METRICS
from collabsim.own import (
    ContractError,
    Metric,
    OwnRule,
    Strategy,
    check_metric,
    check_rule,
    check_strategy,
    using,
)
from collabsim.rules import Rule
from small_worlds import SMALL, differences, merged, ran, same_numbers, small, state

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs/how-to-own-strategy.md").read_text(encoding="utf-8")
AS_IN_MESA, MINE, BY_NAME, CONTRACT = re.findall(
    r"^```python\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE
)
WORLD = """schema: 1
name: small
months: 8
history_months: 3
region: {municipality_count: 2, provider_count: 6}
table: {seats: 3, delegation: selected}
"""
SWEEP = """schema: 1
kind: sweep
name: own
scenarios: [region.yaml]
levers: {table.delegation: [selected, small_ones_first]}
replicates: 2
outcomes: [helped_a_month, days_to_help]
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the file of the how-to and a small region; nothing of it stays in use."""
    (tmp_path / "mine.py").write_text(MINE)
    (tmp_path / "region.yaml").write_text(WORLD)
    (tmp_path / "sweep.yaml").write_text(SWEEP)
    monkeypatch.chdir(tmp_path)
    before = set(STRATEGIES), set(METRICS), model_version()
    yield tmp_path
    assert (set(STRATEGIES), set(METRICS), model_version()) == before


def told(capsys: pytest.CaptureFixture[str]) -> str:
    """The one message on standard error."""
    said = capsys.readouterr().err.strip()
    assert "Traceback" not in said
    assert said.count("\n") == 0, said
    return said


# -- the how-to ------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_the_how_to_says_of_mesa_is_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    names: dict[str, Any] = {}
    exec(AS_IN_MESA, names)  # noqa: S102 - our own page
    assert isinstance(names["model"], mesa.Model)
    assert len(names["table"]) == 13
    assert names["trust"] == 10


@pytest.mark.slow
def test_the_file_the_names_and_the_contract_of_the_how_to_work(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exec(BY_NAME, {})  # noqa: S102 - our own page
    assert re.search(r"residents a month \([+-]\d", capsys.readouterr().out)
    names: dict[str, Any] = {"__name__": "mine"}
    sys.modules["mine"] = type(sys)("mine")
    vars(sys.modules["mine"]).update(names)
    exec(MINE, vars(sys.modules["mine"]))  # noqa: S102
    exec(CONTRACT, vars(sys.modules["mine"]))  # noqa: S102
    del sys.modules["mine"]
    assert (place / "mine.py").exists()


# -- what is chosen, measured and asked ------------------------------------------------------------


def test_a_strategy_of_ones_own_fills_the_table_as_it_says(place: Path) -> None:
    with using("mine.py"):
        scenario = small(
            table={"delegation": "small_ones_first", "rotation": {"share_per_year": 0.0}}
        )
        model = ran(scenario)
        world = model.world
        seated = world.seats.seated[0] & (world.organisations.kind == 1)
        volume = world.organisations.hours[:, 0]
        providers = world.organisations.kind == 1
        assert set(np.sort(volume[seated])) == set(np.sort(volume[providers])[:3])
    assert place.exists()


def test_an_outcome_of_ones_own_stands_beside_the_others(place: Path) -> None:
    plain = ran(small()).outcomes()
    with using("mine.py"):
        outcomes = ran(small()).outcomes()
    assert outcomes.pop("helped_a_month") > 0.0
    assert same_numbers(plain, outcomes)
    assert place.exists()


def agreed(**rules: object) -> dict[str, Any]:
    made = {"made_by": "everyone", "layer": "management", "making_hours": 0.5} | rules
    strained = {"rules": made, "commissioning": {"target_load": 1.4}, "promises": {"optimism": 0.9}}
    return merged(SMALL, strained)


RULE = """
from collabsim.own import OwnRule, Rule


def response(alive):
    return {response}


MINE = OwnRule("mine", "one of mine", "een van mij", "own", Rule.TIMELY_COMMUNICATION, response)
"""


def own_rule(place: Path, response: str) -> Path:
    (place / "rule.py").write_text(RULE.format(response=response))
    return place / "rule.py"


def test_a_rule_of_ones_own_with_the_response_of_the_package_gives_the_same_world(
    place: Path,
) -> None:
    usual = ran(scenario_from_mapping(agreed()))
    with using(own_rule(place, "0.5 * alive")):
        mine = ran(scenario_from_mapping(agreed(own=["mine"], timely_communication=False)))
    assert usual.config.rules.weight == 0.5
    one, other = usual.outcomes(), mine.outcomes()
    # On a straight line between steps, so the last digits may differ, and nothing else.
    assert one == pytest.approx(other, nan_ok=True, rel=1e-6)


def test_what_a_rule_of_ones_own_adds_is_what_its_response_says(place: Path) -> None:
    announced = {}
    for response in ("0.0", "0.5 * alive", "10.0 * alive"):
        with using(own_rule(place, response)):
            model = ran(scenario_from_mapping(agreed(own=["mine"])))
            announced[response] = model.outcomes()["promises_broken_share"]
    assert announced["10.0 * alive"] < announced["0.5 * alive"] <= announced["0.0"]
    without = ran(scenario_from_mapping(agreed(timely_communication=False))).outcomes()
    assert without["promises_broken_share"] == announced["0.0"]


def test_two_rules_in_one_situation_cannot_be_agreed_together(place: Path) -> None:
    text = RULE.format(response="alive")
    second = (
        text.replace("MINE =", "YOURS =").replace('"mine"', '"yours"').replace("een", "nog een")
    )
    (place / "rules.py").write_text(text + second.split("return alive")[1])
    with using("rules.py"), pytest.raises(ConfigError, match="same situation"):
        scenario_from_mapping(agreed(own=["mine", "yours"]))


def test_with_a_file_in_use_but_nothing_chosen_every_bit_is_the_same(place: Path) -> None:
    plain = state(ran(small()))
    with using("mine.py"):
        assert differences(plain, state(ran(small()))) == []
    assert place.exists()


# -- the contract ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in STRATEGIES if name != "everyone"])
def test_the_strategies_of_the_package_meet_the_contract(name: str) -> None:
    check_strategy(STRATEGIES[name])


@pytest.mark.parametrize("name", METRICS)
def test_the_outcomes_of_the_package_meet_the_contract(name: str) -> None:
    check_metric(METRICS[name])


def first(candidates: Any, seats: int) -> Any:  # noqa: ANN401
    """Whoever is listed first."""
    return np.arange(len(candidates))[:seats]


def by_chance(candidates: Any, seats: int) -> Any:  # noqa: ANN401
    """Another answer each time."""
    return np.random.default_rng().permutation(len(candidates))[:seats]


def with_holes(candidates: Any, _: int) -> Any:  # noqa: ANN401
    """Changes what it is given."""
    candidates.volume[:] = 0.0
    return np.arange(0)


def twice(_: Any, __: int) -> Any:  # noqa: ANN401
    """One candidate on two seats."""
    return [0, 0]


def beyond(candidates: Any, _: int) -> Any:  # noqa: ANN401
    """Nobody."""
    return [len(candidates)]


def undocumented(_: Any, __: int) -> Any:  # noqa: ANN401
    return []


def leaving(_: Any, __: int) -> Any:  # noqa: ANN401
    """Ends the program."""
    raise SystemExit(3)


BAD_STRATEGIES: tuple[tuple[Callable[[Any, int], Any], str], ...] = (
    (first, "listed in another order"),
    (by_chance, "two answers to one question"),
    (with_holes, "read-only"),
    (twice, "two seats"),
    (beyond, "candidates have places from 0"),
    (undocumented, "no docstring"),
    (leaving, "SystemExit: 3"),
    (lambda _, __: [], "no docstring"),
    (lambda _, __: "abc", "no docstring"),
)


@pytest.mark.parametrize(("choose", "fault"), BAD_STRATEGIES)
def test_what_is_wrong_with_a_strategy_is_told(
    choose: Callable[[Any, int], Any], fault: str
) -> None:
    with pytest.raises(ContractError, match=fault):
        check_strategy(Strategy("bad", "bad", "slecht", "own", choose))


def test_what_is_wrong_with_its_words_is_told_all_at_once() -> None:
    with pytest.raises(
        ContractError, match=r"its name must be.*nl says nothing.*source says nothing"
    ):
        check_strategy(Strategy("../Bad", "bad", " ", "", first))


def of_nothing(_: Any) -> float:  # noqa: ANN401
    return 0.0


GOOD_METRIC = Metric("any", "any", "enige", "share", 1, 0.0, 1.0, 0.1, "a tenth", of_nothing)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"compute": lambda _: 2.0}, "outside 0.0 to 1.0"),
        ({"compute": lambda _: "x"}, "gave str, not a number"),
        ({"compute": lambda _: 1 / 0}, r"test_own.py, line \d+\): ZeroDivisionError"),
        ({"compute": lambda run: run.record.months.counts.fill(0) or 0.5}, "changes what the run"),
        ({"low": 1.0}, "low is not below high"),
        ({"matters": 0.0}, "smallest difference that matters"),
        ({"direction": 2}, "direction"),
        ({"nl": "any"}, "Dutch names are the same"),
        ({"unit": ""}, "unit says nothing"),
    ],
)
def test_what_is_wrong_with_an_outcome_is_told(changes: dict[str, Any], fault: str) -> None:
    check_metric(GOOD_METRIC)
    with pytest.raises(ContractError, match=fault):
        check_metric(replace(GOOD_METRIC, **changes))


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        (lambda _: 1.0, "where nobody knows it"),
        (lambda alive: -alive, "must add from 0 to 10"),
        (lambda alive: alive / 0.0, "ZeroDivisionError"),
        (lambda _: None, "not a number"),
    ],
)
def test_what_is_wrong_with_a_rule_is_told(response: Callable[[float], Any], fault: str) -> None:
    good = OwnRule("any", "any", "enige", "own", Rule.SHARED_OWNERSHIP, lambda alive: alive)
    check_rule(good)
    with pytest.raises(ContractError, match=fault):
        check_rule(replace(good, response=response))


# -- errors in the file ----------------------------------------------------------------------------

LINE_FOUR = "\n\n\n"
BAD_FILES = {
    "nothing": ("x = 1", None, "declares nothing"),
    "no_python": (LINE_FOUR + "this is no prose at all", 4, "SyntaxError"),
    "raises": (LINE_FOUR + "1 / 0", 4, "ZeroDivisionError"),
    "exits": (LINE_FOUR + "raise SystemExit(0)", 4, "SystemExit"),
    "imports": (LINE_FOUR + "import no_such_module_anywhere", 4, "ModuleNotFoundError"),
    "null": ("x = '\0'", None, "null bytes"),
    "taken": (MINE.replace('"small_ones_first"', '"selected"'), None, '"selected" cannot be used'),
    "breaks": (MINE.replace("[:seats]", ""), 7, "places for"),
    "listed": (MINE.replace('"call_first"', "[]"), None, "cannot be used"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_an_error_in_the_file_is_one_message_with_its_line_and_nothing_is_written(
    place: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    text, line, said = BAD_FILES[name]
    (place / "bad.py").write_text(text)
    there = set(place.iterdir())
    assert main(["run", "region.yaml", "--with", "bad.py", "--out", "out"]) == 2
    message = told(capsys)
    assert message.startswith(
        f"collabsim: bad.py, line {line}: " if line else "collabsim: bad.py: "
    )
    assert said in message
    assert set(place.iterdir()) == there


def test_a_file_that_is_not_there_or_no_text_is_refused(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "binary.py").write_bytes(b"\xff\xfe\x00")
    for name in ("missing.py", ".", "binary.py", "a\0b.py"):
        assert main(["compare", "region.yaml", "region.yaml", "--with", name]) == 2
        assert "Traceback" not in told(capsys)


def test_a_config_cannot_use_what_no_file_declares_nor_name_a_file(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for key, value in (("table.delegation", "small_ones_first"), ("rules.own", "[call_first]")):
        assert main(["run", "region.yaml", "--set", f"{key}={value}"]) == 2
        assert key in told(capsys)
    (place / "names.yaml").write_text(WORLD + "with: mine.py\n")
    assert main(["run", "names.yaml"]) == 2
    assert 'no key "with"' in told(capsys)


def test_a_name_of_ones_own_that_is_misspelt_is_guessed(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    set_it = "table.delegation=small_one_first"
    assert main(["run", "region.yaml", "--with", "mine.py", "--set", set_it]) == 2
    assert 'Did you mean "small_ones_first"?' in told(capsys)
    assert "small_ones_first" not in parameters()["table.delegation"].rule()
    assert place.exists()


# -- failing in a run ------------------------------------------------------------------------------

FAILS_LATER = MINE.replace(
    "    return np.lexsort",
    "    if candidates.month > 0 and candidates.luck.replicate == 1:\n        return [1, 1]\n    return np.lexsort",
)


@pytest.mark.slow
def test_a_strategy_that_fails_in_a_run_is_a_failed_row_and_the_others_go_on(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (place / "mine.py").write_text(FAILS_LATER)
    set_it = ["--set", "table.delegation=small_ones_first", "--set", "months=13"]
    set_it += [
        "--set",
        "table.rotation.order=selected",
        "--set",
        "table.rotation.share_per_year=0.4",
    ]
    words = [
        "run",
        "region.yaml",
        "--with",
        "mine.py",
        *set_it,
        "--replicates",
        "3",
        "--out",
        "out",
    ]
    assert main(words) == 1
    assert "small_ones_first gave a candidate two seats" in capsys.readouterr().err
    runs = pd.read_parquet("out/runs.parquet")
    assert runs["status"].tolist() == ["done", "failed", "done"]
    assert "two seats" in runs["error"][1]


# -- identity, manifests, rerun, workers -----------------------------------------------------------


def test_the_source_is_part_of_identity_and_its_name_is_not(place: Path) -> None:
    scenario, identities = small(), set()
    identities.add(run_id(scenario, seed=1, replicate=0))
    (place / "copy.py").write_text(MINE)
    (place / "other.py").write_text(MINE + "# a word\n")
    for name in ("mine.py", "copy.py", "other.py"):
        with using(name):
            identities.add(run_id(scenario, seed=1, replicate=0))
    assert len(identities) == 3


def test_a_sweep_keeps_the_source_and_rerun_wants_the_very_same(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sweep", "sweep.yaml", "--out", "out", "--with", "mine.py"]) == 0
    manifest = json.loads((place / "out/sweep.json").read_text())
    assert manifest["own"]["source"] == MINE
    assert manifest["own"]["file"] == "mine.py"
    with using("mine.py"):
        assert manifest["model"] == model_version()
    runs = pd.concat(map(pd.read_parquet, (place / "out/blocks").glob("*.runs.parquet")))
    assert runs["out.helped_a_month"].notna().all()
    mine = runs[runs["in.table.delegation"] == "small_ones_first"]["run_id"].iloc[0]
    capsys.readouterr()
    assert main(["rerun", "out", mine, "--with", "mine.py"]) == 0
    assert main(["rerun", "out", mine]) == 2
    assert "--with the very file" in capsys.readouterr().err
    (place / "other.py").write_text(MINE + "\n")
    assert main(["rerun", "out", mine, "--with", "other.py"]) == 2
    assert main(["sweep", "sweep.yaml", "--out", "out", "--with", "other.py"]) == 2
    assert "versions are never mixed" in capsys.readouterr().err


@pytest.mark.slow
def test_what_was_made_without_a_file_is_not_made_again_with_one(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "region.yaml", "--replicates", "1", "--out", "out"]) == 0
    identity = pd.read_parquet(place / "out/runs.parquet")["run_id"][0]
    capsys.readouterr()
    assert main(["rerun", "out", identity, "--with", "mine.py"]) == 2
    assert "leave out --with" in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("executor", [Processes(1), Dask(None, 1)])
def test_workers_get_the_source_and_give_the_same_bits(place: Path, executor: Executor) -> None:
    with using("mine.py"):
        sweep = load_sweep("sweep.yaml")
        carry_out_sweep(sweep, place / "here", Threads(1), lambda _done, _all: None)
        # The file itself is not there for them.
        (place / "mine.py").unlink()
        carry_out_sweep(sweep, place / "there", executor, lambda _done, _all: None)
    assert digest(place / "here") == digest(place / "there")
    runs = pd.concat(map(pd.read_parquet, (place / "there/blocks").glob("*.runs.parquet")))
    assert (runs["status"] == "done").all()


def test_the_api_names_what_the_page_names() -> None:
    for name in ("using", "check_strategy", "check_metric", "check_rule"):
        assert callable(getattr(collabsim, name))
    assert issubclass(CollaborationModel, mesa.Model)
    assert load_scenario(PROJECT / "configs/scenarios/region-004-rotating.yaml").table.seats == 10
