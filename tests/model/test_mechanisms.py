"""Each mechanism can be switched off, and then its effect is gone and nothing crashes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from sim.model.acts import Act
from sim.model.decisions import SetMix, SetTactic
from sim.model.events import Kind
from sim.model.layout import Relation
from sim.model.phases.wanting import natural_reference
from sim.play.run import Run
from sim.scenario.mechanisms import SWITCHES
from tests.model.campaigns import play_days, small_campaign
from tests.model.streets import busy_street

# a host who does a little of everything, so that every mechanism has something to do
_MIX = {
    "explain": 0.10, "detail": 0.06, "answer": 0.10, "prompt": 0.08, "poll": 0.05, "story": 0.06,
    "hype": 0.11, "countdown": 0.11, "mark_up_then_cut": 0.10, "hold_back": 0.10, "giveaway": 0.05,
    "honest_discount": 0.03, "invite_group": 0.05,
}  # fmt: skip
_EASY = {
    "shoppers": 1200,  # enough that a mechanism shows through luck
    "street__mechanisms__want_bar": 0.6,
    "street__mechanisms__hold_cycle": 40.0,
    "street__mechanisms__follow_bar": 0.4,
    "street__mechanisms__unfollow_bar": 0.5,
}


@cache
def played(switch: str | None) -> tuple[Run, tuple[int, ...]]:
    """The whole run, and (viewers, arousal, pressure ...) seen half way."""
    off = {} if switch is None else {"switch_off": [switch]}
    run = Run(busy_street(**_EASY, **off), 4)
    run.decide(SetMix(dict(_MIX)))
    run.advance_ticks(150)
    people = run.world.state(0).shoppers
    half_way = (people["arousal"].max(), people["pressure"].max(), run.world.state(0).rooms[0])
    run.finish()
    return run, half_way


def _count(run: Run, kind: Kind) -> int:
    return int((run.events()["kind"] == kind).sum())


def _state(run: Run):
    return run.world.state(0)


def _highest_mark_up(run: Run) -> float:
    """How far reference prices were talked up above what people thought natural."""
    state, town = _state(run), run.world.town
    highest = 0.0
    for i in range(0, len(state.shoppers), 3):
        with np.errstate(over="ignore"):
            natural = natural_reference(
                state.shoppers[i]["luck"], town.products[0], 0, town.rules[0]
            )
        highest = max(highest, state.knowledge[i, 0]["reference"] / natural)
    return highest


def _mean_shortfall(run: Run) -> float:
    events = run.events()
    return float(events["value"][events["kind"] == Kind.DELIVER].mean())


def _told_apart(run: Run) -> float:
    """Highest information about the shirt that anybody has."""
    return float(_state(run).knowledge["information"][:, 0].max())


def _mean_information(run: Run) -> float:
    return float(_state(run).knowledge["information"][:, 0].mean())


def _called_away(run: Run) -> int:
    events = run.events()
    return int(((events["kind"] == Kind.LEAVE) & (events["extra"] == 2)).sum())


def _members(run: Run) -> int:
    return int(((_state(run).relations["kind"][:, 0] & Relation.MEMBER) > 0).sum())


def _asked_price(run: Run) -> int:
    prices = run.events()["value"][run.events()["kind"] == Kind.ORDER]
    list_prices = {int(product["price"]) for product in run.world.town.products}
    return sum(int(price) not in list_prices for price in prices)


# For each switch: what can be measured, and what must hold of it when off (and not when on).
EFFECTS: dict[str, tuple[Callable[[Run], float], Callable[[float, float], bool]]] = {
    "learning": (_told_apart, lambda on, off: on > 0 and off == 0),
    "close_ups": (_mean_information, lambda on, off: 0 < off < on),
    "tiredness": (lambda run: float(_state(run).rooms[0]["energy"]), lambda on, off: on < off == 1),
    "surprise": (
        lambda run: float(np.abs(_state(run).knowledge["surprise"]).max()),
        lambda on, off: on > 0 and off == 0,
    ),
    "optimism": (_mean_shortfall, lambda on, off: off < on),
    "distraction": (_called_away, lambda on, off: on > 0 and off == 0),
    "comments": (lambda run: _count(run, Kind.COMMENT), lambda on, off: on > 0 and off == 0),
    "invitations": (lambda run: _count(run, Kind.COMMENT), lambda on, off: 0 < off < on),
    "following": (lambda run: _count(run, Kind.FOLLOW), lambda on, off: on > 0 and off == 0),
    "unfollowing": (lambda run: _count(run, Kind.UNFOLLOW), lambda on, off: on > 0 and off == 0),
    "group": (_members, lambda on, off: on > 0 and off == 0),
    "held_back_offers": (lambda run: _count(run, Kind.OFFER), lambda on, off: on > 0 and off == 0),
    "mark_ups": (_highest_mark_up, lambda on, off: on > 1.05 and off < 1.01),
    "regret": (_mean_shortfall, lambda on, off: off < on),
    "urgency": (lambda run: run.report()["orders"], lambda on, off: off < on),
    "excitement": (lambda run: run.report()["orders"], lambda on, off: off < on),
    "price_burden": (lambda run: run.report()["orders"], lambda on, off: off > on),
    "risk": (lambda run: run.report()["orders"], lambda on, off: off > on),
    "trust": (lambda run: run.report()["orders"], lambda on, off: off < on),
    "lures": (lambda run: run.report()["visits"], lambda on, off: off < on),
    "waiting": (lambda run: run.report()["trust"], lambda on, off: off > on),
    "stories": (lambda run: run.report()["trust"], lambda on, off: off < on),
    "reactance": (lambda run: run.report()["trust"], lambda on, off: off > on),
    "answers": (_mean_information, lambda on, off: off < on),
}


# Mechanisms that need more than an evening; tests/model/test_campaign.py looks at what they do.
WEEKS = {
    "note_sales", "note_comments", "ageing", "need", "notifications", "fatigue", "forgetting",
    "word_of_mouth", "group_care", "group_cooling", "group_stay", "shared_experience", "feedback",
    "strain", "reports",
}  # fmt: skip


@pytest.mark.parametrize("switch", sorted(set(SWITCHES) - WEEKS))
def test_switching_off_changes_the_world(switch):
    assert played(switch)[0].digest() != played(None)[0].digest()


@cache
def lived(switch: str | None) -> Run:
    """Four days of the small campaign."""
    return play_days(small_campaign(switch_off=[] if switch is None else [switch]))


@pytest.mark.parametrize("switch", sorted(WEEKS))
def test_switching_off_changes_the_weeks(switch):
    assert lived(switch).digest() != lived(None).digest()


@pytest.mark.parametrize("switch", sorted(EFFECTS))
def test_its_effect_is_gone(switch):
    measured, holds = EFFECTS[switch]
    on, off = float(measured(played(None)[0])), float(measured(played(switch)[0]))
    assert holds(on, off), (on, off)


def test_without_hype_nobody_is_excited_and_without_countdowns_nobody_pressed():
    assert played(None)[1][0] > 0.05 and played(None)[1][1] > 0.05
    assert played("excitement")[1][0] == 0
    assert played("pressure")[1][1] == 0


def test_an_honest_discount_is_taken_off_what_is_asked():
    discounted = _asked_price(played(None)[0])
    offers = _count(played(None)[0], Kind.OFFER)
    assert discounted > 0 and offers > 0
    run = played("honest_discounts")[0]
    room = run.world.state(0).rooms[0]
    assert room["mix"][Act.HONEST_DISCOUNT] > 0
    shelf = run.world.state(0).shelves["price"][:3].tolist()
    assert shelf == run.world.town.products["price"][:3].tolist()


def test_a_better_camera_only_makes_things_clearer():
    phone = Run(busy_street(host__equipment="phone"), 1)
    studio = Run(busy_street(host__equipment="studio"), 1)
    blind = Run(busy_street(host__equipment="studio", switch_off=["equipment"]), 1)
    same = Run(busy_street(host__equipment="phone", switch_off=["equipment"]), 1)
    for run in (phone, studio, blind, same):
        run.finish()
    assert _told_apart(phone) < _told_apart(studio)
    # without the mechanism a studio is a phone
    assert np.array_equal(blind.events(), same.events())


def test_without_boredom_people_hear_the_same_thing_longer():
    stays = []
    for off in ([], ["boredom"]):
        run = Run(busy_street(shoppers=1200, switch_off=off), 4)
        run.decide(SetTactic("patient"))
        run.finish()
        events = run.events()
        stays.append(events["value"][events["kind"] == Kind.LEAVE].sum())
    assert stays[0] < 0.97 * stays[1]
