"""Figures as people read them: a unit decides how many digits say something.

The bare figure, as it stands in a table whose heading names the unit; `sim.report.html_numbers`
puts the unit behind it, for where it stands alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from sim import wording

NOTHING = "–"
# A ratio of two shares of buyers says little with fewer buyers than this; such a figure is marked.
FEW_BUYERS = 10
FEW_MARK = "*"
# From here on counts and sums are written in thousands, or in Chinese tenths of 万, where room is
# short.
_LARGE = 100_000


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


def in_full(value: float | None, unit: str, language: str) -> str:
    """A figure with all its digits, where there is room for them."""
    if unit in ("count", "yuan") and value is not None and math.isfinite(value):
        return amount(value, value)
    return written(value, unit, language)


def signed(
    value: float | None,
    unit: str,
    language: str,
    write: Callable[[float, str, str], str] | None = None,
) -> str:
    """A difference with its sign, of shares in points; what would read as zero is a plain 0.

    write: how it is written without a sign, as `written` does it by default.
    """
    if value is None or not math.isfinite(value):
        return NOTHING
    text = (write or written)(abs(value), unit, language)
    if unit == "share":
        text = wording.text("report.number.short_points", language, count=text.rstrip("%"))
    if not any(digit in text for digit in "123456789"):
        return "0"
    return ("+" if value > 0 else "−") + text


def shown_apart(one: float, other: float, unit: str, short: bool = False) -> float:
    """`other` less `one`, both as they are shown, so that the three stand in one row."""
    return as_shown(other, unit, short) - as_shown(one, unit, short)


def means_apart(
    one: tuple[float, float, float],
    other: tuple[float, float, float],
    apart: float,
    unit: str,
    short: bool = False,
) -> float:
    """`one` less `other` as a reader takes the two shown means from each other.

    one, other: their bands, mean first. apart: the mean of the paired differences; it stands where
    the means are not of the same crowds, since on some of them one of the two was undefined. short:
    see `as_shown`.
    """
    shown = shown_apart(other[0], one[0], unit, short)
    same_crowds = math.isclose(one[0] - other[0], apart, rel_tol=1e-6, abs_tol=1e-9)
    return shown if same_crowds else apart


def as_shown(value: float, unit: str, short: bool = False) -> float:
    """A figure with no more digits than it is written with.

    short: as `written` does it, large ones in thousands; else with all digits, as `in_full`.
    """
    if not math.isfinite(value):
        return value
    if unit in ("count", "yuan"):
        if short and abs(value) >= _LARGE:
            return round(value, -3)
        return float(amount(value, value).replace(",", ""))
    if unit == "share":
        return round(100 * value, 1) / 100
    if unit == "ratio":
        return round(value, 2 if abs(value) < 10 else 1)
    return round(value, {"seconds": 0, "minutes": 1, "times": 1, "level": 2}[unit])


def few_mark(metric: str, figures: Mapping[str, Any]) -> str:
    """A mark behind a figure that rests on so few buyers that one more would make it another.

    figures: of one run, or an array of each over crowds, whose means decide.
    """
    if metric != "commenter_ratio":
        return ""
    shown, viewers, conversion = (
        _mean(figures.get(name)) for name in (metric, "viewers", "conversion")
    )
    if math.isnan(shown):
        return ""
    # nan is not below anything; half a millionth is for sums that are whole but for their last bits
    return FEW_MARK if viewers * conversion < FEW_BUYERS - 0.5e-6 else ""


def any_few(
    all_figures: Iterable[Mapping[str, Any]], metrics: Iterable[str] = ("commenter_ratio",)
) -> bool:
    """Whether any of these runs has a figure with that mark."""
    shown = list(metrics)
    return any(few_mark(metric, figures) for figures in all_figures for metric in shown)


def _mean(value: Any) -> float:
    """A figure, or the mean of those that are defined; nan for nothing."""
    if value is None or isinstance(value, int | float):
        return math.nan if value is None else float(value)
    known = value[~np.isnan(value)]
    return float(known.mean()) if len(known) else math.nan


def chance_text(chance: float) -> str:
    """How often luck alone does as much, "<0.1%" or "3.2%"."""
    return "<0.1%" if chance < 0.001 else f"{100 * chance:.1f}%"


def amount(value: float, like: float) -> str:
    """A count or a sum of money with all its digits; small ones that are no whole number have one
    more. like: the figure whose digits it shares."""
    return f"{value:.1f}" if abs(like) < 10 and like != round(like) else f"{value:,.0f}"


def _amount(value: float, language: str, like: float) -> str:
    if abs(like) >= _LARGE:
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
