"""Branches: another choice at one tick for the same crowd, just as the model itself plays it."""

from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import DecisionError, JournalError
from sim.model.decisions import AnswerShopper, Perform, SetMix, SetTactic, ShowProduct
from sim.model.events import Kind
from sim.play.branch import BranchTree
from sim.play.branch_snapshots import Snapshots, weight_of
from sim.play.branch_witness import witness
from sim.play.run import Run
from sim.scenario import Scenario
from tests.model.streets import busy_street

PLAN = [
    (0, SetTactic("interaction")),
    (70, SetTactic("price_games")),
    (95, Perform("hype", 120)),
    (130, ShowProduct("hand_cream")),
    (130, SetTactic("rushed")),
    (190, SetMix({"explain": 0.5, "countdown": 0.5})),
]


def played(plan, seed=5, until=None, scenario=None):
    run = Run(scenario or busy_street(), seed)
    for tick, decision in plan:
        run.advance_ticks(tick - run.tick)
        run.decide(decision)
    run.advance_ticks((run.end_tick if until is None else until) - run.tick)
    return run


@pytest.fixture(scope="module")
def run():
    return played(PLAN)


@pytest.fixture
def tree(run):
    return BranchTree.of(run)


def same(one, other):
    return one.digest() == other.digest() and np.array_equal(one.events(), other.events())


def test_the_root_is_the_run(run, tree):
    assert same(tree.run(0), run)
    assert tree.digest(0) == run.digest()
    assert json.dumps(tree.figures(0)) == json.dumps(run.report())
    assert tree[0].decisions == tuple(PLAN) and tree[0].parent is None


@pytest.mark.parametrize("tick", [0, 1, 70, 95, 130, 190, 200])
def test_a_branch_without_a_change_is_identical(run, tree, tick):
    branch = tree.branch(0, tick, [decision for at, decision in PLAN if at == tick])
    assert branch.decisions == tuple(PLAN)
    assert same(tree.run(branch.number), run)
    compared = tree.compare(0, branch.number)
    assert compared.fates == []
    assert all(a == b or (a != a and b != b) for a, b in compared.figures.values())


@pytest.mark.parametrize("later", [True, False])
@pytest.mark.parametrize("tick", [3, 70, 111, 130, 269])
def test_a_branch_is_what_playing_it_gives(tree, tick, later):
    swapped = [ShowProduct("wool_coat"), SetTactic("patient")]
    branch = tree.branch(0, tick, swapped, later=later)
    plan = [step for step in PLAN if step[0] < tick]
    plan += [(tick, decision) for decision in swapped]
    plan += [step for step in PLAN if step[0] > tick and later]
    assert list(branch.decisions) == plan and branch.skipped == ()
    assert same(tree.run(branch.number), played(plan))


def test_a_branch_of_a_branch_and_its_parent_stay_apart(run, tree):
    first = tree.branch(0, 70, [SetTactic("patient")], name="calm")
    second = tree.branch(first.number, 130, [], name="calm to the end", later=False)
    assert [branch.parent for branch in tree] == [None, 0, 1]
    assert tree.children(0) == [first] and tree.children(1) == [second]
    assert same(tree.run(second.number), played([PLAN[0], (70, SetTactic("patient")), PLAN[2]]))
    assert same(tree.run(0), run)
    assert tree.rename(second.number, "x" * 200).name == "x" * 80
    assert tree[second.number].decisions == second.decisions


def test_back_at_returns_to_the_parents_way(tree):
    branch = tree.branch(0, 80, [SetTactic("patient")], back_at=150)
    ways = [step for step in branch.decisions if step[0] >= 80]
    # what was shown stays, what was performed and the tactic of that stretch do not
    assert ways == [
        (80, SetTactic("patient")),
        (130, ShowProduct("hand_cream")),
        (150, SetTactic("rushed")),
        (190, PLAN[5][1]),
    ]
    to_a_change = tree.branch(0, 80, [SetTactic("patient")], back_at=130)
    assert [step for step in to_a_change.decisions if step[0] == 130] == PLAN[3:5]
    to_the_end = tree.branch(0, 200, [SetTactic("patient")], back_at=tree.timeline.live_end)
    assert to_the_end.decisions[-1] == (200, SetTactic("patient")) and not to_the_end.skipped


