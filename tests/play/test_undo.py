"""A choice taken back stands in the journal, and replay takes it back as well."""

from __future__ import annotations

from sim.model.decisions import SetTactic
from sim.play.journal import Journal
from sim.play.recording import read_recording
from sim.play.replay import replay, resume
from sim.play.run import Run
from tests.model.streets import busy_street


def _played(path, finish: bool) -> Run:
    scenario = busy_street(shoppers=80)
    run = Run(scenario, 3, journal=Journal.create(path, scenario, 3))
    run.decide(SetTactic("patient"))
    run.advance_ticks(90)
    run.decide(SetTactic("rushed"))
    run.advance_ticks(70)
    run.decide(SetTactic("price_games"))
    run.advance_ticks(7)
    run.undo()
    run.undo()
    run.advance_ticks(40)
    run.decide(SetTactic("interaction"))
    run.advance_ticks(20)
    if finish:
        run.finish()
    return run


def test_a_run_with_undos_replays_and_verifies(tmp_path):
    run = _played(tmp_path / "run.jsonl", finish=True)
    again = replay(tmp_path / "run.jsonl")
    assert again.verified and again.run.digest() == run.digest()
    assert [d for _, d in again.run.decisions] == [SetTactic("patient"), SetTactic("interaction")]


def test_a_resumed_run_can_still_take_a_choice_back(tmp_path):
    run = _played(tmp_path / "run.jsonl", finish=False)
    run.journal.close()
    again = resume(tmp_path / "run.jsonl")
    assert again.digest() == run.digest() and again.can_undo
    again.undo()
    run.journal = None
    run.undo()
    assert again.digest() == run.digest()
    again.journal.close()


def test_cut_at_every_byte_it_is_a_prefix(tmp_path):
    _played(tmp_path / "run.jsonl", finish=False).journal.close()
    whole = (tmp_path / "run.jsonl").read_bytes()
    header = whole.index(b"\n") + 1
    shorter = tmp_path / "cut.jsonl"
    for end in range(header, len(whole), 17):
        shorter.write_bytes(whole[:end])
        recording = read_recording(shorter)
        assert recording.fault is None
        assert recording.lines == whole[:end].count(b"\n")
