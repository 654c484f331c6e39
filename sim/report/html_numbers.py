"""Figures with their units, as they stand alone in a sentence or a tile of the report."""

from __future__ import annotations

import math

from sim import wording
from sim.report.numbers import NOTHING, amount, unit_of, written

# Keeps a sign and its figure on one line.
_JOINED = "\u2060"


def figure(metric: str, value: float | None, language: str, like: float | None = None) -> str:
    """A figure with its unit; a dash when there is nothing to tell.

    like: the figure beside which it stands and whose digits it should share.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    unit, size = unit_of(metric), abs(value)
    if unit in ("count", "yuan"):
        # a page has room for every digit
        text = amount(size, abs(value if like is None else like))
        return _signed(value, f"¥{text}" if unit == "yuan" else text)
    text = written(size, unit, language)
    if unit == "minutes":
        text = wording.text("report.number.minutes", language, count=text)
    return _signed(value, text)


def difference(metric: str, value: float, language: str) -> str:
    """A figure with its sign, also when it is positive; shares in points of a per cent."""
    if not math.isfinite(value):
        return NOTHING
    if unit_of(metric) == "share":
        return wording.text("report.number.points", language, count=f"{100 * value:+.1f}")
    text = figure(metric, value, language)
    return f"+{_JOINED}{text}" if value > 0 else text


def band(metric: str, low: float, high: float, language: str, like: float | None = None) -> str:
    """ "low to high", or a dash."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return NOTHING
    near = high if like is None else like
    ends = [figure(metric, end, language, like=near) for end in (low, high)]
    return wording.text("report.number.band", language, low=ends[0], high=ends[1])


def _signed(value: float, text: str) -> str:
    # a real minus; what would show as zero has no sign
    return f"−{_JOINED}{text}" if value < 0 and any(c in "123456789" for c in text) else text