def _questions(run):
    """{(tick after asking, shopper)} of questions that were open for a tick at least."""
    events = run.events()
    asked = events[(events["kind"] == Kind.COMMENT) & (events["value"] < 5)]
    ended = events[np.isin(events["kind"], (Kind.ANSWER, Kind.GIVEN_UP))]
    at_once = {(int(e["tick"]), int(e["shopper"])) for e in ended if e["value"] <= 10}
    found = {(int(e["tick"]) + 1, int(e["shopper"])) for e in asked if e["tick"] > 30}
    return sorted(found - at_once)


def test_what_is_not_possible_any_more_is_skipped_and_told():
    start, quiet = (0, SetTactic("rushed")), SetMix({"silence": 1.0})
    elsewhere = {shopper for _, shopper in _questions(played([(0, quiet)], 6))}
    tick, shopper = next(
        step for step in _questions(played([start], 6)) if step[1] not in elsewhere
    )
    plan = [start, (tick, AnswerShopper(shopper)), (tick + 9, ShowProduct("hand_cream"))]
    tree = BranchTree.of(played(plan, 6))
    branch = tree.branch(0, 0, [quiet])
    assert branch.skipped == (plan[1],) and branch.decisions == ((0, quiet), plan[2])
    assert same(tree.run(branch.number), played(list(branch.decisions), 6))
    before = len(tree)
    with pytest.raises(DecisionError):
        tree.branch(0, tick - 3, [AnswerShopper(shopper)])
    with pytest.raises(DecisionError):
        tree.branch(0, tree.timeline.live_end + 1, [SetTactic("patient")])
    for bad in (-1, tree.until, 10**9):
        with pytest.raises(DecisionError):
            tree.branch(0, bad, [])
    with pytest.raises(IndexError):
        tree.branch(7, 10, [])
    assert len(tree) == before


def test_a_branch_is_continued_by_playing(tree):
    branch = tree.branch(0, 70, [SetTactic("patient")])
    run = tree.play(branch.number, 120)
    assert run.tick == 120 and run.phase == "live" and run.journal is None
    run.advance_ticks(10)
    run.decide(SetTactic("storytelling"))
    run.finish()
    grown = tree.adopt(run, "told a story")
    assert grown.parent == branch.number and grown.tick == 130
    assert same(tree.run(grown.number), run)
    assert len(tree.play(0, 0).decisions) == 0
    with pytest.raises(ValueError, match="crowd"):
        tree.adopt(Run(busy_street(), 99))


def test_trying_out_leaves_no_trace(tree):
    run = tree.try_out(0, 70, [SetTactic("patient")])
    assert len(tree) == 1
    branch = tree.branch(0, 70, [SetTactic("patient")])
    assert same(tree.run(branch.number), run)


def test_snapshots_never_outgrow_their_memory(run):
    weight = weight_of(run)
    small = BranchTree.of(run, snapshot_bytes=3 * weight)
    for tick in (250, 40, 190, 70, 130):
        branch = small.branch(0, tick, [SetTactic("patient")])
        assert same(small.run(branch.number), played(list(branch.decisions)))
        assert small._snapshots.bytes <= 3 * weight


def test_a_snapshot_serves_only_plans_that_decide_the_same(run):
    kept = Snapshots()
    kept.keep(run)
    kept.keep(run)
    assert len(kept) == 1
    assert kept.nearest(PLAN, run.tick - 1) is None
    assert kept.nearest(PLAN[:-1], run.tick) is None
    found = kept.nearest(PLAN, run.tick)
    assert same(found, run) and found is not run


