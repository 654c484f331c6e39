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
    FAN = 4  # a follower who has kept something from this host


class Origin(IntEnum):
    """What led to an order beside the relation; flags that add up with Relation's."""

    PAID = 8  # the visit came by a paid place
    NOTE = 16  # ordered from a note
    AGAIN = 32  # has kept something from this shop before


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
        ("arrives", "<i4"),  # day on which they come to know the street
        # state
        ("need", "<f4", (TOPICS,)),  # 1 wants such things as ever, 0 has enough of them
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
        ("wants", "<i2"),  # product that an order under way is for
        ("where", "<i2"),  # host of the room or door, card being read, or -1
        ("place", "u1"),
        ("searching", "i1"),  # topic searched in this visit, or -1
        ("screened", "u1"),  # 1 after the first glance into the room
        ("lack", "u1"),  # what the open question is about
        ("paid", "u1"),  # 1 when a paid place led into the room this visit is in
        ("intent", "u1"),  # 1 when the search of this visit means to buy
    ]
)

RELATION = np.dtype(
    [
        ("trust", "<f8"),  # 0..1
        ("match", "<f4"),  # 0..1, interests against the host's topics
        ("satisfaction", "<f4"),  # of the last parcel, -1..1
        ("left", "<i4"),  # tick of last leaving the room, or -1
        ("warmth", "<f4"),  # 0..1, of a member towards the group
        ("fatigue", "<f4"),  # 0..1, of hearing from this host
        ("kept", "<u2"),  # parcels from this host kept
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
        ("again", "<i4"),  # tick from which another one is wanted
        ("ordered", "u1"),  # times ordered
    ]
)

ROOM = np.dtype(
    [
        ("mix", "<f8", (14,)),  # shares of the minute that the host means to spend
        ("acts", "<f8", (14,)),  # shares in this tick, after single acts and idle answering
        ("answer_credit", "<f8"),  # host seconds saved up towards the next answer
        ("energy", "<f8"),  # 0..1
        ("rest", "<f8"),  # 0..1, energy with which the next live begins
        ("worked", "<f8"),  # hours of work planned for this day
        ("standing", "<f8"),  # 0..1, with the platform
        ("boost", "<f8"),  # weight that the platform adds to this host's cards
        ("care", "<f8"),  # minutes a day for the group
        ("voice", "<f8"),  # times the trust that words and answers win
        ("grade", "<f8"),  # equipment, with what a partner lends
        ("income", "<i8", (30,)),  # fen of parcels kept on each of the last thirty days
        ("hold", "<f8"),  # host seconds of holding back since the last offer
        ("starts", "<i4"),  # ticks of this day's live, or -1
        ("ends", "<i4"),
        ("last_live", "<i4"),  # tick at which the last live ended
        ("support_until", "<i4"),  # tick at which help for a cold start ends
        ("reports", "<i4"),
        ("parcels", "<i4"),  # delivered in this day
        ("sent_back", "<i4"),  # of this day
        ("messages", "<i4"),  # to the group a day
        ("bid", "<i4"),  # fen a click at most
        ("budget", "<i4"),  # fen a day for paid places
        ("budget_left", "<i4"),
        ("partner", "<i2"),  # or -1
        ("tier", "<i2"),  # of growth, or -1
        ("newest", "<i2"),  # row of the last note published, or -1
        ("paying", "u1"),  # 1 while paid places are bid for
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
        ("bought", "<i4"),  # units bought after the start
        ("kept", "<i4"),  # parcels kept
        ("pleased", "<f8"),  # sum of what members felt about theirs, -1..1 each
        ("shared", "<i4"),  # how many members that sums
        ("quality", "<f8"),  # 0..1, after what feedback mended
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
        ("fresh", "<f8"),  # 0..1, weight that age has left
        # what is on it; a note published during a campaign takes the next row
        ("cover", "<f8"),
        ("teaches", "<f8"),  # times note_gain that reading it gives
        ("warms", "<f8"),  # trust won by reading it; may be negative
        ("seconds", "<f8"),  # times note_seconds that it holds
        ("published", "<i4"),  # tick, or -1 while the row is empty
        ("votes", "<i4", (NOTE_PRODUCTS,)),  # of a poll, one a reader
        ("product", "<i2", (NOTE_PRODUCTS,)),
        ("products", "<i2"),  # how many
        ("host", "<i2"),
        ("live", "u1"),
        ("format", "u1"),
        ("pinned", "u1"),  # 1 when the way into the group stands first among its comments
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
        ("nth", "u1"),  # times that this shopper had ordered this product before
        ("origin", "u1"),  # Relation and Origin flags at the order
    ]
)

CLOCK = np.dtype(
    [
        ("seed", "<u8"),
        ("tick", "<i8"),
        ("orders", "<i8"),  # in the order book
        ("settled", "<i8"),  # orders from the first on whose parcels are done with
        ("cards", "<i8"),  # rows of cards in use
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
        ("warmth", "<f8"),  # times the trust that words and answers win
        ("feedback", "<f8"),  # share of feedback that can be put into goods
        ("tire", "<f8"),  # times as fast as usual
        ("cash", "<i8"),  # fen at the start
        ("known", "<f8"),  # trust of those who never met it
        ("idle", "<i4"),  # days since the last live before the first day
        ("every", "<i4"),  # live on every so many days
        ("capacity", "<i4"),
        ("starts", "<i4"),  # tick of the day, or -1 without a live
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
        ("lasts", "<f8"),  # days
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
        ("format", "<i4"),
        ("products", "<i4"),  # how many
        ("product", "<i4", (NOTE_PRODUCTS,)),
    ]
)

PARTNER = np.dtype(
    [
        ("commission", "<f8"),
        ("fee_rebate", "<f8"),
        ("cover", "<f8"),
        ("clarity", "<f8"),
        ("hours", "<f8"),
        ("warmth", "<f8"),
    ]
)

TIER = np.dtype([("sales", "<f8"), ("weight", "<f8")])  # fen of thirty days

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
    partners: np.ndarray
    tiers: np.ndarray
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
