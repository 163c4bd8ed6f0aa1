"""A link that restores a session: names of shipped scenarios, and the values that were changed.

What comes from a link is checked as a file is. A scenario of one's own is not in a link: it may
hold names of organisations, and goes in a file.
"""

import json
from collections.abc import Mapping

from collabsim.app.cases import CASES
from collabsim.app.draft import Draft
from collabsim.app.workspace import LETTERS, Workspace
from collabsim.config import ConfigError, parameters, resolved
from collabsim.phrases import Phrase

#: A browser takes about so many characters.
LONGEST = 6000
_CASE = "case"


def to_link(workspace: Workspace) -> dict[str, str] | None:
    """Give the parameters of a link to the session; None if a file is needed."""
    if not all(draft.origin for draft in workspace.drafts):
        return None
    link = {_CASE: workspace.case} if workspace.case else {}
    for letter, draft in zip(LETTERS, workspace.drafts, strict=False):
        link[letter.lower()] = draft.origin
        if draft.changes:
            changes = json.dumps(dict(draft.changes), ensure_ascii=False, separators=(",", ":"))
            link[f"{letter.lower()}.set"] = changes
    return link if sum(len(value) for value in link.values()) <= LONGEST else None


def from_link(link: Mapping[str, str]) -> Workspace | None:
    """Restore a session from the parameters of a link; None if it names no scenario.

    Raises:
        ConfigError: what it says cannot be.

    """
    drafts = []
    for letter in map(str.lower, LETTERS):
        name = link.get(letter)
        if name is None:
            break
        try:
            draft = Draft.shipped(name, changes_in(link.get(f"{letter}.set", "{}")))
        except KeyError:
            raise refusal(
                Phrase(f'there is no scenario "{name[:60]}"', f'er is geen scenario "{name[:60]}"')
            ) from None
        scenario = draft.scenario()
        if "timeline" in draft.changes:  # which may be written in more ways than one
            draft = draft.changed("timeline", resolved(scenario)["timeline"])
        drafts.append(draft)
    if not drafts:
        return None
    case = link.get(_CASE, "")
    return Workspace(drafts, case if case in CASES else "")


def changes_in(text: str) -> dict[str, object]:
    """Give the changed values that a link holds, by path.

    Raises:
        ConfigError: they cannot be read, or a path does not exist.

    """
    unreadable = Phrase(
        "the changed values cannot be read", "de gewijzigde waarden zijn niet te lezen"
    )
    try:
        changes = json.loads(text[:LONGEST])
    except (ValueError, RecursionError):
        raise refusal(unreadable) from None
    if not isinstance(changes, dict):
        raise refusal(unreadable)
    for path in changes:
        if path not in parameters():
            raise refusal(
                Phrase(
                    f'there is no parameter "{path[:60]}"', f'er is geen parameter "{path[:60]}"'
                )
            )
    return changes


def refusal(found: Phrase) -> ConfigError:
    """Give the error for a link that cannot be used."""
    return ConfigError(
        found,
        rule=Phrase(
            "a link names shipped scenarios and values of parameters",
            "een link noemt meegeleverde scenario's en waarden van parameters",
        ),
        repair=Phrase(
            "copy the whole link again, or begin with a case",
            "kopieer de hele link opnieuw, of begin met een casus",
        ),
    )
