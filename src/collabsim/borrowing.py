"""Borrowing: compiled functions pass the world on as one address, and count no references to it.

Numba hands a named tuple over part by part, and an array as seven numbers: two hundred numbers for
the world, in every call. A compiled stretch therefore borrows the world from its caller, who keeps
it alive, and gives the functions that it calls the address. Parts are read as before, by name. Both
together more than halve the time of a month, and that of compiling.

This uses Numba's interface for types of one's own ("Extending Numba", low-level API).
"""

import hashlib
import operator
from typing import TYPE_CHECKING, Any

import numba
import numba.core.cgutils
import numba.core.typing.templates
import numba.extending
import numba.np.arrayobj

# Numba sets these at run time, or gives them no types, where a type checker needs them.
numba_config: Any = numba.config
cgutils: Any = numba.core.cgutils
types: Any = numba.types
templates: Any = numba.core.typing.templates
extending: Any = numba.extending
arrays: Any = numba.np.arrayobj


class BorrowedArray(types.Array):
    """The type of an array, and of every view of it, to which no references are counted."""

    def copy(
        self,
        dtype: Any = None,  # noqa: ANN401 - Numba's own types
        ndim: int | None = None,
        layout: str | None = None,
        readonly: bool | None = None,
    ) -> "BorrowedArray":
        """The type of a view: borrowed as well."""
        return BorrowedArray(
            dtype=self.dtype if dtype is None else dtype,
            ndim=self.ndim if ndim is None else ndim,
            layout=self.layout if layout is None else layout,
            readonly=not self.mutable if readonly is None else readonly,
            aligned=self.aligned,
        )


@extending.register_model(BorrowedArray)
class BorrowedArrayModel(extending.models.StructModel):
    """In memory as any array, but its owner is an address like any other."""

    def __init__(self, manager: Any, kind: BorrowedArray) -> None:  # noqa: ANN401 - Numba's own types
        numbers = types.UniTuple(types.intp, kind.ndim)
        members = [
            ("meminfo", types.voidptr),
            ("parent", types.voidptr),
            ("nitems", types.intp),
            ("itemsize", types.intp),
            ("data", types.CPointer(kind.dtype)),
            ("shape", numbers),
            ("strides", numbers),
        ]
        super().__init__(manager, kind, members)


def lent(kind: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """The type in which a part of type ``kind`` is read from a borrowed tuple."""
    if isinstance(kind, types.Array):
        return BorrowedArray.copy(kind)
    if isinstance(kind, types.NamedTuple):
        parts: Any = kind
        return types.NamedTuple([lent(part) for part in parts], kind.instance_class)
    return kind


class Borrowed(types.Type):
    """The type of a named tuple that a compiled function borrows: one address instead of all parts."""

    def __init__(self, of: Any) -> None:  # noqa: ANN401 - Numba's own types
        self.of = of
        digest = hashlib.sha256(str(of).encode()).hexdigest()[:8]
        super().__init__(name=f"Borrowed{of.instance_class.__name__}{digest}")


class BorrowedModel(extending.models.PrimitiveModel):
    """In memory a borrowed tuple is the address of its parts."""

    def __init__(self, manager: Any, kind: Borrowed) -> None:  # noqa: ANN401 - Numba's own types
        parts = manager.lookup(kind.of).get_value_type()
        super().__init__(manager, kind, parts.as_pointer())


extending.register_model(Borrowed)(BorrowedModel)


@extending.infer_getattr
class BorrowedAttributes(templates.AttributeTemplate):
    """The parts of a borrowed tuple have the types that they have in the tuple."""

    key = Borrowed

    def generic_resolve(self, kind: Borrowed, name: str) -> Any:  # noqa: ANN401 - Numba's own types
        """Type of part ``name``."""
        fields = kind.of.fields
        return lent(kind.of[fields.index(name)]) if name in fields else None


@extending.lower_getattr_generic(Borrowed)
def _read_part(context: Any, builder: Any, kind: Borrowed, value: Any, name: str) -> Any:  # noqa: ANN401 - Numba's own types
    """Read one part; that nothing ever writes it lets the compiler keep what it has read."""
    number = kind.of.fields.index(name)
    part = builder.load(cgutils.gep_inbounds(builder, value, 0, number))
    part.set_metadata("invariant.load", builder.module.add_metadata([]))
    whole = kind.of[number]
    if isinstance(whole, types.Array) and whole.layout == "C":
        part = _with_known_strides(context, builder, lent(whole), part)
    return part


def _with_known_strides(context: Any, builder: Any, kind: BorrowedArray, value: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """The same array, with the length of a row as a constant, by which the compiler multiplies faster."""
    array = arrays.make_array(kind)(context, builder, value)
    shape = cgutils.unpack_tuple(builder, array.shape, kind.ndim)
    strides = [
        context.get_constant(types.intp, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    ]
    for length in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], length))
    array.strides = cgutils.pack_array(builder, strides)
    return array._getvalue()  # noqa: SLF001 - so Numba reads a struct


def _as_places(context: Any, builder: Any, kinds: Any, indices: Any) -> tuple[Any, Any]:  # noqa: ANN401 - Numba's own types
    """Indices by which nothing is counted from the end: their types, and themselves, as one tuple."""
    pairs = [
        (types.uintp, context.cast(builder, index, kind, types.intp))
        if isinstance(kind, types.Integer) and kind.signed
        else (kind, index)
        for kind, index in zip(kinds, indices, strict=True)
    ]
    whole = types.BaseTuple.from_types([kind for kind, _ in pairs])
    return whole, context.make_tuple(builder, whole, [index for _, index in pairs])


@extending.lower_builtin(operator.getitem, BorrowedArray, types.Integer)
def _read_row(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """Read one place of a row of places."""
    (array, place), (rows, index) = signature.args, arguments
    kinds, indices = _as_places(context, builder, [place], [index])
    return arrays.getitem_array_tuple(
        context, builder, signature.return_type(array, kinds), (rows, indices)
    )


@extending.lower_builtin(operator.getitem, BorrowedArray, types.BaseTuple)
def _read_place(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """Read one place, or a view, by several indices."""
    (array, place), (rows, index) = signature.args, arguments
    kinds, indices = _as_places(
        context, builder, place.types, cgutils.unpack_tuple(builder, index, len(place))
    )
    return arrays.getitem_array_tuple(
        context, builder, signature.return_type(array, kinds), (rows, indices)
    )


@extending.lower_builtin(operator.setitem, BorrowedArray, types.Any, types.Any)
def _write_place(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """Write one place, or a view."""
    (array, place, value), (rows, index, number) = signature.args, arguments
    several = isinstance(place, types.BaseTuple)
    kinds, indices = _as_places(
        context,
        builder,
        place.types if several else [place],
        cgutils.unpack_tuple(builder, index, len(place)) if several else [index],
    )
    return arrays.setitem_array(
        context, builder, signature.return_type(array, kinds, value), (rows, indices, number)
    )


@extending.intrinsic
def _borrowed(_: Any, world: Any) -> Any:  # noqa: ANN401 - Numba's own types
    def build(_: Any, builder: Any, __: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
        return cgutils.alloca_once_value(builder, arguments[0])

    return Borrowed(world)(world), build


if TYPE_CHECKING or numba_config.DISABLE_JIT:

    def borrowed[T](world: T) -> T:
        """The same world; plain Python counts its references itself."""
        return world
else:
    #: The same world, without counting references to its arrays: whoever calls the compiled
    #: stretch keeps them alive, and counting took half of the time.
    borrowed = _borrowed
