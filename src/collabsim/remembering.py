"""Remembering what follows from an object that never changes, for as long as the object is there."""

import functools
import weakref
from collections.abc import Callable


def once_for_each[T, R](function: Callable[[T], R]) -> Callable[[T], R]:
    """Work ``function`` out once for each object, and not again for one that is as good as equal.

    Unlike ``functools.cache`` it needs no hash, takes 1 and 1.0 for two, and keeps nothing alive.
    """
    found: dict[int, tuple[weakref.ref[T], R]] = {}

    @functools.wraps(function)
    def remembered(thing: T) -> R:
        place = id(thing)
        known = found.get(place)
        if known is not None and known[0]() is thing:
            return known[1]
        answer = function(thing)
        found[place] = weakref.ref(thing, lambda _: found.pop(place, None)), answer
        return answer

    return remembered
