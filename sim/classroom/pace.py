"""When a round ends by itself. After a restart its clock begins anew: no part of the class."""

from __future__ import annotations

import time
from collections.abc import Callable

from sim.classroom.entries import Entry
from sim.classroom.state import ClassState

# By timer, what the round brought is shown for so long before the next one opens.
LOOK_SECONDS = 10.0
_NOT_TIMED = ("hand", "ready", "seat_bets", "seat_joined", "removed", "readmitted", "stand_in")


class Pace:
    """Rounds by the instructor, when all are ready, or by timer."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since: float | None = None  # since when the open round, or its result, is looked at
        self._gone = 0.0  # seconds of it that had gone when the class was paused
        self._moved = False  # whether anybody decided since the round opened
        self._paused = False

    def begin(self, state: ClassState) -> None:
        self._since, self._gone, self._moved, self._paused = None, 0.0, False, state.paused

    def note(self, entry: Entry, state: ClassState) -> None:
        """Something has happened."""
        if entry.kind in ("hand", "ready"):
            self._moved = True
        elif entry.kind in ("paused", "settings", "scene"):
            self._pause(state.paused)
        elif entry.kind not in _NOT_TIMED:
            # After an undo people look again before anything closes by itself.
            self.begin(state)

    def computed(self, state: ClassState) -> None:
        """All streets are there, so people can decide from now on."""
        if self._since is None and state.phase in ("deciding", "computed"):
            self._since = self._now()

    def _pause(self, paused: bool) -> None:
        if paused and not self._paused and self._since is not None:
            self._gone += self._now() - self._since
        elif not paused and self._paused and self._since is not None:
            self._since = self._now()
        self._paused = paused

    def _seconds(self) -> float:
        if self._since is None:
            return 0.0
        return self._gone if self._paused else self._gone + self._now() - self._since

    def seconds_left(self, state: ClassState) -> float | None:
        if state.settings.pacing != "timer" or state.phase != "deciding":
            return None
        return max(0.0, state.settings.seconds - self._seconds())

    def is_due(self, state: ClassState, present: Callable[[int], bool]) -> bool:
        """Whether the class should go on now by itself. The last night waits for the instructor."""
        if state.paused or self._since is None or state.settings.pacing == "instructor":
            return False
        if state.phase == "computed":
            wait = LOOK_SECONDS if state.settings.pacing == "timer" else 0.0
            return state.round + 1 < state.rounds and self._seconds() >= wait
        if state.phase != "deciding":
            return False
        if state.settings.pacing == "timer":
            return self._seconds() >= state.settings.seconds
        waiting = [seat for seat in state.undecided if present(seat.number)]
        return self._moved and not waiting and any(seat.ready for seat in state.playing)
