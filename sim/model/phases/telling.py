"""Word of mouth: who is pleased or cheated tells somebody, who believes it a little."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import clip
from sim.model.events import Kind, record
from sim.model.phases.feelings import gain_trust, lose_trust
from sim.model.rng import Purpose, draw

_DAY = 8640


@rule
def tell_friend(s, town, log, o, felt, tick):
    """The buyer of order o tells one friend, drawn evenly, with chance tell_rate |f|.

    felt f in -1..1. Good: the friend learns tell_gain f x match of the product and trusts
    tell_trust f more; bad: the friend loses the share tell_trust |f| of trust. A friend who does
    not know the street yet comes tomorrow when the tale is good.
    """
    rules = town.rules[0]
    order = s.orders[o]
    i = int(order.shopper)
    p = int(order.product)
    luck = s.shoppers[i].luck
    strength = clip(abs(felt), 0.0, 1.0)
    if draw(luck, tick, Purpose.TELL, p) >= rules.tell_rate * strength:
        return
    friend = int(draw(luck, tick, Purpose.FRIEND, p) * len(s.shoppers))
    if friend == i:
        return
    h = int(town.products[p].host)
    relation = s.relations[friend, h]
    if felt > 0.0:
        knowledge = s.knowledge[friend, p]
        knowledge.information += rules.tell_gain * strength * np.float64(knowledge.match)
        gain_trust(relation, rules.tell_trust * strength)
        tomorrow = tick // _DAY + 1
        if s.shoppers[friend].arrives > tomorrow:
            s.shoppers[friend].arrives = tomorrow
        record(log, tick, Kind.TELL, i, h, p, 1.0, friend)
    else:
        lose_trust(relation, rules.tell_trust * strength)
        record(log, tick, Kind.TELL, i, h, p, -1.0, friend)
