"""Grades: fair where luck decides, the same every time, and made of what they say."""

from __future__ import annotations

import dataclasses
import math

import pytest

from sim.classroom.grading import (
    DEFAULT_WEIGHTS,
    PARTS,
    grades,
    levels_of,
    read_weights,
    weighed,
)
from sim.classroom.hand import Hand
from sim.classroom.results import Shop
from sim.classroom.results_file import record_of_store
from sim.classroom.results_outcome import Outcome
from sim.classroom.store import ClassStore
from sim.errors import StrollError
from sim.play.bets import IntervalBet, ProbabilityBet, Settled
from sim.play.bets_questions import questions
from tests.classroom.made import make_class
from tests.model.streets import busy_street

CONSTANTS = {
    "low": {"net_sales": 1000.0, "return_rate": 0.5, "followers": 5.0, "unfollowed": 5.0,
            "trust": 0.2},
    "high": {"net_sales": 3000.0, "return_rate": 0.1, "followers": 25.0, "unfollowed": 5.0,
             "trust": 0.4},
}  # fmt: skip


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=160, nights=4)


@pytest.fixture(scope="module")
def path(scenario, tmp_path_factory):
    return make_class(tmp_path_factory.mktemp("class") / "a.strollclass", scenario, count=9)


@pytest.fixture(scope="module")
def record(path):
    with ClassStore.look_into(path) as store:
        return record_of_store(store, crowds=8)


def shop(seat=1, automatic=(False, False), joined=0, **figures):
    known = {"net_sales": 2000.0, "return_rate": 0.3, "followers": 15.0, "unfollowed": 5.0,
             "trust": 0.3, **figures}  # fmt: skip
    outcome = Outcome(0, known, (), (), (), True)
    hands = tuple(Hand() for _ in automatic)
    return Shop(seat, f"n{seat}", outcome, hands, tuple(automatic), joined=joined)


def graded(scenario, *shops, weights=None, settled=None, levels=None):
    chosen = read_weights(weights)
    return grades(scenario, shops, chosen, CONSTANTS, settled or {}, levels or {})


class TestScales:
    @pytest.mark.parametrize(
        ("figures", "part", "points"),
        [
            ({"net_sales": 1000.0}, "goal", 0.0),
            ({"net_sales": 2500.0}, "goal", 75.0),
            ({"net_sales": 3000.0}, "goal", 100.0),
            ({"net_sales": 400.0}, "goal", 0.0),
            ({"net_sales": 9000.0}, "goal", 100.0),
            ({"return_rate": 0.5}, "return_rate", 0.0),
            ({"return_rate": 0.2}, "return_rate", 75.0),
            ({"return_rate": 0.1}, "return_rate", 100.0),
            ({"return_rate": math.nan}, "return_rate", None),
            ({"followers": 10.0, "unfollowed": 0.0}, "followers", 50.0),
            ({"trust": 0.25}, "trust", 25.0),
        ],
    )
    def test_from_the_weakest_line_to_the_best_known(self, scenario, figures, part, points):
        (grade,) = graded(scenario, shop(**figures))
        assert grade.points[part] == (None if points is None else pytest.approx(points))

    def test_the_best_of_the_class_is_known_too(self, scenario):
        one, other = graded(scenario, shop(1, net_sales=5000.0), shop(2, net_sales=3000.0))
        assert one.points["goal"] == 100.0 and other.points["goal"] == 50.0

    def test_own_decisions_count_since_joining(self, scenario):
        late = shop(1, automatic=(True, True, False, True), joined=2)
        there = shop(2, automatic=(True, True, False, False))
        assert [grade.points["own"] for grade in graded(scenario, late, there)] == [50.0, 50.0]

    def test_who_does_not_count_has_no_score(self, scenario):
        bot, gone = shop(1, automatic=(True, True)), dataclasses.replace(shop(2), removed=True)
        for grade in graded(scenario, bot, gone):
            assert grade.score is None and set(grade.points.values()) == {None}


class TestBets:
    def test_a_straight_line_keeps_honesty_best(self, scenario):
        which, share, _ = questions(scenario)

        def points(*settled):
            (grade,) = graded(scenario, shop(), settled={1: list(settled)})
            return grade.points["bets"]

        assert points(Settled(ProbabilityBet(which, 1.0), 1.0)) == 100.0
        assert points(Settled(ProbabilityBet(which, 0.5), 1.0)) == 75.0
        assert points(Settled(ProbabilityBet(which, 1.0), 0.0)) == 0.0
        assert points(Settled(IntervalBet(share, 0.0, 1.0), 0.4)) == pytest.approx(75.0)
        # whoever believes 70% expects the most by saying so
        chances = [n / 20 for n in range(21)]
        expected = [
            0.7 * points(Settled(ProbabilityBet(which, chance), 1.0))
            + 0.3 * points(Settled(ProbabilityBet(which, chance), 0.0))
            for chance in chances
        ]
        assert chances[expected.index(max(expected))] == 0.7

    def test_who_bet_nothing_and_who_could_not(self, scenario):
        which = questions(scenario)[0]
        settled = {1: [Settled(ProbabilityBet(which, 1.0), 1.0)], 2: []}
        void = Settled(ProbabilityBet(which, 1.0), math.nan)
        shops = shop(1), shop(2), shop(3), shop(4, joined=1), shop(5)
        found = graded(scenario, *shops, settled={**settled, 5: [void]})
        assert [grade.points["bets"] for grade in found] == [100.0, 0.0, 0.0, None, None]
        assert [g.points["bets"] for g in graded(scenario, *shops, settled={1: []})] == [None] * 5


