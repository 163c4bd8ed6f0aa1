"""``collabsim claims`` as a user gives it: in a small project with claims of its own."""

import json
from pathlib import Path
from typing import Any

import pytest

from collabsim.cli import main

SMALL = """
schema: 1
name: {name}
months: 12
history_months: 6
region: {{municipality_count: 2, provider_count: 8}}
table: {{delegation: selected, seats: 3}}
"""
CLAIMS = """
schema: 1
claims:
  - id: {id}
    system: A small region
    systeem: Een kleine regio
    expects: Where a queue keeps nobody back, parties cooperate more
    verwacht: Waar een wachtrij niemand tegenhoudt, werken partijen meer samen
    sources: [k2-partnership]
    of: {of}
    than: {than}
    metric: {metric}
    direction: {direction}
    ablations:
      - {{name: nobody decides, naam: niemand kiest, set: {{cooperation.enabled: false}}}}
    mechanisms: [cooperation]
    parameters: [cooperation.load_aversion]
"""
BOLD = "{scenario: small, set: {cooperation.need_weight: 0.8}}"
SHY = "{scenario: small, set: {cooperation.need_weight: 0.0}}"


def project(folder: Path, **words: str) -> Path:
    """A project with one scenario and two claims; returns the folder of claims."""
    scenarios, claims = folder / "configs/scenarios", folder / "experiments/claims"
    scenarios.mkdir(parents=True)
    claims.mkdir(parents=True)
    (scenarios / "small.yaml").write_text(SMALL.format(name="small"))
    usual = {
        "id": "R1",
        "of": BOLD,
        "than": SHY,
        "metric": "cooperation_rate",
        "direction": "higher",
    }
    (claims / "articles.yaml").write_text(CLAIMS.format(**usual | words))
    turned = usual | {"id": "F1", "direction": "lower"}
    (claims / "research.yaml").write_text(CLAIMS.format(**turned))
    return claims


def told(
    capsys: pytest.CaptureFixture[str], claims: Path, *words: str, out: str = "runs"
) -> dict[str, Any]:
    """What the command tells machines."""
    place = claims.parent / out
    given = ["claims", *words, "--from", str(claims), "--out", str(place), "--replicates", "12"]
    code = main([*given, "--workers", "1", "--json"])
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert answer["exit_code"] == code
    return answer


@pytest.mark.slow
def test_a_claim_comes_out_and_the_same_claim_turned_round_is_contradicted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(capsys, project(tmp_path), "--worlds", "1")
    verdicts = {found["id"]: found["verdict"] for found in answer["findings"]}
    assert verdicts == {"R1": "supported", "F1": "contradicted"}
    one, turned = answer["findings"]
    assert one["difference"] == turned["difference"] > 0.02
    assert [ablation["removal"] for ablation in one["ablations"]] == ["removes"]
    assert one["plausible"]["as_expected"]["worlds"] == 1
    assert set(answer["figures"]) == {"F1"}
    assert answer["figures"]["F1"]["of"]["decided"] > 0


def test_a_lever_that_equals_its_control_makes_no_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = told(capsys, project(tmp_path, than=BOLD), "R1", "--worlds", "0")
    (found,) = answer["findings"]
    assert (found["verdict"], found["difference"]) == ("no difference that matters", 0.0)


def test_given_again_it_makes_only_what_is_missing_and_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = project(tmp_path)
    first = told(capsys, claims, "--worlds", "1")
    blocks = sorted((claims.parent / "runs/blocks").glob("*.parquet"))
    times = {block.name: block.stat().st_mtime_ns for block in blocks}
    blocks[0].write_bytes(b"cut off")  # as a crash may leave it
    again = told(capsys, claims, "--worlds", "1")
    assert again == first
    after = {
        b.name: b.stat().st_mtime_ns for b in (claims.parent / "runs/blocks").glob("*.parquet")
    }
    assert {name for name in times if after.get(name) != times[name]} == {blocks[0].name}


