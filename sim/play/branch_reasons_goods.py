"""Why somebody bought, kept, followed, joined, missed an offer or was answered in one line only."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.model.acts import Act
from sim.model.decisions import AnswerShopper
from sim.model.events import Kind, Lack
from sim.play.branch_again import (
    ORDER_INGREDIENTS,
    PARCEL_INGREDIENTS,
)
from sim.play.branch_reasons import Reason, teaching, why_not_there, why_trust
from sim.play.branch_side import Side
from sim.play.branch_words import about

_ASK = (Act.PROMPT, Act.POLL)


# -- wanting ----------------------------------------------------------------------------------
def why_bought(yes: Side, no: Side, shopper: int, product: int, tick: int) -> Reason:
    """Why a shopper ordered a product at a tick in `yes` and never in `no`."""
    absent = why_not_there(yes, no, shopper, tick)
    if absent is not None:
        return absent
    if int(no.witness.room(tick)["product"]) != product:
        name = yes.run.scenario.host.products[product].name
        return Reason("not_on_show", {"product": name})
    if no.happened(shopper, Kind.SOLD_OUT, tick):
        return Reason("sold_out")
    if no.happened(shopper, Kind.MISSED_OFFER, tick):
        return Reason("offer_gone")
    return why_wanted(yes, no, shopper, product, tick)


def why_wanted(yes: Side, no: Side, shopper: int, product: int, tick: int) -> Reason:
    """Which one thing, as it was in `yes`, would have made this shopper order in `no` as well.

    The shopper is asked again at that tick, with their own luck. First choice is what would have
    sufficed in `no` and was needed in `yes`; then what sufficed; then what was needed.
    """
    here = yes.again.ingredients_of(yes.witness, shopper, tick)
    there = no.again.ingredients_of(no.witness, shopper, tick)
    if here is None or there is None:
        return Reason("several")

    def asked(side: Side, mixed: dict[str, Any]) -> bool:
        return side.again.orders(shopper, tick, product, mixed)

    differing = [name for name in ORDER_INGREDIENTS if here[name] != there[name]]
    enough = [name for name in differing if asked(no, {**there, name: here[name]})]
    needed = [name for name in differing if not asked(yes, {**here, name: there[name]})]
    both = [name for name in enough if name in needed]
    for choice in (both, enough, needed):
        if choice:
            return _ingredient(choice[0], here, there, yes, no, shopper, product, tick)
    return Reason("several")


def _ingredient(
    name: str, here: dict, there: dict, yes: Side, no: Side, shopper: int, product: int, tick: int
) -> Reason:
    more = name != "price" and here[name] > there[name]
    if name == "price":
        return Reason("offer" if here["price"][1] and not there["price"][1] else "cheaper")
    if name == "information":
        return why_knew(yes, no, shopper, product, tick) if more else Reason("knew_less")
    if name == "pressure":
        return Reason("hurried" if more else "pushed_less")
    if name == "arousal":
        return Reason("excited")
    if name == "reference":
        marked = _time_on(yes, shopper, tick, Act.MARK_UP_THEN_CUT)
        talked_up = more and marked > _time_on(no, shopper, tick, Act.MARK_UP_THEN_CUT)
        return Reason("believed_markup" if talked_up else "price_felt_fair")
    if name == "trust":
        return why_trust(yes, no, shopper, tick)
    return Reason("money_left" if name == "spent" else "searching")


def _time_on(side: Side, shopper: int, tick: int, act: int) -> float:
    """Ticks that our host spent on an act while a shopper was there, up to a tick."""
    rows, _ = side.rows_of(shopper)
    ticks = rows["tick"][(rows["began"] == 1) & (rows["tick"] <= tick)]
    return sum(side.share(int(at), act) for at in ticks)


def why_knew(yes: Side, no: Side, shopper: int, product: int, tick: int) -> Reason:
    """Where a shopper's better knowledge of a product in `yes` came from."""
    answers = _answers(yes, shopper, product, tick)
    if len(answers) > len(_answers(no, shopper, product, tick)):
        answer = answers[-1]
        return Reason(
            "knew_answered",
            {"about": _about_before(yes, shopper, int(answer["tick"])),
             "seconds": int(answer["value"])},
        )  # fmt: skip
    ticks, told, shown = teaching(yes, shopper, tick, product)
    others = teaching(no, shopper, tick, product)
    if (told, shown) == others[1:]:
        return Reason("knew_note")
    if ticks - others[0] >= 6:
        return Reason("knew_longer", {"minutes": max(1, round((ticks - others[0]) / 6))})
    closer = shown - others[2] > (told - others[1]) / 2
    return Reason("knew_closeup" if closer else "knew_explained")


def _answers(side: Side, shopper: int, product: int, tick: int) -> np.ndarray:
    events = side.events_of(shopper, Kind.ANSWER)
    return events[(events["tick"] <= tick) & (events["product"] == product)]


def _about_before(side: Side, shopper: int, tick: int) -> Any:
    comments = side.events_of(shopper, Kind.COMMENT)
    asked = comments[(comments["tick"] <= tick) & (comments["value"] != Lack.CHATTER)]
    return about(int(asked[-1]["value"]) if len(asked) else Lack.FIT)


