"""Asking one shopper again: would you have ordered, would you have kept it, had one thing differed?

The model's own rule decides, with the shopper's own luck; only its ingredients are exchanged.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from sim.model.decisions import PLAYED
from sim.model.events import Kind
from sim.model.layout import EVENT, Log, OrderStatus, State
from sim.model.phases.dwelling import INTENT_NONE, INTENT_OFFER, intends_to_order
from sim.model.phases.knowing import believed_fit
from sim.model.phases.ordering import settle_orders
from sim.model.phases.parcels import judge_parcel
from sim.play.branch_witness import Witness

# Ingredients of the wish to order. The price stands for what is asked and for an offer let go.
ORDER_INGREDIENTS = (
    "price", "information", "pressure", "arousal", "reference", "trust", "spent", "searching",
)  # fmt: skip
# Ingredients of a parcel's welcome that were settled at the order.
PARCEL_INGREDIENTS = ("expectation", "pressure", "arousal", "trick")


class Again:
    """One shopper of a crowd in a room of their own, to be asked as often as one likes.

    world: any world of that crowd; only traits and what the street is made of are read.
    """

    def __init__(self, world: Any) -> None:
        full = world.state(0)
        self.town = world.town
        self._full = full
        self._state = State(
            clock=full.clock.copy(),
            shoppers=full.shoppers[:1].copy(),
            relations=full.relations[:1].copy(),
            knowledge=full.knowledge[:1].copy(),
            rooms=full.rooms.copy(),
            shelves=full.shelves.copy(),
            cards=full.cards.copy(),
            orders=full.orders[:1].copy(),
            wheel=full.wheel.copy(),
            awake=full.awake[:1].copy(),
        )
        hosts = np.ones(len(self.town.hosts), dtype=np.uint8)
        events = np.zeros(16, dtype=EVENT).view(np.recarray)
        self._log = Log(events, np.zeros(1, dtype=np.int64), hosts)

    def _bring(self, shopper: int) -> State:
        state = self._state
        state.shoppers[0] = self._full.shoppers[shopper]
        state.relations[0] = self._full.relations[shopper]
        state.knowledge[0] = self._full.knowledge[shopper]
        self._log.count[0] = 0
        return state

    def ingredients_of(self, seen: Witness, shopper: int, tick: int) -> dict[str, Any] | None:
        """What a shopper's wish was made of in a tick; None when they did not end it in our room.

        As it was before any order, or missed offer, of that tick. "price" is (fen asked, whether
        an offer was let go).
        """
        row, room = seen.row(shopper, tick), seen.room(tick)
        if row is None or room is None or not row["inside"]:
            return None
        found = {name: row[name].item() for name in ORDER_INGREDIENTS if name != "price"}
        if not row["intent"]:
            found["searching"] = -1  # only a search that means to buy makes one want
        for event in seen.ours_of(shopper):
            if event["tick"] == tick and event["kind"] == Kind.ORDER:
                found["spent"] -= int(event["value"])
            elif event["tick"] == tick and event["kind"] == Kind.MISSED_OFFER:
                found["trust"] /= self._trust_left_by_missing(row)
        price = seen.price(tick, int(row["product"]))
        return {"price": (price, int(room["offer_tick"]) == tick), **found}

    def _trust_left_by_missing(self, row: np.void) -> float:
        """The share of trust that the missed offer of a tick left, by the model's own rule."""
        state, product, tick = self._bring(int(row["shopper"])), int(row["product"]), row["tick"]
        person, relation = state.shoppers[0], state.relations[0, PLAYED]
        person["wants"] = product
        person["where"], relation["trust"], relation["missed"] = PLAYED, 1.0, row["missed"] - 1
        room = state.rooms[PLAYED]
        room["product"], room["live"], room["offer_tick"] = product, 1, tick
        state.shelves[product]["stock"] = 0  # nothing left for them
        waiting, kinds = np.zeros(1, dtype=np.int64), np.full(1, INTENT_OFFER, dtype=np.int64)
        settle_orders(state, self.town, self._log, waiting, kinds, 1, int(tick))
        return float(relation["trust"])

    def orders(self, shopper: int, tick: int, product: int, ingredients: Mapping[str, Any]) -> bool:
        """Whether a shopper wants to order what is on show, with these ingredients in this tick."""
        state = self._bring(shopper)
        person, room = state.shoppers[0], state.rooms[PLAYED]
        knowledge = state.knowledge[0, product]
        for name in ("pressure", "arousal", "spent", "searching"):
            person[name] = ingredients[name]
        person["intent"] = ingredients["searching"] >= 0
        person["need"] = 1.0  # in an evening nothing has met it yet
        state.relations[0, PLAYED]["trust"] = ingredients["trust"]
        knowledge["information"] = ingredients["information"]
        knowledge["reference"] = ingredients["reference"]
        knowledge["ordered"] = 0
        asked, offered = ingredients["price"]
        room["product"], room["live"] = product, 1
        room["offer_tick"] = tick if offered else -1
        state.shelves[product]["price"] = asked
        with np.errstate(over="ignore"):
            intent = intends_to_order(state, self.town, 0, PLAYED, tick)
        return int(intent) != INTENT_NONE

    def parcel(self, order: np.void, **changed: float) -> tuple[float, bool]:
        """(shortfall felt, whether it goes back) for an order with some ingredients changed."""
        state = self._bring(int(order["shopper"]))
        state.orders[0] = order
        parcel = state.orders[0]
        parcel["shopper"], parcel["status"] = 0, OrderStatus.ON_ITS_WAY
        for name, value in changed.items():
            parcel[name] = value
        with np.errstate(over="ignore"):
            judge_parcel(state, self.town, self._log, 0, int(order["deliver"]))
        return float(self._log.events[0]["value"]), parcel["status"] == OrderStatus.GOING_BACK

    def knowing_all(self, order: np.void) -> float:
        """What this shopper would have expected of an order, had they known all there is."""
        known = self._full.knowledge[int(order["shopper"]), int(order["product"])]
        return float(believed_fit(known, self.town.rules[0], 1.0))
