"""Whose evening went otherwise: exactly the shoppers whose fate differs between two runs, and why.

    for fate in compare_fates(run_a, run_b):
        print(fate.text("en"))

A fate is what a shopper did in our room and with our parcels, as the events of the two runs tell
it; nothing is estimated. Wording: assets/locale/fates.yaml.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np

from sim.errors import Phrase
from sim.model.events import Kind
from sim.play import branch_reasons_goods as goods
from sim.play.branch_reasons import Reason, why_came, why_stayed
from sim.play.branch_side import Side
from sim.play.branch_words import Clause
from sim.play.run import Run

STAYED_MINUTES = 3.0


class Aspect(StrEnum):
    """In what a fate can differ. Lists of fates are in this order."""

    BOUGHT = "bought"  # True or False, for each product
    KEPT = "kept"  # "kept", "returned" or "open" (not decided yet), for what both ordered
    FOLLOWED = "followed"  # 1 became a follower, -1 stopped following, 0 neither
    JOINED = "joined"  # True or False
    MISSED = "missed"  # True or False: a held-back offer
    QUESTION = "question"  # how the last question ended: "answered", "given_up" or "none"
    CAME = "came"  # True or False
    STAYED = "stayed"  # seconds in our room


@dataclass(frozen=True)
class Fate:
    """What differs for one shopper.

    product    number among our products, or -1
    one, other what happened in the first and in the second run; see Aspect
    tick       when it happened, in the run called yes; for a stay, when the longest stretch began
               that was spent there alone
    since      first tick at which anything was different for this shopper in our room
    yes_first  whether the run called yes in the sentence is the first one
    product_name  the product's name (Words), or None
    """

    shopper: int
    aspect: Aspect
    product: int
    one: Any
    other: Any
    tick: int
    since: int
    yes_first: bool
    reason: Reason
    product_name: Any = None

    @property
    def key(self) -> tuple[int, str, int]:
        """(shopper, aspect, product): no two fates of a comparison share it."""
        return self.shopper, self.aspect.value, self.product

    @property
    def sentence(self) -> str:
        """The name of its sentence in fates.yaml, section `sentence`."""
        if self.aspect == Aspect.FOLLOWED:
            return "followed" if 1 in (self.one, self.other) else "unfollowed"
        if self.aspect == Aspect.KEPT:
            return "kept_open" if "open" in (self.one, self.other) else "kept"
        if self.aspect == Aspect.QUESTION:
            yes, no = (self.one, self.other) if self.yes_first else (self.other, self.one)
            return f"question_{yes}_{no}"
        return self.aspect.value

    def clause(self, one: Any = None, other: Any = None) -> Clause:
        """The sentence, to be worded; `one` and `other` name the runs (this line, the other)."""
        names = (
            Phrase("fates.line.this") if one is None else one,
            Phrase("fates.line.other") if other is None else other,
        )
        yes, no = names if self.yes_first else names[::-1]
        values = {"yes": yes, "no": no, "why": self.reason.clause(yes, no)}
        if self.aspect == Aspect.STAYED:
            values["minutes"] = round(abs(self.one - self.other) / 60.0)
        if self.product_name is not None:
            values["product"] = self.product_name
        return Clause(f"fates.sentence.{self.sentence}", values)

    def text(self, language: str, one: Any = None, other: Any = None) -> str:
        """One plain sentence in "zh" or "en"."""
        return self.clause(one, other).text(language)

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data."""
        return {
            "shopper": self.shopper, "aspect": self.aspect.value, "product": self.product,
            "one": self.one, "other": self.other, "tick": self.tick, "since": self.since,
            "yes_first": self.yes_first, "reason": self.reason.to_data(),
        }  # fmt: skip


# Kinds of events that say what became of somebody, by their number.
_KINDS = tuple(
    int(kind)
    for kind in (
        Kind.ENTER, Kind.LEAVE, Kind.ORDER, Kind.KEEP, Kind.RETURN, Kind.FOLLOW, Kind.UNFOLLOW,
        Kind.JOIN_GROUP, Kind.MISSED_OFFER, Kind.ANSWER, Kind.GIVEN_UP,
    )
)  # fmt: skip
_TELLING = np.isin(np.arange(256), _KINDS)
_TELLING_OF_WEEKS = np.isin(np.arange(256), (*_KINDS, int(Kind.NOTE_ORDER), int(Kind.LEAVE_GROUP)))


