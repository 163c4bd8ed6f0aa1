"""The mechanisms of the model: one process a file, in the order of the month in ``model.py``."""
