"""Whatever stands in a config, it can be used or is refused with one message, and nothing else happens."""

import io
import re
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collabsim.cli import main
from collabsim.cli.options import overrides
from collabsim.config import ConfigError, load_scenario, parameters
from collabsim.config.catalogue import groups
from collabsim.config.comparison import ComparisonFile
from collabsim.config.errors import CONTROL
from collabsim.experiments.runs import run_once
from collabsim.experiments.sweep_files import SweepFile
from collabsim.experiments.sweep_goals import Until

#: What nobody would write, or only by mistake, as it stands in a file.
NONSENSE = (
    ".nan",
    ".inf",
    "-.inf",
    "1e400",
    "-1e-400",
    "0",
    "-0.0",
    "-1",
    "1",
    "0.5",
    "7",
    "1e308",
    "99999999999999999999",
    "9" * 399,
    "9" * 401,
    "0x7fffffffffffffffff",
    "0o17",
    "1_000",
    "1,5",
    "12:30:45",
    "2026-11-25",
    "2026-11-25T10:00:00Z",
    "true",
    "false",
    "yes",
    "on",
    "null",
    "~",
    "",
    "''",
    "' '",
    '"\\0"',
    '"\\a"',
    '"\\e[31m"',
    '"\\u202e"',
    '"\\ud800"',
    '"\\n"',
    '"\\u2028"',
    '"\\x7f"',
    "../x",
    '"../../x"',
    "/etc/passwd",
    "C:\\\\x",
    '"-"',
    '"--help"',
    '"a/b"',
    '"."',
    '"CON"',
    "😀",
    "👩‍👩‍👧",
    "é" * 200,
    "x" * 10_000,
    "x" * 121,
    "{}",
    "[]",
    "{a: 1}",
    "[1, 2]",
    "[[1], {a: b}]",
    "[" * 11 + "]" * 11,
    "[" * 500 + "]" * 500,
    "{a: " * 13 + "1" + "}" * 13,
    "!!python/object:os.system x",
    "!x 1",
    "&a 1",
    "*a",
    "<<: 1",
    "? x",
    "`x`",
    "@x",
    "%x",
    "{a: 1, a: 2}",
    "$(touch x)",
    "${HOME}",
    "<script>alert(1)</script>",
    "%s%n",
    "selected",
    "nobody",
    "all",
    "plausible",
    "world.yaml",
    "sweep.yaml",
    "base.yaml",
    "[world.yaml]",
    "[world.yaml, world.yaml]",
    "[days_to_help]",
    "[0, 1]",
    "[1, 1]",
    "[-1, 0]",
    "[0, 999999999999]",
    "{low: 1, high: 2}",
    "{low: 2, high: 1}",
    "{low: .nan, high: .inf}",
    "{low: 0, high: 1, log: true}",
    "{low: 0, high: 1e308}",
    "{low: -1e308, high: 1e308}",
    "{low: true, high: false}",
    "{low: a, high: b}",
    "[.nan]",
    "[null]",
    "[true, 1, a]",
    "[{a: 1}]",
    "[2, 3]",
    "[x, x]",
    "{outcome: days_to_help, points: [0, 1], width: 1.0}",
    "{outcome: x}",
    "{month: 1, set: {table.seats: 2}}",
    "[{month: 1, set: {table.seats: 2}}]",
    "[{month: 99, set: {months: 2}}]",
    "[{month: 1, set: {}}]",
    "[{month: 1, set: {table.seats: .nan}}]",
    "[{month: 1.5, set: {table: {seats: 2}}}]",
    "[{month: 0, set: {a.b.c: 1}}]",
    "[{month: 2, set: {table: 3}}]",
    "[{month: true, set: [1]}]",
    "[{id: a, kind: provider}]",
    '[{id: "\\e", kind: provider}]',
    "[{id: provider-001, kind: provider}]",
    "[{id: ../a, kind: municipality, domain: x, also: [y]}]",
)

