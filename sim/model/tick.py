"""What happens in ten seconds, and in which order. The order is written here and nowhere else.

0. mornings  - what is on today and who comes when, before anybody is met
1. calendar  - wake whoever is due, because only they and the present cost anything
2. hosting   - each room spends its ten seconds first, so that people react to what is said now
3. people    - readers finish, strollers look at cards, those in rooms dwell, in number order; what
               they do to each other waits for the next steps
4. ordering  - orders of this tick together, so that scarce stock falls to luck, not to numbers
5. parcels   - at full hours, after the live's own business
6. ranking   - what the platform saw, once a minute
7. nights    - in a day's last hour: rest, fatigue, groups, needs; nobody is met by then
"""

from __future__ import annotations

import numpy as np

from sim.model.compiled import builder, rule
from sim.model.layout import Place
from sim.model.phases.calendar import DAY, is_open, wake_due
from sim.model.phases.days import begin_day, end_day
from sim.model.phases.dwelling import INTENT_NONE, dwell, wait_at_door
from sim.model.phases.hosting import host_rooms
from sim.model.phases.ordering import settle_orders
from sim.model.phases.paid import bid_for_places
from sim.model.phases.parcels import move_parcels
from sim.model.phases.ranking import learn_ranking, note_impressions
from sim.model.phases.standing import punish_reports
from sim.model.phases.strolling import finish_note, open_app, stroll

PHASES = (
    ("begin_day", "what is on today and who comes when, before anybody is met"),
    ("wake_due", "only those present and those due cost anything"),
    ("host_rooms", "people react to what is said now"),
    ("bid_for_places", "a budget runs out between ticks, not between two people"),
    ("meet_people", "in number order; effects on each other wait"),
    ("settle_orders", "scarce stock falls to luck, not to numbers"),
    ("move_parcels", "at full hours, after the live's own business"),
    ("note_impressions", "one event a host and tick"),
    ("learn_ranking", "once a minute, so that nobody's turn matters within it"),
    ("punish_reports", "likewise"),
    ("end_day", "in a day's last hour, when nobody is met any more"),
)

# Most events one person can cause in one tick, and one host.
_EVENTS_A_PERSON = 9
_EVENTS_A_HOST = 24
# The tick of a day at which it ends: its last full hour.
_LAST_HOUR = DAY - 360

_ONE = np.uint64(1)
_NOBODY = np.uint64(0)
_58 = np.uint64(58)

# A single bit times this number has in its six highest bits a number of its own for each place of
# the bit (a de Bruijn sequence), so the lowest of those awake is found without trying all 64.
_DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)


def _places() -> np.ndarray:
    table = np.zeros(64, dtype=np.int64)
    for bit in range(64):
        table[((0x03F79D71B4CB0A89 << bit) & (2**64 - 1)) >> 58] = bit
    return table


_PLACE_OF = _places()


@rule
def meet_person(s, town, log, i, tick):
    """One tick of one person who is awake; returns an intent to order."""
    place = s.shoppers[i].place
    if place == Place.IN_ROOM:
        return dwell(s, town, log, i, tick)
    if place == Place.STROLLING:
        stroll(s, town, log, i, tick)
    elif place == Place.READING:
        return finish_note(s, town, log, i, tick)
    elif place == Place.AT_DOOR:
        wait_at_door(s, town, log, i, tick)
    elif is_open(town.rules[0], tick):
        open_app(s, town, log, i, tick)
    return INTENT_NONE


@rule
def meet_people(s, town, log, tick, waiting, kinds):
    """Everybody awake, by number. Fills `waiting` and `kinds`; returns how many intend to order."""
    count = 0
    for word in range(len(s.awake)):
        bits = s.awake[word]
        while bits != _NOBODY:
            lowest = bits & (~bits + _ONE)
            bits ^= lowest
            i = word * 64 + int(_PLACE_OF[(lowest * _DE_BRUIJN) >> _58])
            intent = meet_person(s, town, log, i, tick)
            if intent != INTENT_NONE:
                waiting[count] = i
                kinds[count] = intent
                count += 1
    return count


@rule
def tick_once(s, town, log, tick, waiting, kinds):
    """Ten seconds of one world, in the order of PHASES."""
    rules = town.rules[0]
    if tick % DAY == 0 and tick // DAY < rules.days:
        begin_day(s, town, log, tick)
    wake_due(s, tick)
    host_rooms(s, town, log, tick)
    bid_for_places(s, town)
    count = meet_people(s, town, log, tick, waiting, kinds)
    settle_orders(s, town, log, waiting, kinds, count, tick)
    if tick % 360 == 0:
        move_parcels(s, town, log, tick)
    note_impressions(s, town, log, tick)
    if tick % 6 == 0:
        learn_ranking(s)
        punish_reports(s, town)
    if tick % DAY == _LAST_HOUR and tick // DAY < rules.days:
        end_day(s, town, log, tick)


@builder
def advance_world(s, town, log, until):
    """Ticks one world until `until`, or until the log has no room for the worst tick.

    Returns the tick reached; a caller who keeps events empties the log and calls again.

    With the street closed and everybody at home only full hours matter: the rest is skipped.
    """
    clock = s.clock[0]
    waiting = np.empty(len(s.shoppers), dtype=np.int64)
    kinds = np.empty(len(s.shoppers), dtype=np.int64)
    rules = town.rules[0]
    tick = int(clock.tick)
    while tick < until:
        present = int(clock.came - clock.went)
        most = _EVENTS_A_PERSON * present + _EVENTS_A_HOST * len(town.hosts)
        if tick % 360 == 0:
            most += 4 * int(clock.orders - clock.settled)
        if tick % DAY == _LAST_HOUR:
            most += 3 * len(s.shoppers)
        if len(log.events) > 0 and log.count[0] + most > len(log.events):
            break
        if present == 0 and tick % 360 != 0 and not is_open(rules, tick):
            tick = min((tick // 360 + 1) * 360, until)
            clock.tick = tick
            continue
        tick_once(s, town, log, tick, waiting, kinds)
        tick += 1
        clock.tick = tick
    return tick
