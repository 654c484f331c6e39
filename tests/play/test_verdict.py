"""What is said of a run that was simulated again."""

import re

import pytest

from sim import paths
from sim.model.decisions import Perform, SetMix, SetTactic
from sim.play.capsule import capsule_of, verify
from sim.play.journal import Journal
from sim.play.replay import replay
from sim.play.run import Run
from sim.play.verdict import moment, played, standing, verdict_of
from sim.scenario import Scenario
from sim.scenario.differences import differences, known
from tests.play.test_replay import play_on, rewrite, small_scenario


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """An empty home, and the folder for the user's own scenarios in it."""
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "home"))
    folder = paths.user_scenarios_folder()
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def scenario():
    return small_scenario()


@pytest.fixture(scope="module")
def path(scenario, tmp_path_factory):
    file = tmp_path_factory.mktemp("played") / "played.jsonl"
    play_on(Run(scenario, seed=5, journal=Journal.create(file, scenario, 5)))
    return file


def english(verdict):
    for sentence in verdict.sentences:
        chinese = sentence.text("zh")
        assert chinese != sentence.text("en") and re.search("[\u4e00-\u9fff]", chinese)
        for text in (chinese, sentence.text("en")):
            assert "\n" not in text and "Phrase" not in text and "None" not in text
    return [sentence.text("en") for sentence in verdict.sentences]


def as_the_one_here(monkeypatch, scenario):
    """This machine's scenario of that id is `scenario`."""
    load = Scenario.load.__func__
    real = classmethod(
        lambda cls, name, language=None: (
            scenario if str(name).endswith("first_stream.yaml") else load(cls, name, language)
        )
    )
    monkeypatch.setattr(Scenario, "load", real)


def cut(path, target, tick):
    """The journal up to the first line of this tick."""
    lines = path.read_bytes().splitlines(keepends=True)
    end = next(n for n, line in enumerate(lines) if f'"tick":{tick}'.encode() in line)
    target.write_bytes(b"".join(lines[: end + 1]))
    return target


def test_a_finished_run_of_the_lesson_here(path, scenario, monkeypatch):
    as_the_one_here(monkeypatch, scenario)
    verdict = verdict_of(replay(path))
    assert (verdict.outcome, verdict.exit_code, verdict.lesson.state) == ("verified", 0, "same")
    assert english(verdict)[0] == "Verified." and "final figures" in english(verdict)[1]
    assert verdict.checked > 5


def test_a_doctored_lesson_is_named_with_what_differs(path, scenario):
    verdict = verdict_of(replay(path))
    assert (verdict.outcome, verdict.exit_code) == ("other_lesson", 4)
    said = english(verdict)
    assert said[0].startswith("Verified, but this is not the first_stream of this machine")
    assert said[0].endswith("differs in shoppers, live.minutes, nights.")
    assert verdict.lesson.to_data()["differences"][0] == {
        "key": "shoppers",
        "here": 5000,
        "there": 200,
    }
    assert verdict.to_data("zh")["sentences"][0].startswith("这一局核对无误，但")


def test_a_lesson_that_is_unknown_here_is_said_to_be(path, tmp_path):
    scenario = small_scenario().with_changes({"id": "elsewhere"})
    file = tmp_path / "run.jsonl"
    Run(scenario, seed=1, journal=Journal.create(file, scenario, 1)).finish()
    verdict = verdict_of(replay(file))
    found = verdict.outcome, verdict.exit_code, verdict.lesson.state
    assert found == ("other_lesson", 4, "unknown")
    assert "no scenario with the id elsewhere" in english(verdict)[0]
    # a capsule of the same run holds the lesson too, and is told the same
    again = verdict_of(verify(capsule_of(replay(file).run)))
    assert (again.outcome, again.exit_code, again.lesson.state) == found


def test_a_lesson_that_is_broken_here_is_said_to_be(own):
    (own / "elsewhere.yaml").write_text("id: elsewhere\nhost: 3\n")
    scenario = small_scenario().with_changes({"id": "elsewhere"})
    assert known(scenario).state == "broken"
    assert "has errors" in known(scenario).phrase.text("en")
    run = Run(scenario, seed=1)
    run.finish()
    assert verdict_of(verify(capsule_of(run))).exit_code == 4