WORLD: Mapping[str, Any] = {
    "schema": "1",
    "name": "small",
    "months": "6",
    "history_months": "3",
    "region": {"municipality_count": "2", "provider_count": "6", "fields": "[youth, care]"},
    "casework": {"needs_most": "2"},
    "table": {"seats": "3", "delegation": "selected", "meets_every_months": "2"},
}
SWEEP: Mapping[str, Any] = {
    "schema": "1",
    "kind": "sweep",
    "name": "small",
    "scenarios": "[world.yaml]",
    "design": "factorial",
    "levers": {"table.seats": "[2, 3]"},
    "uncertainties": {"people.handover": "[0.1, 0.4]"},
    "replicates": "2",
}
COMPARISON: Mapping[str, Any] = {
    "schema": "1",
    "kind": "comparison",
    "name": "two",
    "scenarios": "[world.yaml, other.yaml]",
    "replicates": "2",
}

nonsense = (
    st.sampled_from(NONSENSE)
    | st.text(max_size=20).map(repr)
    | st.floats().map(repr)
    | st.integers().map(str)
)
#: One parameter at a time needs a spread of values of its own kind, near and on its bounds.
words = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


def near_bounds(path: str) -> st.SearchStrategy[str]:
    """Values about the bounds of a parameter, and its choices."""
    parameter = parameters()[path]
    bounds = [b for b in (parameter.lowest, parameter.highest) if b is not None]
    values = [repr(b + step) for b in bounds for step in (0, 1, -1, 0.5)] + list(
        map(str, parameter.choices)
    )
    return st.sampled_from(values or ["1"])


SCENARIO_PATHS = (
    *parameters(),
    *(path for path in groups() if path),
    "nonsense",
    "table.nonsense",
    "extends",
    "kind",
    "schema",
    "timeline",
    "region.organisations",
)
SWEEP_PATHS = (
    *(field.alias or name for name, field in SweepFile.model_fields.items()),
    *(f"until.{name}" for name in Until.model_fields),
    *(
        f"{role}.{path}"
        for role in ("levers", "uncertainties", "constants")
        for path in (
            "table.seats",
            "table/delegation",
            "seed",
            "months",
            "timeline",
            "name",
            "rules.own",
            "x",
        )
    ),
    "kind",
    "extends",
    "nonsense",
    "design",
)
COMPARISON_PATHS = (
    *(field.alias or name for name, field in ComparisonFile.model_fields.items()),
    "kind",
    "extends",
    "nonsense",
)


def changed(
    base: Mapping[str, Any], path: str, value: str, *, nested: bool = True
) -> dict[str, Any]:
    """A config with one value replaced, added, or put in the place of a group."""
    whole = dict(base)
    key, _, rest = path.partition(".")
    if rest and nested:
        inner = whole.get(key)
        whole[key] = changed(
            inner if isinstance(inner, dict) else {},
            rest,
            value,
            nested=key not in {"levers", "uncertainties", "constants"},
        )
    else:
        whole[path] = value
    return whole