class TestWeights:
    def test_what_cannot_be_judged_leaves_its_weight_to_the_rest(self):
        points = {"goal": 80.0, "return_rate": None, "own": 20.0}
        assert weighed(points, {"goal": 3.0, "return_rate": 5.0, "own": 1.0}) == 65.0
        assert weighed(points, {"return_rate": 5.0}) is None

    def test_one_part_alone(self, scenario):
        (grade,) = graded(scenario, shop(), weights={"trust": 1})
        assert grade.score == grade.points["trust"] == pytest.approx(50.0)

    def test_nothing_given_means_the_usual_ones(self):
        assert read_weights(None) == read_weights({}) == DEFAULT_WEIGHTS
        assert set(DEFAULT_WEIGHTS) == set(PARTS)
        assert read_weights({"goal": 2})["bets"] == 0.0

    @pytest.mark.parametrize(
        "given",
        [
            {"beauty": 1}, {"goal": -1}, {"goal": "much"}, {"goal": math.nan}, {"goal": True},
            {"goal": math.inf}, {"goal": 0}, {"goal": 1e9},
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_what_is_no_weight_is_refused_in_words(self, given, language):
        with pytest.raises(StrollError) as error:
            read_weights(given)
        assert error.value.in_language(language)


class TestLuck:
    def test_whom_luck_does_not_tell_apart_gets_the_same(self, scenario):
        shops = [shop(n, net_sales=value) for n, value in ((1, 3000.0), (2, 2000.0), (3, 1000.0))]
        plain = graded(scenario, *shops)
        assert [grade.points["goal"] for grade in plain] == [100.0, 50.0, 0.0]
        tied = graded(scenario, *shops, levels={1: 1, 2: 1, 3: 2})
        assert [grade.points["goal"] for grade in tied] == [75.0, 75.0, 0.0]
        assert [grade.level for grade in tied] == [1, 1, 2]

    def test_groups_go_down_from_the_best(self, record, scenario):
        counted = [shop for shop in record.shops if shop.counts]
        levels = levels_of(counted, record.luck, scenario.goal)
        assert set(levels) == {shop.seat for shop in counted}
        assert sorted(set(levels.values())) == list(range(1, max(levels.values()) + 1))
        goal = {shop.seat: shop.figure(scenario.goal) for shop in counted}
        for number in set(levels.values()):
            members = [seat for seat, level in levels.items() if level == number]
            first = max(members, key=lambda seat: goal[seat])
            for seat in levels:
                clear = record.luck.verdict([first], [seat], scenario.goal).clear
                same = record.luck.same_line(first, seat)
                if levels[seat] == number:
                    assert same or not clear
                elif levels[seat] > number:
                    assert clear and not same

    def test_points_by_the_goal_are_one_for_each_group(self, record):
        points = {}
        for grade in record.grades():
            if grade.level is not None:
                points.setdefault(grade.level, set()).add(grade.points["goal"])
        assert points and all(len(found) == 1 for found in points.values())


class TestOfAFile:
    def test_the_same_file_gives_the_same_grades(self, path, record):
        with ClassStore.look_into(path) as store:
            again = record_of_store(store, crowds=8)
        assert again.grades() == record.grades()
        assert again.grades({"goal": 1}) == record.grades({"goal": 1}) != record.grades()

    def test_scores_lie_on_the_scale(self, record):
        scores = [grade.score for grade in record.grades()]
        assert scores.count(None) == 2
        assert all(0.0 <= score <= 100.0 for score in scores if score is not None)

    def test_the_class_s_own_weights_count(self, scenario, tmp_path):
        path = make_class(
            tmp_path / "w.strollclass", scenario, count=4, rounds=2, weights={"own": 1.0}
        )
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=0)
        assert record.weights_of()["own"] == 1.0 and record.weights_of()["goal"] == 0.0
        for grade in record.grades():
            assert grade.score == grade.points["own"]

    def test_nothing_is_graded_before_the_end(self, scenario, tmp_path):
        path = make_class(tmp_path / "u.strollclass", scenario, count=4, until="computed")
        with ClassStore.look_into(path) as store:
            assert {grade.score for grade in record_of_store(store).grades()} == {None}
