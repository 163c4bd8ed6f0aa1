"""Having the model loaded and compiled, once for all sessions."""

import threading

from collabsim.experiments.waking import wake_up
from collabsim.parameters import Scenario

_one_at_a_time = threading.Lock()
_awake = threading.Event()


def wake(scenario: Scenario) -> None:
    """Have the model loaded and compiled, once in this process."""
    with _one_at_a_time:
        if not _awake.is_set():
            wake_up(scenario, scenario.seed)
            _awake.set()


def is_awake() -> bool:
    """Whether that was done."""
    return _awake.is_set()
