"""Following, joining the group, unfollowing: hazards driven by trust."""

from __future__ import annotations

import numpy as np

from sim.model.acts import Act
from sim.model.compiled import rule
from sim.model.curves import chance, logistic
from sim.model.events import Kind, record
from sim.model.layout import Relation
from sim.model.phases.group import join_group
from sim.model.rng import Purpose, draw

# how steeply hazards of relations rise in trust
_SLOPE = 14.0


@rule
def set_follower(s, town, log, i, h, tick):
    """Shopper i follows host h from now on."""
    relation = s.relations[i, h]
    relation.kind = relation.kind | Relation.FOLLOWER
    if relation.kept > 0:
        relation.kind = relation.kind | Relation.FAN
    s.rooms[h].followers += 1
    record(log, tick, Kind.FOLLOW, i, h, -1, relation.trust, 0.0)


@rule
def set_stranger(s, log, i, h, tick):
    """Shopper i does not follow host h any more; a member stays one."""
    relation = s.relations[i, h]
    relation.kind = relation.kind & Relation.MEMBER
    s.rooms[h].followers -= 1
    record(log, tick, Kind.UNFOLLOW, i, h, -1, relation.trust, 0.0)


@rule
def maybe_follow(s, town, log, i, h, tick):
    """rate = follow_rate x logistic(14 (trust - follow_bar)) x match, follows a minute."""
    relation = s.relations[i, h]
    if relation.kind & Relation.FOLLOWER:
        return
    rules = town.rules[0]
    luck = draw(s.shoppers[i].luck, tick, Purpose.FOLLOW, h)
    if luck >= chance(rules.follow_rate * np.float64(relation.match), 10.0):
        return
    willing = logistic(_SLOPE * (relation.trust - rules.follow_bar)) * np.float64(relation.match)
    if luck < chance(rules.follow_rate * willing, 10.0):
        set_follower(s, town, log, i, h, tick)


@rule
def willing_to_join(relation, rules):
    """logistic(14 (trust - follow_bar))."""
    return logistic(_SLOPE * (relation.trust - rules.follow_bar))


@rule
def maybe_join(s, town, log, i, h, tick):
    """rate = join_rate x inviting x logistic(14 (trust - follow_bar)), joins a minute."""
    inviting = s.rooms[h].acts[Act.INVITE_GROUP]
    relation = s.relations[i, h]
    if inviting <= 0.0 or relation.kind & Relation.MEMBER:
        return
    rules = town.rules[0]
    rate = rules.join_rate * inviting * willing_to_join(relation, rules)
    if draw(s.shoppers[i].luck, tick, Purpose.JOIN, h) < chance(rate, 10.0):
        join_group(s, town, log, i, h, tick)


@rule
def maybe_unfollow(s, town, log, i, h, tick):
    """A follower gives up with chance unfollow_rate x logistic(14 (unfollow_bar - trust)).

    Asked when they leave a room and when a parcel goes back.
    """
    relation = s.relations[i, h]
    if not relation.kind & Relation.FOLLOWER:
        return
    rules = town.rules[0]
    leaving = rules.unfollow_rate * logistic(_SLOPE * (rules.unfollow_bar - relation.trust))
    if draw(s.shoppers[i].luck, tick, Purpose.UNFOLLOW, h) < leaving:
        set_stranger(s, log, i, h, tick)
