"""The course of one number in many regions, as the pictures of the site draw it."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from collabsim.figures.canvas import COLOURS


def draw_course(axes: Axes, paths: NDArray[np.float64], number: int, name: str) -> None:
    """Draw the mean by month, and where nine in ten regions are.

    Args:
        axes: to draw on.
        paths: [regions, months]; NaN where there is nothing to tell.
        number: 0 for the first arrangement, a solid line; 1 for the second, a dashed one.
        name: of the arrangement, for the legend.

    """
    months, colour = np.arange(1, paths.shape[1] + 1), COLOURS[(0, 2)[number]]
    low, high = np.nanquantile(paths, (0.05, 0.95), axis=0)
    axes.fill_between(months, low, high, color=colour, alpha=0.15, lw=0)
    axes.plot(
        months, np.nanmean(paths, axis=0), color=colour, lw=1.6, ls=("-", "--")[number], label=name
    )
