"""Beside the page: language, another case, save, link and report."""

import streamlit as st

from collabsim.analysis.wording import Lang
from collabsim.app import markup
from collabsim.app.link import to_link
from collabsim.app.reporting import report_of
from collabsim.app.saving import saved
from collabsim.app.session import Session
from collabsim.app.words import say

LANGUAGES: dict[Lang, str] = {"nl": "Nederlands", "en": "English"}


def show(session: Session) -> Lang:
    """Show what goes for the whole session; give the language chosen."""
    with st.sidebar:
        languages = list(LANGUAGES)
        chosen = st.radio(
            "Taal / Language", languages, index=languages.index(session.lang),
            format_func=lambda lang: LANGUAGES[lang], horizontal=True, key="language",
        )  # fmt: skip
        lang: Lang = "en" if chosen == "en" else "nl"
        session.speak(lang)
        if session.workspace is not None:
            st.button(say("other case", lang), key="other case", on_click=session.leave)
            show_saving(session, lang)
            show_report(session, lang)
    return lang


def show_saving(session: Session, lang: Lang) -> None:
    """Show how to keep what was made: files for all, a link for shipped scenarios."""
    workspace = session.workspace
    if workspace is None:
        return
    st.subheader(say("save", lang))
    if session.problem is None:
        content = saved(workspace, session.computer.stages[-1])
        st.download_button(
            say("save zip", lang), content, "collabsim.zip", "application/zip", key="save",
            on_click="ignore",
        )  # fmt: skip
    st.html(markup.paragraph(say("save what", lang)))
    st.html(markup.paragraph(say("no link" if to_link(workspace) is None else "link", lang)))


def show_report(session: Session, lang: Lang) -> None:
    """Show the one button that makes the report and downloads it, of what is shown now."""
    st.subheader(say("report", lang))
    answer = session.computer.answer
    if answer is None or session.is_old():
        st.html(markup.paragraph(say("report later", lang)))
        return
    st.download_button(
        say("download report", lang), lambda: report_of(answer, lang),
        f"collabsim-{say('report', lang).lower()}.html", "text/html", key="report",
        on_click="ignore",
    )  # fmt: skip
    st.html(markup.paragraph(say("report what", lang, count=answer.replicates)))
