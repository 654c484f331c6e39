"""The best line known: never below the player's own, found with other crowds, honestly measured."""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import wording
from sim.errors import DecisionError
from sim.model.acts import ACTS
from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
from sim.play.batch import compare_plans
from sim.play.best_line import best_line, best_lines, decision_points
from sim.play.best_line_crowds import Crowds
from sim.play.best_line_hint import hint
from sim.play.best_line_lines import joined, line_of, parts_at, spent_at, swapped
from sim.play.best_line_stars import THRESHOLDS, stars
from sim.play.luck import other_crowds
from sim.play.run import Run
from tests.model.streets import busy_street

REFERENCE = "patient"
TACTICS = ("patient", "rushed", "storytelling", "interaction")
SMALL = {"search_crowds": 4, "choosing_crowds": 8}

deciding = st.one_of(
    st.sampled_from(TACTICS).map(SetTactic),
    st.sampled_from(ACTS).map(lambda act: SetMix({act: 1.0})),
    st.just(ShowProduct("hand_cream")),
    st.sampled_from(ACTS).map(lambda act: Perform(act, 120)),
)
plans = st.lists(st.tuples(st.integers(0, 60), deciding), max_size=6)


def street(**changes):
    return busy_street(shoppers=60, nights=2, live__minutes=30, **changes)


def played(scenario, steps, seed=5):
    run = Run(scenario, seed)
    for minute, decision in steps:
        run.advance_ticks(run.live_start_tick + 6 * minute - run.tick)
        run.decide(decision)
    run.finish()
    return run


@pytest.fixture(scope="module")
def run():
    steps = [(0, SetTactic("rushed")), (4, ShowProduct("hand_cream")), (12, SetTactic("patient"))]
    return played(street(), steps)


@pytest.fixture(scope="module")
def found(run):
    return list(best_lines(run, budget=260, **SMALL))


class TestLines:
    @settings(max_examples=15)
    @given(plans)
    def test_what_is_left_out_of_a_line_changes_nothing(self, plan):
        scenario = busy_street(shoppers=40, nights=0)
        ends = []
        for decisions in (plan, line_of(plan, REFERENCE)):
            run = Run(scenario, 1)
            for tick, decision in sorted(decisions, key=lambda step: step[0]):
                run.advance_ticks(tick - run.tick)
                run.decide(decision)
            run.advance_ticks(70 - run.tick)
            ends.append(run.digest())
        assert ends[0] == ends[1]

    @given(plans, st.integers(0, 60), st.integers(1, 30), st.sampled_from(TACTICS))
    def test_swapping_changes_the_stretch_and_nothing_else(self, plan, start, length, tactic):
        line = line_of(plan, REFERENCE)
        stop = start + length
        other = swapped(line, start, stop, tactic, REFERENCE)
        for tick in range(100):
            expected = (
                SetTactic(tactic) if start <= tick < stop else spent_at(line, tick, REFERENCE)
            )
            assert spent_at(other, tick, REFERENCE) == expected
        kept = [step for step in line if not isinstance(step[1], SetTactic | SetMix)]
        assert [s for s in other if not isinstance(s[1], SetTactic | SetMix)] == kept
        assert line_of(other, REFERENCE) == other
        assert (parts := parts_at(line, other)) is None or parts >= start

    @given(plans, plans, st.integers(0, 60))
    def test_joining(self, one, other, tick):
        first, rest = line_of(one, REFERENCE), line_of(other, REFERENCE)
        whole = joined(first, tick, rest, REFERENCE)
        for moment in range(70):
            source = first if moment < tick else rest
            assert spent_at(whole, moment, REFERENCE) == spent_at(source, moment, REFERENCE)
        assert joined(first, tick, first, REFERENCE) == first

    def test_where_lines_part(self):
        one = ((3, SetTactic("rushed")), (9, SetTactic("patient")))
        assert parts_at(one, one) is None
        assert parts_at(one, one[:1]) == parts_at(one[:1], one) == 9
        assert parts_at(one, ()) == 3
        assert parts_at(one, ((3, SetTactic("rushed")), (7, SetTactic("patient")))) == 7
        assert parts_at(one, ((3, SetTactic("storytelling")),)) == 3


