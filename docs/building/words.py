"""Words of the glossary: the first time that a page uses one, it is linked to what it means.

Words that are also everyday English (a case, a need, a table) are linked only where a page asks
for it: ``{word}`case` ``, or ``{word}`cases <case>` `` for another form.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from collabsim.reference.glossary import WORDS, anchor

#: Everyday words; a page must say that it means them as the glossary does.
EVERYDAY = {
    "ask", "board", "case", "director", "energy", "frame", "incident", "interest", "layer", "luck", "need",
    "network", "practice", "scenario", "session", "table", "resident",
}  # fmt: skip
FORMS = {
    re.sub(r"y$", "ies", word) if ending == "ies" else word + ending: word
    for word in WORDS
    if word not in EVERYDAY
    for ending in (("", "ies") if word.endswith("ity") else ("", "s"))
}
PATTERN = re.compile(
    r"(?<![\w-])(" + "|".join(sorted(map(re.escape, FORMS), key=len, reverse=True)) + r")(?![\w-])",
    re.IGNORECASE,
)
#: Where no link may come: titles, code, other links, and tables, which would be full of them.
CLOSED = (
    nodes.title, nodes.literal, nodes.literal_block, nodes.reference, addnodes.pending_xref, nodes.table,
    nodes.comment, nodes.raw, nodes.caption, addnodes.desc_signature, addnodes.desc_content,
)  # fmt: skip
#: Pages that own words or lists, and need no links to the glossary.
LEFT_ALONE = {"glossary", "columns", "parameters", "parameters-that-matter", "sources", "changelog"}


def link(word: str, shown: str, page: str) -> nodes.reference:
    """A link to a word of the glossary from ``page``."""
    up = "../" * page.count("/")
    return nodes.reference(
        "",
        shown,
        refuri=f"{up}glossary.html#{anchor(word)}",
        reftitle=WORDS[word].means,
        classes=["word"],
        internal=True,
    )


class WordRole(ReferenceRole):
    """``{word}`` in a page: a link to the glossary."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the link, or report that the glossary has no such word."""
        if self.target not in WORDS:
            message = f"the glossary has no word {self.target!r}; add it to reference/glossary.py"
            return [], [self.inliner.reporter.error(message, line=self.lineno)]
        return [link(self.target, self.title, self.env.docname)], []


def first_uses(app: Sphinx, doctree: nodes.document) -> None:
    """Link the first use of every unmistakable word on a page."""
    page = app.env.docname
    if page in LEFT_ALONE:
        return
    seen: set[str] = set()
    for text in list(_open_texts(doctree)):
        parts: list[nodes.Node] = []
        rest = text.astext()
        while match := PATTERN.search(rest):
            word = FORMS[match[0].lower()]
            before, rest = rest[: match.start()], rest[match.end() :]
            shown = nodes.Text(match[0]) if word in seen else link(word, match[0], page)
            seen.add(word)
            parts += [nodes.Text(before), shown]
        if parts:
            text.parent.replace(text, [*parts, nodes.Text(rest)])


def _open_texts(doctree: nodes.document) -> Iterator[nodes.Text]:
    for text in doctree.findall(nodes.Text):
        above, closed = text.parent, False
        while above is not None and not closed:
            foreign = above.get("lang", "en") != "en" if isinstance(above, nodes.Element) else False
            closed = isinstance(above, CLOSED) or foreign
            above = above.parent
        if not closed:
            yield text
