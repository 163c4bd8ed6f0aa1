"""Strategies, outcomes and ground rules of a user's own, from one Python file, beside the package's.

A file declares them by making a ``Strategy``, a ``Metric`` or an ``OwnRule`` and giving it a name at
its top level. They are there as long as the file is in use, on the command line by ``--with FILE``::

    with collabsim.using("mine.py"):
        scenario = collabsim.load_scenario("region.yaml", overrides={"table.delegation": "largest"})

No config ever names a file. The source is part of what identifies a run, and goes along to workers.
"""

from collabsim.delegation.candidates import Candidates
from collabsim.delegation.strategies import Strategy
from collabsim.metrics import Metric
from collabsim.own.contract import ContractError, check_metric, check_rule, check_strategy
from collabsim.own.files import OwnFile, read_own
from collabsim.own.use import in_use, shipped, take_up, using
from collabsim.recorded import Recorded
from collabsim.rules import OwnRule, Rule

__all__ = [
    "Candidates",
    "ContractError",
    "Metric",
    "OwnFile",
    "OwnRule",
    "Recorded",
    "Rule",
    "Strategy",
    "check_metric",
    "check_rule",
    "check_strategy",
    "in_use",
    "read_own",
    "shipped",
    "take_up",
    "using",
]
