"""The glossary: every word once, in two languages, and a page that is current."""

from pathlib import Path

from collabsim.reference.glossary import WORDS, glossary_page

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == glossary_page(), "run: python docs/generate.py"


def test_every_word_has_its_own_dutch_name_and_says_what_it_means_in_both_languages() -> None:
    assert len({word.nl for word in WORDS.values()}) == len(WORDS)
    for word in WORDS.values():
        assert word.means.endswith(".")
        assert word.betekent.endswith(".")
        assert word.means != word.betekent
