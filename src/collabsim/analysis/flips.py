"""Which assumptions turn a comparison round: a small tree over the worlds, and whether to believe it.

With more parameters than worlds of a kind some parameter always seems to divide them. So a tree is
told only if it foretells worlds that it did not see better than trees do for dealt-out sides.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.robustness import Side

#: Leaves hold at least so many worlds, and each side has at least so many.
FEWEST = 5
_DEPTH, _FOLDS, _DEALS = 2, 5, 99
#: Chance of telling a tree where there is none.
MISTAKE = 0.05
#: Seed of folds and deals.
_SEED = 20251125


@dataclass(frozen=True, slots=True)
class Part:
    """Worlds that a tree puts together.

    Attributes:
        conditions: what they have in common: parameter, "<=" or ">", bound.
        worlds: how many, of those that are settled.
        a_better: in how many of these A does better.

    """

    conditions: tuple[tuple[str, str, float], ...]
    worlds: int
    a_better: int


@dataclass(frozen=True, slots=True)
class Flips:
    """What turns a comparison round, as far as worlds that are settled show.

    Attributes:
        settled: worlds in which one of the two does better.
        parts: of a tree that can be believed; empty if there is none.
        paths: the parameters in it, the one that divides most first.
        foretold: share of unseen worlds foretold, mean of both sides; 0.5 is guessing.
        chance: chance that dealt-out sides are foretold as well.
        why_not: why no tree is told: "one side", "chance", or "" when one is.

    """

    settled: int
    parts: tuple[Part, ...]
    paths: tuple[str, ...]
    foretold: float
    chance: float
    why_not: str


def flips(values: Mapping[str, Sequence[Any]], sides: Sequence[Side]) -> Flips:
    """Look for parameters that turn A against B round.

    Args:
        values: [worlds] by path of the parameter; words are told apart by their order.
        sides: [worlds] who does better.

    """
    settled = np.array([side in {"a", "b"} for side in sides])
    better = np.array([side == "a" for side in sides])[settled]
    count = int(settled.sum())
    if min(int(better.sum()), int((~better).sum())) < FEWEST:
        return Flips(count, (), (), np.nan, np.nan, "one side")
    paths = list(values)
    table = np.column_stack([as_numbers(values[path]) for path in paths])[settled]
    foretold, chance = believed(table, better)
    if chance > MISTAKE:
        return Flips(count, (), (), foretold, chance, "chance")
    tree = grown().fit(table, better)
    order = np.argsort(-tree.feature_importances_, kind="stable")
    used = tuple(paths[i] for i in order if tree.feature_importances_[i] > 0.0)
    return Flips(count, tuple(parts_of(tree, paths, table, better)), used, foretold, chance, "")


def as_numbers(column: Sequence[Any]) -> NDArray[np.float64]:
    """Values as numbers; words by their place in the order of words."""
    if any(isinstance(value, str) for value in column):
        words = sorted({str(value) for value in column})
        return np.array([words.index(str(value)) for value in column], dtype=float)
    return np.array(column, dtype=float)


def grown() -> Any:  # noqa: ANN401 - scikit-learn has no types
    """A tree that has not seen anything yet."""
    from sklearn.tree import DecisionTreeClassifier

    return DecisionTreeClassifier(
        max_depth=_DEPTH, min_samples_leaf=FEWEST, class_weight="balanced", random_state=_SEED
    )


def believed(table: NDArray[np.float64], better: NDArray[np.bool_]) -> tuple[float, float]:
    """Share of unseen worlds foretold, and the chance of that for dealt-out sides."""
    found = foretold(table, better)
    random = np.random.default_rng(_SEED)
    dealt = [foretold(table, random.permutation(better)) for _ in range(_DEALS)]
    return found, (1 + sum(share >= found for share in dealt)) / (1 + _DEALS)


def foretold(table: NDArray[np.float64], better: NDArray[np.bool_]) -> float:
    """Share of worlds foretold by trees that did not see them, mean of both sides."""
    from sklearn.model_selection import StratifiedKFold

    fewest = int(min(better.sum(), (~better).sum()))
    folds = StratifiedKFold(min(_FOLDS, fewest), shuffle=True, random_state=_SEED)
    said = np.zeros(len(better), dtype=bool)
    for seen, unseen in folds.split(table, better):
        said[unseen] = grown().fit(table[seen], better[seen]).predict(table[unseen])
    return float((said[better].mean() + (~said[~better]).mean()) / 2)


def parts_of(
    tree: Any,  # noqa: ANN401 - scikit-learn has no types
    paths: Sequence[str],
    table: NDArray[np.float64],
    better: NDArray[np.bool_],
) -> list[Part]:
    """The leaves of a tree, with the conditions on the way to each."""
    nodes = tree.tree_
    leaf_of = tree.apply(table)
    found = []

    def walk(node: int, conditions: tuple[tuple[str, str, float], ...]) -> None:
        if nodes.children_left[node] == nodes.children_right[node]:
            here = leaf_of == node
            found.append(Part(conditions, int(here.sum()), int(better[here].sum())))
            return
        path, bound = paths[nodes.feature[node]], float(nodes.threshold[node])
        walk(nodes.children_left[node], (*conditions, (path, "<=", bound)))
        walk(nodes.children_right[node], (*conditions, (path, ">", bound)))

    walk(0, ())
    return sorted(found, key=lambda part: -part.a_better / part.worlds)
