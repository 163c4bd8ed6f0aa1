"""What patterns look at in the state of a run at its end, beside its outcomes."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from collabsim.model import CollaborationModel
from collabsim.organisations import PRACTICE


def trust_and_duration(model: CollaborationModel) -> float:
    """Correlation over used ties of practice between integrity trust and how long both persons are there."""
    world = model.world
    ties, bonds, posts = world.ties, world.bonds, world.posts
    post = world.carriers.post[:, PRACTICE, 0]
    since = posts.since[np.arange(len(post)), post]
    who, slot = np.nonzero((ties.other >= 0) & (ties.contacts > 0))
    together = model.month - np.maximum(since[who], since[ties.other[who, slot]])
    known = bonds.acquaintance[who, slot, PRACTICE, 0, 0]
    trust = (
        known * bonds.integrity[who, slot, PRACTICE, 0, 0] + (1 - known) * ties.integrity[who, slot]
    )
    if len(trust) < 3 or np.ptp(trust) == 0.0 or np.ptp(together) == 0:  # noqa: PLR2004 - no line
        return float("nan")
    return float(np.corrcoef(trust, together)[0, 1])


STATE_MEASURES: Mapping[str, Callable[[CollaborationModel], float]] = MappingProxyType(
    {"trust_and_duration": trust_and_duration}
)
