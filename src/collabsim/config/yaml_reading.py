"""YAML 1.2 as configs need it: plain values with their lines, and nothing that can surprise.

Refused are duplicate keys, anchors and aliases (a few lines of them can stand for gigabytes),
tags, more than one document and deep nesting. ``on`` and ``no`` are text, as
YAML 1.2 has it.
"""

from collections.abc import Iterator
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

from collabsim.config.errors import REMOVE_ONE, ConfigError, Place, in_thousands
from collabsim.config.nodes import Node
from collabsim.config.yaml_faults import not_yaml
from collabsim.config.yaml_scalars import WHOLE, Scalar, plain_scalar
from collabsim.phrases import Phrase

DEEPEST_NESTING = 12
MOST_DIGITS = 400
MOST_VALUES = 100_000
IS_YAML = Phrase("a config is YAML 1.2", "een config is in YAML 1.2 geschreven")


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
        raise reader.refusal(
            not_yaml(error),
            IS_YAML,
            Phrase(
                "check indentation, quotes, colons and brackets on this line and the one before",
                "kijk op deze regel en die ervoor naar inspringen, aanhalingstekens, "
                "dubbele punten en haakjes",
            ),
            line,
        ) from error
    except ReaderError as error:
        raise reader.refusal(
            Phrase(
                "this holds a character that YAML does not allow",
                "hier staat een teken dat in YAML niet mag",
            ),
            Phrase("a config is printable text", "een config is tekst van zichtbare tekens"),
            Phrase("remove the control character", "verwijder het stuurteken"),
            text.count("\n", 0, error.position) + 1,
        ) from error
    except (YAMLError, ValueError, AssertionError, IndexError, TypeError) as error:
        raise reader.refusal(
            Phrase("this is not YAML", "dit is geen YAML"),
            IS_YAML,
            Phrase(
                "compare it with a config that works", "vergelijk het met een config die het doet"
            ),
            None,
        ) from error


class Reader:
    """Turns the events of the YAML parser into nodes, refusing on sight what configs never need."""

    def __init__(self, text: str, place: Place) -> None:
        self.place = place
        self.values = 0
        self.events: Iterator[Any] = YAML(typ="safe", pure=True).parse(text)

    def refusal(self, found: Phrase, rule: Phrase, repair: Phrase, line: int | None) -> ConfigError:
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
                    Phrase(
                        "a second document begins here (---)",
                        "hier begint een tweede document (---)",
                    ),
                    Phrase("a config is one document", "een config is één document"),
                    Phrase(
                        "put the other document in a file of its own",
                        "zet het andere document in een eigen bestand",
                    ),
                    event.start_mark.line + 1,
                )
            if isinstance(event, NodeEvent):
                root = self.node(event, 1)
        if self.place.file is None:
            return Node(None, self.place) if root is None else root
        if root is None or root.value is None:
            raise self.refusal(
                Phrase("this is empty", "hier staat niets in"),
                Phrase(
                    "a config says at least which version of the format it is written in",
                    "een config zegt ten minste in welke versie van het formaat hij is geschreven",
                ),
                Phrase(
                    'begin with "schema: 1", or extend another config',
                    'begin met "schema: 1", of bouw voort op een andere config',
                ),
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
                    Phrase(
                        "a list or group is used as a key",
                        "een lijst of groep staat op de plaats van een sleutel",
                    ),
                    Phrase("a key is one word", "een sleutel is één woord"),
                    Phrase(
                        "put quotes around text with brackets or a question mark",
                        "zet aanhalingstekens om tekst met haakjes of een vraagteken",
                    ),
                    line,
                )
            key = str(event.value)
            if key in entries:
                before = entries[key].place.line
                raise ConfigError(
                    Phrase(
                        f'the key "{key}" is here for the second time, after line {before}',
                        f'de sleutel "{key}" staat hier voor de tweede keer, na regel {before}',
                    ),
                    rule=Phrase(
                        "a key may occur once in its group",
                        "een sleutel komt in zijn groep één keer voor",
                    ),
                    repair=REMOVE_ONE,
                    place=self.on(line),
                    key=key,
                )
            entries[key] = self.node(next(self.events), depth + 1, line)
        return entries

    def refuse_what_surprises(self, event: Any, depth: int, line: int) -> None:  # noqa: ANN401
        """Refuse anchors, aliases, tags and too much before anything is built of them."""
        if isinstance(event, AliasEvent) or event.anchor is not None:
            sign = "*" if isinstance(event, AliasEvent) else "&"
            name = f"{sign}{str(event.anchor)[:40]}"
            raise self.refusal(
                Phrase(
                    f'the YAML reference "{name}" is used',
                    f'de YAML-verwijzing "{name}" wordt gebruikt',
                ),
                Phrase(
                    "anchors and aliases (& and *) are not allowed in a config",
                    "ankers en aliassen (& en *) mogen niet in een config",
                ),
                Phrase(
                    "write the value out, put what is shared in a file and extend that, "
                    "or put quotes around text that begins with & or *",
                    "schrijf de waarde uit, zet wat gedeeld wordt in een bestand en bouw daarop "
                    "voort, of zet aanhalingstekens om tekst die met & of * begint",
                ),
                line,
            )
        if event.tag is not None:
            raise self.refusal(
                Phrase(
                    f'the YAML tag "{str(event.tag)[:40]}" is used',
                    f'de YAML-tag "{str(event.tag)[:40]}" wordt gebruikt',
                ),
                Phrase("tags (!) are not allowed in a config", "tags (!) mogen niet in een config"),
                Phrase(
                    "remove the tag, or put quotes around text that begins with !",
                    "verwijder de tag, of zet aanhalingstekens om tekst die met ! begint",
                ),
                line,
            )
        self.values += 1
        if self.values > MOST_VALUES:
            raise self.refusal(
                Phrase(
                    f"here is value number {self.values:,}",
                    f"dit is waarde nummer {in_thousands(self.values)}",
                ),
                Phrase(
                    f"a config has at most {MOST_VALUES:,} values",
                    f"een config heeft hooguit {in_thousands(MOST_VALUES)} waarden",
                ),
                Phrase("keep data out of configs", "houd gegevens buiten de config"),
                line,
            )
        if depth > DEEPEST_NESTING and isinstance(event, SequenceStartEvent | MappingStartEvent):
            raise self.refusal(
                Phrase(
                    f"this is nested more than {DEEPEST_NESTING} levels deep",
                    f"dit is meer dan {DEEPEST_NESTING} niveaus diep genest",
                ),
                Phrase(
                    f"a config has at most {DEEPEST_NESTING} levels",
                    f"een config heeft hooguit {DEEPEST_NESTING} niveaus",
                ),
                Phrase(
                    "check for brackets or indentation too many",
                    "kijk of er haakjes te veel zijn, of iets te ver inspringt",
                ),
                line,
            )

    def scalar(self, event: ScalarEvent) -> Scalar:
        """Give the value of a scalar by the core schema of YAML 1.2."""
        text = str(event.value)
        if not event.implicit[0]:
            return text
        if WHOLE.fullmatch(text) and len(text) > MOST_DIGITS:
            raise self.refusal(
                Phrase(
                    f"this number has {len(text):,} digits",
                    f"dit getal heeft {in_thousands(len(text))} cijfers",
                ),
                Phrase(
                    f"a number has at most {MOST_DIGITS} digits",
                    f"een getal heeft hooguit {MOST_DIGITS} cijfers",
                ),
                Phrase("write a smaller number", "schrijf een kleiner getal"),
                event.start_mark.line + 1,
            )
        return plain_scalar(text)
