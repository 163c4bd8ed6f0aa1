"""How organisations learn to work together, simulated month by month."""

__version__ = "0.1.0"
