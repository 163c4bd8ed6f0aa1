"""The script that Streamlit runs for each session and each change; started by ``serving``."""

import streamlit as st

from collabsim.analysis.wording import Lang
from collabsim.app import (
    answers_page,
    controls_page,
    first_page,
    markup,
    serving,
    sidebar,
    stepping_page,
    timeline_page,
)
from collabsim.app.cases import CASES
from collabsim.app.computing import Computer, stages_to
from collabsim.app.link import from_link, to_link
from collabsim.app.other_worlds import WORLDS
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.app.workspace import Workspace
from collabsim.config import ConfigError

_VIEWS = (*answers_page.VIEWS, "timeline", "stepping")


def main() -> None:
    """Show the page as it is for this session."""
    st.set_page_config(page_title="collabsim", layout="wide")
    st.html(markup.STYLE)
    session = current_session()
    # Before anything is shown: what is wrong with the scenarios, if anything, decides what can be.
    session.compute()
    lang = sidebar.show(session)
    workspace = session.workspace
    if workspace is None:
        if session.problem is None:
            st.query_params.from_dict({"lang": lang})
        first_page.show(session, lang)
        return
    if session.problem is None:  # the address of what cannot be would restore nothing
        st.query_params.from_dict({"lang": str(lang), **(to_link(workspace) or {})})
    show_workspace(session, workspace, lang)


def current_session() -> Session:
    """Give what this session holds; a new one begins with its link, or the files of the command."""
    if "session" not in st.session_state:
        link = st.query_params.to_dict()
        begins = serving.BEGINS[-1]
        lang: Lang = "nl" if link.get("lang", begins.lang) == "nl" else "en"
        computer = Computer(stages=stages_to(begins.replicates), worlds=WORLDS)
        session = st.session_state["session"] = Session(lang, computer)
        try:
            if (restored := from_link(link)) is not None:
                session.open(restored)
            elif begins.files:
                session.open_files(begins.files)
        except ConfigError as error:
            session.problem = error
    found: Session = st.session_state["session"]
    return found


def show_workspace(session: Session, workspace: Workspace, lang: Lang) -> None:
    """Show controls on the left and what comes of them on the right."""
    case = CASES.get(workspace.case)
    if case is not None:
        st.title(case.title[lang == "nl"])
        st.html(markup.paragraph(say("try", lang, what=case.tries[lang == "nl"])))
    else:
        st.title(say("scenarios", lang))
    left, right = st.columns([2, 3], gap="large")
    with left:
        controls_page.show(session, workspace, lang, case.group if case is not None else "table")
    with right:
        view = st.radio(
            say("view", lang), _VIEWS, key="view", horizontal=True,
            format_func=lambda name: say(name, lang),
        )  # fmt: skip
        answers_page.show(session, view, lang)
        if view == "timeline":
            timeline_page.show(session, workspace, lang)
        elif view == "stepping":
            stepping_page.show(session, workspace, lang)


main()
