"""Designs: which points are run, and that a design is a function of its own seed."""

import numpy as np
import pytest

from collabsim.experiments.designs import SAMPLED, DesignError, Factor, Kind, make_design

RANGES = (
    Factor("table.step_size", "lever", (), 0.1, 1.0),
    Factor("table.seats", "lever", (), 3, 7, whole=True),
    Factor("casework.cases_per_1000_per_year", "uncertainty", (), 0.4, 3.6, log=True),
    Factor("table.online", "lever", (False, True)),
)


def test_a_full_design_has_every_combination_once() -> None:
    factors = (Factor("a", "lever", (1, 2, 3)), Factor("b", "lever", (True, False)))
    points = make_design("factorial", factors, 0, 1).points
    assert len(points) == 6
    assert len({tuple(point.values()) for point in points}) == 6


def test_a_list_pairs_values_one_by_one_and_refuses_lists_of_other_lengths() -> None:
    factors = (Factor("a", "lever", (1, 2)), Factor("b", "lever", ("x", "y")))
    assert make_design("list", factors, 0, 1).points == ({"a": 1, "b": "x"}, {"a": 2, "b": "y"})
    with pytest.raises(DesignError, match="the same number"):
        make_design("list", (*factors, Factor("c", "lever", (1,))), 0, 1)


@pytest.mark.parametrize("kind", SAMPLED)
def test_a_sampled_design_stays_in_its_ranges_and_has_their_types(kind: Kind) -> None:
    design = make_design(kind, RANGES, 16, 1)
    for point in design.points:
        assert 0.1 <= point["table.step_size"] <= 1.0
        assert point["table.seats"] in range(3, 8)
        assert isinstance(point["table.seats"], int)
        assert 0.4 <= point["casework.cases_per_1000_per_year"] <= 3.6 + 1e-12
        assert isinstance(point["table.online"], bool)


@pytest.mark.parametrize("kind", SAMPLED)
def test_the_same_seed_gives_the_same_points_and_another_seed_others(kind: Kind) -> None:
    one, again, other = (make_design(kind, RANGES, 16, seed) for seed in (1, 1, 2))
    assert one.points == again.points
    assert one.points != other.points


def test_a_latin_hypercube_has_one_point_in_every_row_of_every_factor() -> None:
    shares = make_design("latin_hypercube", RANGES, 50, 1).shares
    assert shares is not None
    for column in shares.T:
        assert sorted(np.floor(column * 50).astype(int)) == list(range(50))


def test_a_log_scale_has_as_many_points_below_the_geometric_middle_as_above() -> None:
    points = make_design("latin_hypercube", RANGES, 100, 1).points
    below = sum(p["casework.cases_per_1000_per_year"] < (0.4 * 3.6) ** 0.5 for p in points)
    assert below == 50


def test_designs_that_are_balanced_for_powers_of_two_refuse_other_sizes() -> None:
    for kind in ("sobol", "saltelli"):
        with pytest.raises(DesignError, match=r"powers of two; take 128"):
            make_design(kind, RANGES, 100, 1)


def test_sizes_of_the_designs_for_sensitivity() -> None:
    assert len(make_design("morris", RANGES, 10, 1).points) == 10 * (len(RANGES) + 1)
    assert len(make_design("saltelli", RANGES, 16, 1).points) == 16 * (len(RANGES) + 2)


def test_a_range_is_no_list_and_a_sample_needs_factors() -> None:
    with pytest.raises(DesignError, match="list its values"):
        make_design("factorial", RANGES, 0, 1)
    with pytest.raises(DesignError, match="no factors"):
        make_design("sobol", (), 16, 1)
