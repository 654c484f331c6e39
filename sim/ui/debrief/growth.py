"""What gets better and better while somebody looks at it: bands of luck, searches, the coach.

Each `Growth` has a thread, but only one of them works at a time: what the tab in front wants first,
and none while the desk does something that somebody waits for. A search may take long over one
step, so it asks for leave (`breathe`) before everything it simulates.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from sim.errors import StrollError
from sim.ui.debrief.desk import Desk, as_sentence

Breathe = Callable[[], None]
_PAUSE = 0.01


class Closed(Exception):
    """The debrief was left; whatever was going on ends here."""


class Growth:
    """Something that gets better with every step of a generator. `latest` is the best so far.

    make(breathe): the generator; breathe() returns when it may go on, and raises when it shall end.
    then(value): called in the thread of the window with each value that is shown.
    latest, finished and error change only when `Growers.poll` is called.
    """

    def __init__(
        self, tab: str, make: Callable[[Breathe], Iterator[Any]],
        then: Callable[[Any], None] | None = None,
    ) -> None:  # fmt: skip
        self.tab, self._make, self._then = tab, make, then
        self.latest: Any = None
        self.wanted = False
        self.finished = False
        self.error: StrollError | None = None
        self.ended = False  # in its own thread; the window looks at `finished`
        self._newest: Any = None
        self._failed: StrollError | None = None
        self.thread: threading.Thread | None = None

    @property
    def open(self) -> bool:
        """Whether it has something left to do."""
        return self.wanted and not self.finished and not self.ended

    def run(self, breathe: Breathe) -> None:
        """All of it; in a thread of its own."""
        try:
            steps = self._make(breathe)
            while True:
                breathe()
                if self.finished:
                    return
                self._newest = next(steps)
        except (StopIteration, Closed):
            pass
        except Exception as error:
            self._failed = as_sentence(error)
        finally:
            self.ended = True

    def hand_on(self) -> bool:
        """In the thread of the window: show what is known by now; true when it ended."""
        ended = self.ended  # looked at before the value, which cannot change after it
        newest = self._newest
        if newest is not None and newest is not self.latest:
            self.latest = newest
            if self._then is not None:
                self._then(newest)
        if not ended or self.finished:
            return False
        self.finished, self.error = True, self._failed
        return True

    def again(self) -> None:
        """Try once more after an error."""
        self._newest, self._failed, self.error, self.thread = None, None, None, None
        self.finished = self.ended = False


class Growers:
    """Lets the growths that are wanted work in turn. front: the tab that goes first."""

    def __init__(self, growths: list[Growth], desk: Desk) -> None:
        self.growths, self._desk = growths, desk
        self.front: str | None = None
        self._stop = False

    def close(self) -> None:
        """Everything ends before it would simulate another live."""
        self._stop = True

    def wait(self, seconds: float = 20.0) -> bool:
        """Until all threads are gone; false when they are not."""
        for growth in self.growths:
            if growth.thread is not None:
                growth.thread.join(seconds)
        return not any(g.thread is not None and g.thread.is_alive() for g in self.growths)

    def poll(self) -> bool:
        """Show what is new and set to work what is wanted; true when something has ended."""
        ended = [growth.hand_on() for growth in self.growths]
        for growth in self.growths:
            if growth.open and growth.thread is None and not self._stop:
                growth.thread = threading.Thread(
                    target=growth.run, args=(lambda g=growth: self._breathe(g),),
                    name=f"debrief {growth.tab}", daemon=True,
                )  # fmt: skip
                growth.thread.start()
        return any(ended)

    def turn(self) -> Growth | None:
        """Which growth may work now; None while the desk is needed more."""
        open_ = [growth for growth in self.growths if growth.open]
        ours = [growth for growth in open_ if growth.tab == self.front]
        if self._desk.busy_in_front or (self._desk.busy and not ours):
            return None
        return next(iter(ours or open_), None)

    def _breathe(self, growth: Growth) -> None:
        while not self._stop and not growth.finished and self.turn() is not growth:
            time.sleep(_PAUSE)
        if self._stop:
            raise Closed
