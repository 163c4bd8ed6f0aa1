"""Frames: through which glasses each party sees the task, and what the ambition means to it.

A frame lives in the contact of a layer. It begins as that of the own organisation: an eye for the
fields that it works in, and an image of the ambition that fits its interests.
"""

from typing import Annotated

from collabsim.organisations import LAYERS, MOST_FIELDS, Organisations
from collabsim.randomness import Luck, Purpose
from collabsim.rows import Noun, Number, rows


class Frames(Noun):
    """How a layer sees the task: one row for every organisation and layer."""

    sight: Annotated[Number, MOST_FIELDS]
    """How far it has an eye for needs in each field, 0 to 1."""
    image: Number
    """What the ambition means to it, 0 to 1; who have the same number mean the same."""
    own_image: Number
    """What the ambition means seen from its own organisation only."""
    concrete: Number
    """How concretely it can tell what the ambition means, 0 to 1."""
    aware: Number
    """How far it knows its glasses for glasses, 0 to 1."""


def frames_of(organisations: Organisations, concrete: float, luck: Luck) -> Frames:
    """The frames of a region without a history: everybody sees with its own glasses."""
    frames = rows(Frames, organisations.identity.shape[0], len(LAYERS))
    frames.sight[:] = organisations.can[:, None, :]
    image = luck.uniforms(Purpose.IMAGE, who=organisations.identity)
    frames.own_image[:] = image[:, None]
    frames.image[:] = image[:, None]
    frames.concrete[:] = concrete
    return frames
