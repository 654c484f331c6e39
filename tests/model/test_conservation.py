"""People, stock and money balance to the unit, whatever the street and whatever is decided."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.model.events import Kind
from sim.model.layout import OrderStatus, Place
from tests.model.streets import busy_street
from tests.model.test_exact import decisions, play

streets = st.fixed_dictionaries(
    {
        "shoppers": st.sampled_from([1, 40, 130]),
        "host__capacity": st.integers(1, 30),
        "host__products__linen_shirt__stock": st.integers(0, 6),
        "host__products__wool_coat__stock": st.integers(0, 3),
        "street__mechanisms__order_rate": st.sampled_from([0.0, 0.5, 6.0]),
        "street__mechanisms__want_bar": st.sampled_from([-1.0, 0.8, 1.3]),
        "street__mechanisms__offer_units": st.sampled_from([0, 1, 5]),
        "street__mechanisms__return_bar": st.sampled_from([-0.5, 0.4]),
    }
)


def _balanced(run) -> None:
    state, town = run.world.state(0), run.world.town
    clock = state.clock[0]
    places = state.shoppers["place"]
    # people in = people out + people inside
    assert clock["came"] - clock["went"] == (places != Place.AWAY).sum()
    for h in range(len(town.hosts)):
        inside = (places == Place.IN_ROOM) & (state.shoppers["where"] == h)
        assert state.rooms[h]["viewers"] == inside.sum() <= town.hosts[h]["capacity"]
        asking = inside & (state.shoppers["asked"] >= 0)
        assert state.rooms[h]["queue_length"] == asking.sum()
    # stock: on the shelf + sold - returned = what there was
    shelves, orders = state.shelves, state.orders[: clock["orders"]]
    assert (shelves["stock"] + shelves["sold"] - shelves["returned"]).tolist() == (
        town.products["stock"].tolist()
    )
    assert (shelves["stock"] >= 0).all()
    assert shelves["sold"].sum() == len(orders)
    # money: what hosts hold = what was paid and not refunded = what shoppers are out of
    back = orders["status"] == OrderStatus.RETURNED
    assert state.rooms["cash"].sum() == orders["paid"][~back].sum()
    # a month's spending is forgotten a little every night and never more than is there
    assert (state.shoppers["spent"] >= 0).all()
    assert state.shoppers["spent"].sum() <= orders["paid"].sum()
    if run.tick <= run.timeline.closes:
        assert state.shoppers["spent"].sum() == orders["paid"].sum()
    assert (shelves["returned"].sum()) == back.sum()
    # nobody orders the same thing twice
    pairs = list(zip(orders["shopper"].tolist(), orders["product"].tolist(), strict=True))
    assert len(pairs) == len(set(pairs))
    for name in ("trust",):
        assert (state.relations[name] >= 0).all() and (state.relations[name] <= 1).all()
    for array in (state.shoppers, state.relations, state.knowledge, state.rooms):
        for name in array.dtype.names:
            if array.dtype[name].kind == "f":
                assert np.isfinite(array[name]).all(), name


@settings(max_examples=25, deadline=None)
@given(
    changes=streets,
    seed=st.integers(0, 2**32),
    steps=decisions,
    stops=st.lists(st.integers(1, 330), max_size=3),
)
def test_everything_balances_at_any_moment(changes, seed, steps, stops):
    scenario = busy_street(**changes)
    for stop in sorted(stops):
        _balanced(play(scenario, seed, [step for step in steps if step[0] <= stop], stop))
    run = play(scenario, seed, steps)
    _balanced(run)
    report, events = run.report(), run.events()
    assert report["orders"] == (events["kind"] == Kind.ORDER).sum()
    assert round(report["net_sales"] * 100) == run.world.state(0).rooms[0]["cash"]


def test_every_parcel_is_judged_by_the_last_night():
    run = play(busy_street(), 3, [])
    orders = run.world.state(0).orders[: run.world.state(0).clock[0]["orders"]]
    assert len(orders) > 20
    assert set(orders["status"].tolist()) <= {OrderStatus.KEPT, OrderStatus.RETURNED}


def test_scarce_stock_is_sold_out_to_the_unit():
    run = play(
        busy_street(host__products__linen_shirt__stock=2, street__mechanisms__want_bar=0.2),
        1,
        [],
    )
    assert run.world.state(0).shelves[0]["sold"] == 2
    assert (run.events()["kind"] == Kind.SOLD_OUT).any()
