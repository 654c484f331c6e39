"""Orders are settled after everybody's ten seconds, so that nobody wins by a low number."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.layout import OrderStatus
from sim.model.phases.dwelling import INTENT_OFFER
from sim.model.phases.feelings import lose_trust
from sim.model.phases.hosting import offer_price
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.phases.wanting import natural_reference
from sim.model.rng import Purpose, draw


@rule
def place_order(s, town, log, i, h, p, price, tick):
    """One unit leaves the shelf, the money arrives, and what was felt is remembered."""
    rules = town.rules[0]
    shopper = s.shoppers[i]
    knowledge = s.knowledge[i, p]
    product = town.products[p]
    number = int(s.clock[0].orders)
    order = s.orders[number]
    certainty = certainty_of(knowledge.information, product.complexity)
    natural = natural_reference(shopper.luck, product, p, rules)
    order.expectation = believed_fit(knowledge, rules, certainty)
    order.arousal = shopper.arousal
    order.pressure = shopper.pressure
    order.trick = clip((knowledge.reference - natural) / natural, 0.0, 1.0)
    order.shopper = i
    order.tick = tick
    order.paid = price
    # one to three days, to the full hour
    days = 1.0 + 2.0 * draw(shopper.luck, 0, Purpose.DELIVERY, p)
    order.deliver = ((tick + int(days * 8640.0)) // 360 + 1) * 360
    order.back = -1
    order.product = p
    order.reason = 0
    order.status = OrderStatus.ON_ITS_WAY
    s.clock[0].orders = number + 1
    s.shelves[p].stock -= 1
    s.shelves[p].sold += 1
    s.rooms[h].cash += price
    s.cards[town.hosts[h].card].orders += 1
    knowledge.ordered = 1
    shopper.spent += price
    record(log, tick, Kind.ORDER, i, h, p, price, (tick - shopper.entered) * 10.0)


@rule
def _luckiest(s, waiting, kinds, count, kind, h, tick, p):
    """Among those with an open intent of a kind for host h, who has the lowest draw; or -1."""
    best = -1
    lowest = 2.0
    for n in range(count):
        i = waiting[n]
        if i >= 0 and kinds[n] == kind and s.shoppers[i].where == h:
            u = draw(s.shoppers[i].luck, tick, Purpose.STOCK, p)
            if u < lowest:
                lowest = u
                best = n
    return best


@rule
def _serve(s, town, log, waiting, kinds, count, kind, h, price, units, tick):
    """Up to `units` of those who want are served, the luckiest first; returns how many were."""
    p = int(s.rooms[h].product)
    wanted = 0
    for n in range(count):
        i = waiting[n]
        if i >= 0 and kinds[n] == kind and s.shoppers[i].where == h:
            wanted += 1
    served = 0
    if wanted <= units:
        for n in range(count):
            i = waiting[n]
            if i >= 0 and kinds[n] == kind and s.shoppers[i].where == h:
                place_order(s, town, log, i, h, p, price, tick)
                waiting[n] = -1
                served += 1
        return served
    while served < units:
        n = _luckiest(s, waiting, kinds, count, kind, h, tick, p)
        place_order(s, town, log, waiting[n], h, p, price, tick)
        waiting[n] = -1
        served += 1
    return served


@rule
def _resent(s, town, log, i, h, tick):
    """A missed offer costs trust, more each time, and thirty seconds of temper."""
    rules = town.rules[0]
    relation = s.relations[i, h]
    if relation.missed < 200:
        relation.missed += 1
    missed = np.float64(relation.missed)
    lose_trust(relation, rules.miss_loss * missed)
    s.shoppers[i].temper -= 30.0
    record(log, tick, Kind.MISSED_OFFER, i, h, s.rooms[h].product, missed, 0.0)


@rule
def settle_orders(s, town, log, waiting, kinds, count, tick):
    """Offers first, then orders at the asking price, as far as the stock goes.

    `waiting` holds the shoppers with an intent in this tick, `kinds` what it is.
    """
    if count == 0:
        return
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        if room.live == 0:
            continue
        p = int(room.product)
        if room.offer_tick == tick:
            units = min(int(town.rules[0].offer_units), int(s.shelves[p].stock))
            units = min(units, len(s.orders) - int(s.clock[0].orders))
            price = offer_price(town, p)
            _serve(s, town, log, waiting, kinds, count, INTENT_OFFER, h, price, units, tick)
            for n in range(count):
                i = waiting[n]
                if i >= 0 and kinds[n] == INTENT_OFFER and s.shoppers[i].where == h:
                    _resent(s, town, log, i, h, tick)
                    waiting[n] = -1
        # the order book is sized for every unit twice over; past that nothing can be sold
        stock = min(int(s.shelves[p].stock), len(s.orders) - int(s.clock[0].orders))
        price = int(s.shelves[p].price)
        _serve(s, town, log, waiting, kinds, count, 1, h, price, stock, tick)
        for n in range(count):
            i = waiting[n]
            if i >= 0 and kinds[n] == 1 and s.shoppers[i].where == h:
                record(log, tick, Kind.SOLD_OUT, i, h, p, price, 0.0)
                waiting[n] = -1
