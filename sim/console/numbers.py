"""Figures as people read them: a unit decides how many digits say something."""

from __future__ import annotations

import math
from collections.abc import Callable

from sim import wording

NOTHING = "–"


def unit_of(metric: str) -> str:
    """The unit of a metric: count, yuan, share, seconds, minutes, times or level."""
    return wording.text(f"metrics.{metric}.unit", "en")


def written(value: float | None, unit: str, language: str) -> str:
    """One figure; a dash when there was nothing to divide by."""
    if value is None or not math.isfinite(value):
        return NOTHING
    return _WRITERS[unit](float(value), language)


def band(values: tuple[float, float, float], unit: str, language: str) -> tuple[str, str]:
    """A mean and "low–high", both written; the second is empty when there is no band."""
    mean, low, high = values
    ends = [written(end, unit, language) for end in (low, high)]
    if NOTHING in ends:
        return written(mean, unit, language), ""
    return written(mean, unit, language), "–".join(ends)


def _whole(value: float, language: str) -> str:
    size = abs(value)
    if size >= 100_000:
        return f"{value / 10_000:,.1f}万" if language == "zh" else f"{value / 1000:,.0f}k"
    return f"{value:,.0f}" if size >= 10 or value == round(value) else f"{value:.1f}"


def _share(value: float, language: str) -> str:
    return f"{100 * value:.1f}%"


def _clock(value: float, language: str) -> str:
    minutes, seconds = divmod(round(value), 60)
    return f"{minutes}:{seconds:02d}"


def _minutes(value: float, language: str) -> str:
    return f"{value:.1f}"


def _times(value: float, language: str) -> str:
    return f"{value:.1f}×"


def _level(value: float, language: str) -> str:
    return f"{value:.2f}"


_WRITERS: dict[str, Callable[[float, str], str]] = {
    "count": _whole,
    "yuan": _whole,
    "share": _share,
    "seconds": _clock,
    "minutes": _minutes,
    "times": _times,
    "level": _level,
}
