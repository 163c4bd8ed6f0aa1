"""A scenario from what an adviser has in hand: grades, a list of organisations, a network survey."""

from collabsim.config.importing.problems import ImportProblemsError, Problem
from collabsim.config.importing.scenario import Imported, import_region
from collabsim.config.importing.templates import write_templates

__all__ = ["ImportProblemsError", "Imported", "Problem", "import_region", "write_templates"]
