"""The things that were used last, and no more than so many of them."""

from collections import OrderedDict
from collections.abc import Callable


class Recent[Key, Thing]:
    """Keeps what was used last.

    Args:
        most: how many things are kept, 1 or more.

    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Thing] = OrderedDict()

    def __getitem__(self, key: Key) -> Thing:
        """Give what is kept.

        Raises:
            KeyError: it is not, or no longer.

        """
        return self._kept[key]

    def or_made(self, key: Key, make: Callable[[], Thing]) -> Thing:
        """Give what is kept; made now, and kept, if it is not."""
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]
