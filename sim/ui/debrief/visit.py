"""Walking into a branch: the live screen on a run out of the tree, to watch or to play on from."""

from __future__ import annotations

from sim.errors import DecisionError
from sim.play.run import Run
from sim.ui import theme
from sim.ui.debrief.words import say
from sim.ui.painter import Painter
from sim.ui.screens import hud
from sim.ui.screens.base import Change, Pop
from sim.ui.screens.live import LiveScreen
from sim.ui.session import Session


class ShownRun:
    """A run that repeats the later decisions of its branch, until somebody decides otherwise.

    Everything else is the run's own.
    """

    def __init__(self, run: Run, later) -> None:
        self._run, self._later = run, list(later)

    def __getattr__(self, name: str):
        return getattr(self._run, name)

    @property
    def run(self) -> Run:
        return self._run

    def decide(self, decision) -> None:
        """From here on the player decides."""
        self._run.decide(decision)
        self._later.clear()

    def advance_ticks(self, ticks: int) -> int:
        start = self._run.tick
        target = start + ticks
        while self._later and self._later[0][0] < target:
            tick, decision = self._later.pop(0)
            self._run.advance_ticks(tick - self._run.tick)
            try:
                self._run.decide(decision)
            except DecisionError:
                # the question is not open any more; the branch was simulated without it as well
                continue
        self._run.advance_ticks(target - self._run.tick)
        return self._run.tick - start


class StreetVisit(LiveScreen):
    """The live from a moment of a branch. Escape goes back to the debrief.

    What was decided here becomes a branch; a visit without a decision leaves no trace.
    """

    def __init__(self, app, session: Session, debrief) -> None:
        super().__init__(app, session)
        self.debrief = debrief
        self._given = len(session.run.decisions)
        self._watched = isinstance(session.run, ShownRun)
        self._left = False

    @property
    def _own_choices(self) -> bool:
        run = self.session.run
        if not self._watched:
            return len(run.decisions) > self._given
        branch = self.debrief.study.tree[self.debrief.visited].decisions
        return tuple(run.decisions) != tuple(branch[: len(run.decisions)])

    def _menu(self) -> Change:
        return self.leave()

    def leave(self) -> Change:
        """Back to the debrief, with what was played as a branch of the tree."""
        if not self._left:
            self._left = True
            run = self.session.run
            if self._own_choices:
                self.debrief.study.adopt(run.run if isinstance(run, ShownRun) else run)
        return Pop()

    def update(self, seconds: float) -> Change | None:
        if self.session.phase in ("before", "live"):
            change = super().update(seconds)
            if self.session.phase in ("before", "live"):
                return change
        return self.leave()

    def paint_over(self, painter: Painter, language: str) -> None:
        super().paint_over(painter, language)
        kind = "mine" if self._own_choices or not self._watched else "watching"
        # under what the live itself has to say
        y = 166 if self._message is not None or self.session.paused else 124
        hud.notice(painter, say(f"visit.{kind}", language), theme.DEEP_TEAL, y)
