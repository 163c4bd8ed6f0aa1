"""Controls for the scenarios, side by side, made from the declarations of the parameters."""

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import streamlit as st

from collabsim.analysis.wording import Lang
from collabsim.app import markup
from collabsim.app.draft import Draft
from collabsim.app.levers import is_felt_before, is_lever, is_settled_before
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.app.workspace import LETTERS, MOST_SCENARIOS, Workspace
from collabsim.config import Parameter, groups, parameters
from collabsim.parameters.scenario import LABELS
from collabsim.reference.choices import choice_words
from collabsim.reference.wording import allowed, meaning, plausible, unit_of, word
from collabsim.report.sides import told_value

_NOT_HERE = {*LABELS, "schema", "timeline"}
NUMBERS = ("number", "whole number")
_STEPS = 20


def show(session: Session, workspace: Workspace, lang: Lang, first_group: str) -> None:
    """Show names, levers, and below them what is not known."""
    show_names(session, workspace, lang)
    st.subheader(say("controls", lang))
    st.html(markup.paragraph(say("decimals", lang)))
    levers = {name: found for name in groups() if (found := controls_of(name, levers=True))}
    show_group(session, workspace, lang, levers, first_group, levers=True)
    with st.expander(say("uncertainties", lang)):
        others = {name: found for name in groups() if (found := controls_of(name, levers=False))}
        show_group(
            session, workspace, lang, others, "people.turnover_per_year.provider", levers=False
        )


def controls_of(group: str, *, levers: bool) -> list[Parameter]:
    """Give the parameters of a group that are levers, or those that hold for the past as well."""
    return [
        parameter
        for parameter in parameters().values()
        if parameter.group == group and parameter.path not in _NOT_HERE
        and (is_lever(parameter) == levers or is_felt_before(parameter))
    ]  # fmt: skip


def show_names(session: Session, workspace: Workspace, lang: Lang) -> None:
    """Show what the scenarios are called, and what can be done with each as a whole."""
    columns = st.columns(len(workspace.drafts))
    for place, draft in enumerate(workspace.drafts):
        letter, column = LETTERS[place], columns[place]
        field = f"name {workspace.opened} {place}"
        column.text_input(
            say("name of", lang, letter=letter), draft.name, key=field, max_chars=120,
            on_change=changed, args=(session, workspace.opened, place, "name", field),
        )  # fmt: skip
        told = say("changed", lang, count=draft.count)
        column.html(markup.paragraph(f"{told}; {say('reference', lang)}" if place == 0 else told))
        if draft.count:
            undo = say("undo", lang, letter=letter)
            column.button(undo, key=f"undo {place}", on_click=act, args=(session, "undo", place))
        if len(workspace.drafts) > 1:
            remove = say("remove", lang, letter=letter)
            column.button(
                remove, key=f"remove {place}", on_click=act, args=(session, "remove", place)
            )
    if len(workspace.drafts) < MOST_SCENARIOS:
        st.button(say("add", lang), key="add", on_click=act, args=(session, "add"))
    with st.expander(say("about", lang)):
        for letter, draft in zip(LETTERS, workspace.drafts, strict=False):
            st.html(markup.strong(f"{letter}. {draft.name}:", draft.base.told_in(lang).about))


def act(session: Session, what: str, *place: int) -> None:
    """Add, remove or undo."""
    getattr(session.workspace, what)(*place)


def show_group(
    session: Session,
    workspace: Workspace,
    lang: Lang,
    found: dict[str, list[Parameter]],
    first: str,
    *,
    levers: bool,
) -> None:
    """Show one group of parameters, chosen from a list, a column a scenario."""
    names, key = list(found), "levers" if levers else "assumptions"
    group = st.selectbox(
        say("group of levers" if levers else "group of assumptions", lang), names,
        index=names.index(first) if first in names else 0, key=f"group {key} {workspace.case}",
        format_func=lambda name: title_of(name, lang),
    )  # fmt: skip
    for parameter in found[group]:
        st.html(facts(parameter, workspace, lang, lever=levers))
        columns = st.columns(len(workspace.drafts))
        for place, column in enumerate(columns):
            with column:
                control(session, workspace, place, parameter, lang, lever=levers)


def title_of(group: str, lang: Lang) -> str:
    """What a group of parameters is about."""
    known = groups()[group]
    title = known.NL if lang == "nl" else (known.__doc__ or "").strip().splitlines()[0]
    return title.replace("`", "")


def value_of(draft: Draft, path: str, *, lever: bool) -> Any:  # noqa: ANN401 - of any type
    """Give what a control shows: of a lever its value in month 0."""
    return draft.in_month_0(path) if lever else draft.value(path)


