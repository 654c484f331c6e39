"""Orders are settled after everybody's ten seconds, so that nobody wins by a low number."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.layout import OrderStatus, Origin, Place
from sim.model.phases.dwelling import INTENT_LIST, INTENT_NOTE, INTENT_OFFER
from sim.model.phases.feelings import lose_trust
from sim.model.phases.hosting import offer_price
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.phases.wanting import natural_reference
from sim.model.rng import Purpose, draw

# Later than any tick: not before the parcel is kept, and never again after a return.
_NEVER = 2**31 - 1


@rule
def origin_of(s, i, h, from_note):
    """Relation and Origin flags of an order that shopper i gives host h now."""
    relation = s.relations[i, h]
    flags = np.int64(relation.kind)
    if s.shoppers[i].paid == h + 1:
        flags |= np.int64(Origin.PAID)
    if from_note:
        flags |= np.int64(Origin.NOTE)
    if relation.kept > 0:
        flags |= np.int64(Origin.AGAIN)
    return flags


@rule
def place_order(s, town, log, i, p, price, c, tick):
    """One unit leaves the shelf, the money arrives, and what was felt is remembered.

    c: the card it was ordered from, the host's live or a note.
    """
    rules = town.rules[0]
    shopper = s.shoppers[i]
    knowledge = s.knowledge[i, p]
    product = town.products[p]
    h = int(product.host)
    from_note = s.cards[c].live == 0
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
    days = 1.0 + 2.0 * draw(shopper.luck, knowledge.ordered, Purpose.DELIVERY, p)
    order.deliver = ((tick + int(days * 8640.0)) // 360 + 1) * 360
    order.back = -1
    order.product = p
    order.reason = 0
    order.status = OrderStatus.ON_ITS_WAY
    order.nth = knowledge.ordered
    order.origin = origin_of(s, i, h, from_note)
    s.clock[0].orders = number + 1
    s.shelves[p].stock -= 1
    s.shelves[p].sold += 1
    s.rooms[h].cash += price - int(rules.parcel)
    s.cards[c].orders += 1
    if knowledge.ordered < 255:
        knowledge.ordered += 1
    knowledge.again = _NEVER
    shopper.spent += price
    if from_note:
        record(log, tick, Kind.NOTE_ORDER, i, h, p, price, np.float64(c))
    else:
        record(log, tick, Kind.ORDER, i, h, p, price, (tick - shopper.entered) * 10.0)
    record(log, tick, Kind.ORIGIN, i, h, p, price, np.float64(order.origin))


@rule
def _asks(s, waiting, kinds, n, kind, p):
    """Whether intent n is open, of a kind, and for product p."""
    i = waiting[n]
    return i >= 0 and kinds[n] == kind and s.shoppers[i].wants == p


@rule
def _luckiest(s, waiting, kinds, count, kind, p, tick):
    """Among those with an open intent of a kind for product p, who has the lowest draw; or -1."""
    best = -1
    lowest = 2.0
    for n in range(count):
        if _asks(s, waiting, kinds, n, kind, p):
            u = draw(s.shoppers[waiting[n]].luck, tick, Purpose.STOCK, p)
            if u < lowest:
                lowest = u
                best = n
    return best


@rule
def _card_of(s, town, i, p):
    """The card from which shopper i orders product p: the note in hand, or the host's live."""
    if s.shoppers[i].place == Place.IN_ROOM:
        return int(town.hosts[town.products[p].host].card)
    return int(s.shoppers[i].where)


@rule
def _serve(s, town, log, waiting, kinds, count, kind, p, price, units, tick):
    """Up to `units` of those who want product p are served, the luckiest first."""
    wanted = 0
    for n in range(count):
        if _asks(s, waiting, kinds, n, kind, p):
            wanted += 1
    # the order book may be full before the shelf is empty
    units = min(units, int(s.shelves[p].stock), len(s.orders) - int(s.clock[0].orders))
    if wanted <= units:
        for n in range(count):
            if _asks(s, waiting, kinds, n, kind, p):
                i = waiting[n]
                place_order(s, town, log, i, p, price, _card_of(s, town, i, p), tick)
                waiting[n] = -1
        return
    for _ in range(units):
        n = _luckiest(s, waiting, kinds, count, kind, p, tick)
        i = waiting[n]
        place_order(s, town, log, i, p, price, _card_of(s, town, i, p), tick)
        waiting[n] = -1


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
def _sell(s, town, log, waiting, kinds, count, kind, p, tick):
    """Orders at the asking price, as far as the stock goes; the rest hear that it is sold out."""
    price = int(s.shelves[p].price)
    _serve(s, town, log, waiting, kinds, count, kind, p, price, _NEVER, tick)
    for n in range(count):
        if _asks(s, waiting, kinds, n, kind, p):
            i = waiting[n]
            record(log, tick, Kind.SOLD_OUT, i, town.products[p].host, p, price, 0.0)
            waiting[n] = -1


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
            units = int(town.rules[0].offer_units)
            price = offer_price(town, p)
            _serve(s, town, log, waiting, kinds, count, INTENT_OFFER, p, price, units, tick)
            for n in range(count):
                if _asks(s, waiting, kinds, n, INTENT_OFFER, p):
                    _resent(s, town, log, waiting[n], h, tick)
                    waiting[n] = -1
        _sell(s, town, log, waiting, kinds, count, INTENT_LIST, p, tick)
    notes = False
    for n in range(count):
        notes = notes or (waiting[n] >= 0 and kinds[n] == INTENT_NOTE)
    if notes:
        for p in range(len(town.products)):
            _sell(s, town, log, waiting, kinds, count, INTENT_NOTE, p, tick)
