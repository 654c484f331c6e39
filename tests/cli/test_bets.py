"""Bets on the command line: made before a run, scored after it, and looked back on."""

import io
import json

import pytest

from sim.play import profile as profile_module
from sim.play.bets import IntervalBet, ProbabilityBet, Question, Settled
from sim.play.bets_kept import kept_bets
from sim.play.bets_questions import question_about
from sim.play.profile import Profile, RunEntry
from sim.scenario import Scenario


@pytest.fixture(autouse=True)
def records(tmp_path, monkeypatch):
    """An empty profile of the test's own."""
    folder = tmp_path / "records"
    monkeypatch.setattr(profile_module, "user_data_folder", lambda: folder)
    return folder


def made(stroll, lesson, *bets, language="en"):
    typed = [part for bet in bets for part in ("--bet", bet)]
    return stroll("run", lesson, "--language", language, "--json", *typed)


def test_bets_are_scored_and_kept_with_their_run(stroll, lesson):
    answer = made(stroll, lesson, "return_rate=0..100%", "patient>rushed=70%")
    assert answer.code == 0 and "kept" in answer.err
    told = json.loads(answer.out)
    wide, duel = told["bets"]
    assert (wide["low"], wide["high"], wide["kind"]) == (0.0, 1.0, "interval")
    assert (duel["probability"], duel["question"]["one"]) == (0.7, "patient")
    assert wide["skill"] is None or wide["skill"] == pytest.approx(0.0, abs=1e-9)
    with Profile.open() as profile:
        kept = kept_bets(profile)
        (run,) = profile.runs()
    assert [item.run for item in kept] == [run.number] * 2
    assert run.capsule and run.figures["net_sales"] == told["metrics"]["net_sales"]
    assert kept[1].settled.outcome == duel["outcome"]


def test_without_bets_nothing_is_kept(stroll, lesson, records):
    answer = made(stroll, lesson)
    assert answer.code == 0 and "bets" not in json.loads(answer.out)
    assert not records.exists()


@pytest.mark.parametrize(
    ("typed", "low", "high"),
    [
        ("viewers=10..40", 10.0, 40.0),
        ("观众=10~40", 10.0, 40.0),
        ("Net sales=1,000..2,000", 1000.0, 2000.0),
        ("net_sales＝¥100到300元", 100.0, 300.0),
        ("return_rate=5..15", 0.05, 0.15),
        ("return_rate=0.05..0.15", 0.05, 0.15),
        ("退货率=5%–15％", 0.05, 0.15),
        ("trust=0.2..0.4", 0.2, 0.4),
    ],
)
def test_ranges_are_read_as_people_write_them(stroll, lesson, monkeypatch, typed, low, high):
    import sim.play.bets_questions as asked

    monkeypatch.setattr(
        asked, "question_about", lambda scenario, metric, progress: Question(metric, high=5000.0)
    )
    (bet,) = json.loads(made(stroll, lesson, typed).out)["bets"]
    middle, wide = (low + high) / 2, max(high - low, 100.0)  # no game is known more finely
    assert (bet["low"] + bet["high"]) / 2 == pytest.approx(max(middle, wide / 2))
    assert bet["high"] - bet["low"] == pytest.approx(wide)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("net_sales", "net_sales=2000..4000"),
        ("net_sales=", "expected something like"),
        ("=1..2", "expected something like"),
        ("net_sals=1..2", "did you mean net_sales"),
        ("zzzzzzzz=1..2", "Viewers"),
        ("return_rate=20%", "a range such as"),
        ("return_rate=a..b", "a is no number"),
        ("return_rate=20%..10%", "between 0.0% and 100.0%"),
        ("return_rate=20%..110%", "between 0.0% and 100.0%"),
        ("patient>rushed=130%", "between 0% and 100%"),
        ("patient>patient=50%", "with itself"),
        ("patient>nobody=50%", "no tactic nobody"),
        ("patient>rushed>other=50%", "expected something like"),
        ("profit=1..2", "no figure profit"),
    ],
)
def test_what_is_no_bet_gets_one_sentence(stroll, lesson, records, typed, said):
    answer = made(stroll, lesson, typed)
    assert answer.code == 2 and said in answer.err and not answer.out
    assert answer.err.startswith("The value of --bet cannot be used")
    assert not records.exists()


def test_the_lessons_own_questions_one_by_one(stroll, lesson, monkeypatch):
    # a slip is told and asked again; an empty line passes one over
    monkeypatch.setattr("sys.stdin", io.StringIO("9\n4\n1..\n5..15\n\n"))
    answer = made(stroll, lesson, "ask")
    assert answer.code == 0
    duel, rate = json.loads(answer.out)["bets"]
    assert duel["probability"] == 0.7 and (rate["low"], rate["high"]) == (0.05, 0.15)
    assert "number from 1 to 5" in answer.err and "rather yes (70%)" in answer.err


def test_nobody_there_to_answer(stroll, lesson, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    answer = made(stroll, lesson, "ask")
    assert answer.code == 0 and "bets" not in json.loads(answer.out)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_looking_back_on_all_bets(stroll, language):
    nothing = stroll("bets", "--language", language)
    assert nothing.code == 0 and "--bet" in nothing.out
    returns = Question("return_rate")
    duel = ProbabilityBet(Question("net_sales", "patient", "rushed"), 0.9)
    with Profile.open() as profile:
        for seed in range(6):
            entry = RunEntry("first_stream", "0" * 64, "1", seed, {})
            missed = Settled(IntervalBet(returns, 0.1, 0.2), 0.5)
            profile.add_run(entry, [missed, Settled(duel, 1.0)])
        profile.add_run(RunEntry("gone", "0" * 64, "1", 1, {}), [Settled(duel, float("nan"))])
    answer = stroll("bets", "--language", language)
    assert answer.code == 0 and "90%" in answer.out and "10.0%–20.0%" in answer.out
    title = Scenario.load("first_stream").title.text(language)
    assert title in answer.out and "gone" in answer.out
    told = json.loads(stroll("bets", "--json").out)
    assert (told["bets"], told["runs"], told["verdict"]) == (13, 7, "too_sure")
    (group,) = told["intervals"]
    assert (group["bets"], group["right"]) == (6, 0.0)
    assert group["confidence"] == pytest.approx(0.8)
    of_one = json.loads(stroll("bets", "first_stream", "--json").out)
    assert of_one["bets"] == 12 and len(of_one["list"]) == 12


def test_a_question_about_anything_has_room_above_what_is_usual(lesson):
    scenario = Scenario.load(str(lesson))
    question = question_about(scenario, "viewers")
    assert question.low == 0.0 and question.high >= 20.0
    assert question == question_about(scenario, "viewers")
    assert question_about(scenario, "return_rate").high == 1.0
    assert question_about(scenario, "median_minutes_to_order").high == scenario.live.minutes
