"""Finds the places of a number in a column without looking through all of it."""

from __future__ import annotations

import numpy as np


class Index:
    """Where each number stands in a column, found without looking through all of it."""

    def __init__(self, numbers: np.ndarray) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._sorted = numbers[self._order]

    def of(self, number: int) -> np.ndarray:
        """Places at which a number stands, in order."""
        low, high = np.searchsorted(self._sorted, [number, number + 1])
        return self._order[low:high]
