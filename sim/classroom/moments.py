"""What one shop looks like at the edge of a round: taken once off the world, shown to many.

A moment is plain data without a language; views put it into words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.classroom.results_book import hosted
from sim.classroom.rounds import Rounds
from sim.classroom.streets import Street
from sim.model import TICKS_PER_DAY, TICKS_PER_MINUTE
from sim.model.events import Kind, Lack
from sim.play.observation import RoomObservation, observe_room
from sim.play.shared import SharedRun
from sim.report.html_gather import funnel_of

_MOST_QUESTIONS = 24
# What is told of a round, when it happened at all.
_SAID = {
    "orders": Kind.ORDER, "given_up": Kind.GIVEN_UP, "missed": Kind.MISSED_OFFER,
    "sold_out": Kind.SOLD_OUT, "followed": Kind.FOLLOW, "unfollowed": Kind.UNFOLLOW,
    "joined": Kind.JOIN_GROUP, "returned": Kind.RETURN,
}  # fmt: skip


@dataclass(frozen=True)
class Moment:
    """figures    as sim.play.figures (and campaign figures) has them
    questions  who waits for an answer: (shopper, lack, tick asked, seconds waited), in order
    minutes    of the last round: (minute of the live or day, viewers, orders, comments)
    said       what happened in the last round: name -> how often; gone: most common reason
    digest     of the street after the nights; "" before
    nights     (day, delivered, kept, returned, yuan given back) of each day after the live
    """

    figures: dict[str, float]
    room: RoomObservation
    funnel: tuple[tuple[str, int], ...]
    questions: tuple[tuple[int, str, int, float], ...]
    minutes: tuple[tuple[int, int, int, int], ...]
    said: dict[str, int]
    nights: tuple[tuple[int, int, int, int, float], ...]
    digest: str


def moment_of(street: Street, shop: int, rounds: Rounds, over: int) -> Moment:
    """The moment of a shop after `over` rounds, or after the nights."""
    run = hosted(street, shop)
    world, events = street.world, run.events()
    figures = dict(run.report())
    if rounds.campaign:
        figures.update(run.campaign_report())
    tactic = street.tactics[shop] if isinstance(street, SharedRun) else street.tactic
    room = observe_room(world, tactic, shop)
    finished = street.tick > rounds.edges[-1]
    steps = [("seen", int(figures["impressions"])), *funnel_of(events)]
    first = rounds.edges[over - 1] if over else street.tick
    inside = slice(*np.searchsorted(events["tick"], [first, rounds.edges[over]]))
    return Moment(
        figures=figures,
        room=room,
        funnel=tuple(step for step in steps if finished or step[0] != "kept"),
        questions=_questions(street, room),
        minutes=_minutes(events, rounds, over),
        said={
            name: count
            for name, kind in _SAID.items()
            if (count := int((events["kind"][inside] == kind).sum()))
        },
        nights=_nights(events, rounds, street.tick) if finished else (),
        digest=street.digest() if finished else "",
    )


def _questions(street: Street, room: RoomObservation) -> tuple[tuple[int, str, int, float], ...]:
    shoppers = street.world.state(0).shoppers
    return tuple(
        (shopper, Lack(int(shoppers["lack"][shopper])).name.lower(),
         int(shoppers["asked"][shopper]), waited)
        for shopper, waited in room.queue[:_MOST_QUESTIONS]
    )  # fmt: skip


def _minutes(
    events: np.ndarray, rounds: Rounds, over: int
) -> tuple[tuple[int, int, int, int], ...]:
    """By the minute of the last round, or by the day in a campaign."""
    if not over:
        return ()
    unit = TICKS_PER_DAY if rounds.campaign else TICKS_PER_MINUTE
    first, last = rounds.edges[over - 1], rounds.edges[over]
    edges = np.arange(first, last + 1, unit)

    def counted(kind: Kind) -> np.ndarray:
        return np.searchsorted(events["tick"][events["kind"] == kind], edges)

    inside = counted(Kind.ENTER) - counted(Kind.LEAVE)
    orders, comments = np.diff(counted(Kind.ORDER)), np.diff(counted(Kind.COMMENT))
    begin = rounds.minutes(over - 1)[0]
    return tuple(
        (begin + k + 1, int(inside[k + 1]), int(orders[k]), int(comments[k]))
        for k in range(len(edges) - 1)
    )


def _nights(
    events: np.ndarray, rounds: Rounds, until: int
) -> tuple[tuple[int, int, int, int, float], ...]:
    tell = rounds.timeline.day
    last = tell(until)
    after = events[events["tick"] >= rounds.edges[-1]] if not rounds.campaign else events
    days = np.array([tell(int(tick)) for tick in after["tick"]], dtype=int)
    rows = []
    for day in range(1, last + 1):
        of = after[days == day]
        count = {kind: of[of["kind"] == kind] for kind in (Kind.DELIVER, Kind.KEEP, Kind.RETURN)}
        rows.append((
            day, len(count[Kind.DELIVER]), len(count[Kind.KEEP]), len(count[Kind.RETURN]),
            float(count[Kind.RETURN]["value"].sum()) / 100.0,
        ))  # fmt: skip
    return tuple(rows)


def plain(value: Any) -> Any:
    """A figure as JSON can hold it: nan becomes None."""
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return value
