"""The command as its users meet it: what it answers, where, and with which exit code."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from collabsim import __version__
from collabsim.cli import main
from collabsim.experiments.store import load_results

BAD_CONFIGS = sorted((Path(__file__).parent / "bad_configs").glob("*.yaml"))

HEAVY = {"numba", "numpy", "pandas", "matplotlib", "mesa", "pyarrow", "scipy"}
#: Sets what the two scenarios differ in.
SAME = ["--set", "table.rotation.share_per_year=0.5"]
SMALL = """\
schema: 1
name: {name}
months: 14
history_months: 6
region: {{municipality_count: 2, provider_count: 6}}
table: {{delegation: random, seats: 3, rotation: {{share_per_year: {rotation}}}}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two small scenarios and a comparison of them."""
    (tmp_path / "fixed.yaml").write_text(SMALL.format(name="fixed", rotation=0.0))
    (tmp_path / "rotating.yaml").write_text(SMALL.format(name="rotating", rotation=1.0))
    (tmp_path / "both.yaml").write_text(
        "schema: 1\nkind: comparison\nname: both\n"
        "scenarios: [fixed.yaml, rotating.yaml]\nreplicates: 4\n"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The one JSON document that the command wrote."""
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


def command(*words: str, **changes: Any) -> subprocess.CompletedProcess[str]:  # noqa: ANN401
    """Run the command as a program of its own."""
    program = [sys.executable, "-c", "import sys; from collabsim.cli import main; sys.exit(main())"]
    return subprocess.run(
        [*program, *words], capture_output=True, text=True, check=False, **changes
    )


def test_help_comes_without_heavy_libraries() -> None:
    code = (
        "import sys; from collabsim.cli import main; main(['--help']); "
        f"assert not {HEAVY} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "compare" in done.stdout


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"collabsim {__version__}\n"


@pytest.mark.slow
def test_a_run_saves_results_and_says_what_came_out(folder: Path) -> None:
    done = command("run", "fixed.yaml", "--replicates", "3", "--out", "here", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "fixed: 3 replicates of 14 months, seed 1" in done.stdout
    assert "Encounters: " in done.stdout
    assert "Results: here" in done.stdout
    assert load_results(folder / "here").manifest["runs"] == {"done": 3, "failed": 0}
    assert list((folder / "here").glob("**/*.svg"))


@pytest.mark.slow
def test_in_a_pipe_there_is_one_clean_line_for_each_stage(folder: Path) -> None:
    done = command("run", "fixed.yaml", "--replicates", "3", "--out", "here", cwd=folder)
    stages = done.stderr.splitlines()
    assert [line.rpartition(": done in ")[0].split(" (")[0] for line in stages][1:3] == [
        "running 3 runs",
        "saving",
    ]
    assert all(line.endswith(" s") for line in stages)
    assert "\x1b" not in done.stdout + done.stderr


def test_json_is_one_document_and_nothing_else(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "fixed.yaml", "--replicates", "2", "--json"]) == 0
    document = answer(capsys)
    assert document["exit_code"] == 0
    assert document["runs"] == {"done": 2, "failed": 0}
    assert document["outcomes"]["cooperation_rate"]["defined"] == 2
    assert document["encounters"]["total"] > 0
    assert (folder / document["results"] / "runs.parquet").is_file()
    assert all((folder / figure["svg"]).is_file() for figure in document["figures"])


def test_a_parameter_can_be_set_for_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["run", "fixed.yaml", "--replicates", "1", "--json", "--out", "here"]
    assert main([*words, "--set", "table.seats=2", "--set", "months=7"]) == 0
    capsys.readouterr()
    runs = load_results(folder / "here").runs
    assert list(runs["in.table.seats"]) == [2]
    assert list(runs["in.months"]) == [7]


@pytest.mark.slow
def test_seed_zero_is_a_seed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = {}
    for seed in ("0", "1", None):
        words = [] if seed is None else ["--seed", seed]
        main(["run", "fixed.yaml", "--replicates", "1", "--json", *words])
        document = answer(capsys)
        assert document["seed"] == (1 if seed is None else int(seed))
        outcomes[seed] = document["outcomes"]
    assert outcomes["1"] == outcomes[None]
    assert outcomes["0"] != outcomes["1"]
    assert folder.joinpath("results").is_dir()


@pytest.mark.slow
def test_the_number_of_threads_changes_no_result(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for threads in ("1", "2"):
        assert main(["compare", "both.yaml", "--threads", threads, "--out", threads, "--json"]) == 0
    capsys.readouterr()
    one, two = load_results(folder / "1"), load_results(folder / "2")
    pd.testing.assert_frame_equal(
        one.runs.drop(columns="seconds"), two.runs.drop(columns="seconds"), check_exact=True
    )
    for name in ("series", "organisations", "ties"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name), check_exact=True)
    # With two threads a second process draws half of the figures.
    figures = sorted(path.name for path in (folder / "1" / "figures").iterdir())
    assert len(figures) == 8
    for name in figures:
        drawn = [(folder / threads / "figures" / name).read_bytes() for threads in ("1", "2")]
        assert drawn[0] == drawn[1], name


def test_a_trace_says_what_happened_in_replicate_0(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "fixed.yaml", "--replicates", "1", "--json", "--trace", "--out", "here"]
    assert main(words) == 0
    document = answer(capsys)
    events = pd.read_parquet(folder / document["events"])
    assert len(events) > 0
    assert set(events["scenario"]) == {"fixed"}


@pytest.mark.slow
def test_a_comparison_says_what_differs_and_how_sure_that_is(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", "both.yaml"]) == 0
    text = capsys.readouterr().out
    assert "rotating" in text
    assert "with the same luck" in text
    assert "Results: results/both-" in text
    assert len(list(folder.glob("results/both-*/manifest.json"))) == 1


@pytest.mark.slow
def test_scenarios_are_compared_with_the_first(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["compare", "rotating.yaml", "fixed.yaml", "--replicates", "3", "--json"]
    assert main(words) == 0
    document = answer(capsys)
    assert document["scenarios"] == ["rotating", "fixed"]
    (comparison,) = document["comparisons"]
    assert (comparison["a"], comparison["b"]) == ("rotating", "fixed")
    outcome = comparison["outcomes"]["cooperation_rate"]
    assert {"difference", "low", "high", "against_luck", "share_higher", "verdict"} <= set(outcome)
    assert folder.joinpath(document["results"]).is_dir()


@pytest.mark.slow
def test_the_verdict_speaks_dutch(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "both.yaml", "--lang", "nl"]) == 0
    text = capsys.readouterr().out
    assert "met hetzelfde toeval" in text.lower()
    assert folder.is_dir()


def test_names_from_a_config_are_shown_as_they_stand(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "fixed.yaml").write_text(
        SMALL.format(name="'[red]no[/red] [/] $\\frac$ ../../up'", rotation=0.0)
    )
    assert main(["run", "fixed.yaml", "--replicates", "1"]) == 0
    text = capsys.readouterr().out
    assert "[red]no[/red] [/]" in text
    assert "\x1b" not in text
    assert [path.parent for path in folder.glob("results/*")] == [folder / "results"]


@pytest.mark.slow
def test_some_runs_that_fail_give_exit_code_1(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from collabsim.experiments import runs
    from collabsim.model import CollaborationModel

    def model(scenario: Any, **choices: Any) -> CollaborationModel:  # noqa: ANN401 - as the real one
        if choices["replicate"] == 1 and scenario.name == "rotating":
            raise RuntimeError("the sky fell")
        return CollaborationModel(scenario, **choices)

    monkeypatch.setattr(runs, "CollaborationModel", model)
    assert main(["compare", "both.yaml", "--out", "here", "--json"]) == 1
    document = answer(capsys)
    assert document["failures"] == [
        {"scenario": "rotating", "replicate": 1, "error": "RuntimeError: the sky fell"}
    ]
    rows = load_results(folder / "here").runs
    assert list(rows["status"]).count("failed") == 1
    assert len(rows) == 8


def test_results_are_never_overwritten(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("mine")
    assert main(["run", "fixed.yaml", "--out", "full"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "is not empty, and results are never overwritten" in captured.err
    assert [path.name for path in (folder / "full").iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    "words",
    [
        ["run", "fixed.yaml"], ["compare", "both.yaml"], ["robustness", "fixed.yaml", "rotating.yaml"],
        ["search", "both.yaml"], ["import", "."],
    ],
    ids=lambda words: words[0],
)  # fmt: skip
def test_a_folder_that_is_in_use_is_refused_before_anything_heavy_is_loaded(
    folder: Path, words: list[str]
) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("mine")
    code = (
        "import sys; from collabsim.cli import main; "
        f"assert main({[*words, '--out', 'full']}) == 2; assert not {HEAVY} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=folder
    )
    assert done.returncode == 0, done.stderr
    assert "full is not empty, and results are never overwritten" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["run"],
        ["run", "missing.yaml"],
        ["run", "fixed.yaml", "--seed", "-1"],
        ["run", "fixed.yaml", "--seed", "one"],
        ["run", "fixed.yaml", "--replicates", "0"],
        ["run", "fixed.yaml", "--threads", "0"],
        ["run", "fixed.yaml", "--set", "table.seats"],
        ["run", "fixed.yaml", "--set", "table.chairs=3"],
        ["run", "fixed.yaml", "--set", "table.seats=three"],
        ["run", "fixed.yaml", "--set", "months=6", "--set", "months=7"],
        ["run", "both.yaml"],
        ["run", "fixed.yaml", "rotating.yaml"],
        ["run", "fixed.yaml", "--lang", "fr"],
        ["run", "fixed.yaml", "--out", "fixed.yaml"],
        ["run", "fixed.yaml", "--out", "fixed.yaml/below"],
        ["run", "fixed.yaml", "--out", "x" * 300],
        ["compare"],
        ["compare", "fixed.yaml"],
        ["compare", "fixed.yaml", "fixed.yaml"],
        ["compare", "fixed.yaml", "both.yaml"],
        ["validate", "missing.yaml"],
        ["describe", "no.such.parameter"],
        ["overthrow"],
        ["--no-such-option"],
    ],
)
def test_bad_input_gives_exit_code_2_one_message_and_writes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    before = sorted(folder.rglob("*"))
    assert main(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert "Traceback" not in captured.err
    assert main([*words, "--json"]) == 2
    assert answer(capsys)["exit_code"] == 2
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["both.yaml", *SAME], "both.yaml, line 4: with --set table.rotation.share_per_year=0.5 "),
        (["fixed.yaml", "rotating.yaml", *SAME], "collabsim: with --set table.rotation.share_per"),
        (["fixed.yaml", "twin.yaml"], '"fixed" and "twin" are the same in all parameters. '),
    ],
)
def test_one_world_under_two_names_is_not_compared(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], told: str
) -> None:
    (folder / "twin.yaml").write_text(SMALL.format(name="twin", rotation=0.0))
    before = sorted(folder.rglob("*"))
    assert main(["compare", *words]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert told in captured.err
    assert len(captured.err.splitlines()) == 1
    assert sorted(folder.rglob("*")) == before


def test_one_world_under_two_names_is_not_held_against_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "twin.yaml").write_text(SMALL.format(name="twin", rotation=0.0))
    assert main(["robustness", "fixed.yaml", "twin.yaml"]) == 2
    assert "are the same in all parameters" in capsys.readouterr().err
    assert not (folder / "results").exists()


@pytest.mark.parametrize("config", BAD_CONFIGS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["validate", "run", "compare"])
def test_a_bad_config_is_refused_by_every_command(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, config: Path
) -> None:
    before = sorted(folder.rglob("*"))
    assert main([name, str(config)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.strip()
    assert main([name, str(config), "--json"]) == 2
    assert answer(capsys)["exit_code"] == 2
    assert sorted(folder.rglob("*")) == before


def test_good_configs_are_told_of_beside_bad_ones(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "bad.yaml").write_text("schema: 1\nmonths: many\n")
    assert main(["validate", "fixed.yaml", "bad.yaml", "both.yaml"]) == 2
    captured = capsys.readouterr()
    assert "fixed.yaml" in captured.out
    assert "both.yaml" in captured.out
    assert "bad.yaml, line 2" in captured.err


def test_a_parameter_is_described_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "table.seats"]) == 0
    english = capsys.readouterr().out
    assert main(["describe", "table.seats", "--lang", "nl"]) == 0
    assert capsys.readouterr().out != english


def test_ctrl_c_before_anything_is_done_gives_one_line_too(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("collabsim.config.load_scenario", interrupted)
    assert main(["run", "fixed.yaml"]) == 130
    assert capsys.readouterr().err.strip() == "collabsim: interrupted"
    assert not list(folder.glob("results*"))


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done(folder: Path) -> None:
    # A process that is started in the background ignores Ctrl-C, and so would its children.
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from collabsim.cli import main; sys.exit(main())"
    )
    words = ["run", "fixed.yaml", "--replicates", "100000", "--out", "here"]
    with subprocess.Popen(
        [sys.executable, "-c", code, *words], cwd=folder, stderr=subprocess.PIPE, text=True
    ) as running:
        try:
            assert running.stderr is not None
            running.stderr.readline()  # the model is there, the runs begin
            time.sleep(1.0)
            running.send_signal(signal.SIGINT)
            _, said = running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 130
    assert "100000 replicates were done; they are whole" in said
    results = load_results(folder / "here")
    assert results.manifest["interrupted"]
    assert 0 < len(results.runs) < 100_000
