"""Small, busy streets for tests: few people who open the app often."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.scenario import Scenario

# People of these tests' own, so that a new calibration does not change what is tested: they
# open cards and order easily, so that few of them do much.
_PEOPLE: dict[str, float] = {
    "explain_gain": 1.3, "detail_gain": 2.4, "answer_gain": 1.5, "note_gain": 0.5,
    "equipment_half": 0.3, "tire_rate": 0.04, "fit_match": 1.0, "fit_spread": 0.34,
    "optimism": 0.12, "trust_want": 0.5, "excitement_want": 0.8, "bargain_want": 0.8,
    "price_weight": 1.3, "risk_weight": 0.8, "dear_price": 320.0, "reactance_want": 0.45,
    "intent_want": 0.12, "want_bar": 0.9, "want_slope": 11.0, "order_rate": 0.8, "urgency": 2.5,
    "hype_gain": 1.1, "arousal_half_life": 180.0, "countdown_gain": 1.6,
    "pressure_half_life": 90.0, "learn_reward": 55.0, "like_reward": 0.35, "story_reward": 0.9,
    "hype_reward": 0.5, "deal_reward": 1.6, "answer_reward": 60.0, "wait_drain": 0.3,
    "boredom_drain": 0.5, "pressure_drain": 0.7, "distraction": 0.02, "screen_lure": 0.3,
    "screen_slope": 7.0, "screen_bar": 0.75, "talk_base": 0.25, "talk_prompt": 8.0,
    "talk_poll": 6.0, "talk_slope": 9.0, "talk_bar": 0.95, "giveaway_talk": 1.2,
    "answer_seconds": 15.0, "ask_patience": 180.0, "trust_start": 0.3, "follower_trust": 0.6,
    "story_trust": 0.12, "learn_trust": 0.03, "answer_trust": 0.10, "ignored_loss": 0.12,
    "pressure_loss": 0.06, "trick_loss": 0.25, "miss_loss": 0.06, "keep_trust": 0.25,
    "return_loss": 0.35, "follow_rate": 0.08, "follow_bar": 0.6, "unfollow_rate": 0.5,
    "unfollow_bar": 0.25, "join_rate": 0.6, "markup": 0.6, "mark_gain": 0.8, "honest_cut": 0.12,
    "erosion": 0.02, "hold_cycle": 150.0, "offer_cut": 0.35, "offer_units": 3.0,
    "discovery": 0.35, "quality_weight": 0.5, "arousal_lift": 0.5, "pressure_regret": 0.35,
    "trick_regret": 0.35, "return_slope": 6.0, "return_bar": 0.42, "click_rate": 0.5,
    "click_match": 0.8, "follower_click": 2.5, "deal_lure": 0.05, "hype_lure": 0.03,
    "again": 0.25, "note_seconds": 60.0, "note_to_room": 0.35, "overhear_gain": 0.9,
    "need_want": 0.4,
}  # fmt: skip

_BUSY: dict[str, Any] = {
    "shoppers": 300,
    "street_hours.opens": "19:55",
    "street_hours.closes": "20:50",
    "live.minutes": 40,
    "nights": 5,
    "street.population.visits_per_day.median": 20,
    "street.population.stroll_minutes.median": 30,
    "street.mechanisms": _PEOPLE,
    "street.policy": {},
    "switch_off": [],
}


def _neighbours(scenario: Scenario) -> dict[str, Any]:
    return {
        f"street.neighbours.{n}.live": {**host.live.model_dump(), "starts": "19:58", "minutes": 45}
        for n, host in enumerate(scenario.street.neighbours)
        if host.live is not None
    }


@cache
def _base() -> Scenario:
    scenario = Scenario.load("first_stream")
    return scenario.with_changes({**_BUSY, **_neighbours(scenario)})


def busy_street(**changes: Any) -> Scenario:
    """The busy street with some dotted keys changed; dots are written as two underscores."""
    if not changes:
        return _base()
    return _base().with_changes({key.replace("__", "."): value for key, value in changes.items()})
