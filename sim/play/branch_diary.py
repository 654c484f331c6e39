"""Gathers what happened to one shopper, from places, events and the shopper's own state."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.errors import Phrase
from sim.model.decisions import PLAYED
from sim.model.events import Kind, Lack, LeaveReason, ReturnReason
from sim.model.layout import OrderStatus, Relation
from sim.model.phases.knowing import certainty_of
from sim.model.town import FORMAT_NAMES
from sim.play.branch_diary_weeks import of_weeks
from sim.play.branch_merge import Item, item
from sim.play.branch_side import Side
from sim.play.branch_witness import Move
from sim.play.branch_words import Clause, about, yuan

# Feelings above this are worth a line.
_STRONG = 0.4
# A reference price that rose by this share in one visit was talked up.
_TALKED_UP = 0.03
_SHORTEST_WATCH = 6  # ticks
_LEARNED = 0.03  # of certainty

_LEFT = {
    LeaveReason.GLANCE: "left_glance",
    LeaveReason.TEMPER: "left_temper",
    LeaveReason.CALLED_AWAY: "left_called",
    LeaveReason.CLOSED: "left_closed",
}


def gather(side: Side, shopper: int) -> list[Item]:
    """Everything, in time order, nothing merged yet but a look into another shop's room."""
    names = Names(side)
    weeks = side.run.scenario.campaign is not None
    # of weeks nobody has noted who came and went between our lives
    found = [] if weeks else _moves(side, names, shopper)
    found += [*_rooms(side, names, shopper), *_events(side, names, shopper)]
    found += [*_felt(side, names, shopper), *_parcels(side, names, shopper)]
    if weeks:
        found += of_weeks(side, names, shopper)
    found.sort(key=lambda pair: pair[:2])
    return _passed([one for _, _, one in found])


class Names:
    """What hosts, goods, notes and topics are called."""

    def __init__(self, side: Side) -> None:
        scenario = side.run.scenario
        self.hosts = [host.name for host in scenario.hosts]
        self.products = [product.name for host in scenario.hosts for product in host.products]
        self.notes = [note.title for host in scenario.hosts for note in host.notes]
        self.topics = [topic.name for topic in scenario.street.topics]


# Each piece is (tick, place among the things of a tick, item).
Piece = tuple[int, int, Item]


def _minutes(ticks: int) -> int:
    return max(1, round(ticks / 6))


def _moves(side: Side, names: Names, shopper: int) -> list[Piece]:
    found = []
    for move in side.witness.moves_of(shopper):
        tick, kind = int(move["tick"]), int(move["move"])
        if kind == Move.CAME:
            topic = int(move["searching"])
            if topic >= 0:
                one = item(tick, "came_searching", 1, topic=names.topics[topic])
            else:
                one = item(tick, "came", 1)
            found.append((tick, 0, one))
        elif kind == Move.WENT:
            found.append((tick, 9, item(tick, "went_home", 1)))
        else:
            host = int(move["where"])
            weight = 3 if host == PLAYED else 1
            found.append((tick, 1, item(tick, "door", weight, host, host_name=names.hosts[host])))
    return found


def _rooms(side: Side, names: Names, shopper: int) -> list[Piece]:
    """Notes read, and rooms entered and left. Of other shops' rooms only how long."""
    found: list[Piece] = []
    entered: dict[int, int] = {}
    for event in side.witness.events_of(shopper):
        tick, kind, host = int(event["tick"]), int(event["kind"]), int(event["host"])
        name = names.hosts[host]
        if kind == Kind.READ:
            began = tick - int(event["extra"]) // 10
            title = _title(side, names, int(event["value"]), tick)
            weight = 2 if host == PLAYED else 0
            found.append((began, 2, item(began, "read", weight, host, title=title, host_name=name)))
        elif kind == Kind.ENTER:
            entered[host] = tick
            if host == PLAYED:
                follows = int(event["value"]) & Relation.FOLLOWER
                entering = "entered_follower" if follows else "entered"
                found.append((tick, 3, item(tick, entering, 3, host, host_name=name)))
        elif kind == Kind.LEAVE:
            reason, began = LeaveReason(int(event["extra"])), entered.pop(host, tick)
            minutes = _minutes(tick - began)
            if host == PLAYED:
                left = _LEFT[reason]
                found.append((tick, 8, item(tick, left, 3, host, minutes=minutes)))
            elif reason == LeaveReason.GLANCE:
                found.append((began, 3, item(began, "glanced", 0, host, host_name=name)))
            else:
                one = item(began, "visited", 1, host, host_name=name, minutes=minutes)
                found.append((began, 3, one))
        elif kind == Kind.ORDER and host != PLAYED:
            product = int(event["product"])
            goods = names.products[product]
            one = item(tick, "ordered_elsewhere", 2, host, product, product_name=goods,
                       host_name=name)  # fmt: skip
            found.append((tick, 6, one))
    return found


