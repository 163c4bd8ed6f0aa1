"""A small sweep that tests share: a world of eight organisations, and twelve points of it."""

from pathlib import Path

from collabsim.experiments.executors import Executor, Serial
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweeps import Progress, carry_out_sweep

WORLD = """
schema: 1
name: small
months: 14
history_months: 6
region: {municipality_count: 2, provider_count: 6}
table: {seats: 3}
"""
SWEEP = """
schema: 1
kind: sweep
name: small sweep
scenarios: [world.yaml]
levers:
  table.seats: [2, 3, 4]
  people.handover: [0.0, 0.4]
uncertainties:
  table.meets_every_months: [1, 3]
replicates: 6
outcomes: [days_to_help, cooperation_rate]
"""


def sweep_in(folder: Path, text: str = SWEEP, world: str = WORLD) -> Path:
    """A sweep file, and the scenario that it names."""
    (folder / "world.yaml").write_text(world)
    (folder / "sweep.yaml").write_text(text)
    return folder / "sweep.yaml"


def carried_out(sweep: Sweep, folder: Path, executor: Executor | None = None) -> Progress:
    return carry_out_sweep(sweep, folder, executor or Serial(), lambda _done, _all: None)
