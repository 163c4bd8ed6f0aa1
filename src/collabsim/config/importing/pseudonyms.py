"""Other names for organisations, so that a reader cannot see who is who."""

import hashlib
import re
from collections.abc import Mapping

from collabsim.config.importing.organisations import OrganisationsGiven


def pseudonyms_for(who: OrganisationsGiven) -> dict[str, str]:
    """Another name for each, whose order says nothing about the alphabet."""
    order = sorted(who.organisations, key=lambda name: hashlib.sha256(name.encode()).digest())
    count = {"municipality": 0, "provider": 0}
    renamed = {}
    for name in order:
        kind = who.organisations[name]["kind"]
        count[kind] += 1
        renamed[name] = f"{kind}-{count[kind]:03d}"
    return renamed


def renamed_tie(
    tie: Mapping[str, str | float], renamed: Mapping[str, str]
) -> dict[str, str | float]:
    """A tie between the same two under their other names."""
    return {**tie, "who": renamed[str(tie["who"])], "whom": renamed[str(tie["whom"])]}


def without_names(text: str, renamed: Mapping[str, str]) -> str:
    """A text of one's own, such as a kind of organisation, with the names that it holds replaced."""
    for name in sorted(renamed, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", renamed[name], text, flags=re.IGNORECASE)
    return text
