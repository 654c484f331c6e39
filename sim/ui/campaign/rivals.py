"""The campaign's own policies on the player's crowd, and the stars that follow from them."""

from __future__ import annotations

import math

from sim.play.best_line_stars import THRESHOLDS


def by_policy(scenario, policy: str, seed: int) -> dict[str, float]:
    """The figures of a policy on one crowd; what SameCrowd asks of each."""
    from sim.play.batch import compare_plans

    comparison = compare_plans(scenario, {policy: scenario.policies[policy]}, [seed])
    return {name: float(values[0]) for name, values in comparison.values[policy].items()}


def stars_for(own: float, rows: dict[str, dict[str, float]], goal: str) -> tuple[int, float]:
    """(stars, share of the way from the weakest policy to the best) of a finished campaign.

    The policies are the best lines known of a campaign, so that 1.0 is the best of them.
    """
    values = [row[goal] for row in rows.values() if not math.isnan(row.get(goal, math.nan))]
    if not values or math.isnan(own):
        return 1, 0.0
    way = max(values) - min(values)
    share = 1.0 if way <= 0 else (own - min(values)) / way
    count = 1
    while count < 3 and share >= THRESHOLDS[count + 1]:
        count += 1
    return count, share