def facts(parameter: Parameter, workspace: Workspace, lang: Lang, *, lever: bool) -> str:
    """Meaning, unit, range, default, grade and source, and below them the letters of the columns."""
    declared, path = parameter.declaration, parameter.path
    told = []
    if unit := unit_of(parameter, lang):
        told.append(say("unit", lang, unit=unit))
    if declared is not None and declared.plausible is not None and parameter.kind in NUMBERS:
        told.append(say("plausible", lang, range=plausible(parameter, lang)))
    elif parameter.kind in NUMBERS:
        told.append(say("allowed", lang, rule=allowed(parameter, lang)))
    default = say("default", lang, value=told_value(path, parameter.default, lang))
    told.append(f"{default} ({known})" if (known := _known(parameter, lang)) else default)
    if is_felt_before(parameter):
        told.append(say("from month 0", lang) if lever else say("of the past", lang))
    elif is_settled_before(parameter):
        told.append(say("in the past too", lang))
    letters = ""
    for letter, draft in zip(LETTERS, workspace.drafts, strict=False):
        value = value_of(draft, path, lever=lever)
        star = " *" if value != value_of(draft.as_opened, path, lever=lever) else ""
        notes = "; ".join(_notes(parameter, draft, value, lang, lever=lever))
        letters += f"<div><strong>{letter}</strong>{star} <small>{escape(notes)}</small></div>"
    grid = f"display:grid;grid-template-columns:repeat({len(workspace.drafts)},1fr);gap:1rem"
    return (
        f"<div><strong>{escape(meaning(parameter, lang))}</strong><br>"
        f"<small>{escape('; '.join(told))}</small></div>"
        f'<div style="{grid}">{letters}</div>'
    )


def _known(parameter: Parameter, lang: Lang) -> str:
    """How well the default is known, and from where."""
    declared = parameter.declaration
    if declared is None:
        return ""
    grade = word(declared.grade, lang)
    # An assumption has no other source.
    sourced = declared.source != declared.grade
    return say("grade and source", lang, grade=grade, source=declared.source) if sourced else grade


def _notes(
    parameter: Parameter, draft: Draft, value: object, lang: Lang, *, lever: bool
) -> Iterator[str]:
    """That a value is not the default, of which alone grade and source tell; and when it does not hold."""
    path = parameter.path
    if parameter.declaration is not None and value != parameter.default:
        yield word("set here", lang)
    past = draft.value(path)
    if lever and is_felt_before(parameter) and not value == past == parameter.default:
        yield say("before that", lang, value=told_value(path, past, lang))
    if lever and (month := draft.month_of_change(path)) is not None:
        yield say("until month", lang, month=month)


def control(
    session: Session,
    workspace: Workspace,
    place: int,
    parameter: Parameter,
    lang: Lang,
    *,
    lever: bool,
) -> None:
    """Show the control of one parameter in one scenario, by its kind."""
    path, draft, what = parameter.path, workspace.drafts[place], meaning(parameter, lang)
    value = value_of(draft, path, lever=lever)
    key = f"{path} {workspace.opened} {place}"
    if is_felt_before(parameter):
        # There are two of it, and what the lever begins with follows what is set for the past.
        key += f" from {draft.value(path)}" if lever else " before"
        what = what if lever else say("past", lang, what=what)
    shared: dict[str, Any] = {
        "label": say("in scenario", lang, what=what, letter=LETTERS[place]),
        "key": key,
        "label_visibility": "collapsed",
        "on_change": pulled if lever else changed,
        "args": (session, workspace.opened, place, path, key),
    }
    match parameter.kind:
        case "true or false":
            st.toggle(value=bool(value), **shared)
        case "choice":
            st.selectbox(
                options=parameter.choices, index=parameter.choices.index(value),
                format_func=lambda choice: choice_words(path, choice, lang), **shared,
            )  # fmt: skip
        case "number" | "whole number":
            number_control(parameter, value, shared, lever=lever)
        case _:
            st.html(markup.paragraph(told_value(path, value, lang)))


def number_control(
    parameter: Parameter, value: float, shared: dict[str, Any], *, lever: bool
) -> None:
    """A slider over what is plausible for a lever; a field for anything else."""
    kind = int if parameter.kind == "whole number" else float
    low, high = slider_range(parameter, value)
    if low is not None and high is not None and lever:
        st.slider(
            min_value=kind(low), max_value=kind(high), value=kind(value),
            step=kind(step_of(low, high, whole=kind is int)), **shared,
        )  # fmt: skip
        return
    step = 1 if kind is int else step_of(0.0, max(abs(value), 0.1), whole=False)
    # Bounds would make the browser keep the value before; so it is told what is allowed.
    st.number_input(
        value=kind(value), step=kind(step), format=None if kind is int else "%g", **shared
    )


def slider_range(parameter: Parameter, value: float) -> tuple[float | None, float | None]:
    """Lowest and highest value of a slider: what is plausible, and what is set."""
    declared = parameter.declaration
    if declared is None or declared.plausible is None:
        return None, None
    values = [*declared.plausible, value, parameter.default]
    return min(values), max(values)


def step_of(low: float, high: float, *, whole: bool) -> float:
    """About a twentieth of a range, in steps of 1, 2 or 5."""
    wanted = (high - low) / _STEPS
    if whole or wanted <= 0.0:
        return max(1, round(wanted)) if whole else 0.01
    size = 10.0 ** math.floor(math.log10(wanted))
    return next(factor * size for factor in (1, 2, 5, 10) if factor * size >= wanted * 0.99)


def changed(session: Session, opened: int, place: int, path: str, key: str) -> None:
    """Take over what somebody chose, unless scenarios were rearranged in the same moment."""
    if session.workspace is not None and session.workspace.opened == opened:
        session.workspace.change(place, path, st.session_state[key])


def pulled(session: Session, opened: int, place: int, path: str, key: str) -> None:
    """The same of a lever."""
    if session.workspace is not None and session.workspace.opened == opened:
        session.workspace.pull(place, path, st.session_state[key])
