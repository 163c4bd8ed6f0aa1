"""Figures: saved twice alike, described in words, and never in the way of other drawings."""

import math
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.figure import Figure

from collabsim.analysis.comparison import Comparison, compare
from collabsim.analysis.shown import FIRST, pictured
from collabsim.analysis.stakes import GroupStake, stakes_of
from collabsim.figures import NetworkView, Picture, differences, hours, network, paths
from collabsim.figures.differences import _label
from collabsim.figures.network import _positions
from collabsim.figures.paths import _band
from collabsim.metrics import METRICS as OUTCOMES

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Outcome:
    """A declared outcome or series."""

    en: str = "days to help"
    nl: str = "dagen tot hulp"
    unit: str = "days"
    direction: int = -1
    matters: float = 1.0


METRICS = {
    "days": Outcome(),
    "rate": Outcome("cooperation rate", "samenwerkingsgraad", "share", 1, 0.03),
    "encounters": Outcome("encounters", "ontmoetingen", "encounters", 0, 100.0),
    "never": Outcome("never defined", "nooit bepaald"),
}


def series() -> dict[str, dict[str, np.ndarray]]:
    draw = np.random.default_rng(1)
    return {
        name: {
            "days": 40.0 - by + draw.normal(0.0, 2.0, (20, 24)),
            "rate": np.clip(0.5 + draw.normal(0.0, 0.05, (20, 24)), 0.0, 1.0),
        }
        for name, by in (("everyone & all", 0.0), ("ten", 3.0))
    }


def compared() -> list[Comparison]:
    draw = np.random.default_rng(2)
    luck = draw.normal(0.0, 1.0, 30)
    a = {
        "days": 40.0 + 6.0 * luck,
        "rate": 0.6 + 0.05 * luck,
        "encounters": 3000.0 + 0.1 * luck,
        "never": np.full(30, np.nan),
    }
    comparisons = []
    for name, by in (("ten", -3.0), ("nobody", 0.5)):
        b = {key: values + by + draw.normal(0.0, 0.5, 30) for key, values in a.items()}
        comparisons.append(compare(a, b, METRICS, a="everyone", b=name))
    return comparisons


def paid() -> tuple[GroupStake, ...]:
    def table(seats: list[int]) -> dict[str, np.ndarray]:
        return {
            "replicate": np.repeat(np.arange(5), 3),
            "organisation": np.tile(["town", "a", "b"], 5),
            "kind": np.tile(["municipality", "provider", "provider"], 5),
            "seat_months": np.tile(seats, 5),
            "inner_ring": np.zeros(15, dtype=bool),
            "hours.board.table": np.random.default_rng(3).gamma(4.0, 10.0, 15),
        }

    organisations = {"everyone": table([9, 9, 9]), "ten": table([9, 9, 0])}
    return stakes_of(organisations, months=12, stakes=["hours"])


def view(count: int = 12, *, ring: bool = True, order: list[int] | None = None) -> NetworkView:
    order = list(range(count)) if order is None else order
    helped = np.random.default_rng(4).poisson(2.0, (count, count)).astype(float)
    np.fill_diagonal(helped, 0.0)
    ids = [f"organisation {number}" for number in range(count)]
    return NetworkView(
        ids=tuple(ids[number] for number in order),
        kinds=tuple("municipality" if number < 3 else "provider" for number in order),
        inner=np.array([ring and number % 4 == 0 for number in order], dtype=bool),
        seated=np.array([number % 3 == 0 for number in order], dtype=bool),
        helped=helped[np.ix_(order, order)],
    )


def all_of_them(folder: Path, lang: str = "en") -> list[Picture]:
    assert lang in {"en", "nl"}
    language: str = lang
    return [
        paths(series(), METRICS, folder, lang=language),  # type: ignore[arg-type]
        differences(compared(), METRICS, folder, lang=language),  # type: ignore[arg-type]
        network({"everyone": view(), "ten": view(ring=False)}, folder, lang=language),  # type: ignore[arg-type]
        hours(paid(), folder, lang=language),  # type: ignore[arg-type]
    ]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_each_figure_is_an_svg_and_a_png_with_words_for_who_cannot_see_it(
    tmp_path: Path, lang: str
) -> None:
    for picture in all_of_them(tmp_path / "figures", lang):
        assert picture.png.read_bytes().startswith(b"\x89PNG")
        root = ET.fromstring(picture.svg.read_text(encoding="utf-8"))  # noqa: S314 - our own file
        assert root.get("role") == "img"
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert title.text
        assert description is not None
        assert description.text == picture.alt
        assert len(picture.alt) > 40
        assert "nan" not in picture.alt
        assert len(picture.caption) > 40


