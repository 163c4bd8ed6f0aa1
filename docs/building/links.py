"""Links that leave ``docs/``, made to lead somewhere on the site as well.

Pages are read in two places: as files of the project, and on the site. A link to another page of
the site stays; one to a file that the site shows under another name goes there; one to any other
file becomes a download; one to a folder, which a site cannot show, becomes plain words.
"""

import os
import re
from pathlib import Path

from sphinx.application import Sphinx

from building.places import DOCS, PROJECT

#: Files outside ``docs/`` that have a page on the site, by the name of that page.
SHOWN = {
    "columns": "results/README.md",
    "contributing": "CONTRIBUTING.md",
    "changelog": "CHANGELOG.md",
}
PAGE_OF = {file: page for page, file in SHOWN.items()} | {"README.md": "index"}
PATTERN = re.compile(r"[\w/-]*\*\n")
LINK = re.compile(r"(?<!!)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^)\s]+)\)")


def on_the_site(text: str, source: Path, page: Path) -> str:
    """Give the text of ``source`` with links as they must be in ``page``."""

    def replaced(match: re.Match[str]) -> str:
        words, target = match.groups()
        file, hash_mark, anchor = target.partition("#")
        if not file or "://" in target or target.startswith("mailto:"):
            return match[0]
        there = Path(os.path.normpath(source.parent / file))
        if there.is_dir():
            return words
        if there.is_relative_to(PROJECT):
            name = there.relative_to(PROJECT).as_posix()
            if name in PAGE_OF:
                there = DOCS / f"{PAGE_OF[name]}.md"
        return f"[{words}]({os.path.relpath(there, page.parent)}{hash_mark}{anchor})"

    return LINK.sub(replaced, text)


def without_empty_patterns(text: str) -> str:
    """Leave out lines of a table of contents, such as ``studies/*``, that name no further page."""
    lines = text.splitlines(keepends=True)
    named = {line.strip() for line in lines}

    def adds(pattern: str) -> bool:
        found = (path.relative_to(DOCS).with_suffix("") for path in DOCS.glob(f"{pattern}.md"))
        return any(path.as_posix() not in named for path in found)

    return "".join(line for line in lines if not PATTERN.fullmatch(line) or adds(line.strip()))


def read(app: Sphinx, name: str, content: list[str]) -> None:
    """Replace what Sphinx has read of a page by what the site shows."""
    page = Path(app.env.doc2path(name))
    if page.suffix == ".md":
        source = PROJECT / SHOWN[name] if name in SHOWN else page
        text = source.read_text(encoding="utf-8") if name in SHOWN else content[0]
        content[0] = without_empty_patterns(on_the_site(text, source, page))
