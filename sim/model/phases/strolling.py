"""People on the street: cards are offered, some are shown, a few are opened."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import clip, logistic
from sim.model.events import Kind, record
from sim.model.layout import Place, Relation
from sim.model.phases.calendar import DAY, go_home, is_open, set_awake, sleep_until, told_tick
from sim.model.phases.dwelling import INTENT_NONE, INTENT_NOTE, enter_room, stroll_on
from sim.model.phases.feelings import deal_prone, gain_trust, lose_trust
from sim.model.phases.group import join_group
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.phases.note_comments import fits_best, maybe_comment_note
from sim.model.phases.paid import advertised_card, pay_for_click, place_for_sale, rival_bid
from sim.model.phases.relations import willing_to_join
from sim.model.phases.wanting import need_met, searched_for, wanting
from sim.model.rng import Purpose, draw

_ONE = np.uint64(1)
_NOTHING = np.uint64(0)
# Number of the format in sim.model.town.FORMATS whose readers vote.
POLL = 1
_JUST_LEFT = 180  # ticks; half an hour


@rule
def open_app(s, town, log, i, tick):
    """A visit begins; `search_share` of visits begin with a search among one's interests, and
    `intent_share` of those mean to buy. Who was told of a live walks straight into it.
    """
    shopper = s.shoppers[i]
    rules = town.rules[0]
    shopper.place = Place.STROLLING
    shopper.where = -1
    shopper.entered = tick
    shopper.stroll_left = np.float64(shopper.stroll_minutes) * 60.0
    shopper.searching = -1
    if draw(shopper.luck, tick, Purpose.SEARCH, 0) < rules.search_share:
        u = draw(shopper.luck, tick, Purpose.SEARCH, 1)
        topic = 0
        reached = np.float64(shopper.interest[0])
        while topic < 7 and u >= reached:
            topic += 1
            reached += np.float64(shopper.interest[topic])
        shopper.searching = topic
        shopper.intent = draw(shopper.luck, tick, Purpose.INTENT, 0) < rules.intent_share
    s.clock[0].came += 1
    for h in range(len(town.hosts)):
        if s.rooms[h].live == 1 and told_tick(s, town, i, h, tick // DAY) == tick:
            record(log, tick, Kind.NOTIFIED, i, h, -1, s.relations[i, h].kind, 0.0)
            enter_room(s, town, log, i, h, tick)
            return


@rule
def card_match(s, town, i, c):
    """How well a card fits shopper i, 0..1.

    A note: the mean match of its products. A live: half its host, half what is on show.
    """
    card = s.cards[c]
    h = int(card.host)
    if card.live == 1:
        shown = np.float64(s.knowledge[i, s.rooms[h].product].match)
        return 0.5 * (np.float64(s.relations[i, h].match) + shown)
    total = 0.0
    for k in range(card.products):
        total += np.float64(s.knowledge[i, card.product[k]].match)
    return total / card.products


@rule
def card_topic_share(town, c, h, topic):
    """Whether a card answers a search for a topic: its host's share of the topic."""
    if topic < 0:
        return 0.0
    return town.hosts[h].topics[topic]


@rule
def shown_chance(s, town, i, c, match):
    """The platform's weight of an offered card for shopper i, as a chance to be shown.

    weight = base + interest x match + relation x follows + engagement x learned engagement
             + sales x learned sales + search x topic share + live,
    times the host's standing and what age has left of a note, plus the host's boost.
    """
    rules = town.rules[0]
    card = s.cards[c]
    h = int(card.host)
    follows = 1.0 if s.relations[i, h].kind != Relation.STRANGER else 0.0
    weight = rules.weight_base + rules.weight_interest * match + rules.weight_relation * follows
    weight += rules.learning * (
        rules.weight_engagement * card.engagement + rules.weight_sales * card.sales
    )
    topic = int(s.shoppers[i].searching)
    weight += rules.weight_search * card_topic_share(town, c, h, topic)
    if card.live == 1:
        weight += rules.weight_live
    weight = weight * s.rooms[h].standing * card.fresh + s.rooms[h].boost
    return clip(weight, 0.0, 1.0)


