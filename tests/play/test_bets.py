"""Bets are scored properly: honesty pays, and confidence is compared with what comes."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim import wording
from sim.errors import StrollError
from sim.model.decisions import SetTactic
from sim.play.batch import compare
from sim.play.bets import (
    NARROWEST,
    WORST,
    IntervalBet,
    ProbabilityBet,
    QuantileBet,
    Question,
    Settled,
    bet_from_data,
    outcome_of,
    questions,
    settle_all,
)
from sim.play.bets_calibration import calibration
from sim.play.run import Run
from tests.model.streets import busy_street

WHICH = Question("net_sales", "patient", "rushed")
RATE = Question("return_rate")
BETS = [
    ProbabilityBet(WHICH, 0.7),
    IntervalBet(RATE, 0.1, 0.3),
    IntervalBet(RATE, 0.1, 0.3, 0.5),
    QuantileBet(RATE, (0.1, 0.5, 0.9), (0.1, 0.2, 0.4)),
]


class TestScores:
    def test_brier(self):
        assert Settled(BETS[0], 1.0).loss == pytest.approx(0.09)
        assert Settled(BETS[0], 0.0).loss == pytest.approx(0.49)
        assert Settled(BETS[0], 1.0).skill == pytest.approx(1 - 0.36)
        assert Settled(ProbabilityBet(WHICH, 0.5), 1.0).skill == 0.0

    def test_interval(self):
        assert Settled(BETS[1], 0.2).loss == pytest.approx(0.2)
        assert Settled(BETS[1], 0.4).loss == pytest.approx(0.2 + 10 * 0.1)
        assert Settled(BETS[1], 0.05).loss == pytest.approx(0.2 + 10 * 0.05)
        assert Settled(BETS[2], 0.4).loss == pytest.approx(0.2 + 4 * 0.1)
        assert Settled(IntervalBet(RATE, 0.0, 1.0), 0.4).skill == 0.0
        assert Settled(IntervalBet(RATE, 0.4, 0.4), 0.4).skill == pytest.approx(1.0)

    def test_a_point_is_widened_to_what_a_game_can_be_known_to(self):
        point = IntervalBet(RATE, 0.4, 0.4)
        assert (point.low, point.high) == pytest.approx((0.39, 0.41))
        assert point.hit(0.405) and not point.hit(0.42)
        for value in (0.0, 1.0):
            edge = IntervalBet(RATE, value, value)
            assert 0.0 <= edge.low <= value <= edge.high <= 1.0
            assert edge.high - edge.low == pytest.approx(NARROWEST)
        minutes = Question("median_minutes_to_order", high=120.0)
        assert IntervalBet(minutes, 5, 5).high == pytest.approx(5 + 120 * NARROWEST / 2)
        # what was widened once reads back as it is
        for bet in (point, edge, IntervalBet(minutes, 5, 5)):
            assert bet_from_data(bet.to_data()) == bet

    def test_no_bet_is_shown_worse_than_a_certainty_that_did_not_come(self):
        minutes = Question("median_minutes_to_order", high=120.0)
        far = Settled(IntervalBet(minutes, 2, 2), 89.0)
        assert far.skill == WORST and far.skill_without_floor < -5
        assert Settled(ProbabilityBet(WHICH, 1.0), 0.0).skill == WORST
        # nothing of what is averaged is cut off
        mean = calibration([far, far]).skill
        assert mean == pytest.approx(far.skill_without_floor)

    @pytest.mark.parametrize(("a", "b"), [(1, 1), (0.4, 0.4), (0.3, 1), (1, 4), (5, 40), (80, 80)])
    def test_the_floor_tempts_nobody_away_from_what_they_believe(self, a, b):
        believed = (np.arange(300) + 0.5) / 300
        weights = (a - 1) * np.log(believed) + (b - 1) * np.log(1 - believed)
        weights = np.exp(weights - weights.max())
        weights /= weights.sum()
        below = np.cumsum(weights)

        def expected(low, high):
            shown = [
                Settled(IntervalBet(RATE, low, high), value).skill for value in believed.tolist()
            ]
            return float(np.dot(shown, weights))

        ends = [float(believed[min(np.searchsorted(below, q), 299)]) for q in (0.1, 0.9)]
        middle = float(believed[np.searchsorted(below, 0.5)])
        honest = expected(*ends)
        for share in (0.0, 0.25, 0.5, 0.75, 1.25):  # of the honest reach to either side
            low, high = (middle + share * (end - middle) for end in ends)
            assert expected(max(low, 0.0), min(high, 1.0)) < honest + 0.002
        assert expected(0.0, 1.0) < honest

    def test_quantiles(self):
        # by hand: 2/3 x (0.1 x 0.2 + 0.5 x 0.1 + 0.1 x 0.1)
        assert Settled(BETS[3], 0.3).loss == pytest.approx(2 / 3 * (0.02 + 0.05 + 0.01))
        assert BETS[3].hit(0.3) and not BETS[3].hit(0.5)

    def test_many_quantiles_come_to_the_crps(self):
        # of the even distribution on 0..1 at 0.5 the CRPS is 1/12
        levels = tuple((n + 0.5) / 20 for n in range(20))
        assert QuantileBet(RATE, levels, levels).loss(0.5) == pytest.approx(1 / 12, rel=0.01)

    def test_saying_what_one_believes_costs_least(self):
        draw = np.random.default_rng(0)
        outcomes = draw.beta(2.0, 6.0, size=4000)
        low, middle, high = np.quantile(outcomes, [0.1, 0.5, 0.9])

        def cost(bet):
            return np.mean([bet.loss(value) for value in outcomes])

        honest = cost(IntervalBet(RATE, low, high))
        assert honest < cost(IntervalBet(RATE, low - 0.03, high + 0.03))
        assert honest < cost(IntervalBet(RATE, low + 0.03, high - 0.03))
        assert honest < cost(IntervalBet(RATE, low + 0.04, high + 0.04))
        assert cost(QuantileBet(RATE, (0.5,), (middle,))) < cost(QuantileBet(RATE, (0.5,), (high,)))
        came = outcomes > 0.2
        belief = float(came.mean())

        def brier(probability):
            return np.mean([ProbabilityBet(WHICH, probability).loss(float(o)) for o in came])

        assert brier(belief) < min(brier(belief - 0.1), brier(belief + 0.1), brier(0.5))

    def test_hits(self):
        assert ProbabilityBet(WHICH, 0.3).hit(0.0) is True
        assert ProbabilityBet(WHICH, 0.3).hit(1.0) is False
        assert ProbabilityBet(WHICH, 0.3).hit(0.5) is None
        assert ProbabilityBet(WHICH, 0.5).hit(1.0) is None

    def test_void(self):
        void = Settled(BETS[1], math.nan)
        assert void.void and math.isnan(void.loss) and math.isnan(void.skill) and void.hit is None


class TestOutcomes:
    def test_of_a_run(self):
        scenario = busy_street(shoppers=100, nights=4)
        run = Run(scenario, 3)
        run.decide(SetTactic("storytelling"))
        own = run.finish()
        found = compare(scenario, ["patient", "rushed"], [3])
        expected = float(found.paired("net_sales", "patient", "rushed")[0] > 0)
        settled = settle_all(BETS, run)
        assert [item.outcome for item in settled] == [expected] + [own["return_rate"]] * 3
        known = {"patient": {"net_sales": 1.0}, "rushed": {"net_sales": 2.0}}
        assert settle_all(BETS[:1], run, known)[0].outcome == 0.0

    def test_what_is_asked_can_be_settled(self):
        scenario = busy_street(shoppers=100, nights=4)
        run = Run(scenario, 3)
        asked = questions(scenario)
        assert [question.compares for question in asked] == [True, False, False]
        bets = [
            ProbabilityBet(q, 0.6) if q.compares else IntervalBet(q, q.low, q.high) for q in asked
        ]
        settled = settle_all(bets, run)
        assert not any(item.void for item in settled)
        assert settled[1].hit and settled[2].hit

    def test_edges(self):
        figures = {"patient": {"net_sales": 5.0}, "rushed": {"net_sales": 5.0}}
        assert outcome_of(WHICH, {}, figures) == 0.5
        assert math.isnan(outcome_of(WHICH, {}, {"patient": {"net_sales": 5.0}}))
        assert math.isnan(outcome_of(RATE, {"return_rate": math.nan}, {}))
        unknown = ProbabilityBet(Question("gmv", "patient", "no_such"), 0.5)
        run = Run(busy_street(shoppers=30, nights=0), 1)
        assert settle_all([unknown], run)[0].void

    def test_a_scenario_with_one_tactic_asks_less(self):
        scenario = busy_street(compare=["patient"])
        assert [question.metric for question in questions(scenario)] == [
            "return_rate",
            "median_minutes_to_order",
        ]


class TestRefused:
    @pytest.mark.parametrize(
        "make",
        [
            lambda: ProbabilityBet(WHICH, 1.1),
            lambda: ProbabilityBet(WHICH, math.nan),
            lambda: ProbabilityBet(WHICH, True),
            lambda: ProbabilityBet(RATE, 0.5),
            lambda: IntervalBet(WHICH, 0.1, 0.2),
            lambda: IntervalBet(RATE, 0.3, 0.2),
            lambda: IntervalBet(RATE, -0.1, 0.2),
            lambda: IntervalBet(RATE, 0.1, 1.2),
            lambda: IntervalBet(RATE, 0.1, 0.2, 1.0),
            lambda: IntervalBet(RATE, 0.1, 0.2, 0.0),
            lambda: QuantileBet(RATE, (0.5,), (0.1, 0.2)),
            lambda: QuantileBet(RATE, (), ()),
            lambda: QuantileBet(RATE, (0.5, 0.5), (0.1, 0.2)),
            lambda: QuantileBet(RATE, (0.0, 0.5), (0.1, 0.2)),
            lambda: QuantileBet(RATE, (0.1, 0.5), (0.3, 0.2)),
            lambda: Question("nothing"),
            lambda: Question("gmv", "patient"),
            lambda: Question("gmv", "patient", "patient"),
            lambda: Question("gmv", low=2.0, high=1.0),
        ],
    )
    def test_numbers_that_make_no_bet(self, make):
        with pytest.raises(StrollError) as refused:
            make()
        for language in wording.LANGUAGES:
            assert refused.value.in_language(language)

    @pytest.mark.parametrize("bet", BETS)
    def test_to_data_and_back(self, bet):
        assert bet_from_data(json.loads(json.dumps(bet.to_data()))) == bet

    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["kind", "question", "metric", "one", "low", "high", "levels"]),
                inner,
            )
        ),
        max_leaves=8,
    )

    @given(values)
    def test_anything(self, data):
        with pytest.raises(StrollError):
            bet_from_data(data)

    @given(st.sampled_from(BETS), st.data())
    def test_one_field_is_anything(self, bet, data):
        changed = json.loads(json.dumps(bet.to_data()))
        place = data.draw(st.sampled_from([changed, changed["question"]]))
        place[data.draw(st.sampled_from(sorted(place)))] = data.draw(self.values)
        try:
            made = bet_from_data(changed)
        except StrollError:
            return
        assert math.isfinite(made.loss(0.3)) and math.isfinite(made.loss_of_nothing(0.3))
        hash(made)


class TestCalibration:
    def settled(self, confidence, right, count):
        bets = [Settled(ProbabilityBet(WHICH, confidence), 1.0)] * right
        return bets + [Settled(ProbabilityBet(WHICH, confidence), 0.0)] * (count - right)

    def test_groups(self):
        found = calibration([*self.settled(0.65, 4, 8), *self.settled(0.1, 2, 10)])
        assert [(g.count, g.right) for g in found.probabilities] == [(8, 4), (10, 8)]
        assert [g.confidence for g in found.probabilities] == pytest.approx([0.65, 0.9])
        for group in found.probabilities:
            assert 0 <= group.low < group.share < group.high <= 1

    def test_intervals(self):
        hit, missed = Settled(BETS[1], 0.2), Settled(BETS[1], 0.9)
        found = calibration([hit] * 7 + [missed] * 3)
        (group,) = found.intervals
        assert (group.confidence, group.count, group.share) == (0.8, 10, 0.7)
        # Wilson's interval for 7 of 10
        assert (group.low, group.high) == pytest.approx((0.442, 0.873), abs=0.001)
        assert found.verdict == "fitting"

    def test_verdicts(self):
        assert calibration(self.settled(0.9, 10, 20)).verdict == "too_sure"
        assert calibration(self.settled(0.6, 20, 20)).verdict == "too_careful"
        assert calibration(self.settled(0.7, 14, 20)).verdict == "fitting"
        assert calibration(self.settled(0.9, 0, 5)).verdict == "too_few"
        assert calibration([]).count == 0 and math.isnan(calibration([]).skill)

    def test_whoever_is_calibrated_is_called_fitting(self):
        draw = np.random.default_rng(4)
        called = []
        for _ in range(200):
            chances = draw.uniform(0.02, 0.98, size=30)
            bets = [
                Settled(ProbabilityBet(WHICH, float(p)), float(draw.random() < p)) for p in chances
            ]
            called.append(calibration(bets).verdict)
        assert called.count("fitting") >= 180

    def test_what_does_not_count(self):
        void = Settled(BETS[1], math.nan)
        half = Settled(ProbabilityBet(WHICH, 0.5), 1.0)
        assert calibration([void, half]).count == 0
        equal = calibration([Settled(ProbabilityBet(WHICH, 1.0), 0.5)] * 4)
        assert equal.probabilities[0].share == 0.5

    @pytest.mark.parametrize("language", wording.LANGUAGES)
    def test_sentences(self, language):
        scenario = busy_street()
        for question in questions(scenario):
            assert "{" not in question.text(scenario, language)
        for bet in BETS:
            for outcome in (0.0, 0.2, 0.5, 1.0, math.nan):
                assert Settled(bet, outcome).text(language)
        for right in (0, 14, 20):
            assert "20" in calibration(self.settled(0.7, right, 20)).text(language)
