"""Where things are, and what a page that was run depends on."""

import hashlib
from importlib.metadata import files
from pathlib import Path

DOCS = Path(__file__).parents[1]
PROJECT = DOCS.parent
BUILD = DOCS / "_build"
#: What pages run and read. When one of these files changes, all pages are run again.
RUN_BY_PAGES = (
    "src/collabsim/**/*.py", "configs/**/*.yaml", "docs/building/places.py", "requirements.lock",
)  # fmt: skip


def slug_of(title: str) -> str:
    """Name of a page, of its picture, and of a place in a page, after a heading."""
    return title.lower().replace(" ", "-")


def digest(*patterns: str) -> str:
    """Give a short hash of the names and contents of files of the project."""
    whole = hashlib.sha256()
    for pattern in patterns:
        for path in sorted(PROJECT.glob(pattern)):
            whole.update(path.relative_to(PROJECT).as_posix().encode())
            whole.update(path.read_bytes())
    return whole.hexdigest()[:12]


def mathjax() -> Path:
    """Find the one script of MathJax that draws formulas without fonts or further files.

    Raises:
        FileNotFoundError: the locked package that carries it is not installed.

    """
    for file in files("sphinx-mathjax-offline") or ():
        if file.name == "tex-svg.js":
            return Path(str(file.locate()))
    raise FileNotFoundError("tex-svg.js is not in sphinx-mathjax-offline; run make setup")


def kernel_settings() -> Path:
    """Write how pages are run, and give the folder: from a scratch folder, with figures as SVG.

    The scratch folder holds the configs of the project, as the folder of somebody who follows the
    page does; what a page writes lands there and not among the sources.
    """
    scratch, folder = BUILD / "scratch", BUILD / "ipython"
    profile = folder / "profile_default"
    for made in (scratch, profile / "startup"):
        made.mkdir(parents=True, exist_ok=True)
    if not (scratch / "configs").exists():
        (scratch / "configs").symlink_to(PROJECT / "configs", target_is_directory=True)
    (profile / "startup" / "project.py").write_text(
        f"import os\nimport pandas\nos.chdir({str(scratch)!r})\n"
        "pandas.set_option('display.max_colwidth', None)\ndel os, pandas\n",
        encoding="utf-8",
    )
    (profile / "ipython_kernel_config.py").write_text(
        'c.InlineBackend.figure_formats = {"svg"}\n'
        'c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight"}\n'
        "c.HistoryManager.enabled = False\n"
        "c.Application.log_level = 'ERROR'\n",
        encoding="utf-8",
    )
    return folder
