"""Every parameter set that fits, not one: how far the facts depend on which of them is taken.

`python -m sim.lab.ensemble --sets 12 --write` looks for them around the present set and keeps each
that meets every figure of the article on the fit's crowds; `main.py facts --ensemble` measures the
facts on crowds that neither saw.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from sim.lab.facts import FACT_SEEDS, POOLED, targets
from sim.lab.fit import RANGES, point_of, strengths, try_point
from sim.lab.measure import measure
from sim.lab.weeks import WEEKS, measure_weeks
from sim.scenario import Scenario

FILE = Path(__file__).with_name("ensemble.json")
Progress = Callable[[int, int], None]


def fits(found: dict[str, float]) -> bool:
    """Whether every figure of the article among these facts lies within its tolerance."""
    return all(
        target["low"] <= found[name] <= target["high"]
        for name, target in targets().items()
        if target["kind"] == "article" and name in found
    )


def parameter_sets() -> list[dict[str, float]]:
    """The sets that are kept, as strengths by name; the first is that of mechanisms.yaml."""
    present = Scenario.load("first_stream").street.mechanisms
    here = {name: getattr(present, name) for name in RANGES}
    kept = json.loads(FILE.read_text(encoding="utf-8"))["sets"] if FILE.exists() else []
    return [here, *kept]


def look(sets: int, crowds: int, width: float, seed: int, most: int) -> Iterator[dict[str, float]]:
    """Sets that fit, found by steps from the present one; at most `most` points are tried."""
    random = np.random.default_rng(seed)
    scenario = Scenario.load("first_stream")
    start = point_of(scenario)
    found = 0
    for _ in range(most):
        moved = random.random(len(start)) < 0.5
        point = np.clip(start + random.normal(0.0, width, len(start)) * moved, 0.0, 1.0)
        _, facts = try_point(scenario, point, crowds)
        if fits(facts):
            found += 1
            yield strengths(point)
        if found == sets:
            return


def spread(
    crowds: int = 12, seasons: int = 1, progress: Progress | None = None
) -> dict[str, list[float]]:
    """Every fact by name, measured with each set in turn (the present one first)."""
    sets = parameter_sets()
    evening = Scenario.load("first_stream")
    values: dict[str, list[float]] = {}
    for number, strengths_of_set in enumerate(sets):
        changes = {f"street.mechanisms.{name}": value for name, value in strengths_of_set.items()}
        seeds = range(FACT_SEEDS, FACT_SEEDS + crowds)
        measured = measure(evening.with_changes(changes), seeds)
        for name, pooled in POOLED.items():
            values.setdefault(name, []).append(pooled(measured))
        if seasons > 0:
            weeks = measure_weeks(range(FACT_SEEDS, FACT_SEEDS + seasons), changes=changes)
            for name, pooled in WEEKS.items():
                values.setdefault(name, []).append(pooled(weeks))
        if progress is not None:
            progress(number + 1, len(sets))
    return values


def main() -> None:
    """Command line of the search."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=12, help="how many to find")
    parser.add_argument("--most", type=int, default=200, help="most points that are tried")
    parser.add_argument("--crowds", type=int, default=8, help="crowds for each point")
    parser.add_argument("--width", type=float, default=0.05, help="size of a step, in ranges")
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    parser.add_argument("--write", action="store_true", help="write sim/lab/ensemble.json")
    options = parser.parse_args()
    kept = []
    for found in look(options.sets, options.crowds, options.width, options.seed, options.most):
        kept.append(found)
        print(f"{len(kept)} of {options.sets}", flush=True)
        if options.write:
            text = json.dumps({"schema": 1, "sets": kept}, indent=1) + "\n"
            FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
