"""Finds the one parameter set of the lifestyle street: `python -m sim.lab.fit`.

A Latin hypercube over the strengths named in RANGES, then rounds of smaller steps around the best
(the steps shrink to a sixteenth). Targets: targets.toml. Seeded, so that it can be run again;
--write puts the result into scenarios/mechanisms.yaml.
"""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Mapping

import numpy as np
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from sim.lab.facts import targets, values
from sim.lab.measure import measure
from sim.paths import scenarios_folder
from sim.scenario import Scenario

# Crowds that the fit looks at; facts are shown on others.
FIT_SEEDS = 5000

# Strengths that are fitted, and between which values. The others are held at what the file says.
RANGES: dict[str, tuple[float, float]] = {
    "explain_gain": (0.8, 3.0),
    "detail_gain": (1.0, 5.0),
    "answer_gain": (0.8, 4.0),
    "overhear_gain": (0.05, 1.5),
    "fit_spread": (0.2, 0.5),
    "optimism": (0.0, 0.4),
    "trust_want": (0.2, 1.0),
    "excitement_want": (0.2, 1.2),
    "bargain_want": (0.1, 0.9),
    "price_weight": (0.6, 3.0),
    "risk_weight": (0.6, 2.2),
    "reactance_want": (0.2, 1.2),
    "want_bar": (0.9, 1.7),
    "want_slope": (5.0, 20.0),
    "order_rate": (0.1, 1.2),
    "urgency": (0.5, 5.0),
    "learn_reward": (40.0, 140.0),
    "like_reward": (0.2, 1.2),
    "deal_reward": (0.5, 2.5),
    "boredom_drain": (0.1, 0.9),
    "pressure_drain": (0.2, 1.6),
    "screen_bar": (0.6, 1.2),
    "talk_slope": (6.0, 20.0),
    "talk_bar": (0.9, 1.6),
    "follow_bar": (0.45, 0.7),
    "answer_trust": (0.05, 0.3),
    "pressure_regret": (0.0, 0.7),
    "trick_regret": (0.2, 0.9),
    "arousal_lift": (0.2, 0.9),
    "discovery": (0.3, 0.8),
    "mark_gain": (0.2, 1.2),
    "offer_units": (1.0, 3.0),
    "return_bar": (0.1, 0.6),
    "return_slope": (5.0, 14.0),
    "deal_lure": (0.02, 0.3),
    "hype_lure": (0.01, 0.12),
    "hype_gain": (0.5, 3.0),
    "countdown_gain": (0.5, 3.0),
}


def loss_of(found: Mapping[str, float]) -> float:
    """0 when every fact is at its target; 1 for each weight of a fact at its tolerance's edge."""
    total = 0.0
    for name, value in found.items():
        target = targets()[name]
        if not math.isfinite(value):
            total += 9.0 * target["weight"]
            continue
        edge = target["high"] if value > target["target"] else target["low"]
        distance = abs(value - target["target"]) / max(abs(edge - target["target"]), 1e-9)
        # inside the tolerance a miss hardly counts, outside it counts fully
        total += target["weight"] * (0.1 * distance if distance <= 1.0 else distance**1.5)
    return total


def latin_hypercube(points: int, random: np.random.Generator) -> np.ndarray:
    """points x len(RANGES) in 0..1, each strength's range met once in every slice."""
    columns = [
        (random.permutation(points) + random.random(points)) / points for _ in range(len(RANGES))
    ]
    return np.column_stack(columns)


def strengths(point: np.ndarray) -> dict[str, float]:
    """A point of the unit cube as strengths, rounded to four significant digits."""
    return {
        name: float(f"{low + (high - low) * share:.4g}")
        for (name, (low, high)), share in zip(RANGES.items(), point, strict=True)
    }


def point_of(scenario: Scenario) -> np.ndarray:
    """Where the present parameter set lies in the unit cube."""
    mechanisms = scenario.street.mechanisms
    return np.array(
        [
            min(max((getattr(mechanisms, name) - low) / (high - low), 0.0), 1.0)
            for name, (low, high) in RANGES.items()
        ]
    )


def try_point(scenario: Scenario, point: np.ndarray, crowds: int) -> tuple[float, dict]:
    """Loss and facts of a point."""
    changes = {f"street.mechanisms.{name}": value for name, value in strengths(point).items()}
    measured = measure(scenario.with_changes(changes), range(FIT_SEEDS, FIT_SEEDS + crowds))
    found = values(measured)
    return loss_of(found), found


def write(found: Mapping[str, float]) -> None:
    """Replaces the fitted strengths in scenarios/mechanisms.yaml, keeping all else."""
    path = scenarios_folder() / "mechanisms.yaml"
    text = path.read_text(encoding="utf-8")
    for name, value in found.items():
        text = re.sub(rf"^  {name}: .*$", f"  {name}: {value}", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Command line of the fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=120, help="points of the Latin hypercube")
    parser.add_argument("--steps", type=int, default=240, help="steps of refinement")
    parser.add_argument("--crowds", type=int, default=6, help="crowds for each point")
    parser.add_argument("--width", type=float, default=0.25, help="first step, in ranges")
    parser.add_argument("--seed", type=int, default=1, help="seed of the search")
    parser.add_argument("--write", action="store_true", help="write scenarios/mechanisms.yaml")
    options = parser.parse_args()

    random = np.random.default_rng(options.seed)
    scenario = Scenario.load("first_stream")
    best_point = point_of(scenario)
    best_loss, best_facts = try_point(scenario, best_point, options.crowds)
    console = Console(stderr=True)
    console.print(f"start: loss {best_loss:.2f}")
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("fit", total=options.points + options.steps)
        candidates = latin_hypercube(options.points, random) if options.points else []
        for number in range(options.points + options.steps):
            if number < options.points:
                point = candidates[number]
            else:
                done = (number - options.points) / max(options.steps, 1)
                width = options.width * 0.5 ** (4.0 * done)
                moved = random.random(len(best_point)) < 0.25
                step = random.normal(0.0, width, len(best_point)) * moved
                point = np.clip(best_point + step, 0.0, 1.0)
            loss, found = try_point(scenario, point, options.crowds)
            if loss < best_loss:
                best_point, best_loss, best_facts = point, loss, found
                if not console.is_terminal:  # a log wants lines, not a bar
                    console.print(f"point {number + 1}: loss {best_loss:.2f}")
            bar.update(task, advance=1, description=f"best loss {best_loss:.2f}")
    for name, value in best_facts.items():
        target = targets()[name]
        met = target["low"] <= value <= target["high"]
        print(f"{'met   ' if met else 'MISSED'} {name:36} {value:9.3f}  "
              f"({target['low']:g} to {target['high']:g})")  # fmt: skip
    if options.write:
        write(strengths(best_point))
    else:
        for name, value in strengths(best_point).items():
            print(f"  {name}: {value}")


if __name__ == "__main__":
    main()
