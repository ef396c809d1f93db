"""A linear head: softmax regression over sparse rows, trained with L-BFGS."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Head:
    """Chances of every class for a row: softmax of ``row @ weights + bias``."""

    weights: Floats
    bias: Floats

    def chances(self, columns: Ints, values: Floats) -> Floats:
        """The chance of each class for one sparse row."""
        return softmax((values @ self.weights[columns] + self.bias)[np.newaxis])[0]

    def all_chances(self, rows: sparse.csr_matrix) -> Floats:
        """The chances for many rows."""
        return softmax(np.asarray(rows @ self.weights + self.bias))


def softmax(scores: Floats) -> Floats:
    """Row by row, without overflow."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)


def train(  # noqa: PLR0913  what the training is told is named at each call
    rows: sparse.csr_matrix, classes: Ints, count: int, *, penalty: float, steps: int, weight: Floats | None = None
) -> Head:
    """Fit a head to rows whose class is known; deterministic.

    ``penalty`` is the L2 strength over the mean loss, ``steps`` the most iterations, ``weight`` how much each row
    counts (one by default).
    """
    rows = rows.astype(np.float32)
    across = rows.T.tocsr()
    share = (np.ones(len(classes), np.float32) if weight is None else weight)[:, np.newaxis]
    share = share / share.sum()
    wanted = np.zeros((len(classes), count), np.float32)
    wanted[np.arange(len(classes)), classes] = 1
    width = rows.shape[1]

    def loss(flat: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        both = flat.reshape(width + 1, count).astype(np.float32)
        weights, bias = both[:-1], both[-1]
        chances = softmax(np.asarray(rows @ weights + bias))
        picked = np.maximum((chances * wanted).sum(axis=1), 1e-12)
        error = (chances - wanted) * share
        gradient = np.vstack([np.asarray(across @ error) + penalty * weights, error.sum(axis=0)[np.newaxis]])
        value = -float((share[:, 0] * np.log(picked)).sum()) + 0.5 * penalty * float((weights * weights).sum())
        return value, gradient.ravel().astype(np.float64)

    start = np.zeros((width + 1) * count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6})
    both = found.x.reshape(width + 1, count).astype(np.float32)
    return Head(both[:-1].copy(), both[-1].copy())
