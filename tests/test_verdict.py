"""One verdict for command line, report and app: from memory and from a folder, in both languages."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from collabsim.analysis.comparison import compare, compare_outcome
from collabsim.analysis.course import LASTING, course
from collabsim.analysis.evidence import Evidence, evidence_of_results, evidence_of_runs
from collabsim.analysis.groups import GROUPS, group
from collabsim.analysis.saying import course_sentences, gain_sentences, said, told
from collabsim.analysis.sentences import who_pays_sentences
from collabsim.analysis.shown import outcome_name, shown_comparison, shown_hours
from collabsim.analysis.stakes import STAKES, GroupStake, stakes_of
from collabsim.analysis.verdict import WholeVerdict, verdict_of
from collabsim.analysis.wording import unit_words
from collabsim.app import verdict_page
from collabsim.cli import main
from collabsim.experiments.compare import compare_scenarios
from collabsim.experiments.runs import RunResult, run_scenarios
from collabsim.experiments.store import load_results
from collabsim.metrics import METRICS, ORGANISATIONS, metrics_in
from collabsim.report.tables import gains_grid, outcomes_grid, pays_grid, short_grid
from small_worlds import small

REPLICATES = 6


@pytest.fixture(scope="module")
def runs() -> list[RunResult]:
    calm = small(name="Calm")
    leaving = small(
        name="Leaving", people={"turnover_per_year": {"provider": {"practice": 0.9, "board": 0.9}}}
    )
    return run_scenarios([calm, leaving], replicates=REPLICATES)


@pytest.fixture(scope="module")
def verdict(runs: list[RunResult]) -> WholeVerdict:
    return verdict_of(evidence_of_runs(runs))


@pytest.mark.slow
def test_runs_in_memory_and_in_a_folder_give_the_same_numbers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, share in (("one", 0.0), ("two", 1.0)):
        (tmp_path / f"{name}.yaml").write_text(
            f"schema: 1\nname: {name}\nmonths: 24\nhistory_months: 0\n"
            "region: {municipality_count: 2, provider_count: 6}\n"
            f"table: {{seats: 3, rotation: {{share_per_year: {share}}}}}\n"
        )
    files = [str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml")]
    out = tmp_path / "out"
    assert main(["compare", *files, "--replicates", "3", "--out", str(out), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    from collabsim import load_scenario

    fresh = run_scenarios([load_scenario(file) for file in files], replicates=3)
    one = verdict_of(evidence_of_runs(fresh))
    other = verdict_of(evidence_of_results(load_results(out)))
    assert told(one, "nl") == told(other, "nl")
    spoken = answer["comparisons"][0]["outcomes"]["days_to_help"]["difference"]
    assert spoken == one.comparisons[0].outcomes["days_to_help"].difference
    for path, again in zip(one.courses, other.courses, strict=True):
        assert np.array_equal(path.bands["two"], again.bands["two"], equal_nan=True)
    for mine, theirs in zip(one.stakes, other.stakes, strict=True):
        assert (mine.group, mine.stake) == (theirs.group, theirs.stake)
        assert np.array_equal(mine.values["two"], theirs.values["two"], equal_nan=True)


def test_a_failed_run_leaves_its_pair_out_and_the_rest_as_it_was(runs: list[RunResult]) -> None:
    broken = [
        RunResult(run.run_id, run.scenario, run.seed, run.replicate, "failed", "it broke")
        if (run.scenario, run.replicate) == ("Leaving", 2)
        else run
        for run in runs
    ]
    without = [run for run in runs if run.replicate != 2]
    judged = verdict_of(evidence_of_runs(broken)).comparisons[0].outcomes
    expected = verdict_of(evidence_of_runs(without)).comparisons[0].outcomes
    name = "cooperation_rate"
    assert judged[name].pairs == REPLICATES - 1
    assert judged[name].missing_b == 1
    assert judged[name].difference == expected[name].difference


def test_what_groups_get_follows_from_what_their_organisations_got(
    runs: list[RunResult], verdict: WholeVerdict
) -> None:
    found = {(stake.group, stake.stake): stake for stake in verdict.stakes}
    assert {stake for _, stake in found} == set(STAKES)
    assert "field.youth" in {group for group, _ in found}
    run = next(run for run in runs if run.scenario == "Calm" and run.replicate == 0)
    who = run.organisations
    towns = who["kind"] == "municipality"
    days = who["days_to_yes"][towns].sum() / who["asks_granted"][towns].sum()
    assert found["municipalities", "days_to_yes"].values["Calm"][0] == pytest.approx(days)
    energy = who["energy"][who["domain"] == "youth"].mean()
    assert found["field.youth", "energy"].values["Calm"][0] == pytest.approx(energy)
    # What is granted to some is what others gave.
    assert who["asks_granted"].sum() == who["helped_others"].sum()
    hours = found["municipalities", "hours"].values["Calm"][0]
    assert hours == pytest.approx(run.outcomes["hours_municipalities"])


def test_results_of_before_that_do_not_say_what_organisations_got_tell_only_hours(
    runs: list[RunResult],
) -> None:
    known = {"replicate", "organisation", "kind", "domain", "seat_months", "inner_ring"}
    table = evidence_of_runs(runs).organisations["Calm"]
    old = {name: of for name, of in table.items() if name in known or name.startswith("hours.")}
    assert {stake.stake for stake in stakes_of({"a": old, "b": old}, 24)} == {"hours"}


def test_a_difference_that_comes_and_stays_is_dated_and_one_that_passes_is_not() -> None:
    draw = np.random.default_rng(5)
    a = draw.normal(10.0, 1.0, (30, 40))
    stays, passes = a + draw.normal(0.0, 0.1, a.shape), a + draw.normal(0.0, 0.1, a.shape)
    stays[:, 20:] += 1.0
    passes[:, 10:25] += 1.0
    followed = course("days", {"a": a, "stays": stays, "passes": passes}, smooth_months=1)
    assert followed.since == {"stays": 21, "passes": None}
    assert followed.gaps["stays"][0, 30] == pytest.approx(1.0, abs=0.1)
    short = course("days", {"a": a[:, : LASTING - 1], "b": 1 + a[:, : LASTING - 1]}, 1)
    assert short.since["b"] is None


def test_a_path_with_one_pair_has_no_interval_and_a_month_without_value_is_a_gap() -> None:
    single = course("days", {"a": np.ones((1, 20)), "b": np.full((1, 20), 2.0)})
    assert np.isnan(single.gaps["b"]).all()
    assert single.since["b"] is None
    empty = course("days", {"a": np.full((3, 20), np.nan), "b": np.ones((3, 20))})
    assert np.isnan(empty.bands["a"]).all()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_group_path_and_stake_is_told_in_the_language(
    verdict: WholeVerdict, lang: str
) -> None:
    words = told(verdict, lang)  # type: ignore[arg-type]
    groups = list(dict.fromkeys(stake.group for stake in verdict.stakes))
    assert len(words.gains) == len(words.pays) == len(groups) > len(GROUPS)
    for sentence, key in zip(words.gains, groups, strict=True):
        name = getattr(group(key), lang)
        assert sentence.lower().startswith(name)
        assert '"Leaving"' in sentence
    assert len(words.courses) == len(verdict.courses) + 1
    assert words.outcomes[0]["days_to_help"]


def seats(held: list[int], energy: list[float], seat_of: str = "same") -> dict[str, np.ndarray]:
    """Two runs of one municipality and three providers, 10 months long."""
    return {
        "replicate": np.repeat([0, 1], 4),
        "organisation": np.array(["town", "a", "b", seat_of] * 2),
        "kind": np.tile(["municipality", "provider", "provider", "provider"], 2),
        "seat_months": np.tile([10, *held], 2),
        "inner_ring": np.zeros(8, dtype=np.bool_),
        "energy": np.tile([0.5, *energy], 2),
        "hours.board.table": np.full(8, 10.0),
    }


def verdicts(reference: dict[str, np.ndarray], other: dict[str, np.ndarray]) -> dict[str, str]:
    stakes = stakes_of({"a": reference, "b": other}, 10, stakes=["energy"])
    return {stake.group: stake.differences["b"].verdict for stake in stakes}


def test_a_group_of_others_gets_no_better_or_worse_although_the_mean_differs() -> None:
    a, b = seats([10, 0, 0], [0.2, 0.8, 0.8]), seats([0, 1, 0], [0.2, 0.8, 0.8])
    found = verdicts(a, b)
    assert found["seated"] == found["at_home"] == "other parties in it"
    assert found["providers"] == found["municipalities"] == "no difference that matters"
    stakes = stakes_of({"a": a, "b": b}, 10)
    english, dutch = (gain_sentences(stakes, lang) for lang in ("en", "nl"))
    seated = next(text for text in english if text.startswith("Providers with a seat"))
    assert "no verdict, as other parties are in it: " in seated
    assert "energy for collaboration, at the end (+0.60" in seated
    assert "gains" not in seated
    assert any("geen oordeel, want er zitten andere partijen in" in text for text in dutch)


def test_a_group_of_the_same_parties_gets_its_verdict() -> None:
    a, b = seats([10, 0, 0], [0.2, 0.8, 0.8]), seats([3, 0, 0], [0.6, 0.8, 0.8])
    found = verdicts(a, b)
    assert found["seated"] == "better"
    assert found["at_home"] == "no difference that matters"
    # By name: who sits in the same row need not be the same party.
    renamed = seats([10, 0, 0], [0.2, 0.8, 0.8], seat_of="another")
    assert verdicts(a, renamed)["at_home"] == "other parties in it"


def test_report_and_tables_show_that_others_are_in_a_group() -> None:
    a, b = seats([10, 0, 0], [0.2, 0.8, 0.8]), seats([0, 1, 0], [0.2, 0.8, 0.8])
    stakes = stakes_of({"a": a, "b": b}, 10)
    for lang, words in (("en", "other parties in it"), ("nl", "andere partijen erin")):
        rows = gains_grid(stakes, "b", lang).rows  # type: ignore[arg-type]
        seated = next(row for row in rows if "seat" in row[0].text or "een zetel" in row[0].text)
        assert {cell.text.split(" ", 2)[-1] for cell in seated if words in cell.text} == {words}
        assert not any(cell.sort in {"better", "worse"} for cell in seated)
        payments = [stake for stake in stakes if stake.stake == "hours"]
        assert words in pays_grid(payments, ("a", "b"), lang).rows[2][2].text  # type: ignore[arg-type]
        assert words in who_pays_sentences(payments, lang)[2]  # type: ignore[arg-type]


def test_in_how_many_pairs_it_was_higher_reads_alike_on_command_line_app_and_report() -> None:
    # One pair higher, one lower, two equal: a share that counts ties half would be 50 %.
    runs = (
        {"ring_found": np.array([0.0, 1.0, 1.0, 0.0])},
        {"ring_found": np.array([1.0, 0.0, 1.0, 0.0])},
    )
    comparison = compare(*runs, METRICS)
    for lang, words in (("en", "1 of 4"), ("nl", "1 van 4")):
        line = shown_comparison(comparison.outcomes["ring_found"], lang)  # type: ignore[arg-type]
        _, (app,) = verdict_page.verdicts(comparison, ("ring_found",), lang)  # type: ignore[arg-type]
        report = [cell.text for cell in outcomes_grid(comparison, lang).rows[0]]  # type: ignore[arg-type]
        assert line.higher == app[5] == report[5] == words
        assert line[1:6] == tuple(app[1:6]) == tuple(report[1:6])


def payment(**hours: list[float]) -> GroupStake:
    """Hours of a ring, NaN in a run without one."""
    values = {name: np.array(of) for name, of in hours.items()}
    a, *others = values
    compared = {b: compare_outcome("hours", values[a], values[b], STAKES["hours"]) for b in others}
    return GroupStake("inner_ring", "hours", values, dict.fromkeys(values, 1.0), compared)


NONE = float("nan")


def test_hours_of_a_group_are_over_the_pairs_of_which_the_difference_is() -> None:
    # In its own runs the reference has a mean of 30; in the pairs with a ring on both sides 20.
    paid = payment(a=[10.0, 30.0, 50.0], b=[11.0, 33.0, NONE])
    assert shown_hours(paid, "a", "en") == ("20.0", "")
    assert shown_hours(paid, "b", "en") == ("22.0", "+2.0")
    (sentence,) = who_pays_sentences([paid])
    assert '20.0 hours a month for one organisation with "a"; 22.0 hours' in sentence
    assert pays_grid([paid], ("a", "b"), "nl").rows[0][2].text.startswith("22,0 (+2,0: ")


def test_where_pairs_differ_the_reference_of_each_difference_stands_beside_it() -> None:
    paid = payment(a=[10.0, 30.0, 50.0], b=[11.0, 33.0, NONE], c=[NONE, 31.0, 51.0])
    assert shown_hours(paid, "a", "nl") == ("30,0", "")
    assert shown_hours(paid, "b", "nl") == ("22,0", "+2,0 tegen 20,0")
    assert shown_hours(paid, "c", "en") == ("41.0", "+1.0 against 40.0")
    (sentence,) = who_pays_sentences([paid], "nl")
    assert '+2,0 ten opzichte van "a" (20,0 in dezelfde paren)' in sentence


def test_a_difference_in_a_single_pair_is_not_shown() -> None:
    paid = payment(a=[10.0, 30.0], b=[11.0, NONE])
    assert shown_hours(paid, "a", "en") == ("20.0", "")
    assert shown_hours(paid, "b", "en") == ("11.0", "")
    assert gains_grid([paid], "b", "en").rows[0][1].text == "-"
    assert gain_sentences([paid], "en") == [
        'Inner ring with "b": not known: hours spent on working together.'
    ]


def test_scenarios_without_a_lasting_difference_are_told_with_or_between_them() -> None:
    same = {name: np.ones((3, 20)) for name in ("a", "b", "c", "d")}
    followed = course("days_to_help", same)
    assert 'with "b", "c" or "d" no lasting' in course_sentences([followed], "en")[0]
    assert 'met "b", "c" of "d" geen blijvend' in course_sentences([followed], "nl")[0]


def test_a_difference_that_lasts_is_told_by_the_mean_that_it_is() -> None:
    draw = np.random.default_rng(5)
    a = draw.normal(10.0, 0.1, (30, 40))
    followed = course("days_to_help", {"a": a, "b": a + 1.0})
    assert "by 1.0 days in the last 3 months" in course_sentences([followed], "en")[0]
    assert "in de laatste 3 maanden met 1,0 dagen" in course_sentences([followed], "nl")[0]


def test_a_lasting_difference_of_less_than_what_matters_is_told_as_such() -> None:
    draw = np.random.default_rng(5)
    a = draw.normal(10.0, 0.1, (30, 40))
    for gap, too_small in ((1.0, True), (6.0, False)):
        followed = course("days_to_help", {"a": a, "b": a + gap})
        days = compare_outcome("days_to_help", a[:, -1], a[:, -1] + gap, METRICS["days_to_help"])
        text = course_sentences([followed], "en", {("b", "days_to_help"): days})[0]
        assert ("days in the last 3 months (less than what matters)" in text) is too_small


def test_a_unit_that_is_the_name_of_an_outcome_is_told_once() -> None:
    assert outcome_name("errors_per_100_cases", "nl") == "fouten per 100 geholpen casussen"
    assert outcome_name("days_to_help", "nl").endswith(" (dagen)")


def test_hours_of_the_rings_are_told_with_the_runs_in_which_one_was_found() -> None:
    paid = payment(a=[10.0, 30.0, 50.0], b=[11.0, NONE, NONE])
    (sentence,) = who_pays_sentences([paid])
    assert sentence.startswith("Inner ring (found in 3 and 1 of 3 runs): ")
    head = pays_grid([paid], ("a", "b"), "nl").rows[0][0].text
    assert head == "Binnenring (gevonden in 3 en 1 van 3 simulaties)"
    everybody = replace(paid, group="providers")
    assert who_pays_sentences([everybody])[0].startswith("Providers: ")


def test_how_a_lasting_difference_is_recognised_is_said_with_the_zero_that_it_leaves_out() -> None:
    assert "leaves out zero for at least the last twelve months" in said("pointwise", "en")
    assert "sluit nul uit" in said("pointwise", "nl")


def test_units_of_stakes_have_dutch_words_and_a_reason_for_what_matters() -> None:
    for stake in STAKES.values():
        assert unit_words(stake.unit, "nl") != stake.unit
        assert stake.why
        assert stake.matters > 0.0


def test_what_does_not_apply_reads_so_in_every_table() -> None:
    days = {"days_to_help": np.array([40.0, 41.0])}
    some, nobody = ({"support_at_home": np.array(of)} for of in ([0.2, 0.3], [NONE, NONE]))
    comparison = compare(days | some, days | nobody, METRICS)
    verdict = WholeVerdict(("A", "B"), 2, 12, (comparison,), (), ())
    for lang, words in (("en", "does not apply"), ("nl", "niet van toepassing")):
        line = shown_comparison(comparison.outcomes["support_at_home"], lang)  # type: ignore[arg-type]
        assert line.verdict == words
        row = next(r for r in short_grid(verdict, lang).rows if words in r[2].text)  # type: ignore[arg-type]
        assert (row[2].text, row[2].sort) == (f"\u2013 {words}", "does-not-apply")
        assert words in told(verdict, lang).outcomes[0]["support_at_home"]  # type: ignore[arg-type]


def test_hours_of_a_whole_region_matter_by_the_number_of_organisations_in_it() -> None:
    table = {
        "replicate": np.repeat(np.arange(3), 17), "organisation": np.tile([f"o{n}" for n in range(17)], 3),
    }  # fmt: skip
    evidence = Evidence(("a",), (0, 1, 2), 12, {}, {}, {"a": table})
    fewer = metrics_in(evidence.number_of_organisations("a"))
    assert fewer["collaboration_hours"].matters == pytest.approx(17.0)
    assert metrics_in(ORGANISATIONS) == dict(METRICS)
    assert fewer["days_to_help"] == METRICS["days_to_help"]


def test_a_region_of_one_size_is_judged_alike_from_python_and_from_its_evidence() -> None:
    worlds = [small(name="a"), small(name="b", table={"seats": 2})]
    results = run_scenarios(worlds, replicates=3)
    (own,) = verdict_of(evidence_of_runs(results)).comparisons
    (other,) = compare_scenarios(worlds, replicates=3)
    matters = [one.outcomes["collaboration_hours"].matters for one in (own, other)]
    assert matters[0] == matters[1] < METRICS["collaboration_hours"].matters
