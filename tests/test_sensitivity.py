"""Sensitivity: published indices come out by the path that sweeps take, and no ranking is made up."""

import json
import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from collabsim.analysis.sensitivity import Sensitivity, SensitivityError, sensitivity
from collabsim.cli import main
from collabsim.config.timeline import value_at
from collabsim.experiments import sweep_runs
from collabsim.experiments.designs import Factor, make_design
from collabsim.experiments.executors import Serial
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_sensitivities import sensitivities
from collabsim.experiments.sweeps import carry_out_sweep
from collabsim.parameters import Scenario
from small_sweeps import carried_out

#: Ishigami and Homma (1990) with a = 7, b = 0.1: variance and indices in closed form.
A, B = 7.0, 0.1
VARIANCE = A**2 / 8.0 + B * math.pi**4 / 5.0 + B**2 * math.pi**8 / 18.0 + 0.5
FIRST = {
    "x1": 0.5 * (1.0 + B * math.pi**4 / 5.0) ** 2 / VARIANCE,
    "x2": A**2 / 8.0 / VARIANCE,
    "x3": 0.0,
}
TOTAL = {
    "x1": FIRST["x1"] + 8.0 * B**2 * math.pi**8 / 225.0 / VARIANCE,
    "x2": FIRST["x2"],
    "x3": 8.0 * B**2 * math.pi**8 / 225.0 / VARIANCE,
}
#: Sobol's G function with the usual coefficients.
G = (0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0)


def ishigami(x1: float, x2: float, x3: float) -> float:
    return math.sin(x1) + A * math.sin(x2) ** 2 + B * x3**4 * math.sin(x1)


def g_function(*x: float) -> float:
    return math.prod((abs(4.0 * u - 2.0) + a) / (1.0 + a) for u, a in zip(x, G, strict=True))


#: Eight parameters that stand for the arguments of a known function, each with a range of its own.
ARGUMENTS = {
    "people.handover": (0.1, 0.9),
    "promises.optimism": (0.0, 1.0),
    "rules.weight": (0.5, 1.5),
    "rules.making_hours": (1.0, 12.0),
    "rules.adopted_share": (0.2, 1.0),
    "rules.spreads_per_hour": (0.1, 1.0),
    "rules.use_renews": (0.0, 0.4),
    "rules.fades_per_month": (0.02, 0.15),
}


def swept(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    function: Callable[..., float],
    count: int,
    size: int,
) -> Sensitivity:
    """The sensitivity of a known function, from a sweep of which only the runs are not made.

    Design, points, checks, blocks, tables and analysis are those of every sweep; what a run would
    come to is the function of its scenario's parameters.
    """
    ranges = dict(list(ARGUMENTS.items())[:count])

    class Known:
        """Stands for a run; its outcome is the function of what was drawn for its parameters."""

        def __init__(self, scenario: Scenario, **_: object) -> None:
            self._scenario = scenario

        def run_for(self, _: int) -> None:
            """Nothing happens."""

        def outcomes_of(self, _: object) -> dict[str, float]:
            shares = [
                (value_at(self._scenario, path) - low) / (high - low)
                for path, (low, high) in ranges.items()
            ]
            return {"encounters": function(*shares)}

    def nothing(*_: object) -> None:
        """No history is needed."""

    monkeypatch.setattr(sweep_runs, "SparingModel", Known)
    monkeypatch.setattr("collabsim.history.Starts.start", nothing)
    factors = "".join(f"  {path}: {{low: {a}, high: {b}}}\n" for path, (a, b) in ranges.items())
    (folder / "world.yaml").write_text("schema: 1\n")
    (folder / "sweep.yaml").write_text(
        f"schema: 1\nkind: sweep\nname: known\nscenarios: [world.yaml]\ndesign: saltelli\nsize: {size}\n"
        f"uncertainties:\n{factors}replicates: 1\noutcomes: [encounters]\nseries: []\n"
    )
    out = folder / "out"
    carry_out_sweep(load_sweep(folder / "sweep.yaml"), out, Serial(), lambda _done, _all: None)
    ((_, _, found),) = sensitivities(out, ["encounters"])
    assert isinstance(found, Sensitivity)
    return found


@pytest.mark.slow
def test_a_sweep_gives_ishigamis_published_indices_within_its_own_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def of_shares(*u: float) -> float:
        return ishigami(*(math.pi * (2.0 * share - 1.0) for share in u))

    found = swept(tmp_path, monkeypatch, of_shares, 3, 1024)
    arguments = dict(zip(ARGUMENTS, FIRST, strict=False))
    for effect in found.effects:
        x = arguments[effect.path]
        assert abs(effect.size - TOTAL[x]) <= effect.half < 0.1
        assert abs(effect.first - FIRST[x]) <= effect.first_half < 0.1
    assert [arguments[effect.path] for effect in found.effects] == ["x1", "x2", "x3"]


