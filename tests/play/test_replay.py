"""A saved run simulated again: verified, refused, or gone on with."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import JournalError
from sim.model import TICKS_PER_MINUTE
from sim.model.decisions import Perform, SetMix, SetTactic, ShowProduct
from sim.play import journal as journal_module
from sim.play.journal import Journal, checksum
from sim.play.recording import read_recording
from sim.play.replay import replay, resume
from sim.play.run import Run
from sim.scenario import Scenario

# (minute of the live, decision), as a host may give them
DECISIONS = [
    (-5, SetTactic("rushed")),
    (3, ShowProduct("hand_cream")),
    (9.5, Perform("poll", 60)),
    (14, SetMix({"explain": 0.5, "answer": 0.5})),
]


TOP = Path(__file__).resolve().parents[2]


def small_scenario():
    changes = {"shoppers": 200, "nights": 1, "live.minutes": 20}
    return Scenario.load("first_stream").with_changes(changes)


@pytest.fixture(scope="module")
def scenario():
    return small_scenario()


def play_on(run, decisions=DECISIONS):
    """Give the decisions that are still to come, each at its minute, and finish the run."""
    for minute, decision in decisions:
        tick = run.live_start_tick + round(minute * TICKS_PER_MINUTE)
        if tick >= run.tick and (tick, decision) not in run.decisions:
            run.advance_ticks(tick - run.tick)
            run.decide(decision)
    run.finish()
    return run


@pytest.fixture(scope="module")
def played(scenario, tmp_path_factory):
    """The file of a finished run, and the run."""
    path = tmp_path_factory.mktemp("played") / "played.jsonl"
    return path, play_on(Run(scenario, seed=5, journal=Journal.create(path, scenario, 5)))


def rewrite(source, target, change):
    """The same journal with some lines changed, and every checksum right again."""
    previous, lines = "", []
    for text in source.read_text(encoding="ascii").splitlines():
        fields = json.loads(text)
        fields.pop("sum")
        fields = change(fields)
        rest = json.dumps(fields, separators=(",", ":")).encode()[1:]
        previous = checksum(previous, rest)
        lines.append(b'{"sum":"' + previous.encode() + b'",' + rest + b"\n")
    target.write_bytes(b"".join(lines))
    return target


def test_a_finished_run_is_verified(played):
    path, run = played
    seen = []
    again = replay(path, lambda done, total: seen.append((done, total)))
    assert again.verified and again.recording.finished
    assert again.run.digest() == run.digest()
    assert again.run.decisions == run.decisions and len(run.decisions) == len(DECISIONS)
    assert again.checked == sum(entry.kind == "digest" for entry in again.recording.entries) > 5
    assert seen[-1] == (run.end_tick, run.end_tick)
    assert seen == sorted(seen)


def test_a_journal_changes_nothing(played, scenario):
    _, run = played
    assert play_on(Run(scenario, seed=5)).digest() == run.digest()


def test_cut_at_each_line_replays_up_to_there(played, tmp_path):
    path, _ = played
    lines = path.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.jsonl"
    for count in range(1, len(lines)):
        cut.write_bytes(b"".join(lines[:count]))
        again = replay(cut)
        assert again.verified and not again.recording.finished
        last = json.loads(lines[count - 1])
        assert again.run.tick == last.get("tick", 0)


@given(share=st.floats(0, 1, exclude_max=True))
@settings(max_examples=25, deadline=None)
def test_cut_anywhere_resumes_to_the_same_end(played, tmp_path_factory, share):
    path, run = played
    content = path.read_bytes()
    header = content.index(b"\n") + 1
    cut = tmp_path_factory.mktemp("cut") / "cut.jsonl"
    cut.write_bytes(content[: header + int(share * (len(content) - header))])
    resumed = play_on(resume(cut))
    assert resumed.digest() == run.digest()
    assert resumed.report() == pytest.approx(run.report(), nan_ok=True)
    whole = replay(cut)
    assert whole.verified and whole.recording.finished


def test_resuming_comes_back_to_the_minute(scenario, tmp_path):
    path = tmp_path / "a.jsonl"
    run = Run(scenario, seed=5, journal=Journal.create(path, scenario, 5))
    run.advance_ticks(run.live_start_tick + 47)
    run.journal.close()
    resumed = resume(path)
    assert 0 <= run.tick - resumed.tick < TICKS_PER_MINUTE
    run.journal = None
    run.advance_ticks(-run.tick % TICKS_PER_MINUTE)
    resumed.advance_ticks(run.tick - resumed.tick)
    assert resumed.digest() == run.digest()


def test_a_finished_run_resumes_as_finished(played):
    path, run = played
    before = path.read_bytes()
    resumed = resume(path)
    assert resumed.phase == "finished" and resumed.digest() == run.digest()
    assert path.read_bytes() == before


def test_a_flipped_bit_stops_the_replay_there(played, tmp_path):
    path, _ = played
    lines = path.read_bytes().splitlines(keepends=True)
    broken = len(lines) // 2
    damaged = bytearray(lines[broken])
    damaged[-10] ^= 1
    changed = tmp_path / "flipped.jsonl"
    changed.write_bytes(b"".join([*lines[:broken], bytes(damaged), *lines[broken + 1 :]]))
    again = replay(changed)
    assert not again.verified
    assert again.difference is None and again.recording.fault is not None
    assert again.run.tick == json.loads(lines[broken - 1])["tick"]


def test_a_false_digest_is_the_first_difference(played, tmp_path):
    path, _ = played
    digests = [entry for entry in read_recording(path).entries if entry.kind == "digest"]

    def change(fields):
        if fields["kind"] == "digest" and fields["tick"] >= digests[2].tick:
            fields["digest"] = "0" * 32
        return fields

    again = replay(rewrite(path, tmp_path / "false.jsonl", change))
    assert not again.verified and again.checked == 2
    assert again.difference.tick == digests[2].tick
    assert again.difference.recorded == "0" * 32
    assert again.difference.found == digests[2].value
    with pytest.raises(JournalError):
        resume(tmp_path / "false.jsonl")


def test_a_decision_that_was_put_in_is_found(played, tmp_path):
    path, _ = played

    def change(fields):
        if fields.get("data") == {"kind": "set_tactic", "tactic": "rushed"}:
            fields["data"]["tactic"] = "patient"
        return fields

    again = replay(rewrite(path, tmp_path / "better.jsonl", change))
    assert not again.verified and again.difference is not None


def test_final_figures_are_compared_not_believed(played, tmp_path):
    path, run = played

    def change(fields):
        if fields["kind"] == "finished":
            fields["figures"]["net_sales"] += 1000
            fields["figures"]["charm"] = 1
            del fields["figures"]["visits"]
        return fields

    again = replay(rewrite(path, tmp_path / "richer.jsonl", change))
    assert not again.verified
    assert set(again.false_figures) == {"net_sales", "charm", "visits"}
    assert again.run.report()["net_sales"] == run.report()["net_sales"]


def test_a_foreign_engine_is_refused_in_a_sentence(played, tmp_path):
    def change(fields):
        return {**fields, "engine": "99-other"} if fields["kind"] == "header" else fields

    foreign = rewrite(played[0], tmp_path / "foreign.jsonl", change)
    for use in (replay, resume):
        with pytest.raises(JournalError) as caught:
            use(foreign)
        assert "99-other" in caught.value.in_language("en")
        assert "99-other" in caught.value.in_language("zh")


def change_header(name, value):
    def change(fields):
        if fields["kind"] == "header":
            if name in fields:
                fields[name] = value
            else:
                fields["scenario"][name] = value
        return fields

    return change


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("shoppers", 10**12),
        ("shoppers", "many"),
        ("shoppers", 300),
        ("goal", "fame"),
        ("host", {}),
        ("scenario", {}),
        ("scenario_hash", "00"),
    ],
)
def test_the_scenario_inside_is_checked_again(played, tmp_path, name, value):
    forged = rewrite(played[0], tmp_path / "forged.jsonl", change_header(name, value))
    with pytest.raises(JournalError) as caught:
        replay(forged)
    assert len(caught.value.in_language("en").splitlines()) == 1


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "set_tactic", "tactic": "no_such"},
        {"kind": "set_tactic"},
        {"kind": "__import__"},
        {"kind": "perform", "act": "poll", "seconds": -1},
        {"kind": "set_mix", "mix": {"explain": 2}},
        {"kind": "answer_shopper", "shopper": -1},
        {},
    ],
    ids=str,
)
def test_a_decision_that_is_not_possible_is_named_by_line(played, tmp_path, data):
    def change(fields):
        if fields["kind"] == "decision":
            fields["data"] = data
        return fields

    forged = rewrite(played[0], tmp_path / "forged.jsonl", change)
    with pytest.raises(JournalError) as caught:
        replay(forged)
    first = next(e for e in read_recording(forged).entries if e.kind == "decision")
    assert f"line {first.line}" in caught.value.in_language("en")


def test_a_tick_beyond_the_end_is_refused(played, tmp_path):
    def change(fields):
        return {**fields, "tick": 2**31 - 1} if fields.get("n") == 60 else fields

    lines = played[0].read_bytes().splitlines(keepends=True)[:61]
    short = tmp_path / "short.jsonl"
    short.write_bytes(b"".join(lines))
    with pytest.raises(JournalError):
        replay(rewrite(short, tmp_path / "late.jsonl", change))


def test_a_full_disk_does_not_stop_the_run(scenario, played, tmp_path, monkeypatch):
    journal = Journal.create(tmp_path / "full.jsonl", scenario, 5)
    run = Run(scenario, seed=5, journal=journal)
    monkeypatch.setattr(
        journal_module, "MAXIMUM_FILE_BYTES", (tmp_path / "full.jsonl").stat().st_size + 900
    )
    play_on(run)
    assert run.digest() == played[1].digest()
    assert journal.problem is not None
    monkeypatch.undo()
    assert replay(tmp_path / "full.jsonl").verified


# Plays as `play_on` does, tick by tick, telling each tick once it has been lived.
PROGRAM = """
import sys
from sim.play.journal import Journal
from sim.play.run import Run
from tests.play.test_replay import DECISIONS, TICKS_PER_MINUTE, small_scenario

scenario = small_scenario()
run = Run(scenario, seed=5, journal=Journal.create(sys.argv[1], scenario, 5))
due = {run.live_start_tick + round(m * TICKS_PER_MINUTE): d for m, d in DECISIONS}
while run.phase != "finished":
    if run.tick in due:
        run.decide(due[run.tick])
    print(run.tick, flush=True)
    run.advance_ticks(1)
"""


@pytest.mark.parametrize("tick", [93, 150, 201])
def test_killed_in_the_middle_resumes_to_the_same_end(played, tmp_path, tick):
    path = tmp_path / "killed.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(path)], cwd=TOP, stdout=subprocess.PIPE, text=True
    )
    lived = -1
    for line in process.stdout:
        lived = int(line)
        if lived == tick:
            process.kill()
    process.wait(60)
    assert tick <= lived < 60_000
    resumed = resume(path)
    assert lived - resumed.tick < TICKS_PER_MINUTE
    assert play_on(resumed).digest() == played[1].digest()
    assert replay(path).verified
