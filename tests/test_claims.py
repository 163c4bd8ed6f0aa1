"""Claims: what is written down beforehand, and what is said of it once it is run."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from collabsim.claims.arms import Arm, Arms, Cell, Kind, Sizes, World, cells
from collabsim.claims.claim import CLAIMS, Claim, Side, load_claims
from collabsim.claims.explaining import load_explanations
from collabsim.claims.findings import Finding, findings, goes_against
from collabsim.claims.page import PAGES, configs_with, page, place_on_the_page
from collabsim.claims.storing import (
    REFERENCE,
    as_document,
    changes,
    read_findings,
    stored,
    write_findings,
)
from collabsim.claims.verdicts import MISTAKES
from collabsim.config import load_scenario, parameters
from collabsim.metrics import METRICS
from reading_parameters import readers

PROJECT = Path(__file__).parents[1]
CLAIMED = {claim.id: claim for claim in load_claims(PROJECT / CLAIMS)}
ROWS = [f"R{number}" for number in range(1, 35)]
#: What levers set directly: hours, meetings and seats.
SET_BY_LEVERS = {
    "collaboration_hours", "hours_municipalities", "hours_providers", "hours_per_seat", "encounters",
    "seat_concentration",
}  # fmt: skip
#: Outcomes that the start of a run sets, by the beginning of the parameters that do so.
SET_AT_THE_START = {
    "learning.start": {"competence_trust", "integrity_trust"},
    "grades.": {
        "competence_trust", "integrity_trust", "acquaintance", "energy", "grievance", "images_apart",
        "ambition_concrete", "interests_known", "mutual_gains",
    },
}  # fmt: skip


# -- what is written down ------------------------------------------------------------------------


def test_every_row_of_the_articles_has_a_claim_and_a_system() -> None:
    assert [name for name in CLAIMED if name.startswith("R")] == ROWS
    assert all(CLAIMED[name].system and CLAIMED[name].systeem for name in ROWS)


@pytest.mark.parametrize("name", list(CLAIMED))
def test_a_claim_has_two_sides_that_differ_an_ablation_and_words_in_two_languages(
    name: str,
) -> None:
    claim, arms = CLAIMED[name], Arms(PROJECT)
    of, than = arms.arm(claim.of, {}, {}), arms.arm(claim.than, {}, {})
    assert of is not None
    assert than is None or of.key != than.key
    assert claim.ablations
    for ablation in claim.ablations:
        off = arms.arm(claim.of, {}, ablation.settings)
        assert off is not None
        assert off.key != of.key, ablation
    assert claim.en != claim.nl


@pytest.mark.parametrize("name", list(CLAIMED))
def test_a_claim_names_sources_that_the_page_of_sources_has(name: str) -> None:
    text = (PROJECT / "docs/sources.md").read_text(encoding="utf-8")
    for source in CLAIMED[name].sources:
        assert f"\n## {source}\n" in text or f"| {source}" in text, source


#: In which article each row is told; rows of the last, on named cases, are told in all of them.
TOLD_IN = {
    "k2-approach": (5, 7, 8, 10, 18, 19, 25, 26, 30, 31, 32, 33, 34),
    "insights": (26, 27, 28, 29),
    "weerthuis": (3, 4, 6, 22, 23, 24, 30, 34),
    "kansrijke-start": (1, 4, 5, 7, 8, 18, 20, 21, 22, 34),
    "k2-partnership": (1, 2, 3, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 25, 31, 32, 34),
}


@pytest.mark.parametrize("article", TOLD_IN)
def test_an_article_is_cited_for_what_it_tells_and_for_nothing_else(article: str) -> None:
    cited = [name for name in ROWS if article in CLAIMED[name].sources]
    assert cited == [f"R{row}" for row in TOLD_IN[article]]


@pytest.mark.parametrize("name", ROWS)
def test_a_row_names_modules_that_exist_parameters_that_they_read_and_a_place_in_the_docs(
    name: str,
) -> None:
    claim = CLAIMED[name]
    for mechanism in claim.mechanisms:
        assert (PROJECT / f"src/collabsim/mechanisms/{mechanism}.py").is_file(), mechanism
        assert "model.md#" in place_on_the_page(mechanism, PROJECT)
    known = set(parameters())
    for path in claim.parameters:
        known_group = any(one == path or one.startswith(f"{path}.") for one in known)
        assert known_group or path == "casework.contacts", path
    read = readers("mechanisms")
    reading = {module for path in claim.parameters for module in read.get(path, ())}
    assert reading & set(claim.mechanisms), (reading, claim.mechanisms)


def test_every_row_is_used_in_a_config() -> None:
    configs = {
        path.stem: load_scenario(path) for path in (PROJECT / "configs/scenarios").glob("*.yaml")
    }
    assert [name for name in ROWS if not configs_with(CLAIMED[name].parameters, configs)] == []


# -- no outcome is set by the lever --------------------------------------------------------------


@pytest.mark.parametrize("name", list(CLAIMED))
def test_no_claim_is_about_what_levers_spend_or_the_start_sets(name: str) -> None:
    claim = CLAIMED[name]
    assert claim.metric in METRICS.keys() - SET_BY_LEVERS
    for path in {*claim.of.settings, *claim.than.settings}:
        for beginning, outcomes in SET_AT_THE_START.items():
            assert not (path.startswith(beginning) and claim.metric in outcomes), path


@pytest.fixture(scope="module")
def first_shown() -> dict[str, dict[str, list[Any] | None]]:
    """For every lever of every claim the first stage in which it shows, and what outcomes move by then."""
    answer = subprocess.run(
        [sys.executable, "claim_stages.py"],
        cwd=PROJECT / "tests",
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, list[Any] | None]] = json.loads(answer.stdout)
    return found


@pytest.mark.slow
def test_no_outcome_of_a_claim_moves_in_the_stage_in_which_its_lever_first_shows(
    first_shown: dict[str, dict[str, list[Any] | None]],
) -> None:
    moved = [
        (name, path, shown[0])
        for name, levers in first_shown.items()
        for path, shown in levers.items()
        if shown is not None and CLAIMED[name].metric in shown[1]
    ]
    assert moved == []
    seen = [shown for levers in first_shown.values() for shown in levers.values() if shown]
    assert len(seen) > len(CLAIMED)
    # The search sees an outcome that a lever does set: support at home is what a report brings.
    assert any("support_at_home" in outcomes for _, outcomes in seen)


# -- verdicts, on runs that are made up ----------------------------------------------------------

COUNT = 40
CLAIM = replace(CLAIMED["R9"], metric="cooperation_rate", sign=1, matters=0.02)


def made_up(effect: float, worlds: Sequence[float] = (), left: float = 0.0) -> list[Finding]:
    """The finding of a claim whose lever has ``effect``, and ``left`` once something is switched off."""
    scenario = Arms(PROJECT).scenario("region-004-rotating")
    luck = np.random.default_rng(7).normal(0.5, 0.1, 10_000)
    runs, every = {}, []

    def cell(kind: Kind, number: int, gap: float, replicates: Sequence[int]) -> None:
        of, than = (Arm(f"{kind}{number}{side}", scenario, "") for side in ("of", "than"))
        for r in replicates:
            wobble = 0.1 * float(luck[r + 1] - luck[1 : COUNT + 1].mean())
            runs[than.key, r] = {"cooperation_rate": float(luck[r])}
            runs[of.key, r] = {"cooperation_rate": float(luck[r]) + gap + (wobble if gap else 0.0)}
        every.append(Cell(CLAIM.id, kind, number, of, than, tuple(replicates)))

    cell("defaults", 0, effect, range(COUNT))
    for number, _ in enumerate(CLAIM.ablations):
        cell("ablation", number, left, range(COUNT))
    kept = []
    for number, gap in enumerate(worlds):
        cell("kept", number, gap, (100 + number,))
        kept.append(World("kept", number, {"choice.habit": float(gap > 0.0), "word.reach": number}))
    return findings([CLAIM], every, runs, kept)


def test_an_effect_that_matters_is_supported() -> None:
    (found,) = made_up(0.1)
    assert (found.verdict, found.doubt) == ("supported", "")
    assert found.difference == pytest.approx(0.1, abs=0.005)
    assert 0.5 < found.against_luck < 2.0


def test_the_same_claim_turned_round_is_contradicted() -> None:
    (found,) = made_up(-0.1)
    assert found.verdict == "contradicted"


def test_a_lever_that_equals_its_control_makes_no_difference_that_matters() -> None:
    (found,) = made_up(0.0)
    assert found.verdict == "no difference that matters"
    assert found.ablations[0].removal == "nothing to remove"


def test_a_difference_on_the_edge_of_what_matters_is_not_known() -> None:
    (found,) = made_up(0.02)
    assert (found.verdict, found.doubt) == ("not known", "luck")


@pytest.mark.slow
def test_worlds_that_disagree_with_the_defaults_leave_it_open() -> None:
    (found,) = made_up(0.1, worlds=[0.1] * 10 + [-0.1] * 10)
    assert (found.verdict, found.doubt) == ("not known", "assumptions")
    assert found.kept is not None
    assert (found.kept.matters.count, found.kept.against.count) == (10, 10)
    assert found.flips.paths == ("choice.habit",)
    assert sorted(part.a_better / part.worlds for part in found.flips.parts) == [0.0, 1.0]


def test_worlds_that_agree_with_the_defaults_leave_the_verdict() -> None:
    (found,) = made_up(0.1, worlds=[0.1] * 19 + [-0.1])
    assert found.verdict == "supported"
    assert found.kept is not None
    assert found.kept.as_expected.low > 0.5


def test_an_ablation_that_takes_the_effect_away_is_told_from_one_that_leaves_it() -> None:
    assert made_up(0.1, left=0.0)[0].ablations[0].removal == "removes"
    assert made_up(0.1, left=0.06)[0].ablations[0].removal == "weakens"
    assert made_up(0.1, left=0.1)[0].ablations[0].removal == "leaves"
    assert made_up(0.1, left=-0.1)[0].ablations[0].removal == "turns"


def test_a_fact_that_calibration_used_counts_as_fitted_and_only_where_it_comes_out() -> None:
    for effect, verdict in ((0.1, "fitted"), (-0.1, "contradicted")):
        one = made_up(effect)
        assert one[0].verdict != "fitted"
        scenario = Arms(PROJECT).scenario("region-004-rotating")
        of, than = Arm("of", scenario, ""), Arm("than", scenario, "")
        runs = {
            (arm.key, r): {"cooperation_rate": 0.5 + gap + 0.001 * (r % 3)}
            for arm, gap in ((of, effect), (than, 0.0))
            for r in range(20)
        }
        cell = Cell(CLAIM.id, "defaults", 0, of, than, tuple(range(20)))
        (found,) = findings([CLAIM], [cell], runs, [], {CLAIM.id})
        assert found.verdict == verdict


def test_more_claims_make_each_harder_to_support() -> None:
    scenario = Arms(PROJECT).scenario("region-004-rotating")
    luck = np.random.default_rng(3)
    gaps = luck.normal(size=20)
    gaps = 0.037 + 0.03 * (gaps - gaps.mean()) / gaps.std(ddof=1)
    many = [replace(CLAIM, id=f"X{number}") for number in range(60)]
    runs, every = {}, []
    for claim in many:
        of, than = (Arm(f"{claim.id}{side}", scenario, "") for side in ("of", "than"))
        for r in range(20):
            gap = gaps[r] if claim is many[0] else float(luck.normal(0.0, 0.2))
            runs[than.key, r] = {"cooperation_rate": 0.5}
            runs[of.key, r] = {"cooperation_rate": 0.5 + float(gap)}
        every.append(Cell(claim.id, "defaults", 0, of, than, tuple(range(20))))
    (alone,) = findings(many[:1], every, runs, [])
    among = findings(many, every, runs, [])[0]
    assert alone.verdict == "supported"
    assert among.verdict == "not known"
    assert among.p > MISTAKES > alone.p


# -- what is to be run ---------------------------------------------------------------------------


def test_sides_that_are_the_same_world_are_run_once() -> None:
    arms = Arms(PROJECT)
    claims = [CLAIMED["R16"], CLAIMED["R17"]]
    every = list(cells(claims, arms, [], Sizes(pairs=2, ablation_pairs=1, worlds=0)))
    usual = [cell for cell in every if cell.kind == "defaults"]
    assert usual[1].than is usual[0].of


def test_what_a_side_arranges_holds_in_every_world() -> None:
    arms = Arms(PROJECT)
    world = {"choice.habit": 0.0, "word.reach": 0.9}
    rings = arms.arm(Side("rings-004"), world, {})
    assert rings is not None
    assert rings.scenario.choice.habit == 1.5
    assert rings.scenario.word.reach == 0.9
    sober = arms.arm(Side("region-004-rotating", {"word.reach": 0.5}), world, {})
    assert sober is not None
    assert (sober.scenario.word.reach, sober.scenario.choice.habit) == (0.5, 0.0)


# -- what is stored and shown --------------------------------------------------------------------


@pytest.mark.slow
def test_what_was_stored_is_what_is_read(tmp_path: Path) -> None:
    found = made_up(0.1, worlds=[0.1] * 10 + [-0.1] * 10)
    kept = stored(found, Sizes(), 7, {CLAIM.id: {"of": {"asked": 3.0}}})
    write_findings(kept, tmp_path / "claims.json")
    again = read_findings(tmp_path / "claims.json")
    assert again is not None
    assert as_document(again) == as_document(kept)
    assert again.findings[CLAIM.id].flips.paths == ("choice.habit",)


def test_what_changed_is_told_and_nothing_else() -> None:
    before = stored(made_up(0.1), Sizes(), 7, {})
    assert changes(before, before) == []
    after = stored(made_up(-0.1), Sizes(), 7, {})
    lines = changes(before, after)
    assert any("supported became contradicted" in line for line in lines)
    assert changes(None, after) == []


KEPT = read_findings(PROJECT / REFERENCE)


@pytest.mark.parametrize("lang", list(PAGES))
def test_the_page_is_what_the_stored_findings_and_the_claims_say(lang: str) -> None:
    assert KEPT is not None
    explanations = load_explanations(PROJECT / CLAIMS)
    shown = page(list(CLAIMED.values()), KEPT, explanations, PROJECT, lang)  # type: ignore[arg-type]
    assert (PROJECT / PAGES[lang]).read_text(encoding="utf-8") == shown  # type: ignore[index]


def test_every_claim_has_a_finding_with_its_ablations_and_worlds() -> None:
    assert KEPT is not None
    assert list(KEPT.findings) == list(CLAIMED)
    for name, found in KEPT.findings.items():
        claim: Claim = CLAIMED[name]
        assert (found.metric, found.matters) == (claim.metric, claim.matters)
        assert [one.en for one in found.ablations] == [one.en for one in claim.ablations]
        assert found.kept is not None
        assert found.claims == len(CLAIMED)


def test_every_claim_that_goes_the_other_way_is_explained_with_figures_from_the_record() -> None:
    assert KEPT is not None
    explanations = load_explanations(PROJECT / CLAIMS)
    for name, found in KEPT.findings.items():
        if goes_against(found, CLAIMED[name].sign):
            assert name in explanations, name
            assert len(re.findall(r"\{(?:of|than)\[", explanations[name].en)) >= 2, name
            assert explanations[name].nl


def test_contested_claims_say_where_they_hold() -> None:
    text = (PROJECT / PAGES["en"]).read_text(encoding="utf-8")
    part = text.partition("## Where contested effects hold")[2].partition("\n## ")[0]
    for name, claim in CLAIMED.items():
        assert (f"\n| {name} |" in part) == claim.contested
