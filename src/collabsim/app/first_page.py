"""The first screen: cases that are ready to open, and files of one's own."""

from html import escape
from itertools import batched

import streamlit as st

from collabsim.analysis.wording import Lang
from collabsim.app import markup
from collabsim.app.cases import CASES, Case
from collabsim.app.saving import loaded
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.config import ConfigError


def show(session: Session, lang: Lang) -> None:
    """Show what can be opened."""
    st.title(say("title", lang))
    st.html(markup.strong(say("humble", lang), say("humbler", lang)))
    if session.problem is not None:
        show_problem(session.problem, lang)
    st.header(say("choose", lang))
    for pair in batched(CASES.values(), 2, strict=False):
        # A row at a time, so that the keyboard goes along the rows as reading does.
        for case, column in zip(pair, st.columns(2), strict=False):
            with column.container(border=True):
                show_case(session, case, lang)
    show_upload(session, lang)


def show_problem(error: ConfigError, lang: Lang) -> None:
    """Show why something cannot be opened."""
    st.html(markup.notice(say("unusable", lang), say("message", lang), error.told_in(lang)))


def show_case(session: Session, case: Case, lang: Lang) -> None:
    """Show one case, what to try in it, and the button that opens it."""
    title, tries = (words[lang == "nl"] for words in (case.title, case.tries))
    st.html(f"<h3>{escape(title)}</h3>" + markup.paragraph(say("try", lang, what=tries)))
    st.button(
        say("open", lang, title=title), key=f"case {case.name}",
        on_click=session.open_case, args=(case.name,),
    )  # fmt: skip


def show_upload(session: Session, lang: Lang) -> None:
    """Take files, and open them when asked to."""
    st.header(say("own files", lang))
    st.html(markup.paragraph(say("upload limit", lang)))
    files = st.file_uploader(
        say("upload", lang), type=["yaml", "yml", "zip"], accept_multiple_files=True, key="upload",
        max_upload_size=1,
    )  # fmt: skip
    if files and st.button(say("open files", lang), key="open files"):
        try:
            session.open(loaded((file.name, file.getvalue()) for file in files))
        except ConfigError as error:
            show_problem(error, lang)
        else:
            st.rerun()
