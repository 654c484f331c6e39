"""What only weeks can cost: followers put off between lives, and members who leave the group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.events import Kind
from sim.model.layout import ROOM
from sim.model.phases.group import _WELCOME_MESSAGES, care_share
from sim.model.planning import CareForGroup
from sim.model.town import FORMAT_NAMES
from sim.report.ledger_charge import Charge

if TYPE_CHECKING:
    from sim.report.ledger_rules import Book

_HARD_SELL = FORMAT_NAMES.index("hard_sell")
# Trust lost below this is not worth a word, as in the room.
_LITTLE = 0.005


def lost_between(
    book: Book, shopper: int, ticks: np.ndarray, between: np.ndarray, worst_in_room: float
) -> tuple[str, int, list[int]] | None:
    """(cause, tick, evidence) of the greatest loss of trust outside our room, where it weighs more
    than any in it; None where it does not, or where nothing told explains it.

    ticks: of the shopper's time in our room; between: trust won or lost before each of them, the
    first being what they came with.
    """
    lost = np.minimum(between, 0.0)
    lost[0] = 0.0
    if lost.sum() > -_LITTLE or lost.sum() >= worst_in_room:
        return None
    place = int(lost.argmin())
    first, last = int(ticks[place - 1]), int(ticks[place])
    notes = _hard_sell(book, shopper, first, last)
    if notes:
        return "notes", int(book.side.events[notes[-1]]["tick"]), notes
    tales = _bad_tales(book, shopper, first, last)
    if tales:
        return "tales", int(book.side.events[tales[-1]]["tick"]), tales
    return None


def _hard_sell(book: Book, shopper: int, first: int, last: int) -> list[int]:
    """Numbers of the events in which a shopper read a hard-sell note of ours."""
    events = book.side.events
    return [
        int(n)
        for n in book.side.numbers_of(shopper)
        if events[n]["kind"] == Kind.READ
        and first <= events[n]["tick"] <= last
        and book.side.witness.format_of(int(events[n]["value"]), int(events[n]["tick"]))
        == _HARD_SELL
    ]


def _bad_tales(book: Book, shopper: int, first: int, last: int) -> list[int]:
    """Numbers of the events in which somebody spoke ill of our goods to a shopper."""
    events = book.side.events
    chosen = (events["kind"] == Kind.TELL) & (events["value"] < 0) & (events["extra"] == shopper)
    chosen &= (events["tick"] >= first) & (events["tick"] <= last)
    return np.flatnonzero(chosen).tolist()


def lost_members(book: Book) -> Iterator[Charge]:
    """A charge for every member who left our group; none in an evening, whose group is new."""
    side = book.side
    if side.run.scenario.campaign is None:
        return
    rules = side.rules
    for number in np.flatnonzero(side.events["kind"] == Kind.LEAVE_GROUP):
        event = side.events[number]
        tick, shopper = int(event["tick"]), int(event["shopper"])
        room, messages = _care_at(book, tick)
        cooling = float(rules["cool_rate"]) * (1.0 - float(care_share(room, rules)))
        adverts = float(rules["spam_loss"]) * max(0, messages - _WELCOME_MESSAGES)
        cause = "adverts" if adverts > cooling else "unattended" if cooling > 0.0 else "chance"
        yield book.charge("lost_member", cause, tick, None, shopper, [int(number)])


def _care_at(book: Book, tick: int) -> tuple[np.record, int]:
    """A room with the minutes of care that were in force before a night, and messages a day."""
    room = np.zeros(1, dtype=ROOM).view(np.recarray)[0]
    messages = 0
    for at, decision in book.side.run.decisions:
        if at // TICKS_PER_DAY > (tick - 1) // TICKS_PER_DAY:
            break
        if isinstance(decision, CareForGroup):
            room.care, messages = float(decision.minutes), decision.messages
    return room, messages
