"""What the platform makes of a host: help for beginners and growers, harm for games and returns."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record

_DAY = 8640
_MONTH = 30


@rule
def set_boost(s, town, h, tick):
    """Weight added to host h's cards: support_weight during a cold start, and the tier's weight."""
    room = s.rooms[h]
    room.boost = 0.0
    if tick < room.support_until:
        room.boost += town.rules[0].support_weight
    if room.tier >= 0:
        room.boost += town.tiers[room.tier].weight


@rule
def support_start(s, town, log, h, tick):
    """At a live's beginning: who has not been live for support_idle days is helped again."""
    rules = town.rules[0]
    room = s.rooms[h]
    idle = (tick - room.last_live) / 8640.0
    if rules.support_days > 0.0 and tick >= room.support_until and idle >= rules.support_idle:
        room.support_until = tick + int(rules.support_days) * _DAY
        record(log, tick, Kind.SUPPORT, -1, h, -1, room.support_until, 0.0)
    set_boost(s, town, h, tick)


@rule
def punish_reports(s, town):
    """Once a minute: standing loses the share report_loss x reports / (viewers + 10)."""
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        if room.reports > 0:
            share = town.rules[0].report_loss * room.reports / (room.viewers + 10.0)
            room.standing -= clip(share, 0.0, 1.0) * room.standing
            room.reports = 0


@rule
def judge_returns(s, town, h):
    """At the day's end: standing recovers, and suffers when too many parcels came back.

    standing += recovery (1 - standing); then -= returns_loss x standing x (r - allowed)
    / (1 - allowed), r the share of the day's parcels that come back.
    """
    rules = town.rules[0]
    room = s.rooms[h]
    room.standing += rules.recovery * (1.0 - room.standing)
    if room.parcels > 0 and rules.returns_allowed < 1.0:
        r = np.float64(room.sent_back) / room.parcels
        excess = (r - rules.returns_allowed) / (1.0 - rules.returns_allowed)
        room.standing -= rules.returns_loss * clip(excess, 0.0, 1.0) * room.standing
    room.parcels = 0
    room.sent_back = 0


@rule
def month_income(room):
    """Fen of parcels kept in the last thirty days."""
    total = 0
    for day in range(_MONTH):
        total += int(room.income[day])
    return total


@rule
def set_tier(s, town, log, h, tick):
    """Each morning: the highest tier whose sales of thirty days are reached."""
    room = s.rooms[h]
    income = month_income(room)
    tier = -1
    for t in range(len(town.tiers)):
        if income >= town.tiers[t].sales:
            tier = t
    if tier != room.tier:
        room.tier = tier
        record(log, tick, Kind.TIER, -1, h, -1, tier, income)
    room.income[(tick // _DAY) % _MONTH] = 0
