"""One trainee's shop, as results, grades and reports see it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sim.classroom.hand import Hand
from sim.classroom.results_outcome import Outcome
from sim.classroom.state import ClassState


@dataclass(frozen=True)
class Shop:
    """One trainee's shop.

    hands       what was decided for each round so far; automatic: by a stand-in, not by oneself
    times       when, in unix seconds
    bets        as they were placed, plain data; None where nobody did
    joined      the round (from 0) from which on this trainee was there
    away        a stand-in hosts at present; removed: taken out by the instructor
    """

    seat: int
    name: str
    outcome: Outcome
    hands: tuple[Hand, ...]
    automatic: tuple[bool, ...]
    times: tuple[float, ...] = ()
    bets: tuple[Mapping[str, Any], ...] | None = None
    joined: int = 0
    away: bool = False
    removed: bool = False

    @property
    def stand_in(self) -> bool:
        """Whether no person ever decided anything here."""
        return all(self.automatic) if self.automatic else self.away

    @property
    def own_rounds(self) -> tuple[int, int]:
        """(rounds decided by oneself, rounds since joining)."""
        since = self.automatic[min(self.joined, len(self.automatic)) :]
        return sum(not automatic for automatic in since), len(since)

    @property
    def counts(self) -> bool:
        """Whether it counts in averages, places and grades."""
        return not (self.stand_in or self.removed)

    def figure(self, metric: str) -> float:
        """One of its figures; nan where there is none."""
        return float(self.outcome.figures.get(metric, math.nan))


def shops_of(
    state: ClassState, names: Mapping[int, str], outcome: Callable[[int], Outcome | None]
) -> list[Shop]:
    """The shops of a class by seat; seats of which nothing is known yet are left out."""
    shops = []
    for number in sorted(state.seats):
        seat, found = state.seats[number], outcome(number)
        if found is None:
            continue
        bets = None if seat.bets is None else tuple(seat.bets)
        shops.append(
            Shop(
                seat=number, name=names.get(number, ""), outcome=found, hands=tuple(seat.hands),
                automatic=tuple(seat.automatic), times=tuple(seat.times), bets=bets,
                joined=0 if seat.fresh else seat.joined_round, away=seat.stand_in,
                removed=seat.removed,
            )
        )  # fmt: skip
    return shops