# -- parcels ----------------------------------------------------------------------------------
def order_of(side: Side, shopper: int, product: int) -> np.void | None:
    """A shopper's order of a product in the order book, or None."""
    orders = side.witness.orders
    mine = orders[(orders["shopper"] == shopper) & (orders["product"] == product)]
    return mine[0] if len(mine) else None


def why_kept(yes: Side, no: Side, shopper: int, product: int) -> Reason:
    """Why a parcel that was ordered in both lines was kept in `yes` and not in `no`."""
    kept, sent = order_of(yes, shopper, product), order_of(no, shopper, product)
    if kept is None or sent is None or not no.again.parcel(sent)[1]:
        return Reason("parcel_not_opened")
    differing = [name for name in PARCEL_INGREDIENTS if kept[name] != sent[name]]
    enough = [
        name for name in differing if not no.again.parcel(sent, **{name: float(kept[name])})[1]
    ]
    needed = [name for name in differing if yes.again.parcel(kept, **{name: float(sent[name])})[1]]
    both = [name for name in enough if name in needed]
    for choice in (both, enough, needed):
        if choice:
            name = "expected_less" if choice[0] == "expectation" else choice[0]
            return Reason(f"parcel_{name}")
    return Reason("parcel_several")


# -- relations --------------------------------------------------------------------------------
def why_followed(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a shopper who began to follow us at a tick in `yes` does not follow us in `no`."""
    gave_up = no.events_of(shopper, Kind.UNFOLLOW)
    if len(gave_up) and len(no.events_of(shopper, Kind.FOLLOW)):
        return why_unfollowed(no, yes, shopper, int(gave_up[-1]["tick"])).other_way()
    parcels = yes.events_of(shopper, Kind.KEEP)
    kept = parcels[parcels["tick"] == tick]
    if len(kept):
        product = int(kept[0]["product"])
        name = yes.run.scenario.host.products[product].name
        ordered = order_of(no, shopper, product) is not None
        return Reason("parcel_sent_back" if ordered else "no_parcel", {"product": name})
    return why_not_there(yes, no, shopper, tick) or why_trust(yes, no, shopper, tick)


def why_unfollowed(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a follower who gave up at a tick in `yes` still follows us in `no`."""
    returned = yes.events_of(shopper, Kind.RETURN)
    back = returned[returned["tick"] == tick]
    if len(back):
        name = yes.run.scenario.host.products[int(back[0]["product"])].name
        return Reason("return_cost_trust", {"product": name})
    return why_trust(no, yes, shopper, tick).other_way()


def why_joined(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a shopper joined the group at a tick in `yes` and not in `no`."""
    absent = why_not_there(yes, no, shopper, tick)
    if absent is not None:
        return absent
    if no.share(tick, Act.INVITE_GROUP) <= 0.0:
        return Reason("not_invited")
    return why_trust(yes, no, shopper, tick)


# -- offers and questions ---------------------------------------------------------------------
def why_missed(yes: Side, no: Side, shopper: int, product: int, tick: int) -> Reason:
    """Why a shopper missed a held-back offer at a tick in `yes` and none in `no`."""
    absent = why_not_there(yes, no, shopper, tick)
    if absent is not None:
        return absent
    if int(no.witness.room(tick)["offer_tick"]) != tick:
        return Reason("offer_only")
    if no.happened(shopper, Kind.ORDER, tick):
        return Reason("offer_got")
    if int(no.witness.room(tick)["product"]) != product:
        name = yes.run.scenario.host.products[product].name
        return Reason("not_on_show", {"product": name})
    return why_wanted(yes, no, shopper, product, tick)


def why_asked(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a shopper asked something at a tick in `yes` and nothing in `no`."""
    absent = why_not_there(yes, no, shopper, tick)
    if absent is not None:
        return absent
    invited = [sum(side.share(tick, act) for act in _ASK) for side in (yes, no)]
    return Reason("asked_invited" if invited[0] > invited[1] else "asked_warmer")


def why_answered(yes: Side, no: Side, shopper: int, tick: int) -> Reason:
    """Why a question was answered at a tick in `yes` and another, or the same, given up in `no`."""
    given_up = int(no.events_of(shopper, Kind.GIVEN_UP)["tick"][-1])
    if any(step[1] == AnswerShopper(shopper) for step in yes.run.decisions):
        return Reason("answered_first")
    left = [visit for visit in no.visits(shopper) if visit.leave == given_up]
    if left:
        absent = why_not_there(yes, no, shopper, max(tick, given_up))
        if absent is not None:
            return absent
    share = [_answering(side, tick) for side in (yes, no)]
    return Reason("answered_more" if share[0] > share[1] else "answered_queue")


def _answering(side: Side, tick: int) -> float:
    """Mean share of answering in the minutes before a tick, with what went into explaining."""
    mixes = [side.witness.room(at) for at in range(tick - 17, tick + 1)]
    return float(np.mean([room["mix"][Act.ANSWER] for room in mixes if room is not None] or [0.0]))
