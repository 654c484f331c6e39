"""A live with as many people as wanted, in the real window, that stands still but for its people.

The observation is a real one from the middle of a live. Larger crowds repeat its people under other
numbers, so that places, moods and queues keep their proportions; smaller ones leave people out.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from sim.play.observation import Observation
from sim.scenario import Scenario
from sim.ui.session import Session

_NUMBERS_APART = 1_000_003
_MINUTE_SHOWN = 30.0
IN_ROOM = 3


def crowd_of(people: np.ndarray, count: int) -> np.ndarray:
    """`count` PERSON records: `people` in even parts, repeated under new numbers where needed."""
    if len(people) == 0:
        raise ValueError("nobody was observed, so there is nobody to repeat")
    rounds = -(-count // len(people))
    copies = np.tile(people, rounds)
    copies["shopper"] += np.repeat(np.arange(rounds), len(people)) * _NUMBERS_APART
    # Evenly spread over the whole, so that no place is left out.
    chosen = (np.arange(count) * len(copies)) // count
    return copies[chosen]


def crowd_after(crowd: np.ndarray, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """The crowd a moment later: as many come, change and leave, in proportion, as did in truth.

    crowd: made by crowd_of(before, ...). before, after: PERSON records, in order of their numbers.
    """
    original = crowd["shopper"] % _NUMBERS_APART
    rows = np.minimum(np.searchsorted(after["shopper"], original), len(after) - 1)
    stays = after["shopper"][rows] == original
    kept = after[rows[stays]]
    kept["shopper"] = crowd["shopper"][stays]
    new = after[~np.isin(after["shopper"], before["shopper"])]
    wanted = round(len(new) * len(crowd) / len(before))
    return np.concatenate([kept, crowd_of(new, wanted)]) if wanted else kept


def observed(seen: Observation, people: np.ndarray) -> Observation:
    """The observation with these people, and with every count in it that follows from them."""
    inside = people["where"][people["place"] == IN_ROOM]
    rooms = [(host, int((inside == host).sum())) for host, _ in seen.rooms]
    viewers = dict(rooms)
    names = ("strolling", "reading", "in_rooms", "at_doors")
    street = {name: int((people["place"] == n).sum()) for n, name in enumerate(names, 1)}
    cards = [
        dataclasses.replace(card, viewers=viewers[card.host]) if card.kind == "live" else card
        for card in seen.cards
    ]
    return dataclasses.replace(
        seen,
        people=people,
        rooms=rooms,
        cards=cards,
        street=seen.street | street,
        room=dataclasses.replace(seen.room, viewers=viewers.get(0, 0)),
    )


class StillSession(Session):
    """A session whose model does not move: each second it shows the other of two observations.

    So every part of a frame is there but the model's own step, which has its own bench.
    """

    def __init__(self, session: Session, pair: tuple[Observation, Observation]) -> None:
        super().__init__(session.scenario, session.seed)
        self.run, self.feed = session.run, session.feed
        self._ready.set()
        self._pair, self._passed = pair, 0.0
        self.seen = pair[0]

    def advance(self, seconds: float, budget: float = 0.0) -> int:
        """Let time pass; a change of observation counts as a tick."""
        self._passed += seconds
        ticks = int(self._passed)
        self._passed -= ticks
        if ticks:
            self.before, self.seen = self.seen, self._pair[self.seen is self._pair[0]]
        self.tick_share = self._passed
        return ticks


def played_session(scenario_name: str = "first_stream") -> tuple[Session, Observation, Observation]:
    """A real live after half an hour, and two of its moments one tick apart."""
    session = Session(Scenario.load(scenario_name))
    session.prepare(wait=True)
    if session.error is not None:
        raise session.error
    run = session.run
    run.advance_ticks(int(run.live_start_tick + _MINUTE_SHOWN * 6 - run.tick))
    session._look()
    first = session.seen
    run.advance_ticks(1)
    session._look()
    return session, first, session.seen
