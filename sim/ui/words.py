"""Wording for the window: shorter keys, numbers as people write them, names for shoppers."""

from __future__ import annotations

import functools

from sim import wording
from sim.play.nicknames import nickname


@functools.lru_cache(4000)
def _plain(key: str, language: str) -> str:
    return wording.text(f"ui.{key}", language)


def say(key: str, language: str, /, **values) -> str:
    """The text `ui.<key>` in a language, with values filled in."""
    if not values:
        return _plain(key, language)
    return wording.text(f"ui.{key}", language, **values)


def name_of(shopper: int, language: str) -> str:
    """A nickname for a shopper: always the same one, and the same person in both languages."""
    return nickname(shopper, language)


def count(number: float) -> str:
    """A whole number with thousands apart."""
    return f"{int(round(number)):,}"


def yuan(amount: float) -> str:
    """Money for people: whole yuan from ten up, fen only for small sums."""
    sign = "−" if amount < -0.004 else ""
    amount = abs(amount)
    if amount >= 10 or amount == int(amount):
        return f"{sign}¥{int(round(amount)):,}"
    return f"{sign}¥{amount:.2f}"


def per_cent(share: float | None, digits: int = 1) -> str:
    """A fraction as per cent; a dash where there was nothing to divide by."""
    if share is None or share != share:
        return "—"
    return f"{share * 100:.{digits}f}%"


def duration(seconds: float, language: str) -> str:
    """A length of time in words: "45 s", "12 min", "3 min 2 s"."""
    minutes, rest = divmod(max(0, int(round(seconds))), 60)
    if not minutes:
        return say("common.seconds", language, count=rest)
    if not rest:
        return say("common.minutes", language, count=minutes)
    return say("common.minutes_seconds", language, minutes=minutes, seconds=rest)
