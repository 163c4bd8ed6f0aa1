"""Every parameter of collabsim, declared once."""

from collabsim.parameters.declaring import Declaration, Group, parameter
from collabsim.parameters.scenario import Change, Scenario

__all__ = ["Change", "Declaration", "Group", "Scenario", "parameter"]
