"""The account of an import: what was used, what was guessed, what is missing; in English or Dutch."""

import math

from collabsim.analysis.groups import field_words
from collabsim.analysis.wording import Lang, number
from collabsim.config.importing.account_words import said
from collabsim.config.importing.pseudonyms import without_names
from collabsim.config.importing.scenario import Imported
from collabsim.config.importing.survey import ANSWERS
from collabsim.config.importing.words import GRADES, HEADERS


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
            "fields": ", ".join(field_words(field, lang) for field in found.organisations.fields),
        }
        lines.append(said("organisations", lang, **values))
    if found.grades is not None:
        for key, mean in found.grades.means.items():
            values = {
                "name": _name(key, lang),
                "mean": number(mean, lang, 1),
                "count": found.grades.respondents[key],
                "spread": number(found.grades.spreads[key], lang, 1),
            }
            one = math.isnan(found.grades.spreads[key])
            lines.append(said("one grade" if one else "grade", lang, **values))
    if found.survey is not None:
        lines.append(
            said("ties", lang, count=number(len(found.survey.ties), lang),
                 answered=len(found.survey.answered))
        )  # fmt: skip
        if found.between_others is not None:
            name = found.between_others if name_connector else said("not named", lang)
            lines.append(said("between", lang, name=name))
    if found.pseudonyms is not None:
        lines.append(said("pseudonyms", lang))
    return lines


def _guessed(found: Imported, lang: Lang) -> list[str]:
    hidden = found.pseudonyms is not None
    lines = [
        said("unnamed sheet" if hidden and key == "first sheet" else key, lang, **values)
        for key, values in found.notes
    ]
    who, ties = found.organisations, found.survey
    if who is not None:
        if who.average is not None:
            lines.append(said("average", lang, average=number(who.average, lang, 1)))
        if who.treated_as_providers:
            kinds = ", ".join(who.treated_as_providers)
            lines.append(said("kinds", lang, kinds=without_names(kinds, found.pseudonyms or {})))
    lines.append(said("seats", lang, seats=found.seats))
    if found.grades is not None and found.grades.means:
        lines.append(said("grades move", lang))
    if ties is not None and ties.ties:
        for key in ("knows", "trusts"):
            if key in ties.scales:
                low, high = (number(end, lang) for end in ties.scales[key])
                name = _name(key, lang).capitalize()
                lines.append(said("scale", lang, name=name, low=low, high=high))
        lines.append(said("layer", lang, layer=said(found.scenario.region.surveyed_layer, lang)))
        if "meets" in ties.scales:
            lines.append(said("meets", lang))
        if found.grades is not None and "relation" in found.grades.means:
            lines.append(said("both", lang))
    return lines


def _missing(found: Imported, lang: Lang) -> list[str]:
    lines = []
    who = found.organisations
    if who is None:
        lines.append(said("no organisations", lang))
    else:
        for key, count in (
            ("no domain", who.without_domain),
            ("no size", who.without_size),
            ("no inhabitants", who.without_inhabitants),
        ):
            if count:
                lines.append(said(key, lang, count=count))
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
        count = len(who.organisations)
        whole, there = count * (count - 1), len(found.survey.ties)
        if there < whole:
            share = number(100.0 * (whole - there) / whole, lang)
            missing, total = number(whole - there, lang), number(whole, lang)
            lines.append(said("no ties", lang, missing=missing, all=total, share=share))
        answered = {key for tie in found.survey.ties for key in tie}
        lines += [
            said("no answer", lang, name=_name(key, lang)) for key in ANSWERS if key not in answered
        ]
    lines.append(said("money", lang))
    return lines
