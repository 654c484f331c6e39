"""The question queue of a room: first come, first served, and anybody can leave it."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import chance, logistic
from sim.model.events import Kind, Lack, record
from sim.model.phases.feelings import deal_prone, lose_trust
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.phases.wanting import price_burden
from sim.model.rng import Purpose, draw


@rule
def join_queue(s, h, i, tick):
    """Shopper i asks and stands at the end of the queue."""
    room = s.rooms[h]
    shopper = s.shoppers[i]
    shopper.asked = tick
    shopper.queue_next = -1
    shopper.queue_before = room.queue_tail
    if room.queue_tail >= 0:
        s.shoppers[room.queue_tail].queue_next = i
    else:
        room.queue_head = i
    room.queue_tail = i
    room.queue_length += 1


@rule
def take_from_queue(s, h, i):
    """Shopper i leaves the queue, answered or not; the gap closes."""
    room = s.rooms[h]
    shopper = s.shoppers[i]
    before = shopper.queue_before
    following = shopper.queue_next
    if before >= 0:
        s.shoppers[before].queue_next = following
    else:
        room.queue_head = following
    if following >= 0:
        s.shoppers[following].queue_before = before
    else:
        room.queue_tail = before
    shopper.queue_next = -1
    shopper.queue_before = -1
    shopper.asked = -1
    room.queue_length -= 1


@rule
def ask_first(s, h, i):
    """Shopper i's open question goes to the head of the queue (the host chose it)."""
    asked = s.shoppers[i].asked
    take_from_queue(s, h, i)
    room = s.rooms[h]
    shopper = s.shoppers[i]
    shopper.asked = asked
    shopper.queue_before = -1
    shopper.queue_next = room.queue_head
    if room.queue_head >= 0:
        s.shoppers[room.queue_head].queue_before = i
    else:
        room.queue_tail = i
    room.queue_head = i
    room.queue_length += 1


@rule
def give_up_question(s, log, rules, h, i, tick):
    """Shopper i was not answered: the question is dropped and costs trust."""
    waited = (tick - s.shoppers[i].asked) * 10.0
    take_from_queue(s, h, i)
    lose_trust(s.relations[i, h], rules.ignored_loss)
    record(log, tick, Kind.GIVEN_UP, i, h, s.rooms[h].product, waited, 0.0)


@rule
def what_is_lacking(shopper, relation, certainty, burden, tick):
    """What a question is about, drawn in proportion to what is missing."""
    fit = 1.2 * (1.0 - certainty)
    material = 0.9 * (1.0 - certainty)
    price = 0.15 + 3.0 * burden
    use = 0.35
    trust = 0.8 * (1.0 - relation.trust)
    u = draw(shopper.luck, tick, Purpose.LACK, 0) * (fit + material + price + use + trust)
    if u < fit:
        return np.int64(Lack.FIT)
    if u < fit + material:
        return np.int64(Lack.MATERIAL)
    if u < fit + material + price:
        return np.int64(Lack.PRICE)
    if u < fit + material + price + use:
        return np.int64(Lack.USE)
    return np.int64(Lack.TRUST)


@rule
def talk(s, town, log, h, i, tick):
    """Maybe shopper i comments: a question when interested, chatter when lured by a giveaway.

    rate = chattiness x (talk_base + talk_prompt x prompting + talk_poll x polling)
           x logistic(talk_slope x (belief + trust - talk_bar)) comments a minute.
    """
    rules = town.rules[0]
    room = s.rooms[h]
    shopper = s.shoppers[i]
    relation = s.relations[i, h]
    p = int(room.product)
    if shopper.asked >= 0:
        if (tick - shopper.asked) * 10.0 >= rules.ask_patience:
            give_up_question(s, log, rules, h, i, tick)
        return
    invited = (
        rules.talk_base
        + rules.talk_prompt * room.acts[Act.PROMPT]
        + rules.talk_poll * room.acts[Act.POLL]
    )
    most = np.float64(shopper.chattiness) * invited
    luck = draw(shopper.luck, tick, Purpose.COMMENT, 0)
    empty = rules.giveaway_talk * room.acts[Act.GIVEAWAY] * deal_prone(shopper)
    asks = luck < chance(most, 10.0)
    if not asks and empty <= 0.0:
        return
    knowledge = s.knowledge[i, p]
    certainty = certainty_of(knowledge.information, town.products[p].complexity)
    if asks:
        belief = believed_fit(knowledge, rules, certainty)
        warmth = logistic(rules.talk_slope * (belief + relation.trust - rules.talk_bar))
        asks = luck < chance(most * warmth, 10.0)
    if asks:
        burden = price_burden(shopper, int(s.shelves[p].price))
        lack = what_is_lacking(shopper, relation, certainty, burden, tick)
        shopper.lack = lack
        join_queue(s, h, i, tick)
        s.cards[town.hosts[h].card].comments += 1
        record(log, tick, Kind.COMMENT, i, h, p, lack, certainty)
        return
    if empty > 0.0 and draw(shopper.luck, tick, Purpose.CHATTER, 0) < chance(empty, 10.0):
        s.cards[town.hosts[h].card].comments += 1
        record(log, tick, Kind.COMMENT, i, h, p, np.int64(Lack.CHATTER), certainty)
