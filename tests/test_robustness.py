"""Robustness: known shares, planted turns and known variances come out, and undecided stays undecided."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from scipy.stats import binom

from collabsim.analysis.designs_front import front
from collabsim.analysis.flips import flips
from collabsim.analysis.luck_and_assumptions import split
from collabsim.analysis.robust_sentences import flips_sentence, front_sentences, robust_sentences
from collabsim.analysis.robustness import Robustness, Side, robustness, share_of
from collabsim.cli import main
from collabsim.config import parameters, set_value
from collabsim.experiments import in_worlds, kept_blocks
from collabsim.experiments.blocks import write_block
from collabsim.experiments.in_worlds import InWorlds, halved
from collabsim.experiments.robustness import designs_of, examine
from collabsim.experiments.runs import run_replicate
from collabsim.experiments.sweep_files import load_sweep
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario
from collabsim.worlds import in_world, kept_worlds

DAYS = METRICS["days_to_help"]
NUMBERS = range(40)


def days(gaps: np.ndarray, *, luck: float = 0.5, replicates: int = 6) -> Robustness:
    """Waiting under A and B in worlds where A is ``gaps`` days slower, with luck of its own."""
    random = np.random.default_rng(3)
    b = 60.0 + 20.0 * random.standard_normal((len(gaps), replicates))
    a = b + gaps[:, None] + luck * random.standard_normal((len(gaps), replicates))
    return robustness("days_to_help", DAYS, range(len(gaps)), a, b, a="A", b="B")


def test_the_share_in_which_a_is_better_is_the_share_that_was_put_in() -> None:
    gaps = np.array([-10.0] * 26 + [10.0] * 9 + [0.0] * 5)
    found = days(gaps)
    assert [found.shares[s].count for s in ("a", "b", "neither", "undecided")] == [26, 9, 5, 0]
    assert found.shares["a"].low < 26 / 40 < found.shares["a"].high
    assert found.sides[:26] == ("a",) * 26


def test_worlds_that_their_own_replicates_cannot_settle_are_undecided() -> None:
    found = days(np.full(40, 6.0), luck=30.0, replicates=3)
    assert found.shares["undecided"].count > 30


def test_a_world_without_pairs_is_undecided_and_counts() -> None:
    a, b = np.full((3, 2), 50.0), np.full((3, 2), 70.0)
    a[1] = np.nan
    found = robustness("days_to_help", DAYS, range(3), a, b)
    assert found.sides == ("a", "undecided", "a")
    assert found.shares["a"].of == 3


def test_regret_is_what_one_gives_up_and_nothing_where_one_does_best() -> None:
    found = days(np.array([-10.0, -10.0, 30.0, 0.0]), luck=0.0)
    assert found.regret_a.mean == pytest.approx(30.0 / 4)
    assert found.regret_a.most == pytest.approx(30.0)
    assert found.regret_b.mean == pytest.approx(20.0 / 4)


def test_luck_is_hardly_ever_regretted() -> None:
    found = days(np.zeros(400), luck=40.0, replicates=4)
    gained = np.array([world.difference for world in found.worlds])
    assert found.shares["undecided"].share > 0.9
    # One world in forty is settled by chance for each; all others are luck, and none of it counts.
    for regret, lost in ((found.regret_a, gained), (found.regret_b, -gained)):
        assert regret.mean < 0.25 * np.maximum(0.0, lost).mean()
        assert regret.ninth == 0.0


def test_the_interval_of_a_share_holds_it_in_19_of_20_samples() -> None:
    held = sum(
        binom.pmf(count, 60, 0.3)
        for count in range(61)
        if share_of(count, 60).low <= 0.3 <= share_of(count, 60).high
    )
    assert 0.93 <= held <= 0.97


def planted(seed: int, worlds: int = 80) -> tuple[dict[str, list[float]], np.ndarray]:
    """Values of 100 parameters in worlds."""
    random = np.random.default_rng(seed)
    table = random.random((worlds, 100))
    return {f"p{n}": table[:, n].tolist() for n in range(100)}, table


@pytest.mark.slow
def test_a_parameter_that_turns_a_comparison_round_is_found() -> None:
    values, table = planted(1)
    random = np.random.default_rng(2)
    wrong = random.random(len(table)) < 0.08
    sides: list[Side] = ["a" if low else "b" for low in (table[:, 37] < 0.4) ^ wrong]
    found = flips(values, sides)
    assert found.why_not == ""
    assert found.paths[0] == "p37"
    assert found.foretold > 0.75
    path, _, bound = found.parts[0].conditions[0]
    assert path == "p37"
    assert bound == pytest.approx(0.4, abs=0.08)
    assert sum(part.worlds for part in found.parts) == 80
    assert "p37" in flips_sentence(found, "A")


@pytest.mark.slow
def test_what_a_scenario_sets_on_purpose_turns_nothing_round() -> None:
    path, worlds = "choice.habit", kept_worlds()[:80]
    values = np.array([float(world.values[path]) for world in worlds])
    cube = np.zeros((2, len(worlds), 4))
    cube[0] = np.where(values > np.median(values), 30.0, -30.0)[:, None]
    runs = InWorlds(
        ("a", "b"), tuple(world.number for world in worlds), {"days_to_help": 60.0 + cube}, (), 0
    )
    usual = Scenario()

    def told(scenario: Scenario) -> tuple[str, ...]:
        found = examine((scenario, usual), runs, worlds, ["days_to_help"])
        return found["days_to_help"].flips.paths

    assert told(usual) == (path,)
    # A world has no say then, so what goes with its value goes with something else.
    assert path not in told(set_value(usual, path, 0.5))


@pytest.mark.slow
def test_where_sides_were_dealt_out_nothing_is_found_to_turn_them() -> None:
    told = 0
    for seed in range(4):
        values, _ = planted(seed)
        dealt = np.random.default_rng(seed + 100).random(80) < 0.5
        sides: list[Side] = ["a" if a else "b" for a in dealt]
        told += flips(values, sides).why_not == ""
    assert told <= 1


def test_where_hardly_a_world_is_settled_the_other_way_nothing_is_told() -> None:
    values, _ = planted(1)
    one: list[Side] = ["a"]
    other: list[Side] = ["b"]
    unsettled: list[Side] = ["undecided"]
    sides = one * 60 + other * 3 + unsettled * 17
    found = flips(values, sides)
    assert (found.settled, found.why_not, found.parts) == (63, "one side", ())
    assert math.isnan(found.foretold)


@pytest.mark.parametrize(("assumptions", "luck"), [(3.0, 1.0), (1.0, 1.0), (0.0, 2.0)])
def test_known_luck_and_assumptions_come_out(assumptions: float, luck: float) -> None:
    truth = assumptions**2 / (assumptions**2 + luck**2)
    shares, held = [], 0
    for seed in range(40):
        random = np.random.default_rng(seed)
        worlds = assumptions * random.standard_normal((80, 1))
        found = split(7.0 + worlds + luck * random.standard_normal((80, 4)))
        shares.append(found.share)
        held += found.low - 1e-9 <= truth <= found.high + 1e-9
    assert np.mean(shares) == pytest.approx(truth, abs=0.03)
    assert held >= 34


def test_worlds_with_too_few_values_are_left_out_of_the_split() -> None:
    runs = np.random.default_rng(1).standard_normal((10, 3))
    runs[0] = np.nan
    runs[1, :2] = np.nan
    assert split(runs).worlds == 8
    assert math.isnan(split(runs[:3]).share)


def test_equal_designs_are_not_regretted_and_a_worse_one_by_what_it_is_worse() -> None:
    random = np.random.default_rng(4)
    base = 60.0 + 5.0 * random.standard_normal((1, 300, 4))
    own = 3.0 * random.standard_normal((3, 300, 4))
    outcome = base + own + np.array([0.0, 0.0, 8.0])[:, None, None]
    hours = np.full((3, 300, 4), 100.0) + np.array([0.0, 20.0, -30.0])[:, None, None]
    found = {d.name: d for d in front(["cheap", "dear", "worse"], outcome, hours, -1)}
    assert found["cheap"].regret == pytest.approx(0.0, abs=0.4)
    assert found["worse"].regret == pytest.approx(8.0, abs=0.5)
    assert found["worse"].on_front
    assert found["cheap"].low <= 0.0 <= found["cheap"].high
    with pytest.raises(ValueError, match="without a better way"):
        front(["a", "b"], outcome[:2], hours[:2], 0)


def test_what_costs_more_and_does_worse_is_not_on_the_front() -> None:
    outcome = np.array([1.0, 2.0, 3.0])[:, None, None] * np.ones((3, 5, 2))
    hours = np.array([10.0, 5.0, 7.0])[:, None, None] * np.ones((3, 5, 2))
    found = front(["dear", "cheap", "dominated"], outcome, hours, -1)
    assert [(d.name, d.on_front) for d in found] == [
        ("dear", True), ("cheap", True), ("dominated", False),
    ]  # fmt: skip
    told = front_sentences(found, DAYS, "nl")
    assert '"dominated"' not in " ".join(told)
    assert "0 van 3 opzetten laten gemiddeld meer liggen dan wat ertoe doet (5,0 dagen)" in told[-2]
    assert "In dit model" in told[-1]


def test_a_share_is_never_called_a_probability() -> None:
    found = days(np.array([-10.0] * 30 + [10.0] * 10))
    english, dutch = (" ".join(robust_sentences(found, DAYS, lang, found)) for lang in ("en", "nl"))
    assert "in 75% of the assumptions examined (30 of 40 worlds" in english
    assert "onder 75% van de onderzochte aannamen (30 van 40 werelden" in dutch
    for word in ("probab", "likely", "chance", "kans", "waarschijnlijk"):
        assert word not in english + dutch


def test_halved_worlds_lie_half_of_the_way_to_the_default() -> None:
    world = kept_worlds()[0]
    (near,) = halved([world])
    assert near.values.keys() == world.values.keys()
    path = "promises.optimism"
    default = parameters()[path].default
    assert near.values[path] == pytest.approx((float(world.values[path]) + default) / 2)
    assert in_world(Scenario(), near).promises.optimism == near.values[path]


WORLD = (
    "schema: 1\nname: {name}\nmonths: 12\nhistory_months: 6\n"
    "region: {{municipality_count: 2, provider_count: 6}}\n"
    "table: {{seats: 3, delegation: {delegation}}}\n"
)


def pair(folder: Path) -> list[str]:
    for name, delegation in (("one", "everyone"), ("other", "nobody")):
        text = WORLD.format(name=name, delegation=delegation)
        (folder / f"{name}.yaml").write_text(text)
    return [str(folder / "one.yaml"), str(folder / "other.yaml")]


@pytest.mark.slow
def test_two_scenarios_are_held_against_each_other_over_kept_worlds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["robustness", *pair(tmp_path), "--worlds", "4", "--replicates", "2"]
    words += ["--outcome", "acquaintance_of_boards", "--out", str(out)]
    assert main([*words, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    found = answer["outcomes"]["acquaintance_of_boards"]
    assert sum(share["count"] for share in found["robustness"]["shares"].values()) == 4
    assert found["halved"]["worlds"]
    assert answer["worlds"] == [world.number for world in kept_worlds()[:4]]
    assert {path.name for path in out.iterdir()} >= {
        "runs.parquet",
        "halved.parquet",
        "verdict.txt",
    }
    assert {Path(figure).name for figure in answer["figures"]} == {"robustness.svg", "luck.svg"}
    assert main([*words, "--lang", "nl"]) == 2
    assert "niet leeg" in capsys.readouterr().err


@pytest.mark.slow
def test_a_go_that_was_stopped_is_gone_on_with_and_gives_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["robustness", *pair(tmp_path), "--worlds", "6", "--replicates", "2", "--threads", "1"]
    stopped, whole = tmp_path / "stopped", tmp_path / "whole"
    assert main([*words, "--out", str(whole)]) == 0
    ran: list[int] = []
    written: list[int] = []

    def stopping(*block: Any) -> None:  # noqa: ANN401 - passed on
        if len(written) == 2:
            raise KeyboardInterrupt
        write_block(*block)
        written.append(block[1].runs)

    def counting(*of: Any) -> Any:  # noqa: ANN401 - passed on
        for result in run_replicate(*of):
            ran.append(result.replicate)
            yield result

    monkeypatch.setattr(kept_blocks, "write_block", stopping)
    monkeypatch.setattr(in_worlds, "run_replicate", counting)
    assert main([*words, "--out", str(stopped)]) == 130
    assert "the same command goes on from there" in capsys.readouterr().err
    ran.clear()
    monkeypatch.setattr(kept_blocks, "write_block", write_block)
    assert main([*words, "--out", str(stopped)]) == 0
    # In the worlds and in the halved ones, of two scenarios, but for what was written before.
    assert len(ran) == 2 * 6 * 2 * 2 - sum(written)
    assert sum(written) > 0
    assert {path.name for path in stopped.iterdir()} == {path.name for path in whole.iterdir()}
    for name in ("runs", "halved"):
        one, other = (pq.read_table(out / f"{name}.parquet") for out in (stopped, whole))
        assert str(one.to_pylist()) == str(other.to_pylist())
    assert (stopped / "verdict.txt").read_text() == (whole / "verdict.txt").read_text()


@pytest.mark.slow
def test_designs_are_searched_over_kept_worlds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair(tmp_path)
    config = tmp_path / "designs.yaml"
    config.write_text(
        "schema: 1\nkind: sweep\nname: designs\nscenarios: [one.yaml]\n"
        "levers: {table.delegation: [everyone, nobody]}\noutcomes: [acquaintance_of_boards]\n"
    )
    words = [
        "search",
        str(config),
        "--worlds",
        "3",
        "--replicates",
        "2",
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*words, "--lang", "nl"]) == 0
    said = capsys.readouterr().out
    assert '"table delegation everyone" laat gemiddeld' in said
    assert (tmp_path / "out/figures/acquaintance_of_boards.png").is_file()
    text = config.read_text().replace("levers", "uncertainties")
    uncertain = text.replace(
        "table.delegation: [everyone, nobody]", "promises.optimism: [0.1, 0.5]"
    )
    config.write_text(uncertain)
    assert main(["search", str(config)]) == 2
    assert "Name levers with values" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--outcome", "days_to_hel"], "did you mean days_to_help"),
        (["--worlds", "90000"], "worlds were kept"),
    ],
)
def test_what_cannot_be_examined_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    out = tmp_path / "out"
    assert main(["robustness", *pair(tmp_path), *words, "--out", str(out)]) == 2
    assert message in capsys.readouterr().err
    assert not out.exists()


def test_the_shipped_designs_differ_and_can_be_in_every_kept_world() -> None:
    project = Path(__file__).parents[1]
    designs = designs_of(load_sweep(project / "configs/sweeps/designs-of-the-table.yaml"))
    assert len({design.name for design in designs}) == len(designs)
    for design in designs:
        unnamed = design.model_copy(update={"name": "x"})
        assert sum(d.model_copy(update={"name": "x"}) == unnamed for d in designs) == 1
        in_world(design, kept_worlds()[0])
    assert set_value(designs[0], "name", "x").name == "x"
