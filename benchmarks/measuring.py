"""What the benchmarks share: the clock, the region, and plain tables."""

import argparse
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

# One core means one core: linear algebra must not start threads of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

if TYPE_CHECKING:
    from collabsim.parameters import Scenario

SCENARIOS = Path(__file__).resolve().parents[1] / "configs" / "scenarios"


def arguments(description: str, **numbers: int) -> argparse.Namespace:
    """The command line of a benchmark: ``--quick``, and whole numbers with their defaults."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()


def region(name: str = "region-004-rotating") -> "Scenario":
    """A scenario of the shipped configs."""
    from collabsim import load_scenario

    return load_scenario(SCENARIOS / f"{name}.yaml")


def cpu_seconds[**Given, Result](
    work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs
) -> tuple[float, Result]:
    """CPU seconds of this process that ``work`` took, and what it gave back."""
    began = time.process_time()
    result = work(*given, **named)
    return time.process_time() - began, result


def print_table(title: str, heads: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """A table in plain text: first column left, the others right."""
    texts = [list(heads), *([as_text(cell) for cell in line] for line in lines)]
    widths = [max(len(line[column]) for line in texts) for column in range(len(heads))]
    print(f"\n{title}\n")
    for number, line in enumerate(texts):
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def as_text(cell: object) -> str:
    """A number with three or four figures that matter; anything else as it is."""
    if isinstance(cell, float):
        size = abs(cell)
        return f"{cell:,.0f}" if size >= 1000.0 else f"{cell:.4g}"  # noqa: PLR2004
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