def outcomes(
    events: np.ndarray, now: int, weeks: bool = False
) -> dict[int, dict[tuple[Aspect, int], Any]]:
    """What became of each shopper who met our room: {shopper: {(aspect, product): outcome}}.

    events: of our room. now: the tick reached, for those who are still there. weeks: what is bought
    from a note counts as bought, and who left the group has not joined. What is not listed is
    False, 0 or "none".
    """
    found: dict[int, dict[tuple[Aspect, int], Any]] = defaultdict(dict)
    entered: dict[int, int] = {}
    telling = _TELLING_OF_WEEKS if weeks else _TELLING
    told = events[(events["shopper"] >= 0) & telling[events["kind"]]]
    columns = [told[name].tolist() for name in ("tick", "kind", "shopper", "product", "value")]
    for tick, number, shopper, product, value in zip(*columns, strict=True):
        mine, kind = found[shopper], Kind(number)
        if kind == Kind.ENTER:
            mine[Aspect.CAME, -1] = True
            entered[shopper] = tick
        elif kind == Kind.LEAVE:
            mine[Aspect.STAYED, -1] = mine.get((Aspect.STAYED, -1), 0.0) + value
            entered.pop(shopper, None)
        elif kind in (Kind.ORDER, Kind.NOTE_ORDER):
            mine[Aspect.BOUGHT, product] = True
            mine[Aspect.KEPT, product] = "open"
        elif kind in (Kind.KEEP, Kind.RETURN):
            mine[Aspect.KEPT, product] = "kept" if kind == Kind.KEEP else "returned"
        elif kind in (Kind.FOLLOW, Kind.UNFOLLOW):
            change = 1 if kind == Kind.FOLLOW else -1
            mine[Aspect.FOLLOWED, -1] = mine.get((Aspect.FOLLOWED, -1), 0) + change
        elif kind in (Kind.JOIN_GROUP, Kind.LEAVE_GROUP):
            mine[Aspect.JOINED, -1] = kind == Kind.JOIN_GROUP
        elif kind == Kind.MISSED_OFFER:
            mine[Aspect.MISSED, -1] = True
        elif kind in (Kind.ANSWER, Kind.GIVEN_UP):
            mine[Aspect.QUESTION, -1] = "answered" if kind == Kind.ANSWER else "given_up"
    for shopper, tick in entered.items():
        mine = found[shopper]
        mine[Aspect.STAYED, -1] = mine.get((Aspect.STAYED, -1), 0.0) + (now - tick) * 10.0
    return found


_NOTHING = {
    Aspect.BOUGHT: False, Aspect.FOLLOWED: 0, Aspect.JOINED: False, Aspect.MISSED: False,
    Aspect.QUESTION: "none", Aspect.CAME: False, Aspect.STAYED: 0.0,
}  # fmt: skip


def differences(
    run_a: Run, run_b: Run, stayed_minutes: float = STAYED_MINUTES
) -> list[tuple[int, Aspect, int, Any, Any]]:
    """(shopper, aspect, product, in the first run, in the second) of every fate that differs.

    Returns and lengths of stay are compared only where both runs have an order or a visit.
    """
    weeks = run_a.scenario.campaign is not None
    one, other = (outcomes(run.events(), run.tick, weeks) for run in (run_a, run_b))
    found = []
    for shopper in one.keys() | other.keys():
        here, there = one.get(shopper, {}), other.get(shopper, {})
        for aspect, product in here.keys() | there.keys():
            key = (aspect, product)
            if aspect in (Aspect.KEPT, Aspect.STAYED) and not (key in here and key in there):
                continue
            a, b = (side.get(key, _NOTHING.get(aspect)) for side in (here, there))
            near = aspect == Aspect.STAYED and abs(a - b) < 60.0 * stayed_minutes
            if a != b and not near:
                found.append((shopper, aspect, product, a, b))
    order = list(Aspect)
    return sorted(found, key=lambda item: (order.index(item[1]), item[0], item[2]))


def compare_fates(
    run_a: Run,
    run_b: Run,
    *,
    stayed_minutes: float = STAYED_MINUTES,
    start: Run | None = None,
    sides: tuple[Side, Side] | None = None,
) -> list[Fate]:
    """Every fate that differs between two runs of the same crowd, each with its reason.

    Both runs should stand at the same tick. start: a run at a moment that both have in common,
    to save time. sides: the two already watched. ValueError for different crowds.
    """
    if run_a.seed != run_b.seed or run_a.scenario.hash != run_b.scenario.hash:
        raise ValueError("only runs of the same crowd in the same scenario can be compared")
    found = differences(run_a, run_b, stayed_minutes)
    if not found:
        return []
    one, other = sides or (Side(run_a, start=start), Side(run_b, start=start))
    since = {shopper: _parting(one, other, shopper) for shopper in {item[0] for item in found}}
    products = run_a.scenario.host.products
    fates = []
    for shopper, aspect, product, a, b in found:
        yes_first = _happened_first(aspect, a, b)
        yes, no = (one, other) if yes_first else (other, one)
        tick, reason = _why(yes, no, shopper, aspect, product, a if yes_first else b)
        name = products[product].name if product >= 0 else None
        fates.append(
            Fate(shopper, aspect, product, a, b, tick, since[shopper], yes_first, reason, name)
        )
    return fates


