"""Paid places: an auction for every one of them, and a price for every click."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import exponential, normal_quantile
from sim.model.events import Kind, record
from sim.model.rng import Purpose, draw


@rule
def bid_for_places(s, town):
    """Before people are met: who has budget left bids in this tick, whoever else clicks in it."""
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        room.paying = 1 if room.bid > 0 and room.budget_left > 0 else 0


@rule
def advertised_card(s, town, h):
    """The card that host h pays for: the live while it is on, else the newest note, or -1."""
    if s.rooms[h].live == 1:
        return int(town.hosts[h].card)
    return int(s.rooms[h].newest)


@rule
def rival_bid(luck, tick, rules):
    """The highest bid of the others for one place; fen: rival_bid x e**(rival_spread z)."""
    z = normal_quantile(draw(luck, tick, Purpose.RIVAL_BID, 0))
    return rules.rival_bid * exponential(rules.rival_spread * z)


@rule
def place_for_sale(shopper, rules, tick):
    """Whether shopper meets a paid place in this tick: chance place_share x cards_per_tick."""
    share = rules.place_share * rules.cards_per_tick
    return share > 0.0 and draw(shopper.luck, tick, Purpose.PAID_PLACE, 0) < share


@rule
def pay_for_click(s, log, i, h, c, price, tick):
    """Host h pays for a click of shopper i; the last click of a day may cost more than is left."""
    room = s.rooms[h]
    room.budget_left -= price
    room.cash -= price
    s.shoppers[i].paid = h + 1
    record(log, tick, Kind.PAID_CLICK, i, h, -1, price, np.float64(c))
