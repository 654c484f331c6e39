"""Work that takes longer than a frame: one thread that answers, one that gets better and better.

The tree of branches may be used by one thread at a time, so everything that needs it is asked of
the same `Desk` and done in turn. What only grows (bands, searches) lives in `Growth`s, stepped by
another thread that makes way while the desk is at work.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from sim.errors import Phrase, StrollError

_PAUSE = 0.02


class Job:
    """A piece of work. state: "waiting", "working", "done" or "failed"."""

    def __init__(self, work: Callable[[Job], Any], then: Callable[[Any], None] | None) -> None:
        self._work, self._then = work, then
        self.state = "waiting"
        self.result: Any = None
        self.error: StrollError | None = None
        self.progress = (0, 1)
        self.told = False

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        done, total = self.progress
        return done / total if total else 0.0

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")

    def tell(self, done: int, total: int) -> None:
        """For the work itself: how far it has come."""
        self.progress = (done, max(1, total))

    def run(self) -> None:
        self.state = "working"
        try:
            self.result = self._work(self)
        except Exception as error:
            self.error = as_sentence(error)
            self.state = "failed"
        else:
            self.state = "done"

    def finish(self) -> None:
        """Hand the result on, in the thread of the window."""
        self.told = True
        if self.state == "done" and self._then is not None:
            self._then(self.result)


def as_sentence(error: Exception) -> StrollError:
    """Any error as one that can be shown."""
    if isinstance(error, StrollError):
        return error
    reason = f"{type(error).__name__}: {error}"[:160]
    return StrollError(Phrase("debrief.error.work", reason=reason))


class Desk:
    """Does jobs one after the other in a thread of its own."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._given: list[Job] = []
        self._wake = threading.Condition()
        self._stop = False
        self.current: Job | None = None
        self._thread = threading.Thread(target=self._live, name="debrief desk", daemon=True)
        self._thread.start()

    def ask(self, work: Callable[[Job], Any], then: Callable[[Any], None] | None = None) -> Job:
        """Have `work(job)` done soon; `then(result)` is called by `poll` when it is."""
        job = Job(work, then)
        with self._wake:
            self._jobs.append(job)
            self._given.append(job)
            self._wake.notify()
        return job

    @property
    def busy(self) -> bool:
        return self.current is not None or bool(self._jobs)

    def poll(self) -> bool:
        """Hand on what has been done since last asked; true when there was something."""
        ready = [job for job in self._given if job.over and not job.told]
        for job in ready:
            job.finish()
        if ready:
            self._given = [job for job in self._given if not job.told]
        return bool(ready)

    def close(self) -> None:
        """Start nothing more. What is being done ends by itself and is thrown away."""
        with self._wake:
            self._stop = True
            self._jobs.clear()
            self._wake.notify()

    def wait(self, seconds: float = 60.0) -> None:
        """Until nothing is left to do; for tests."""
        until = time.monotonic() + seconds
        while self.busy and time.monotonic() < until:
            time.sleep(0.005)

    def _live(self) -> None:
        while True:
            with self._wake:
                while not self._jobs and not self._stop:
                    self._wake.wait()
                if self._stop:
                    return
                self.current = self._jobs.popleft()
            self.current.run()
            self.current = None


class Growth:
    """Something that gets better with every step of a generator. `latest` is the best so far."""

    def __init__(self, make: Callable[[], Iterator[Any]]) -> None:
        self._make = make
        self._steps: Iterator[Any] | None = None
        self.latest: Any = None
        self.wanted = False
        self.finished = False
        self.error: StrollError | None = None

    def step(self) -> None:
        """One step; called by the grower's thread only."""
        try:
            if self._steps is None:
                self._steps = self._make()
            self.latest = next(self._steps)
        except StopIteration:
            self.finished = True
        except Exception as error:
            self.error = as_sentence(error)
            self.finished = True

    def again(self) -> None:
        """Try once more after an error."""
        self._steps, self.error, self.finished = None, None, False


class Grower:
    """Steps the growths that are wanted, the first in the list first, while the desk is idle."""

    def __init__(self, growths: list[Growth], desk: Desk) -> None:
        self.growths, self._desk = growths, desk
        self.front: Growth | None = None
        self._stop = False
        self._thread = threading.Thread(target=self._live, name="debrief growth", daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._stop = True

    def _next(self) -> Growth | None:
        open_ = [growth for growth in self.growths if growth.wanted and not growth.finished]
        if self.front in open_:
            return self.front
        return open_[0] if open_ else None

    def _live(self) -> None:
        while not self._stop:
            growth = None if self._desk.busy else self._next()
            if growth is None:
                time.sleep(_PAUSE)
            else:
                growth.step()
