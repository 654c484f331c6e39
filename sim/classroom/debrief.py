"""What a trainee asks in the debrief: another hand in one round, and the diary of one shopper.

    branch(room, seat, number, hand, "zh")
    diary(room, seat, shopper, {"round": 2, "hand": {...}}, "zh")

Both simulate; they are called off the event loop. What was found once is kept for the whole class.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from sim.classroom.debrief_branch import Branches
from sim.classroom.debrief_diary import two_diaries
from sim.classroom.hand import Hand
from sim.errors import DecisionError, Phrase

if TYPE_CHECKING:
    from sim.classroom.room import Room

_kept: WeakKeyDictionary[Room, Branches] = WeakKeyDictionary()
_lock = threading.Lock()


def branches_of(room: Room) -> Branches:
    """The branches that a class asked for so far."""
    with _lock:
        if room not in _kept:
            _kept[room] = Branches(room.scenario, room.rounds)
        return _kept[room]


def branch(room: Room, seat: int, number: int, hand: Hand, language: str) -> dict[str, Any]:
    """What another hand in round `number` (from 0) would have brought this trainee.

    DecisionError where there is no such round, or the hand was not possible in it.
    """
    history, shop = _played(room, seat)
    found = branches_of(room).branch(room.streets, history, shop, number, hand)
    return found.to_data(room.scenario, language)


def diary(
    room: Room, seat: int, shopper: int, other: Mapping[str, Any] | None, language: str
) -> dict[str, Any]:
    """The diary of one shopper; other: {"round", "hand"} of the branch to read beside it.

    DecisionError where there is no such shopper, branch or diary.
    """
    history, _ = _played(room, seat)
    return two_diaries(
        room.scenario, branches_of(room), room.streets, history, shopper, _other(other), language
    )


def _played(room: Room, seat: int) -> tuple[Any, int]:
    shared = room.state.settings.mode == "shared"
    return room.history(seat), room.state.seats[seat].shop if shared else 0


def _other(other: Mapping[str, Any] | None) -> tuple[int, Hand] | None:
    if other is None:
        return None
    number = other.get("round")
    if type(number) is not int:
        raise DecisionError(Phrase("decisions.not_a_decision"))
    return number, Hand.from_data(other.get("hand", {}))
