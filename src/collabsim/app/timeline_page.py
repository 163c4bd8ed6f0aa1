"""The timeline of interventions: what changes during the run, and from which month."""

from typing import Any

import streamlit as st

from collabsim.analysis.wording import Lang
from collabsim.app import markup
from collabsim.app.controls_page import NUMBERS
from collabsim.app.draft import entries_of
from collabsim.app.levers import is_lever
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.app.workspace import LETTERS, Workspace
from collabsim.config import Parameter, parameters
from collabsim.config.timeline import changeable_paths
from collabsim.reference.choices import choice_words
from collabsim.reference.wording import meaning
from collabsim.report.sides import told_value


def show(session: Session, workspace: Workspace, lang: Lang) -> None:
    """Show the timeline of each scenario, and how to add to it."""
    st.html(markup.paragraph(say("timeline what", lang)))
    st.html(markup.paragraph(say("timeline levers", lang)))
    for place, draft in enumerate(workspace.drafts):
        entries = [
            (month, path, value)
            for (month, path), value in entries_of(draft.value("timeline")).items()
        ]
        heads = [say(key, lang) for key in ("month", "parameter", "new value")]
        rows = [
            [str(month), meaning(parameters()[path], lang), told_value(path, value, lang)]
            for month, path, value in entries
        ]
        caption = say("timeline of", lang, letter=LETTERS[place])
        if not rows:
            caption = f"{caption}: {say('no changes', lang)}"
        st.html(markup.table(f"{caption} ({draft.name})", heads, rows, words=(1,)))
        for number, (month, path, _) in enumerate(entries):
            what = meaning(parameters()[path], lang)
            label = say("take off", lang, letter=LETTERS[place], month=month, what=what)
            st.button(
                label, key=f"take {place} {number}", on_click=take_off,
                args=(session, place, month, path),
            )  # fmt: skip
    show_adding(session, workspace, lang)


def show_adding(session: Session, workspace: Workspace, lang: Lang) -> None:
    """Show what is needed to put something on a timeline."""
    columns = st.columns(2)
    place = columns[0].selectbox(
        say("which scenario", lang), range(len(workspace.drafts)), key="timeline scenario",
        format_func=lambda number: f"{LETTERS[number]}. {workspace.drafts[number].name}",
    )  # fmt: skip
    last = max(0, int(workspace.drafts[place].value("months")) - 1)
    # Without bounds: beyond them the browser would keep the month before, and say nothing.
    month = columns[1].number_input(
        say("from month", lang, last=last), value=min(24, last), step=1,
        key=f"timeline month {place}",
    )  # fmt: skip
    path = st.selectbox(
        say("which parameter", lang), levers_first(), key="timeline parameter",
        format_func=lambda known: meaning(parameters()[known], lang),
    )  # fmt: skip
    value = value_control(parameters()[path], workspace.drafts[place].value(path), lang)
    st.button(
        say("put on timeline", lang), key="put on timeline", on_click=put_on,
        args=(session, place, int(month), path, value),
    )  # fmt: skip


def levers_first() -> list[str]:
    """What a timeline may set here: what somebody can pull at first, then the rest, table first."""
    kinds = (*NUMBERS, "choice", "true or false")
    settable = [path for path in changeable_paths() if parameters()[path].kind in kinds]
    paths = sorted(settable, key=lambda path: not path.startswith("table."))
    return sorted(paths, key=lambda path: not is_lever(parameters()[path]))


def value_control(parameter: Parameter, value: Any, lang: Lang) -> Any:  # noqa: ANN401 - of any type
    """A control for the new value of a parameter, of any kind; what is allowed is told by the check."""
    label, key = say("value then", lang), f"timeline value {parameter.path}"
    match parameter.kind:
        case "true or false":
            return st.checkbox(label, value=not value, key=key)
        case "choice":
            return st.selectbox(
                label, parameter.choices, key=key,
                format_func=lambda choice: choice_words(parameter.path, choice, lang),
            )  # fmt: skip
        case "whole number":
            return st.number_input(label, value=int(value), key=key)
        case _:
            return st.number_input(label, value=float(value), step=0.05, format="%g", key=key)


def put_on(session: Session, place: int, month: int, path: str, value: object) -> None:
    """Put a change on the timeline of a scenario, in the place of one of the same month."""
    if session.workspace is not None:
        session.workspace.change_from(place, month, path, value)
        look_again(session.workspace, month)


def take_off(session: Session, place: int, month: int, path: str) -> None:
    """Take a change off the timeline of a scenario."""
    if session.workspace is not None:
        session.workspace.unchange_from(place, month, path)
        look_again(session.workspace, month)


def look_again(workspace: Workspace, month: int) -> None:
    """Let the levers beside it show their value anew, which is that of month 0."""
    if month == 0:
        workspace.opened += 1
