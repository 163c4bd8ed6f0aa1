"""What commands share: their options, what was chosen, and the exit codes."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from collabsim.phrases import Phrase

if TYPE_CHECKING:
    from collabsim.parameters import Scenario

type Lang = Literal["en", "nl"]

#: Exit codes of every command.
DONE, SOME_FAILED, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130

AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON document for machines.")]
Language = Annotated[
    Literal["en", "nl"], typer.Option("--lang", help="Language of the answer: en or nl.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter; can be repeated."),
]
Replicates = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Number of draws of luck.")
]
Seed = Annotated[
    int | None, typer.Option(min=0, max=2**63 - 1, help="Seed instead of the config's own.")
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="New or empty folder for the results.")
]
ThreadCount = Annotated[
    int | None, typer.Option("--threads", min=1, max=1024, help="Threads; by default all cores.")
]
Trace = Annotated[
    bool, typer.Option("--trace", help="Also write what happened in replicate 0, event by event.")
]

OwnFile = Annotated[
    Path | None,
    typer.Option(
        "--with", metavar="FILE", help="Python file with strategies or outcomes of your own."
    ),
]


class RefusedError(typer.BadParameter):
    """What was asked cannot be done; the message says why, and what can, in both languages."""

    def __init__(self, said: Phrase) -> None:
        super().__init__(said)
        self._said = said

    def told_in(self, lang: str) -> str:
        """Give the message for who reads ``lang``."""
        return self._said.nl if lang == "nl" else self.format_message()


def check_out(out: Path | None) -> None:
    """Refuse a folder for results that is in use before anything is loaded that takes time.

    Raises:
        OutputError: it is not new or empty.

    """
    if out is not None:
        from collabsim.experiments.folders import check_free

        check_free(out)


def check_names(scenarios: Sequence["Scenario"]) -> None:
    """Refuse scenarios that could not be told apart.

    Raises:
        RefusedError: two have one name.

    """
    names = [scenario.name for scenario in scenarios]
    for name in names:
        if names.count(name) > 1:
            raise RefusedError(
                Phrase(
                    f"two scenarios are called {name!r}; change the name in one of the files",
                    f"twee scenario's heten {name!r}; verander de naam in een van de bestanden",
                )
            )


def check_pairs(scenarios: Sequence["Scenario"]) -> None:
    """Refuse scenarios that cannot be compared pair by pair.

    Raises:
        RefusedError: there is one, two have one name, or they differ in length.

    """
    names = [scenario.name for scenario in scenarios]
    months = sorted({scenario.months for scenario in scenarios})
    if len(scenarios) < 2:  # noqa: PLR2004 - it takes two to compare
        raise RefusedError(
            Phrase(
                f"only {names[0]!r} is given, and it takes two to compare; list more scenarios",
                f"alleen {names[0]!r} is gegeven, en vergelijken vraagt er twee; noem meer scenario's",
            )
        )
    check_names(scenarios)
    if len(months) > 1:
        raise RefusedError(
            Phrase(
                f"the scenarios last {' and '.join(map(str, months))} months; what differs in length "
                "cannot be compared, so give all the same, for example with --set months=60",
                f"de scenario's duren {' en '.join(map(str, months))} maanden; wat in duur verschilt "
                "is niet te vergelijken, dus geef alle dezelfde, bijvoorbeeld met --set months=60",
            )
        )


def own_file(path: Path | None) -> AbstractContextManager[object]:
    """Have a file of the user's own in use; none if there is none."""
    if path is None:
        return nullcontext()
    from collabsim.own import using

    return using(path)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options that ``run`` and ``compare`` share; None where the config decides."""

    overrides: Mapping[str, str]
    replicates: int | None = None
    seed: int | None = None
    out: Path | None = None
    threads: int | None = None
    lang: Lang = "en"
    trace: bool = False
    as_json: bool = False


def overrides(settings: Sequence[str] | None) -> dict[str, str]:
    """The ``--set`` options by path.

    Raises:
        RefusedError: one has no equals sign, no path, or a path that was set already.

    """
    found: dict[str, str] = {}
    for setting in settings or ():
        path, equals, value = setting.partition("=")
        path = path.strip()
        if not path or not equals:
            raise RefusedError(
                Phrase(
                    f"{setting[:60]!r} has no path and value; write for example --set table.seats=12",
                    f"{setting[:60]!r} heeft geen pad en waarde; schrijf bijvoorbeeld "
                    "--set table.seats=12",
                )
            )
        if path in found:
            raise RefusedError(
                Phrase(
                    f"{path[:60]!r} is set twice; give --set once for each path",
                    f"{path[:60]!r} is twee keer ingesteld; geef --set een keer voor elk pad",
                )
            )
        found[path] = value.strip()
    return found