@pytest.mark.slow
def test_a_sweep_gives_the_published_indices_of_sobols_g_function_within_its_own_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [1.0 / (3.0 * (1.0 + a) ** 2) for a in G]
    whole = math.prod(1.0 + part for part in parts) - 1.0
    found = swept(tmp_path, monkeypatch, g_function, 8, 512)
    arguments = list(ARGUMENTS)
    for effect in found.effects:
        part = parts[arguments.index(effect.path)]
        total = part * math.prod(1.0 + p for p in parts) / (1.0 + part) / whole
        # The four last do next to nothing: their intervals are narrower than what a float keeps.
        assert abs(effect.first - part / whole) <= effect.first_half + 1e-4
        assert abs(effect.size - total) <= effect.half + 1e-4
    assert [effect.path for effect in found.effects[:4]] == arguments[:4]


def test_elementary_effects_of_a_straight_line_are_its_slopes() -> None:
    slopes = {"a": 3.0, "b": -1.0, "c": 0.0}
    factors = [Factor(name, "lever", (), 0.0, 1.0) for name in slopes]
    design = make_design("morris", factors, 12, 1)
    assert design.shares is not None
    values = design.shares @ np.array(list(slopes.values()))
    found = sensitivity("y", "morris", list(slopes), design.shares, values)
    assert [effect.path for effect in found.effects] == ["a", "b", "c"]
    for effect in found.effects:
        assert effect.first == pytest.approx(slopes[effect.path])
        assert effect.spread == pytest.approx(0.0, abs=1e-9)


def test_what_cannot_be_ranked_is_refused_with_a_reason() -> None:
    factors = [Factor(name, "lever", (), 0.0, 1.0) for name in ("a", "b")]
    morris = make_design("morris", factors, 8, 1)
    assert morris.shares is not None
    values = morris.shares.sum(axis=1)
    with pytest.raises(SensitivityError, match="no sensitivity indices"):
        sensitivity("y", "sobol", ["a", "b"], morris.shares, values)
    with pytest.raises(SensitivityError, match="too few"):
        sensitivity("y", "morris", ["a", "b"], morris.shares[:6], values[:6])
    with pytest.raises(SensitivityError, match="the same at all points"):
        sensitivity("y", "morris", ["a", "b"], morris.shares, np.ones_like(values))
    holes = values.copy()
    holes[3] = np.nan
    with pytest.raises(SensitivityError, match="1 of 24 points have no value"):
        sensitivity("y", "morris", ["a", "b"], morris.shares, holes)
    noise = make_design("saltelli", factors, 32, 1)
    assert noise.shares is not None
    chance = np.random.default_rng(1).random(len(noise.shares))
    with pytest.raises(SensitivityError, match="take a size above 32"):
        sensitivity("y", "saltelli", ["a", "b"], noise.shares, chance)


def test_a_design_that_ranks_nothing_is_refused_once_as_bad_input(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    carried_out(undisturbed[0], tmp_path / "out")
    assert main(["sensitivity", str(tmp_path / "out")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1
    assert "a factorial design has no sensitivity indices; run a sweep with design" in captured.err


def test_a_sweep_is_ranked_from_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "world.yaml").write_text(
        "schema: 1\nmonths: 12\nhistory_months: 3\n"
        "region: {municipality_count: 2, provider_count: 6}\ntable: {seats: 3}\n"
    )
    (tmp_path / "sweep.yaml").write_text(
        "schema: 1\nkind: sweep\nname: small\nscenarios: [world.yaml]\ndesign: morris\nsize: 5\n"
        "uncertainties: {casework.cases_per_1000_per_year: plausible, promises.optimism: plausible}\n"
        "replicates: 2\noutcomes: [encounters, rules_held]\nseries: []\n"
    )
    out = tmp_path / "out"
    assert main(["sweep", str(tmp_path / "sweep.yaml"), "--out", str(out), "--json"]) == 0
    capsys.readouterr()
    assert main(["sensitivity", str(out), "--outcome", "encounters", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["answers"][0]
    assert found["effects"][0]["factor"] == "casework.cases_per_1000_per_year"
    assert found["effects"][0]["first"] > 0.0
    assert main(["sensitivity", str(out)]) == 1
    assert "rules_held: 15 of 15 points have no value" in capsys.readouterr().err
    assert main(["sensitivity", str(out), "--outcome", "nonsense"]) == 2
