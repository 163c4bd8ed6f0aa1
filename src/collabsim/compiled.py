"""How model functions are compiled: by Numba, without fast-math, releasing the interpreter lock.

With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python and give the same bits.

Numba notices a change in the file of a function, but not in the files of the functions it
calls. The cache folder is therefore named after a hash of all sources of the package. Where no
cache can be written, every process compiles for itself.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numba.core.cgutils
from numba import types
from numba.extending import intrinsic

import collabsim
from collabsim.sources import model_sources

# Numba sets these at run time, where a type checker cannot see them.
numba_config: Any = numba.config
njit: Any = numba.njit
cgutils: Any = numba.core.cgutils


def source_hash() -> str:
    """Hash of the version and of every source file that compiled functions may depend on."""
    digest = hashlib.sha256(f"{collabsim.__version__} numba {numba.__version__}".encode())
    for name, text in model_sources():
        digest.update(name.encode())
        digest.update(text)
    return digest.hexdigest()[:16]


def cache_folder() -> Path | None:
    """Folder for compiled code, made if need be; None where no folder can be written."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    home = os.environ.get("XDG_CACHE_HOME")
    base = Path(chosen) if chosen else Path(home or Path.home() / ".cache") / "collabsim"
    folder = base / source_hash()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


CACHE_FOLDER = cache_folder()


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` on first use and keep the result in the cache folder."""
    return _compiled(function, forceinline=False)


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """As ``compiled``, for small functions: their code is put in their callers.

    The world is a tuple of many arrays, and handing it over costs more than a small function does.
    """
    return _compiled(function, forceinline=True)


def _compiled[**P, R](function: Callable[P, R], *, forceinline: bool) -> Callable[P, R]:
    before = numba_config.CACHE_DIR
    numba_config.CACHE_DIR = "" if CACHE_FOLDER is None else str(CACHE_FOLDER)
    try:
        return njit(
            nogil=True,
            cache=CACHE_FOLDER is not None,
            forceinline=forceinline,
            no_cfunc_wrapper=True,
        )(function)
    finally:
        numba_config.CACHE_DIR = before


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


@intrinsic
def _borrowed(_: Any, world: Any) -> Any:  # noqa: ANN401 - Numba's own types
    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
        return _without_owner(context, builder, signature.return_type, arguments[0])

    return world(world), build


if TYPE_CHECKING or numba_config.DISABLE_JIT:

    def borrowed[T](world: T) -> T:
        """The same world; plain Python counts its references itself."""
        return world
else:
    #: The same world, without counting references to its arrays: whoever calls the compiled
    #: stretch keeps them alive, and counting took half of the time.
    borrowed = _borrowed
