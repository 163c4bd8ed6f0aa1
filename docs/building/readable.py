"""What the theme leaves out for who listens to a page or reads it on a small screen."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

#: What the theme writes, and what it must be.
REPAIRS = (
    # Captions in the list of pages are called headings, and need a level.
    ('class="caption" role="heading">', 'class="caption" role="heading" aria-level="2">'),
    # What scrolls must be reached without a mouse.
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    ('<div class="cell_output', '<div tabindex="0" class="cell_output'),
)


def repaired(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Repair what a page is made of, after the theme has made it."""
    del app, page, template, doctree
    for name in ("furo_navigation_tree", "body"):
        if isinstance(context.get(name), str):
            for written, meant in REPAIRS:
                context[name] = context[name].replace(written, meant)
