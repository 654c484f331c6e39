"""How long somebody waits for a what-if: `python -m bench.branch [SCENARIO] [SHOPPERS] [MINUTES]`.

A two-hour live with 5,000 shoppers by default. Printed: a branch alone, with whose evening differs,
and with a sentence for each of them, from early, middle and late moments. The target is one second
for the branch and the list; the sentences come after it, while the list is read.
"""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bench.clock import load
from sim.model.decisions import SetTactic
from sim.play.branch import BranchTree
from sim.play.run import Run
from sim.play.warm import warm_up
from sim.scenario import Scenario

TARGET = 1.0  # seconds
SHARES = (0.02, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Waited:
    """Seconds for one branch: simulated, compared, explained; how many people differ."""

    share: float
    tactic: str
    branch: float
    changed: float
    reasons: float
    people: int


def measure(scenario: Scenario, repeats: int = 2) -> list[Waited]:
    """Branches of a run of the reference tactic, each from a tree that knows only the run."""
    run = Run(scenario)
    run.finish()
    start, end = run.live_start_tick, run.live_end_tick
    others = [name for name in scenario.choices if name != scenario.reference]
    found = []
    for number, share in enumerate(SHARES * repeats):
        tree = BranchTree.of(run)
        tree.run(0)
        tactic = others[number % len(others)]
        tick = start + int((end - start) * share)
        marks = [time.perf_counter()]
        branch = tree.branch(0, tick, [SetTactic(tactic)], back_at=end)
        marks.append(time.perf_counter())
        people = {item[0] for item in tree.changed(0, branch.number)}
        marks.append(time.perf_counter())
        tree.compare(0, branch.number)
        marks.append(time.perf_counter())
        took = [after - before for before, after in pairwise(marks)]
        found.append(Waited(share, tactic, *took, len(people)))
    return found


def main(arguments: list[str]) -> int:
    scenario = Scenario.load(arguments[0] if arguments else "first_stream")
    shoppers = int(arguments[1]) if len(arguments) > 1 else 5000
    minutes = int(arguments[2]) if len(arguments) > 2 else 120
    scenario = scenario.with_changes({"shoppers": shoppers, "live.minutes": minutes})
    warm_up()
    print(f"{scenario.id}: {shoppers} shoppers, {minutes} minutes live, load {load()}")
    print(f"{'from':>6} {'tactic':<20} {'branch':>8} {'list':>8} {'reasons':>8} {'people':>7}")
    found = measure(scenario)
    for item in found:
        print(
            f"{item.share:>6.0%} {item.tactic:<20} {item.branch:>7.3f}s {item.changed:>7.3f}s "
            f"{item.reasons:>7.3f}s {item.people:>7}"
        )
    waits = [item.branch + item.changed for item in found]
    kept = "kept" if max(waits) < TARGET else "missed"
    print(f"branch and list: median {median(waits):.3f} s, longest {max(waits):.3f} s")
    print(f"target {TARGET:.0f} s: {kept}")
    return 0 if max(waits) < TARGET else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
