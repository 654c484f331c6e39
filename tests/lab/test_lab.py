"""Facts and the fit: what is measured, on which crowds, and against which targets."""

from __future__ import annotations

import numpy as np
import pytest

from sim.lab import fit
from sim.lab.facts import BESIDE, FACT_SEEDS, POOLED, facts, targets
from sim.lab.measure import BOTH, without
from sim.lab.weeks import SEASON, WEEKS, WEEKS_BESIDE, measure_weeks
from sim.scenario import Scenario
from sim.scenario.mechanisms import Mechanisms
from sim.wording import text


def test_every_target_is_measured_and_worded():
    assert set(targets()) == {*POOLED, *WEEKS}
    for name, target in targets().items():
        assert target["low"] <= target["target"] <= target["high"], name
        assert target["kind"] in ("article", "shape") and target["weight"] > 0
    for name in (*POOLED, *BESIDE, *WEEKS, *WEEKS_BESIDE):
        for language in ("zh", "en"):
            assert text(f"facts.{name}.name", language) and text(f"facts.{name}.measured", language)


def test_fitted_strengths_are_mechanisms_within_their_ranges():
    for name, (low, high) in fit.RANGES.items():
        field = Mechanisms.model_fields[name]
        limits = {type(item).__name__: item for item in field.metadata}
        assert limits["Ge"].ge <= low < high <= limits["Le"].le, name


def test_the_hypercube_meets_every_slice_of_every_strength_once():
    points = fit.latin_hypercube(20, np.random.default_rng(3))
    assert points.shape == (20, len(fit.RANGES))
    for column in points.T:
        assert sorted((column * 20).astype(int).tolist()) == list(range(20))


def test_a_point_is_where_the_file_says():
    scenario = Scenario.load("first_stream")
    point = fit.point_of(scenario)
    for name, value in fit.strengths(point).items():
        assert value == pytest.approx(getattr(scenario.street.mechanisms, name), rel=2e-3), name


def test_loss_is_least_on_target_and_grows_outside():
    on_target = {name: target["target"] for name, target in targets().items()}
    assert fit.loss_of(on_target) == 0.0
    for name, target in targets().items():
        edge = fit.loss_of({**on_target, name: target["high"]})
        beyond = fit.loss_of({**on_target, name: 2 * target["high"] - target["target"]})
        assert 0 < edge < beyond
        assert fit.loss_of({**on_target, name: float("nan")}) > edge


def test_facts_are_shown_on_crowds_the_fit_never_saw():
    assert FACT_SEEDS + 2000 < fit.FIT_SEEDS


def test_time_taken_from_acts_is_silence():
    mix = Scenario.load("first_stream").tactics[BOTH].mix
    quiet = without(mix, ("prompt", "poll", "answer"))
    assert sum(quiet.values()) == pytest.approx(1.0)
    assert quiet["silence"] == pytest.approx(mix["prompt"] + mix["poll"] + mix["answer"])


@pytest.fixture(scope="module")
def rows():
    return {row["name"]: row for row in facts(8, seasons=0)}


def test_what_must_come_out_comes_out(rows):
    """On a few crowds: which tactics end ahead, and that interaction causes something."""
    ahead = ("patient", "interaction")
    for winner in ahead:
        for loser in ("rushed", "price_games"):
            row = rows[f"{winner}_net_over_{loser}"]
            assert row["verdict"] == "met" and row["band"][0] > 0.9, row
        assert rows[f"{winner}_fans_over_best_pusher"]["verdict"] == "met"
    assert rows["rushed_return_rate"]["value"] > 1.8 * rows["patient_return_rate"]["value"]
    assert rows["commenter_ratio"]["value"] > 5 * rows["interaction_causal_lift"]["value"] > 5
    for name in ("dear_time_ratio", "conversion", "comment_share", "price_games_crowd"):
        assert rows[name]["verdict"] == "met", rows[name]


def test_rows_say_what_was_missed():
    tight = Scenario.load("first_stream").with_changes({"street.mechanisms.want_bar": 5})
    found = {row["name"]: row for row in facts(1, scenario=tight, seasons=0)}
    assert found["conversion"]["verdict"] == "missed"
    assert found["interaction_causal_lift"]["verdict"] == "shown"


def test_an_interruption_keeps_the_crowds_that_are_done():
    small = Scenario.load("first_stream").with_changes({"shoppers": 120})

    def stop(done, total):
        if done > 0.6 * total:
            raise KeyboardInterrupt

    kept = facts(12, stop, small, seasons=0)
    assert {row["crowds"] for row in kept} == {4}


@pytest.fixture(scope="module")
def weeks():
    """A short season of few people: enough for every figure to be one."""
    return measure_weeks([3], changes={"shoppers": 700, "campaign.days": 40})


def test_facts_of_weeks_are_figures_and_the_clear_ones_are_clear(weeks):
    found = {name: pooled(weeks) for name, pooled in {**WEEKS, **WEEKS_BESIDE}.items()}
    assert all(np.isfinite(value) for value in found.values()), found
    assert found["fan_share_first_days"] < 0.1 < found["fan_share"]
    assert found["note_sales_a_yuan"] > 1.15
    assert found["account_over_stream"] > 1.5
    assert 15 < found["member_watch_minutes"] < 100


def test_the_season_begins_from_nothing():
    season = Scenario.load(SEASON)
    assert season.host.followers == 0 and season.campaign.days == 90
