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

import numba
from numba import config as numba_config

import collabsim


def source_hash() -> str:
    """Hash of the version and of every source file that holds compiled functions."""
    package = Path(__file__).parent
    digest = hashlib.sha256(f"{collabsim.__version__} numba {numba.__version__}".encode())
    for path in sorted([*package.glob("*.py"), *package.glob("mechanisms/*.py")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
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
    before = numba_config.CACHE_DIR
    numba_config.CACHE_DIR = "" if CACHE_FOLDER is None else str(CACHE_FOLDER)
    try:
        return numba.njit(nogil=True, cache=CACHE_FOLDER is not None)(function)
    finally:
        numba_config.CACHE_DIR = before
