"""Ghosts on the command line: another run on the same crowd beside a saved one."""

import json

import pytest

from sim.play import profile as profile_module
from sim.play.bets_kept import keep_run
from sim.play.capsule import capsule_of
from sim.play.capsule_file import save_capsule
from sim.play.ghost_shelf import keep_line
from sim.play.profile import Profile
from sim.play.replay import resume


@pytest.fixture(autouse=True)
def records(tmp_path, monkeypatch):
    """An empty profile of the test's own."""
    monkeypatch.setattr(profile_module, "user_data_folder", lambda: tmp_path / "records")


@pytest.fixture
def runs(stroll, lesson, tmp_path):
    """Journals of two tactics on one crowd, and of one on another."""
    files = {}
    for name, tactic, seed in (("one", "rushed", 3), ("two", "patient", 3), ("far", "patient", 4)):
        files[name] = tmp_path / f"{name}.jsonl"
        answer = stroll(
            "run", lesson, "--tactic", tactic, "--seed", seed, "--journal", files[name], "--json"
        )
        assert answer.code == 0
        files[f"{name} metrics"] = json.loads(answer.out)["metrics"]
    return files


def beside(stroll, runs, who, *more):
    return stroll("why", runs["one"], "--ghost", who, *more)


def test_a_file_minute_by_minute_and_at_the_end(stroll, runs):
    answer = beside(stroll, runs, runs["two"], "--json")
    assert answer.code in (0, 4)
    (ghost,) = json.loads(answer.out)["ghosts"]
    assert ghost["metrics"] == {"you": runs["one metrics"], "ghost": runs["two metrics"]}
    assert [mark["minute"] for mark in ghost["marks"]] == list(range(21))
    last = ghost["marks"][-1]
    # nothing has come back yet when the live ends
    for name, key in (("you", "one metrics"), ("ghost", "two metrics")):
        assert last[name]["orders"] <= runs[key]["orders"]
        totals = [mark[name]["orders"] for mark in ghost["marks"]]
        assert totals == sorted(totals)
    assert ghost["finished"] and not ghost["same_decisions"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_has_a_row_every_ten_minutes(stroll, runs, language):
    answer = beside(stroll, runs, runs["two"], "--language", language)
    rows = [line.split() for line in answer.out.splitlines() if line.split()[:1] != []]
    starts = [row[0] for row in rows if row[0].isdigit() and len(row) == 7]
    assert starts == ["0", "10", "20"]
    assert max(len(line) for line in answer.out.splitlines()) <= 80


def test_a_capsule_and_the_run_itself(stroll, runs, tmp_path):
    played = resume(runs["one"])
    place = tmp_path / "one.stroll"
    save_capsule(capsule_of(played), place)
    answer = beside(stroll, runs, place)
    assert answer.code in (0, 4) and "very same decisions" in answer.out


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("far", "met another crowd"),
        ("other", "another scenario"),
        ("nothing.jsonl", "nothing.jsonl"),
        ("last", "no other run"),
        ("best", "no other run"),
    ],
)
def test_what_cannot_stand_beside_gets_one_sentence(stroll, runs, busy_lesson, tmp_path, who, said):
    if who == "other":
        runs["other"] = tmp_path / "other.jsonl"
        stroll("run", busy_lesson, "--seed", 3, "--journal", runs["other"], "--json")
    answer = beside(stroll, runs, runs.get(who, who), "--json")
    *before, last = answer.err.strip().splitlines()
    assert answer.code != 0 and said in last and not answer.out
    # before it only that the lesson of these tests is not the one that comes with the program
    assert len(before) == 2 and "differs" in before[0]


def test_earlier_runs_out_of_the_records(stroll, runs):
    with Profile.open() as profile:
        for name in ("two", "one", "far"):
            played = resume(runs[name])
            keep_run(profile, played, played.report())
    # the run itself is in the records too, and is not its own ghost; another crowd is none at all
    for who in ("last", "best", "LAST"):
        (ghost,) = json.loads(beside(stroll, runs, who, "--json").out)["ghosts"]
        assert ghost["metrics"]["ghost"] == runs["two metrics"]


def test_the_best_line_that_is_kept(stroll, runs):
    two = resume(runs["two"])
    with Profile.open() as profile:
        keep_line(profile, two.scenario, two.seed, two.decisions, 1.0)
    (ghost,) = json.loads(beside(stroll, runs, "line", "--json").out)["ghosts"]
    assert ghost["kind"] == "line" and ghost["metrics"]["ghost"] == runs["two metrics"]