@rule
def click_chance(s, town, i, c, match, tick):
    """Chance that shopper i opens a card they see.

    p = click_rate x cover x (1 - click_match + click_match x match) x (1 + follower_click)
        x again (a live just left) + lures of hype and price games, seen through the window.
    """
    rules = town.rules[0]
    card = s.cards[c]
    h = int(card.host)
    relation = s.relations[i, h]
    p = rules.click_rate * card.cover * (1.0 - rules.click_match + rules.click_match * match)
    if relation.kind != Relation.STRANGER:
        p = p * (1.0 + rules.follower_click)
    if card.live == 1:
        room = s.rooms[h]
        shopper = s.shoppers[i]
        games = room.acts[Act.HOLD_BACK] + room.acts[Act.MARK_UP_THEN_CUT] + room.acts[Act.GIVEAWAY]
        p += rules.deal_lure * games * deal_prone(shopper) * match
        p += rules.hype_lure * room.acts[Act.HYPE] * np.float64(shopper.susceptibility) * match
        if relation.left >= 0 and tick - relation.left < _JUST_LEFT:
            p = p * rules.again
    return clip(p, 0.0, 0.95)


@rule
def is_read(shopper, c):
    """Whether shopper has read note c already."""
    return (shopper.read & (_ONE << np.uint64(c))) != _NOTHING


@rule
def pass_paid_place(s, town, log, i, tick):
    """A paid place, perhaps: the highest of bid x (1/2 + match) and the rivals' bids is shown.

    Who clicks is paid for at the price of the next lower bid. Returns whether somebody went in.
    """
    rules = town.rules[0]
    shopper = s.shoppers[i]
    if not place_for_sale(shopper, rules, tick):
        return False
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        if room.paying == 0:
            continue
        c = advertised_card(s, town, h)
        if c < 0 or (s.cards[c].live == 0 and is_read(shopper, c)):
            continue
        match = card_match(s, town, i, c)
        rival = rival_bid(shopper.luck, tick, rules) / (0.5 + match)
        if room.bid < rival:
            continue
        see_card(s, h, c)
        if draw(shopper.luck, tick, Purpose.PAID_CLICK, h) < click_chance(
            s, town, i, c, match, tick
        ):
            pay_for_click(s, log, i, h, c, min(int(rival) + 1, int(room.bid)), tick)
            open_card(s, town, log, i, c, match, tick)
            return True
        return False
    return False


@rule
def see_card(s, h, c):
    """One more impression of card c."""
    s.cards[c].impressions += 1
    s.rooms[h].impressions += 1


@rule
def open_card(s, town, log, i, c, match, tick):
    """Shopper i opens card c: into the room, or to read the note."""
    card = s.cards[c]
    card.clicks += 1
    if card.live == 1:
        enter_room(s, town, log, i, int(card.host), tick)
    else:
        read_note(s, town, log, i, c, match, tick)


@rule
def stroll(s, town, log, i, tick):
    """Ten seconds on the street for shopper i."""
    shopper = s.shoppers[i]
    rules = town.rules[0]
    shopper.stroll_left -= 10.0
    if shopper.stroll_left <= 0.0 or not is_open(rules, tick):
        go_home(s, town, i, tick)
        return
    if pass_paid_place(s, town, log, i, tick):
        return
    cards = int(s.clock[0].cards)
    for k in range(int(rules.cards_per_tick)):
        c = int(draw(shopper.luck, tick, Purpose.OFFERED, k) * cards)
        card = s.cards[c]
        h = int(card.host)
        if card.live == 1:
            if s.rooms[h].live == 0:
                continue
        elif is_read(shopper, c):
            continue
        match = card_match(s, town, i, c)
        shown = shown_chance(s, town, i, c, match)
        if draw(shopper.luck, tick, Purpose.SHOWN, k) >= shown:
            continue
        see_card(s, h, c)
        opens = click_chance(s, town, i, c, match, tick)
        if draw(shopper.luck, tick, Purpose.CLICK, k) < opens:
            open_card(s, town, log, i, c, match, tick)
            return