def _title(side: Side, names: Names, card: int, tick: int) -> Any:
    """What a note is called; of one published in a morning only its kind is known."""
    planned = side.witness.format_of(card, tick)
    if planned is not None:
        return Phrase(f"desk.format.{FORMAT_NAMES[planned]}")
    return names.notes[card]


def _events(side: Side, names: Names, shopper: int) -> list[Piece]:
    """What happened in our room between coming and leaving."""
    found: list[Piece] = []
    for event in side.events_of(shopper):
        tick, kind, product = int(event["tick"]), int(event["kind"]), int(event["product"])
        value, goods = float(event["value"]), names.products[product]
        if kind == Kind.COMMENT:
            lack = int(value)
            one = item(tick, "asked", 3, PLAYED, product, about=about(lack), product_name=goods)
            if lack == Lack.CHATTER:
                one = item(tick, "chatted", 1, PLAYED)
        elif kind in (Kind.ANSWER, Kind.GIVEN_UP):
            name = "answered" if kind == Kind.ANSWER else "given_up"
            one = item(tick, name, 3, PLAYED, product, seconds=int(value))
        elif kind == Kind.ORDER:
            minutes = _minutes(int(event["extra"]) // 10)
            asked = side.witness.price(tick, product)
            name = "ordered_offer" if asked is not None and value < asked else "ordered"
            one = item(tick, name, 3, PLAYED, product, product_name=goods, yuan=yuan(int(value)),
                       minutes=minutes)  # fmt: skip
        elif kind in (Kind.MISSED_OFFER, Kind.SOLD_OUT):
            name = "missed" if kind == Kind.MISSED_OFFER else "sold_out"
            one = item(tick, name, 3, PLAYED, product, product_name=goods)
        elif kind in (Kind.FOLLOW, Kind.UNFOLLOW, Kind.JOIN_GROUP):
            name = {Kind.FOLLOW: "followed", Kind.UNFOLLOW: "unfollowed"}.get(kind, "joined")
            one = item(tick, name, 3, PLAYED, host_name=names.hosts[PLAYED])
        else:
            continue
        # an answer comes first in a tick; giving up and unfollowing belong to leaving
        place = 4 if kind == Kind.ANSWER else 7 if kind in (Kind.GIVEN_UP, Kind.UNFOLLOW) else 6
        found.append((tick, 10 if kind == Kind.UNFOLLOW else place, one))
    return found


def _felt(side: Side, names: Names, shopper: int) -> list[Piece]:
    """What was on show and learned, and what was felt strongly, in each stay in our room."""
    rows, accounts = side.rows_of(shopper)
    there = (rows["inside"] == 1) & (rows["began"] == 1)
    rows, accounts = rows[there], accounts[there]
    found: list[Piece] = []
    if not len(rows):
        return found
    seen_through: set[int] = set()
    stays = np.flatnonzero(np.diff(rows["tick"]) > 1) + 1
    for stay, parts in zip(np.split(rows, stays), np.split(accounts, stays), strict=True):
        shown = np.flatnonzero(np.diff(stay["product"]) != 0) + 1
        for stretch, account in zip(np.split(stay, shown), np.split(parts, shown), strict=True):
            found += _watched(side, names, stretch)
            found += _tricked(names, stretch, account, seen_through)
        for feeling, name in (("pressure", "pushed"), ("arousal", "excited")):
            strong = np.flatnonzero(stay[feeling] >= _STRONG)
            if len(strong):
                tick = int(stay["tick"][strong[0]])
                one = item(tick, name, 2, PLAYED, minutes=_minutes(len(strong)))
                found.append((tick, 5, one))
    return found


def _watched(side: Side, names: Names, rows: np.ndarray) -> list[Piece]:
    """One product on show while somebody was there."""
    if len(rows) < _SHORTEST_WATCH:
        return []
    tick, product = int(rows["tick"][0]), int(rows["product"][0])
    complexity = float(side.witness.world.town.products[product]["complexity"])
    before = float(certainty_of(float(rows["information_before"][0]), complexity))
    after = float(certainty_of(float(rows["information"][-1]), complexity))
    values = {"product_name": names.products[product], "minutes": _minutes(len(rows))}
    if after - before < _LEARNED:
        return [(tick, 5, item(tick, "watched", 1, PLAYED, product, **values))]
    values |= {"before": round(100 * before), "after": round(100 * after)}
    return [(tick, 5, item(tick, "watched_learned", 2, PLAYED, product, **values))]


def _tricked(
    names: Names, rows: np.ndarray, accounts: np.ndarray, seen_through: set[int]
) -> list[Piece]:
    """A mark-up seen through (told once a product), or believed."""
    product = int(rows["product"][0])
    goods = names.products[product]
    seen = np.flatnonzero(accounts["sees"])
    if product in seen_through:
        return []
    if len(seen):
        seen_through.add(product)
        tick = int(rows["tick"][seen[0]])
        return [(tick, 5, item(tick, "trick_seen", 3, PLAYED, product, product_name=goods))]
    first, last = float(rows["reference"][0]), float(rows["reference"][-1])
    if last > first * (1.0 + _TALKED_UP):
        tick = int(rows["tick"][-1])
        return [(tick, 5, item(tick, "trick_believed", 3, PLAYED, product, product_name=goods))]
    return []


def _parcels(side: Side, names: Names, shopper: int) -> list[Piece]:
    """What came in parcels from our shop, and what went back."""
    found: list[Piece] = []
    orders = side.witness.orders
    events = side.events_of(shopper, Kind.KEEP, Kind.RETURN, Kind.DELIVER)
    for event in events:
        tick, kind, product = int(event["tick"]), int(event["kind"]), int(event["product"])
        goods = names.products[product]
        # over weeks the same thing can be ordered again
        theirs = orders[(orders["shopper"] == shopper) & (orders["product"] == product)]
        order = theirs[theirs["tick"] < tick][-1]
        if kind in (Kind.KEEP, Kind.DELIVER):
            order = theirs[theirs["tick"] == int(event["extra"])][0]
        if kind == Kind.KEEP:
            one = item(tick, "parcel_kept", 3, PLAYED, product, product_name=goods)
        elif kind == Kind.RETURN:
            one = item(tick, "refunded", 2, PLAYED, product, product_name=goods,
                       yuan=yuan(int(event["value"])))  # fmt: skip
        elif order["status"] == OrderStatus.KEPT:
            continue
        else:
            why = Clause(f"diary.why.{_why(order)}")
            one = item(tick, "parcel_sent_back", 3, PLAYED, product, product_name=goods, why=why)
        found.append((tick, 6, one))
    return found


def _why(order: np.void) -> str:
    """Why a parcel went back. Where no mark-up was believed none can have been found out: then
    nothing of the shop's doing weighed, and it did not suit."""
    reason = ReturnReason(int(order["reason"]))
    if reason == ReturnReason.TRICK and order["trick"] <= 0.0:
        reason = ReturnReason.FIT
    return {
        ReturnReason.FIT: "fit", ReturnReason.REGRET: "regret", ReturnReason.TRICK: "trick",
    }[reason]  # fmt: skip


def _passed(items: list[Item]) -> list[Item]:
    """Coming and going home with nothing in between is one thing."""
    made: list[Item] = []
    for one in items:
        if one["kind"] == "went_home" and made and made[-1]["kind"] in ("came", "came_searching"):
            came = made.pop()
            minutes = _minutes(one["tick"] - came["tick"])
            made.append(item(came["tick"], "passed", 0, minutes=minutes))
        else:
            made.append(one)
    return made
