"""What a mechanism contributes: the size of a change, and whether it is more than luck."""

from __future__ import annotations

import math

import pytest

from sim.lab import contributions as lab
from sim.lab.contributions import OF_WEEKS, Contribution
from sim.scenario import SWITCHES

_NAN = math.nan


def changed(luck: float = 0.0, **facts: tuple[float, float]) -> Contribution:
    here = {name: pair[0] for name, pair in facts.items()}
    gone = {name: pair[1] for name, pair in facts.items()}
    return Contribution("boredom", here, gone, dict.fromkeys(facts, luck))


def test_a_change_is_counted_in_steps_to_the_nearer_bound():
    # 3 to 10 per cent about 6: the nearer bound is two thirds more
    assert changed(conversion=(0.06, 0.1)).size("conversion") == pytest.approx(1.0)
    # the target of the studio is no difference at all
    assert changed(studio_difference=(0.0, 0.06)).size("studio_difference") == pytest.approx(1.0)
    free = changed(interaction_causal_lift=(1.0, 1.25))
    assert free.size("interaction_causal_lift") == pytest.approx(1.0)


def test_the_largest_come_first_and_what_is_luck_is_left_out():
    both = {"conversion": (0.06, 0.02), "comment_share": (0.12, 0.11)}
    assert changed(**both).largest() == ["conversion", "comment_share"]
    assert changed(**both).largest(1) == ["conversion"]
    assert changed(luck=0.01, **both).largest() == ["conversion"]
    assert changed(luck=_NAN, **both).largest() == ["conversion", "comment_share"]
    assert changed(conversion=(0.06, 0.06)).largest() == []


def test_a_fact_that_becomes_undefined_or_nothing_is_named_first():
    facts = changed(conversion=(0.06, 0.02), comment_share=(0.12, 0.0), return_gap=(1.3, _NAN))
    assert set(facts.largest(2)) == {"comment_share", "return_gap"}
    assert changed(return_gap=(_NAN, _NAN)).largest() == []


@pytest.mark.parametrize("crowds", [1, 2])
def test_without_comments_nobody_comments(crowds, monkeypatch):
    monkeypatch.setattr(lab, "SWITCHES", {"comments": SWITCHES["comments"]})
    seen = []
    (one,) = lab.contributions(crowds, 0, lambda done, total: seen.append((done, total)))
    assert seen == [(1, 1)]
    assert one.without["comment_share"] == 0.0 < one.with_it["comment_share"]
    assert "comment_share" in one.largest(8)
    assert math.isnan(one.luck["comment_share"]) == (crowds == 1)


def test_every_mechanism_of_weeks_is_one():
    assert set(OF_WEEKS) < set(SWITCHES)
