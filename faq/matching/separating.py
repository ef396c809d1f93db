# pyright: basic
"""scikit-learn behind typed signatures: planes that separate classes, and a chance learned from signals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from faq.matching.features import Floats, Ints
from faq.matching.model import Head

_SVM_C = 0.5
_TOLERANCE = 1e-2


def separate(rows: sparse.csr_matrix, classes: Ints, count: int, *, scale: float = 1.0, absent: float) -> Head:
    """A plane for each of ``count`` classes that separates it from all others (linear SVM, squared hinge).

    Scores are distances from the planes times ``scale``; a class that no row has scores ``absent``.
    """
    weights = np.zeros((rows.shape[1], count), np.float32)
    bias = np.full(count, absent, np.float32)
    present = np.unique(classes)
    if len(present) == 0:
        return Head(weights, bias)
    if len(present) == 1:
        bias[present] = scale
        return Head(weights, bias)
    svm = LinearSVC(C=_SVM_C, tol=_TOLERANCE, random_state=0).fit(rows, classes)
    planes, offsets = np.asarray(svm.coef_), np.asarray(svm.intercept_)
    if len(present) == 2:  # noqa: PLR2004  one plane then stands for both
        planes, offsets = np.concatenate([-planes, planes]), np.concatenate([-offsets, offsets])
    weights[:, present] = scale * planes.T
    bias[present] = scale * offsets
    return Head(weights, bias)


@dataclass(frozen=True, slots=True)
class Chance:
    """Log-odds as a weighted sum of signals."""

    weights: Floats
    bias: float


def chance(seen: Floats, right: npt.NDArray[np.bool_]) -> Chance:
    """Learn from examples how signals tell that something is right (logistic regression over scaled signals).

    Where all examples, or none, are right, the signals tell nothing; the chance is then the share of right ones, one of
    each added.
    """
    if right.all() or not right.any():
        odds = (1 + right.sum()) / (1 + (~right).sum())
        return Chance(np.zeros(seen.shape[1], np.float32), float(np.log(odds)))
    middle, spread = seen.mean(axis=0), np.maximum(seen.std(axis=0), 1e-6)
    fitted = LogisticRegression(C=1.0, max_iter=1000).fit((seen - middle) / spread, right)
    weights = np.asarray(fitted.coef_)[0] / spread
    return Chance(weights.astype(np.float32), float(fitted.intercept_[0] - weights @ middle))
