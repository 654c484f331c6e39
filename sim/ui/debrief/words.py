"""Wording of the debrief, and the figures as people write them."""

from __future__ import annotations

import functools

from sim import wording
from sim.ui import words

YUAN = ("gmv", "net_sales")
RATES = ("conversion", "return_rate", "orders_after_5min")


@functools.lru_cache(4000)
def _plain(key: str, language: str) -> str:
    return wording.text(f"debrief.{key}", language)


def say(key: str, language: str, /, **values) -> str:
    """The text `debrief.<key>` in a language, with values filled in."""
    return wording.text(f"debrief.{key}", language, **values) if values else _plain(key, language)


@functools.lru_cache(400)
def metric_name(metric: str, language: str) -> str:
    """What a figure is called."""
    return wording.text(f"metrics.{metric}.name", language)


def figure(metric: str, value: float | None, language: str) -> str:
    """A figure in its unit; a dash where it is undefined."""
    if value is None or value != value:
        return "—"
    if metric in YUAN:
        return words.yuan(value)
    if metric in RATES:
        return words.per_cent(value)
    if metric == "trust":
        return f"{value * 100:.0f}"
    if metric == "watch_seconds":
        return words.duration(value, language)
    if metric == "median_minutes_to_order":
        return say("unit.minutes", language, value=f"{value:.1f}")
    if metric == "commenter_ratio":
        return f"{value:.1f}×"
    whole = abs(value) >= 20 or abs(value - round(value)) < 0.05
    return words.count(value) if whole else f"{value:,.1f}"


def difference(metric: str, value: float, language: str) -> str:
    """A difference with its sign; rates in percentage points."""
    if value != value:
        return "—"
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    amount = abs(value)
    if metric in RATES:
        return say("unit.points", language, value=f"{sign}{amount * 100:.1f}")
    return f"{sign}{figure(metric, amount, language)}"


def points(skill: float) -> str:
    """The skill of a bet in points, from −300 to 100."""
    whole = round(skill * 100)
    return f"−{-whole}" if whole < 0 else str(whole)


def signed_yuan(value: float) -> str:
    """Money with its sign."""
    return ("+" if value > 0 else "") + words.yuan(value)


def plain(text: str, language: str) -> str:
    """English with straight quotes: the curly ones of a Chinese face are as wide as a character.

    Without word joiners, which the fonts do not have; lines are not broken after a sign anyway.
    """
    text = text.replace("\u2060", "")
    if language != "en":
        return text
    return text.replace("“", '"').replace("”", '"').replace("’", "'")
