"""Figures as the report writes them."""

from __future__ import annotations

import math

from sim import wording

NOTHING = "–"
# Keeps a sign and its figure on one line.
_JOINED = "\u2060"


def unit_of(metric: str) -> str:
    """The unit of a metric: count, yuan, share, seconds, minutes, times or level."""
    return wording.text(f"metrics.{metric}.unit", "en")


def figure(metric: str, value: float | None, language: str, like: float | None = None) -> str:
    """A figure with its unit; a dash when there is nothing to tell.

    like: the figure beside which it stands and whose digits it should share.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    unit = unit_of(metric)
    like = value if like is None else like
    if unit == "yuan":
        return _signed(value, f"¥{_amount(abs(value), abs(like))}")
    if unit == "count":
        return _signed(value, _amount(abs(value), abs(like)))
    if unit == "share":
        return f"{100 * value:.1f}%"
    if unit == "seconds":
        minutes, seconds = divmod(round(abs(value)), 60)
        return _signed(value, f"{minutes}:{seconds:02d}")
    if unit == "minutes":
        return wording.text("report.number.minutes", language, count=f"{value:.1f}")
    if unit == "times":
        return f"{value:.1f}×"
    return _signed(value, f"{abs(value):.2f}")


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


def _amount(value: float, like: float) -> str:
    return f"{value:.1f}" if like < 10 and like != round(like) else f"{value:,.0f}"
