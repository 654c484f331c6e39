"""Figures as people read them: a unit decides how many digits say something.

The bare figure, as it stands in a table whose heading names the unit; `sim.report.html_numbers`
puts the unit behind it, for where it stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim import wording

NOTHING = "–"


def unit_of(metric: str) -> str:
    """The unit of a metric: count, yuan, share, seconds, minutes, times, ratio, level."""
    return wording.text(f"metrics.{metric}.unit", "en")


def written(value: float | None, unit: str, language: str, like: float | None = None) -> str:
    """One figure; a dash when there was nothing to divide by.

    `like` is the figure beside which it stands and whose digits it should share.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    if unit in ("count", "yuan"):
        return _amount(float(value), language, float(value) if like is None else like)
    return _WRITERS[unit](float(value))


def band(values: tuple[float, float, float], unit: str, language: str) -> tuple[str, str]:
    """A mean and "low–high", both written; the second is empty when there is no band."""
    mean, low, high = values
    ends = [written(end, unit, language, like=mean) for end in (low, high)]
    if NOTHING in ends:
        return written(mean, unit, language), ""
    return written(mean, unit, language), "–".join(ends)


def signed(value: float | None, unit: str, language: str) -> str:
    """A difference with its sign, of shares in points; what would read as zero is a plain 0."""
    if value is None or not math.isfinite(value):
        return NOTHING
    text = written(abs(value), unit, language)
    if unit == "share":
        text = wording.text("report.number.short_points", language, count=text.rstrip("%"))
    if not any(digit in text for digit in "123456789"):
        return "0"
    return ("+" if value > 0 else "−") + text


def shown_apart(one: float, other: float, unit: str) -> float:
    """`other` less `one`, both as `written` shows them, so that the three stand in one row."""
    return as_shown(other, unit) - as_shown(one, unit)


def as_shown(value: float, unit: str) -> float:
    """A figure with no more digits than it is written with."""
    if not math.isfinite(value):
        return value
    if unit in ("count", "yuan"):
        return float(amount(value, value).replace(",", ""))
    if unit == "share":
        return round(100 * value, 1) / 100
    if unit == "ratio":
        return round(value, 2 if abs(value) < 10 else 1)
    return round(value, {"seconds": 0, "minutes": 1, "times": 1, "level": 2}[unit])


def chance_text(chance: float) -> str:
    """How often luck alone does as much, "<0.1%" or "3.2%"."""
    return "<0.1%" if chance < 0.001 else f"{100 * chance:.1f}%"


def amount(value: float, like: float) -> str:
    """A count or a sum of money with all its digits; small ones that are no whole number have one
    more. like: the figure whose digits it shares."""
    return f"{value:.1f}" if abs(like) < 10 and like != round(like) else f"{value:,.0f}"


def _amount(value: float, language: str, like: float) -> str:
    if abs(like) >= 100_000:
        return f"{value / 10_000:,.1f}万" if language == "zh" else f"{value / 1000:,.0f}k"
    return amount(value, like)


def _share(value: float) -> str:
    return f"{100 * value:.1f}%"


def _clock(value: float) -> str:
    minutes, seconds = divmod(round(abs(value)), 60)
    return f"{minutes}:{seconds:02d}"


def _minutes(value: float) -> str:
    return f"{value:.1f}"


def _times(value: float) -> str:
    return f"{value:.1f}×"


def _ratio(value: float) -> str:
    return f"{value:.2f}×" if abs(value) < 10 else f"{value:.1f}×"


def _level(value: float) -> str:
    return f"{value:.2f}"


_WRITERS: dict[str, Callable[[float], str]] = {
    "share": _share,
    "seconds": _clock,
    "minutes": _minutes,
    "times": _times,
    "ratio": _ratio,
    "level": _level,
}
