"""A decision changes only whom it can reach: the heart of every honest comparison."""

from __future__ import annotations

import numpy as np
import pytest

from sim.model.decisions import SetTactic
from sim.model.events import Kind
from sim.model.layout import SHOPPER
from sim.model.world import World
from sim.play.run import Run
from tests.model.streets import busy_street

# Ways in which one shopper reaches another: the ranker, the question queue, stock and lures seen
# from the street. Without them only the room itself is left.
APART = {
    "street__platform__learning": 0,
    "switch_off": ["comments", "lures"],
    "host__products__linen_shirt__stock": 9999,
    "host__products__hand_cream__stock": 9999,
    "host__products__wool_coat__stock": 9999,
}
# Links of the calendar's lists say who else sleeps until the same tick, not what anybody is.
FIELDS = [name for name in SHOPPER.names if name != "slot_next"]


def _different(one: World, other: World, count: int) -> set[int]:
    a, b = one.arrays, other.arrays
    changed = np.zeros(count, dtype=bool)
    for name in FIELDS:
        unequal = a["shoppers"][name][0, :count] != b["shoppers"][name][0, :count]
        changed |= unequal.reshape(count, -1).any(axis=1)
    for array in ("relations", "knowledge"):
        for name in a[array].dtype.names:
            unequal = a[array][name][0, :count] != b[array][name][0, :count]
            changed |= unequal.reshape(count, -1).any(axis=1)
    return set(np.flatnonzero(changed).tolist())


@pytest.mark.parametrize("seed", range(4))
def test_a_changed_decision_reaches_only_those_in_the_room(seed):
    scenario = busy_street(**APART)
    one, other = Run(scenario, seed), Run(scenario, seed)
    for run in (one, other):
        run.decide(SetTactic("patient"))
        run.advance_ticks(120)
    assert one.digest() == other.digest()
    present = set(one.observe().people["shopper"][one.observe().people["where"] == 0].tolist())
    one.decide(SetTactic("rushed"))
    reached = set(present)
    for run in (one, other):
        seen = len(run.events())
        run.finish()
        new = run.events(seen)
        reached |= set(new["shopper"][new["kind"] == Kind.ENTER].tolist())
    changed = _different(one.world, other.world, scenario.shoppers)
    assert changed  # the decision did something
    # parcels ordered before the change are judged as they would have been
    assert changed <= reached


@pytest.mark.parametrize("seed", range(3))
def test_one_more_shopper_disturbs_nobody(seed):
    few, more = busy_street(**APART), busy_street(**{**APART, "shoppers": 301})
    one, other = World(few, [seed]), World(more, [seed])
    for tick in (0, 60, 200, 2000):
        one.advance(tick)
        other.advance(tick)
        assert _different(one, other, few.shoppers) == set()


def test_one_more_shopper_changes_no_trait_with_everything_on():
    one, other = World(busy_street(), [9]), World(busy_street(shoppers=340), [9])
    assert _different(one, other, 300) == set()


def test_the_queue_is_a_way_to_reach_others():
    """The guard of the tests above: with questions on, one more shopper does disturb somebody."""
    on = {**APART, "switch_off": ["lures"]}
    worlds = [
        World(busy_street(**{**on, "shoppers": count}), [seed])
        for seed in range(6)
        for count in (300, 420)
    ]
    for world in worlds:
        world.advance(300)
    disturbed = [
        _different(one, other, 300) for one, other in zip(worlds[::2], worlds[1::2], strict=True)
    ]
    assert any(disturbed)
