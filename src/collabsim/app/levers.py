"""Levers: what those involved can pull. Nobody changes the past, so in the app they act from month 0 on.

A lever that only matters where parties sit together is not felt before the first table anyway. The
few that houses feel before it too are put on the timeline, in month 0; pulling them leaves the
history as it was, as a change of the table does. What no timeline can change (whether there are
second contacts, and the grades that month 0 is moved to) holds for the past as well.
"""

from collabsim.config import Parameter
from collabsim.config.timeline import changeable_paths
from collabsim.yardstick import TOGETHER

#: Grades at the start are what a client knows of the own collaboration: shown among the levers.
_STARTING_GRADES = "grades"


def is_lever(parameter: Parameter) -> bool:
    """Whether somebody can pull it, or knows it of the own collaboration."""
    declared = parameter.declaration
    return parameter.group == _STARTING_GRADES or (
        declared is not None and declared.role == "lever"
    )


def is_felt_before(parameter: Parameter) -> bool:
    """Whether it is a lever that houses feel before month 0 too, and that can be pulled then."""
    return _is_lever_of_houses(parameter) and parameter.path in changeable_paths()


def is_settled_before(parameter: Parameter) -> bool:
    """Whether it is a lever that can only be pulled for the past as well."""
    return _is_lever_of_houses(parameter) and parameter.path not in changeable_paths()


def _is_lever_of_houses(parameter: Parameter) -> bool:
    group = parameter.path.partition(".")[0]
    return is_lever(parameter) and group not in (*TOGETHER, _STARTING_GRADES)
