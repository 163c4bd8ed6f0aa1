"""A scenario that is being worked on: where it came from, and what was changed since."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from collabsim.analysis.wording import Lang
from collabsim.config import load_scenario, resolved, scenario_from_mapping
from collabsim.config.shipped import shipped_scenario
from collabsim.parameters import Scenario

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Draft:
    """One scenario of a session.

    Attributes:
        base: the scenario as it was opened.
        origin: name of the shipped scenario that it was opened from; "" for one's own.
        changes: values changed since, by path, as they stand in a config.
        lang: language in which it is called; a name that somebody gave it here stays as it is.

    """

    base: Scenario
    origin: str = ""
    changes: Mapping[str, Any] = field(default=NOTHING)
    lang: Lang = "en"

    @classmethod
    def shipped(cls, name: str, changes: Mapping[str, Any] = NOTHING) -> Self:
        """Open a shipped scenario.

        Raises:
            KeyError: there is no such scenario.

        """
        return cls(load_scenario(shipped_scenario(name)), name, changes)

    @classmethod
    def from_file(cls, path: Path) -> Self:
        """Open a scenario file.

        Raises:
            ConfigError: it cannot be used.

        """
        return cls(load_scenario(path))

    @cached_property
    def _content(self) -> dict[str, Any]:
        """The scenario as it was opened, as plain data; not to be changed."""
        return resolved(self.base)

    @property
    def name(self) -> str:
        """The name as it is now."""
        return str(self.value("name"))

    def value(self, path: str) -> Any:  # noqa: ANN401 - a parameter of any type
        """Give the value of a parameter as it is now, valid or not."""
        return self.changes[path] if path in self.changes else self.opened_with(path)

    def opened_with(self, path: str) -> Any:  # noqa: ANN401 - idem
        """Give the value of a parameter with which the scenario was opened."""
        if path == "name":
            return self.base.told_in(self.lang).name
        value: Any = self._content
        for part in path.split("."):
            value = value[part]
        return value

    def in_month_0(self, path: str) -> Any:  # noqa: ANN401 - idem
        """Give the value of a parameter in month 0, where the timeline may have changed it."""
        return entries_of(self.value("timeline")).get((0, path), self.value(path))

    def month_of_change(self, path: str) -> int | None:
        """Give the first month after month 0 from which the timeline sets it; None without one."""
        entries = entries_of(self.value("timeline"))
        return min((month for month, set_ in entries if month > 0 and set_ == path), default=None)

    @property
    def as_opened(self) -> "Draft":
        """The scenario as it was opened, but for its name."""
        return replace(self, changes=NOTHING).changed("name", self.name)

    @property
    def count(self) -> int:
        """How many values were changed, each change on the timeline for itself; not its name."""
        timelines = [entries_of(draft.value("timeline")) for draft in (self, self.as_opened)]
        moved = sum(
            timelines[0].get(entry) != timelines[1].get(entry)
            for entry in timelines[0] | timelines[1]
        )
        return moved + len(set(self.changes) - {"name", "timeline"})

    def changed_from(self, month: int, path: str, value: object) -> "Draft":
        """Give a draft with a change on its timeline, in the place of one of the same month."""
        return self._timed(entries_of(self.value("timeline")) | {(month, path): value})

    def unchanged_from(self, month: int, path: str) -> "Draft":
        """Give a draft without a change on its timeline."""
        entries = entries_of(self.value("timeline"))
        entries.pop((month, path), None)
        return self._timed(entries)

    def _timed(self, entries: Mapping[tuple[int, str], Any]) -> "Draft":
        opened = self.opened_with("timeline")
        same = entries == entries_of(opened)
        return self.changed("timeline", opened if same else timeline_of(entries))

    def changed(self, path: str, value: object) -> "Draft":
        """Give a draft in which one value is changed; back to the old value is no change."""
        changes = {known: kept for known, kept in self.changes.items() if known != path}
        if value != self.opened_with(path):
            changes[path] = value
        return replace(self, changes=changes)

    def scenario(self) -> Scenario:
        """Give the scenario as it is now, checked as a file is; called as its config calls it.

        Raises:
            ConfigError: a value, or two of them together, cannot be.

        """
        if not self.changes:
            return self.base
        content = resolved(self.base)
        for path, value in self.changes.items():
            *groups, key = path.split(".")
            group = content
            for name in groups:
                group = group[name]
            group[key] = value
        if "name" in self.changes:
            # It was given by who reads it, in whichever language.
            content["name_nl"] = ""
        return scenario_from_mapping(content)


def entries_of(timeline: Sequence[Mapping[str, Any]]) -> dict[tuple[int, str], Any]:
    """Values that a timeline sets, by month and path."""
    return {
        (int(change["month"]), path): value
        for change in timeline
        for path, value in change["set"].items()
    }


def timeline_of(entries: Mapping[tuple[int, str], Any]) -> list[dict[str, Any]]:
    """Give the timeline that sets values by month and path, in their order."""
    months = sorted({month for month, _ in entries})
    return [
        {
            "month": month,
            "set": {path: entries[at, path] for at, path in sorted(entries) if at == month},
        }
        for month in months
    ]
