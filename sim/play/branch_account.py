"""What each ten seconds in our room did to somebody, taken apart by the model's own rules.

Every part is what a rule of the model makes of one ingredient alone, the others being absent: the
rule itself is called, with zeros elsewhere. No rule is written down a second time here.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.model.acts import ACTS, Act
from sim.model.compiled import rule
from sim.model.decisions import PLAYED
from sim.model.layout import KNOWLEDGE, RELATION, ROOM, SHOPPER
from sim.model.phases.feelings import judge_host, spend_temper
from sim.model.phases.knowing import believed_fit, certainty_of, learn
from sim.model.phases.wanting import need_met, searched_for, sees_through, wanting_terms
from sim.play.branch_witness import Witness
from sim.play.somebody import WANTING_TERMS

# Seconds of patience won (or lost, when negative).
PATIENCE_PARTS = (
    "learning", "liking", "story", "excitement", "bargain", "boredom", "pressure", "waiting",
)  # fmt: skip
# Trust won or lost while nothing else happened.
TRUST_PARTS = ("story", "learning", "pressure", "trick")

ACCOUNT = np.dtype(
    [
        ("time", "<f8"),  # seconds of patience that the time itself takes
        ("patience", "<f8", (len(PATIENCE_PARTS),)),
        ("trust", "<f8", (len(TRUST_PARTS),)),
        ("terms", "<f8", (len(WANTING_TERMS),)),  # of wanting what is on show, at the price asked
        ("learned", "<f8"),  # information won from what was said to all
        ("answered", "u1"),  # 1 when this tick brought an answer
        ("sees", "u1"),  # 1 when a price game was seen through
    ]
)

_ENDLESS = 1e6  # patience so large that nothing is cut off at its top
_NOT_ASKING = -1


class _Scratch(NamedTuple):
    """Records to try a rule on; one of each."""

    shopper: np.ndarray
    relation: np.ndarray
    knowledge: np.ndarray
    room: np.ndarray


def _scratch() -> _Scratch:
    records = (SHOPPER, RELATION, KNOWLEDGE, ROOM)
    return _Scratch(*(np.zeros(1, dtype=record).view(np.recarray) for record in records))


def _acts(*acts: Act) -> np.ndarray:
    """Which acts go on while a part is taken."""
    mask = np.zeros(len(ACTS), dtype=np.uint8)
    mask[list(acts)] = 1
    return mask


# One row a part, in the order of PATIENCE_PARTS; the last is nothing but the time itself.
_PATIENCE_ACTS = np.array(
    [
        _acts(), _acts(), _acts(Act.STORY), _acts(), _acts(Act.HOLD_BACK, Act.GIVEAWAY),
        _acts(Act.EXPLAIN, Act.DETAIL), _acts(), _acts(), _acts(),
    ]
)  # fmt: skip
_TIME = len(PATIENCE_PARTS)
_LEARNING, _LIKING, _EXCITEMENT, _BOREDOM, _PRESSURE, _WAITING = (
    PATIENCE_PARTS.index(name)
    for name in ("learning", "liking", "excitement", "boredom", "pressure", "waiting")
)
# In the order of TRUST_PARTS.
_TRUST_ACTS = np.array([_acts(Act.STORY), _acts(), _acts(), _acts(Act.MARK_UP_THEN_CUT)])
_TRUST_LEARNING, _TRUST_PRESSURE, _TRUST_TRICK = 1, 2, 3


@rule
def _patience_parts(scratch, row, room, rules, learned, certainty, waiting, parts):
    """Fills the parts of PATIENCE_PARTS for one row; returns what the time itself takes.

    One part at a time is what the rule makes of its ingredient, all others being zero.
    """
    shopper, relation, quiet = scratch.shopper[0], scratch.relation[0], scratch.room[0]
    time = 0.0
    for k in range(_TIME + 1):
        part = _TIME - k  # the time first, because it is in every part
        for a in range(len(quiet.acts)):
            quiet.acts[a] = room.acts[a] * _PATIENCE_ACTS[part, a]
        shopper.temper = 0.0
        shopper.patience = _ENDLESS
        shopper.arousal = row.arousal if part == _EXCITEMENT else 0.0
        shopper.pressure = row.pressure if part == _PRESSURE else 0.0
        shopper.asked = 0 if part == _WAITING and waiting else _NOT_ASKING
        relation.trust = row.trust if part == _LIKING else 0.0
        news = learned if part == _LEARNING else 0.0
        known = certainty if part == _BOREDOM else 0.0
        spend_temper(shopper, relation, quiet, rules, news, known)
        if part == _TIME:
            time = shopper.temper
        else:
            parts[part] = shopper.temper - time
    return time


@rule
def _trust_parts(scratch, row, room, rules, learned, sees, parts):
    """Fills the parts of TRUST_PARTS for one row, one at a time like those of patience."""
    shopper, relation, quiet = scratch.shopper[0], scratch.relation[0], scratch.room[0]
    for part in range(len(parts)):
        for a in range(len(quiet.acts)):
            quiet.acts[a] = room.acts[a] * _TRUST_ACTS[part, a]
        shopper.pressure = row.pressure if part == _TRUST_PRESSURE else 0.0
        relation.trust = row.trust_before
        news = learned if part == _TRUST_LEARNING else 0.0
        judge_host(shopper, relation, quiet, rules, news, sees and part == _TRUST_TRICK)
        parts[part] = relation.trust - row.trust_before


@rule
def _wanting_parts(scratch, row, town, price, parts):
    """Fills the parts of WANTING_TERMS for one row, as the tick left things."""
    rules = town.rules[0]
    shopper, relation, knowledge = scratch.shopper[0], scratch.relation[0], scratch.knowledge[0]
    product = town.products[row.product]
    shopper.spent = row.spent
    for k in range(len(row.need)):
        shopper.need[k] = row.need[k]
    shopper.arousal = row.arousal
    shopper.pressure = row.pressure
    relation.trust = row.trust
    knowledge.information = row.information
    knowledge.reference = row.reference
    certainty = certainty_of(knowledge.information, product.complexity)
    belief = believed_fit(knowledge, rules, certainty)
    searched = searched_for(row, product)
    met = need_met(shopper, product)
    terms = wanting_terms(
        shopper, relation, knowledge, rules, price, belief, certainty, searched, met
    )
    parts[0] = terms[0]
    parts[1] = terms[1]
    parts[2] = terms[2]
    parts[3] = terms[3]
    parts[4] = terms[4]
    parts[5] = terms[5]
    parts[6] = terms[6]
    parts[7] = terms[7]
    parts[8] = terms[8]


@rule
def _account_rows(rows, rooms, prices, places, s, town, scratch, out):
    """Fills `out`, one record a row; places: of each row's tick among rooms and prices.

    Rows of people who left hold no parts: what they felt last is not known any more.
    """
    rules = town.rules[0]
    for n in range(len(rows)):
        row = rows[n]
        account = out[n]
        i = int(row.shopper)
        p = int(row.product)
        if row.inside == 0:
            continue
        room = rooms[places[n]]
        scratch.shopper[0] = s.shoppers[i]
        scratch.relation[0] = s.relations[i, PLAYED]
        scratch.knowledge[0] = s.knowledge[i, p]
        scratch.relation[0].missed = row.missed
        scratch.relation[0].kind = row.kind
        if row.began == 1:
            knowledge = scratch.knowledge[0]
            product = town.products[p]
            knowledge.information = row.information_before
            certainty = 0.0
            learned = 0.0
            for attempt in range(2):
                if attempt == 1:
                    # more came than was told to all: an answer
                    if row.information - knowledge.information <= 0.5 * rules.answer_gain:
                        break
                    account.answered = 1
                    knowledge.information = row.information_before + rules.answer_gain
                certainty = certainty_of(knowledge.information, product.complexity)
                learned = learn(knowledge, room, town.hosts[PLAYED], product, rules, certainty)
            account.learned = learned
            marking = room.acts[Act.MARK_UP_THEN_CUT] > 0.0
            sees = marking and sees_through(s.shoppers[i], p)
            if sees:
                account.sees = 1
            waiting = row.asking_before == 1 and account.answered == 0
            account.time = _patience_parts(
                scratch, row, room, rules, learned, certainty, waiting, account.patience
            )
            _trust_parts(scratch, row, room, rules, learned, sees, account.trust)
        _wanting_parts(scratch, row, town, prices[places[n], p], account.terms)


def account(witness: Witness, places: np.ndarray | None = None) -> np.ndarray:
    """The parts of each row of a witness (dtype ACCOUNT), or of the rows at some places."""
    rows = witness.rows if places is None else witness.rows[places]
    out = np.zeros(len(rows), dtype=ACCOUNT)
    if len(rows):
        with np.errstate(over="ignore"):
            _account_rows(
                np.ascontiguousarray(rows).view(np.recarray),
                witness.rooms.view(np.recarray),
                witness.prices,
                np.searchsorted(witness.room_ticks, rows["tick"]),
                witness.world.state(0),
                witness.world.town,
                _scratch(),
                out.view(np.recarray),
            )
    return out
