"""Asking the coach in the middle of a live: which tactic to go on with, and why.

Only what a host could know is used. The coach does not look into the future of this crowd: other
crowds live through the same decisions up to now, then each tactic goes on to the end. The one that
does best with some of them is compared with going on as before on others, and is advised only if
it is clearly better there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import DecisionError, Phrase
from sim.model.decisions import Decision, SetTactic
from sim.play.best_line_crowds import Crowds
from sim.play.best_line_lines import joined, line_of, spent_at, swapped
from sim.play.best_line_reasons import Reason, reasons_of
from sim.play.luck import Verdict, other_crowds, tie

__all__ = ["SEARCH_CROWDS", "TEST_CROWDS", "Hint", "Reason", "hint"]

if TYPE_CHECKING:
    from sim.play.run import Run

SEARCH_CROWDS = 4
TEST_CROWDS = 8
_MOST_REASONS = 3


@dataclass(frozen=True)
class Hint:
    """What the coach says.

    decision  what to do now; None: go on as before, nothing is clearly better
    tactic    the tactic that did best where it was sought, advised or not
    verdict   of that tactic minus going on as before, by the goal, on the test crowds
    going_on, advised   means of the goal on the test crowds
    reasons   the figures that differ most, the most telling first; empty without advice
    """

    decision: Decision | None
    tactic: str
    verdict: Verdict
    going_on: float
    advised: float
    reasons: tuple[Reason, ...]


def hint(run: Run, search_crowds: int = SEARCH_CROWDS, test_crowds: int = TEST_CROWDS) -> Hint:
    """Advice for this moment of a run. DecisionError when there is nothing left to decide."""
    if run.phase not in ("before", "live"):
        name = "finished" if run.phase == "finished" else "not_live"
        raise DecisionError(Phrase(f"decisions.{name}"))
    scenario, now = run.scenario, run.tick
    goal, reference = scenario.goal, scenario.reference
    so_far = line_of(run.decisions, reference)
    before = tuple(step for step in so_far if step[0] < now)
    as_before = joined(before, now, so_far, reference)
    names = [
        name
        for name in dict.fromkeys(scenario.choices)
        if SetTactic(name) != spent_at(so_far, now, reference)
    ]
    others = [swapped(so_far, now, None, name, reference) for name in names]
    going_on = spent_at(so_far, now, reference)
    seeking = Crowds(scenario, other_crowds(search_crowds, "hint, sought", [run.seed]))
    if not others:
        verdict = tie(np.zeros(test_crowds))
        return Hint(None, getattr(going_on, "tactic", reference), verdict, 0.0, 0.0, ())
    best = int(np.argmax(seeking.goal(others, shared=now).mean(axis=1)))
    testing = Crowds(scenario, other_crowds(test_crowds, "hint, tested", [run.seed]))
    figures = testing.figures([as_before, others[best]], shared=now)
    reached = np.nan_to_num(figures[goal], nan=0.0)
    verdict = tie(reached[1] - reached[0])
    advised = verdict.kind == "higher"
    return Hint(
        decision=SetTactic(names[best]) if advised else None,
        tactic=names[best],
        verdict=verdict,
        going_on=float(reached[0].mean()),
        advised=float(reached[1].mean()),
        reasons=reasons_of(figures, goal)[:_MOST_REASONS] if advised else (),
    )
