"""The distinct lines that a class played: each is simulated once, however many played it.

    lines = lines_of({seat: (history, 0), ...}, reference)

A line is a history of hands (see sim.classroom.streets) without what means nothing to another
crowd: a question answered first by hand is that of one person, who is somebody else there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sim.classroom.hand import Hand
from sim.classroom.streets import History


@dataclass(frozen=True)
class Line:
    """A way to host that some trainees share: a street's history, and which of its shops is meant.

    key     what it is called in comparisons
    seats   whose it is, in order
    """

    key: str
    history: History
    shop: int
    seats: tuple[int, ...]


def lines_of(played: Mapping[int, tuple[History, int]], reference: str) -> list[Line]:
    """The distinct lines of some seats, each seat given by its street's history and its shop.

    Lines that begin alike stand side by side, so that what they share is simulated once.
    """
    found: dict[tuple[History, int], list[int]] = {}
    for seat in sorted(played):
        history, shop = played[seat]
        found.setdefault((plain_history(history, reference), shop), []).append(seat)
    ordered = sorted(found, key=lambda line: (_key(line[0]), line[1]))
    return [
        Line(f"line_{number}", history, shop, tuple(found[history, shop]))
        for number, (history, shop) in enumerate(ordered)
    ]


def plain_history(history: History, reference: str) -> History:
    """The same hosting without questions picked by hand and without what changes nothing."""
    current: list[Hand] = [Hand(tactic=reference) for _ in (history[0] if history else ())]
    rounds = []
    for hands in history:
        kept = []
        for shop, hand in enumerate(hands):
            kept.append(_plain(hand, current[shop]))
            if hand.tactic is not None or hand.mix is not None or hand.policy is not None:
                current[shop] = hand
        rounds.append(tuple(kept))
    return tuple(rounds)


def side_by_side(histories: Iterable[History]) -> list[History]:
    """Each history once, those that begin alike side by side."""
    return sorted(set(histories), key=_key)


def _plain(hand: Hand, before: Hand) -> Hand:
    hand = replace(hand, answers=())
    if hand.policy is not None:
        return replace(hand, policy=None) if hand.policy == before.policy else hand
    if hand.mix is not None:
        return replace(hand, mix=None) if hand.mix == before.mix else hand
    if hand.tactic is not None and before.mix is None and hand.tactic == before.tactic:
        return replace(hand, tactic=None)
    return hand


def _key(history: History) -> tuple:
    return tuple(
        tuple(
            (hand.policy or "", hand.tactic or "", hand.mix or (), hand.product or "",
             hand.act or "", hand.seconds, hand.answers)
            for hand in hands
        )
        for hands in history
    )  # fmt: skip
