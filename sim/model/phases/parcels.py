"""Every hour: parcels arrive and are judged, and those that go back arrive at the shop again."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip, logistic
from sim.model.events import Kind, ReturnReason, record
from sim.model.layout import OrderStatus, Relation
from sim.model.phases.feelings import gain_trust, lose_trust
from sim.model.phases.knowing import true_fit
from sim.model.phases.relations import maybe_unfollow, set_follower
from sim.model.rng import Purpose, draw


@rule
def judge_parcel(s, town, log, o, tick):
    """Keep it or send it back, on delivery.

    experience  e = true fit + quality_weight x (quality - 1/2)
    expectation x = believed fit at the order + arousal_lift x arousal x susceptibility
    regret        = pressure_regret x pressure x reactance + trick_regret (if the trick is found)
    returned with chance logistic(return_slope x (x - e + regret - return_bar)).
    """
    rules = town.rules[0]
    order = s.orders[o]
    i = int(order.shopper)
    p = int(order.product)
    product = town.products[p]
    h = int(product.host)
    shopper = s.shoppers[i]
    relation = s.relations[i, h]
    experience = true_fit(s.knowledge[i, p], rules) + rules.quality_weight * (product.quality - 0.5)
    lift = rules.arousal_lift * order.arousal * np.float64(shopper.susceptibility)
    pressed = rules.pressure_regret * order.pressure * np.float64(shopper.reactance)
    found = 0.0
    if order.trick > 0.05:
        if draw(shopper.luck, 0, Purpose.DISCOVERY, p) < rules.discovery:
            found = rules.trick_regret
    gap = order.expectation - experience
    shortfall = gap + lift + pressed + found
    relation.satisfaction = clip(-shortfall, -1.0, 1.0)
    record(log, tick, Kind.DELIVER, i, h, p, shortfall, order.tick)
    back = logistic(rules.return_slope * (shortfall - rules.return_bar))
    if draw(shopper.luck, 0, Purpose.RETURN, p) < back:
        order.status = OrderStatus.GOING_BACK
        hours = 6 + int(24.0 * draw(shopper.luck, 0, Purpose.RETURN_TIME, p))
        order.back = tick + hours * 360
        order.reason = np.int64(ReturnReason.FIT)
        if found > gap and found >= lift + pressed:
            order.reason = np.int64(ReturnReason.TRICK)
        elif lift + pressed > gap:
            order.reason = np.int64(ReturnReason.REGRET)
        return
    order.status = OrderStatus.KEPT
    gain_trust(relation, rules.keep_trust * clip(0.5 - shortfall, 0.0, 1.0))
    record(log, tick, Kind.KEEP, i, h, p, order.paid, order.tick)
    if not relation.kind & Relation.FOLLOWER:
        willing = logistic(14.0 * (relation.trust - rules.follow_bar))
        willing = willing * clip(rules.follow_rate * 5.0, 0.0, 1.0)
        if draw(shopper.luck, tick, Purpose.FOLLOW, h) < willing:
            set_follower(s, town, log, i, h, tick)


@rule
def take_back(s, town, log, o, tick):
    """A returned parcel is on the shelf again and the money is refunded."""
    order = s.orders[o]
    i = int(order.shopper)
    p = int(order.product)
    h = int(town.products[p].host)
    order.status = OrderStatus.RETURNED
    s.shelves[p].stock += 1
    s.shelves[p].returned += 1
    s.rooms[h].cash -= order.paid
    s.shoppers[i].spent -= order.paid
    lose_trust(s.relations[i, h], town.rules[0].return_loss)
    record(log, tick, Kind.RETURN, i, h, p, order.paid, order.reason)
    maybe_unfollow(s, town, log, i, h, tick)


@rule
def move_parcels(s, town, log, tick):
    """At full hours only: deliveries, then returns that are due."""
    for o in range(int(s.clock[0].orders)):
        status = s.orders[o].status
        if status == OrderStatus.ON_ITS_WAY and s.orders[o].deliver <= tick:
            judge_parcel(s, town, log, o, tick)
        elif status == OrderStatus.GOING_BACK and s.orders[o].back <= tick:
            take_back(s, town, log, o, tick)
