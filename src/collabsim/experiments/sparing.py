"""A run that works out no more than is kept of it."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import cast

from collabsim.metrics import METRICS
from collabsim.model import CollaborationModel
from collabsim.rings import Rings


class SparingModel(CollaborationModel):
    """The model as it is, but rings are sought only when an outcome asks for them: they take long."""

    def rings(self) -> Rings:
        """The inner ring, or what will look for it."""
        return cast("Rings", RingsOnDemand(super().rings))

    def outcomes_of(self, names: Sequence[str]) -> dict[str, float]:
        """Some outcomes of ``METRICS``, as ``outcomes`` gives them; no names stands for all."""
        return {name: float(METRICS[name].compute(self.recorded)) for name in names or METRICS}


class RingsOnDemand:
    """Stands for rings that are sought when somebody first asks about them."""

    def __init__(self, search: Callable[[], Rings]) -> None:
        self._search = search

    @cached_property
    def _found(self) -> Rings:
        return self._search()

    def __getattr__(self, name: str) -> object:
        """What the rings have under this name."""
        return getattr(self._found, name)
