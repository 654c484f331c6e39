"""What one shopper knows of one product, and what they believe because of it."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule


@rule
def certainty_of(information, complexity):
    """c = p / (p + 1 + complexity): what is hard to judge needs more information."""
    return information / (information + 1.0 + complexity)


@rule
def true_fit(knowledge, rules):
    """f = fit_match x match + personal surprise; no tactic ever changes it."""
    return rules.fit_match * np.float64(knowledge.match) + np.float64(knowledge.surprise)


@rule
def believed_fit(knowledge, rules, certainty):
    """m = prior + c (f - prior), prior = fit_match x match + optimism.

    The more one knows, the closer belief is to truth: it rises for those it fits, falls for others.
    """
    prior = rules.fit_match * np.float64(knowledge.match) + rules.optimism
    return prior + certainty * (true_fit(knowledge, rules) - prior)


@rule
def clarity_of(room, rules):
    """Equipment saturates: clarity = grade / (grade + equipment_half)."""
    return room.grade / (room.grade + rules.equipment_half)


@rule
def learn(knowledge, room, host, product, rules, certainty):
    """Information won in ten seconds of explaining and close-ups; returns the gain in p.

    gain = energy x clarity x (explain_gain x explaining + overhear_gain x answering
           + detail_gain x close-ups x closeup x closeness) / 6 x match x (1 - c)
    """
    shown = (
        rules.explain_gain * room.acts[Act.EXPLAIN]
        + rules.overhear_gain * room.acts[Act.ANSWER]
        + rules.detail_gain * room.acts[Act.DETAIL] * product.closeup * host.closeness
    ) / 6.0
    gain = room.energy * clarity_of(room, rules) * shown * np.float64(knowledge.match)
    gain = gain * (1.0 - certainty)
    knowledge.information += gain
    return gain
