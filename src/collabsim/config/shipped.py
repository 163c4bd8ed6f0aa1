"""The configs that come with collabsim, in a checkout and in an installed wheel."""

from pathlib import Path

from collabsim.config.files import PROJECT_FOLDER

PACKAGE = Path(__file__).parents[1]


def shipped_configs() -> Path:
    """Give the folder with the shipped configs.

    Raises:
        FileNotFoundError: this installation has none.

    """
    # A wheel holds them inside the package; a checkout beside src/.
    for folder in (PACKAGE / PROJECT_FOLDER, PACKAGE.parents[1] / PROJECT_FOLDER):
        if (folder / "scenarios").is_dir():
            return folder
    raise FileNotFoundError("this installation of collabsim has no configs; install it again")


def shipped_scenario(name: str) -> Path:
    """Give the file of a shipped scenario by its name without ending, "region-004-fixed".

    Raises:
        KeyError: there is no such scenario.

    """
    # Looked up and never joined: a name from a link may hold anything.
    known = {path.stem: path for path in (shipped_configs() / "scenarios").glob("*.yaml")}
    return known[name]
