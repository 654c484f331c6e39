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
from sim.model.phases.telling import tell_friend
from sim.model.rng import Purpose, draw

_DAY = 8640
_MONTH = 30


@rule
def settle_money(s, town, h, paid, tick):
    """A kept parcel's money is the host's: less the platform's fee and a partner's commission.

    The fee is given back by the share fee_rebate of a partner. Fen, each cut rounded down.
    """
    room = s.rooms[h]
    fee = town.rules[0].fee
    commission = 0.0
    if room.partner >= 0:
        fee = fee * (1.0 - town.partners[room.partner].fee_rebate)
        commission = town.partners[room.partner].commission
    room.cash -= int(paid * fee) + int(paid * commission)
    room.income[(tick // _DAY) % _MONTH] += paid


@rule
def keep_thing(s, town, o, tick):
    """A kept thing meets a need: need -= need_drop x topic share x need; another one is wanted
    after `lasts` x (1/2 + u) days. Members' pleasure in it is what the group hears of it."""
    rules = town.rules[0]
    order = s.orders[o]
    i = int(order.shopper)
    p = int(order.product)
    product = town.products[p]
    shopper = s.shoppers[i]
    for k in range(len(shopper.need)):
        need = np.float64(shopper.need[k])
        shopper.need[k] = need - rules.need_drop * product.topics[k] * need
    days = product.lasts * (0.5 + draw(shopper.luck, order.nth, Purpose.LASTS, p))
    s.knowledge[i, p].again = tick + int(days * 8640.0)
    relation = s.relations[i, product.host]
    if relation.kept < 60000:
        relation.kept += 1
    if relation.kind & Relation.FOLLOWER:
        relation.kind = relation.kind | Relation.FAN
    s.shelves[p].kept += 1
    if relation.kind & Relation.MEMBER:
        s.shelves[p].pleased += np.float64(relation.satisfaction)
        s.shelves[p].shared += 1


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
    quality = s.shelves[p].quality
    experience = true_fit(s.knowledge[i, p], rules) + rules.quality_weight * (quality - 0.5)
    lift = rules.arousal_lift * order.arousal * np.float64(shopper.susceptibility)
    pressed = rules.pressure_regret * order.pressure * np.float64(shopper.reactance)
    found = 0.0
    if order.trick > 0.05:
        if draw(shopper.luck, order.nth, Purpose.DISCOVERY, p) < rules.discovery:
            found = rules.trick_regret
    gap = order.expectation - experience
    shortfall = gap + lift + pressed + found
    relation.satisfaction = clip(-shortfall, -1.0, 1.0)
    s.rooms[h].parcels += 1
    record(log, tick, Kind.DELIVER, i, h, p, shortfall, order.tick)
    back = logistic(rules.return_slope * (shortfall - rules.return_bar))
    if draw(shopper.luck, order.nth, Purpose.RETURN, p) < back:
        order.status = OrderStatus.GOING_BACK
        s.rooms[h].sent_back += 1
        hours = 6 + int(24.0 * draw(shopper.luck, order.nth, Purpose.RETURN_TIME, p))
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
    settle_money(s, town, h, int(order.paid), tick)
    keep_thing(s, town, o, tick)
    tell_friend(s, town, log, o, np.float64(relation.satisfaction), tick)
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
    s.rooms[h].cash -= order.paid + int(town.rules[0].parcel_back)
    # a month's spending is forgotten day by day; what comes back cannot be more than is left of it
    s.shoppers[i].spent -= min(order.paid, s.shoppers[i].spent)
    lose_trust(s.relations[i, h], town.rules[0].return_loss)
    record(log, tick, Kind.RETURN, i, h, p, order.paid, order.reason)
    maybe_unfollow(s, town, log, i, h, tick)
    tell_friend(s, town, log, o, np.float64(s.relations[i, h].satisfaction), tick)


@rule
def is_done(status):
    """Whether nothing more will happen to a parcel."""
    return status == OrderStatus.KEPT or status == OrderStatus.RETURNED


@rule
def move_parcels(s, town, log, tick):
    """At full hours only: deliveries, then returns that are due."""
    first = int(s.clock[0].settled)
    for o in range(first, int(s.clock[0].orders)):
        status = s.orders[o].status
        if status == OrderStatus.ON_ITS_WAY and s.orders[o].deliver <= tick:
            judge_parcel(s, town, log, o, tick)
        elif status == OrderStatus.GOING_BACK and s.orders[o].back <= tick:
            take_back(s, town, log, o, tick)
    while first < s.clock[0].orders and is_done(s.orders[first].status):
        first += 1
    s.clock[0].settled = first
