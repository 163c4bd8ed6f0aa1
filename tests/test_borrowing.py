"""What a compiled month may not do with the world that it borrows: count from the end of an array."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from collabsim.borrowing import borrowed
from collabsim.cases import PARTIES
from collabsim.compiled import compiled

#: A busy world as plain Python, in which a place below 0 in a column of any noun raises.
LIVED_STRICTLY = """
import numpy as np
from collabsim.rows import Rows

class Strict(np.ndarray):
    def __getitem__(self, place):
        checked(place)
        return super().__getitem__(place)

    def __setitem__(self, place, value):
        checked(place)
        super().__setitem__(place, value)

def checked(place):
    for index in place if isinstance(place, tuple) else (place,):
        if isinstance(index, (int, np.integer)) and not isinstance(index, bool) and index < 0:
            raise IndexError(f"{place} counts from the end")

column = Rows.__getattr__
Rows.__getattr__ = lambda rows, name: column(rows, name).view(Strict)

from small_worlds import small
from test_reproducibility import TINY

from collabsim.model import CollaborationModel
scenario = small(**{groups})
model = CollaborationModel(scenario, seed=3)
model.run_for(scenario.months)
try:
    model.world.ties.room[-1]
except IndexError:
    print(int(model.world.record.months.counts.sum()), int(model.world.cases.parties.max()))
"""
#: Whoever promises cannot keep it and does not say so, so cases go from one party to the next.
EVERY_PROMISE_BREAKS = {
    "months": 20, "history_months": 0,
    "region": {"municipality_count": 1, "provider_count": 16, "fields": ["care", "housing", "work", "safety"]},
    "commissioning": {"budget": 0.2, "contracts_per_provider": 1.0},
    "promises": {"embarrassment": 5.0, "optimism": 1.0, "pressure": 5.0},
    "cooperation": {"need_weight": 4.0, "decisiveness": 8.0, "load_aversion": 0.0},
    "casework": {"fails_after_months": 60, "cases_per_1000_per_year": 0.4, "needs_least": 4, "needs_most": 4},
}  # fmt: skip


class Numbers(NamedTuple):
    """Something to borrow."""

    row: np.ndarray


@compiled
def number_at(numbers: Numbers, place: int) -> float:
    """One of the borrowed numbers."""
    return float(borrowed(numbers).row[place])


def test_what_is_borrowed_reads_as_it_was() -> None:
    numbers = Numbers(np.array([3.0, 5.0, 7.0]))
    assert [number_at(numbers, place) for place in range(3)] == [3.0, 5.0, 7.0]


def in_python(program: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A program run by itself."""
    return subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_place_before_the_first_is_refused_when_bounds_are_checked(tmp_path: Path) -> None:
    program = """
import numpy as np
from test_borrowing import Numbers, number_at
print(number_at(Numbers(np.array([3.0, 5.0])), 1))
number_at(Numbers(np.array([3.0, 5.0])), -1)
"""
    answer = in_python(program, NUMBA_BOUNDSCHECK="1", NUMBA_CACHE_DIR=str(tmp_path))
    assert answer.stdout == "5.0\n"
    assert "IndexError" in answer.stderr


@pytest.mark.slow
def test_no_month_counts_from_the_end_of_a_column() -> None:
    answer = in_python(LIVED_STRICTLY.replace("{groups}", "TINY"), NUMBA_DISABLE_JIT="1")
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert int(answer.stdout.split()[0]) > 0


@pytest.mark.slow
def test_a_party_that_gave_way_to_later_ones_is_looked_for_nowhere() -> None:
    program = LIVED_STRICTLY.replace("{groups}", repr(EVERY_PROMISE_BREAKS))
    answer = in_python(program, NUMBA_DISABLE_JIT="1")
    assert answer.returncode == 0, answer.stderr[-2000:]
    assert int(answer.stdout.split()[1]) == PARTIES
