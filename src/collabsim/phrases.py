"""What is said in two languages, at the place where it is found; whoever shows it chooses."""

from typing import Any, Self


class Phrase(str):
    """A text in English that brings its Dutch along.

    It is the English for whoever wants plain text. Where both are needed plain text will not do,
    and the check of types says so.
    """

    __slots__ = ("nl",)
    nl: str

    def __new__(cls, en: str, nl: str) -> Self:
        """Say the same in both languages."""
        phrase = super().__new__(cls, en)
        phrase.nl = nl
        return phrase

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the Dutch on the way from a worker process."""
        return type(self), (str(self), self.nl)

    def told_in(self, lang: str) -> str:
        """Give the text for who reads ``lang``."""
        return self.nl if lang == "nl" else str(self)
