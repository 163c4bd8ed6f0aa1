"""Borrowing: compiled functions pass the world on as one address, and count no references to it.

Numba hands a named tuple over part by part, and an array as seven numbers: two hundred numbers for
the world, in every call. A compiled stretch therefore borrows the world from its caller, who keeps
it alive, and gives the functions that it calls the address. Parts are read as before, by name. Both
together make a month about four times as fast, and halve the time of compiling.

This uses Numba's interface for types of one's own ("Extending Numba", low-level API).
"""

import hashlib
from typing import TYPE_CHECKING, Any

import numba
import numba.core.cgutils
from numba import types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr, intrinsic, lower_getattr_generic, models, register_model

# Numba sets these at run time, where a type checker cannot see them.
numba_config: Any = numba.config
cgutils: Any = numba.core.cgutils


def _without_owner(context: Any, builder: Any, kind: Any, value: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """LLVM value of ``value`` with the owner of every array in it set to nobody."""
    if isinstance(kind, types.Array):
        array = context.make_array(kind)(context, builder, value=value)
        array.meminfo = cgutils.get_null_value(array.meminfo.type)
        array.parent = cgutils.get_null_value(array.parent.type)
        return array._getvalue()  # noqa: SLF001 - Numba's own way to read a struct back
    if isinstance(kind, types.BaseTuple):
        kinds: Any = kind
        parts = cgutils.unpack_tuple(builder, value)
        fresh = [
            _without_owner(context, builder, k, part) for k, part in zip(kinds, parts, strict=True)
        ]
        return context.make_tuple(builder, kind, fresh)
    return value


class Borrowed(types.Type):
    """The type of a named tuple that a compiled function borrows: one address instead of all parts."""

    def __init__(self, of: Any) -> None:  # noqa: ANN401 - Numba's own types
        self.of = of
        digest = hashlib.sha256(str(of).encode()).hexdigest()[:8]
        super().__init__(name=f"Borrowed{of.instance_class.__name__}{digest}")


class BorrowedModel(models.PrimitiveModel):
    """In memory a borrowed tuple is the address of its parts."""

    def __init__(self, manager: Any, kind: Borrowed) -> None:  # noqa: ANN401 - Numba's own types
        parts = manager.lookup(kind.of).get_value_type()
        super().__init__(manager, kind, parts.as_pointer())  # type: ignore[no-untyped-call]


register_model(Borrowed)(BorrowedModel)


@infer_getattr
class BorrowedAttributes(AttributeTemplate):
    """The parts of a borrowed tuple have the types that they have in the tuple."""

    key = Borrowed

    def generic_resolve(self, kind: Borrowed, name: str) -> Any:  # type: ignore[override]  # noqa: ANN401 - Numba's own types
        """Type of part ``name``."""
        fields = kind.of.fields
        return kind.of[fields.index(name)] if name in fields else None


@lower_getattr_generic(Borrowed)  # type: ignore[no-untyped-call]
def _read_part(_: Any, builder: Any, kind: Borrowed, value: Any, name: str) -> Any:  # noqa: ANN401 - Numba's own types
    """Read one part; that nothing ever writes it lets the compiler keep what it has read."""
    place = cgutils.gep_inbounds(builder, value, 0, kind.of.fields.index(name))
    part = builder.load(place)
    part.set_metadata("invariant.load", builder.module.add_metadata([]))
    return part


@intrinsic
def _borrowed(_: Any, world: Any) -> Any:  # noqa: ANN401 - Numba's own types
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
        parts = _without_owner(context, builder, signature.args[0], arguments[0])
        return cgutils.alloca_once_value(builder, parts)

    return Borrowed(world)(world), build


if TYPE_CHECKING or numba_config.DISABLE_JIT:

    def borrowed[T](world: T) -> T:
        """The same world; plain Python counts its references itself."""
        return world
else:
    #: The same world, without counting references to its arrays: whoever calls the compiled
    #: stretch keeps them alive, and counting took half of the time.
    borrowed = _borrowed
