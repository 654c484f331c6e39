"""The fourteen things a host can do with a minute. A tactic is a mix of them; nothing else is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np


class Act(IntEnum):
    """An act's number is its place in a mix."""

    EXPLAIN = 0
    DETAIL = 1
    ANSWER = 2
    PROMPT = 3
    POLL = 4
    STORY = 5
    HYPE = 6
    COUNTDOWN = 7
    MARK_UP_THEN_CUT = 8
    HOLD_BACK = 9
    GIVEAWAY = 10
    HONEST_DISCOUNT = 11
    INVITE_GROUP = 12
    SILENCE = 13


ACTS: tuple[str, ...] = tuple(act.name.lower() for act in Act)


def act_number(name: str) -> int:
    """The number of an act named as in YAML; ValueError for an unknown name."""
    return ACTS.index(name)


def mix_of(shares: Mapping[str, float]) -> np.ndarray:
    """Shares by name -> 14 float64 that sum to 1 (what is missing is silence)."""
    mix = np.zeros(len(ACTS), dtype=np.float64)
    total = 0.0
    for name in ACTS:  # in a fixed order, so that the sum has the same bits everywhere
        share = float(shares.get(name, 0.0))
        mix[act_number(name)] = share
        total += share
    if total <= 0.0:
        mix[Act.SILENCE] = 1.0
        return mix
    return mix / total
