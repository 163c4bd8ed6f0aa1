"""How the app is served: to this computer only, asking nothing of the network, with a clear no."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from collabsim.app import markup, serving
from collabsim.cli import live, main


def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(live, "LIBRARY", "a_library_that_is_not_there")
    assert find_spec("a_library_that_is_not_there") is None
    assert main(["app"]) == 2
    told = capsys.readouterr().err
    assert 'pip install "collabsim[app]"' in told
    assert told.count("\n") == 1


def test_a_config_with_a_mistake_is_told_before_anything_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("schema: 1\ntable: {setas: 3}\n")
    assert main(["app", str(wrong), "--no-browser"]) == 2
    assert 'Did you mean "seats"' in capsys.readouterr().err


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind((serving.ADDRESS, 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["app", "--no-browser", "--port", str(port)]) == 2
        assert f"port {port} is in use" in capsys.readouterr().err
        free = serving.free_port(port)
        assert free is not None
        assert free > port


def test_it_is_for_this_computer_and_tells_nobody() -> None:
    flags = serving.options(8501, browser=False)
    assert flags["server_address"] == "127.0.0.1"
    assert flags["browser_gatherUsageStats"] is False
    assert flags["server_enableCORS"] is True
    assert flags["server_maxUploadSize"] == 1
    assert flags["runner_postScriptGC"] is False
    assert serving.address(8501) == "http://127.0.0.1:8501"


def test_every_option_is_one_that_streamlit_has() -> None:
    from streamlit import config

    known = {name.replace(".", "_") for name in config._config_options_template}
    assert serving.options(8501, browser=True).keys() <= known


@pytest.mark.slow
@pytest.mark.parametrize("origin", ["http://example.org", "http://10.0.0.7:8501", "null"])
def test_another_origin_is_refused_without_asking_anybody(origin: str) -> None:
    """In a process of its own, where every request to the outside fails the test."""
    code = f"""
import socket, sys
from streamlit import net_util
from streamlit.web import bootstrap
from streamlit.web.server.server_util import is_url_from_allowed_origins
from collabsim.app import serving

def refuse(*_, **__):
    sys.exit("asked the network")

serving.forget_the_network()
bootstrap.load_config_options(flag_options=serving.options(8501, browser=False))
socket.socket.connect = refuse
assert not is_url_from_allowed_origins({origin!r})
assert is_url_from_allowed_origins("http://127.0.0.1:8501")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_text_from_configs_is_never_markup() -> None:
    evil = '<img src=x onerror="alert(1)">&"'
    shown = [
        markup.paragraph(evil), markup.strong(evil, evil), markup.notice(evil, evil),
        markup.bullets([evil]), markup.table(evil, [evil, evil], [[evil, evil]]),
        markup.figure("data:,", evil),
    ]  # fmt: skip
    for text in shown:
        assert "<img src=x" not in text
        assert 'alert(1)"' not in text
