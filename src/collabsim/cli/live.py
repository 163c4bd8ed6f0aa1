"""`app`: scenarios side by side in a browser window of this computer."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, AsJson, Language

#: What the app needs beside what collabsim always needs.
LIBRARY = "streamlit"


def app(
    configs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CONFIG...]",
            help="Scenarios or a comparison to open; none: a choice of cases.",
        ),
    ] = None,
    port: Annotated[
        int | None, typer.Option(min=1024, max=65535, help="Port; by default the first free one.")
    ] = None,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser window.")
    ] = True,
    replicates: Annotated[
        int, typer.Option(min=2, max=1000, help="Draws of luck that are aimed at.")
    ] = 200,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Compare scenarios live, in a browser: change them, see what differs, look inside."""
    if find_spec(LIBRARY) is None:
        raise typer.BadParameter(
            "the app needs the extra app, which is not installed; "
            'install it with: pip install "collabsim[app]"'
        )
    from collabsim.app.saving import opened
    from collabsim.app.serving import Begins, free_port, serve

    files = tuple(path.resolve() for path in configs or ())
    if configs:
        opened(configs)  # so that a mistake is told here, and not in the browser
    free = free_port() if port is None else free_port(port, tries=1)
    if free is None:
        raise typer.BadParameter(
            f"port {port or 'any'} is in use; give another with --port, or stop what listens there"
        )
    console = Console(as_json=as_json)

    def ready(address: str) -> None:
        console.say(f"The app is at {address}, for this computer only. Stop it with Ctrl-C.")
        console.warn("The first time the model is compiled, which takes a minute or two.")
        console.answer({"command": "app", "address": address, "exit_code": DONE})

    serve(Begins(lang, files, replicates), free, browser=browser, ready=ready)
    return DONE
