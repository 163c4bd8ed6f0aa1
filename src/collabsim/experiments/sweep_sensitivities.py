"""The sensitivity of the outcomes of a sweep to its factors, read from its folder."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from collabsim.analysis.sensitivity import (
    FEWEST,
    Sensitivity,
    SensitivityError,
    no_indices,
    sensitivity,
)
from collabsim.experiments.folders import OutputError
from collabsim.experiments.sweep_folders import points_of, read_manifest, read_table


def sensitivities(
    folder: Path, outcomes: Sequence[str]
) -> Iterator[tuple[str, str, Sensitivity | SensitivityError]]:
    """For each scenario and outcome of a sweep its sensitivity, or why it has none.

    Raises:
        OutputError: no sweep, or one of a design that ranks nothing, or an outcome that it did not
            keep.

    """
    manifest = read_manifest(folder)
    if manifest["design"] not in FEWEST:
        raise OutputError(f"{folder}: {no_indices(manifest['design'])}")
    runs = read_table(folder).to_pandas()
    points = points_of(folder).to_pandas()
    kept = [name.removeprefix("out.") for name in runs.columns if name.startswith("out.")]
    unknown = [name for name in outcomes if name not in kept]
    if unknown:
        raise OutputError(f"{folder} kept no outcome {unknown[0]!r}; it kept {', '.join(kept)}")
    paths = [factor["path"] for factor in manifest["factors"]]
    drawn = [f"share.{path}" for path in paths if f"share.{path}" in points.columns]
    for scenario in dict.fromkeys(points["scenario"]):
        own = points[points["scenario"] == scenario].sort_values("point")
        means = runs.groupby("point")[[f"out.{name}" for name in outcomes or kept]].mean()
        values = means.reindex(own["point"])
        for outcome in outcomes or kept:
            try:
                found: Sensitivity | SensitivityError = sensitivity(
                    outcome, manifest["design"], paths, own[drawn].to_numpy(),
                    values[f"out.{outcome}"].to_numpy(dtype=float),
                )  # fmt: skip
            except SensitivityError as error:
                found = error
            yield scenario, outcome, found
