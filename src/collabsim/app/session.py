"""Everything that one browser session holds; no two sessions share any of it."""

from collections.abc import Sequence
from pathlib import Path

from collabsim.analysis.wording import Lang
from collabsim.app.computing import Computer
from collabsim.app.drawing import Drawings, kinds_of
from collabsim.app.histories import kept_history
from collabsim.app.saving import opened
from collabsim.app.stepping import Stepping
from collabsim.app.workspace import Workspace, open_case
from collabsim.config import ConfigError, identity
from collabsim.parameters.scenario import all_told_in


class Session:
    """The state of one session.

    Args:
        lang: language to begin with.
        computer: what computes; None takes one with all stages.

    """

    def __init__(self, lang: Lang = "en", computer: Computer | None = None) -> None:
        self.lang: Lang = lang
        self.computer = Computer() if computer is None else computer
        self.drawings = Drawings()
        self.workspace: Workspace | None = None
        self.problem: ConfigError | None = None
        self._opened = 0
        self._stepping: tuple[tuple[str, int, int], Stepping] | None = None

    def open(self, workspace: Workspace) -> None:
        """Work on these scenarios from now on."""
        self._opened += 1
        self.computer.forget()
        workspace.speak(self.lang)
        workspace.opened = 1000 * self._opened
        self.workspace, self.problem, self._stepping = workspace, None, None
        self.compute()

    def open_case(self, name: str) -> None:
        """Open a named case."""
        self.open(open_case(name, self.lang))

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open config files.

        Raises:
            ConfigError: one cannot be used, or there are too many scenarios.

        """
        self.open(opened(paths))

    def speak(self, lang: Lang) -> None:
        """Go on in this language; results stay, under the names that scenarios have in it."""
        if lang != self.lang:
            self.lang = lang
            if self.workspace is not None:
                self.workspace.speak(lang)
                self.compute()

    def leave(self) -> None:
        """Go back to the choice of cases; what was computed of this one is not shown with another."""
        self.computer.forget()
        self.workspace, self.problem = None, None

    def compute(self) -> None:
        """Have the scenarios as they are now computed; keep what is wrong with them, if anything."""
        if self.workspace is None:
            return
        try:
            scenarios = self.workspace.scenarios()
        except ConfigError as error:
            self.problem = error
            return
        self.problem = None
        self.computer.want(all_told_in(self.lang, scenarios))

    def is_old(self) -> bool:
        """Whether the answer that there is belongs to older settings."""
        return self.problem is not None or not self.computer.is_current

    def replicates(self) -> int:
        """Replicates of the answer to the settings as they are now; 0 while there is none."""
        answer = self.computer.answer
        return 0 if answer is None or self.is_old() else answer.replicates

    def is_under_way(self, view: str, lang: Lang) -> bool:
        """Whether something that a view shows is still being computed or drawn."""
        answer = self.computer.answer
        undrawn = answer is not None and any(
            not self.drawings.is_current(kind, answer, lang) for kind in kinds_of(view, answer)
        )
        return undrawn or self.computer.progress().running

    def stepping(self, place: int, replicate: int) -> Stepping:
        """Give the walk through one replicate of one scenario; a new one if that has changed.

        Raises:
            ConfigError: the scenarios cannot be used as they are.

        """
        if self.workspace is None:
            raise ValueError("nothing is open")
        scenarios = self.workspace.scenarios()
        seed = scenarios[0].seed
        key = (identity(scenarios[place]), seed, replicate)
        if self._stepping is None or self._stepping[0] != key:
            walk = Stepping(scenarios[place], seed, replicate, kept_history)
            self._stepping = key, walk
        return self._stepping[1]