@rule
def read_note(s, town, log, i, c, match, tick):
    """Shopper i reads a note: seconds = note_seconds x the note's length x (0.4 + match)."""
    shopper = s.shoppers[i]
    shopper.place = Place.READING
    shopper.where = c
    shopper.entered = tick
    shopper.read = shopper.read | (_ONE << np.uint64(c))
    seconds = town.rules[0].note_seconds * s.cards[c].seconds * (0.4 + match)
    ticks = max(1, min(int(seconds / 10.0 + 0.5), len(s.wheel) - 1))
    sleep_until(s, i, tick + ticks)


@rule
def finish_note(s, town, log, i, tick):
    """What reading left: information about its products, trust in its host, perhaps a comment, a
    way in, into the group, or an order. Returns an intent to order.

    p += note_gain x what the note teaches x match, for each product it shows.
    """
    shopper = s.shoppers[i]
    rules = town.rules[0]
    c = int(shopper.where)
    card = s.cards[c]
    h = int(card.host)
    relation = s.relations[i, h]
    seconds = (tick - shopper.entered) * 10
    s.cards[c].dwell += seconds
    shopper.stroll_left -= seconds
    for k in range(card.products):
        knowledge = s.knowledge[i, card.product[k]]
        knowledge.information += rules.note_gain * card.teaches * np.float64(knowledge.match)
    if card.warms >= 0.0:
        gain_trust(relation, card.warms * s.rooms[h].voice * np.float64(relation.match))
    else:
        lose_trust(relation, -card.warms)
    record(log, tick, Kind.READ, i, h, card.product[0], c, seconds)
    stroll_on(shopper, tick)
    set_awake(s, i)
    if card.format == POLL:
        card.votes[fits_best(s, i, c)] += 1  # a poll's readers name what matches them best
    maybe_comment_note(s, town, log, i, h, c, seconds, tick)
    if card.pinned == 1 and not relation.kind & Relation.MEMBER:
        joins = rules.pin_join * willing_to_join(relation, rules)
        if draw(shopper.luck, tick, Purpose.PIN_JOIN, c) < joins:
            join_group(s, town, log, i, h, tick)
    p = wants_from_note(s, town, i, h, c, tick)
    if p >= 0:
        shopper.wants = p
        shopper.where = c
        return INTENT_NOTE
    if s.rooms[h].live == 1 and is_open(rules, tick):
        walks_in = rules.note_to_room * np.float64(relation.match)
        if draw(shopper.luck, tick, Purpose.NOTE_TO_ROOM, c) < walks_in:
            enter_room(s, town, log, i, h, tick)
    return INTENT_NONE


@rule
def wants_from_note(s, town, i, h, c, tick):
    """The product of note c that shopper i orders now, or -1: the one they want most, with chance
    note_order x logistic(want_slope x (U - want_bar))."""
    rules = town.rules[0]
    shopper = s.shoppers[i]
    luck = draw(shopper.luck, tick, Purpose.NOTE_ORDER, c)
    if luck >= rules.note_order:
        return -1
    card = s.cards[c]
    best = -1
    most = 0.0
    for k in range(card.products):
        p = int(card.product[k])
        knowledge = s.knowledge[i, p]
        if knowledge.ordered > 0 and tick < knowledge.again:
            continue
        product = town.products[p]
        certainty = certainty_of(knowledge.information, product.complexity)
        belief = believed_fit(knowledge, rules, certainty)
        u = wanting(
            shopper,
            s.relations[i, h],
            knowledge,
            rules,
            int(s.shelves[p].price),
            belief,
            certainty,
            searched_for(shopper, product),
            need_met(shopper, product),
        )
        if best < 0 or u > most:
            best = p
            most = u
    if best >= 0 and luck < rules.note_order * logistic(rules.want_slope * (most - rules.want_bar)):
        return best
    return -1
