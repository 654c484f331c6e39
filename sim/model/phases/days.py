"""The morning and the end of every day: plans, ageing, rest, relations and the group."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.layout import Place, Relation
from sim.model.phases.calendar import DAY, plan_next_visit
from sim.model.phases.group import care_share, keep_group
from sim.model.phases.relations import set_stranger
from sim.model.phases.standing import judge_returns, set_boost, set_tier
from sim.model.rng import Purpose, draw

# Members whose feedback is as good as that of any larger group.
_ENOUGH_MEMBERS = 30.0
# What is left of a month's spending is a thirtieth more each day.
_MONTH = 30


@rule
def _plan_live(s, town, h, tick):
    """Today's live of host h: neighbours by their schedule; the played host in a single evening."""
    host = town.hosts[h]
    room = s.rooms[h]
    if h == 0 and town.rules[0].days > 1.0:
        return  # planned by a decision
    room.starts = -1
    room.ends = -1
    day = tick // DAY
    if host.starts >= 0 and (day + h) % host.every == 0:
        room.starts = tick + host.starts
        room.ends = tick + host.ends


@rule
def _refill(s, town, h):
    """Neighbours buy again what they sold, so that the street around stays what it is."""
    for p in range(len(town.products)):
        product = town.products[p]
        if product.host == h and s.shelves[p].stock < product.stock:
            units = int(product.stock - s.shelves[p].stock)
            s.shelves[p].stock += units
            s.shelves[p].bought += units
            s.rooms[h].cash -= units * np.int64(product.cost)


@rule
def _age_cards(s, town, tick):
    """fresh = fresh_days / (fresh_days + age in days) for what was published; neighbours renew."""
    half = town.rules[0].fresh_days
    for c in range(int(s.clock[0].cards)):
        card = s.cards[c]
        card.fresh = 1.0
        if half > 0.0 and card.host == 0 and card.live == 0:
            age = (tick - card.published) / 8640.0
            card.fresh = half / (half + age)


@rule
def begin_day(s, town, log, tick):
    """The morning: what the platform gives, what is on today, and everybody's first visit."""
    for h in range(len(town.hosts)):
        room = s.rooms[h]
        set_tier(s, town, log, h, tick)
        set_boost(s, town, h, tick)
        _plan_live(s, town, h, tick)
        room.budget_left = room.budget
        if h > 0 and tick > 0:
            _refill(s, town, h)
        record(log, tick, Kind.DAY, -1, h, -1, tick // DAY, room.cash)
    _age_cards(s, town, tick)
    for i in range(len(s.shoppers)):
        if s.shoppers[i].place == Place.AWAY:
            plan_next_visit(s, town, i, tick - 1)


@rule
def rest_host(s, town, h):
    """A night's rest after the day's work.

    over = max(0, hours worked - partner's hours - easy_hours);
    rest -= strain_rate x over, then += rest_rate (1 - rest); held between 0.3 and 1.
    """
    rules = town.rules[0]
    room = s.rooms[h]
    helped = 0.0
    if room.partner >= 0:
        helped = town.partners[room.partner].hours
    over = max(0.0, room.worked - helped - rules.easy_hours)
    rest = clip(room.rest - rules.strain_rate * over, 0.3, 1.0)
    room.rest = rest + rules.rest_rate * (1.0 - rest)
    room.worked = room.care / 60.0  # care goes on until it is planned otherwise


@rule
def mend_goods(s, town, log, h, tick):
    """What members say is put into the goods, as far as this kind of host can change them.

    quality += feedback_gain x feedback x g x min(1, members / 30) x (1 - quality).
    """
    rules = town.rules[0]
    room = s.rooms[h]
    heard = clip(room.members / _ENOUGH_MEMBERS, 0.0, 1.0) * care_share(room, rules)
    share = clip(rules.feedback_gain * town.hosts[h].feedback * heard, 0.0, 1.0)
    if share <= 0.0:
        return
    for p in range(len(town.products)):
        if town.products[p].host == h:
            shelf = s.shelves[p]
            added = share * (1.0 - shelf.quality)
            shelf.quality += added
            record(log, tick, Kind.IMPROVED, -1, h, p, shelf.quality, added)


@rule
def tire_of_news(s, town, log, i, h, tick):
    """A follower's fatigue after a day: half fades in fatigue_days, each live they were told of
    adds fatigue_gain of what is left; the weary give up with chance fatigue_unfollow x fatigue."""
    rules = town.rules[0]
    relation = s.relations[i, h]
    fatigue = np.float64(relation.fatigue) * rules.fatigue_keep
    starts = int(s.rooms[h].starts)
    if starts >= 0 and starts // DAY == tick // DAY:
        fatigue += rules.fatigue_gain * (1.0 - fatigue)
    relation.fatigue = fatigue
    weary = rules.fatigue_unfollow * fatigue
    if draw(s.shoppers[i].luck, tick, Purpose.WEARY, h) < weary:
        set_stranger(s, log, i, h, tick)


@rule
def forget_host(relation, rules, known, tick):
    """Who did not meet the host today loses forget_rate of the trust above a stranger's."""
    start = rules.trust_start + known
    if relation.trust > start and relation.left >= 0 and tick - relation.left > DAY:
        relation.trust -= rules.forget_rate * (relation.trust - start)


@rule
def end_day_of(s, town, log, i, tick):
    """What a night changes in shopper i: needs come back, money comes in, relations move."""
    rules = town.rules[0]
    shopper = s.shoppers[i]
    shopper.spent -= shopper.spent // _MONTH
    for k in range(len(shopper.need)):
        need = np.float64(shopper.need[k])
        shopper.need[k] = 1.0 - (1.0 - need) * rules.need_keep
    for h in range(len(town.hosts)):
        relation = s.relations[i, h]
        forget_host(relation, rules, town.hosts[h].known, tick)
        if relation.kind & Relation.FOLLOWER:
            tire_of_news(s, town, log, i, h, tick)
        if relation.kind & Relation.MEMBER:
            keep_group(s, town, log, i, h, tick)


@rule
def end_day(s, town, log, tick):
    """The last hour of a day, long after most have gone: hosts first, then people by number."""
    for h in range(len(town.hosts)):
        judge_returns(s, town, h)
        mend_goods(s, town, log, h, tick)
        rest_host(s, town, h)
    for i in range(len(s.shoppers)):
        end_day_of(s, town, log, i, tick)
