"""Each live room: open or close, spend the ten seconds, serve the question queue, set the price."""

from __future__ import annotations

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.phases.feelings import gain_trust
from sim.model.phases.questions import take_from_queue
from sim.model.phases.standing import support_start

_ACTS = 14


@rule
def show_slot(room, town, h, slot):
    """Puts the product of one slot of host h's run-down on show."""
    host = town.hosts[h]
    room.slot = slot % host.slots
    room.product = town.slots[host.first_slot + room.slot].product
    room.slot_left = town.slots[host.first_slot + room.slot].ticks


@rule
def open_room(s, town, log, h, tick):
    """Host h goes live: as rested as the nights have left them, first product on show."""
    room = s.rooms[h]
    room.live = 1
    room.energy = room.rest
    room.hold = 0.0
    room.answer_credit = 0.0
    room.offer_tick = -1
    if room.slot_left <= 0:
        show_slot(room, town, h, 0)
    support_start(s, town, log, h, tick)


@rule
def spend_ten_seconds(s, town, h):
    """Shares of this tick: the mix, or a single act alone while one is performed."""
    room = s.rooms[h]
    if room.burst >= 0 and room.burst_left > 0:
        for a in range(_ACTS):
            room.acts[a] = 0.0
        room.acts[room.burst] = 1.0
        room.burst_left -= 1
    else:
        room.burst = -1
        for a in range(_ACTS):
            room.acts[a] = room.mix[a]
    effort = 1.0 - room.acts[Act.SILENCE]
    room.energy = clip(
        room.energy - town.rules[0].tire_rate * town.hosts[h].tire * effort / 360.0, 0.3, 1.0
    )


@rule
def serve_questions(s, town, log, h, tick):
    """Answers from the head of the queue, one every `answer_seconds` of the host's time.

    Who is answered learns p += answer_gain, trusts more and finds new temper. Time meant for
    answers with nobody asking goes into explaining.
    """
    room = s.rooms[h]
    rules = town.rules[0]
    room.answer_credit += room.acts[Act.ANSWER] * 10.0 * room.energy
    while room.queue_head >= 0 and room.answer_credit >= rules.answer_seconds:
        room.answer_credit -= rules.answer_seconds
        i = int(room.queue_head)
        shopper = s.shoppers[i]
        waited = (tick - shopper.asked) * 10.0
        take_from_queue(s, h, i)
        s.knowledge[i, room.product].information += rules.answer_gain
        gain_trust(s.relations[i, h], rules.answer_trust * room.voice)
        shopper.temper += rules.answer_reward
        record(log, tick, Kind.ANSWER, i, h, room.product, waited, 0.0)
    if room.queue_head < 0 and room.acts[Act.ANSWER] > 0.0:
        room.acts[Act.EXPLAIN] += room.acts[Act.ANSWER]
        room.acts[Act.ANSWER] = 0.0
        room.answer_credit = 0.0


@rule
def set_prices(s, town, log, h, tick):
    """The price asked for what is on show, and held-back offers that are let go.

    honest discount: price = list x (1 - honest_cut). A held-back offer comes after `hold_cycle`
    seconds of holding back, for this tick only, at list x (1 - offer_cut).
    """
    room = s.rooms[h]
    rules = town.rules[0]
    for p in range(len(town.products)):
        if town.products[p].host == h:
            s.shelves[p].price = town.products[p].price
    p = int(room.product)
    if room.acts[Act.HONEST_DISCOUNT] > 0.0:
        s.shelves[p].price = int(town.products[p].price * (1.0 - rules.honest_cut) + 0.5)
    room.hold += room.acts[Act.HOLD_BACK] * 10.0
    if room.hold >= rules.hold_cycle and rules.offer_units >= 1.0:
        room.hold -= rules.hold_cycle
        room.offer_tick = tick
        price = offer_price(town, p)
        record(log, tick, Kind.OFFER, -1, h, p, price, rules.offer_units)


@rule
def offer_price(town, p):
    """What a held-back offer asks for product p; fen."""
    return int(town.products[p].price * (1.0 - town.rules[0].offer_cut) + 0.5)


@rule
def turn_run_down(s, town, h):
    """The next product when the time of the one on show is over."""
    room = s.rooms[h]
    room.slot_left -= 1
    if room.slot_left <= 0:
        show_slot(room, town, h, int(room.slot) + 1)


@rule
def host_rooms(s, town, log, tick):
    """One tick of every room that is live."""
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        if room.starts == tick:
            open_room(s, town, log, h, tick)
        if room.ends == tick:
            room.live = 0
            room.last_live = tick
        if s.rooms[h].live == 1:
            turn_run_down(s, town, h)
            spend_ten_seconds(s, town, h)
            serve_questions(s, town, log, h, tick)
            set_prices(s, town, log, h, tick)