@pytest.mark.slow
def test_the_same_results_give_the_same_bytes_without_date_or_version(tmp_path: Path) -> None:
    first, second = all_of_them(tmp_path / "one"), all_of_them(tmp_path / "two")
    for one, two in zip(first, second, strict=True):
        assert one.svg.read_bytes() == two.svg.read_bytes()
        assert one.png.read_bytes() == two.png.read_bytes()
        text = one.svg.read_text(encoding="utf-8")
        assert "<dc:date>" not in text
        assert mpl.__version__ not in text
        assert b"Software" not in one.png.read_bytes()


def test_drawing_leaves_the_settings_of_others_alone(tmp_path: Path) -> None:
    before = dict(mpl.rcParams)
    all_of_them(tmp_path)
    assert dict(mpl.rcParams) == before


def test_captions_say_what_the_bands_are_and_alt_texts_what_is_seen(tmp_path: Path) -> None:
    path, difference, rings, who = all_of_them(tmp_path)
    assert "the middle 80% of runs" in path.caption
    assert '"ten" 36.9 days' in path.alt
    assert "Median over runs of the mean of the last 3 months" in path.alt
    assert "differences too small to matter" in difference.caption
    assert "what luck alone does" in difference.caption
    assert '"ten": better: days to help' in difference.alt
    assert "does not apply: never defined" in difference.alt
    assert '"everyone": 3 of 12 in the inner ring; with a seat: 4' in rings.alt
    assert '"ten": no inner ring found' in rings.alt
    assert '"everyone" nobody in this group' in who.alt
    assert "inner ring:" not in who.alt


def test_what_a_path_ends_with_is_said_to_be_the_mean_that_it_is(tmp_path: Path) -> None:
    # In the last month by itself it is 9; over the last three months it is 5.
    values = {"a": {"days": np.tile([1.0, 1.0, 2.0, 4.0, 9.0], (4, 1))}}
    english = paths(values, METRICS, tmp_path).alt
    assert 'the last 3 months: days to help: "a" 5.0 days' in english
    dutch = paths(values, METRICS, tmp_path, lang="nl").alt
    assert "gemiddelde van de laatste 3 maanden" in dutch
    assert '"a" 5,0 dagen' in dutch


def test_everybody_stands_in_the_same_place_in_whatever_order_they_are_given() -> None:
    order = np.random.default_rng(5).permutation(12).tolist()
    straight, shuffled = _positions(view()), _positions(view(order=order))
    assert np.array_equal(straight[order], shuffled)


def test_the_inner_ring_stands_inside() -> None:
    network_view = view()
    distance = np.hypot(*_positions(network_view).T)
    assert distance[network_view.inner].max() < distance[~network_view.inner].min()


def test_a_large_network_and_one_without_help_can_be_drawn(tmp_path: Path) -> None:
    network({"large": view(120)}, tmp_path, name="large")
    quiet = view(5)
    silent = NetworkView(quiet.ids, quiet.kinds, quiet.inner, quiet.seated, np.zeros((5, 5)))
    network({"silent": silent}, tmp_path, name="silent")


def test_months_without_any_value_are_gaps_and_not_warnings(tmp_path: Path) -> None:
    values = np.full((4, 12), np.nan)
    values[:, 8:] = 2.0
    band = _band(values, "days", 3)
    assert np.isnan(band[:, :8]).all()
    assert (band[:, 8:] == 2.0).all()
    picture = paths({"a": {"days": values[:, :8]}}, METRICS, tmp_path)
    assert "nan" not in picture.alt