def _happened_first(aspect: Aspect, a: Any, b: Any) -> bool:
    """Whether it is the first run in which what the sentence tells happened."""
    if aspect == Aspect.FOLLOWED:
        return a != 0
    if aspect in (Aspect.KEPT, Aspect.QUESTION):
        order = ("kept", "returned", "open", "answered", "given_up", "none")
        return order.index(a) < order.index(b)
    return a > b


def _why(
    yes: Side, no: Side, shopper: int, aspect: Aspect, product: int, outcome: Any
) -> tuple[int, Reason]:
    """(tick at which it happened in `yes`, why not in `no`)."""
    kinds = {
        Aspect.BOUGHT: (Kind.ORDER,), Aspect.KEPT: (Kind.KEEP, Kind.RETURN),
        Aspect.FOLLOWED: (Kind.FOLLOW,) if outcome == 1 else (Kind.UNFOLLOW,),
        Aspect.JOINED: (Kind.JOIN_GROUP,), Aspect.MISSED: (Kind.MISSED_OFFER,),
        Aspect.QUESTION: (Kind.ANSWER,) if outcome == "answered" else (Kind.GIVEN_UP,),
        Aspect.CAME: (Kind.ENTER,), Aspect.STAYED: (Kind.ENTER,),
    }[aspect]  # fmt: skip
    events = yes.events_of(shopper, *kinds)
    if product >= 0:
        events = events[events["product"] == product]
    # what a question or a relation came to is told by its last event
    last = aspect in (Aspect.FOLLOWED, Aspect.QUESTION)
    event = events[-1 if last else 0]
    tick = int(event["tick"])
    if aspect == Aspect.BOUGHT:
        return tick, goods.why_bought(yes, no, shopper, product, tick)
    if aspect == Aspect.KEPT:
        return tick, goods.why_kept(yes, no, shopper, product)
    if aspect == Aspect.FOLLOWED:
        why = goods.why_followed if outcome == 1 else goods.why_unfollowed
        return tick, why(yes, no, shopper, tick)
    if aspect == Aspect.JOINED:
        return tick, goods.why_joined(yes, no, shopper, tick)
    if aspect == Aspect.MISSED:
        return tick, goods.why_missed(yes, no, shopper, int(event["product"]), tick)
    if aspect == Aspect.QUESTION:
        return tick, _why_question(yes, no, shopper, tick, outcome)
    if aspect == Aspect.CAME:
        return tick, why_came(yes, no, shopper, tick)
    return why_stayed(yes, no, shopper)


def _why_question(yes: Side, no: Side, shopper: int, tick: int, outcome: str) -> Reason:
    if len(no.events_of(shopper, Kind.ANSWER, Kind.GIVEN_UP)):
        return goods.why_answered(yes, no, shopper, tick)
    asked = yes.events_of(shopper, Kind.COMMENT)["tick"]
    return goods.why_asked(yes, no, shopper, int(asked[asked <= tick][-1]))


_COMPARED = ("product", "inside", "door", "asking", "kind", "missed", "spent", "temper", "arousal",
             "pressure", "trust", "information", "reference")  # fmt: skip


def _parting(one: Side, other: Side, shopper: int) -> int:
    """The first tick at which a shopper's state in our room, or an event there, differs."""
    here, there = one.rows_of(shopper)[0], other.rows_of(shopper)[0]
    count = min(len(here), len(there))
    same = here["tick"][:count] == there["tick"][:count]
    for name in _COMPARED:
        same &= here[name][:count] == there[name][:count]
    equal = _first_false(same)
    ticks = [int(rows["tick"][equal]) for rows in (here, there) if len(rows) > equal]
    a, b = one.events_of(shopper), other.events_of(shopper)
    count = min(len(a), len(b))
    equal = _first_false(a[:count] == b[:count])
    ticks += [int(events["tick"][equal]) for events in (a, b) if len(events) > equal]
    return min(ticks, default=one.since)


def _first_false(values: np.ndarray) -> int:
    """The place of the first False, or the length when there is none."""
    wrong = np.flatnonzero(~values)
    return int(wrong[0]) if len(wrong) else len(values)
