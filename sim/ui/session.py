"""One run being played: time, what was last seen, and what has been seen so far.

The model is prepared in a thread, because its compiled code may have to be made first. Afterwards
it is stepped a tick at a time within a budget for each frame, so that drawing never waits.
"""

from __future__ import annotations

import threading
import time
from collections import deque

from sim.errors import DecisionError, Phrase, StrollError
from sim.ui.feed import Feed
from sim.ui.history import TICKS_A_DAY, Day, days_after

SPEEDS = (1, 4, 16)
TICKS_BEFORE_LIVE = 3
SECONDS_A_TICK = 10
_NIGHT_STEP = 360
_NIGHT_SECONDS = {1: 5.0, 4: 2.0, 16: 0.6}  # real seconds for one day
FRAME_BUDGET = 0.008


class Session:
    """Plays one scenario. `make_run(scenario, seed, tell)` builds the run, the real one by
    default, and may call `tell(done, total)` as it goes on.

    bets   what the player expected before the live; none when nothing was bet
    journal_path   the file that this run is written down in; None when it is not
    taken_back_at  the tick to which the last choice that was taken back led; None before any
    """

    def __init__(self, scenario, seed: int | None = None, make_run=None) -> None:
        self.scenario = scenario
        self.seed = scenario.seed if seed is None else seed
        self._make_run = make_run or _real_run
        self.run = None
        self.error: StrollError | None = None
        self.feed = Feed()
        self.days: list[Day] = []
        self.resumed = False
        self.was_over = False  # gone on with only to show and keep its result
        self.bets: tuple = ()
        self.journal_path = None
        self._not_saved: Phrase | str | None = None
        self.speed = 1
        self.paused = False
        self.taken_back_at: int | None = None
        self.seen = None
        self.before = None
        self.tick_share = 0.0
        self._due = 0.0
        self._events_read = 0
        self._unheard: deque = deque(maxlen=4)
        self.preparing = (0, 1)
        self._began = time.monotonic()
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None

    # -- preparing -----------------------------------------------------------------------------
    def prepare(self, wait: bool = False) -> None:
        """Build the run and move to shortly before the live; returns at once unless `wait`."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._prepare, name="prepare run", daemon=True)
            self._thread.start()
        if wait:
            self._thread.join()

    def _prepare(self) -> None:
        try:
            run = self._make_run(self.scenario, self.seed, self._tell)
            run.advance_ticks(max(0, run.live_start_tick - TICKS_BEFORE_LIVE - run.tick))
            self.run = run
            # A run that is gone on with brings its own crowd along.
            self.seed = getattr(run, "seed", self.seed)
            self._look()
            # Only what happens from now on pops up as a bubble.
            self.feed.new_bubbles.clear()
        except StrollError as error:
            self.error = error
        except Exception as error:
            self.error = StrollError(Phrase("ui.error.run_failed", reason=str(error)[:160]))
        finally:
            self._ready.set()

    def _tell(self, done: int, total: int) -> None:
        self.preparing = (done, max(1, total))

    @property
    def waited(self) -> float:
        """Seconds since this session was made."""
        return time.monotonic() - self._began

    @property
    def ready(self) -> bool:
        return self._ready.is_set() and self.error is None

    def keep_journal(self) -> None:
        """Write the run down from now on, so that it can be gone on with after closing."""
        run = self.run
        if run is None or getattr(run, "journal", self) is not None:
            return
        from sim.play.journal import Journal

        try:
            run.journal = Journal.start(self.scenario, self.seed)
        except StrollError as error:
            self._not_saved = error.message
            return
        if run.journal.problem is not None:
            return
        from sim.ui.saved import mark_due

        self.journal_path = run.journal.path
        mark_due(self.journal_path)
        if self.bets:
            from sim.ui.wagers import keep_beside

            keep_beside(self.journal_path, self.bets)

    @property
    def not_saved(self) -> Phrase | str | None:
        """Why this run is not being written down, or None."""
        journal = getattr(self.run, "journal", None)
        return self._not_saved or (journal.problem if journal is not None else None)

    def close(self) -> None:
        """Let go of the journal's file."""
        journal = getattr(self.run, "journal", None)
        if journal is not None:
            journal.close()

    # -- time ----------------------------------------------------------------------------------
    @property
    def phase(self) -> str:
        return self.seen.phase if self.seen is not None else "before"

    def advance(self, seconds: float, budget: float = FRAME_BUDGET) -> int:
        """Let `seconds` of real time pass in the live; returns the ticks that were done."""
        if not self.ready or self.paused or self.phase not in ("before", "live"):
            return 0
        self._due += min(seconds, 0.5) * self.speed
        done, started = 0, time.perf_counter()
        while self._due >= 1.0 and self.phase in ("before", "live"):
            if done and time.perf_counter() - started > budget:
                # Never save up more than a moment of arrears.
                self._due = min(self._due, 3.0)
                break
            if not self.run.advance_ticks(1):
                break
            self._due -= 1.0
            done += 1
            self._look()
        self.tick_share = min(1.0, self._due)
        return done

    def skip_to_end_of_live(self, budget: float = FRAME_BUDGET) -> bool:
        """Run on towards the end of the live for one frame; true when it is reached."""
        started = time.perf_counter()
        while self.phase in ("before", "live"):
            if not self.run.advance_ticks(1):
                break
            self._look()
            if time.perf_counter() - started > budget:
                break
        return self.phase not in ("before", "live")

    def night(self, seconds: float, hurry: bool = False) -> None:
        """Let real time pass in the nights after the live, an hour at a step."""
        if not self.ready or (self.paused and not hurry) or self.phase != "night":
            return
        rate = TICKS_A_DAY / (0.05 if hurry else _NIGHT_SECONDS[self.speed])
        self._due += min(seconds, 0.5) * rate
        started = time.perf_counter()
        while self._due >= _NIGHT_STEP and self.phase == "night":
            done = self.run.advance_ticks(_NIGHT_STEP)
            self._due -= _NIGHT_STEP
            self._look()
            if not done or time.perf_counter() - started > FRAME_BUDGET * 2:
                self._due = min(self._due, _NIGHT_STEP * 2.0)
                break

    def _look(self) -> None:
        self.before = self.seen
        self.seen = self.run.observe()
        events = self.run.events(self._events_read)
        self._events_read += len(events)
        self.feed.take(events)
        self._unheard.append(events)
        if self.seen.phase not in ("before", "live"):
            self.days = days_after(self.run)

    def take_unheard(self) -> list:
        """The events of the last few steps that have not been asked for, oldest first."""
        events = list(self._unheard)
        self._unheard.clear()
        return events

    # -- decisions -----------------------------------------------------------------------------
    def decide(self, decision) -> DecisionError | None:
        """Give a decision; an impossible one comes back as an error to show, and costs nothing."""
        try:
            self.run.decide(decision)
        except DecisionError as error:
            return error
        self.taken_back_at = None
        self.seen = self.run.observe()
        return None

    def set_tactic(self, tactic: str) -> DecisionError | None:
        from sim.model.decisions import SetTactic

        return self.decide(SetTactic(tactic))

    def show_product(self, product: str) -> DecisionError | None:
        from sim.model.decisions import ShowProduct

        return self.decide(ShowProduct(product))

    def perform(self, act: str, seconds: int) -> DecisionError | None:
        from sim.model.decisions import Perform

        return self.decide(Perform(act, seconds))

    def answer(self, shopper: int) -> DecisionError | None:
        from sim.model.decisions import AnswerShopper

        return self.decide(AnswerShopper(shopper))

    @property
    def can_undo(self) -> bool:
        """Whether the last choice can be taken back."""
        return bool(self.run is not None and self.run.can_undo)

    def undo(self) -> DecisionError | None:
        """Take the last choice back; time returns to the moment before it, and stands still."""
        try:
            self.run.undo()
        except DecisionError as error:
            return error
        self.paused = True
        self.taken_back_at = self.run.tick
        self._due = 0.0
        events = self.run.events()
        self._events_read = len(events)
        self.feed.tell_anew(events)
        self.seen = self.run.observe()
        return None

    def look_closer(self, shopper: int):
        """Everything that can be told of one shopper, or None when there is no such person."""
        own = getattr(self.run, "look_closer", None)
        try:
            if own is not None:
                return own(shopper)
            from sim.play.somebody import look_closer

            return look_closer(self.run, shopper)
        except IndexError:
            return None

    def cycle_speed(self) -> None:
        self.speed = SPEEDS[(SPEEDS.index(self.speed) + 1) % len(SPEEDS)]


def _real_run(scenario, seed, tell):
    # Compiled code is made or loaded here; the imports alone take a second, hence not above.
    from sim.play.run import Run
    from sim.play.warm import warm_up

    warm_up(tell)
    return Run(scenario, seed)
