"""Who lives around the street: traits, relations and knowledge before the first tick.

Every trait is a draw of (seed, shopper, purpose), so one more shopper changes nobody else.
"""

from __future__ import annotations

import numpy as np

from sim.model.compiled import builder, rule
from sim.model.curves import clip, exponential, normal_quantile
from sim.model.layout import NOTE_PRODUCTS, TOPICS, Place, Relation
from sim.model.phases.hosting import show_slot
from sim.model.phases.wanting import natural_reference
from sim.model.rng import Purpose, draw, luck_of


@rule
def _lognormal(luck, trait, median, spread):
    """median x e**(spread x z)."""
    z = normal_quantile(draw(luck, trait, Purpose.TRAIT, 0))
    return median * exponential(spread * z)


@rule
def _even(luck, trait, low, high):
    return low + (high - low) * draw(luck, trait, Purpose.TRAIT, 0)


@rule
def _draw_topic(rules, interest, u):
    """A topic by popularity among those not yet taken (interest still 0)."""
    total = 0.0
    for k in range(TOPICS):
        if interest[k] == 0.0:
            total += rules.topic_popularity[k]
    reached = 0.0
    last = -1
    for k in range(TOPICS):
        if interest[k] == 0.0 and rules.topic_popularity[k] > 0.0:
            last = k
            reached += rules.topic_popularity[k]
            if u * total < reached:
                return k
    return last


@builder
def _draw_interests(rules, shopper, luck):
    """One to three topics that matter; each further one matters half as much or less."""
    u = draw(luck, 20, Purpose.TRAIT, 0)
    wanted = 3
    if u < rules.topics_one:
        wanted = 1
    elif u < rules.topics_one + rules.topics_two:
        wanted = 2
    weight = np.zeros(TOPICS, dtype=np.float64)
    share = 1.0
    total = 0.0
    for n in range(wanted):
        k = _draw_topic(rules, weight, draw(luck, 21 + n, Purpose.TRAIT, 0))
        if k < 0:
            break
        weight[k] = share
        total += share
        share = share * (0.3 + 0.6 * draw(luck, 24 + n, Purpose.TRAIT, 0))
    for k in range(TOPICS):
        shopper.interest[k] = weight[k] / total if total > 0.0 else 1.0 / TOPICS


@rule
def match_of(interest, topics):
    """How well interests meet topics: sum of sqrt(share x share), 0..1."""
    total = 0.0
    for k in range(TOPICS):
        a = np.float64(interest[k])
        if a > 0.0 and topics[k] > 0.0:
            total += np.sqrt(a * topics[k])
    return min(total, 1.0)


@rule
def arrival_day(rules, i, shoppers):
    """0 for those who know the street; the last by number come evenly over the days."""
    days = int(rules.days)
    known = shoppers - int(shoppers * rules.newcomers)
    if i < known or days < 2:
        return 0
    return 1 + (i - known) * (days - 1) // (shoppers - known)


@builder
def _draw_shopper(s, town, i, seed):
    rules = town.rules[0]
    shopper = s.shoppers[i]
    luck = luck_of(seed, i)
    shopper.luck = luck
    _draw_interests(rules, shopper, luck)
    shopper.patience = _lognormal(luck, 1, rules.patience_median, rules.patience_spread)
    shopper.chattiness = _lognormal(luck, 2, rules.chattiness_median, rules.chattiness_spread)
    shopper.price_sensitivity = _lognormal(
        luck, 3, rules.price_sensitivity_median, rules.price_sensitivity_spread
    )
    shopper.spending = _lognormal(luck, 4, rules.spending_median, rules.spending_spread)
    shopper.reactance = _lognormal(luck, 5, rules.reactance_median, rules.reactance_spread)
    shopper.visits_per_day = min(
        _lognormal(luck, 6, rules.visits_per_day_median, rules.visits_per_day_spread), 24.0
    )
    shopper.stroll_minutes = _lognormal(
        luck, 7, rules.stroll_minutes_median, rules.stroll_minutes_spread
    )
    shopper.risk_aversion = _even(luck, 8, rules.risk_aversion_low, rules.risk_aversion_high)
    shopper.susceptibility = _even(luck, 9, rules.susceptibility_low, rules.susceptibility_high)
    shopper.savvy = _even(luck, 10, rules.savvy_low, rules.savvy_high)
    shopper.arrives = arrival_day(rules, i, len(s.shoppers))
    for k in range(TOPICS):
        shopper.need[k] = 1.0
    shopper.wants = -1
    shopper.place = Place.AWAY
    shopper.where = -1
    shopper.searching = -1
    shopper.slot_next = -1
    shopper.asked = -1
    shopper.queue_next = -1
    shopper.queue_before = -1


