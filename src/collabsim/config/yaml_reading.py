"""YAML 1.2 as configs need it: plain values with their lines, and nothing that can surprise.

Refused are duplicate keys, anchors and aliases (a few lines of them can stand for gigabytes),
tags, more than one document and deep nesting. ``on`` and ``no`` are text, as
YAML 1.2 has it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from collabsim.config.errors import ConfigError, Place

DEEPEST_NESTING = 12
MOST_DIGITS = 400
MOST_VALUES = 100_000

NULL = re.compile(r"(?:~|null|Null|NULL|)")
TRUE = re.compile(r"true|True|TRUE")
FALSE = re.compile(r"false|False|FALSE")
WHOLE = re.compile(r"[-+]?[0-9]+")
OCTAL = re.compile(r"0o[0-7]+")
HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
INFINITE = re.compile(r"([-+]?)\.(?:inf|Inf|INF)")
NOT_A_NUMBER = re.compile(r"\.(?:nan|NaN|NAN)")

type Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """A value and where it was written; the place of a mapping's entry is that of its key."""

    value: Any
    place: Place

    def plain(self) -> Any:  # noqa: ANN401 - whatever the file holds
        """Give the value without places."""
        match self.value:
            case dict() as entries:
                return {key: node.plain() for key, node in entries.items()}
            case list() as items:
                return [node.plain() for node in items]
            case scalar:
                return scalar

    def at(self, path: tuple[str | int, ...]) -> "Node":
        """Give the node at ``path``, or the deepest one on the way to it."""
        node = self
        for part in path:
            match node.value:
                case dict() as entries if part in entries:
                    node = entries[part]
                case list() as items if isinstance(part, int) and part < len(items):
                    node = items[part]
                case _:
                    break
        return node

    def holds(self, path: tuple[str | int, ...]) -> bool:
        """Say whether there is a value at ``path``."""
        return not path or ((inner := self.at(path[:1])) is not self and inner.holds(path[1:]))


def read_text(text: str, place: Place) -> Node:
    """Read YAML text into nodes; ``place`` names the file, or a source without lines.

    Raises:
        ConfigError: see the module.

    """
    reader = Reader(text, place)
    try:
        return reader.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = None if mark is None else mark.line + 1
        reason = " ".join((error.problem or error.context or "unreadable").split())
        raise reader.refusal(
            f"this is not YAML ({reason})",
            "a config is YAML 1.2",
            "check indentation, quotes, colons and brackets on this line and the one before",
            line,
        ) from error
    except ReaderError as error:
        raise reader.refusal(
            "this holds a character that YAML does not allow",
            "a config is printable text",
            "remove the control character",
            text.count("\n", 0, error.position) + 1,
        ) from error
    except (YAMLError, ValueError, AssertionError, IndexError, TypeError) as error:
        raise reader.refusal(
            "this is not YAML", "a config is YAML 1.2", "compare it with a config that works", None
        ) from error


