"""The group chat of a host: a night's cooling, and what a day's care gives its members."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.layout import Relation
from sim.model.phases.feelings import gain_trust
from sim.model.rng import Purpose, draw

# Messages a day that nobody minds, the warmth with which one joins, and below which one may leave.
_WELCOME_MESSAGES = 2
JOINING_WARMTH = 0.5
_LEAVING_WARMTH = 0.2


@rule
def join_group(s, town, log, i, h, tick):
    """Shopper i is a member of host h's group from now on."""
    relation = s.relations[i, h]
    relation.kind = relation.kind | Relation.MEMBER
    relation.warmth = JOINING_WARMTH
    s.rooms[h].members += 1
    record(log, tick, Kind.JOIN_GROUP, i, h, -1, relation.trust, 0.0)


@rule
def care_share(room, rules):
    """g = care / (care + care_half): how much of the good of care is done; 0..1."""
    return room.care / (room.care + rules.care_half)


@rule
def keep_group(s, town, log, i, h, tick):
    """One day of member i: warmth, trust, what members tell each other, and perhaps leaving.

    warmth += care_gain g (1 - w) - cool_rate (1 - g) w - spam_loss (messages - 2) w;
    trust is won by group_trust g w; p += share_gain g w match for a product of the host that
    members have kept and, in sum, like; at w < 0.2 one leaves with chance leave_rate (1 - w / 0.2).
    """
    rules = town.rules[0]
    relation = s.relations[i, h]
    room = s.rooms[h]
    g = care_share(room, rules)
    w = np.float64(relation.warmth)
    spam = rules.spam_loss * max(0, int(room.messages) - _WELCOME_MESSAGES)
    w = w + rules.care_gain * g * (1.0 - w) - clip(rules.cool_rate * (1.0 - g) + spam, 0.0, 1.0) * w
    w = clip(w, 0.0, 1.0)
    relation.warmth = w
    gain_trust(relation, rules.group_trust * g * w)
    hear_members(s, town, i, h, g * w, tick)
    if w < _LEAVING_WARMTH:
        leaves = rules.leave_rate * (1.0 - w / _LEAVING_WARMTH)
        if draw(s.shoppers[i].luck, tick, Purpose.LEAVE_GROUP, h) < leaves:
            relation.kind = relation.kind & ~np.int64(Relation.MEMBER)
            relation.warmth = 0.0
            room.members -= 1
            record(log, tick, Kind.LEAVE_GROUP, i, h, -1, w, 0.0)


@rule
def hear_members(s, town, i, h, heard, tick):
    """Member i hears what another thinks of one product of host h, drawn evenly.

    p += share_gain x heard x match when members are pleased with it in sum; otherwise nothing.
    """
    gain = town.rules[0].share_gain * heard
    if gain <= 0.0:
        return
    first = -1
    count = 0
    for p in range(len(town.products)):
        if town.products[p].host == h:
            if first < 0:
                first = p
            count += 1
    p = first + int(draw(s.shoppers[i].luck, tick, Purpose.SHARE, h) * count)
    if s.shelves[p].shared > 0 and s.shelves[p].pleased > 0.0:
        knowledge = s.knowledge[i, p]
        knowledge.information += gain * np.float64(knowledge.match)
