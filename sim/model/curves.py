"""Curves without exp or log: exact tables and straight lines between their points.

The same additions and multiplications in the same order give the same bits on every machine.
"""

from __future__ import annotations

import numpy as np

from sim.model import curve_tables as tables
from sim.model.compiled import rule

_UNIT = 2.0**-tables.SCALE_BITS
_NORMAL = np.array(tables.NORMAL_QUANTILES, dtype=np.float64) * _UNIT
_EXPONENTIAL = np.array(tables.EXPONENTIALS, dtype=np.float64) * _UNIT
_LOGISTIC = np.array(tables.LOGISTIC, dtype=np.float64) * _UNIT


@rule
def _between(table, position):
    """Value of a table at a fractional position: t[k] + (t[k+1] - t[k]) * (position - k)."""
    last = len(table) - 1
    if position <= 0.0:
        return table[0]
    if position >= last:
        return table[last]
    k = int(position)
    return table[k] + (table[k + 1] - table[k]) * (position - k)


@rule
def normal_quantile(u):
    """Standard normal value below which a share u of people lie; u in 0..1, cut at 3.5."""
    return _between(_NORMAL, u * 1024.0)


@rule
def exponential(x):
    """e**x for x in -6..6, held constant outside."""
    return _between(_EXPONENTIAL, (x + 6.0) * 64.0)


@rule
def logistic(x):
    """1 / (1 + e**-x), cut at x = -10 and 10."""
    return _between(_LOGISTIC, (x + 10.0) * 32.0)


@rule
def clip(x, low, high):
    """x held between low and high."""
    if x < low:
        return low
    if x > high:
        return high
    return x


@rule
def chance(rate, seconds):
    """Chance that something with a rate a minute happens within some seconds: r / (1 + r)."""
    expected = rate * seconds / 60.0
    return expected / (1.0 + expected)
