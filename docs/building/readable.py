"""What the theme leaves out for who listens to a page or reads it on a small screen."""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


def name_levels(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the captions in the list of pages, which the theme calls headings, a level."""
    del app, page, template, doctree
    for name in ("furo_navigation_tree", "body"):
        if isinstance(context.get(name), str):
            context[name] = context[name].replace(
                'class="caption" role="heading">', 'class="caption" role="heading" aria-level="2">'
            )
