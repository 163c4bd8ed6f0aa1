"""Month by month through one draw of luck, and one organisation from close by."""

import streamlit as st

from collabsim.analysis.wording import Lang, number, shown_scale, unit_words
from collabsim.app import markup
from collabsim.app.happenings import told
from collabsim.app.session import Session
from collabsim.app.stepping import Stepping, View
from collabsim.app.value_words import name_words, purpose_words
from collabsim.app.words import say
from collabsim.app.workspace import LETTERS, Workspace
from collabsim.config import ConfigError
from collabsim.grades import GRADES
from collabsim.series import SERIES

_MOST_REPLICATES = 199
_MONTH = "stepping month"
#: Up to so much a value of the region is told with decimals.
_FEW = 10.0


def show(session: Session, workspace: Workspace, lang: Lang) -> None:
    """Show the walk, the region in that month, and one organisation."""
    st.html(markup.paragraph(say("step what", lang)))
    columns = st.columns(3)
    place = columns[0].selectbox(
        say("which scenario", lang), range(len(workspace.drafts)), key="stepping scenario",
        format_func=lambda number: f"{LETTERS[number]}. {workspace.drafts[number].name}",
    )  # fmt: skip
    replicate = columns[1].number_input(
        say("replicate", lang), min_value=0, max_value=_MOST_REPLICATES, value=0, step=1,
        key="stepping replicate",
    )  # fmt: skip
    try:
        walk = session.stepping(place, int(replicate))
    except ConfigError as error:
        st.html(markup.notice(say("message", lang), error.told_in(lang)))
        return
    months = walk.scenario.months
    st.session_state[_MONTH] = min(st.session_state.get(_MONTH, 0), months)
    columns[2].number_input(
        say("months passed", lang), min_value=0, max_value=months, step=1, key=_MONTH
    )
    buttons = st.columns(2)
    buttons[0].button(say("previous month", lang), key="back", on_click=move, args=(-1, months))
    buttons[1].button(say("next month", lang), key="on", on_click=move, args=(1, months))
    walk.go_to(int(st.session_state[_MONTH]))
    show_region(walk, lang)
    name = st.selectbox(say("organisation", lang), walk.ids, key="stepping organisation")
    if walk.month == 0:
        st.html(markup.notice(say("step first", lang)))
        return
    show_organisation(walk.view(name), walk.month, lang)


def move(months: int, last: int) -> None:
    """Go some months further or back."""
    st.session_state[_MONTH] = min(last, max(0, st.session_state[_MONTH] + months))


def show_region(walk: Stepping, lang: Lang) -> None:
    """Show who sits at the table, what the region does, and its grades now."""
    names = ", ".join(walk.seated()) or say("no table", lang)
    st.html(markup.paragraph(say("at the table", lang, month=walk.month, names=names)))
    rows = []
    for name, level in walk.levels().items():
        series = SERIES[name]
        unit, text = unit_words(series.unit, lang), series.nl if lang == "nl" else series.en
        scaled = level * shown_scale(series.unit)
        # Counts and hundreds of hours have no use for decimals.
        decimals = 2 if abs(scaled) < _FEW and not scaled.is_integer() else 0
        rows.append([f"{text[:1].upper()}{text[1:]} ({unit})", number(scaled, lang, decimals)])
    heads = [say("level", lang), say("value", lang)]
    if rows:
        st.html(markup.table(say("region in month", lang, month=walk.month), heads, rows))
    before, now = walk.grades_before(), walk.grades()
    grades = [
        [
            grade.nl if lang == "nl" else grade.en,
            *(number(g[grade.name], lang, 1) for g in (before, now)),
        ]
        for grade in GRADES.values()
    ]
    heads = [
        say("condition", lang),
        f"{say('month', lang)} 0",
        f"{say('month', lang)} {walk.month}",
    ]
    st.html(markup.table(say("grades", lang), heads, grades))


def show_organisation(view: View, month: int, lang: Lang) -> None:
    """Show one organisation: who it is, what it decided and why, and what it holds."""
    kind = name_words(view.kind, lang) + (
        f", {name_words(view.domain, lang)}" if view.domain else ""
    )
    spoken = say("spoken for", lang, name=view.delegate) if view.delegate else say("no seat", lang)
    st.html(
        markup.strong(view.id, f"({kind}); {say('seat', lang) if view.seated else spoken}")
        + markup.bullets([
            f"{say(key, lang)}: {number(value, lang, decimals)}"
            for key, value, decimals in (
                ("energy", view.energy, 2), ("promised", view.queue_hours, 0),
                ("pledged", view.pledged_hours, 0),
            )
        ])
        + markup.strong(say("month and why", lang, month=month))
        + markup.bullets(told(view.happenings, lang))
        + markup.paragraph(say("chance", lang))
    )  # fmt: skip
    show_hours(view, month, lang)
    show_people(view, lang)
    show_ties(view, lang)
    show_frames(view, lang)


def show_hours(view: View, month: int, lang: Lang) -> None:
    """Show what its hours went to."""
    layers = [layer for layer in ("practice", "management", "board") if layer in view.hours]
    purposes = dict.fromkeys(purpose for layer in layers for purpose in view.hours[layer])
    rows = [
        [purpose_words(purpose, lang),
         *(number(view.hours[layer].get(purpose, 0.0), lang, 1) for layer in layers)]
        for purpose in purposes
    ]  # fmt: skip
    heads = [say("purpose", lang), *(name_words(layer, lang) for layer in layers)]
    st.html(markup.table(say("hours spent", lang, month=month), heads, rows))


def show_people(view: View, lang: Lang) -> None:
    """Show who holds its posts, and for how long."""
    rows = [
        [str(place), ", ".join(name_words(layer, lang) for layer in person.layers),
         name_words(person.role, lang), str(person.months)]
        for place, person in enumerate(view.people, start=1)
    ]  # fmt: skip
    heads = [say(key, lang) for key in ("person", "layers", "role", "months in post")]
    st.html(markup.table(say("people", lang), heads, rows, words=(1, 2)))


def show_ties(view: View, lang: Lang) -> None:
    """Show what it knows and thinks of those with whom it has most contact."""
    rows = [
        [tie.other, str(tie.contacts),
         *(number(value, lang, 2) for value in (tie.acquaintance, tie.competence_trust,
                                                tie.integrity_trust, tie.dependence)),
         number(tie.contract_hours, lang)]
        for tie in view.ties
    ]  # fmt: skip
    keys = ("organisation", "contacts", "acquaintance", "competence", "integrity", "dependence",
            "contract")  # fmt: skip
    caption = say("ties", lang, count=len(view.ties), all=view.ties_in_all)
    st.html(markup.table(caption, [say(key, lang) for key in keys], rows))


def show_frames(view: View, lang: Lang) -> None:
    """Show through which glasses each layer sees the task."""
    fields = list(view.frames[0].sight) if view.frames else []
    heads = [say("layer", lang), *(say("sight", lang, field=name_words(f, lang)) for f in fields)]
    heads += [say(key, lang) for key in ("image", "concrete", "aware")]
    rows = [
        [name_words(frame.layer, lang),
         *(number(frame.sight[field], lang, 2) for field in fields),
         *(number(value, lang, 2) for value in (frame.image, frame.concrete, frame.aware))]
        for frame in view.frames
    ]  # fmt: skip
    st.html(markup.table(say("frame", lang), heads, rows))
