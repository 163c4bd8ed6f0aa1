"""Delegation: who sits at the table for the providers, how they are chosen, and how seats rotate.

This happens a few times a year, so it is plain Python between compiled stretches, and a user's
own strategy is called in the same place.
"""

from collabsim.delegation.candidates import Candidates
from collabsim.delegation.rotation import Change, next_delegation, who_speaks_for
from collabsim.delegation.strategies import STRATEGIES, Strategy

__all__ = ["STRATEGIES", "Candidates", "Change", "Strategy", "next_delegation", "who_speaks_for"]