class TestCrowds:
    def test_sharing_what_is_alike_gives_what_whole_runs_give(self):
        scenario = street()
        start = 180
        first = ((20, SetTactic("rushed")), (60, Perform("poll", 60)))
        lines = [(*first, (start, SetTactic(name))) for name in TACTICS]
        crowds = Crowds(scenario, [4, 9])
        shared = crowds.figures(lines, shared=start)
        alone = compare_plans(scenario, {str(n): line for n, line in enumerate(lines)}, [4, 9])
        for metric, values in shared.items():
            for n in range(len(lines)):
                expected = alone.values[str(n)][metric]
                assert np.array_equal(values[n], expected, equal_nan=True), metric
        assert crowds.simulations == 8

    def test_nothing_to_divide_by_is_nothing_reached(self):
        scenario = street(goal="conversion", street__mechanisms__click_rate=0.0)
        assert (Crowds(scenario, [1]).goal([()]) == 0.0).all()


class TestSearch:
    def test_never_below_the_players_own_line(self, found):
        assert len(found) >= 8
        for known in found:
            assert known.own in known.lines
            assert known.mean(known.best) >= known.mean(known.own)

    @pytest.mark.parametrize("seed", range(3))
    def test_never_below_whatever_was_played(self, seed):
        draw = np.random.default_rng(seed)
        steps = [
            (int(minute), SetTactic(str(draw.choice(TACTICS))))
            for minute in np.sort(draw.integers(0, 30, size=4))
        ]
        known = best_line(played(street(), steps, seed), budget=60, **SMALL)
        assert known.settled
        assert known.mean(known.best) >= known.mean(known.own)

    def test_regret_falls_to_what_was_given_away(self, found):
        for known in found:
            regret = known.regret
            assert (regret >= 0).all() and (np.diff(regret) <= 1e-9).all()
            assert known.costs.sum() == pytest.approx(regret[0])
            assert len(regret) == len(known.points)

    def test_each_continuation_is_the_players_own_until_its_point(self, found):
        for known in found:
            for point, line in zip(known.points, known.onward, strict=True):
                parts = parts_at(line, known.own)
                assert parts is None or parts >= point

    def test_the_last_is_settled_on_crowds_that_nobody_met_before(self, found, run):
        assert [known.settled for known in found] == [False] * (len(found) - 1) + [True]
        last = found[-1]
        assert all(len(values) == SMALL["choosing_crowds"] for values in last.lines.values())
        seeds = other_crowds(8, "best line, chosen", [run.seed])
        assert not {run.seed, *other_crowds(4, "best line, sought", [run.seed])} & set(seeds)
        again = compare_plans(run.scenario, {"best": last.best}, seeds)
        assert np.array_equal(last.lines[last.best], again.values["best"]["net_sales"])

    def test_what_it_brings_here_is_simulated_too(self, found, run):
        last = found[-1]
        assert set(last.here) == set(last.lines)
        assert last.here[last.own] == run.report()["net_sales"]
        alone = compare_plans(run.scenario, {"best": last.best}, [run.seed])
        assert last.here[last.best] == alone.values["best"]["net_sales"][0]

    def test_points(self, run):
        start = run.live_start_tick
        assert decision_points(run) == [start, start + 60, start + 72, start + 120]
        assert decision_points(run, every_minutes=100) == [start, start + 72]

    def test_the_budget_is_kept(self, found):
        spent = [known.simulations for known in found]
        assert spent == sorted(spent)
        # at least three lines are measured, and a step that has begun is finished
        assert spent[-1] <= 260 + 60

    def test_the_same_again(self, run, found):
        again = best_line(run, budget=260, **SMALL)
        assert again.best == found[-1].best and again.onward == found[-1].onward

    def test_all_lines_are_found_where_there_are_few(self):
        scenario = street(choices=["patient", "rushed"])
        run = played(scenario, [(0, SetTactic("rushed"))])
        known = best_line(run, budget=400, every_minutes=15, **SMALL)
        points = known.points
        assert len(points) == 2
        everything = [
            line_of([(points[0], SetTactic(a)), (points[1], SetTactic(b))], REFERENCE)
            for a, b in itertools.product(("patient", "rushed"), repeat=2)
        ]
        seeds = other_crowds(SMALL["choosing_crowds"], "best line, chosen", [run.seed])
        means = Crowds(scenario, seeds).goal(everything).mean(axis=1)
        assert set(everything) == set(known.lines)
        assert known.best == everything[int(np.argmax(means))]
        assert known.mean(known.best) == pytest.approx(means.max())

    def test_interrupted(self, run):
        def interrupt(done, total):
            raise KeyboardInterrupt

        known = best_line(run, budget=260, progress=interrupt, **SMALL)
        assert not known.settled and known.mean(known.best) >= known.mean(known.own)
        assert known.here == {}

    def test_progress_reaches_the_end(self, run):
        seen = []
        best_line(run, budget=40, progress=lambda *step: seen.append(step), **SMALL)
        assert seen == sorted(seen) and seen[-1] == (40, 40)


