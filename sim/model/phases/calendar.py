"""People who are away or reading cost nothing: a wheel holds the tick at which each wakes.

The wheel has a power-of-two number of slots; a slot is a linked list of sleepers. Those awake are
bits, so that every step meets people in the order of their numbers whatever happened before.

Every day begins when the street opens; visits are planned one day at a time, in the morning.
"""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.layout import Place, Relation
from sim.model.rng import Purpose, draw

DAY = 8640
_ONE = np.uint64(1)
_NOTHING = np.uint64(0)
# Followers who answer a notification come within the live's first twenty minutes.
_ANSWER_TICKS = 120.0
# Those who have kept something from a host answer that much more often.
_FAN_ANSWERS = 1.5


@rule
def is_open(rules, tick):
    """Whether the street is open at a tick: on each of its days, from opening to closing."""
    return tick % DAY < rules.closes and tick // DAY < rules.days


@rule
def set_awake(s, i):
    """From now on shopper i is met every tick."""
    s.awake[i >> 6] = s.awake[i >> 6] | (_ONE << np.uint64(i & 63))


@rule
def set_asleep(s, i):
    """Shopper i is met no more until a slot of the wheel wakes them."""
    s.awake[i >> 6] = s.awake[i >> 6] & ~(_ONE << np.uint64(i & 63))


@rule
def sleep_until(s, i, tick):
    """Shopper i wakes at a tick less than one turn of the wheel ahead."""
    set_asleep(s, i)
    slot = tick & (len(s.wheel) - 1)
    s.shoppers[i].slot_next = s.wheel[slot]
    s.wheel[slot] = i


@rule
def wake_due(s, tick):
    """Everybody whose tick has come is awake. Returns how many woke."""
    slot = tick & (len(s.wheel) - 1)
    i = int(s.wheel[slot])
    woken = 0
    while i >= 0:
        following = int(s.shoppers[i].slot_next)
        s.shoppers[i].slot_next = -1
        set_awake(s, i)
        woken += 1
        i = following
    s.wheel[slot] = -1
    return woken


@rule
def _visit_tick(town, luck, day, visit):
    """Tick of a visit on a day: the hour by the street's habits, evenly within the hour; or -1."""
    rules = town.rules[0]
    u = draw(luck, day, Purpose.VISIT_TIME, visit)
    hour = 0
    while hour < 23 and u >= town.hours[hour + 1]:
        hour += 1
    width = town.hours[hour + 1] - town.hours[hour]
    within = (u - town.hours[hour]) / width if width > 0.0 else 0.0
    since_opening = int((hour + within) * 360.0) - int(rules.opens)
    if since_opening < 0 or since_opening >= rules.closes:
        return -1
    return day * DAY + since_opening


@rule
def told_tick(s, town, i, h, day):
    """The tick of this day at which shopper i comes because they heard of host h's live, or -1.

    chance = notify_rate x (1 - fatigue), half as much again for a fan; a member comes with
    member_notify x warmth x (1 - fatigue) if that is more.
    """
    relation = s.relations[i, h]
    starts = int(s.rooms[h].starts)
    if relation.kind == Relation.STRANGER or starts < day * DAY or starts >= (day + 1) * DAY:
        return -1
    rules = town.rules[0]
    ready = 1.0 - np.float64(relation.fatigue)
    comes = 0.0
    if relation.kind & Relation.FOLLOWER:
        comes = rules.notify_rate * ready
        if relation.kind & Relation.FAN:
            comes = comes * _FAN_ANSWERS
    if relation.kind & Relation.MEMBER:
        comes = max(comes, rules.member_notify * np.float64(relation.warmth) * ready)
    luck = s.shoppers[i].luck
    if draw(luck, day, Purpose.NOTIFY, h) >= comes:
        return -1
    return starts + 1 + int(_ANSWER_TICKS * draw(luck, day, Purpose.NOTIFY_TIME, h))


@rule
def next_visit(s, town, i, now):
    """The first tick of the present day after `now` at which shopper i opens the app, or -1.

    A day has floor(v + u) visits for a habit of v visits a day, and one for every live that a
    follower or member is told of and comes for.
    """
    rules = town.rules[0]
    day = (now + 1) // DAY
    shopper = s.shoppers[i]
    if day >= rules.days or shopper.arrives > day:
        return -1
    luck = shopper.luck
    best = -1
    visits = int(np.float64(shopper.visits_per_day) + draw(luck, day, Purpose.VISITS, 0))
    for visit in range(visits):
        at = _visit_tick(town, luck, day, visit)
        if at > now and (best < 0 or at < best):
            best = at
    closes = day * DAY + int(rules.closes)
    for h in range(len(town.hosts)):
        at = told_tick(s, town, i, h, day)
        if now < at < closes and (best < 0 or at < best):
            best = at
    return best


@rule
def plan_next_visit(s, town, i, now):
    """Puts shopper i to sleep until their next visit, or until the next morning's plans."""
    at = next_visit(s, town, i, now)
    if at >= 0:
        sleep_until(s, i, at)
    else:
        set_asleep(s, i)


@rule
def go_home(s, town, i, tick):
    """Shopper i closes the app."""
    shopper = s.shoppers[i]
    shopper.place = Place.AWAY
    shopper.where = -1
    shopper.searching = -1
    shopper.intent = 0
    shopper.paid = 0
    shopper.entered = tick
    shopper.arousal = 0.0
    shopper.pressure = 0.0
    s.clock[0].went += 1
    plan_next_visit(s, town, i, tick)
