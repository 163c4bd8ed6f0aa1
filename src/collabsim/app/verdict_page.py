"""The verdict: what differs, how sure that is, and the same in words."""

from collections.abc import Sequence

import streamlit as st

from collabsim.analysis.comparison import Comparison
from collabsim.analysis.saying import told
from collabsim.analysis.shown import FIRST, capital, shown_comparison, shown_summary
from collabsim.analysis.wording import VERDICTS, Lang, number
from collabsim.app import markup
from collabsim.app.answer import Answer
from collabsim.app.words import say
from collabsim.experiments.summary import summarise
from collabsim.metrics import METRICS
from collabsim.report.sides import differing

_WORD_COLUMNS = (6,)


def show(answer: Answer, lang: Lang) -> None:
    """Show how each scenario compares with the first; of a single one its own outcomes."""
    comparisons, words = answer.verdict.comparisons, told(answer.verdict, lang)
    if not comparisons:
        name = answer.wish.names[0]
        st.html(markup.table(say("alone", lang, name=name), *single(answer, lang)))
    for comparison, texts in zip(comparisons, words.outcomes, strict=True):
        title = say(
            "against",
            lang,
            a=comparison.a,
            b=comparison.b,
            pairs=number(comparison.replicates, lang),
        )
        st.html(markup.table(title, *verdicts(comparison, FIRST, lang), words=_WORD_COLUMNS))
        if listed := found_beyond(comparison, lang):
            st.html(markup.paragraph(say("beyond", lang, listed=listed)))
        st.html(
            markup.strong(say("in words", lang))
            + markup.bullets([texts[name] for name in FIRST if name in texts])
            + markup.paragraph(texts.get("", ""))
        )
    if words.gains:
        st.html(markup.strong(say("gains", lang)) + markup.bullets(words.gains))
    show_differences(answer, lang)
    if comparisons:
        with st.expander(say("all outcomes", lang)):
            for comparison in comparisons:
                rows = verdicts(comparison, tuple(METRICS), lang)
                st.html(markup.table(comparison.b, *rows, words=_WORD_COLUMNS))


def found_beyond(comparison: Comparison, lang: Lang) -> str:
    """What does better or worse and is not in the first table, so that none of it stays folded away."""
    found = [
        f"{METRICS[name].nl if lang == 'nl' else METRICS[name].en} {VERDICTS[outcome.verdict][lang == 'nl']}"
        for name, outcome in comparison.outcomes.items()
        if name not in FIRST and outcome.verdict in ("better", "worse")
    ]
    return "; ".join(found)


def verdicts(
    comparison: Comparison, outcomes: Sequence[str], lang: Lang
) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the verdict table."""
    heads = [say("outcome", lang), comparison.a]
    heads += [
        say(key, lang) for key in ("difference", "interval", "luck", "higher", "verdict head")
    ]
    found = [comparison.outcomes[name] for name in outcomes if name in comparison.outcomes]
    return heads, [capitalised(shown_comparison(outcome, lang)) for outcome in found]


def capitalised(row: Sequence[str]) -> list[str]:
    """A row whose first cell begins a line."""
    return [capital(row[0]), *row[1:]]


def single(answer: Answer, lang: Lang) -> tuple[list[str], list[list[str]]]:
    """Heads and rows for a scenario that is compared with nothing."""
    values = answer.evidence.outcomes[answer.wish.names[0]]
    rows = [
        capitalised(shown_summary(summarise(name, numbers), lang))
        for name, numbers in values.items()
    ]
    return [say(key, lang) for key in ("outcome", "mean", "spread", "interval")], rows


def show_differences(answer: Answer, lang: Lang) -> None:
    """Show what was set differently, and nothing else."""
    scenarios = answer.wish.scenarios
    if len(scenarios) == 1:
        return
    apart = differing(scenarios, lang)
    if not apart:
        st.html(markup.notice(say("same", lang)))
        return
    rows = [[side.meaning, *side.values] for side in apart]
    words = range(1, len(scenarios) + 1)
    heads = [say("parameter", lang), *answer.wish.names]
    st.html(markup.table(say("differs", lang), heads, rows, words=tuple(words)))
