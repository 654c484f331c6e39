"""Comments under notes: who still has a question asks it, and care for the account answers."""

from __future__ import annotations

import numpy as np

from sim.model.compiled import rule
from sim.model.curves import chance, logistic
from sim.model.events import Kind, record
from sim.model.phases.feelings import gain_trust, lose_trust
from sim.model.phases.group import care_share
from sim.model.phases.knowing import believed_fit, certainty_of
from sim.model.rng import Purpose, draw

# Neighbours plan no days; they answer every second comment under their notes.
_NEIGHBOURS_ANSWER = 0.5


@rule
def fits_best(s, i, c):
    """The place on note c of the product that matches shopper i best; the first of equals."""
    card = s.cards[c]
    best = 0
    for k in range(card.products):
        here = s.knowledge[i, card.product[k]].match
        if here > s.knowledge[i, card.product[best]].match:
            best = k
    return best


@rule
def answered_share(s, town, h):
    """Share of comments that get an answer: g of the day's care, the same that keeps the group."""
    if h > 0:
        return _NEIGHBOURS_ANSWER
    return care_share(s.rooms[h], town.rules[0])


@rule
def maybe_comment_note(s, town, log, i, h, c, seconds, tick):
    """Shopper i, who read note c for some seconds, may ask about the product that fits best.

    rate = chattiness x note_talk x (1 - c) x logistic(talk_slope (m + T - talk_bar)) a minute: what
    is still open and already wanted is asked. It counts as engagement of the card. With chance g it
    is answered that day: p += answer_gain, trust is won by answer_trust x the host's voice; else
    the share note_ignored of trust is lost.
    """
    rules = town.rules[0]
    shopper = s.shoppers[i]
    most = np.float64(shopper.chattiness) * rules.note_talk
    luck = draw(shopper.luck, tick, Purpose.NOTE_COMMENT, c)
    if luck >= chance(most, seconds):
        return
    relation = s.relations[i, h]
    p = int(s.cards[c].product[fits_best(s, i, c)])
    knowledge = s.knowledge[i, p]
    certainty = certainty_of(knowledge.information, town.products[p].complexity)
    belief = believed_fit(knowledge, rules, certainty)
    warmth = logistic(rules.talk_slope * (belief + relation.trust - rules.talk_bar))
    if luck >= chance(most * (1.0 - certainty) * warmth, seconds):
        return
    s.cards[c].comments += 1
    answered = draw(shopper.luck, tick, Purpose.NOTE_ANSWER, c) < answered_share(s, town, h)
    if answered:
        knowledge.information += rules.answer_gain
        gain_trust(relation, rules.answer_trust * s.rooms[h].voice)
    else:
        lose_trust(relation, rules.note_ignored)
    record(log, tick, Kind.NOTE_COMMENT, i, h, p, c, np.float64(answered))
