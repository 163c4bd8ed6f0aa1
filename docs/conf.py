"""How the site is built: `make docs`."""

import logging
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from building import links, pictures, places, readable, timing, words
from sphinx.application import Sphinx

from collabsim import __version__

project = "collabsim"
author = "The collabsim contributors"
project_copyright = "the collabsim contributors; MIT licence"
release = version = __version__

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
exclude_patterns = ["_build", "building"]
language = "en"

html_theme = "furo"
html_title = "collabsim"
html_static_path = ["_static", str(places.mathjax())]
html_css_files = ["site.css"]
mathjax_path = places.mathjax().name
html_copy_source = False
# Pages are written anew when what writes them changes.
html_context = {"written_by": places.digest("docs/building/*.py", "docs/conf.py")}
html_domain_indices = False
html_show_sourcelink = False
html_theme_options: dict[str, object] = {"footer_icons": []}

myst_enable_extensions = ["colon_fence", "dollarmath", "attrs_block", "attrs_inline", "deflist"]
myst_heading_anchors = 4

# Everything that a page shows is run, once for each version of the code.
nb_execution_mode = "cache"
nb_execution_cache_path = str(places.BUILD / "run" / places.digest(*places.RUN_BY_PAGES))
nb_execution_timeout = 600  # for a hanging cell; what a page may take is page_seconds
nb_execution_raise_on_error = True
nb_merge_streams = True
nb_output_stderr = "remove"
os.environ["IPYTHONDIR"] = str(places.kernel_settings())
logging.getLogger("traitlets").setLevel(logging.WARNING)
os.environ["OPENBLAS_NUM_THREADS"] = "1"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True


def setup(app: Sphinx) -> None:
    """Add what the site needs beside Sphinx, and draw its pictures."""
    pictures.make_all()
    app.add_role("word", words.WordRole())
    app.add_config_value("page_seconds", 60, "", int)
    app.connect("source-read", links.read)
    app.connect("doctree-read", words.first_uses)
    app.connect("env-updated", timing.too_slow)
    app.connect("html-page-context", readable.repaired, priority=900)
