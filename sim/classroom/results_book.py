"""What came of every line of a class, made once and kept: whoever asks next has it at hand.

book = Book(rounds)
book.outcome(streets, history, shop, finished)     # simulates what is not there
book.known(streets, history, shop, finished)       # None where that would take time
"""

from __future__ import annotations

import threading
from collections import OrderedDict

from sim.classroom.results_duel import Curves, curves_of
from sim.classroom.results_outcome import Hosted, Outcome, outcome_of
from sim.classroom.rounds import Rounds
from sim.classroom.streets import History, Street, Streets
from sim.play.shared import SharedRun

_MOST_OUTCOMES = 2000
_MOST_CURVES = 64
Key = tuple[int, History, int, bool]


class Book:
    """See the module. Safe to use from several threads."""

    def __init__(self, rounds: Rounds) -> None:
        self.rounds = rounds
        self._outcomes: OrderedDict[Key, Outcome] = OrderedDict()
        self._curves: OrderedDict[Key, Curves] = OrderedDict()
        self._lock = threading.Lock()

    def known(self, streets: Streets, history: History, shop: int, finished: bool):
        """The Outcome if it was asked for before, else None."""
        with self._lock:
            return self._outcomes.get((streets.seed, history, shop, finished))

    def outcome(self, streets: Streets, history: History, shop: int, finished: bool) -> Outcome:
        """What came of a shop of the street with this history, `finished`: after the nights."""
        key = (streets.seed, history, shop, finished)
        found = self.known(streets, history, shop, finished)
        if found is None:
            run = hosted(streets.at(history, finished), shop)
            found = outcome_of(run, self.rounds, [hands[shop] for hands in history])
            self._put(self._outcomes, key, found, _MOST_OUTCOMES)
        return found

    def curves(self, streets: Streets, history: History, shop: int, finished: bool) -> Curves:
        """The same shop by the minute."""
        key = (streets.seed, history, shop, finished)
        with self._lock:
            found = self._curves.get(key)
        if found is None:
            found = curves_of(hosted(streets.at(history, finished), shop), self.rounds)
            self._put(self._curves, key, found, _MOST_CURVES)
        return found

    def _put(self, shelf: OrderedDict, key: Key, value: object, most: int) -> None:
        with self._lock:
            shelf[key] = value
            shelf.move_to_end(key)
            while len(shelf) > most:
                shelf.popitem(last=False)


def hosted(street: Street, shop: int) -> Hosted:
    """One shop of a street, told as a run is told."""
    return street.shop(shop) if isinstance(street, SharedRun) else street
