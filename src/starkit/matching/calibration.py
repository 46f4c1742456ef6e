"""From features to a score: a logistic of a few coefficients, so that 50 is the line."""

from functools import cache

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.data import read_json


@attrs.frozen
class Calibration:
    """The coefficients of a logistic over the features of a pair.

    Attributes:
        intercept: What every pair starts from.
        coefficients: One for each feature.
    """

    intercept: float
    coefficients: tuple[float, ...]

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return scores, 0-100, from features x anything."""
        logit = np.full(features.shape[1:], self.intercept, np.float32)
        for feature, coefficient in zip(features, self.coefficients, strict=True):
            logit += np.float32(coefficient) * feature
        found = 100 / (1 + np.exp(-logit))
        # Nothing in common is no match at all, whatever the intercept says.
        found[~features.any(axis=0)] = 0
        # Beyond this is the noise of summing in another order, which must not rank.
        return np.round(found, 2).astype(np.float32)


@cache
def calibration() -> Calibration:
    """Return the calibration that ships with the package."""
    table = read_json("matching/calibration.json")
    return Calibration(table["intercept"], tuple(table["coefficients"].values()))
