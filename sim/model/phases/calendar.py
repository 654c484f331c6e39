"""People who are away or reading cost nothing: a wheel holds the tick at which each wakes.

The wheel has a power-of-two number of slots; a slot is a linked list of sleepers. Those awake are
bits, so that every step meets people in the order of their numbers whatever happened before.
"""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.layout import Place
from sim.model.rng import Purpose, draw

_ONE = np.uint64(1)
_NOTHING = np.uint64(0)


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
    """Tick of a visit on a day: the hour by the street's habits, evenly within the hour."""
    rules = town.rules[0]
    u = draw(luck, day, Purpose.VISIT_TIME, visit)
    hour = 0
    while hour < 23 and u >= town.hours[hour + 1]:
        hour += 1
    width = town.hours[hour + 1] - town.hours[hour]
    within = (u - town.hours[hour]) / width if width > 0.0 else 0.0
    ticks = int((hour + within) * 360.0)
    return day * 8640 + ticks - int(rules.opens)


@rule
def next_visit(s, town, i, now):
    """The first tick after `now` at which shopper i opens the app while the street is open, or -1.

    A day has floor(v + u) visits for a habit of v visits a day.
    """
    rules = town.rules[0]
    luck = s.shoppers[i].luck
    habit = np.float64(s.shoppers[i].visits_per_day)
    closes = int(rules.closes)
    best = -1
    day = 0
    while best < 0 and day * 8640 - int(rules.opens) < closes:
        visits = int(habit + draw(luck, day, Purpose.VISITS, 0))
        for visit in range(visits):
            at = _visit_tick(town, luck, day, visit)
            if now < at < closes and (best < 0 or at < best):
                best = at
        day += 1
    return best


@rule
def plan_next_visit(s, town, i, now):
    """Puts shopper i to sleep until their next visit, or for good."""
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
    shopper.entered = tick
    shopper.arousal = 0.0
    shopper.pressure = 0.0
    s.clock[0].went += 1
    plan_next_visit(s, town, i, tick)
