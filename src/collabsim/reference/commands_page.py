"""The page of the documentation that lists every command, made from the commands themselves."""

from collections.abc import Iterator
from typing import Any

import typer

HEAD = """# Commands

<!-- Made from src/collabsim/cli/ by `python docs/generate.py`; do not edit. -->

Everything that can be typed after `collabsim` on the command line, and what it does. In square
brackets stands what may be left out; three dots say that it may be given more than once.
"""
TAIL = """## Exit codes

| Code | Meaning |
| --- | --- |
| 0 | all is done |
| 1 | some runs failed; the others are saved |
| 2 | bad input: one message says where, what rule, and how to repair it; nothing is written |
| 130 | interrupted; what was whole is saved |
"""


def commands_page() -> str:
    """Give the page in Markdown, one section a command."""
    from collabsim.cli import app

    parts = [HEAD]
    for words, command in _commands(typer.main.get_command(app), ()):
        parts.append(_section(words, command))
    return "\n".join([*parts, TAIL])


def _commands(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
    """Every command that does something, with the words that call it."""
    for name, inner in getattr(command, "commands", {}).items():
        if hasattr(inner, "commands"):
            yield from _commands(inner, (*words, name))
        else:
            yield " ".join((*words, name)), inner


def _section(words: str, command: Any) -> str:  # noqa: ANN401
    """What one command does, what it takes, and which options it has."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option"]
    usage = " ".join(
        [f"collabsim {words}", *map(_metavar, arguments), *["[options]"] * bool(options)]
    )
    lines = [f"## `{words}`", "", _one_line(command.help), "", "```text", usage, "```", ""]
    rows = [(_metavar(p), _one_line(getattr(p, "help", ""))) for p in arguments]
    rows += [(_flags(p), _option(p)) for p in options]
    lines += ["| Word | Meaning |", "| --- | --- |"]
    lines += [f"| `{word}` | {meaning} |" for word, meaning in rows]
    return "\n".join([*lines, ""])


def _metavar(argument: Any) -> str:  # noqa: ANN401
    """How an argument is shown in the usage, without the bars that a table cannot hold."""
    name = (argument.metavar or argument.name.upper()).replace(" | ", " or ")
    return str(name)


def _flags(option: Any) -> str:  # noqa: ANN401
    """The names of an option, with those that switch it off, and what it takes."""
    takes = "" if option.is_flag else " " + (option.metavar or option.name.upper())
    off = f" / {', '.join(option.secondary_opts)}" if option.secondary_opts else ""
    return ", ".join(option.opts) + takes + off


def _option(option: Any) -> str:  # noqa: ANN401
    """What an option means, with its default where it has one."""
    text = _one_line(option.help)
    shown = option.default not in {None, False, ()} and not callable(option.default)
    # What is on unless it is switched off has a default that is not to be seen from its name.
    default = option.opts[0] if option.is_flag else option.default
    return f"{text} Default: `{default}`." if shown else text


def _one_line(text: str | None) -> str:
    """A text without line breaks, as a table needs it."""
    return " ".join((text or "").split()).replace("|", "or")
