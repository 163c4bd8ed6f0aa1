"""Other names for organisations, so that a reader cannot see who is who."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from collabsim.config.importing.organisations import OrganisationsGiven
from collabsim.config.importing.words import plain, without_names
from collabsim.parameters.region import FIELDS


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


def renamed_organisation(one: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    """The same organisation under its other name; a field of its own may hold a name too."""
    other = {**one, "id": renamed.get(one["id"], one["id"])}
    if "domain" in one:
        other["domain"] = renamed_field(one["domain"], renamed)
    if "also" in one:
        other["also"] = [renamed_field(field, renamed) for field in one["also"]]
    return other


def renamed_list(who: OrganisationsGiven, renamed: Mapping[str, str]) -> OrganisationsGiven:
    """The same list under other names."""
    return replace(
        who,
        organisations={
            renamed.get(name, name): renamed_organisation(one, renamed)
            for name, one in who.organisations.items()
        },
        fields=tuple(renamed_field(field, renamed) for field in who.fields),
    )


def renamed_field(field: str, renamed: Mapping[str, str]) -> str:
    """A field without the names that it holds."""
    return field if field in FIELDS else plain(without_names(field, renamed))


def renamed_tie(
    tie: Mapping[str, str | float], renamed: Mapping[str, str]
) -> dict[str, str | float]:
    """A tie between the same two under their other names."""
    return {**tie, "who": renamed[str(tie["who"])], "whom": renamed[str(tie["whom"])]}