@pytest.mark.slow
def test_what_is_published_is_stored_shown_and_compared_with_the_next_time(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = project(tmp_path)
    (tmp_path / "results/reference").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/model.md").write_text("### Cooperation\n\n`cooperation.py`\n")
    (tmp_path / "docs/sources.md").write_text("## k2-partnership\n")
    (claims / "explanations.yaml").write_text(
        "schema: 1\nexplanations:\n  - claim: F1\n"
        '    en: "Asked {of[asked]:,.0f} times a year."\n    nl: "Gevraagd: {of[asked]:,.1f}."\n'
    )
    answer = told(capsys, claims, "--worlds", "0", "--publish")
    assert answer["written"] == [
        "results/reference/claims.json",
        "docs/claims.md",
        "docs/claims.nl.md",
    ]
    english, dutch = (
        (tmp_path / f"docs/claims{ending}").read_text(encoding="utf-8")
        for ending in (".md", ".nl.md")
    )
    assert "**supported**" in english
    assert "**gesteund**" in dutch
    asked = answer["figures"]["F1"]["of"]["asked"]
    assert f"Asked {asked:,.0f} times a year." in english
    assert f"Gevraagd: {asked:,.1f}.".translate(str.maketrans(",.", ".,"))[:-1] in dutch
    assert told(capsys, claims, "--worlds", "0")["changes"] == []
    (claims / "articles.yaml").write_text(
        CLAIMS.format(id="R1", of=SHY, than=BOLD, metric="cooperation_rate", direction="higher")
    )
    changed = told(capsys, claims, "--worlds", "0")["changes"]
    assert "R1: supported became contradicted" in changed
    (tmp_path / "results/reference/claims.json").write_text('{"schema": 0}')
    (line,) = told(capsys, claims, "--worlds", "0")["changes"]
    assert "make them anew" in line


def test_people_read_a_table_in_their_own_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = project(tmp_path)
    words = [
        "claims",
        "R1",
        "--from",
        str(claims),
        "--out",
        str(tmp_path / "runs"),
        "--worlds",
        "0",
    ]
    assert main([*words, "--replicates", "4", "--workers", "1", "--lang", "nl"]) == 0
    text = capsys.readouterr().out
    assert "Waar een wachtrij niemand tegenhoudt" in text
    assert "In dit model, onder deze aannamen." in text


@pytest.mark.parametrize(
    ("words", "change", "part"),
    [
        (["R99"], {}, "there is no claim"),
        ([], {"metric": "happiness"}, "there is no outcome"),
        (
            [],
            {"than": "{value: 2.0, scenario: small}"},
            "A side is a scenario by its name, or a value",
        ),
        ([], {"of": "{value: 2.0}"}, "A side is a scenario by its name"),
        ([], {"of": "{scenario: ../secret}"}, "A side is a scenario by its name"),
        ([], {"of": "{scenario: unheard-of}"}, "there is no such file"),
        ([], {"of": "{scenario: small, set: {table.chairs: 3}}"}, 'no key "chairs"'),
        ([], {"id": "F1"}, "second claim with that id"),
        (["R1", "--publish"], {}, "--publish writes the page of all claims"),
    ],
)
def test_bad_input_is_one_message_and_nothing_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    change: dict[str, str],
    part: str,
) -> None:
    claims = project(tmp_path, **change)
    out = tmp_path / "runs"
    assert main(["claims", *words, "--from", str(claims), "--out", str(out)]) == 2
    captured = capsys.readouterr()
    assert part in captured.err
    assert len(captured.err.strip().splitlines()) == 1
    assert not out.exists()


def test_a_folder_without_claims_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["claims", "--from", str(tmp_path)]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_who_is_in_another_folder_is_told_of_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["claims", "R9"]) == 2
    told = capsys.readouterr().err
    assert "there is no folder experiments/claims here; give the folder with the files" in told
    assert "--from DIR" in told
    assert not list(tmp_path.iterdir())