class Reader:
    """Turns the events of the YAML parser into nodes, refusing on sight what configs never need."""

    def __init__(self, text: str, place: Place) -> None:
        self.place = place
        self.values = 0
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)

    def refusal(self, found: str, rule: str, repair: str, line: int | None) -> ConfigError:
        """Give the error for one line."""
        return ConfigError(found, rule=rule, repair=repair, place=self.on(line))

    def on(self, line: int | None) -> Place:
        """Give the place on a line; what has no file has no lines."""
        return self.place if self.place.file is None else self.place._replace(line=line)

    def document(self) -> Node:
        """Read the one document of the text."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, DocumentStartEvent) and root is not None:
                raise self.refusal(
                    "a second document begins here (---)",
                    "a config is one document",
                    "put the other document in a file of its own",
                    event.start_mark.line + 1,
                )
            if isinstance(event, NodeEvent):
                root = self.node(event, 1)
        if self.place.file is None:
            return Node(None, self.place) if root is None else root
        if root is None or root.value is None:
            raise self.refusal(
                "this is empty",
                "a config says at least which version of the format it is written in",
                'begin with "schema: 1", or extend another config',
                None,
            )
        return root

    def node(self, event: Any, depth: int, line: int | None = None) -> Node:  # noqa: ANN401
        """Read one value that begins with ``event``."""
        place = self.on(event.start_mark.line + 1 if line is None else line)
        self.refuse_what_surprises(event, depth, event.start_mark.line + 1)
        if isinstance(event, ScalarEvent):
            return Node(self.scalar(event), place)
        if isinstance(event, SequenceStartEvent):
            items = []
            while not isinstance(inner := next(self.events), SequenceEndEvent):
                items.append(self.node(inner, depth + 1))
            return Node(items, place)
        return Node(self.mapping(depth), place)

    def mapping(self, depth: int) -> dict[str, Node]:
        """Read the entries of a mapping, each key once."""
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), MappingEndEvent):
            line = event.start_mark.line + 1
            self.refuse_what_surprises(event, depth, line)
            if not isinstance(event, ScalarEvent):
                raise self.refusal(
                    "a list or group is used as a key",
                    "a key is one word",
                    "put quotes around text with brackets or a question mark",
                    line,
                )
            key = str(event.value)
            if key in entries:
                raise ConfigError(
                    f'the key "{key}" is here for the second time, after line '
                    f"{entries[key].place.line}",
                    rule="a key may occur once in its group",
                    repair="remove one of the two",
                    place=self.on(line),
                    key=key,
                )
            entries[key] = self.node(next(self.events), depth + 1, line)
        return entries

    def refuse_what_surprises(self, event: Any, depth: int, line: int) -> None:  # noqa: ANN401
        """Refuse anchors, aliases, tags and too much before anything is built of them."""
        if isinstance(event, AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            raise self.refusal(
                f'the YAML reference "{sign}{str(event.anchor)[:40]}" is used',
                "anchors and aliases (& and *) are not allowed in a config",
                "write the value out, put what is shared in a file and extend that, "
                "or put quotes around text that begins with & or *",
                line,
            )
        if event.tag is not None:
            raise self.refusal(
                f'the YAML tag "{str(event.tag)[:40]}" is used',
                "tags (!) are not allowed in a config",
                "remove the tag, or put quotes around text that begins with !",
                line,
            )
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.refusal(
                f"here is value number {self.values:,}",
                f"a config has at most {MOST_VALUES:,} values",
                "keep data out of configs",
                line,
            )
        if depth > DEEPEST_NESTING and isinstance(event, SequenceStartEvent | MappingStartEvent):
            raise self.refusal(
                f"this is nested more than {DEEPEST_NESTING} levels deep",
                f"a config has at most {DEEPEST_NESTING} levels",
                "check for brackets or indentation too many",
                line,
            )

    def scalar(self, event: ScalarEvent) -> Scalar:
        """Give the value of a scalar by the core schema of YAML 1.2."""
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if WHOLE.fullmatch(text) and len(text) > MOST_DIGITS:
            raise self.refusal(
                f"this number has {len(text):,} digits",
                f"a number has at most {MOST_DIGITS} digits",
                "write a smaller number",
                event.start_mark.line + 1,
            )
        return plain_scalar(text)


def plain_scalar(text: str) -> Scalar:  # noqa: PLR0911 - one line for each kind in the core schema
    """Give the value of unquoted text by the core schema of YAML 1.2."""
    if NULL.fullmatch(text):
        return None
    if TRUE.fullmatch(text):
        return True
    if FALSE.fullmatch(text):
        return False
    if WHOLE.fullmatch(text):
        return int(text)
    if OCTAL.fullmatch(text) or HEXADECIMAL.fullmatch(text):
        return int(text, 0)
    if NUMBER.fullmatch(text) or NOT_A_NUMBER.fullmatch(text):
        return float(text.lstrip(".") if NOT_A_NUMBER.fullmatch(text) else text)
    if match := INFINITE.fullmatch(text):
        return float(f"{match[1]}inf")
    return text
