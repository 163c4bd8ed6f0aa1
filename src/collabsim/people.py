"""People: who holds which post.

An organisation has posts: per layer a contact, and with second contacts another. In a small
organisation one person holds the post in all layers. A person carries all ties of the post.
"""

import numpy as np

from collabsim.organisations import BOARD, LAYERS, Organisations
from collabsim.randomness import GOLDEN
from collabsim.rows import Identity, Noun, Switch, Whole, rows


class Posts(Noun):
    """All posts: one row for every organisation and post (3 layers times R roles)."""

    person: Identity
    """Identity of the person in the post; 0 where there is no such post."""
    since: Whole
    """Month in which the person took the post."""
    layer: Whole
    """Layer whose turnover the post has; -1 where there is no such post."""


class Carriers(Noun):
    """Who carries which layer: one row for every organisation, layer and role."""

    post: Whole
    """The post that carries the layer in this role."""
    newcomer: Switch
    """Whether its person arrives only at the end of this month."""


def people_of(organisations: Organisations, second_contacts: bool) -> tuple[Posts, Carriers]:
    """The people at the very start; history gives them their tenures."""
    count, layers = organisations.identity.shape[0], len(LAYERS)
    roles = 2 if second_contacts else 1
    posts = rows(Posts, count, layers * roles)
    carriers = rows(Carriers, count, layers, roles)
    layer, role = np.divmod(np.arange(layers * roles), roles)
    alone = organisations.one_person[:, None]
    # One person carries all layers, in the posts of the first.
    carriers.post[:] = np.where(alone, role, layer * roles + role).reshape(count, layers, roles)
    posts.layer[:] = np.where(alone, np.where(layer == 0, BOARD, -1), layer)
    number = np.arange(1, layers * roles + 1, dtype=np.uint64)
    with np.errstate(over="ignore"):
        posts.person[:] = organisations.identity[:, None] + GOLDEN * number[None, :]
    posts.person[posts.layer < 0] = 0
    return posts, carriers
