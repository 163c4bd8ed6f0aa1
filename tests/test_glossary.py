"""The glossary: every word once, in two languages, a page that is current, and words that keep to it."""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from collabsim.config import parameters
from collabsim.metrics import METRICS
from collabsim.reference.glossary import WORDS, glossary_page
from collabsim.series import SERIES

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"
#: Modules with tables of words in two languages, which advisers read.
TABLES = (
    "analysis.cause", "analysis.saying", "analysis.wording", "app.happenings", "app.value_words", "app.words",
    "config.importing.account_words", "figures.differences", "figures.hours", "figures.network",
    "figures.paths", "reference.choices", "reference.wording", "report.words",
)  # fmt: skip
#: How the Dutch word of a term, which comes first, may be put in a sentence.
FORMS: dict[str, tuple[str, ...]] = {
    "acquaintance": ("elkaar kennen", "bekend", "contacten"),
    "connector": ("verbinder",),
    "contact person": ("contactperso",),
    "delegation": ("delegatie", "afvaardig"),
    "energy": ("energie",),
    "frame": ("bril",),
    "grievance": ("oud zeer",),
    "ground rule": ("spelregel",),
    "handover": ("overdracht",),
    "incident": ("incident",),
    "inner ring": ("binnenring",),
    "joint step": ("gezamenlijke stap",),
    "layer": ("laag", "lagen", "uitvoering, management en bestuur"),
    "luck": ("toeval",),
    "mandate": ("mandaat",),
    "municipality": ("gemeente",),
    "network": ("netwerk",),
    "outer ring": ("buitenring",),
    "package deal": ("pakketafspra",),
    "pledge": ("toezeg", "zegt zelf toe", "zegt niets toe", "toegezegd"),
    "provider": ("aanbieder",),
    "replicate": ("herhaling",),
    "resident": ("inwoner",),
    "scenario": ("scenario",),
    "seat": ("zetel", "aan tafel"),
    "second contact": ("tweede contact",),
    "session": ("bijeenkomst",),
    "table": ("tafel", "terug", "overleg"),
    "trust in competence": ("vertrouwen in bekwaamheid",),
    "trust in integrity": ("vertrouwen in oprechtheid",),
}
#: Where the English word is another one: a session of the app, a table of a file, an actor's "seat".
OTHER_SENSE = {
    "session": ("this session", "session holds", "your session"),
    "table": ("{count} tables", "table of", "this table"),
}


def pairs_in(found: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Texts in English and Dutch anywhere in a table."""
    if isinstance(found, tuple) and len(found) == 2 and all(isinstance(one, str) for one in found):
        yield found
    elif depth < 4 and isinstance(found, Mapping):
        for value in found.values():
            yield from pairs_in(value, depth + 1)
    elif depth < 4 and isinstance(found, tuple | list):
        for value in found:
            yield from pairs_in(value, depth + 1)


def all_pairs() -> set[tuple[str, str]]:
    found = {
        pair
        for name in TABLES
        for key, table in vars(importlib.import_module(f"collabsim.{name}")).items()
        if key.strip("_").isupper()
        for pair in pairs_in(table)
    }
    declared = [parameter.declaration for parameter in parameters().values()]
    found |= {(one.en, one.nl) for one in declared if one is not None}
    found |= {(metric.en, metric.nl) for metric in METRICS.values()}
    return found | {(path.en, path.nl) for path in SERIES.values()}


PAIRS = all_pairs()


def test_the_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == glossary_page(), "run: python docs/generate.py"


def test_every_word_has_its_own_dutch_name_and_says_what_it_means_in_both_languages() -> None:
    assert len({word.nl for word in WORDS.values()}) == len(WORDS)
    for word in WORDS.values():
        assert word.means.endswith(".")
        assert word.betekent.endswith(".")
        assert word.means != word.betekent


@pytest.mark.parametrize("term", FORMS)
def test_what_advisers_read_keeps_to_the_words_of_the_glossary(term: str) -> None:
    assert any(form.startswith(WORDS[term].nl[:6]) for form in FORMS[term][:1])
    told = 0
    for english, dutch in PAIRS:
        text = re.sub(r"{.*?}|--\S+", "", english)
        if any(sense in english for sense in OTHER_SENSE.get(term, ())):
            continue
        if re.search(rf"\b{term}s?\b", text, re.IGNORECASE):
            told += 1
            assert any(form in dutch.lower() for form in FORMS[term]), (english, dutch)
    assert told
