"""How commands speak: tables that fit, numbers in one piece, and JSON that any reader takes."""

import json

import numpy as np
import pytest

from collabsim.cli.console import Console, print_json


def test_a_table_in_a_pipe_is_plain_text_with_a_line_a_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [["a very long name of an outcome " * 3, "1"], ["short", "2"]]
    Console(as_json=False).table("title", ["outcome", "mean"], rows)
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["", "title"]
    assert len(lines) == 5
    assert all(line == line.rstrip() for line in lines)


def test_what_looks_like_markup_is_shown_as_it_stands(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(as_json=False)
    console.say("[bold]name[/bold] [/] [link=x]")
    console.table("[red]title", ["[blue]head"], [["[/]cell"]])
    text = capsys.readouterr().out
    for piece in ("[bold]name[/bold] [/] [link=x]", "[red]title", "[blue]head", "[/]cell"):
        assert piece in text


def test_control_characters_never_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Console(as_json=False).say("a\x1b[31m\x07b\x9bc")
    assert capsys.readouterr().out == "a?[31m?b?c\n".replace("?", "\N{REPLACEMENT CHARACTER}")


def test_words_for_people_are_left_out_of_an_answer_for_machines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    console = Console(as_json=True)
    console.say("hello")
    console.table("title", ["head"], [["cell"]])
    console.answer({"x": 1})
    assert json.loads(capsys.readouterr().out) == {"x": 1}


def test_numbers_that_are_not_defined_become_null(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": float("nan"), "b": [np.float64("inf"), np.int64(3)], "c": {"d": True}})
    assert json.loads(capsys.readouterr().out) == {"a": None, "b": [None, 3], "c": {"d": True}}


def test_a_stage_in_a_pipe_is_one_line_when_it_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    with Console(as_json=False).stage("running") as advance:
        advance(1, 2)
        assert capsys.readouterr().err == ""
    assert capsys.readouterr().err == "running: done in 0.0 s\n"
