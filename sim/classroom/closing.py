"""How a round ends: whose hand counts, and what a class that votes has decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sim.classroom.hand import Hand
from sim.classroom.state import ClassState


def closing(state: ClassState) -> dict[str, Any]:
    """What an "advance" out of the open round must hold: everybody's final hand.

    Whoever decided nothing goes on as before; a stand-in hosts for those who are away.
    """
    hands: dict[str, Any] = {}
    for seat in state.seats.values():
        if len(seat.hands) != state.round:
            continue
        own = seat.draft is not None and seat.active and not seat.stand_in
        hand = seat.draft if own else Hand()
        at = {"at": seat.decided_at} if own else {}
        hands[str(seat.number)] = {"hand": hand.to_data(), "automatic": not own, **at}
    data: dict[str, Any] = {"hands": hands}
    if state.settings.mode == "vote":
        ballots = [
            seat.draft
            for seat in state.playing
            if seat.draft is not None and not seat.stand_in and len(seat.hands) == state.round
        ]
        data["voted"] = majority(ballots).to_data()
    return data


def majority(ballots: Sequence[Hand]) -> Hand:
    """What most asked for, part by part; of equals, what was asked for first.

    A part that nobody named goes on as before. Answers: those that most asked for, five at most.
    """

    def most(values: Iterable[Any]) -> Any:
        count: dict[Any, int] = {}
        for value in values:
            if value is not None:
                count[value] = count.get(value, 0) + 1
        return max(count, key=count.get) if count else None

    way = most(
        ("mix", hand.mix) if hand.mix is not None else ("tactic", hand.tactic)
        for hand in ballots
        if hand.mix is not None or hand.tactic is not None
    )
    acting = most((hand.act, hand.seconds) for hand in ballots if hand.act is not None)
    wanted: dict[int, int] = {}
    for hand in ballots:
        for shopper in hand.answers:
            wanted[shopper] = wanted.get(shopper, 0) + 1
    answers = sorted(wanted, key=lambda shopper: -wanted[shopper])[:5]
    return Hand(
        tactic=way[1] if way and way[0] == "tactic" else None,
        mix=way[1] if way and way[0] == "mix" else None,
        product=most(hand.product for hand in ballots),
        act=acting[0] if acting else None,
        seconds=acting[1] if acting else 60,
        answers=tuple(answers),
        policy=most(hand.policy for hand in ballots),
    )
