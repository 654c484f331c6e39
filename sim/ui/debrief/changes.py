"""Whose evening differs between two lines, person by person, and what a line is called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.play.fates import Aspect, Fate
from sim.ui.debrief.words import say

# Names that the game itself gives are kept as signs, so that they follow the language.
BY_COACH, BY_SEARCH = "§coach", "§best"
_OURS = {BY_COACH: "coach.branch", BY_SEARCH: "best.branch"}


def said_name(name: str, language: str) -> str:
    """The name of a branch as it is read."""
    return say(_OURS[name], language) if name in _OURS else name


@dataclass(frozen=True)
class LineName:
    """What a line is called, in sentences that are worded later."""

    number: int
    own: bool
    given: str = ""

    def text(self, language: str) -> str:
        if self.given:
            return f"“{said_name(self.given, language)}”"
        return say("line.own" if self.own else "line.branch", language, number=self.number)


@dataclass(frozen=True)
class Changed:
    """One shopper whose evening differs: what differs, and why once that is known.

    aspects  (aspect, product, in the base, in the other), what counts most first
    fates    the same with their reasons, or empty while they are sought
    """

    shopper: int
    aspects: tuple[tuple[Aspect, int, Any, Any], ...]
    fates: tuple[Fate, ...] = ()


def by_shopper(different: list) -> list[Changed]:
    """What differs, gathered by person."""
    grouped: dict[int, list] = {}
    for shopper, aspect, product, one, other in different:
        grouped.setdefault(int(shopper), []).append((aspect, product, one, other))
    return [Changed(shopper, tuple(found)) for shopper, found in grouped.items()]


def with_reasons(fates: list[Fate]) -> list[Changed]:
    """The same, with the reason of each."""
    grouped: dict[int, list[Fate]] = {}
    for fate in fates:
        grouped.setdefault(fate.shopper, []).append(fate)
    return [
        Changed(
            shopper,
            tuple((fate.aspect, fate.product, fate.one, fate.other) for fate in found),
            tuple(found),
        )
        for shopper, found in grouped.items()
    ]
