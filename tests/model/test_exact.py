"""Same version, scenario, seed and decisions: the same bits, wherever and however they are run."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.acts import ACTS
from sim.model.decisions import Perform, SetTactic, ShowProduct
from sim.model.world import World
from sim.play.run import Run
from tests.model.streets import busy_street

TACTICS = list(busy_street().tactics)
PRODUCTS = [item.id for item in busy_street().host.products]

decisions = st.lists(
    st.tuples(
        st.integers(0, 250),
        st.one_of(
            st.sampled_from(TACTICS).map(SetTactic),
            st.sampled_from(PRODUCTS).map(ShowProduct),
            st.builds(Perform, st.sampled_from(ACTS), st.integers(10, 300)),
        ),
    ),
    max_size=6,
).map(lambda steps: sorted(steps, key=lambda step: step[0]))


def play(scenario, seed, steps, until=None) -> Run:
    run = Run(scenario, seed)
    for tick, decision in steps:
        run.advance_ticks(tick - run.tick)
        run.decide(decision)
    run.advance_ticks((until or run.end_tick) - run.tick)
    return run


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**63 - 1), steps=decisions)
def test_same_decisions_give_the_same_bits(seed, steps):
    one, other = play(busy_street(), seed, steps), play(busy_street(), seed, steps)
    assert one.digest() == other.digest()
    assert np.array_equal(one.events(), other.events())


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 2**32), steps=decisions, at=st.integers(1, 320))
def test_a_fork_goes_on_as_if_nothing_had_been_copied(seed, steps, at):
    whole = play(busy_street(), seed, steps)
    before = [step for step in steps if step[0] <= at]
    half = play(busy_street(), seed, before, until=at)
    branch = half.fork()
    half.advance_ticks(5)  # the original going on must not touch the branch
    for tick, decision in steps[len(before) :]:
        branch.advance_ticks(tick - branch.tick)
        branch.decide(decision)
    branch.finish()
    assert branch.digest() == whole.digest()
    assert np.array_equal(branch.events(), whole.events())


@settings(max_examples=10, deadline=None)
@given(cuts=st.lists(st.integers(1, 120), min_size=1, max_size=8))
def test_the_size_of_steps_does_not_matter(cuts):
    whole = play(busy_street(), 5, [])
    pieces = Run(busy_street(), 5)
    for cut in cuts:
        pieces.advance_ticks(cut)
    pieces.finish()
    assert pieces.digest() == whole.digest()


def test_worlds_of_a_batch_do_not_touch_each_other():
    together = World(busy_street(), [3, 4, 5])
    together.advance(200, threads=2)
    reversed_ = World(busy_street(), [5, 4, 3])
    reversed_.advance(200, threads=1)
    for w, seed in enumerate((3, 4, 5)):
        alone = World(busy_street(), [seed])
        alone.advance(200)
        assert together.digest(w) == alone.digest() == reversed_.digest(2 - w)


def test_different_crowds_differ():
    worlds = World(busy_street(), [1, 2])
    assert worlds.digest(0) != worlds.digest(1)
    luck = worlds.arrays["shoppers"]["luck"]
    assert len(np.unique(luck)) == luck.size