@pytest.mark.parametrize(
    ("tick", "outcome"),
    [
        (6, "NOT FINISHED: at 19:41 the live had not begun."),
        (186, "NOT FINISHED: at 20:11 the live was not over."),
        (300, "NOT FINISHED: at 20:30 the live was over"),
        (1800, "NOT FINISHED: night 1 of 1, 00:40; returns are still to come."),
    ],
)
def test_a_cut_run_leads_with_where_it_stopped(
    path, scenario, tmp_path, tick, outcome, monkeypatch
):
    as_the_one_here(monkeypatch, scenario)
    verdict = verdict_of(replay(cut(path, tmp_path / "cut.jsonl", tick)))
    assert (verdict.outcome, verdict.exit_code) == ("unfinished", 3)
    said = english(verdict)
    assert said[0].startswith(outcome)
    assert ("nothing to verify" in said[1]) == (tick < 60) == (verdict.checked == 0)
    assert "minute" not in " ".join(said)


def test_only_a_header_has_nothing_to_verify(path, tmp_path):
    head = tmp_path / "head.jsonl"
    head.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")
    verdict = verdict_of(replay(head))
    assert verdict.exit_code == 3 and verdict.checked == 0
    said = english(verdict)
    assert "had not begun" in said[0] and "nothing to verify" in said[1]
    assert said[2].startswith("Also, this is not the first_stream of this machine")


def test_without_final_figures_it_is_not_finished(path, tmp_path):
    short = tmp_path / "short.jsonl"
    short.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    verdict = verdict_of(replay(short))
    assert verdict.exit_code == 3 and "before its final figures" in english(verdict)[0]


def test_what_is_false_is_said_first(path, tmp_path):
    def change(fields):
        if fields["kind"] == "digest":
            fields["digest"] = "0" * 32
        return fields

    verdict = verdict_of(replay(rewrite(path, tmp_path / "false.jsonl", change)))
    assert (verdict.outcome, verdict.exit_code) == ("false", 1)
    assert english(verdict)[0].startswith("The fingerprint of day 1, 19:50 is not")


def test_made_up_figures_are_quoted(path, tmp_path):
    def change(fields):
        if fields["kind"] == "finished":
            fields["figures"] |= {"charm\u202e": 1, "net_sales": 1}
        return fields

    verdict = verdict_of(replay(rewrite(path, tmp_path / "false.jsonl", change)))
    assert verdict.exit_code == 1
    assert "Net sales" in english(verdict)[0] and "charm\ufffd" in english(verdict)[0]


def test_a_capsule_is_judged_alike(scenario, monkeypatch):
    run = Run(scenario, seed=2)
    run.advance_ticks(200)
    verdict = verdict_of(verify(capsule_of(run)))
    assert verdict.exit_code == 3 and "20:13" in english(verdict)[0]
    run.finish()
    assert verdict_of(verify(capsule_of(run))).exit_code == 4
    as_the_one_here(monkeypatch, scenario)
    verdict = verdict_of(verify(capsule_of(run)))
    assert verdict.exit_code == 0 and english(verdict)[0] == "Verified."


def test_the_tactics_played_are_named(scenario):
    run = Run(scenario, seed=2)
    title = scenario.tactics[scenario.reference].title
    assert played(run).text("en") == f"Tactic: {title.en}; decisions: 0"
    run.decide(SetTactic("rushed"))
    run.advance_ticks(run.live_start_tick + 6)
    run.decide(Perform("poll", 60))
    run.decide(SetMix({"explain": 1.0}))
    run.decide(SetTactic("rushed"))
    rushed = scenario.tactics["rushed"].title
    said = f"Tactics: first {rushed.en}, then a mix of one's own; decisions: 4"
    assert played(run).text("en") == said
    assert rushed.zh in played(run).text("zh")
    assert moment(run).text("en") == "day 1, 20:01"
    assert "20:01" in standing(run).text("zh")


def test_differences_name_things_by_their_id(scenario):
    first = Scenario.load("first_stream")
    assert list(differences(first, first)) == []
    changed = first.with_changes(
        {"host.closeness": 1.0, "host.products.linen_shirt.quality": 0.9, "choices": ["patient"]}
    )
    assert [(item.key, item.there) for item in differences(first, changed)] == [
        ("choices", ["patient"]),
        ("host.closeness", 1.0),
        ("host.products.linen_shirt.quality", 0.9),
    ]
    data = first.canonical()
    data["host"]["notes"].reverse()
    data["street"]["neighbours"].pop()
    (order, gone) = differences(first, Scenario.from_data(data))
    assert order.key == "host.notes" and order.there == order.here[::-1]
    assert gone.key.startswith("street.neighbours.") and gone.there is None
