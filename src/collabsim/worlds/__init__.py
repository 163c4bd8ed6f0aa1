"""Kept worlds: sets of assumptions that agree with what research found, shipped with the package.

`collabsim calibrate` drew them and held them against patterns fixed beforehand; how is in
``docs/calibration.md``. What is said over them is a share of the assumptions examined, never a
probability.
"""

from collabsim.worlds.kept import KeptWorld, Value, fitted_facts, in_world, kept_worlds

__all__ = ["KeptWorld", "Value", "fitted_facts", "in_world", "kept_worlds"]
