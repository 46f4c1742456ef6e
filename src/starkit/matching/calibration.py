"""From features to a score: a logistic of a few coefficients, drawn so that 50 is the line."""

import math
from functools import cache

import attrs
import numpy as np
from numpy.typing import NDArray

from starkit.data import read_json

_KNEE = -math.log(3)  # the logit of 25 in a hundred


@attrs.frozen
class Calibration:
    """The coefficients of a logistic over the features of a pair, and where its line is drawn.

    Up to 25 a score is the chance in a hundred that the pair was labelled right on the dev
    benches. Above that it rises more slowly, so that 50 is reached at the chance ``line`` only.

    Attributes:
        intercept: What every pair starts from.
        coefficients: One for each feature.
        line: The chance, above 0.25 to 1, that is shown as 50.

    >>> even = Calibration(0.0, (1.0,), line=0.5)
    >>> strict = Calibration(0.0, (1.0,), line=0.75)
    >>> features = np.array([[-2.0, 1.0986123]], np.float32)
    >>> even.score(features).tolist(), strict.score(features).tolist()
    ([11.920000076293945, 75.0], [11.920000076293945, 50.0])
    """

    intercept: float
    coefficients: tuple[float, ...]
    line: float = 0.5

    def logits(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the logarithms of the odds that pairs are right, from features x anything."""
        logit = np.full(features.shape[1:], self.intercept, np.float32)
        for feature, coefficient in zip(features, self.coefficients, strict=True):
            logit += np.float32(coefficient) * feature
        return logit

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return scores, 0-100, from features x anything."""
        shown = self.logits(features)
        # The logit of the line falls to 0, that of 25 stays where it is.
        slope = np.float32(-_KNEE / (math.log(self.line / (1 - self.line)) - _KNEE))
        shown -= np.maximum(shown - np.float32(_KNEE), 0) * (1 - slope)
        found = 100 / (1 + np.exp(-shown))
        # Nothing in common is no match at all, whatever the intercept says.
        found[~features.any(axis=0)] = 0
        # Beyond this is the noise of summing in another order, which must not rank.
        return np.round(found, 2).astype(np.float32)


@cache
def calibration() -> Calibration:
    """Return the calibration that ships with the package."""
    table = read_json("matching/calibration.json")
    return Calibration(table["intercept"], tuple(table["coefficients"].values()), table["line"])
