"""The page of the documentation that lists every parameter, made from the declarations."""

from collabsim.config import Parameter, groups, parameters
from collabsim.config.errors import shown
from collabsim.reference.wording import plausible

HEAD = """# Parameters

<!-- Made from src/collabsim/parameters/ by `python docs/generate.py`; do not edit. -->

Every key that a scenario file may hold, with its default. The meaning is given in English and in
*Dutch*. **Plausible** is what research leaves open, the range that samplers draw from ("log" where
they draw on a log scale). **Role**: a lever can be pulled by those involved, an uncertainty is not
known, a constant describes the region. **Grade** says how well the default is known: measured,
literature or assumption; its source is explained in [sources](sources.md).
"""

COLUMNS = ("Key", "Meaning", "Default", "Allowed", "Plausible", "Role", "Grade")


def parameters_page() -> str:
    """Give the page in Markdown, one table a group."""
    parts = [HEAD]
    for path, group in groups().items():
        own = [parameter for parameter in parameters().values() if parameter.group == path]
        if not own:
            continue
        title = f"`{path}`" if path else "The scenario itself"
        english = (group.__doc__ or "").strip().splitlines()[0]
        rows = [row(COLUMNS), row(tuple("---" for _ in COLUMNS)), *map(parameter_row, own)]
        parts.append(f"## {title}\n\n{english} *{group.NL}*\n\n" + "\n".join(rows) + "\n")
    return "\n".join(parts)


def parameter_row(parameter: Parameter) -> str:
    """Give one parameter as a row of the table."""
    declaration = parameter.declaration
    unit = "" if declaration is None else declaration.unit
    meaning = f"{parameter.en} *{parameter.nl}*"
    default = f"{shown(parameter.default)} {unit}".rstrip()
    if declaration is None:
        cells = (f"`{parameter.name}`", meaning, default, parameter.rule(), "", "", "")
        return row(cells)
    spread = " (log)" if declaration.distribution == "log-uniform" else ""
    source = "" if declaration.source == "assumption" else f", [{declaration.source}](sources.md)"
    return row(
        (
            f"`{parameter.name}`",
            meaning,
            default,
            parameter.rule(),
            f"{plausible(parameter, 'en')}{spread}" if declaration.plausible else "",
            declaration.role,
            f"{declaration.grade}{source}",
        )
    )


def row(cells: tuple[str, ...]) -> str:
    """Give a row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
