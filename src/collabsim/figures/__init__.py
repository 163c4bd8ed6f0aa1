"""Figures that one would put in a report, drawn from saved results.

Each function saves an SVG and a PNG and returns where they are and what they show in words.
The same results give the same bytes, on one platform with one lock.
"""

from collabsim.figures.canvas import Declaration, Picture, drawn
from collabsim.figures.differences import differences
from collabsim.figures.hours import hours
from collabsim.figures.network import NetworkView, network
from collabsim.figures.paths import paths

__all__ = [
    "Declaration",
    "NetworkView",
    "Picture",
    "differences",
    "drawn",
    "hours",
    "network",
    "paths",
]
