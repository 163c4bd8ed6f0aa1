"""What one session works on: up to three scenarios, the first of which is the reference."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from collabsim.analysis.wording import Lang
from collabsim.app.cases import CASES
from collabsim.app.draft import Draft, entries_of
from collabsim.app.levers import is_felt_before
from collabsim.config import ConfigError, parameters
from collabsim.parameters import Scenario
from collabsim.phrases import Phrase

LETTERS = ("A", "B", "C")
MOST_SCENARIOS = len(LETTERS)


@dataclass(slots=True)
class Workspace:
    """The scenarios of a session.

    Attributes:
        drafts: one to three scenarios, the reference first.
        case: name of the case that was opened; "" for one's own files.
        opened: counts what was opened or rearranged, so that controls know that they are new.

    """

    drafts: list[Draft]
    case: str = ""
    opened: int = field(default=0)

    def __post_init__(self) -> None:
        if not 1 <= len(self.drafts) <= MOST_SCENARIOS:
            raise ValueError(f"{len(self.drafts)} scenarios; give 1 to {MOST_SCENARIOS}")

    def change(self, place: int, path: str, value: object) -> None:
        """Change one value of one scenario."""
        self.drafts[place] = self.drafts[place].changed(path, value)

    def change_from(self, place: int, month: int, path: str, value: object) -> None:
        """Put a change on the timeline of one scenario, in the place of one of the same month."""
        self.drafts[place] = self.drafts[place].changed_from(month, path, value)

    def unchange_from(self, place: int, month: int, path: str) -> None:
        """Take a change off the timeline of one scenario."""
        self.drafts[place] = self.drafts[place].unchanged_from(month, path)

    def pull(self, place: int, path: str, value: object) -> None:
        """Change one value of one scenario from month 0 on, and not the past."""
        draft = self.drafts[place]
        planned = (0, path) in entries_of(draft.value("timeline"))
        if not planned and not is_felt_before(parameters()[path]):
            self.change(place, path, value)
        elif value == draft.value(path):
            self.unchange_from(place, 0, path)
        else:
            self.change_from(place, 0, path, value)

    def add(self) -> None:
        """Add a copy of the last scenario, under a name of its own."""
        last = self.drafts[-1]
        self.drafts.append(last.changed("name", free_name(last.name, self.names())))
        self.opened += 1

    def remove(self, place: int) -> None:
        """Take a scenario out; the last one left stays."""
        if len(self.drafts) > 1:
            del self.drafts[place]
            self.opened += 1

    def undo(self, place: int) -> None:
        """Take a scenario back to how it was opened, but for its name."""
        self.drafts[place] = self.drafts[place].as_opened
        self.opened += 1

    def speak(self, lang: Lang) -> None:
        """Call the scenarios as who reads ``lang`` calls them; names that were given here stay."""
        self.drafts = [replace(draft, lang=lang) for draft in self.drafts]
        self.opened += 1

    def names(self) -> list[str]:
        """Names of the scenarios as they are now, in the language of who reads them."""
        return [draft.name for draft in self.drafts]

    def scenarios(self) -> tuple[Scenario, ...]:
        """Give the scenarios, checked one by one and together, with the names of their configs.

        Raises:
            ConfigError: one cannot be used, or they cannot be compared.

        """
        scenarios = tuple(draft.scenario() for draft in self.drafts)
        names = self.names()
        for name in names:
            if names.count(name) > 1:
                raise clash(
                    Phrase(
                        f'two scenarios are called "{name}"', f'twee scenario\'s heten "{name}"'
                    ),
                    Phrase("give one of them another name", "geef een van de twee een andere naam"),
                )
        if len({scenario.months for scenario in scenarios}) > 1:
            months = [str(scenario.months) for scenario in scenarios]
            raise clash(
                Phrase(
                    f"the scenarios last {' and '.join(months)} months",
                    f"de scenario's duren {' en '.join(months)} maanden",
                ),
                Phrase("give all the same months", "geef ze alle evenveel maanden"),
            )
        return scenarios


def open_case(name: str, lang: Lang = "en") -> Workspace:
    """Open a named case, its scenarios with names in the language of who opens it.

    Raises:
        KeyError: there is no such case.

    """
    workspace = Workspace([Draft.shipped(scenario) for scenario in CASES[name].scenarios], name)
    workspace.speak(lang)
    return workspace


def free_name(name: str, taken: Sequence[str]) -> str:
    """Give a name that is not taken: "name (2)"."""
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name[:110]} ({number})"


def clash(found: Phrase, repair: Phrase) -> ConfigError:
    """Give the error for scenarios that cannot be compared."""
    rule = Phrase(
        "scenarios of a comparison differ in name, not in months",
        "scenario's van een vergelijking verschillen in naam, niet in maanden",
    )
    return ConfigError(found, rule=rule, repair=repair)
