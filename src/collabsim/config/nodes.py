"""What a config holds, each value with the place where it was written."""

from dataclasses import dataclass
from typing import Any

from collabsim.config.errors import Place


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was written; the place of a mapping's entry is that of its key."""

    value: Any
    place: Place

    def plain(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """Give the value without places."""
        match self.value:
            case dict() as entries:
                return {key: node.plain() for key, node in entries.items()}
            case list() as items:
                return [node.plain() for node in items]
            case scalar:
                return scalar

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """Give the node at ``path``, or the deepest one on the way to it."""
        node = self
        for part in path:
            match node.value:
                case dict() as entries if part in entries:
                    node = entries[part]
                case list() as items if isinstance(part, int) and part < len(items):
                    node = items[part]
                case _:
                    break
        return node

    def holds(self, path: tuple[str | int, ...]) -> bool:
        """Say whether there is a value at ``path``."""
        return not path or ((inner := self.at(path[:1])) is not self and inner.holds(path[1:]))
