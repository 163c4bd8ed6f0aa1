"""Starts the app: a server for this computer alone, that asks nothing of the network."""

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from collabsim.analysis.wording import Lang
from collabsim.app.cases import CASES
from collabsim.app.computing import REPLICATES
from collabsim.app.draft import Draft
from collabsim.app.waking import wake

#: The only address that is listened on: that of this computer, for itself.
ADDRESS = "127.0.0.1"
PORT = 8501
_SCRIPT = Path(__file__).with_name("main.py")
_LARGEST_UPLOAD_MB = 1


@dataclass(frozen=True, slots=True)
class Begins:
    """With what a new session begins.

    Attributes:
        lang: language.
        files: configs to open; none shows the first screen.
        replicates: how many are aimed at.

    """

    lang: Lang = "en"
    files: tuple[Path, ...] = ()
    replicates: int = REPLICATES


#: The last one holds. The page runs as a script of Streamlit's and cannot be given arguments.
BEGINS: list[Begins] = [Begins()]


def options(port: int, *, browser: bool) -> dict[str, object]:
    """Streamlit's options; given as flags, so that no file or variable of the user's overrules them."""
    return {
        "server_address": ADDRESS,
        "server_port": port,
        "server_headless": not browser,
        "server_enableCORS": True,  # which is what refuses another Origin
        "server_enableXsrfProtection": True,
        "server_maxUploadSize": _LARGEST_UPLOAD_MB,
        "server_fileWatcherType": "none",
        "server_runOnSave": False,
        "server_enableStaticServing": False,
        "server_disconnectedSessionTTL": 60,
        "server_corsAllowedOrigins": [],
        "browser_serverAddress": ADDRESS,
        "browser_serverPort": port,
        "browser_gatherUsageStats": False,
        "client_toolbarMode": "minimal",
        # Tables and figures have colours of their own, which a dark page would leave unreadable.
        "theme_base": "light",
        "client_showErrorDetails": "none",
        "global_developmentMode": False,
        "runner_magicEnabled": False,
        # Else all that is loaded is searched for garbage after every look at what was computed:
        # of a visit of minutes 150 s of CPU, 59 without. Python searches by itself where there is cause.
        "runner_postScriptGC": False,
        "logger_level": "warning",
    }


def serve(begins: Begins, port: int, *, browser: bool, ready: Callable[[str], None]) -> None:
    """Serve the app until it is interrupted.

    Args:
        begins: with what a new session begins.
        port: where to listen.
        browser: whether to open a browser window.
        ready: called with the address just before the server starts.

    """
    from streamlit.web import bootstrap

    forget_the_network()
    BEGINS.append(begins)
    threading.Thread(target=wake_first, daemon=True).start()
    flags = options(port, browser=browser)
    bootstrap.load_config_options(flag_options=flags)
    ready(address(port))
    bootstrap.run(str(_SCRIPT), is_hello=False, args=[], flag_options=flags)


def forget_the_network() -> None:
    """Have this computer known by no other address than the one that is listened on.

    To know whether an Origin is its own, Streamlit would ask a service on the internet for the
    address of this computer. It is served to this computer only, so nothing else is its own.
    """
    from streamlit import net_util

    net_util._external_ip = net_util._internal_ip = ADDRESS  # noqa: SLF001


def wake_first() -> None:
    """Have the model compiled while somebody still chooses."""
    case = next(iter(CASES.values()))
    wake(Draft.shipped(case.scenarios[0]).scenario())


def address(port: int) -> str:
    """Where the app can be seen."""
    return f"http://{ADDRESS}:{port}"


def free_port(first: int = PORT, tries: int = 50) -> int | None:
    """Give the first port from ``first`` on that nobody listens on; None if there is none."""
    for port in range(first, min(first + tries, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            # Without this a port that was used a moment ago would count as taken.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                listener.bind((ADDRESS, port))
            except OSError:
                continue
            return port
    return None
