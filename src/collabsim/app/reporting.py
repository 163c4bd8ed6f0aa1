"""The report of a session: the same page that `collabsim report` writes of the same runs."""

import tempfile
from pathlib import Path

from collabsim.analysis.wording import Lang
from collabsim.app.answer import Answer
from collabsim.app.drawing import PENCIL
from collabsim.config.comparison import title_of
from collabsim.experiments.executors import default_threads
from collabsim.experiments.manifest import describe_experiment
from collabsim.experiments.store import load_results, save_results
from collabsim.report import report


def report_of(answer: Answer, lang: Lang) -> bytes:
    """Write the report of an answer, as one HTML file."""
    scenarios = answer.wish.scenarios
    manifest = describe_experiment(
        answer.results,
        scenarios,
        name=title_of(answer.wish.names, lang),
        command="app",
        replicates=answer.replicates,
        threads=default_threads(),
        seconds={},
    )
    with PENCIL, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        save_results(folder, answer.results, scenarios, manifest)
        held = answer.held
        return report(
            load_results(folder), answer.verdict, lang,
            worlds=0 if held is None else held.worlds,
            replicates_in_worlds=0 if held is None else held.replicates,
        ).encode()  # fmt: skip
