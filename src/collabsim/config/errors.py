"""What is wrong with a config, said once and in full: where, what, the rule and the repair.

Every part is said in English and Dutch at the place where it is found; whoever shows it chooses.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple, Self

from collabsim.phrases import Phrase

LONGEST_VALUE_SHOWN = 60
LONGEST_PLACE_SHOWN = 200

#: What steers a terminal, turns text round or ends a line: no text of a config holds it.
CONTROL = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff\\ufeff]"
)


REMOVE_ONE = Phrase("remove one of the two", "verwijder een van de twee")


def did_you_mean(name: str) -> Phrase:
    """Suggest the name that is nearest to one that does not exist."""
    return Phrase(f"did you mean {name}?", f"misschien is {name} bedoeld")


def printed(text: str) -> str:
    """Text in one line in which nothing is hidden."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


class Place(NamedTuple):
    """Where a value was written.

    Attributes:
        file: the file as the user would name it; None for what came from elsewhere.
        line: line in that file, counted from 1; None where the file as a whole is meant.
        rank: position of the file in reading order, 0 for the file that was asked for.
        source: what to call the place when it is no file ("--set table.seats=12").

    """

    file: str | None = None
    line: int | None = None
    rank: int = 0
    source: str = ""

    def __str__(self) -> str:
        """Name the place as a message begins: "region.yaml, line 7"."""
        return self.told_in("en")

    def told_in(self, lang: str) -> str:
        """Name the place for who reads ``lang``."""
        if self.file is None:
            source = printed(self.source)
            cut = len(source) > LONGEST_PLACE_SHOWN
            return f"{source[:LONGEST_PLACE_SHOWN]}..." if cut else source
        line = "regel" if lang == "nl" else "line"
        return self.file if self.line is None else f"{self.file}, {line} {self.line}"


class ConfigError(Exception):
    """A config cannot be used; the message names file, line, value, rule and repair.

    As text it is in English; ``told_in`` gives it in Dutch too.

    Attributes:
        file: file as the user would name it, or None.
        line: line counted from 1, or None.
        key: path of the parameter, or "".
        value: the value found, or None.
        found: what was found.
        rule: what holds for it.
        repair: what to do.
        more: how many more problems there are beside this first one.

    """

    def __init__(
        self,
        found: Phrase,
        *,
        rule: Phrase,
        repair: Phrase,
        place: Place | None = None,
        key: str = "",
        value: object = None,
        more: int = 0,
    ) -> None:
        place = Place() if place is None else place
        self.place, self.found, self.key, self.value = place, found, key, value
        self.rule, self.repair, self.more = rule, repair, more
        self.file, self.line = place.file, place.line
        super().__init__(self.told_in("en"))

    @classmethod
    def in_english(
        cls,
        found: str,
        *,
        rule: str,
        repair: str,
        place: Place | None = None,
        key: str = "",
        value: object = None,
    ) -> Self:
        """Make an error for who writes sweeps, claims or Python: in English, whoever reads it."""
        texts = [Phrase(text, text) for text in (found, rule, repair)]
        return cls(texts[0], rule=texts[1], repair=texts[2], place=place, key=key, value=value)

    def told_in(self, lang: str) -> str:
        """Give the whole message, in one line, for who reads ``lang``."""
        found, rule, repair = (text.told_in(lang) for text in (self.found, self.rule, self.repair))
        # What was found may begin with the name of a key, which keeps its small letter.
        told = printed(f"{found}. {sentence(rule)} {sentence(repair)}") + rest(self.more, lang)
        place = self.place.told_in(lang)
        return f"{place}: {told}" if place else told

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way from a worker process."""
        rebuild = partial(
            type(self),
            rule=self.rule,
            repair=self.repair,
            place=self.place,
            key=self.key,
            value=self.value,
            more=self.more,
        )
        return rebuild, (self.found,)

    @classmethod
    def first_of(cls, errors: "Sequence[ConfigError]") -> "ConfigError":
        """Give the first in reading order, which then says how many more there are."""
        first = min(errors, key=lambda error: (error.place.rank, error.line or 0))
        return cls(
            first.found,
            rule=first.rule,
            repair=first.repair,
            place=first.place,
            key=first.key,
            value=first.value,
            more=len(errors) - 1,
        )

    def as_dict(self) -> dict[str, Any]:
        """Give the facts of the error, for machines."""
        return {
            "message": str(self),
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "value": shown(self.value),
            "rule": self.rule,
            "repair": self.repair,
            "more": self.more,
        }


class OutsideError(ConfigError):
    """A config refers to a file that lies outside what it may use."""


def rest(more: int, lang: str) -> str:
    """Say how many more problems there are; nothing if this is the only one."""
    if not more:
        return ""
    if lang == "nl":
        return f" (Nog {more} {'probleem' if more == 1 else 'problemen'} in deze config.)"
    return f" ({more} more {'problem' if more == 1 else 'problems'} in this config.)"


def sentence(text: str) -> str:
    """Give a clause a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?")) else f"{text}."


def shown(value: object, lang: str = "en") -> str:
    """Write a value as it would stand in a config, cut where it is long."""
    dutch = lang == "nl"
    if value is None:
        return "leeg" if dutch else "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        text = f'"{value[: LONGEST_VALUE_SHOWN + 1]}"'
    elif isinstance(value, int) and value.bit_length() > 4 * LONGEST_VALUE_SHOWN:
        text = "een getal van heel veel cijfers" if dutch else "a number of very many digits"
    elif isinstance(value, dict):
        keys = "sleutel" if len(value) == 1 else "sleutels"
        text = f"een groep van {len(value)} {keys}" if dutch else f"a group of {len(value)} keys"
    elif isinstance(value, list | tuple):
        plain = all(isinstance(item, str | int | float) for item in value[:LONGEST_VALUE_SHOWN])
        text = f"[{', '.join(map(str, value[:LONGEST_VALUE_SHOWN]))}]"
        if not plain or len(text) > LONGEST_VALUE_SHOWN:
            text = f"{'een lijst van' if dutch else 'a list of'} {len(value)}"
    elif isinstance(value, float):
        text = plain_number(value)
    else:
        text = str(value)
    text = printed(text)
    return text if len(text) <= LONGEST_VALUE_SHOWN else f"{text[:LONGEST_VALUE_SHOWN]}..."


def setting(path: str, value: object) -> str:
    """Write what is set by hand as on the command line: "--set table.seats=12"."""
    text = value if isinstance(value, str) else "" if value is None else shown(value)
    return f"--set {path}={text}"


def plain_number(value: float) -> str:
    """Write a number without needless zeros: 0.5, 12, 1000000."""
    return repr(value).removesuffix(".0")


def in_thousands(number: float) -> str:
    """Write a whole number as Dutch prose does: 1.000.000."""
    return f"{number:,.0f}".replace(",", ".")
