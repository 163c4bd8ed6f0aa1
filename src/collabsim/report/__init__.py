"""The report: one HTML file in Dutch or English that a client can keep, from a folder of results."""

from collabsim.report.page import Names, report

__all__ = ["Names", "report"]
