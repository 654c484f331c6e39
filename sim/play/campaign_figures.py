"""The figures of a campaign beside those of its room: money, notes, fans, group and standing.

What each is divided by is worded once, in assets/locale/metrics.yaml.
"""

from __future__ import annotations

import numpy as np

from sim.model import TICKS_PER_DAY
from sim.model.decisions import PLAYED
from sim.model.events import Kind
from sim.model.layout import Origin, Relation, State, Town
from sim.scenario import Scenario

CAMPAIGN_METRICS: tuple[str, ...] = (
    "profit",
    "note_reads",
    "note_comments",
    "note_sales",
    "fan_share",
    "member_watch_minutes",
    "members",
    "member_value_ratio",
    "repeat_share",
    "traffic_spent",
    "traffic_return",
    "standing",
    "quality",
)

_FANS = int(Relation.FOLLOWER) | int(Relation.MEMBER)
_MONTH = 30 * TICKS_PER_DAY


def _share(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")


def campaign_figures(
    scenario: Scenario, state: State, town: Town, events: np.ndarray
) -> dict[str, float]:
    """All CAMPAIGN_METRICS of the played shop, in that order; nan where nothing can be divided.

    events: of the played shop, from the first day on. Money in yuan, rates as fractions.
    """
    room = state.rooms[PLAYED]
    orders = events[events["kind"] == Kind.ORIGIN]
    flags = orders["extra"].astype(np.int64)
    paid = orders["value"]
    clicks = events[events["kind"] == Kind.PAID_CLICK]
    spent = float(clicks["value"].sum()) / 100.0
    led = float(paid[(flags & int(Origin.PAID)) > 0].sum()) / 100.0
    own = town.products["host"] == PLAYED
    notes = events[events["kind"] == Kind.NOTE_ORDER]
    return {
        "profit": profit(scenario, state, town),
        "note_reads": float((events["kind"] == Kind.READ).sum()),
        "note_comments": float((events["kind"] == Kind.NOTE_COMMENT).sum()),
        "note_sales": float(notes["value"].sum()) / 100.0,
        "fan_share": _fan_share(orders, int(state.clock[0]["tick"])),
        "member_watch_minutes": _member_watch(events),
        "members": float(room["members"]),
        "member_value_ratio": _member_value(state, events, orders, int(state.clock[0]["tick"])),
        "repeat_share": _repeat_share(orders),
        "traffic_spent": spent,
        "traffic_return": _share(led, spent),
        "standing": float(room["standing"]),
        "quality": float(state.shelves["quality"][own].mean()),
    }


def profit(scenario: Scenario, state: State, town: Town) -> float:
    """Cash won since the start, with what the stock is worth at cost now against then; yuan.

    Money of parcels under way counts although they may come back.
    """
    start = 0 if scenario.campaign is None else round(scenario.campaign.cash * 100)
    own = town.products["host"] == PLAYED
    before = town.products["stock"][own].astype(np.int64)
    now = state.shelves["stock"][own].astype(np.int64)
    goods = int(((now - before) * town.products["cost"][own].astype(np.int64)).sum())
    return (int(state.rooms[PLAYED]["cash"]) - start + goods) / 100.0


def _fan_share(orders: np.ndarray, now: int) -> float:
    """Share of the last 30 days' order value that came from followers and members."""
    recent = orders[orders["tick"] >= now - _MONTH]
    from_fans = (recent["extra"].astype(np.int64) & _FANS) > 0
    return _share(float(recent["value"][from_fans].sum()), float(recent["value"].sum()))


def _member_watch(events: np.ndarray) -> float:
    """Mean minutes that a member of the group spends in one day's live, of those who came."""
    inside = events[np.isin(events["kind"], (Kind.ENTER, Kind.LEAVE))]
    inside = inside[np.argsort(inside["shopper"], kind="stable")]
    # each entering is followed by the same shopper's leaving
    enters = np.flatnonzero(inside["kind"] == Kind.ENTER)
    enters = enters[enters + 1 < len(inside)]
    leaves = enters + 1
    whole = (inside["kind"][leaves] == Kind.LEAVE) & (
        inside["shopper"][leaves] == inside["shopper"][enters]
    )
    enters, leaves = enters[whole], leaves[whole]
    member = (inside["value"][enters].astype(np.int64) & int(Relation.MEMBER)) > 0
    if not member.any():
        return float("nan")
    day = inside["tick"][enters][member] // TICKS_PER_DAY
    visitor = inside["shopper"][enters][member].astype(np.int64) * 1000 + day
    return float(inside["value"][leaves][member].sum()) / len(np.unique(visitor)) / 60.0


def _member_value(state: State, events: np.ndarray, orders: np.ndarray, now: int) -> float:
    """Order value of the last 30 days a head: members now, over others who came or read then."""
    recent = events[events["tick"] >= now - _MONTH]
    came = np.unique(
        recent["shopper"][np.isin(recent["kind"], (Kind.ENTER, Kind.READ, Kind.NOTIFIED))]
    )
    member = (state.relations["kind"][:, PLAYED] & Relation.MEMBER) > 0
    members = int(member.sum())
    others = int((~member[came]).sum())
    recent_orders = orders[orders["tick"] >= now - _MONTH]
    by_member = member[recent_orders["shopper"]]
    value = recent_orders["value"]
    ours = _share(float(value[by_member].sum()), members)
    theirs = _share(float(value[~by_member].sum()), others)
    return _share(ours, theirs)


def _repeat_share(orders: np.ndarray) -> float:
    """Share of all who bought who bought again on a later day."""
    if not len(orders):
        return float("nan")
    days = np.unique(orders["shopper"].astype(np.int64) * 1000 + orders["tick"] // TICKS_PER_DAY)
    _, counts = np.unique(days // 1000, return_counts=True)
    return float((counts > 1).mean())
