"""Other names for organisations, so that a reader cannot see who is who."""

import hashlib
from collections.abc import Iterable, Mapping

from collabsim.config.importing.organisations import OrganisationsGiven


def pseudonyms_for(who: OrganisationsGiven) -> dict[str, str]:
    """Another name for each, whose order says nothing about the alphabet."""
    count = {"municipality": 0, "provider": 0}
    renamed = {}
    for name in in_no_order(who.organisations):
        kind = who.organisations[name]["kind"]
        count[kind] += 1
        renamed[name] = f"{kind}-{count[kind]:03d}"
    return renamed


def in_no_order(names: Iterable[str]) -> list[str]:
    """Names in an order that is always the same and says nothing about the alphabet."""
    return sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())


def renamed_tie(
    tie: Mapping[str, str | float], renamed: Mapping[str, str]
) -> dict[str, str | float]:
    """A tie between the same two under their other names."""
    return {**tie, "who": renamed[str(tie["who"])], "whom": renamed[str(tie["whom"])]}
