"""Campaigns watched live by live, and days of them lived otherwise."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from sim.errors import DecisionError
from sim.model import TICKS_PER_DAY
from sim.model.decisions import SetTactic
from sim.model.events import Kind
from sim.model.planning import CareForGroup, PlanLive, PublishNote
from sim.play.account import day_rows, week_sums
from sim.play.branch import BranchTree
from sim.play.branch_days import (
    DayChange,
    branch_days,
    on_other_crowds,
    own_on_other_crowds,
)
from sim.play.branch_side import Side
from sim.play.diary import ENTRIES_OF_WEEKS, compare_diaries, diary
from sim.play.fates import Aspect, differences, outcomes
from sim.play.fates_weeks import TOLD, weeks_fates
from sim.play.lives import live_of_day, lives_of
from sim.report.ledger import CAUSES_OF_WEEKS, ledger
from tests.model.campaigns import play_days, small_campaign

DAYS = 4


@pytest.fixture(scope="module")
def run():
    return play_days(small_campaign(DAYS))


@pytest.fixture(scope="module")
def side(run):
    return Side(run)


@pytest.fixture(scope="module")
def tree(run):
    return BranchTree.of(run)


def test_lives_are_those_that_were_planned(run):
    lives = lives_of(run.scenario, run.decisions)
    assert [live.day for live in lives] == [1, 3]
    assert all(live.end - live.start == 240 for live in lives)
    assert live_of_day(lives, TICKS_PER_DAY) is None
    assert live_of_day(lives, 2 * TICKS_PER_DAY) == lives[1]
    again = [*run.decisions, (0, PlanLive("20:10", 20)), (2 * TICKS_PER_DAY, PlanLive("20:00", 0))]
    (only,) = lives_of(run.scenario, again)
    assert only.end - only.start == 120 and only.day == 1


def test_a_witness_of_weeks_sees_what_happened_and_changes_nothing(run, side):
    assert side.witness.world.digest(0) == run.digest()
    assert np.array_equal(side.witness.ours, run.events())
    lives = lives_of(run.scenario, run.decisions)
    inside = np.zeros(len(side.witness.rows), dtype=bool)
    for live in lives:
        inside |= (side.witness.rows["tick"] >= live.start) & (
            side.witness.rows["tick"] <= live.end
        )
    assert len(inside) > 100 and inside.all()
    assert side.witness.room(lives[1].start) is not None
    assert side.witness.room(lives[1].start - 1) is None


def test_everything_lost_is_charged_once(run, side):
    book = ledger(side)
    events = run.events()
    counted = Counter(charge.kind for charge in book.charges)
    for kind, event in (
        ("return", Kind.RETURN), ("lost_follower", Kind.UNFOLLOW),
        ("lost_member", Kind.LEAVE_GROUP),
    ):  # fmt: skip
        assert counted[kind] == int((events["kind"] == event).sum()), kind
    assert counted["return"] and counted["lost_follower"]
    for charge in book.charges:
        assert charge.cause in CAUSES_OF_WEEKS[charge.kind]
        assert charge.day == charge.tick // TICKS_PER_DAY + 1
        assert events[list(charge.evidence)]["shopper"].size
        for language in ("zh", "en"):
            assert str(charge.day) in charge.text(language)


def test_a_group_full_of_adverts_is_charged_to_them():
    def mornings(day):
        plans = [CareForGroup(60, 0) if day < 2 else CareForGroup(0, 100)]
        return [*plans, PlanLive("20:00", 40), SetTactic("community")]

    side = Side(play_days(small_campaign(DAYS), mornings=mornings))
    left = [charge for charge in ledger(side).charges if charge.kind == "lost_member"]
    assert left and {charge.cause for charge in left} == {"adverts"}


def test_diaries_of_weeks_go_day_by_day(run, side):
    pages = [diary(side, shopper) for shopper in range(run.scenario.shoppers)]
    told = Counter(entry.kind for page in pages for entry in page.entries)
    assert set(told) <= set(ENTRIES_OF_WEEKS) and told["note_ordered"]
    for page in pages:
        ticks = [entry.tick for entry in page.entries]
        assert [tick // TICKS_PER_DAY for tick in ticks] == sorted(
            tick // TICKS_PER_DAY for tick in ticks
        )
        for language in ("zh", "en"):
            assert "{" not in page.text(language)
        assert {pair.mark for pair in compare_diaries(page, page)} <= {"same"}


def test_a_branch_without_a_change_is_identical(run, tree):
    tactic = DayChange("tactic", "community", 1, 1)  # as it was hosted on that day anyway
    branch = branch_days(tree, tactic, "the same")
    assert tree.digest(branch.number) == tree.digest(0) == run.digest()
    assert weeks_fates(tree.run(0), tree.run(branch.number)) == []


@pytest.mark.parametrize(
    "change",
    [
        DayChange("policy", "idle", 2, 3),
        DayChange("tactic", "rushed", 3, 3),
        DayChange("without", "notes", 2, DAYS),
        DayChange("without", "live", 3, 3),
        DayChange("without", "group", 2, 2),
    ],
)
def test_only_those_days_are_otherwise_and_the_list_is_exact(run, tree, change):
    branch = branch_days(tree, change)
    plan, own = branch.decisions, run.decisions
    assert [step for step in plan if step[0] < change.start] == [
        step for step in own if step[0] < change.start
    ]
    skipped = {id(decision) for _, decision in branch.skipped}
    later = [step for step in own if step[0] > change.stop and id(step[1]) not in skipped]
    assert [step for step in plan if step[0] > change.stop] == later
    inside = [decision for tick, decision in plan if change.start <= tick < change.stop]
    if change.name == "notes":
        assert not any(isinstance(decision, PublishNote) for decision in inside)
    if change.name == "live":
        assert not any(isinstance(decision, PlanLive) for decision in inside)
    other = tree.run(branch.number)
    told = {(f.shopper, f.aspect, f.product, f.one, f.other) for f in weeks_fates(run, other)}
    assert told == {item for item in differences(run, other) if item[1] in TOLD}
    assert told or change.kind == "without"
    for fate in weeks_fates(run, other):
        assert 1 <= fate.day
        assert all("{" not in fate.text(language) for language in ("zh", "en"))
    bought = {
        shopper
        for shopper, mine in outcomes(other.events(), other.tick, weeks=True).items()
        if any(aspect == Aspect.BOUGHT for aspect, _ in mine)
    }
    assert len(bought) == tree.figures(branch.number)["buyers"]


def test_what_stood_before_stands_again_afterwards(run, tree):
    branch = branch_days(tree, DayChange("without", "group", 2, 2))
    care = [step for step in branch.decisions if isinstance(step[1], CareForGroup)]
    # nothing on day 2; on day 3 the player planned it anew, so nothing is decided twice
    assert (TICKS_PER_DAY, CareForGroup(0, 0)) in care
    assert care[-1] == [step for step in run.decisions if isinstance(step[1], CareForGroup)][-1]


def test_days_that_do_not_exist(tree):
    with pytest.raises(DecisionError):
        branch_days(tree, DayChange("policy", "idle", 2, DAYS + 1))
    with pytest.raises(DecisionError):
        branch_days(tree, DayChange("policy", "idle", 3, 2))


def test_other_crowds(tree):
    steps = []
    change = DayChange("without", "live", 1, DAYS)
    apart = on_other_crowds(tree, change, [1, 2, 3], lambda *step: steps.append(step))
    assert apart.shape == (3,) and steps == [(1, 3), (2, 3), (3, 3)]
    assert (apart <= 0).all() and (apart < 0).any()
    nothing = on_other_crowds(tree, DayChange("tactic", "community", 1, 1), [1, 2])
    assert nothing.tolist() == [0.0, 0.0]
    band = own_on_other_crowds(tree, [1, 2, 3])
    assert band.crowds == 3 and band.of("net_sales")[0] == pytest.approx(
        float(band.others["net_sales"].mean())
    )


def test_ctrl_c_keeps_the_crowds_met(tree):
    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    assert own_on_other_crowds(tree, [1, 2, 3, 4], stop).crowds >= 1
    with pytest.raises(KeyboardInterrupt):
        on_other_crowds(tree, DayChange("without", "live", 3, 3), [1, 2, 3, 4], stop)


def test_weeks_sum_up_to_the_figures(run):
    sums = week_sums(day_rows(run), DAYS)
    figures = run.report()
    assert len(sums) == 1 and sums[0].lives == 2 and sums[0].last_day == DAYS
    assert sums[0].net == pytest.approx(figures["net_sales"])
    assert sums[0].orders == figures["orders"] and sums[0].returned == figures["returns"]
