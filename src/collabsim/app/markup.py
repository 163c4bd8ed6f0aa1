"""Text and tables as HTML in which nothing but text can come from a config.

Streamlit reads Markdown, emoji codes and icons in most of what it shows, also in labels. Names and
descriptions from configs are therefore shown through these functions, or where Streamlit shows
plain text (options of a select box, text fields), and never in labels.
"""

from collections.abc import Sequence
from html import escape

STYLE = """<style>
[data-testid="stMainBlockContainer"] {padding-top: 4rem}
[data-testid="stMainBlockContainer"] h1 {font-size: 1.6rem; padding: 0}
[data-testid="stMainBlockContainer"] h2 {font-size: 1.25rem}
[data-testid="stMainBlockContainer"] h3 {font-size: 1.1rem; padding: 0.2rem 0}
table.results {border-collapse: collapse; font-size: 0.9rem; width: 100%; margin: 0.2rem 0 1rem}
table.results caption {text-align: left; font-weight: 600; padding: 0.3rem 0}
table.results th, table.results td {border-bottom: 1px solid #d0d0d0; padding: 0.25rem 0.35rem; text-align: right;
  vertical-align: top}
table.results th[scope=row], table.results td.words, table.results th.words {text-align: left; font-weight: 400}
table.results td.words {min-width: 7.5rem}
table.results th[scope=col] {font-weight: 600; font-size: 0.8rem; background: #f3f3f3}
div.notice {border-left: 0.4rem solid #555; background: #f3f3f3; padding: 0.5rem 0.8rem; margin: 0.3rem 0}
div.old {border-left-style: dashed}
div.wide {overflow-x: auto}
figure.drawn {margin: 0} figure.drawn img {max-width: 100%; height: auto}
</style>"""

_LOOK_ALIKES = str.maketrans("<>", "‹›")  # noqa: RUF001 - that is what they are for


def paragraph(text: str) -> str:
    """A paragraph of plain text."""
    return f"<p>{escape(text)}</p>"


def strong(text: str, rest: str = "") -> str:
    """A paragraph that begins with a strong part."""
    return f"<p><strong>{escape(text)}</strong> {escape(rest)}</p>"


def notice(text: str, *more: str, old: bool = False) -> str:
    """Something that must not be missed; read out at once by screen readers."""
    lines = "".join(f"<div>{escape(line)}</div>" for line in (text, *more))
    return f'<div class="notice{" old" if old else ""}" role="status">{lines}</div>'


def bullets(texts: Sequence[str]) -> str:
    """A list of plain texts."""
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, words: Sequence[int] = ()
) -> str:
    """A table with a caption; the first column names the rows.

    Args:
        caption: what it is.
        heads: one for each column.
        rows: cells as they are shown.
        words: columns beside the first that hold words instead of numbers.

    """
    left = {0, *words}
    top = "".join(
        f'<th scope="col"{' class="words"' if place in left else ""}>{escape(head)}</th>'
        for place, head in enumerate(heads)
    )
    body = "".join(f"<tr>{cells(row, left)}</tr>" for row in rows)
    return (
        f'<div class="wide"><table class="results"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def cells(row: Sequence[str], left: set[int]) -> str:
    """The cells of one row."""
    first, *others = row
    return f'<th scope="row">{escape(first)}</th>' + "".join(
        f"<td{' class="words"' if place in left else ''}>{escape(cell)}</td>"
        for place, cell in enumerate(others, start=1)
    )


def figure(address: str, alt: str) -> str:
    """A picture, with what it shows in words for who cannot see it."""
    # Streamlit takes an attribute out when it might hold markup, however well it is escaped.
    alt = alt.translate(_LOOK_ALIKES)
    return f'<figure class="drawn"><img src="{escape(address)}" alt="{escape(alt)}"></figure>'