def test_months_are_smoothed_over_whole_windows_only() -> None:
    quarterly = np.tile([3.0, 0.0, 0.0], (2, 4))
    band = _band(quarterly, "days", 3)
    assert np.isnan(band[:, :2]).all()
    assert np.allclose(band[:, 2:], 1.0)
    assert np.array_equal(_band(quarterly, "share", 1)[1], 100.0 * quarterly[0])
    assert _band(quarterly[:, :2], "days", 3).shape == (3, 2)


def test_a_picture_of_one_run_says_how_rare_a_ring_is_in_all_runs(tmp_path: Path) -> None:
    rare = replace(view(), found=(4, 100))
    assert "a ring in 4 of 100 runs" in network({"a": rare}, tmp_path).alt
    assert "een ring in 4 van 100 simulaties" in network({"a": rare}, tmp_path, lang="nl").alt
    assert "runs" not in network({"a": view()}, tmp_path).alt


def test_one_run_and_one_scenario_are_enough_for_paths(tmp_path: Path) -> None:
    picture = paths({"a": {"days": np.arange(6.0)[None]}}, METRICS, tmp_path, names=["days"])
    assert picture.svg.exists()


def test_one_replicate_is_drawn_without_an_interval(tmp_path: Path) -> None:
    one = compare({"days": [4.0]}, {"days": [3.0]}, METRICS, a="a", b="b")
    assert math.isnan(one.outcomes["days"].low)
    picture = differences([one], METRICS, tmp_path)
    assert "not known: days to help" in picture.alt


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_stands_below_a_panel_fits_below_it(lang: str) -> None:
    for metric in OUTCOMES.values():
        lines = _label(metric, lang).splitlines()  # type: ignore[arg-type]
        assert len(lines) <= 2, metric.name
        assert all(len(line) <= 40 for line in lines), lines
    errors = _label(OUTCOMES["errors_per_100_cases"], lang).splitlines()  # type: ignore[arg-type]
    # In Dutch the unit is the name, which stands above the panel.
    assert (
        errors
        == {
            "en": ["errors per 100 cases helped;", "\u2190 less is better"],
            "nl": ["\u2190 minder is beter"],
        }[lang]
    )


def test_the_longest_name_ends_below_the_words_over_its_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved: list[Figure] = []
    monkeypatch.setattr(
        sys.modules[_positions.__module__], "save", lambda figure, *_, **__: saved.append(figure)
    )
    ring = view(10, ring=False)
    network({"a": replace(ring, ids=("Woonvoorzieningen Midden",) * 10)}, tmp_path)
    saved[0].draw_without_rendering()
    *names, words = (text.get_window_extent() for text in saved[0].axes[0].texts)
    # A tenth of an inch, as letters in a file are not as wide everywhere as they are here.
    assert max(name.y1 for name in names) < words.y0 - 0.1 * saved[0].dpi


def test_a_picture_of_differences_shows_what_clients_ask_for_and_all_that_differs() -> None:
    run = {name: np.arange(20.0) for name in OUTCOMES}
    other = run | {"encounters": run["encounters"] + 9000.0}
    same, more = (compare(run, b, OUTCOMES, a="everyone", b="b") for b in (run, other))
    assert set(pictured([same])) == set(FIRST)
    assert set(pictured([same, more])) == {*FIRST, "encounters"}


@pytest.mark.slow
def test_the_caption_says_what_became_of_outcomes_that_are_not_drawn(tmp_path: Path) -> None:
    run = {name: np.arange(20.0) for name in OUTCOMES}
    same = [compare(run, run, OUTCOMES, a="everyone", b="the same")]
    shown = differences(same, OUTCOMES, tmp_path, outcomes=pictured(same))
    assert (
        f"Not shown, as none is known to differ by as much as would matter: {len(OUTCOMES) - len(FIRST)} outcomes"
        in shown.caption
    )
    whole = differences(same, OUTCOMES, tmp_path)
    assert "Not shown" not in whole.caption


def test_there_must_be_something_to_draw(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no series"):
        paths({}, METRICS, tmp_path)
    with pytest.raises(ValueError, match="one reference"):
        differences([], METRICS, tmp_path)
    with pytest.raises(ValueError, match="no network"):
        network({}, tmp_path)
    with pytest.raises(ValueError, match="nothing to draw"):
        hours((), tmp_path)
    assert not list(tmp_path.iterdir())
