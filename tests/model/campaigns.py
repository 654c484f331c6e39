"""A few short days on a small, busy street, for tests of what takes more than an evening."""

from __future__ import annotations

from typing import Any

from sim.model.decisions import SetTactic
from sim.model.planning import BuyTraffic, CareForGroup, PlanLive, PublishNote, Restock, SignPartner
from sim.play.run import Run
from sim.scenario import Scenario
from tests.model.streets import busy_street

_WEEKS: dict[str, Any] = {
    "note_order": 0.8, "pin_join": 0.9, "note_talk": 20.0, "note_ignored": 0.2,
    "fresh_days": 3.0, "need_want": 0.4, "need_drop": 0.8,
    "need_days": 4.0, "notify_rate": 0.5, "member_notify": 0.8, "fatigue_gain": 0.3,
    "fatigue_days": 2.0, "fatigue_unfollow": 0.2, "forget_rate": 0.05, "tell_rate": 0.9,
    "tell_gain": 0.5, "tell_trust": 0.3, "care_gain": 0.3, "cool_rate": 0.4, "spam_loss": 0.1,
    "group_trust": 0.05, "share_gain": 0.5, "member_reward": 0.5, "leave_rate": 0.9,
    "feedback_gain": 0.1, "easy_hours": 1.0, "strain_rate": 0.1, "rest_rate": 0.3,
    "owner_feedback": 1.0, "report_rate": 4.0, "follow_bar": 0.35, "join_rate": 6.0,
    "return_bar": 0.2, "want_bar": 0.6,
}  # fmt: skip

POLICY: dict[str, Any] = {
    "fee": 0.05,
    "parcel": 6.0,
    "parcel_back": 8.0,
    "cold_start": {"days": 2, "idle_days": 2, "weight": 0.2},
    "growth": [{"sales": 300.0, "weight": 0.1}, {"sales": 3000.0, "weight": 0.2}],
    "traffic": {"share": 0.05, "rival_bid": 0.5, "rival_spread": 0.5},
    "conduct": {
        "report_loss": 0.5, "returns_allowed": 0.1, "returns_loss": 0.4, "recovery": 0.2,
    },
    "partners": [
        {
            "id": "hall", "title": {"zh": "云集机构", "en": "The Hall"},
            "summary": {"zh": "帮忙拍摄，抽成。", "en": "Films for a share."},
            "commission": 0.1, "fee_rebate": 1.0, "cover": 0.3, "clarity": 2.0, "hours": 1.0,
            "warmth": 0.7,
        }
    ],
}  # fmt: skip


def small_campaign(days: int = 4, **changes: Any) -> Scenario:
    """The busy street for some days; dots of changed keys are written as two underscores."""
    base: dict[str, Any] = {
        "shoppers": 70,
        "nights": 5,
        "street__policy": POLICY,
        "policies": {
            "idle": {"title": {"zh": "什么也不做", "en": "Idle"},
                     "summary": {"zh": "什么也不做。", "en": "Does nothing."}},
        },
        "campaign": {
            "days": days, "cash": 2000, "hours": 8, "newcomers": 0.3, "policy": "idle",
            "compare": ["idle"],
        },
        "host__idle_days": 60,
    }  # fmt: skip
    base |= {f"street__mechanisms__{name}": value for name, value in _WEEKS.items()}
    return busy_street(**{**base, **changes})


def busy_morning(day: int) -> list:
    """Something of everything, over the days."""
    plans = [
        PublishNote("look", ("linen_shirt",), 3, True),
        CareForGroup(40 * (day % 2), day * 2),
        BuyTraffic(500 * (day % 3), 200),
    ]
    if day % 2 == 0:
        plans += [PlanLive("20:00", 40), SetTactic("price_games" if day % 4 else "community")]
    if day == 1:
        plans += [SignPartner("hall"), Restock("linen_shirt", 5)]
    if day == 3:
        plans += [SignPartner(""), PublishNote("poll", ("linen_shirt", "wool_coat"))]
    return plans


def play_days(scenario: Scenario, seed: int = 5, until: int | None = None, mornings=busy_morning):
    """A run of the campaign with a plan for every morning, to the end or to a tick."""
    run = Run(scenario, seed)
    end = run.end_tick if until is None else until
    while run.tick < end:
        if run.phase == "morning":
            for decision in mornings(run.tick // 8640):
                run.decide(decision)
        run.advance_ticks(min(8640 - run.tick % 8640, end - run.tick))
    return run
