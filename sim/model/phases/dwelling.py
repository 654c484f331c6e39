"""Ten seconds of one shopper in a room: glance, learn, feel, ask, want, follow, leave or stay."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import chance, logistic
from sim.model.events import Kind, LeaveReason, record
from sim.model.layout import Place, Relation
from sim.model.phases.feelings import deal_prone, feel, judge_host, spend_temper
from sim.model.phases.hosting import offer_price
from sim.model.phases.knowing import believed_fit, certainty_of, learn
from sim.model.phases.questions import give_up_question, talk
from sim.model.phases.relations import maybe_follow, maybe_join, maybe_unfollow
from sim.model.phases.wanting import (
    dearness,
    move_reference,
    need_met,
    searched_for,
    sees_through,
    wanting,
)
from sim.model.rng import Purpose, draw

INTENT_NONE = 0
INTENT_LIST = 1
INTENT_OFFER = 2
INTENT_NOTE = 3


@rule
def enter_room(s, town, log, i, h, tick):
    """Shopper i walks into the room of host h, or stands at its door when it is full.

    Temper at the start: patience x (1/2 + match / 2 + trust).
    """
    shopper = s.shoppers[i]
    relation = s.relations[i, h]
    room = s.rooms[h]
    shopper.where = h
    shopper.entered = tick
    shopper.screened = 0
    if room.viewers >= town.hosts[h].capacity:
        shopper.place = Place.AT_DOOR
        shopper.temper = np.float64(shopper.patience)
        return
    shopper.place = Place.IN_ROOM
    shopper.temper = np.float64(shopper.patience) * (
        0.5 + 0.5 * np.float64(relation.match) + relation.trust
    )
    room.viewers += 1
    record(log, tick, Kind.ENTER, i, h, room.product, relation.kind, relation.trust)


@rule
def wait_at_door(s, town, log, i, tick):
    """At a full door: in when there is a place, away when patience or the live is over."""
    shopper = s.shoppers[i]
    h = int(shopper.where)
    if s.rooms[h].live == 0:
        stroll_on(shopper, tick)
        return
    if s.rooms[h].viewers < town.hosts[h].capacity:
        enter_room(s, town, log, i, h, tick)
        return
    shopper.temper -= 10.0
    if shopper.temper <= 0.0:
        stroll_on(shopper, tick)


@rule
def stroll_on(shopper, tick):
    """Back to the street; excitement and pressure stay in the room."""
    shopper.place = Place.STROLLING
    shopper.where = -1
    shopper.entered = tick
    shopper.arousal = 0.0
    shopper.pressure = 0.0


@rule
def leave_room(s, town, log, i, tick, reason):
    """Shopper i leaves the room they are in. A question left open costs trust."""
    shopper = s.shoppers[i]
    h = int(shopper.where)
    room = s.rooms[h]
    relation = s.relations[i, h]
    if shopper.asked >= 0:
        give_up_question(s, log, town.rules[0], h, i, tick)
    seconds = (tick - shopper.entered) * 10.0
    room.viewers -= 1
    relation.left = tick
    s.cards[town.hosts[h].card].dwell += int(seconds)
    record(log, tick, Kind.LEAVE, i, h, room.product, seconds, reason)
    maybe_unfollow(s, town, log, i, h, tick)
    stroll_on(shopper, tick)


@rule
def glance_keeps(s, town, i, h, tick):
    """The first glance: stays with chance logistic(screen_slope x (appeal - screen_bar)).

    appeal = mean match with host and product on show + trust
             + screen_lure x (hype x susceptibility + price games x deal proneness).
    """
    rules = town.rules[0]
    room = s.rooms[h]
    shopper = s.shoppers[i]
    games = room.acts[Act.HOLD_BACK] + room.acts[Act.MARK_UP_THEN_CUT] + room.acts[Act.GIVEAWAY]
    lure = room.acts[Act.HYPE] * np.float64(shopper.susceptibility) + games * deal_prone(shopper)
    match = np.float64(s.relations[i, h].match) + np.float64(s.knowledge[i, room.product].match)
    appeal = 0.5 * match + s.relations[i, h].trust + rules.screen_lure * lure
    stays = logistic(rules.screen_slope * (appeal - rules.screen_bar))
    return draw(shopper.luck, tick, Purpose.SCREEN, h) < stays


@rule
def intends_to_order(s, town, i, h, tick):
    """What shopper i would order in this tick: nothing, at the asking price, or the offer.

    hazard = order_rate x logistic(want_slope x (U - want_bar)) x (1 + urgency q d) orders a minute;
    an offer is snatched with the chance logistic(want_slope x (U at its price - want_bar)).
    """
    rules = town.rules[0]
    room = s.rooms[h]
    shopper = s.shoppers[i]
    relation = s.relations[i, h]
    p = int(room.product)
    knowledge = s.knowledge[i, p]
    if knowledge.ordered > 0 and tick < knowledge.again:
        return INTENT_NONE
    shopper.wants = p
    price = int(s.shelves[p].price)
    urged = 1.0 + rules.urgency * shopper.pressure * dearness(price, rules)
    luck = draw(shopper.luck, tick, Purpose.ORDER, p)
    # most draws are above what even the surest wanting could bring, and need no wanting
    may_order = luck < chance(rules.order_rate * urged, 10.0)
    if not may_order and room.offer_tick != tick:
        return INTENT_NONE
    searched = searched_for(shopper, town.products[p])
    certainty = certainty_of(knowledge.information, town.products[p].complexity)
    belief = believed_fit(knowledge, rules, certainty)
    met = need_met(shopper, town.products[p])
    if room.offer_tick == tick:
        cut = offer_price(town, p)
        u = wanting(shopper, relation, knowledge, rules, cut, belief, certainty, searched, met)
        snatch = logistic(rules.want_slope * (u - rules.want_bar))
        if draw(shopper.luck, tick, Purpose.SNATCH, p) < snatch:
            return INTENT_OFFER
    if may_order:
        u = wanting(shopper, relation, knowledge, rules, price, belief, certainty, searched, met)
        rate = rules.order_rate * logistic(rules.want_slope * (u - rules.want_bar))
        if luck < chance(rate * urged, 10.0):
            return INTENT_LIST
    return INTENT_NONE


@rule
def maybe_report(s, town, log, i, h, marking, tick):
    """Who sees through a price game reports it: report_rate x share of it, reports a minute."""
    rate = town.rules[0].report_rate * marking
    if rate > 0.0 and draw(s.shoppers[i].luck, tick, Purpose.REPORT, h) < chance(rate, 10.0):
        s.rooms[h].reports += 1
        record(log, tick, Kind.REPORT, i, h, s.rooms[h].product, marking, 0.0)


@rule
def dwell(s, town, log, i, tick):
    """One tick in a room. Returns the intent to order, which is settled after everybody's tick."""
    shopper = s.shoppers[i]
    h = int(shopper.where)
    room = s.rooms[h]
    if shopper.entered == tick:
        return INTENT_NONE
    if room.live == 0:
        leave_room(s, town, log, i, tick, np.int64(LeaveReason.CLOSED))
        return INTENT_NONE
    rules = town.rules[0]
    if shopper.screened == 0:
        shopper.screened = 1
        if (s.relations[i, h].kind == Relation.STRANGER) and not glance_keeps(s, town, i, h, tick):
            leave_room(s, town, log, i, tick, np.int64(LeaveReason.GLANCE))
            return INTENT_NONE
    p = int(room.product)
    product = town.products[p]
    relation = s.relations[i, h]
    knowledge = s.knowledge[i, p]
    price = int(s.shelves[p].price)

    certainty = certainty_of(knowledge.information, product.complexity)
    learned = learn(knowledge, room, town.hosts[h], product, rules, certainty)
    feel(shopper, room, rules)
    marking = room.acts[Act.MARK_UP_THEN_CUT]
    sees = marking > 0.0 and sees_through(shopper, p)
    judge_host(shopper, relation, room, rules, learned, sees)
    if sees:
        maybe_report(s, town, log, i, h, marking, tick)
    move_reference(knowledge, product, price, marking, sees, rules)
    spend_temper(shopper, relation, room, rules, learned, certainty)

    talk(s, town, log, h, i, tick)
    maybe_follow(s, town, log, i, h, tick)
    maybe_join(s, town, log, i, h, tick)
    intent = intends_to_order(s, town, i, h, tick)
    if intent != INTENT_NONE:
        return intent
    if shopper.temper <= 0.0:
        leave_room(s, town, log, i, tick, np.int64(LeaveReason.TEMPER))
    elif draw(shopper.luck, tick, Purpose.DISTRACTION, 0) < chance(rules.distraction, 10.0):
        leave_room(s, town, log, i, tick, np.int64(LeaveReason.CALLED_AWAY))
    return INTENT_NONE
