"""One month and two months, in English and Dutch, and names that stay as they are."""

from pathlib import Path

import numpy as np
import pytest

from collabsim.analysis.counting import SINGULAR, agreeing, amount
from collabsim.analysis.sentences import told_difference
from collabsim.analysis.wording import either
from collabsim.app.words import say
from collabsim.cli.answer_words import word as told_by_a_command
from collabsim.config import parameters
from collabsim.figures import paths
from collabsim.metrics import METRICS
from collabsim.reference.wording import UNITS, with_unit
from collabsim.report.words import word

#: How units begin of which there can be one.
COUNTED = ("cases", "days", "fields", "hours", "inhabitants", "months", "municipalities", "networks",
           "organisations", "parties", "providers", "residents", "rounds", "seats", "steps")  # fmt: skip


def test_what_is_counted_is_one_where_the_number_is_1() -> None:
    values = {"name": "1 seats", "replicates": 1, "months": 60, "seed": 1}
    assert told_by_a_command("run", "en", **values) == "1 seats: 1 replicate of 60 months, seed 1"
    assert told_by_a_command("run", "nl", **values).startswith(
        "1 seats: 1 herhaling van 60 maanden"
    )
    told = word("made", "nl", date="26 november 2026", version="0.1.0", replicates="1", months="12")
    assert ": 1 paar simulaties van 12 maanden" in told
    assert say("failed runs", "nl", count=1, reason="x") == "Mislukt: 1 simulatie (x)"
    assert agreeing("{a} runs", {"a": "11"}, "en") == "{a} runs"


@pytest.mark.parametrize(
    ("lang", "one", "several"), [("en", "1 seat", "10 seats"), ("nl", "1 zetel", "10 zetels")]
)
def test_a_value_agrees_with_its_unit(lang: str, one: str, several: str) -> None:
    seats = parameters()["table.seats"]
    assert with_unit(1, seats, lang) == one  # type: ignore[arg-type]
    assert with_unit(10, seats, lang) == several  # type: ignore[arg-type]
    towns = with_unit(1, parameters()["region.municipality_count"], lang)  # type: ignore[arg-type]
    assert towns == {"en": "1 municipality", "nl": "1 gemeente"}[lang]


def test_a_difference_agrees_with_its_unit() -> None:
    assert told_difference(1.0, "hours a month", "en", 0) == "1 hour a month"
    assert told_difference(1.0, "days", "nl", 0, signed=True) == "+1 dag"
    assert told_difference(0.01, "share", "en", 0) == "1 percentage point"
    assert told_difference(1.0, "hours a month", "en", 1) == "1.0 hours a month"
    assert amount("0,1", "dagen", "nl") == "0,1 dagen"


def test_whatever_is_counted_in_a_unit_has_a_word_for_one_in_both_languages() -> None:
    assert all(unit.split(" ")[0] in SINGULAR["en"] for unit in UNITS if unit.startswith(COUNTED))
    for english, dutch in UNITS.items():
        if english.split(" ")[0] in SINGULAR["en"]:
            assert dutch.split(" ")[0] in {*SINGULAR["nl"], "uur"}, english
    for unit in (metric.unit for metric in METRICS.values()):
        assert not unit.startswith(COUNTED) or unit.split(" ")[0] in SINGULAR["en"], unit


def test_other_scenarios_are_asked_about_one_by_one() -> None:
    assert either(['"A"'], "en") == '"A"'
    assert either(['"A"', '"B"'], "nl") == '"A" of "B"'
    assert either(['"A"', '"B"', '"C"'], "en") == '"A", "B" or "C"'


class Trust:
    en, nl, unit = "trust", "vertrouwen", "0 to 1"


@pytest.mark.parametrize(("lang", "dashed"), [("en", "Dashed: "), ("nl", "Gestreept: ")])
def test_a_scenario_alone_is_not_held_against_itself(
    tmp_path: Path, lang: str, dashed: str
) -> None:
    path = {"trust": np.full((2, 12), 0.71)}
    alone = paths({"A": path}, {"trust": Trust()}, tmp_path, lang=lang, name="alone")  # type: ignore[arg-type]
    both = paths({"A": path, "B": path}, {"trust": Trust()}, tmp_path, lang=lang, name="both")  # type: ignore[arg-type]
    assert dashed not in alone.caption
    assert (
        f'{dashed}de mediaan van "A"' in both.caption
        or f'{dashed}the median of "A"' in both.caption
    )
    scale = {"en": '"A" 0.71 on a scale from 0 to 1', "nl": '"A" 0,71 op een schaal van 0 tot 1'}
    assert scale[lang] in alone.alt
