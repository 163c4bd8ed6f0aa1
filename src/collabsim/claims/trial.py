"""Claims put to the test: from their files to findings, in one go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from collabsim.claims.arms import Arms, Cell, Sizes, World, cells
from collabsim.claims.claim import CLAIMS, Claim, load_claims
from collabsim.claims.explaining import Figures, figures_of, load_explanations
from collabsim.claims.findings import findings, goes_against
from collabsim.claims.page import PAGES, page
from collabsim.claims.running import carry_out, failures, needed
from collabsim.claims.storing import (
    FILE,
    REFERENCE,
    Stored,
    changes,
    read_findings,
    stored,
    write_findings,
)
from collabsim.claims.worlds import worlds_of
from collabsim.experiments.executors import Executor
from collabsim.experiments.folders import OutputError, reason
from collabsim.experiments.runs import OnProgress
from collabsim.worlds import fitted_facts


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a trial.

    Attributes:
        claims: that were put to the test.
        kept: what was found.
        changed: what differs from what is stored, a line each.
        failed: what was raised by runs that failed.

    """

    claims: tuple[Claim, ...]
    kept: Stored
    changed: tuple[str, ...]
    failed: tuple[str, ...]


def project_of(folder: Path) -> Path:
    """The project that a folder of claims lies in."""
    return folder.resolve().parents[len(CLAIMS.parts) - 1]


def plan(
    folder: Path, names: Sequence[str], sizes: Sizes
) -> tuple[list[Claim], list[World], list[Cell]]:
    """The claims, the worlds, and every claim in every setting.

    Raises:
        ConfigError: a claim or a scenario cannot be used.

    """
    claims = list(load_claims(folder, names))
    worlds = worlds_of(sizes.worlds) if sizes.worlds else []
    return claims, worlds, list(cells(claims, Arms(project_of(folder)), worlds, sizes))


def put_to_the_test(
    folder: Path,
    names: Sequence[str],
    sizes: Sizes,
    out: Path,
    executor: Executor,
    on_progress: OnProgress,
) -> Trial:
    """Run claims, and keep what was found in ``out``.

    Args:
        folder: of the files of claims.
        names: which; none for all.
        sizes: how much to run.
        out: folder for runs and findings; given again, it is gone on with.
        executor: where runs are made.
        on_progress: called with runs done and runs in all.

    Raises:
        ConfigError: a claim or a scenario cannot be used.
        OutputError: the folder cannot be used.

    """
    claims, worlds, every = plan(folder, names, sizes)
    runs = carry_out(every, out, executor, on_progress)
    found = findings(claims, every, runs, worlds, fitted_facts())
    signs = {claim.id: claim.sign for claim in claims}
    otherwise = {finding.id for finding in found if goes_against(finding, signs[finding.id])}
    figures: Mapping[str, Figures] = {
        cell.claim: figures_of(cell)
        for cell in every
        if cell.kind == "defaults" and cell.claim in otherwise
    }
    used = replace(sizes, worlds=sum(world.kind == "kept" for world in worlds))
    made = sum(map(len, needed(every).values()))
    kept = stored(found, used, made, figures)
    write_findings(kept, out / FILE)
    return Trial(
        tuple(claims),
        kept,
        since_stored(project_of(folder) / REFERENCE, kept),
        tuple(failures(out)),
    )


def since_stored(file: Path, kept: Stored) -> tuple[str, ...]:
    """What differs from what is stored; findings of another layout are no reason to stop."""
    try:
        return tuple(changes(read_findings(file), kept))
    except OutputError as error:
        return (str(error),)


def publish(trial: Trial, folder: Path) -> list[Path]:
    """Write the findings that the docs quote, and the pages.

    Raises:
        OutputError: they cannot be written.

    """
    write_findings(trial.kept, project_of(folder) / REFERENCE)
    return [REFERENCE, *write_pages(folder)]


def write_pages(folder: Path) -> list[Path]:
    """Write the pages anew from the findings that are stored, if there are any.

    Raises:
        OutputError: the findings cannot be read, or the pages cannot be written.

    """
    project, claims = project_of(folder), load_claims(folder)
    kept = read_findings(project / REFERENCE)
    if kept is None:
        return []
    explanations = load_explanations(folder)
    try:
        for lang, path in PAGES.items():
            text = page(claims, kept, explanations, project, lang)
            (project / path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{project}: the pages could not be written ({reason(error)})") from error
    return list(PAGES.values())
