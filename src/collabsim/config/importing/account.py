"""The account of an import: what was used, what was guessed, what is missing; in English or Dutch."""

import math

from collabsim.analysis.groups import field_words
from collabsim.analysis.wording import Lang, number
from collabsim.config.importing.account_words import said
from collabsim.config.importing.counting import BETWEEN_TWO, answers_counted, pairs_answered
from collabsim.config.importing.scenario import Imported
from collabsim.config.importing.survey import ANSWERS, SurveyGiven
from collabsim.config.importing.words import GRADES, HEADERS, PERIODS, without_names
from collabsim.given_ties import FEWEST
from collabsim.parameters import Scenario
from collabsim.parameters.region import FIELDS


def account(found: Imported, region: str, lang: Lang, *, name_connector: bool = False) -> str:
    """Write the account of the import of a region, in Markdown."""
    told = (*found.set_aside, *found.problems)
    if found.pseudonyms is not None:
        told = tuple(problem.without_names(found.pseudonyms) for problem in told)
    sections = {
        "used": _used(found, lang, name_connector=name_connector),
        "guessed": _guessed(found, lang),
        "missing": _missing(found, lang),
        "left out": [problem.told_in(lang) for problem in told],
    }
    lines = [f"# {said('title', lang, name=region)}", ""]
    for title, entries in sections.items():
        if entries:
            lines += [f"## {said(title, lang)}", "", *(f"- {entry}" for entry in entries), ""]
    return "\n".join(lines)


def _name(key: str, lang: Lang) -> str:
    """What a column is called in a language."""
    return HEADERS[key][lang == "nl"]


def _used(found: Imported, lang: Lang, *, name_connector: bool) -> list[str]:
    lines = []
    if found.organisations is not None:
        kinds = [one["kind"] for one in found.organisations.organisations.values()]
        values: dict[str, object] = {
            "municipalities": kinds.count("municipality"),
            "providers": kinds.count("provider"),
            "fields": ", ".join(
                field_words(field, lang) if field in FIELDS else f'"{field}"'
                for field in found.organisations.fields
            ),
        }
        lines.append(said("organisations", lang, **values))
    if found.grades is not None:
        for key, mean in found.grades.means.items():
            values = {
                "name": _name(key, lang),
                "mean": number(mean, lang, 1),
                "respondents": found.grades.respondents[key],
                "spread": number(found.grades.spreads[key], lang, 1),
            }
            one = math.isnan(found.grades.spreads[key])
            lines.append(said("one grade" if one else "grade", lang, **values))
    if found.survey is not None:
        lines += _answers(found.survey, len(found.scenario.region.organisations), lang)
        if found.between_others is not None:
            name = found.between_others if name_connector else said("not named", lang)
            lines.append(said("between", lang, name=name))
    if found.pseudonyms is not None:
        lines.append(said("pseudonyms", lang))
    return lines


def _answers(survey: SurveyGiven, organisations: int, lang: Lang) -> list[str]:
    """What of a survey was given, holds for the other side, or is drawn, a line a question."""
    lines = [
        said(
            "ties",
            lang,
            organisations=len(survey.answered),
            answered=number(pairs_answered(survey.ties), lang),
            pairs=organisations * (organisations - 1) // 2,
        )
    ]
    for question, answers in answers_counted(survey.ties, organisations).items():
        lines.append(
            said(
                "answers between two" if question in BETWEEN_TWO else "answers",
                lang,
                name=_name(question, lang).capitalize(),
                all=number(answers.all, lang),
                given=number(answers.given, lang),
                taken_over=number(answers.taken_over, lang),
                drawn=number(answers.drawn, lang),
                share=number(100.0 * answers.drawn / answers.all, lang),
            )
        )
    return lines


def _read(found: Imported, lang: Lang) -> list[str]:
    """How files were read; nobody knows which names stand in the name of a sheet."""
    lines = []
    for key, values in found.notes:
        texts = {
            name: without_names(text, found.pseudonyms or {}) if isinstance(text, str) else text
            for name, text in values.items()
        }
        unnamed = found.pseudonyms is not None and key == "first sheet"
        lines.append(said("unnamed sheet" if unnamed else key, lang, **texts))
    return lines


def _guessed(found: Imported, lang: Lang) -> list[str]:
    lines = _read(found, lang)
    who, ties = found.organisations, found.survey
    if who is not None:
        if who.usual_size is not None:
            lines.append(said("usual size", lang, usual=number(who.usual_size, lang, 1)))
        if who.treated_as_providers:
            kinds = ", ".join(who.treated_as_providers)
            lines.append(said("kinds", lang, kinds=without_names(kinds, found.pseudonyms or {})))
        casework = found.scenario.casework
        if casework.needs_most < Scenario().casework.needs_most:
            lines.append(said("needs", lang, most=casework.needs_most))
    lines.append(said("seats", lang, seats=found.seats))
    if found.grades is not None and found.grades.means:
        lines.append(said("grades move", lang))
    if ties is not None and ties.ties:
        lines += _read_of_survey(found, ties, lang)
    return lines


def _read_of_survey(found: Imported, survey: SurveyGiven, lang: Lang) -> list[str]:
    """How the answers of a survey were taken."""
    lines, region = [], found.scenario.region
    asked = answers_counted(survey.ties, len(region.organisations))
    for key in ("knows", "trusts"):
        if key in asked:
            low, high = (number(end, lang) for end in survey.scales[key])
            name = _name(key, lang).capitalize()
            lines.append(said("scale", lang, name=name, low=low, high=high))
    lines.append(said("layer", lang, layer=said(region.surveyed_layer, lang)))
    if "meets" in asked:
        period = next(word for word, times in PERIODS.items() if times == survey.scales["meets"][1])
        lines.append(said("meets", lang, period=said(period, lang)))
    lines += [
        said("few", lang, name=_name(key, lang).capitalize(), given=answers.given)
        for key, answers in asked.items()
        if answers.drawn and answers.given < FEWEST
    ]
    # Which grade moves acquaintance depends on the layer; trust goes with the relation.
    moved = {"relation": "know and trust"}
    if region.surveyed_layer != "practice":
        moved = {"relation": "trust", "organisation": "know"}
    given = {} if found.grades is None else found.grades.means
    lines += [
        said("both", lang, grade=_name(grade, lang), what=said(what, lang))
        for grade, what in moved.items()
        if grade in given
    ]
    return lines


def _missing(found: Imported, lang: Lang) -> list[str]:
    lines = []
    who = found.organisations
    if who is None:
        lines.append(said("no organisations", lang))
    else:
        for key, noun, count in (
            ("no domain", "providers", who.without_domain),
            ("no size", "providers", who.without_size),
            ("no inhabitants", "municipalities", who.without_inhabitants),
        ):
            if count:
                lines.append(said(key, lang, **{noun: count}))
    if found.grades is None:
        lines.append(said("no grades", lang))
    else:
        lines += [
            said("no grade", lang, name=_name(key, lang))
            for key in GRADES
            if key not in found.grades.means
        ]
    if found.survey is None or who is None:
        lines.append(said("no survey", lang))
    else:
        counted = answers_counted(found.survey.ties, len(who.organisations))
        drawn = [_name(key, lang) for key, answers in counted.items() if answers.drawn]
        if drawn:
            lines.append(said("no ties", lang, names=", ".join(drawn)))
        lines += [
            said("no answer", lang, name=_name(key, lang)) for key in ANSWERS if key not in counted
        ]
    lines.append(said("money", lang))
    return lines
