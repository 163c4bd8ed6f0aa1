"""Whether the answer holds under other assumptions: what kept worlds say, in words."""

import streamlit as st

from collabsim.analysis.shown import capital, outcome_name
from collabsim.analysis.wording import Lang
from collabsim.app import markup
from collabsim.app.answer import Answer
from collabsim.app.words import say


def show(answer: Answer, lang: Lang) -> None:
    """Show per scenario and outcome in what share of the worlds it is better, and what turns that."""
    if len(answer.wish.scenarios) == 1:
        st.html(markup.notice(say("alone", lang, name=answer.wish.names[0])))
    elif answer.held is None:
        st.html(markup.notice(say("not looked elsewhere", lang)))
    elif (problem := answer.held.problem) is not None:
        reason = problem.told_in(lang)
        st.html(markup.notice(say("nothing elsewhere", lang, reason=reason)))
    else:
        held = answer.held
        text = say("elsewhere", lang, worlds=held.worlds, replicates=held.replicates)
        st.html(markup.paragraph(text))
        for name, outcomes in held.found.items():
            title = say("pair", lang, a=answer.wish.names[0], b=name)
            st.html(markup.strong(title))
            for outcome, examination in outcomes.items():
                heading = capital(outcome_name(outcome, lang))
                st.html(markup.strong(heading) + markup.bullets(examination.findings(lang)))
