"""Write the pages of the documentation that are made from the code."""

from pathlib import Path

from collabsim.parameters_page import parameters_page

PAGE = Path(__file__).parent / "parameters.md"


def main() -> None:
    """Write the parameter page."""
    PAGE.write_text(parameters_page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")


if __name__ == "__main__":
    main()
