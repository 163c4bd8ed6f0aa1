"""Where results go: a folder that is new or empty, and files that are whole or not there."""

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from collabsim.phrases import Phrase


class OutputError(Exception):
    """A results folder that cannot be written or read; the message says how to repair that.

    As text it is in English; of a ``Phrase`` ``told_in`` gives the Dutch as well.
    """

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self._said = said

    def told_in(self, lang: str) -> str:
        """Give the message for who reads ``lang``, as far as it is there in that language."""
        return self._said.told_in(lang) if isinstance(self._said, Phrase) else self._said


def file_name(name: str) -> str:
    """A name from a config as part of a file's name: lower case, digits and hyphens only."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-") or "results"


def make_folder(out: Path | None, name: str, short_id: str, option: str = "--out") -> Path:
    """Make the folder for results, before anything is run.

    Args:
        out: the folder asked for, which must be new or empty; None makes
            ``results/<name>-<short id>`` under the current folder, numbered if it is there.
        name: name of the experiment.
        short_id: what tells experiments of one name apart.
        option: of the command, with which the folder is given.

    Raises:
        OutputError: the folder is not empty, is a file, or cannot be made.

    """
    try:
        if out is None:
            return _make_numbered(Path("results") / f"{file_name(name)}-{short_id}")
        check_free(out, option)
        out.mkdir(parents=True, exist_ok=True)
        if not os.access(out, os.W_OK | os.X_OK):
            raise OutputError(
                Phrase(
                    f"{out} cannot be written to; give {option} another folder",
                    f"in {out} kan niet worden geschreven; geef met {option} een andere map op",
                )
            )
    except (OSError, ValueError) as error:
        raise _unusable("results" if out is None else out, error, option) from error
    return out


def check_free(out: Path, option: str = "--out") -> None:
    """See that a folder for results is new or empty; nothing is made.

    It needs nothing that takes time to load, so that commands ask before they load the model.

    Raises:
        OutputError: it is not empty, is a file, or cannot be looked at.

    """
    try:
        if out.exists() and not out.is_dir():
            raise OutputError(
                Phrase(
                    f"{out} is a file; give {option} a new or empty folder",
                    f"{out} is een bestand; geef met {option} een nieuwe of lege map op",
                )
            )
        if out.is_dir() and any(out.iterdir()):
            raise OutputError(
                Phrase(
                    f"{out} is not empty, and results are never overwritten; "
                    f"give {option} a new or empty folder",
                    f"{out} is niet leeg, en resultaten worden nooit overschreven; "
                    f"geef met {option} een nieuwe of lege map op",
                )
            )
    except (OSError, ValueError) as error:
        raise _unusable(out, error, option) from error


def _unusable(place: Path | str, error: Exception, option: str) -> OutputError:
    return OutputError(
        Phrase(
            f"{place}: no folder for results can be made here ({reason(error)}); "
            f"give {option} a folder that you may write to",
            f"{place}: hier kan geen map voor resultaten worden gemaakt ({reason(error)}); "
            f"geef met {option} een map op waarin u mag schrijven",
        )
    )


def _make_numbered(wanted: Path) -> Path:
    """Make a folder, with a number after its name if there is one already."""
    wanted.parent.mkdir(parents=True, exist_ok=True)
    folder, number = wanted, 1
    while True:
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
            folder = wanted.with_name(f"{wanted.name}-{number}")
        else:
            return folder


def write_whole(path: Path, write: Callable[[Path], object]) -> None:
    """Let ``write`` fill a temporary file and put it in place only when it is whole."""
    part = path.with_name(f".{path.name}.part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def reason(error: Exception) -> str:
    """Why something failed, without what the message says already."""
    return getattr(error, "strerror", None) or " ".join(str(error).split())
