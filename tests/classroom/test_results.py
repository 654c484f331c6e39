"""What came of a class: nobody counted twice or left out, no name where none may stand."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from sim.classroom import bets as class_bets
from sim.classroom.hand import Hand
from sim.classroom.results import group_of_shop, place_of, ranked, ranking, results
from sim.classroom.results_best import best_known, constants_of, search
from sim.classroom.results_book import Book
from sim.classroom.results_duel import duel
from sim.classroom.results_file import record_of_store
from sim.classroom.results_lines import lines_of, plain_history
from sim.classroom.results_luck import FEWEST, MOST, LuckWork, crowds_for
from sim.classroom.results_outcome import group_of, outcome_of, round_figures, steps_of
from sim.classroom.results_told import level_with_first, luck_data
from sim.classroom.results_words import ways
from sim.classroom.rounds import Rounds
from sim.classroom.store import ClassStore
from sim.classroom.streets import Streets
from sim.errors import StrollError
from sim.play.batch import compare, compare_plans
from sim.play.bets import IntervalBet, ProbabilityBet
from sim.play.bets_questions import questions
from sim.play.run import Run
from tests.classroom.made import HOSTILE, make_class
from tests.model.campaigns import small_campaign
from tests.model.streets import busy_street

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=160, nights=4)


@pytest.fixture(scope="module")
def record(scenario, tmp_path_factory):
    """A finished class of nine, met by eight other crowds."""
    path = make_class(tmp_path_factory.mktemp("class") / "a.strollclass", scenario, count=9)
    with ClassStore.look_into(path) as store:
        return record_of_store(store, crowds=8)


class TestDistribution:
    def test_every_shop_that_counts_is_in_one_group(self, record, scenario):
        told = record.results_data("en")
        counted = [shop for shop in record.shops if shop.counts]
        assert len(counted) == 7  # one was taken out, one never decided
        assert told["count"] == sum(group["count"] for group in told["groups"]) == 7
        values = sorted(value for group in told["groups"] for value in group["values"])
        assert values == sorted(shop.figure(scenario.goal) for shop in counted)
        assert told["average"] == pytest.approx(np.mean(values))
        assert math.fsum(values) == pytest.approx(7 * told["average"])

    def test_who_never_decided_is_shown_apart_and_who_was_removed_not_at_all(self, record):
        values = record.results_data("en")["values"]
        assert len(values) == 8
        assert [value["stand_in"] for value in values].count(True) == 1
        assert record.shops[-1].stand_in and record.shops[-2].removed

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_no_name_stands_where_none_may(self, record, language):
        hidden = json.dumps(record.results_data(language), ensure_ascii=False)
        hidden += json.dumps(record.luck_data(language), ensure_ascii=False)
        for name in HOSTILE[:9]:
            assert json.dumps(name, ensure_ascii=False) not in hidden
        shown = record.results_data(language, names_shown=True)["values"]
        assert {value["label"] for value in shown} >= {"=1+1", "<b>x</b>"}

    def test_every_figure_can_be_asked_for(self, record):
        for metric in ("return_rate", "followers", "trust"):
            told = record.results_data("en", metric)
            assert told["metric"] == metric and told["best_known"] is None
            assert metric not in [other["metric"] for other in told["others"]]
        assert record.results_data("en", "return_rate")["lower_is_better"]

    def test_groups_begin_with_the_best(self, record):
        means = [group["mean"] for group in record.results_data("en")["groups"]]
        assert means == sorted(means, reverse=True)

    def test_all_of_it_is_plain_data(self, record):
        for language in LANGUAGES:
            told = record.results_data(language)
            assert json.loads(json.dumps(told, allow_nan=False)) == told

    def test_round_by_round_each_shop_stands_once(self, record):
        for number, told in enumerate(record.results_data("en")["rounds"]):
            assert told["number"] == number + 1
            assert sum(group["count"] for group in told["groups"]) == 7
            total = sum(group["count"] * group["mean"] for group in told["groups"])
            shops = [shop for shop in record.shops if shop.counts]
            assert total == pytest.approx(sum(s.outcome.rounds[number]["net"] for s in shops))


class TestOutcome:
    def test_rounds_add_up_to_the_whole(self, scenario):
        run = Run(scenario, 3)
        run.finish()
        rounds = Rounds.of(scenario, 4)
        outcome = outcome_of(run, rounds, [Hand()] * 4)
        events, report = run.events(), run.report()
        whole = round_figures(events, 0, run.end_tick + 1)
        assert whole["orders"] == report["orders"] and whole["returns"] == report["returns"] > 0
        assert whole["gmv"] == pytest.approx(report["gmv"])
        assert whole["net"] == pytest.approx(report["net_sales"])
        assert whole["visits"] == report["visits"] and whole["followers"] == report["followers"]
        live = round_figures(events, rounds.edges[0], rounds.edges[-1])
        for name, value in live.items():
            assert sum(part[name] for part in outcome.rounds) == pytest.approx(value), name

    def test_a_group_is_what_had_more_than_half(self):
        assert group_of({"patient": 0.51, "rushed": 0.49}) == "patient"
        assert group_of({"patient": 0.5, "rushed": 0.5}) == "mixed"
        assert group_of({None: 0.9, "rushed": 0.1}) == "mixed"
        assert group_of({}) == "mixed"

    def test_shares_are_of_the_time_hosted(self, scenario):
        rounds = Rounds.of(scenario, 4)
        streets = Streets(scenario, 3, 1, rounds)
        hands = (Hand(tactic="rushed"), Hand(), Hand(mix=(("story", 1.0),)), Hand())
        history = tuple((hand,) for hand in hands)
        outcome = outcome_of(streets.at(history), rounds, hands)
        assert outcome.shares == pytest.approx({"rushed": 0.5, None: 0.5})
        assert not outcome.finished
        assert outcome_of(streets.at(history, True), rounds, hands).finished
        assert ways(scenario, hands) == ["rushed", "rushed", "mixed", "mixed"]
        assert len(outcome_of(streets.at(history[:1]), rounds, hands[:1]).rounds) == 1

    def test_steps_of_hands_are_what_a_run_was_given(self, scenario):
        rounds = Rounds.of(scenario, 3)
        streets = Streets(scenario, 3, 1, rounds)
        hands = (Hand(tactic="rushed", act="poll"), Hand(product="wool_coat"), Hand())
        run = streets.at(tuple((hand,) for hand in hands))
        assert steps_of(rounds, hands) == tuple(run.decisions)

    def test_a_book_makes_each_outcome_once(self, scenario):
        rounds = Rounds.of(scenario, 2)
        streets, book = Streets(scenario, 3, 1, rounds), Book(rounds)
        history = ((Hand(tactic="rushed"),),)
        assert book.known(streets, history, 0, False) is None
        made = book.outcome(streets, history, 0, False)
        assert book.outcome(streets, history, 0, False) is made
        assert book.known(streets, history, 0, False) is made
        assert book.known(streets, history, 0, True) is None


class TestPlaces:
    def test_equal_figures_share_a_place(self, record, scenario):
        shops = [shop for shop in record.shops if shop.counts][:3]
        twins = [shops[0], shops[0], *shops[1:]]
        places = sorted(place for place, _ in ranked(twins, scenario.goal))
        assert len(places) == 4 and len(set(places)) == 3
        assert places[-1] == 4 or places[-2:] == [3, 3] or places[-1] == 3

    def test_each_is_told_the_own_place_alone_unless_places_are_off(self, record, scenario):
        shops = record.shops
        best = max((s for s in shops if s.counts), key=lambda shop: shop.figure(scenario.goal))
        assert place_of(scenario, shops, best.seat, "private") == {"rank": 1, "of": 7}
        assert place_of(scenario, shops, best.seat, "top") == {"rank": 1, "of": 7}
        assert place_of(scenario, shops, best.seat, "off") is None
        assert place_of(scenario, shops, shops[-1].seat, "private") is None

    def test_a_ranking_is_for_everybody_only_where_so_set(self, record, scenario):
        def told(kind, **more):
            return ranking(scenario, record.shops, "en", ranking=kind, top=3, **more)

        assert told("off", names_shown=True) is None and told("private", names_shown=True) is None
        few = told("top", names_shown=False)
        assert [one["place"] for one in few] == [1, 2, 3]
        assert all(one["label"].startswith("Shop ") for one in few)


class TestLines:
    def test_what_changes_nothing_makes_no_other_line(self, scenario):
        patient = scenario.reference
        played = {
            1: (((Hand(),), (Hand(tactic="rushed"),)), 0),
            2: (((Hand(tactic=patient),), (Hand(tactic="rushed", answers=(4, 5)),)), 0),
            3: (((Hand(),), (Hand(),)), 0),
        }
        lines = lines_of(played, patient)
        assert sorted(line.seats for line in lines) == [(1, 2), (3,)]

    def test_a_plain_history_leads_to_the_same_world(self, scenario):
        rounds = Rounds.of(scenario, 3)
        streets = Streets(scenario, 8, 1, rounds)
        mix = (("answer", 0.5), ("story", 0.5))
        history = (
            (Hand(tactic=scenario.reference, act="poll"),),
            (Hand(mix=mix, product="hand_cream"),),
            (Hand(mix=mix),),
        )
        plain = plain_history(history, scenario.reference)
        assert plain != history
        assert streets.at(plain, True).digest() == streets.at(history, True).digest()


class TestLuck:
    def test_a_line_brings_what_its_decisions_bring(self, record):
        """The same figures as when the decisions are simulated without any class."""
        shop = next(shop for shop in record.shops if shop.counts)
        seeds = record.luck.comparison.seeds
        alone = compare_plans(record.scenario, {"x": list(shop.outcome.decisions)}, seeds)
        for metric in ("net_sales", "return_rate", "followers"):
            np.testing.assert_array_equal(
                record.luck.values([shop.seat], metric), alone.values["x"][metric]
            )

    def test_it_grows_the_same_whoever_works(self, record):
        lines = record.luck.lines[:3]
        parts = (record.scenario, record.seed, record.rounds, lines)
        alone = list(LuckWork(*parts, crowds=3).steps())
        together = list(LuckWork(*parts, crowds=3, workers=3).steps())
        assert [luck.crowds for luck in alone] == [luck.crowds for luck in together] == [1, 2, 3]
        for one, other in zip(alone, together, strict=True):
            for line in lines:
                assert one.band(line.seats[0], "gmv") == other.band(line.seats[0], "gmv")
        assert record.seed not in alone[-1].comparison.seeds

    def test_it_ends_when_asked(self, record):
        work = LuckWork(record.scenario, record.seed, record.rounds, record.luck.lines, crowds=50)
        seen = []
        for luck in work.steps():
            seen.append(luck.crowds)
            work.stop()
        assert seen == [1] and work.stopped

    def test_a_thread_tells_and_ends(self, record):
        told = []
        lines = record.luck.lines[:2]
        work = LuckWork(record.scenario, record.seed, record.rounds, lines, crowds=2)
        work.start(told.append)
        work.join(120)
        assert [luck.crowds for luck in told] == [1, 2]

    def test_the_budget_is_shared_among_lines(self):
        assert crowds_for(1) == MOST and crowds_for(200) == 12 and crowds_for(10_000) == FEWEST
        assert crowds_for(200, campaign=True) == 6 and crowds_for(1, campaign=True) == 12

    def test_no_lines_no_luck(self, record):
        assert list(LuckWork(record.scenario, 1, record.rounds, []).steps()) == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_in_words_and_numbers(self, record, language):
        told = luck_data(record.scenario, record.shops, record.luck, language)
        assert json.loads(json.dumps(told, allow_nan=False)) == told
        assert told["crowds"] == 8 and len(told["shops"]) == 7
        assert len(told["verdicts"]) == len(told["bands"]) - 1
        for band in [*told["bands"], *told["shops"]]:
            assert band["low"] <= band["mean"] <= band["high"]
        tied = [one["text"] for one in told["verdicts"] if one["kind"] in ("tie", "same")]
        assert told["ties"][: len(tied)] == tied

    def test_who_is_level_with_the_first(self, record, scenario):
        level = level_with_first(record.shops, record.luck, scenario.goal)
        first = ranked(record.shops, scenario.goal)[0][1]
        assert level[0] is first
        for shop in record.shops:
            if shop.counts and shop not in level:
                verdict = record.luck.verdict([first.seat], [shop.seat], scenario.goal)
                assert verdict.kind in ("higher", "lower")


class TestBest:
    def test_nothing_known_is_better(self, record, scenario):
        best = record.best
        for shop in record.shops:
            assert best.value >= shop.figure(scenario.goal)
        for figures in record.constants.values():
            assert not best.value < figures[scenario.goal]
        told = best.to_data(scenario, "en")
        assert told["value"] == best.value and "nobody has tried" in told["sentence"]

    def test_constants_are_those_of_the_class_crowd(self, record, scenario):
        alone = compare(scenario, ["rushed"], [record.seed])
        known = record.constants["rushed"]["net_sales"]
        assert known == alone.values["rushed"]["net_sales"][0]

    def test_a_search_counts_too(self, record, scenario):
        run = Run(scenario, record.seed)
        run.finish()
        found = search(run, budget=60)
        best = best_known(scenario, [], {}, found)
        assert best.source == "search" and best.value == found.here[found.best]
        assert search(run, budget=60, stopped=lambda: True) is None

    def test_of_a_shared_street_all_go_by_it(self, scenario):
        small = constants_of(scenario, 3, Rounds.of(scenario, 2), shops=2)
        assert set(small) >= set(scenario.choices)
        assert small["rushed"]["viewers"] > 0


class TestDuel:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_both_by_the_minute_and_small(self, record, language):
        book = Book(record.rounds)
        sides = []
        for shop in record.shops[:2]:
            history, number = record.played[shop.seat]
            sides.append((shop, book.curves(record.streets, history, number, True)))
        told = duel(record.scenario, record.rounds, *sides, language)
        text = json.dumps(told, allow_nan=False)
        assert len(text.encode()) < 60_000 and json.loads(text) == told
        minutes = record.scenario.live.minutes
        assert told["marks"] == minutes + 1
        for side, (shop, _) in zip(("one", "other"), sides, strict=True):
            series = told[side]["series"]
            assert {len(values) for values in series.values()} == {minutes + 1}
            assert told[side]["bands"][0]["from"] == 0.0
            assert told[side]["bands"][-1]["to"] == minutes
            assert len(told[side]["hands"]) == len(shop.hands)
            live = round_figures(
                record.streets.at(record.played[shop.seat][0], True).events(),
                0, record.rounds.edges[-1],
            )  # fmt: skip
            assert series["orders"][-1] == live["orders"]

    def test_two_hours_are_small_too(self):
        minutes, series = 240, 4
        assert 2 * series * minutes * len("12345.6, ") < 50_000


class TestBets:
    def test_a_phone_answers_by_number_or_whole(self, scenario):
        which, share, _ = asked = questions(scenario)
        read = class_bets.bets_of_phone(
            scenario,
            [{"number": 0, "probability": 0.7}, IntervalBet(share, 0.1, 0.3).to_data()],
        )
        assert read == [ProbabilityBet(which, 0.7), IntervalBet(share, 0.1, 0.3)]
        told = class_bets.class_questions(scenario, "zh")
        assert [one["kind"] for one in told] == ["probability", "interval", "interval"]
        assert [one["question"] for one in told] == [one.to_data() for one in asked]

    @pytest.mark.parametrize(
        "data",
        [
            None, "x", {}, [None], [{}], [{"number": 9, "probability": 0.5}],
            [{"number": True, "probability": 0.5}], [{"number": 0, "probability": "a"}],
            [{"number": 0, "probability": float("nan")}], [{"number": 0, "low": 0, "high": 1}],
            [{"number": 1, "low": 0.3, "high": 0.1}], [{"number": 0, "probability": 0.5}] * 2,
            [{"number": 0, "probability": 0.5}] * 9,
            [{"kind": "probability", "probability": 0.5,
              "question": {"metric": "gmv", "one": "patient", "other": "rushed"}}],
        ],
    )  # fmt: skip
    def test_what_is_no_bet_is_refused(self, scenario, data):
        with pytest.raises(StrollError):
            class_bets.bets_of_phone(scenario, data)

    def test_they_are_settled_by_the_class_crowd(self, record, scenario):
        question = questions(scenario)[0]
        one, other = (record.constants[name][question.metric] for name in
                      (question.one, question.other))  # fmt: skip
        came = 0.5 if one == other else float(one > other)
        shops = [shop for shop in record.shops if shop.bets and not shop.removed]
        assert shops
        for shop in shops:
            which, share = record.settled[shop.seat]
            assert which.outcome == came
            assert share.outcome == shop.outcome.figures["return_rate"]
            told = class_bets.settled_data(scenario, [which, share], "en")
            assert json.loads(json.dumps(told, allow_nan=False)) == told

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_calibration_counts_every_bet_once(self, record, language):
        told = record.calibration_data(language)
        known = [i for s in record.shops if s.counts for i in record.settled.get(s.seat, [])]
        scored = [
            item for item in known
            if not item.void and getattr(item.bet, "probability", None) != 0.5
        ]  # fmt: skip
        assert told["count"] == sum(group["count"] for group in told["groups"]) == len(scored)
        assert sum(one["count"] for one in told["questions"]) == len(known)

    def test_a_damaged_bet_is_left_out(self, record, scenario):
        import dataclasses

        broken = dataclasses.replace(record.shops[0], bets=({"kind": "probability"}, {"x": 1}))
        assert class_bets.settle(scenario, broken, record.constants) == []


def told_of_bets(record):
    return json.dumps(record.calibration_data("en"))


class TestOtherClasses:
    def test_a_vote_is_one_shop(self, scenario, tmp_path):
        path = make_class(tmp_path / "v.strollclass", scenario, count=5, rounds=2, mode="vote")
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=0)
        told = record.results_data("en")
        assert len(told["values"]) == 1 and told["values"][0]["label"] == "The class"
        assert told["count"] == 1 and len(told["votes"]) == 2
        assert record.place_of(1) is None and record.ranking_data("en") is None
        assert len({id(shop.outcome) for shop in record.shops}) == 1

    def test_shops_of_one_street_are_told_apart(self, scenario, tmp_path):
        path = make_class(
            tmp_path / "s.strollclass", scenario, count=5, rounds=2, mode="shared", shops=3
        )
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=6)
        streets = {record.played[shop.seat][0] for shop in record.shops}
        assert len(streets) == 2
        assert len({shop.figure("viewers") for shop in record.shops}) > 1
        assert record.luck.crowds == 6
        seat = record.shops[0].seat
        assert record.luck.values([seat], "viewers").shape == (6,)
        assert record.results_data("zh")["count"] == 3

    def test_a_campaign_by_its_policies(self, tmp_path):
        busy = {
            "title": {"zh": "天天播", "en": "Daily"}, "summary": {"zh": "播。", "en": "Live."},
            "live": {"every": 1, "starts": "20:00", "minutes": 30, "tactic": "rushed"},
        }  # fmt: skip
        idle = {"title": {"zh": "不播", "en": "Idle"}, "summary": {"zh": "歇。", "en": "Rests."}}
        scenario = small_campaign(
            days=2, policies={"idle": idle, "daily": busy}, campaign__compare=["idle", "daily"]
        )
        assert ways(scenario, [Hand(), Hand(policy="daily"), Hand()]) == ["idle", "daily", "daily"]
        path = make_class(tmp_path / "c.strollclass", scenario, count=5, rounds=2)
        with ClassStore.look_into(path) as store:
            record = record_of_store(store, crowds=2)
        told = record.results_data("en")
        assert {group["key"] for group in told["groups"]} <= {"idle", "daily", "mixed"}
        assert set(record.constants) == {"idle", "daily"}
        assert record.settled[1][0].outcome in (0.0, 0.5, 1.0)
        assert "Daily" in told_of_bets(record)
        assert [one["clock"] for one in told["rounds"]] == ["1–1", "2–2"]
        assert group_of_shop(scenario, record.shops[-1]) == "idle"

    def test_an_unfinished_class_is_told_as_far_as_it_came(self, scenario, tmp_path):
        path = make_class(tmp_path / "u.strollclass", scenario, count=4, until="computed")
        with ClassStore.look_into(path) as store:
            record = record_of_store(store)
        assert not record.finished and record.luck is None and record.best is None
        assert record.calibration_data("en") is None
        assert record.results_data("en")["best"] is None

    def test_nobody_came(self, scenario, tmp_path):
        path = make_class(tmp_path / "n.strollclass", scenario, count=0)
        with ClassStore.look_into(path) as store:
            record = record_of_store(store)
        told = results(scenario, record.shops, "en")
        assert told["count"] == 0 and told["average"] is None and told["groups"] == []