@rule
def _draw_relations(s, town, i):
    """Strangers mostly; some of those whom a host fits follow it from the start."""
    rules = town.rules[0]
    shopper = s.shoppers[i]
    for h in range(len(town.hosts)):
        host = town.hosts[h]
        relation = s.relations[i, h]
        match = match_of(shopper.interest, host.topics)
        relation.match = match
        relation.left = -1
        relation.kind = Relation.STRANGER
        relation.trust = clip(rules.trust_start + host.known, 0.0, 1.0)
        if shopper.arrives > 0:
            continue
        follows = clip(2.0 * host.followers * match, 0.0, 1.0)
        if draw(shopper.luck, 0, Purpose.RELATION, h) < follows:
            relation.kind = Relation.FOLLOWER
            relation.trust = rules.follower_trust
            s.rooms[h].followers += 1


@rule
def _draw_knowledge(s, town, i):
    rules = town.rules[0]
    shopper = s.shoppers[i]
    for p in range(len(town.products)):
        knowledge = s.knowledge[i, p]
        knowledge.match = match_of(shopper.interest, town.products[p].topics)
        z = normal_quantile(draw(shopper.luck, 0, Purpose.SURPRISE, p))
        knowledge.surprise = rules.fit_spread * z
        knowledge.reference = natural_reference(shopper.luck, town.products[p], p, rules)


@rule
def _print_cards(s, town):
    """The street's cards as they stand on the first morning; further rows are empty."""
    for c in range(len(s.cards)):
        s.cards[c].published = -1
    for c in range(len(town.cards)):
        card = s.cards[c]
        of = town.cards[c]
        card.cover = of.cover
        card.teaches = of.teaches
        card.warms = of.warms
        card.seconds = of.seconds
        card.host = of.host
        card.live = of.live
        card.format = of.format
        card.products = of.products
        card.published = 0
        card.fresh = 1.0
        for k in range(NOTE_PRODUCTS):
            card.product[k] = of.product[k]
        if of.live == 0:
            s.rooms[of.host].newest = c
    s.clock[0].cards = len(town.cards)


@builder
def populate(s, town, seed):
    """Fills one world that is all zeros: the crowd of a seed, rooms closed, shelves full."""
    s.clock[0].seed = seed
    for slot in range(len(s.wheel)):
        s.wheel[slot] = -1
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        for a in range(14):
            room.mix[a] = town.hosts[h].mix[a]
        room.burst = -1
        room.cash = town.hosts[h].cash
        room.rest = 1.0
        room.standing = 1.0
        room.voice = town.hosts[h].warmth
        room.grade = town.hosts[h].grade
        room.starts = -1
        room.ends = -1
        room.last_live = -8640 * town.hosts[h].idle
        room.partner = -1
        room.tier = -1
        room.newest = -1
        room.queue_head = -1
        room.queue_tail = -1
        room.offer_tick = -1
        room.energy = 1.0
        show_slot(room, town, h, 0)
    for p in range(len(town.products)):
        s.shelves[p].stock = town.products[p].stock
        s.shelves[p].price = town.products[p].price
        s.shelves[p].quality = town.products[p].quality
    _print_cards(s, town)
    for i in range(len(s.shoppers)):
        _draw_shopper(s, town, i, seed)
        _draw_relations(s, town, i)
        _draw_knowledge(s, town, i)
