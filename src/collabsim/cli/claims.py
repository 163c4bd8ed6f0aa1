"""What `claims` does: put expectations to the test, and say what may be said of each."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, INTERRUPTED, SOME_FAILED, AsJson, Lang, Language

if TYPE_CHECKING:
    from collabsim.claims.trial import Trial

#: Where runs are kept when nothing else is asked for: the same when the command is given again.
FOLDER = Path("results/claims")


def claims(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAMES]...", help="Claims, like R9; by default all.")
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(min=0, max=1000, help="Kept worlds, and as many plausible ones.")
    ] = None,
    replicates: Annotated[
        int | None, typer.Option(min=2, max=10_000, help="Pairs of each claim at the defaults.")
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for runs; given again, it is gone on with.")
    ] = FOLDER,
    workers: Annotated[
        int | None, typer.Option(min=1, max=1024, help="Workers; by default all cores.")
    ] = None,
    folder: Annotated[
        Path, typer.Option("--from", metavar="DIR", help="Folder with the files of claims.")
    ] = Path("experiments/claims"),
    publish: Annotated[
        bool, typer.Option("--publish", help="Write the findings and pages that the docs quote.")
    ] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:  # fmt: skip
    """Put what articles and research expect to the test; stopped, the same command goes on."""
    if not folder.is_dir():
        raise typer.BadParameter(
            f"there is no folder {folder} here; give the folder with the files of claims as "
            "--from DIR, or give the command in the folder of the project"
        )
    from dataclasses import replace

    from collabsim.claims.arms import Sizes
    from collabsim.claims.trial import publish as published
    from collabsim.claims.trial import put_to_the_test
    from collabsim.experiments.executors import Threads, default_threads

    if publish and names:
        raise typer.BadParameter("--publish writes the page of all claims; leave out the names")
    given = {"worlds": worlds, "pairs": replicates}
    sizes = replace(Sizes(), **{key: value for key, value in given.items() if value is not None})
    console = Console(as_json=as_json)
    executor = Threads(default_threads() if workers is None else workers)
    try:
        with console.stage("running") as advance:
            trial = put_to_the_test(folder, names or (), sizes, out, executor, advance)
    except KeyboardInterrupt:
        console.warn(f"what was done is whole, in {out}; the same command goes on from there")
        return INTERRUPTED
    tell(trial, lang, console)
    written = published(trial, folder) if publish else []
    for path in written:
        console.say(f"wrote {path}")
    for message in trial.failed:
        console.warn(f"a run failed: {message}")
    code = SOME_FAILED if trial.failed else DONE
    console.answer(document(trial, out, written, code))
    return code


def tell(trial: "Trial", lang: Lang, console: Console) -> None:
    """Tell what may be said of each claim, and what differs from what is stored."""
    from collabsim.analysis.shown import outcome_name
    from collabsim.claims import wording

    rows = []
    for claim in trial.claims:
        found = trial.kept.findings[claim.id]
        kept = found.kept.as_expected if found.kept else None
        rows.append([
            claim.id,
            claim.nl if lang == "nl" else claim.en,
            outcome_name(claim.metric, lang),
            wording.effect_words(found, lang),
            wording.luck_words(found, lang),
            wording.share_words(kept, lang),
            "; ".join(wording.ablation_words(one, lang) for one in found.ablations),
            wording.where_words(found, lang),
            wording.verdict_words(found, lang),
        ])  # fmt: skip
    heads = ("claim", "expected", "outcome", "effect", "against luck", "kept worlds", "ablation",
             "where", "verdict")  # fmt: skip
    console.table(
        wording.word("title", lang), [wording.word(head, lang) for head in heads], rows,
        words=(0, 1, 2, 5, 6, 7, 8),
    )  # fmt: skip
    console.say()
    console.say(wording.word("modest", lang))
    for line in trial.changed:
        console.say(f"{wording.word('changed', lang)}: {line}")


def document(trial: "Trial", out: Path, written: list[Path], code: int) -> dict[str, Any]:
    """The whole answer for machines."""
    from dataclasses import asdict

    from collabsim.claims.storing import as_document

    expected = {claim.id: asdict(claim) for claim in trial.claims}
    told = as_document(trial.kept)
    told["findings"] = [{"claim": expected[found["id"]], **found} for found in told["findings"]]
    return {
        "command": "claims", **told, "changes": trial.changed, "failures": trial.failed,
        "results": out, "written": written, "exit_code": code,
    }  # fmt: skip