class TestStars:
    def known(self, found, own, best, weakest=0.0):
        """The last result with other figures in its place."""
        last = found[-1]
        noise = np.random.default_rng(0).normal(size=20)
        lines = {("own",): own + noise, ("best",): best + noise, ("weakest",): weakest + noise}
        return dataclasses.replace(
            last, own=("own",), best=("best",), weakest=("weakest",), lines=lines, onward=()
        )

    @pytest.mark.parametrize(
        ("own", "count"), [(-5.0, 1), (49.0, 1), (51.0, 2), (89.0, 2), (91.0, 3), (100.0, 3)]
    )
    def test_thresholds(self, found, own, count):
        judged = stars(self.known(found, own, 100.0))
        assert judged.count == count
        assert judged.share == pytest.approx(own / 100.0)
        assert THRESHOLDS == {2: 0.5, 3: 0.9}

    def test_a_star_is_not_withheld_for_bad_luck(self, found):
        known = self.known(found, 85.0, 100.0)
        doubtful = np.random.default_rng(1).normal(85.0, 40.0, size=20)
        known = dataclasses.replace(known, lines={**known.lines, ("own",): doubtful})
        assert stars(known).count == 3

    def test_where_everything_is_alike(self, found):
        assert stars(self.known(found, 1.0, 1.0, 1.0)).count == 3

    def test_too_few_crowds(self, found):
        known = self.known(found, 1.0, 2.0)
        few = {line: values[:3] for line, values in known.lines.items()}
        assert stars(dataclasses.replace(known, lines=few)).count is None

    def test_of_a_run(self, found):
        judged = stars(found[-1])
        assert judged.count in (1, 2, 3)
        for language in wording.LANGUAGES:
            assert judged.text(language)


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=120, nights=2)


class TestHint:
    def at(self, scenario, tactic, seed=2, minute=10):
        run = Run(scenario, seed)
        run.decide(SetTactic(tactic))
        run.advance_ticks(run.live_start_tick + 6 * minute - run.tick)
        return run

    def test_it_says_why(self):
        # a tactic of saying nothing, so that what is better does not hang on the balance
        scenario = busy_street(shoppers=120, nights=2, tactics__rushed__mix={"silence": 1.0})
        run = self.at(scenario, "rushed", minute=3)
        before = run.digest()
        advice = hint(run)
        assert run.digest() == before
        assert isinstance(advice.decision, SetTactic) and advice.verdict.kind == "higher"
        assert advice.advised > advice.going_on
        assert 1 <= len(advice.reasons) <= 3
        assert all(reason.verdict.clear for reason in advice.reasons)
        run.decide(advice.decision)

    def test_it_does_not_look_into_the_crowds_future(self, scenario):
        assert hint(self.at(scenario, "rushed", 2)) == hint(self.at(scenario, "rushed", 3))

    def test_nothing_else_to_do(self):
        scenario = busy_street(shoppers=60, choices=["patient"])
        advice = hint(self.at(scenario, "patient"))
        assert advice.decision is None and advice.verdict.kind == "same"

    def test_when_all_is_said(self, run):
        with pytest.raises(DecisionError):
            hint(run)

    def test_at_the_very_end_nothing_is_clearly_better(self, scenario):
        run = self.at(scenario, "patient", minute=39)
        run.advance_ticks(run.live_end_tick - 1 - run.tick)
        assert hint(run).decision is None