def written(content: Mapping[str, Any], indent: str = "") -> str:
    """A config as text, each value as it was given."""
    text = ""
    for key, value in content.items():
        text += f"{indent}{key}:"
        text += f"\n{written(value, indent + '  ')}" if isinstance(value, dict) else f" {value}\n"
    return text


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two worlds, and one beside it that nothing may touch."""
    folder = tmp_path / "here"
    folder.mkdir()
    for name in ("world", "other"):
        text = written({**WORLD, "name": name}) + "rules: {made_by: table}\n" * (name == "other")
        (folder / f"{name}.yaml").write_text(text)
    monkeypatch.chdir(folder)
    return folder


def said(words: list[str]) -> tuple[int, str]:
    """Exit code of a command, and all that it said."""
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        code = main(words)
    return code, out.getvalue()


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def is_valid_or_refused(place: Path, name: str, text: str) -> bool:
    """Whether a config can be used; if not, it was refused with one message and nothing was written."""
    (place / name).write_bytes(text.encode("utf-8", "surrogatepass"))
    there = files(place.parent)
    code, told = said(["validate", name])
    assert code in {0, 2}, (code, told)
    assert "Traceback" not in told
    lines = told.splitlines()
    assert len(lines) == 1, told
    assert len(told) < 1200, told
    assert not CONTROL.search(told.strip()), told
    if code == 2:
        assert re.match(
            rf"({name}|world\.yaml|other\.yaml|base\.yaml)(, line \d+)?: .+\. .+\. .+[.?)]$", told
        ), told
    assert files(place.parent) == there
    return code == 0


def examples(number: int) -> settings:
    """So many examples, which share the folder that they are written in."""
    return settings(
        max_examples=number, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )


@pytest.mark.slow
@examples(500)
@given(path=st.sampled_from(SCENARIO_PATHS), data=st.data())
def test_any_field_of_a_scenario_can_hold_nonsense(
    place: Path, path: str, data: st.DataObject
) -> None:
    values = nonsense | near_bounds(path) if path in parameters() else nonsense
    text = written(changed(WORLD, path, data.draw(values)))
    is_valid_or_refused(place, "mine.yaml", text)


@pytest.mark.slow
@examples(250)
@given(
    path=st.sampled_from(SWEEP_PATHS),
    second=st.sampled_from(SWEEP_PATHS),
    value=nonsense,
    other=nonsense,
    both=st.booleans(),
)
def test_any_field_of_a_sweep_can_hold_nonsense(
    place: Path, path: str, second: str, value: str, other: str, both: bool
) -> None:
    content = changed(SWEEP, path, value)
    if both:
        content = changed(content, second, other)
    is_valid_or_refused(place, "sweep.yaml", written(content))


@pytest.mark.slow
@examples(100)
@given(path=st.sampled_from(COMPARISON_PATHS), value=nonsense)
def test_any_field_of_a_comparison_can_hold_nonsense(place: Path, path: str, value: str) -> None:
    is_valid_or_refused(place, "two.yaml", written(changed(COMPARISON, path, value)))


@examples(100)
@given(path=st.sampled_from(SCENARIO_PATHS) | words, value=nonsense, key=words)
def test_any_setting_can_be_nonsense(place: Path, path: str, value: str, key: str) -> None:
    for setting in (f"{path}={value}", f"{path}.{key}={value}", key, f"={value}"):
        message = ""
        try:
            load_scenario("world.yaml", overrides=overrides([setting]))
        except (ConfigError, typer.BadParameter) as error:
            message = str(error)
            told = error.told_in("nl") if isinstance(error, ConfigError) else "niets"
            assert told != message
            assert not CONTROL.search(told)
            assert len(told) < 1300
        assert not CONTROL.search(message)
        assert len(message) < 1200
    assert place.exists()


@pytest.mark.slow
@examples(100)
@given(text=st.text(max_size=80) | st.binary(max_size=80).map(lambda b: b.decode("latin-1")))
def test_any_text_can_be_given_as_a_config(place: Path, text: str) -> None:
    is_valid_or_refused(place, "mine.yaml", text)
    is_valid_or_refused(place, "mine.yaml", f"schema: 1\n{text}")


@pytest.mark.slow
@examples(60)
@given(path=st.sampled_from(tuple(parameters())), data=st.data())
def test_what_can_be_used_runs(place: Path, path: str, data: st.DataObject) -> None:
    text = written(changed(WORLD, path, data.draw(near_bounds(path))))
    if is_valid_or_refused(place, "mine.yaml", text):
        scenario = load_scenario("mine.yaml")
        organisations = scenario.region.municipality_count + scenario.region.provider_count
        if organisations <= 100 and scenario.months <= 12 and scenario.history_months <= 12:
            result = run_once(scenario, scenario.seed, 0)
            assert result.status == "done", (text, result.error)


ODD_NAMES = (
    "../x",
    "..",
    "/etc/x",
    "--help",
    "CON",
    "<script>",
    "😀",
    "x" * 120,
    "-",
    "a\\b",
    "%s",
)


@pytest.mark.slow
@pytest.mark.parametrize("name", ODD_NAMES)
def test_whatever_it_is_called_a_sweep_writes_in_its_own_folder_only(
    place: Path, name: str
) -> None:
    there = files(place.parent)
    (place / "world.yaml").write_text(written({**WORLD, "name": f"'{name}'"}))
    (place / "sweep.yaml").write_text(written({**SWEEP, "name": f"'{name}'", "replicates": "1"}))
    code, told = said(["sweep", "sweep.yaml"])
    assert code == 0, told
    new = files(place.parent) - there - {"here/sweep.yaml", "here/results"}
    (folder,) = (place / "results").iterdir()
    assert all(path.startswith(f"here/results/{folder.name}") for path in new)
    assert re.fullmatch(r"[a-z0-9-]+", folder.name)
