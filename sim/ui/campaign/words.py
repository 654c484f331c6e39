"""Wording of the desk and of everything that belongs to a campaign."""

from __future__ import annotations

from sim import wording
from sim.ui import words


def say(key: str, language: str, /, **values) -> str:
    """The text `desk.<key>` in a language."""
    return wording.text(f"desk.{key}", language, **values)


def words_of(key: str, /, **values):
    """The same as a function of the language, as controls want it."""
    return lambda language: say(key, language, **values)


def signed(number: float, written=words.count) -> str:
    """A change with its sign; nothing at all is a dot."""
    if abs(number) < 0.5:
        return "·"
    return ("+" if number > 0 else "−") + written(abs(number))


def short_yuan(amount: float, language: str) -> str:
    """Money where there is little room: 1.2k, or tenths of ten thousand in Chinese."""
    sign, amount = ("−" if amount < -0.5 else ""), abs(amount)
    if language == "zh" and amount >= 10_000:
        return f"{sign}{amount / 10_000:.1f}万"
    if language == "en" and amount >= 1_000:
        return f"{sign}{amount / 1_000:.1f}k" if amount < 99_950 else f"{sign}{amount / 1000:.0f}k"
    return f"{sign}{amount:.0f}"


def product_name(scenario, product: str, language: str) -> str:
    """What a product of ours is called."""
    for item in scenario.host.products:
        if item.id == product:
            return item.name.text(language)
    return product


def tactic_name(scenario, tactic: str | None, language: str) -> str:
    """What a tactic is called; a mix of one's own has a name of its own."""
    if tactic in scenario.tactics:
        return scenario.tactics[tactic].title.text(language)
    return words.say("result.custom", language)


def number_of(value: float, language: str) -> str:
    """Hours and the like: no more digits than it needs."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
