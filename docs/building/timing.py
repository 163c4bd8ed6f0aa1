"""How long pages take to run, so that the site stays one that somebody waits for."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

LOG = logging.getLogger(__name__)


def too_slow(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Warn of each page whose code takes longer than ``page_seconds``; no page has to be written again."""
    for page, told in sorted(getattr(env, "nb_metadata", {}).items()):
        seconds = told.get("exec_data", {}).get("runtime") or 0.0
        if seconds > app.config.page_seconds:
            LOG.warning(
                "its code takes %.0f s, and %d is the most for a page", seconds,
                app.config.page_seconds, location=page,
            )  # fmt: skip
    return []
