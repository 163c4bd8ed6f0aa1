"""What came out, kept up to date while it is computed."""

import streamlit as st

from collabsim.analysis.saying import told
from collabsim.analysis.wording import Lang, number
from collabsim.app import assumptions_page, findings, markup, verdict_page
from collabsim.app.answer import Answer
from collabsim.app.drawing import kinds_of
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.grades import GRADES

#: Seconds between two looks at what was computed meanwhile.
LOOK_EVERY = 0.4
VIEWS = ("verdict", "differences", "paths", "hours", "network", "grades", "assumptions")


def show(session: Session, view: str, lang: Lang) -> None:
    """Show progress and one view of the newest answer, again and again while it is computed."""
    looking = session.is_under_way(view, lang)
    st.fragment(show_now, run_every=LOOK_EVERY if looking else None)(
        session, view, lang, looking=looking, known=session.replicates()
    )


def show_now(session: Session, view: str, lang: Lang, *, looking: bool, known: int) -> None:
    """Show how things stand at this moment; the rest of the page knows of ``known`` replicates."""
    show_progress(session, lang)
    answer = session.computer.answer
    if answer is not None and view in VIEWS:
        show_view(session, view, answer, lang)
    answered = session.replicates() > known
    if looking and (answered or not session.is_under_way(view, lang)):
        # The whole page once more: there is a better report to make, or nothing left to look for.
        st.rerun()


def show_progress(session: Session, lang: Lang) -> None:
    """Say what is being computed, and whether what is shown is old."""
    progress, answer = session.computer.progress(), session.computer.answer
    if session.problem is not None:
        message = session.problem.told_in(lang)
        st.html(markup.notice(say("impossible", lang), say("message", lang), message))
    if progress.waking:
        st.progress(0.0, say("waking", lang))
    elif progress.running and progress.elsewhere is None:
        text = say("computing", lang, done=progress.done, total=progress.total)
        st.progress(progress.done / progress.total, text)
    elif answer is not None:
        st.progress(1.0, say("done", lang, total=answer.replicates))
    if progress.elsewhere is not None:
        done, total = progress.elsewhere
        st.progress(done / total, say("computing elsewhere", lang, done=done, total=total))
    if answer is None:
        return
    if session.problem is None and session.is_old():
        st.html(markup.notice(say("old", lang), old=True))
    elif session.problem is None and answer.replicates < progress.total:
        st.html(markup.notice(say("provisional", lang, count=answer.replicates)))
    if failed := findings.failures(answer):
        reason = failed[0].error
        st.html(markup.notice(say("failed runs", lang, count=len(failed), reason=reason)))


def show_view(session: Session, view: str, answer: Answer, lang: Lang) -> None:
    """Show one view of an answer."""
    if view == "verdict":
        verdict_page.show(answer, lang)
    elif view == "grades":
        show_grades(answer, lang)
    elif view == "assumptions":
        assumptions_page.show(answer, lang)
        for kind in kinds_of(view, answer):
            show_figure(session, kind, answer, lang)
    else:
        show_figure(session, view, answer, lang)
    if view == "hours":
        st.html(markup.bullets(told(answer.verdict, lang).pays))
    if view == "paths":
        st.html(markup.bullets(told(answer.verdict, lang).courses))
    st.html(markup.paragraph(say("humble", lang)))


def show_figure(session: Session, view: str, answer: Answer, lang: Lang) -> None:
    """Show a figure, or that it is on its way."""
    drawing, current = session.drawings.get(view, answer, lang)
    if not current:
        st.html(markup.notice(say("drawing" if drawing is None else "old figure", lang)))
    elif drawing is None:
        st.html(markup.notice(say("nothing to draw", lang)))
    if drawing is not None:
        # The picture itself carries its caption.
        st.html(markup.figure(drawing.address, f"{drawing.alt} {drawing.caption}"))


def show_grades(answer: Answer, lang: Lang) -> None:
    """Show the five conditions and public value as grades, before and after."""
    found = findings.grades(answer)
    heads = [say("condition", lang)]
    for name in answer.wish.names:
        heads += [say("before", lang, name=name), say("after", lang, name=name)]
    rows = []
    for grade in GRADES.values():
        text = grade.nl if lang == "nl" else grade.en
        row = [f"{text[:1].upper()}{text[1:]}"]
        for name in answer.wish.names:
            change = found[name][grade.name]
            row += [number(change.before, lang, 1), number(change.after, lang, 1)]
        rows.append(row)
    st.html(markup.table(say("grade caption", lang), heads, rows))
