"""Whose weeks went otherwise: the shoppers whose fate differs between two campaigns, and when.

The fates are exactly those that differ by the events (sim.play.fates.differences). Over weeks they
have no single reason: one thing leads to another. So each is told with its day instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.errors import Phrase
from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.play.branch_index import Index
from sim.play.branch_words import Clause
from sim.play.fates import Aspect, differences
from sim.play.run import Run

# What counts over weeks; how long somebody stayed on some evening does not.
TOLD = (Aspect.BOUGHT, Aspect.KEPT, Aspect.FOLLOWED, Aspect.JOINED, Aspect.CAME)
_KINDS = {
    "bought": (Kind.ORDER, Kind.NOTE_ORDER), "followed": (Kind.FOLLOW,), "came": (Kind.ENTER,),
    "unfollowed": (Kind.UNFOLLOW,), "joined": (Kind.JOIN_GROUP,),
    "kept": (Kind.KEEP,), "kept_open": (Kind.KEEP, Kind.RETURN),
}  # fmt: skip


@dataclass(frozen=True)
class WeeksFate:
    """What differs for one shopper, as in sim.play.fates.Fate, but with the day for a reason.

    day   1 is the first; when it happened in the line in which it did, for the last time
    """

    shopper: int
    aspect: Aspect
    product: int
    one: Any
    other: Any
    tick: int
    yes_first: bool
    sentence: str
    product_name: Any = None

    @property
    def day(self) -> int:
        """The day on which it happened; 1 is the first."""
        return self.tick // TICKS_PER_DAY + 1

    def text(self, language: str, one: Any = None, other: Any = None) -> str:
        """One plain sentence; `one` and `other` name the two lines."""
        names = (
            Phrase("fates.line.this") if one is None else one,
            Phrase("fates.line.other") if other is None else other,
        )
        yes, no = names if self.yes_first else names[::-1]
        values = {"yes": yes, "no": no, "day": self.day, "product": self.product_name}
        return Clause(f"fates.weeks.{self.sentence}", values).text(language)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        return {
            "shopper": self.shopper, "aspect": self.aspect.value, "product": self.product,
            "one": self.one, "other": self.other, "tick": self.tick, "day": self.day,
            "yes_first": self.yes_first,
        }  # fmt: skip


def weeks_fates(run_a: Run, run_b: Run) -> list[WeeksFate]:
    """Every fate that differs between two runs of one campaign and counts over weeks, by aspect.

    ValueError for different crowds.
    """
    if run_a.seed != run_b.seed or run_a.scenario.hash != run_b.scenario.hash:
        raise ValueError("only runs of the same crowd in the same scenario can be compared")
    events = run_a.events(), run_b.events()
    of = tuple(Index(one["shopper"]) for one in events)
    names = [product.name for product in run_a.scenario.host.products]
    found = []
    for shopper, aspect, product, one, other in differences(run_a, run_b):
        if aspect not in TOLD:
            continue
        sentence = _sentence(aspect, one, other)
        yes_first = _happened(aspect, sentence, one, other)
        side = 0 if yes_first else 1
        theirs = events[side][of[side].of(shopper)]
        found.append(
            WeeksFate(
                shopper, aspect, product, one, other, _tick(theirs, sentence, product), yes_first,
                sentence, names[product] if product >= 0 else None,
            )
        )  # fmt: skip
    return found


def _sentence(aspect: Aspect, one: Any, other: Any) -> str:
    if aspect == Aspect.FOLLOWED:
        return "followed" if max(one, other) > 0 else "unfollowed"
    if aspect == Aspect.KEPT:
        return "kept_open" if "open" in (one, other) else "kept"
    return aspect.value


def _happened(aspect: Aspect, sentence: str, one: Any, other: Any) -> bool:
    """Whether it was in the first line that it happened."""
    if aspect == Aspect.KEPT:
        return one == "kept" if sentence == "kept" else one != "open"
    return one < other if sentence == "unfollowed" else one > other


def _tick(theirs: np.ndarray, sentence: str, product: int) -> int:
    """When it happened last; 0 where no event tells."""
    chosen = np.isin(theirs["kind"], _KINDS[sentence])
    if product >= 0:
        chosen &= theirs["product"] == product
    ticks = theirs["tick"][chosen]
    return int(ticks[-1]) if len(ticks) else 0
