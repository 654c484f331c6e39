"""How much one shopper wants one product now, and what a price feels like."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.rng import Purpose, draw


@rule
def dearness(price, rules):
    """0..1: price / (price + dear_price), both in yuan; half at dear_price."""
    yuan = price / 100.0
    return yuan / (yuan + rules.dear_price)


@rule
def price_burden(shopper, price):
    """Share of a month's spending that this price takes, with what is already spent."""
    yuan = (price + np.float64(shopper.spent)) / 100.0
    burden = yuan / np.float64(shopper.spending)
    return np.float64(shopper.price_sensitivity) * burden


@rule
def felt_bargain(knowledge, price):
    """(reference - price) / reference, between a loss of 1 and a gain of 0.6."""
    return clip((knowledge.reference - price) / knowledge.reference, -1.0, 0.6)


@rule
def wanting_terms(shopper, relation, knowledge, rules, price, belief, certainty, searched, met):
    """The parts of U, in this order: m, trust, arousal, bargain, burden, risk, reactance, intent,
    need.

    m; trust_want T; excitement_want a s; bargain_want b; -price_weight w; -risk_weight r (1 - c) d;
    -reactance_want R q d; intent_want (if searched for); -need_want x the share of the need that
    is met; with d the dearness: not knowing, and being pushed, weigh more for dear goods.
    """
    dear = dearness(price, rules)
    return (
        belief,
        rules.trust_want * relation.trust,
        rules.excitement_want * shopper.arousal * np.float64(shopper.susceptibility),
        rules.bargain_want * felt_bargain(knowledge, price),
        -rules.price_weight * price_burden(shopper, price),
        -rules.risk_weight * np.float64(shopper.risk_aversion) * (1.0 - certainty) * dear,
        -rules.reactance_want * np.float64(shopper.reactance) * shopper.pressure * dear,
        rules.intent_want if searched else 0.0,
        -rules.need_want * met,
    )


@rule
def wanting(shopper, relation, knowledge, rules, price, belief, certainty, searched, met):
    """U, the sum of wanting_terms from first to last."""
    terms = wanting_terms(
        shopper, relation, knowledge, rules, price, belief, certainty, searched, met
    )
    u = terms[0] + terms[1]
    u += terms[2]
    u += terms[3]
    u += terms[4]
    u += terms[5]
    u += terms[6]
    u += terms[7]
    u += terms[8]
    return u


@rule
def need_met(shopper, product):
    """Share of the need for such a product that is met: sum of topic share x (1 - need)."""
    met = 0.0
    for k in range(len(shopper.need)):
        met += product.topics[k] * (1.0 - np.float64(shopper.need[k]))
    return met


@rule
def searched_for(shopper, product):
    """Whether the visit began with a search to buy that this product answers: topic share > 0.3."""
    return shopper.intent == 1 and product.topics[shopper.searching] > 0.3


@rule
def natural_reference(luck, product, p, rules):
    """The price a shopper thought fair before anybody talked: list price with a spread of 8%; fen.

    The spread is a sum of two even draws, between -16% and 16%.
    """
    u = draw(luck, 0, Purpose.REFERENCE, p) + draw(luck, 1, Purpose.REFERENCE, p)
    return product.price * (1.0 + 0.16 * (u - 1.0))


@rule
def sees_through(shopper, p):
    """Whether this shopper sees through a price game on product p: a fixed draw against savvy."""
    return draw(shopper.luck, 0, Purpose.SEES_THROUGH, p) < np.float64(shopper.savvy)


@rule
def move_reference(knowledge, product, price, marking, sees, rules):
    """Reference prices drift to the price seen, and believers follow a marked-up claim.

    Each moves the given share of the remaining way a minute.
    """
    knowledge.reference += (price - knowledge.reference) * clip(rules.erosion / 6.0, 0.0, 1.0)
    if marking > 0.0 and not sees:
        claim = product.price * (1.0 + rules.markup)
        if claim > knowledge.reference:
            share = clip(rules.mark_gain * marking / 6.0, 0.0, 1.0)
            knowledge.reference += (claim - knowledge.reference) * share
