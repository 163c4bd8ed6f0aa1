"""How the state of the model is stored: one array of rows per noun.

A noun is a class that lists its columns with their types. In memory it is one structured NumPy
array, so that compiled functions are handed a few arrays instead of a hundred; in code a column
reads as an array of its own: ``ties.integrity[i, k]``.
"""

import functools
from collections.abc import Hashable
from typing import Annotated, Any, Self, cast, get_args, get_type_hints

import numpy as np
from numpy.typing import NDArray

#: Columns: whole numbers, numbers, switches and identities, one per row.
type Whole = Annotated[NDArray[np.int64], "i8"]
#: Whole numbers below 32,768, where many of them would fill the caches.
type Small = Annotated[NDArray[np.int16], "i2"]
type Number = Annotated[NDArray[np.float64], "f8"]
type Switch = Annotated[NDArray[np.bool_], "?"]
type Identity = Annotated[NDArray[np.uint64], "u8"]


class Rows(np.ndarray):
    """A structured array whose columns read as attributes, without the detours of NumPy's own."""

    def __getattr__(self, column: str) -> NDArray[Any]:
        """The column, as a plain array over the same memory."""
        try:
            return np.ndarray.__getitem__(self, column).view(np.ndarray)
        except (IndexError, ValueError):
            raise no_column(column, self.dtype) from None


class Row(np.void):  # type: ignore[misc] # final in its stubs, not in NumPy
    """One row by itself, whose columns read as attributes, without the detours of NumPy's own."""

    def __getattr__(self, column: str) -> Any:  # noqa: ANN401 - any kind of column
        """What the row holds in the column."""
        try:
            return self[column]
        except (IndexError, ValueError):
            raise no_column(column, self.dtype) from None


def no_column(column: str, rows: np.dtype[Any]) -> AttributeError:
    """The error for a column that ``rows`` do not have."""
    return AttributeError(f"no column or attribute {column!r} in {rows.names}")


class Noun:
    """What all nouns share, because they are arrays of rows.

    Only for annotations: what stands behind a noun in memory is an array of ``Rows``.
    """

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of rows in each direction."""
        raise NotImplementedError

    def copy(self) -> Self:
        """The same rows, apart from these."""
        raise NotImplementedError

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - any way of indexing an array
        """One row, or a selection of rows."""
        raise NotImplementedError

    def __setitem__(self, place: Any, row: Any) -> None:  # noqa: ANN401 - idem
        """Replace rows."""
        raise NotImplementedError


@functools.cache
def row_type(noun: type) -> np.dtype[Any]:
    """Type of one row of ``noun``; an annotation ``Annotated[Number, 3]`` is three numbers."""
    columns: list[tuple[str, str, tuple[int, ...]]] = []
    for name, annotation in get_type_hints(noun, include_extras=True).items():
        shape: tuple[int, ...] = ()
        if hasattr(np.ndarray, name):
            raise TypeError(
                f"column {noun.__name__}.{name} would hide an attribute of arrays; rename it"
            )
        kind = annotation
        if not hasattr(kind, "__value__"):
            kind, *shape_given = get_args(annotation)
            shape = tuple(shape_given)
        code = get_args(kind.__value__)[1]
        # Numba has no arrays of switches inside a row; a byte does the same.
        columns.append((name, "u1" if shape and code == "?" else code, shape))
    return np.dtype(columns, align=True)


def rows[T: Noun](noun: type[T], *shape: int) -> T:
    """An array of ``shape`` rows of ``noun``, all zero."""
    return cast("T", np.zeros(shape, dtype=row_type(cast("Hashable", noun))).view(Rows))
