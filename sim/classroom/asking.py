"""What a trainee asks in the debrief, answered off the event loop."""

from __future__ import annotations

from typing import Any

from sim.classroom.hand import Hand
from sim.errors import Phrase, StrollError


def _must_be_open(room: Any) -> None:
    if room.state.phase not in ("debrief", "over"):
        raise StrollError(Phrase("classroom.refused.not_open"))


def branch(room: Any, seat: int, number: int, hand: Hand, language: str) -> dict[str, Any]:
    """What another hand in round `number` (from 0) would have done."""
    from sim.classroom import debrief

    _must_be_open(room)
    return debrief.branch(room, seat, number, hand, language)


def diary(
    room: Any, seat: int, shopper: int, other: dict[str, Any] | None, language: str
) -> dict[str, Any]:
    """The day of one shopper; with `other` ({"round", "hand"}) also in that branch."""
    from sim.classroom import debrief

    _must_be_open(room)
    return debrief.diary(room, seat, shopper, other, language)
