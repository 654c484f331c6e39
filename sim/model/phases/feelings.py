"""Trust, arousal, pressure and temper of one shopper in a room."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import clip


@rule
def gain_trust(relation, amount):
    """trust += amount x (1 - trust): the last of it is the hardest to win."""
    relation.trust += clip(amount, 0.0, 1.0) * (1.0 - relation.trust)


@rule
def lose_trust(relation, share):
    """trust -= share x trust."""
    relation.trust -= clip(share, 0.0, 1.0) * relation.trust


@rule
def deal_prone(shopper):
    """How much the promise of a bargain holds somebody: price sensitivity x (1 - savvy), 0..1."""
    return clip(np.float64(shopper.price_sensitivity) * (1.0 - np.float64(shopper.savvy)), 0.0, 1.0)


@rule
def feel(shopper, room, rules):
    """Arousal and pressure fade by half-lives and are fed by hype and countdowns.

    a = a x 2**(-10 / half life) + hype_gain x share / 6 x (1 - a); pressure likewise.
    """
    a = shopper.arousal * rules.arousal_keep
    shopper.arousal = a + clip(rules.hype_gain * room.acts[Act.HYPE] / 6.0, 0.0, 1.0) * (1.0 - a)
    q = shopper.pressure * rules.pressure_keep
    push = clip(rules.countdown_gain * room.acts[Act.COUNTDOWN] / 6.0, 0.0, 1.0)
    shopper.pressure = q + push * (1.0 - q)


@rule
def judge_host(shopper, relation, room, rules, learned, sees):
    """Trust from story and from learning; trust lost to pressure and to tricks seen through."""
    gain_trust(
        relation,
        rules.story_trust * room.voice * room.acts[Act.STORY] / 6.0 * np.float64(relation.match)
        + rules.learn_trust * learned,
    )
    lose_trust(
        relation,
        rules.pressure_loss * shopper.pressure * np.float64(shopper.reactance) / 6.0,
    )
    if sees:
        lose_trust(relation, rules.trick_loss * room.acts[Act.MARK_UP_THEN_CUT] / 6.0)


@rule
def spend_temper(shopper, relation, room, rules, learned, certainty):
    """Temper after ten seconds: what rewards refills it, time and annoyance drain it.

    Nobody carries more than three times their patience.
    """
    match = np.float64(relation.match)
    dealing = room.acts[Act.HOLD_BACK] + room.acts[Act.GIVEAWAY]
    refill = (
        rules.learn_reward * learned
        + 10.0 * rules.like_reward * relation.trust * match
        + 10.0 * rules.story_reward * room.acts[Act.STORY] * match
        + 10.0 * rules.hype_reward * shopper.arousal * np.float64(shopper.susceptibility)
        + 10.0
        * rules.deal_reward
        * dealing
        * deal_prone(shopper)
        / (1.0 + np.float64(relation.missed))
        + 10.0 * rules.member_reward * np.float64(relation.warmth)
    )
    waiting = 1.0 if shopper.asked >= 0 else 0.0
    drain = 10.0 * (
        1.0
        + rules.boredom_drain * (room.acts[Act.EXPLAIN] + room.acts[Act.DETAIL]) * certainty
        + rules.pressure_drain * shopper.pressure * np.float64(shopper.reactance)
        + rules.wait_drain * waiting
    )
    most = 3.0 * np.float64(shopper.patience)
    shopper.temper = min(shopper.temper + refill - drain, most)
