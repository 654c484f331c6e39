"""Measures the engine and prints tables: python -m bench.engine [--quick] [--json FILE].

Figures are medians; compare ratios rather than seconds between machines. Nothing here passes or
fails on a time; the exit code is 1 only when the rooms that were raced do not play the same rules.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from math import isfinite
from pathlib import Path
from typing import Any

from rich import progress as bars
from rich.console import Console

from bench import agreement, crowds, forks, race, rivals, street, tables
from bench.clock import load, machine
from bench.plan import FULL, QUICK, Plan
from sim.play.warm import warm_up
from sim.scenario import Scenario

PARTS = ("street", "rerun", "crowds", "room")
_FILE_WIDTH = 100  # columns of text that goes to a file or a log
Report = Callable[[int, int], None]


class Steps:
    """What is being measured now, on one line that goes away (or a line each without a screen)."""

    def __init__(self, console: Console):
        self.console = console
        self.bar = bars.Progress(
            bars.TextColumn("{task.description}"),
            bars.BarColumn(),
            bars.MofNCompleteColumn(),
            bars.TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )

    def __enter__(self) -> Steps:
        self.bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.bar.stop()

    def begin(self, what: str) -> Report:
        """Names the next step; call what is returned with (done, total) as it goes on."""
        if not self.console.is_terminal:
            self.console.print(f"measuring: {what}", highlight=False)
        for task in self.bar.task_ids:
            self.bar.remove_task(task)
        task = self.bar.add_task(what, total=None)
        return lambda done, total: self.bar.update(task, completed=done, total=total)


def measure(
    plan: Plan, parts: Sequence[str], console: Console, steps: Steps
) -> tuple[dict[str, Any], bool]:
    """Measures and prints `parts`; returns plain data of them and whether the rivals agree."""
    scenario = Scenario.load("first_stream")
    data: dict[str, Any] = {"scenario": scenario.id, "machine": machine()}
    warm_up(steps.begin("compiling"))
    tables.show_machine(console, data["machine"])
    agree = True
    if "street" in parts:
        data["street"] = _street(plan, scenario, console, steps)
    if "rerun" in parts:
        steps.begin("fork and re-run")
        rerun = forks.measure(scenario, plan.rerun_shoppers, plan.rerun_repeats)
        tables.show_rerun(console, rerun)
        data["rerun"] = asdict(rerun)
    if "crowds" in parts:
        data["crowds"] = _crowds(plan, scenario, console, steps)
    if "room" in parts:
        data["room"], agree = _room(plan, scenario, console, steps)
    data["machine"]["load_after"] = load()
    console.print(f"load {data['machine']['load_after']} after the bench")
    return data, agree


def _street(plan: Plan, scenario: Scenario, console: Console, steps: Steps) -> list[dict]:
    speeds = []
    report = steps.begin("the street")
    for number, span in enumerate(plan.spans):
        report(number, len(plan.spans))
        speeds.append(street.measure(scenario, span))
    tables.show_street(console, speeds)
    return [
        {
            **asdict(speed),
            "shopper_ticks_a_second": speed.shopper_ticks,
            "present_ticks_a_second": speed.present_ticks,
        }
        for speed in speeds
    ]


def _crowds(plan: Plan, scenario: Scenario, console: Console, steps: Steps) -> list[dict]:
    batches = []
    for nights in (0, scenario.nights):
        report = steps.begin(f"crowds, {nights} nights")
        batches.append(crowds.measure(scenario, plan.crowds, plan.crowd_shoppers, nights, report))
    tables.show_batches(console, batches)
    return [asdict(batch) for batch in batches]


def _room(
    plan: Plan, scenario: Scenario, console: Console, steps: Steps
) -> tuple[dict[str, Any], bool]:
    others, missing = rivals.installed(), rivals.missing()
    races = [
        race.measure(
            scenario,
            shoppers,
            plan.race_rounds,
            others,
            steps.begin(f"the room alone, {shoppers:,} shoppers"),
        )
        for shoppers in plan.race_sizes
    ]
    tables.show_race(console, races, missing)
    found = agreement.measure(
        scenario,
        plan.agreement_crowds,
        plan.agreement_shoppers,
        others,
        progress=steps.begin("do they play the same rules?"),
    )
    tables.show_agreement(console, found, missing)
    data = {
        "races": [
            {
                "shoppers": one.shoppers,
                "tactic": one.tactic,
                "shopper_ticks_a_second": {name: one.rate(name) for name in one.rates},
                "ours_is_quicker": {other.NAME: one.ratio(other.NAME) for other in others},
            }
            for one in races
        ],
        "agreement": {
            "crowds": found.crowds,
            "shoppers": found.shoppers,
            "tolerance": agreement.TOLERANCE,
            "holds": found.holds if found.comparisons else None,
            "comparisons": [
                {
                    **asdict(one),
                    # JSON knows no infinity
                    "errors_apart": one.errors_apart if isfinite(one.errors_apart) else None,
                }
                for one in found.comparisons
            ],
        },
        "missing": missing,
    }
    return data, found.holds


def main(arguments: Sequence[str] | None = None, plan: Plan | None = None) -> int:
    """The command line; returns the exit code. `plan` replaces the sizes that options choose."""
    parser = argparse.ArgumentParser(prog="python -m bench.engine", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer repeats")
    parser.add_argument("--only", choices=PARTS, action="append", help="measure only this part")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures to FILE")
    options = parser.parse_args(arguments)
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _FILE_WIDTH
    chosen = plan or (QUICK if options.quick else FULL)
    with Steps(Console(stderr=True)) as steps:
        data, agree = measure(chosen, options.only or PARTS, console, steps)
    if options.json is not None:
        text = json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