def test_a_tree_is_read_back_from_plain_data(tree):
    tree.branch(0, 70, [SetTactic("patient")], name="耐心")
    tree.branch(1, 130, [SetMix({"answer": 0.5, "story": 0.5})], back_at=180)
    data = json.loads(json.dumps(tree.to_data()))
    again = BranchTree.from_data(tree.scenario, data)
    assert list(again) == list(tree) and again.to_data() == tree.to_data()
    assert again.digest(2) == tree.digest(2)
    with pytest.raises(JournalError):
        BranchTree.from_data(busy_street(shoppers=301), data)
    with pytest.raises(JournalError):
        BranchTree.from_data(tree.scenario, {**data, "engine": "0"})


_SOURCE = json.dumps(BranchTree(Scenario.load("first_stream"), 1, PLAN).to_data(), sort_keys=True)


@settings(max_examples=60)
@given(st.data())
def test_damaged_data_is_refused_or_harmless(data):
    tree = json.loads(_SOURCE)
    place = tree
    while isinstance(place, dict | list) and place:
        keys = sorted(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(list(keys)))
        if not isinstance(place[key], dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(
                st.sampled_from([None, -1, 2**70, "x", 1.5, True, [], {}, [[]], {"kind": "?"}])
            )
            break
        place = place[key]
    try:
        BranchTree.from_data(Scenario.load("first_stream"), tree).to_data()
    except (JournalError, DecisionError) as error:
        assert error.in_language("zh") and error.in_language("en")


def test_a_witness_sees_the_run_and_changes_nothing(run):
    seen = witness(run)
    assert seen.world.digest(0) == run.digest()
    assert np.array_equal(seen.ours, run.events())
    since = witness(run, since=130, start=played([s for s in PLAN if s[0] < 130], until=130))
    assert since.world.digest(0) == run.digest()
    assert np.array_equal(since.rows, seen.rows[seen.rows["tick"] >= 130])
    assert np.array_equal(since.events, seen.events[seen.events["tick"] >= 130])
    with pytest.raises(ValueError, match="pass through"):
        witness(run, since=130, start=played([(0, SetTactic("patient"))], until=100))


def test_a_live_of_two_hours_with_five_thousand_shoppers(capsys):
    """What a branch costs; the time is told, not judged."""
    run = played([(300, SetTactic("price_games"))], 1, scenario=Scenario.load("first_stream"))
    tree = BranchTree.of(run)
    tree.run(0)
    told = []
    for name in ("branch", "who", "why"):
        started = time.perf_counter()
        if name == "branch":
            branch = tree.branch(0, 300, [SetTactic("patient")])
        elif name == "who":
            changed = tree.changed(0, branch.number)
        else:
            fates = tree.compare(0, branch.number).fates
        told.append(f"{name} {time.perf_counter() - started:.2f} s")
    with capsys.disabled():
        print(f"\n5000 shoppers, 2 hours: {', '.join(told)}, {len(fates)} fates")
    assert [(f.shopper, f.aspect, f.product, f.one, f.other) for f in fates] == changed
    assert tree.figures(branch.number)["returns"] <= tree.figures(0)["returns"]


def test_the_same_choice_twice_is_one_branch_where_that_is_asked_for(run):
    tree = BranchTree.of(run)
    tick = run.live_start_tick + 30
    first = tree.branch(0, tick, [SetTactic("patient")], reuse=True)
    # the second click comes when the first branch is on show already
    assert tree.branch(first.number, tick, [SetTactic("patient")], reuse=True) == first
    assert tree.branch(0, tick, [SetTactic("patient")], reuse=True) == first
    assert tree.adopt(tree.run(first.number), reuse=True) == first and len(tree) == 2
    assert tree.branch(0, tick, [SetTactic("patient")]).number == 2


def test_what_is_forgotten_is_simulated_again(run):
    tree = BranchTree.of(run)
    tree.branch(0, run.live_start_tick + 30, [SetTactic("patient")])
    before = tree.run(1).digest()
    tree.side(1)
    tree.forget()
    assert len(tree._snapshots) == 0 and not tree._sides
    assert tree.run(1).digest() == before
