"""Draws are stateless, even, and independent of the order in which anybody asks for them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.curves import chance, exponential, logistic, normal_quantile
from sim.model.rng import Purpose, draw, luck_of

seeds = st.integers(0, 2**63 - 1)


def _luck(seed: int, shopper: int) -> np.uint64:
    with np.errstate(over="ignore"):
        return np.uint64(luck_of(np.uint64(seed), shopper))


@given(
    seed=seeds,
    keys=st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(list(Purpose)), st.integers(0, 63)),
        min_size=2,
        max_size=20,
    ),
    order=st.randoms(use_true_random=False),
)
def test_the_order_of_draws_does_not_matter(seed, keys, order):
    luck = _luck(seed, 3)
    first = {key: draw(luck, *key) for key in keys}
    order.shuffle(keys)
    assert {key: draw(luck, *key) for key in keys} == first
    assert all(0.0 <= u < 1.0 for u in first.values())


def test_purposes_have_numbers_of_their_own():
    assert len({int(purpose) for purpose in Purpose}) == len(Purpose.__members__)


@pytest.mark.parametrize("vary", ["shopper", "tick", "purpose", "item"])
def test_draws_are_even_and_unrelated_along_every_key(vary):
    count = 4000
    draws = []
    for n in range(count):
        shopper, tick, purpose, item = 7, 100, 3, 0
        if vary == "shopper":
            shopper = n
        elif vary == "tick":
            tick = n
        elif vary == "purpose":
            purpose = n % 29
            tick = n // 29
        else:
            item = n
        draws.append(draw(_luck(1, shopper), tick, purpose, item))
    draws = np.array(draws)
    # means and correlations of even draws stay within five standard errors
    assert abs(draws.mean() - 0.5) < 5 * (1 / 12 / count) ** 0.5
    assert abs(draws.var() - 1 / 12) < 5 * (1 / 180 / count) ** 0.5
    assert abs(np.corrcoef(draws[:-1], draws[1:])[0, 1]) < 5 / count**0.5
    shares = np.histogram(draws, bins=20, range=(0, 1))[0]
    assert ((shares - count / 20) ** 2 / (count / 20)).sum() < 50  # chi-square, 19 degrees


def test_curves_are_close_to_what_they_stand_for():
    for x in np.linspace(-5.9, 5.9, 97):
        assert exponential(x) == pytest.approx(np.exp(x), rel=1e-4)
        assert logistic(x) == pytest.approx(1 / (1 + np.exp(-x)), abs=1e-4)
    assert normal_quantile(0.5) == pytest.approx(0.0, abs=1e-9)
    assert normal_quantile(0.975) == pytest.approx(1.95996, abs=1e-3)


@given(st.floats(-20, 20), st.floats(0, 5))
def test_curves_never_fall(x, step):
    assert logistic(x + step) >= logistic(x)
    assert exponential(x + step) >= exponential(x)


@given(st.floats(0, 1000), st.floats(0, 600))
def test_a_rate_gives_a_chance(rate, seconds):
    assert 0.0 <= chance(rate, seconds) < 1.0
