"""What is kept of a shop's run: figures, rounds and curves, small enough for a whole class of them.

    outcome = outcome_of(run, Rounds.of(scenario, 6), hands)

A run holds a world; an outcome holds some hundred numbers, and is all that results, grades and
reports are made of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from sim.classroom.hand import Hand
from sim.classroom.rounds import Rounds
from sim.model.decisions import Decision
from sim.model.events import Kind
from sim.play.ghost import Band, bands_of
from sim.scenario import Scenario

Steps = tuple[tuple[int, Decision], ...]
MIXED = "mixed"
# Of a round: what happened in its ticks, and what was left of the orders placed in them.
ROUND_FIGURES = ("visits", "comments", "orders", "gmv", "returns", "net", "followers", "unfollowed")


class Hosted(Protocol):
    """A run, or a shop of a shared street, as far as it came."""

    @property
    def scenario(self) -> Scenario: ...
    @property
    def tick(self) -> int: ...
    def report(self) -> dict[str, float]: ...
    def events(self) -> np.ndarray: ...


@dataclass(frozen=True)
class Outcome:
    """What came of one line of hosting with one crowd.

    figures    as sim.play.figures has them; of a campaign its own as well
    rounds     ROUND_FIGURES of each round, in order
    decisions  as they were given; of a shared street as they were meant
    bands      which tactic when; shares: of the time hosted so far that each had (None: an own mix)
    finished   whether the last night is over
    """

    tick: int
    figures: Mapping[str, float]
    rounds: tuple[Mapping[str, float], ...]
    decisions: Steps
    bands: tuple[Band, ...]
    finished: bool
    shares: Mapping[str | None, float] = field(default_factory=dict)


def outcome_of(run: Hosted, rounds: Rounds, hands: Sequence[Hand]) -> Outcome:
    """The outcome of a run as far as it came; hands: what was decided for each round of it."""
    events = run.events()
    figures = dict(run.report())
    campaign = getattr(run, "campaign_report", None)
    if rounds.campaign and campaign is not None:
        figures.update(campaign())
    decisions: Steps = tuple(getattr(run, "decisions", ())) or steps_of(rounds, hands)
    bands = () if rounds.campaign else bands_of(run.scenario, decisions)
    played = [
        (rounds.edges[number], rounds.edges[number + 1])
        for number in range(len(rounds))
        if rounds.edges[number] < run.tick
    ]
    return Outcome(
        tick=run.tick,
        figures=figures,
        rounds=tuple(round_figures(events, first, last) for first, last in played),
        decisions=decisions,
        bands=bands,
        finished=run.tick >= rounds.end,
        shares=_shares(bands, min(run.tick, rounds.edges[-1])),
    )


def steps_of(rounds: Rounds, hands: Sequence[Hand]) -> Steps:
    """The decisions that hands are meant to be, each at the beginning of its round."""
    if rounds.campaign:
        return ()
    return tuple(
        (rounds.edges[number], decision)
        for number, hand in enumerate(hands)
        for decision in hand.decisions()
    )


def round_figures(events: np.ndarray, first: int, last: int) -> dict[str, float]:
    """ROUND_FIGURES of the ticks from `first` up to `last`, from one shop's events in time order.

    Returns and net are of the orders placed in these ticks, whenever they came back.
    """
    here = events[np.searchsorted(events["tick"], first) : np.searchsorted(events["tick"], last)]

    def count(kind: Kind) -> float:
        return float((here["kind"] == kind).sum())

    ordered = np.isin(here["kind"], (Kind.ORDER, Kind.NOTE_ORDER))
    gmv = float(here["value"][ordered].sum()) / 100.0
    number, refunded = _returned(events, first, last)
    return {
        "visits": count(Kind.ENTER),
        "comments": count(Kind.COMMENT),
        "orders": float(ordered.sum()),
        "gmv": gmv,
        "returns": float(number),
        "net": gmv - refunded,
        "followers": count(Kind.FOLLOW),
        "unfollowed": count(Kind.UNFOLLOW),
    }


def _returned(events: np.ndarray, first: int, last: int) -> tuple[int, float]:
    """(parcels, yuan) that came back of the orders placed from tick `first` up to `last`."""
    told = events[np.isin(events["kind"], (Kind.ORDER, Kind.NOTE_ORDER, Kind.RETURN))]
    # somebody may order a thing again, so a return belongs to the latest order before it
    placed: dict[tuple[int, int], int] = {}
    number, refunded = 0, 0.0
    columns = [told[name].tolist() for name in ("tick", "kind", "shopper", "product", "value")]
    for tick, kind, shopper, product, value in zip(*columns, strict=True):
        if kind != Kind.RETURN:
            placed[shopper, product] = tick
        elif first <= placed.get((shopper, product), -1) < last:
            number, refunded = number + 1, refunded + value / 100.0
    return number, refunded


def _shares(bands: Sequence[Band], until: int) -> dict[str | None, float]:
    spent: dict[str | None, float] = {}
    for band in bands:
        ticks = max(0, min(band.stop, until) - band.start)
        if ticks:
            spent[band.tactic] = spent.get(band.tactic, 0.0) + float(ticks)
    total = sum(spent.values())
    return {tactic: ticks / total for tactic, ticks in spent.items()}


def group_of(shares: Mapping[str | None, float]) -> str:
    """The tactic that had more than half of the time, or MIXED when none had."""
    for tactic, share in shares.items():
        if tactic is not None and share > 0.5:
            return tactic
    return MIXED
