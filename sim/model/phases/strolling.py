"""People on the street: cards are offered, some are shown, a few are opened."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.layout import Place, Relation
from sim.model.phases.calendar import go_home, set_awake, sleep_until
from sim.model.phases.dwelling import enter_room, stroll_on
from sim.model.phases.feelings import deal_prone, gain_trust, lose_trust
from sim.model.rng import Purpose, draw

_ONE = np.uint64(1)
_JUST_LEFT = 180  # ticks; half an hour


@rule
def open_app(s, town, log, i, tick):
    """A visit begins; `search_share` of visits begin with a search among one's interests."""
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
    s.clock[0].came += 1


@rule
def card_match(s, town, i, c):
    """How well a card fits shopper i, 0..1.

    A note: the mean match of its products. A live: half its host, half what is on show.
    """
    card = town.cards[c]
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
             + sales x learned sales + search x topic share + live
    """
    rules = town.rules[0]
    card = town.cards[c]
    h = int(card.host)
    state = s.cards[c]
    follows = 1.0 if s.relations[i, h].kind != Relation.STRANGER else 0.0
    weight = rules.weight_base + rules.weight_interest * match + rules.weight_relation * follows
    weight += rules.learning * (
        rules.weight_engagement * state.engagement + rules.weight_sales * state.sales
    )
    topic = int(s.shoppers[i].searching)
    weight += rules.weight_search * card_topic_share(town, c, h, topic)
    if card.live == 1:
        weight += rules.weight_live
    return clip(weight, 0.0, 1.0)


@rule
def click_chance(s, town, i, c, match, tick):
    """Chance that shopper i opens a card they see.

    p = click_rate x cover x (1 - click_match + click_match x match) x (1 + follower_click)
        x again (a live just left) + lures of hype and price games, seen through the window.
    """
    rules = town.rules[0]
    card = town.cards[c]
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
def stroll(s, town, log, i, tick):
    """Ten seconds on the street for shopper i."""
    shopper = s.shoppers[i]
    rules = town.rules[0]
    shopper.stroll_left -= 10.0
    if shopper.stroll_left <= 0.0 or tick >= rules.closes:
        go_home(s, town, i, tick)
        return
    cards = len(town.cards)
    for k in range(int(rules.cards_per_tick)):
        c = int(draw(shopper.luck, tick, Purpose.OFFERED, k) * cards)
        card = town.cards[c]
        h = int(card.host)
        if card.live == 1:
            if s.rooms[h].live == 0:
                continue
        elif shopper.read & (_ONE << np.uint64(c)):
            continue
        match = card_match(s, town, i, c)
        shown = shown_chance(s, town, i, c, match)
        if draw(shopper.luck, tick, Purpose.SHOWN, k) >= shown:
            continue
        s.cards[c].impressions += 1
        s.rooms[h].impressions += 1
        opens = click_chance(s, town, i, c, match, tick)
        if draw(shopper.luck, tick, Purpose.CLICK, k) < opens:
            s.cards[c].clicks += 1
            if card.live == 1:
                enter_room(s, town, log, i, h, tick)
            else:
                read_note(s, town, log, i, c, match, tick)
            return


@rule
def read_note(s, town, log, i, c, match, tick):
    """Shopper i reads a note: seconds = note_seconds x the note's length x (0.4 + match)."""
    shopper = s.shoppers[i]
    shopper.place = Place.READING
    shopper.where = c
    shopper.entered = tick
    shopper.read = shopper.read | (_ONE << np.uint64(c))
    seconds = town.rules[0].note_seconds * town.cards[c].seconds * (0.4 + match)
    ticks = max(1, min(int(seconds / 10.0 + 0.5), len(s.wheel) - 1))
    sleep_until(s, i, tick + ticks)


@rule
def finish_note(s, town, log, i, tick):
    """What reading left: information about its products, trust in its host, perhaps a way in.

    p += note_gain x what the note teaches x match, for each product it shows.
    """
    shopper = s.shoppers[i]
    rules = town.rules[0]
    c = int(shopper.where)
    card = town.cards[c]
    h = int(card.host)
    relation = s.relations[i, h]
    seconds = (tick - shopper.entered) * 10
    s.cards[c].dwell += seconds
    shopper.stroll_left -= seconds
    for k in range(card.products):
        knowledge = s.knowledge[i, card.product[k]]
        knowledge.information += rules.note_gain * card.teaches * np.float64(knowledge.match)
    if card.warms >= 0.0:
        gain_trust(relation, card.warms * np.float64(relation.match))
    else:
        lose_trust(relation, -card.warms)
    record(log, tick, Kind.READ, i, h, card.product[0], c, seconds)
    stroll_on(shopper, tick)
    set_awake(s, i)
    if s.rooms[h].live == 1 and tick < rules.closes:
        walks_in = rules.note_to_room * np.float64(relation.match)
        if draw(shopper.luck, tick, Purpose.NOTE_TO_ROOM, c) < walks_in:
            enter_room(s, town, log, i, h, tick)
