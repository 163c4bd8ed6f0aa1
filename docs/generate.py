"""Write the pages that are made from the code and from stored findings, without running anything."""

from pathlib import Path

from building.mechanisms import pages as pages_of_mechanisms

from collabsim.claims.claim import CLAIMS
from collabsim.claims.trial import write_pages
from collabsim.reference.commands_page import commands_page
from collabsim.reference.glossary import glossary_page
from collabsim.reference.parameters_page import parameters_page
from collabsim.reference.results_page import results_page
from collabsim.reference.sweep_tables_page import sweep_tables_page

PROJECT = Path(__file__).parents[1]


def main() -> None:
    """Write every page."""
    pages = {
        "docs/parameters.md": parameters_page(),
        "docs/glossary.md": glossary_page(),
        "docs/commands.md": commands_page(),
        "results/README.md": results_page(),
        "docs/sweep-tables.md": sweep_tables_page(),
        **pages_of_mechanisms(),
    }
    for name, page in pages.items():
        (PROJECT / name).parent.mkdir(exist_ok=True)
        (PROJECT / name).write_text(page, encoding="utf-8")
        print(f"wrote {name}")
    for written in write_pages(PROJECT / CLAIMS):
        print(f"wrote {written}")


if __name__ == "__main__":
    main()
