"""How model functions are compiled: by Numba, without fast-math, releasing the interpreter lock.

With ``NUMBA_DISABLE_JIT=1`` the same functions run as plain Python and give the same bits.

Numba notices a change in the file of a function, but not in the files of the functions it
calls. The cache folder is therefore named after a hash of all sources of the package. In it a
function is found by its place in the package, and not on the disk, so that a clone and an installed
wheel of the same sources share what was compiled. Where no cache can be written, every process
compiles for itself.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import numba
from numba.core.caching import _CacheLocator

import collabsim
from collabsim.sources import model_sources

# Numba sets these at run time, where a type checker cannot see them.
numba_config: Any = numba.config
njit: Any = numba.njit


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
PACKAGE = Path(collabsim.__file__).parent


class InThePackage(_CacheLocator):
    """Tells Numba where it keeps a function of this package; each method is as Numba has it."""

    def __init__(self, function: Callable[..., object], file: Path) -> None:
        self._file, self._line = file, function.__code__.co_firstlineno

    def get_cache_path(self) -> str:
        """The folder that the function is kept in."""
        return str(CACHE_FOLDER / self._file.relative_to(PACKAGE).parent) if CACHE_FOLDER else ""

    def get_source_stamp(self) -> bytes:
        """What differs when the file of the function does."""
        return hashlib.sha256(self._file.read_bytes()).digest()

    def get_disambiguator(self) -> str:
        """What tells two functions of one name apart."""
        return str(self._line)

    @classmethod
    def from_function(cls, function: Callable[..., object], file: str) -> Self | None:
        """The place of a function; None if it is not one of this package."""
        inside = CACHE_FOLDER is not None and Path(file).is_relative_to(PACKAGE)
        return cls(function, Path(file)) if inside else None


#: Of functions outside the package Numba decides itself.
LOCATORS = f"{InThePackage.__module__}.{InThePackage.__name__},UserProvidedCacheLocator"


def compiled[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """Compile ``function`` on first use and keep the result in the cache folder."""
    return _compiled(function)


def inlined[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """As ``compiled``, for small functions: their code is put in their callers."""
    return _compiled(function, forceinline=True)


def spliced[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """As ``compiled``, for large functions that only one other calls: compiled as a part of it."""
    return _compiled(function, inline="always")


def _compiled[**P, R](function: Callable[P, R], **options: object) -> Callable[P, R]:
    before = numba_config.CACHE_DIR, numba_config.CACHE_LOCATOR_CLASSES
    numba_config.CACHE_DIR = "" if CACHE_FOLDER is None else str(CACHE_FOLDER)
    numba_config.CACHE_LOCATOR_CLASSES = LOCATORS
    try:
        return njit(
            nogil=True,
            cache=CACHE_FOLDER is not None,
            no_cfunc_wrapper=True,
            **options,
        )(function)
    finally:
        numba_config.CACHE_DIR, numba_config.CACHE_LOCATOR_CLASSES = before
