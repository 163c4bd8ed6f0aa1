"""Numbers as people write them: 7.5, 7,5, 1.200, 1 234, 1,234.5; what a point means is read from the others.

One point or comma before three digits can be either: 1.200 is 1200 for one writer and 1.2 for another.
Which it is follows from the other numbers of the file, and where these do not say, nothing is guessed.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from collabsim.config.importing.problems import quoted
from collabsim.phrases import Phrase

_SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_NUMBER = re.compile(
    rf"(?P<sign>[+-]?)(?:(?P<first>[1-9]\d{{0,2}})(?P<groups>(?:(?P<part>[.,'{_SPACES}])\d{{3}})(?:(?P=part)\d{{3}})*)"
    r"(?P<after>[.,]\d*)?|(?P<plain>\d+(?:[.,]\d*)?|[.,]\d+))"
)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_OTHER = {".": ",", ",": "."}


class Exact(str):
    """A number that a workbook holds as a number: its point is a decimal sign, whatever others write."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What points and commas mean in a file, as far as its numbers show.

    Attributes:
        decimal: signs behind which decimals stand.
        thousands: signs that part thousands.

    """

    decimal: frozenset[str] = frozenset()
    thousands: frozenset[str] = frozenset()

    def parts_thousands(self, sign: str) -> bool | None:
        """Whether a sign parts thousands; None where the numbers do not say, or contradict each other."""
        other = _OTHER[sign]
        thousands = sign in self.thousands or other in self.decimal
        decimal = sign in self.decimal or other in self.thousands
        return None if thousands == decimal else thousands


NO_MARKS = Marks()


def marks_in(texts: Iterable[str], wholes: Iterable[str] = ()) -> Marks:
    """What points and commas mean, from numbers that can be read in one way.

    Args:
        texts: numbers that may have decimals.
        wholes: numbers that are large and whole, such as inhabitants: a sign in these parts thousands.

    """
    decimal: set[str] = set()
    thousands: set[str] = set()
    for text in texts:
        found = _parts(text)
        if found is None or isinstance(text, Exact) or _EITHER.fullmatch(_trimmed(text)):
            continue
        if found["part"] in _OTHER:
            thousands.add(found["part"])
        after = found["after"] or re.sub(r"\d", "", found["plain"] or "")
        decimal.update(after[:1])
    for text in wholes:
        found = _parts(text)
        if found is not None and not isinstance(text, Exact) and found["part"] in _OTHER:
            thousands.add(found["part"])
    return Marks(frozenset(decimal), frozenset(thousands))


def in_doubt(text: str, marks: Marks = NO_MARKS, most: float = math.inf) -> bool:
    """Whether a number is one of two, and the other numbers do not tell which."""
    return reads_either_way(text, most) and marks.parts_thousands(_sign_in(text)) is None


def reads_either_way(text: str, most: float = math.inf) -> bool:
    """Whether a number, on its own, can be a thousand and more, or have three decimals."""
    either = not isinstance(text, Exact) and _EITHER.fullmatch(_trimmed(text)) is not None
    return either and int(_in_thousands(text)) <= most


def doubt(text: str) -> tuple[Phrase, Phrase]:
    """What is wrong with a number that is in doubt, and the repair."""
    thousands, decimals = _in_thousands(text), f"{_trimmed(text)}0"
    return (
        Phrase(
            f"{quoted(text)} can be {thousands}, or a number with three decimals",
            f"{quoted(text)} kan {thousands} zijn, of een getal met drie decimalen",
        ),
        Phrase(
            f"the other numbers do not show which; write {thousands} or {decimals}",
            f"uit de andere getallen blijkt niet welk; schrijf {thousands} of {decimals}",
        ),
    )


def number_in(
    text: str, *, whole: bool = False, marks: Marks = NO_MARKS, most: float = math.inf
) -> float | None:
    """The number that a text is; None if it is none.

    Args:
        text: as it was written.
        whole: whether it is large and has no decimals, so that 48.000 is a number of thousands.
        marks: what points and commas mean in the file; without them 1.200 has three decimals.
        most: the largest that it can be; what would be more by a thousand has three decimals.

    """
    if isinstance(text, Exact):
        value = float(text)
        return value if math.isfinite(value) else None
    found = _parts(text)
    if found is None:
        return None
    if found["plain"] is not None:
        return float(found["sign"] + found["plain"].replace(",", "."))
    thousands = found["first"] + re.sub(r"\D", "", found["groups"])
    value = float(found["sign"] + thousands + (found["after"] or "").replace(",", "."))
    if found["part"] not in _OTHER or found["after"] or len(found["groups"]) > len(".000"):
        return value
    if whole or (abs(value) <= most and marks.parts_thousands(found["part"])):
        return value
    return float(f"{found['sign']}{found['first']}.{found['groups'][1:]}")


def _parts(text: str) -> re.Match[str] | None:
    found = _NUMBER.fullmatch(_trimmed(text))
    # Decimals stand behind another sign than the one between thousands.
    if found is not None and found["after"] and found["after"][0] == found["part"]:
        return None
    return found


def _in_thousands(text: str) -> str:
    return _trimmed(text).lstrip("+").replace(_sign_in(text), "")


def _trimmed(text: str) -> str:
    return text.strip().replace("\N{MINUS SIGN}", "-")


def _sign_in(text: str) -> str:
    return "," if "," in text else "."
