"""Several tactics on the same crowds: paired, in any order, and kept when interrupted."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.decisions import SetTactic
from sim.model.world import World
from sim.play import batch
from sim.play.batch import compare, compare_plans, play_plan
from sim.play.figures import METRICS
from sim.play.run import Run
from tests.model.streets import busy_street


def test_a_batch_gives_what_single_runs_give():
    scenario = busy_street(shoppers=150)
    found = compare(scenario, ["patient", "rushed"], [7, 8])
    for n, seed in enumerate((7, 8)):
        for tactic in ("patient", "rushed"):
            run = Run(scenario, seed)
            run.decide(SetTactic(tactic))
            alone = run.finish()
            for metric in METRICS:
                assert found.values[tactic][metric][n] == pytest.approx(alone[metric], nan_ok=True)


def test_the_same_tactic_twice_does_not_differ_on_any_crowd():
    scenario = busy_street(shoppers=100)
    plan = [(0, SetTactic("patient"))]
    found = compare_plans(scenario, {"one": plan, "other": plan}, range(4))
    assert (found.paired("gmv", "one", "other") == 0).all()


def test_bands_leave_out_what_is_undefined():
    scenario = busy_street(shoppers=30, street__mechanisms__order_rate=0.0)
    found = compare(scenario, ["patient"], range(3))
    assert all(np.isnan(edge) for edge in found.band("patient", "return_rate"))
    data = found.to_data()
    assert data["tactics"]["patient"]["return_rate"] == {"mean": None, "low": None, "high": None}
    assert set(data) == {"scenario", "engine", "crowds", "tactics"}
    assert list(data["tactics"]["patient"]) == list(METRICS)


def test_bands_enclose_the_middle():
    found = compare(busy_street(shoppers=80), ["patient"], range(12))
    for metric in ("viewers", "impressions"):
        mean, low, high = found.band("patient", metric)
        values = found.values["patient"][metric]
        assert values.min() <= low <= mean <= high <= values.max()


def test_what_is_done_is_kept_when_interrupted():
    def interrupt(done, total):
        if done >= 4:
            raise KeyboardInterrupt

    found = compare(busy_street(shoppers=40), ["patient", "rushed"], range(40), interrupt)
    assert found.interrupted and 2 <= len(found.seeds) < 40
    assert len(found.values["patient"]["gmv"]) == len(found.seeds)


def test_the_order_of_crowds_does_not_matter():
    scenario = busy_street(shoppers=60)
    one = compare(scenario, ["patient"], [1, 2, 3])
    other = compare(scenario, ["patient"], [3, 2, 1])
    forward = one.values["patient"]["impressions"]
    assert (forward == other.values["patient"]["impressions"][::-1]).all()


def test_a_run_in_the_making_can_be_stopped():
    asked = []

    def stopped():
        asked.append(True)
        return len(asked) > 3

    world = World(busy_street(shoppers=50), [1])
    monkey = pytest.MonkeyPatch()
    monkey.setattr(batch, "_SLICE", 50 * 6)
    try:
        with pytest.raises(batch.Stopped):
            play_plan(world, [], 2000, stopped)
    finally:
        monkey.undo()
    assert 0 < world.tick(0) < 2000


def test_slices_do_not_change_a_bit():
    whole, sliced = World(busy_street(), [1]), World(busy_street(), [1])
    events = whole.advance(3000, keep=[0])[0]
    monkey = pytest.MonkeyPatch()
    monkey.setattr(batch, "_SLICE", 1)
    try:
        parts = play_plan(sliced, [], 3000)
    finally:
        monkey.undo()
    assert sliced.digest() == whole.digest() and np.array_equal(parts, events)
