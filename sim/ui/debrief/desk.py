"""Work that takes longer than a frame: one thread that answers, asked for by the tabs.

The tree of branches may be used by one thread at a time, so everything that needs it is asked of
the same `Desk` and done in turn: first what somebody waits for, then what the tab in front wants,
then the rest. What only grows (bands, searches) is in `sim.ui.debrief.growth`.

Whatever a thread finds out is seen only from the next `poll` on, so that nothing changes between
two looks in one frame.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sim.errors import Phrase, StrollError


class Dropped(Exception):
    """Nobody wants this work any more."""


class Job:
    """A piece of work. state: "waiting", "working", "done" or "failed".

    state, result and error change only in the thread of the window, when `Desk.poll` is called.
    tab: the tab that wants it; None when somebody waits for it wherever they are.
    """

    def __init__(
        self, work: Callable[[Job], Any], then: Callable[[Any], None] | None,
        tab: str | None = None, make_way: Callable[[Job], None] | None = None,
    ) -> None:  # fmt: skip
        self._work: Callable[[Job], Any] | None = work
        self._then, self._make_way = then, make_way
        self.tab = tab
        self.state = "waiting"
        self.result: Any = None
        self.error: StrollError | None = None
        self.progress = (0, 1)
        self.told = False
        self.wanted = True
        self.ended = False  # in its own thread; the window looks at `over`
        self._outcome: tuple[Any, StrollError | None] = (None, None)
        self._early: list[tuple[Callable[[Any], None], Any]] = []

    @property
    def share(self) -> float:
        """How far it is, 0 to 1."""
        done, total = self.progress
        return done / total if total else 0.0

    @property
    def over(self) -> bool:
        return self.state in ("done", "failed")

    def tell(self, done: int, total: int) -> None:
        """For the work itself: how far it has come. Lets more urgent work go first."""
        self.progress = (done, max(1, total))
        if not self.wanted:
            raise Dropped
        if self._make_way is not None:
            self._make_way(self)

    def post(self, value: Any, then: Callable[[Any], None]) -> None:
        """For the work itself: a part that is known already; `then(value)` at the next poll."""
        self._early.append((then, value))

    def drop(self) -> None:
        """Ask for no result any more; what has begun ends at its next `tell`."""
        self.wanted = False

    def run(self) -> None:
        try:
            if self.wanted:
                self._outcome = self._work(self), None
        except Dropped:
            pass
        except Exception as error:
            self._outcome = None, as_sentence(error)
        # what the work has closed over is let go with it
        self._work = None
        self.ended = True

    def hand_on(self) -> bool:
        """In the thread of the window: show what is known; true when there was something."""
        early, self._early = self._early, []
        for then, value in early:
            then(value)
        if not self.ended or self.told:
            return bool(early)
        self.result, self.error = self._outcome
        self.state = "failed" if self.error is not None else "done"
        self.told = True
        if self.state == "done" and self.wanted and self._then is not None:
            self._then(self.result)
        self._then = None
        return True


def as_sentence(error: Exception) -> StrollError:
    """Any error as one that can be shown."""
    if isinstance(error, StrollError):
        return error
    reason = f"{type(error).__name__}: {error}"[:160]
    return StrollError(Phrase("debrief.error.work", reason=reason))


class Desk:
    """Does jobs in a thread of its own. front: the tab whose jobs go before those of others."""

    def __init__(self) -> None:
        self.front: str | None = None
        self._jobs: list[Job] = []
        self._given: list[Job] = []
        self._wake = threading.Condition()
        self._stop = False
        self._last: Callable[[], None] | None = None
        self._doing = 0
        self._thread = threading.Thread(target=self._live, name="debrief desk", daemon=True)
        self._thread.start()

    def ask(
        self,
        work: Callable[[Job], Any],
        then: Callable[[Any], None] | None = None,
        tab: str | None = None,
    ) -> Job:
        """Have `work(job)` done soon; `then(result)` is called by `poll` when it is."""
        job = Job(work, then, tab, self._let_others)
        with self._wake:
            self._jobs.append(job)
            self._given.append(job)
            self._wake.notify()
        return job

    @property
    def busy(self) -> bool:
        return self._doing > 0 or bool(self._jobs)

    @property
    def busy_in_front(self) -> bool:
        """Whether there is work that the tab in front, or somebody waiting, wants."""
        with self._wake:
            return any(not job.ended and self._urgent(job) for job in self._given)

    def poll(self) -> bool:
        """Hand on what has been done since last asked; true when there was something."""
        news = [job.hand_on() for job in list(self._given)]
        with self._wake:
            self._given = [job for job in self._given if not job.told]
        return any(news)

    def close(self, last: Callable[[], None] | None = None) -> None:
        """Start nothing more. What is being done ends by itself and is thrown away; then `last`."""
        with self._wake:
            self._stop, self._last = True, last
            for job in self._given:
                job.drop()
            self._jobs.clear()
            self._wake.notify()

    def wait(self, seconds: float = 60.0) -> None:
        """Until nothing is left to do; for tests."""
        until = time.monotonic() + seconds
        while self.busy and time.monotonic() < until:
            time.sleep(0.005)

    def _urgent(self, job: Job) -> bool:
        return job.tab is None or job.tab == self.front

    def _take(self, urgent_only: bool) -> Job | None:
        """The next job: what somebody waits for, then what is wanted in front, then the others."""
        with self._wake:
            ranked = sorted(self._jobs, key=lambda job: (job.tab is not None) + (
                not self._urgent(job)))  # fmt: skip
            if not ranked or (urgent_only and not self._urgent(ranked[0])):
                return None
            self._jobs.remove(ranked[0])
            self._doing += 1
            return ranked[0]

    def _do(self, job: Job) -> None:
        job.run()
        with self._wake:
            self._doing -= 1

    def _let_others(self, job: Job) -> None:
        """Between two steps of a job that nobody looks at, do what is more urgent."""
        while not self._urgent(job) and (other := self._take(urgent_only=True)) is not None:
            self._do(other)

    def _live(self) -> None:
        while True:
            with self._wake:
                while not self._jobs and not self._stop:
                    self._wake.wait()
                if self._stop:
                    break
            job = self._take(urgent_only=False)
            if job is not None:
                self._do(job)
        if self._last is not None:
            self._last()
