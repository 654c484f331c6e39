"""The facts that the street must show, measured: `main.py facts`.

Targets, tolerances and sources stand in targets.toml; what each fact is divided by is worded in
assets/locale/facts.yaml. A fact that is missed is reported as missed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from sim.lab.measure import BOTH, FOUR, Measurements, Progress, measure, sums
from sim.lab.weeks import WEEKS, WEEKS_BESIDE, measure_weeks
from sim.scenario import Scenario

# Crowds on which facts are shown; the fit uses others, so that luck is not fitted.
FACT_SEEDS = 1000
_BLOCK = 4


def targets() -> dict[str, dict[str, Any]]:
    """The fixed file of targets: name -> kind, target, low, high, weight."""
    return tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))


def _ratio(one: float, other: float) -> float:
    return one / other if other else float("nan")


def _net(m: Measurements, one: str, other: str) -> float:
    return _ratio(sums(m.tactics, one, "net_sales"), sums(m.tactics, other, "net_sales"))


def _commenter_ratio(m: Measurements) -> float:
    values = m.tactics
    buyers, inside = sums(values, BOTH, "buyers"), sums(values, BOTH, "commenting_buyers")
    viewers, talked = sums(values, BOTH, "viewers"), sums(values, BOTH, "commenters")
    return _ratio(_ratio(inside, talked), _ratio(buyers - inside, viewers - talked))


def _return_rate(m: Measurements, tactic: str) -> float:
    return _ratio(sums(m.tactics, tactic, "returns"), sums(m.tactics, tactic, "orders"))


def _fans(m: Measurements, tactic: str) -> float:
    return sums(m.tactics, tactic, "followers") - sums(m.tactics, tactic, "unfollowed")


def _fans_over_pushers(m: Measurements, tactic: str) -> float:
    # a pusher may lose fans on balance; then any gain is ahead, and the ratio is held at 50
    best = max(_fans(m, "rushed"), _fans(m, "price_games"))
    return min(_ratio(_fans(m, tactic), best), 50.0) if best > 0 else 50.0


def _conversion(comparison, plan: str) -> float:
    return _ratio(sums(comparison, plan, "buyers"), sums(comparison, plan, "viewers"))


def _time(comparison) -> float:
    known = comparison.values[BOTH]["median_minutes_to_order"]
    known = known[~np.isnan(known)]
    return float(known.mean()) if len(known) else float("nan")


# What each fact is, pooled over all crowds.
POOLED: dict[str, Callable[[Measurements], float]] = {
    "orders_after_5min": lambda m: _ratio(
        sums(m.tactics, BOTH, "late_orders"), sums(m.tactics, BOTH, "orders")
    ),
    "dear_time_ratio": lambda m: _ratio(_time(m.dear), _time(m.cheap)),
    "commenter_ratio": _commenter_ratio,
    "return_gap": lambda m: _ratio(
        min(_return_rate(m, name) for name in FOUR if name != "patient"),
        _return_rate(m, "patient"),
    ),
    "studio_difference": lambda m: _ratio(
        _conversion(m.studio, BOTH) - _conversion(m.tactics, BOTH), _conversion(m.tactics, BOTH)
    ),
    "patient_net_over_rushed": lambda m: _net(m, "patient", "rushed"),
    "patient_net_over_price_games": lambda m: _net(m, "patient", "price_games"),
    "interaction_net_over_rushed": lambda m: _net(m, "interaction", "rushed"),
    "interaction_net_over_price_games": lambda m: _net(m, "interaction", "price_games"),
    "patient_fans_over_best_pusher": lambda m: _fans_over_pushers(m, "patient"),
    "interaction_fans_over_best_pusher": lambda m: _fans_over_pushers(m, "interaction"),
    "rushed_first_minutes": lambda m: _ratio(
        sums(m.tactics, "rushed", "early_gmv"), sums(m.tactics, "patient", "early_gmv")
    ),
    "price_games_crowd": lambda m: _ratio(
        sums(m.tactics, "price_games", "viewers"), sums(m.tactics, "patient", "viewers")
    ),
    "conversion": lambda m: _conversion(m.tactics, BOTH),
    "watch_minutes": lambda m: float(np.mean(m.tactics.values[BOTH]["watch_seconds"])) / 60.0,
    "patient_return_rate": lambda m: _return_rate(m, "patient"),
    "rushed_return_rate": lambda m: _return_rate(m, "rushed"),
    "comment_share": lambda m: _ratio(
        sums(m.tactics, BOTH, "commenters"), sums(m.tactics, BOTH, "viewers")
    ),
}


# Shown beside the facts, without a target: what interaction itself causes on the same crowd.
BESIDE: dict[str, Callable[[Measurements], float]] = {
    "interaction_causal_lift": lambda m: _ratio(
        _conversion(m.tactics, BOTH), _conversion(m.tactics, "no_interaction")
    ),
    "interaction_causal_net": lambda m: _net(m, BOTH, "no_interaction"),
}


# In this order they are shown: what the article tells, what the trade would recognise, causes.
_KINDS = ("article", "shape", "causal")
# One season takes as long as some fifteen crowds of an evening.
_CROWDS_A_SEASON = 15


def values(m: Measurements) -> dict[str, float]:
    """Every fact by name, pooled over crowds."""
    return {name: pooled(m) for name, pooled in POOLED.items()}


def _measured(scenario: Scenario, crowds: int, progress: Progress | None) -> Measurements:
    """A few crowds at a time, so that an interruption keeps the whole blocks that are done."""
    whole: Measurements | None = None
    for first in range(0, crowds, _BLOCK):
        seeds = range(FACT_SEEDS + first, FACT_SEEDS + min(first + _BLOCK, crowds))

        def shifted(done: int, total: int, first: int = first, count: int = len(seeds)) -> None:
            if progress is not None:
                each = total // count
                progress(first * each + done, crowds * each)

        try:
            block = measure(scenario, seeds, shifted)
        except KeyboardInterrupt:
            if whole is None:
                raise
            break
        whole = block if whole is None else whole.joined(block)
    return whole


def facts(
    crowds: int = 60,
    progress: Progress | None = None,
    scenario: Scenario | None = None,
    seasons: int | None = None,
) -> list[dict[str, Any]]:
    """One row a fact: name, kind, target, low, high, value, band, verdict, crowds.

    value: pooled over all crowds. band: middle 90% of single crowds (None where undefined in more
    than half of them). crowds: how many were measured, fewer after an interruption. seasons:
    crowds for the facts of weeks (one for every fifteen, two at least; 0 leaves them out).
    verdict: "met", "missed", or "shown"
    for what has no target. Facts of weeks are left out after an interruption.
    """
    if seasons is None:
        seasons = max(2, round(crowds / _CROWDS_A_SEASON))
    share = crowds * 8 / (crowds * 8 + seasons * 4 * _CROWDS_A_SEASON)

    def part(first: float, whole: float) -> Progress | None:
        if progress is None:
            return None
        return lambda done, total: progress(round(1000 * (first + whole * done / total)), 1000)

    measured = _measured(scenario or Scenario.load("first_stream"), crowds, part(0.0, share))
    evenings = len(measured.tactics.seeds)
    rows = _rows({**POOLED, **BESIDE}, measured, evenings)
    if evenings == crowds and seasons > 0:
        try:
            seeds = range(FACT_SEEDS, FACT_SEEDS + seasons)
            weeks = measure_weeks(seeds, part(share, 1.0 - share))
            rows += _rows({**WEEKS, **WEEKS_BESIDE}, weeks, seasons)
        except KeyboardInterrupt:
            pass
    return sorted(rows, key=lambda row: _KINDS.index(row["kind"]))


def _rows(
    pooled_by_name: Mapping[str, Callable[[Any], float]], measured: Any, crowds: int
) -> list[dict[str, Any]]:
    """Rows of the facts that are pooled out of one set of measurements on some crowds."""
    singles = [measured.only(place) for place in range(crowds)]
    rows = []
    for name, pooled in pooled_by_name.items():
        target = targets().get(name)
        value = pooled(measured)
        each = np.array([pooled(single) for single in singles])
        each = each[np.isfinite(each)]
        band = None
        if len(each) > crowds / 2:
            band = [float(edge) for edge in np.percentile(each, [5, 95])]
        verdict = "shown"
        if target is not None:
            verdict = "met" if target["low"] <= value <= target["high"] else "missed"
        rows.append(
            {
                "name": name,
                "kind": target["kind"] if target else "causal",
                "target": target["target"] if target else None,
                "low": target["low"] if target else None,
                "high": target["high"] if target else None,
                "value": value,
                "band": band,
                "verdict": verdict,
                "crowds": crowds,
            }
        )
    return rows
