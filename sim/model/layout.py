"""What a world is made of: the fields of every record, their widths and units.

A world is a handful of record arrays. Every state array carries a leading world axis
(worlds x shoppers, worlds x shoppers x hosts ...), so forking a world copies one row of each, and a
digest is a hash over their bytes. Records were chosen over one array a field because a rule touches
many fields of one shopper: two or three cache lines instead of forty.

Traits are float32 (drawn once); state that is added to is float64; money is integer fen.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np

TOPICS = 8
NOTE_PRODUCTS = 7


class Place(IntEnum):
    """Where a shopper is."""

    AWAY = 0
    STROLLING = 1
    READING = 2
    IN_ROOM = 3
    AT_DOOR = 4


class Relation(IntEnum):
    """What a shopper is to a host; flags that add up."""

    STRANGER = 0
    FOLLOWER = 1
    MEMBER = 2


class OrderStatus(IntEnum):
    """Where a parcel is."""

    ON_ITS_WAY = 0
    KEPT = 1
    GOING_BACK = 2
    RETURNED = 3


SHOPPER = np.dtype(
    [
        # traits
        ("luck", "<u8"),  # stream of this shopper's draws
        ("interest", "<f4", (TOPICS,)),  # share of each topic; sums to 1
        ("patience", "<f4"),  # seconds
        ("chattiness", "<f4"),  # comments a minute when interested and invited
        ("price_sensitivity", "<f4"),
        ("spending", "<f4"),  # yuan a month
        ("reactance", "<f4"),
        ("risk_aversion", "<f4"),
        ("susceptibility", "<f4"),
        ("savvy", "<f4"),
        ("visits_per_day", "<f4"),
        ("stroll_minutes", "<f4"),
        # state
        ("temper", "<f8"),  # seconds of patience left in this place
        ("arousal", "<f8"),  # 0..1
        ("pressure", "<f8"),  # 0..1
        ("stroll_left", "<f8"),  # seconds of this visit left
        ("read", "<u8"),  # one bit a card already read
        ("entered", "<i4"),  # tick at which the present place was entered
        ("slot_next", "<i4"),  # next sleeper in the same calendar slot, or -1
        ("asked", "<i4"),  # tick of the open question, or -1
        ("queue_next", "<i4"),  # neighbours in the room's question queue, or -1
        ("queue_before", "<i4"),
        ("spent", "<i4"),  # fen paid and not refunded
        ("where", "<i2"),  # host of the room or door, card being read, or -1
        ("place", "u1"),
        ("searching", "i1"),  # topic searched in this visit, or -1
        ("screened", "u1"),  # 1 after the first glance into the room
        ("lack", "u1"),  # what the open question is about
    ]
)

RELATION = np.dtype(
    [
        ("trust", "<f8"),  # 0..1
        ("match", "<f4"),  # 0..1, interests against the host's topics
        ("satisfaction", "<f4"),  # of the last parcel, -1..1
        ("left", "<i4"),  # tick of last leaving the room, or -1
        ("kind", "u1"),  # Relation flags
        ("missed", "u1"),  # held-back offers missed
    ]
)

KNOWLEDGE = np.dtype(
    [
        ("information", "<f8"),  # p, grows without bound
        ("reference", "<f8"),  # price one thinks fair; fen
        ("match", "<f4"),  # 0..1, interests against the product's topics
        ("surprise", "<f4"),  # personal part of true fit
        ("ordered", "u1"),
    ]
)

ROOM = np.dtype(
    [
        ("mix", "<f8", (14,)),  # shares of the minute that the host means to spend
        ("acts", "<f8", (14,)),  # shares in this tick, after single acts and idle answering
        ("answer_credit", "<f8"),  # host seconds saved up towards the next answer
        ("energy", "<f8"),  # 0..1
        ("hold", "<f8"),  # host seconds of holding back since the last offer
        ("live", "u1"),
        ("burst", "i1"),  # act performed alone, or -1
        ("burst_left", "<i4"),  # ticks
        ("product", "<i2"),  # on show
        ("slot", "<i2"),  # place in the run-down
        ("slot_left", "<i4"),  # ticks
        ("viewers", "<i4"),
        ("queue_head", "<i4"),
        ("queue_tail", "<i4"),
        ("queue_length", "<i4"),
        ("offer_tick", "<i4"),  # tick of the last held-back offer, or -1
        ("impressions", "<i4"),  # of this host's cards in this tick
        ("followers", "<i4"),
        ("members", "<i4"),
        ("cash", "<i8"),  # fen taken less fen refunded
    ]
)

SHELF = np.dtype(
    [
        ("stock", "<i4"),
        ("price", "<i4"),  # asked now; fen
        ("sold", "<i4"),
        ("returned", "<i4"),
    ]
)

CARD_STATE = np.dtype(
    [
        ("impressions", "<i8"),
        ("clicks", "<i8"),
        ("dwell", "<i8"),  # seconds
        ("comments", "<i8"),
        ("orders", "<i8"),
        ("engagement", "<f8"),  # 0..1, what the ranker made of clicks, dwell and comments
        ("sales", "<f8"),  # 0..1
    ]
)

ORDER = np.dtype(
    [
        ("expectation", "<f8"),  # believed fit at the order
        ("arousal", "<f8"),
        ("pressure", "<f8"),
        ("trick", "<f8"),  # share by which the reference price had been talked up
        ("shopper", "<i4"),
        ("tick", "<i4"),
        ("paid", "<i4"),  # fen
        ("deliver", "<i4"),  # tick
        ("back", "<i4"),  # tick at which a returned parcel arrives, or -1
        ("product", "<i2"),
        ("reason", "u1"),  # ReturnReason
        ("status", "u1"),  # OrderStatus
    ]
)

CLOCK = np.dtype(
    [
        ("seed", "<u8"),
        ("tick", "<i8"),
        ("orders", "<i8"),  # in the order book
        ("came", "<i8"),  # people who opened the app
        ("went", "<i8"),  # people who closed it
    ]
)

EVENT = np.dtype(
    [
        ("tick", "<i4"),
        ("kind", "u1"),
        ("shopper", "<i4"),
        ("host", "<i2"),
        ("product", "<i2"),
        ("value", "<f8"),
        ("extra", "<f8"),
    ]
)

# ---- what all worlds of a scenario share -------------------------------------------------------

HOST = np.dtype(
    [
        ("topics", "<f8", (TOPICS,)),
        ("mix", "<f8", (14,)),  # the tactic a neighbour keeps to
        ("closeness", "<f8"),
        ("grade", "<f8"),  # equipment
        ("followers", "<f8"),  # share of fitting people who follow at the start
        ("cover", "<f8"),
        ("capacity", "<i4"),
        ("starts", "<i4"),  # tick, or -1 without a live
        ("ends", "<i4"),
        ("card", "<i4"),  # its live card
        ("first_slot", "<i4"),  # its run-down among the slots
        ("slots", "<i4"),
    ]
)

PRODUCT = np.dtype(
    [
        ("topics", "<f8", (TOPICS,)),
        ("complexity", "<f8"),
        ("quality", "<f8"),
        ("closeup", "<f8"),
        ("price", "<i4"),  # fen
        ("cost", "<i4"),  # fen
        ("stock", "<i4"),
        ("host", "<i4"),
    ]
)

CARD = np.dtype(
    [
        ("cover", "<f8"),
        ("teaches", "<f8"),  # times note_gain that reading it gives
        ("warms", "<f8"),  # trust won by reading it; may be negative
        ("seconds", "<f8"),  # times note_seconds that it holds
        ("live", "<i4"),
        ("host", "<i4"),
        ("products", "<i4"),  # how many
        ("product", "<i4", (NOTE_PRODUCTS,)),
    ]
)

SLOT = np.dtype([("product", "<i4"), ("ticks", "<i4")])


class State(NamedTuple):
    """One world's arrays, as the rules see them: no world axis."""

    clock: np.ndarray  # 1
    shoppers: np.ndarray  # shoppers
    relations: np.ndarray  # shoppers x hosts
    knowledge: np.ndarray  # shoppers x products
    rooms: np.ndarray  # hosts
    shelves: np.ndarray  # products
    cards: np.ndarray  # cards
    orders: np.ndarray  # order book
    wheel: np.ndarray  # calendar slots: first sleeper or -1
    awake: np.ndarray  # bits, 64 a word


class Log(NamedTuple):
    """Where events of one world are written; never part of the state."""

    events: np.ndarray
    count: np.ndarray  # 1, how many are written
    hosts: np.ndarray  # hosts; 1 where events are kept


class Town(NamedTuple):
    """What all worlds of one scenario share; never written to."""

    rules: np.ndarray  # 1 record of every strength
    hosts: np.ndarray
    products: np.ndarray
    cards: np.ndarray
    slots: np.ndarray
    hours: np.ndarray  # 25 cumulative shares of visits before each hour


STATE_RECORDS = {
    "clock": CLOCK,
    "shoppers": SHOPPER,
    "relations": RELATION,
    "knowledge": KNOWLEDGE,
    "rooms": ROOM,
    "shelves": SHELF,
    "cards": CARD_STATE,
    "orders": ORDER,
}
