"""Branches on disk: there again for the same run, whole or not at all, and nothing believed."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import StrollError
from sim.model.decisions import SetMix, SetTactic
from sim.play import branch_file
from sim.play.branch import BranchTree
from sim.play.branch_file import branches_path, keep_branches, read_branches
from sim.play.run import Run
from tests.model.streets import busy_street


@pytest.fixture(scope="module")
def run():
    run = Run(busy_street(live__minutes=10, nights=1))
    run.advance_ticks(run.live_start_tick)
    run.decide(SetTactic("rushed"))
    run.finish()
    return run


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))


def path_of(run):
    return branches_path(run.scenario.hash, run.seed, run.decisions)


def kept(run):
    tree = BranchTree.of(run)
    start = run.live_start_tick
    tree.branch(0, start + 12, [SetTactic("patient")], name="早点停下")
    tree.branch(1, start + 30, [SetMix({"explain": 0.5, "answer": 0.5})], back_at=start + 42)
    keep_branches(tree, {2})
    return tree


def test_what_was_kept_is_there_again(run):
    assert read_branches(run) is None
    tree = kept(run)
    again = read_branches(run)
    assert list(again.tree) == list(tree) and again.put_away == {2}
    assert again.tree.digest(1) == tree.digest(1)
    assert again.tree[1].name == "早点停下"


def test_another_run_has_other_branches(run):
    kept(run)
    other = Run(run.scenario, run.seed + 1)
    other.finish()
    assert read_branches(other) is None
    same_crowd = Run(run.scenario, run.seed)
    same_crowd.finish()
    assert read_branches(same_crowd) is None, "other decisions make another run"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(schema=99),
        lambda data: data.update(format="something else"),
        lambda data: data.update(put_away=[0]),
        lambda data: data.update(put_away=[7]),
        lambda data: data.update(put_away="2"),
        lambda data: data["tree"].update(engine="0"),
        lambda data: data["tree"].update(seed=data["tree"]["seed"] + 1),
        lambda data: data["tree"].update(until=5),
        lambda data: data["tree"]["branches"][0].update(decisions=[]),
        lambda data: data["tree"]["branches"][1].update(parent=1),
        lambda data: data["tree"]["branches"][1]["decisions"][0].update(tick=-1),
        lambda data: data["tree"]["branches"][1]["decisions"][0].update(decision={"kind": "no"}),
        lambda data: data.pop("tree"),
    ],
)
def test_a_forged_file_is_refused_in_one_sentence(run, change):
    kept(run)
    path = path_of(run)
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(StrollError) as refused:
        read_branches(run)
    assert refused.value.in_language("zh") and refused.value.in_language("en")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"format":"stroll-street-debrief","format":"stroll-street-debrief"}',
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"\xff\xfe\x00",
        b"null",
        b'{"schema":1e999}',
        b"NaN",
    ],
)
def test_rubbish_is_refused(run, content):
    path = path_of(run)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    with pytest.raises(StrollError):
        read_branches(run)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_byte_never_does_more_than_be_refused(run, place, byte, cut):
    path = path_of(run)
    if not path.exists():
        kept(run)
    whole = path.read_bytes()
    at = place % len(whole)
    path.write_bytes(whole[:at] if cut else whole[:at] + bytes([byte]) + whole[at + 1 :])
    try:
        found = read_branches(run)
    except StrollError:
        found = None
    finally:
        path.write_bytes(whole)
    if found is not None:
        assert list(found.tree[0].decisions) == list(run.decisions)


def test_names_can_always_be_drawn_and_written_again(run):
    kept(run)
    path = path_of(run)
    text = path.read_text(encoding="utf-8").replace("早点停下", "\\ud800a\\u0000\\u202e\\nb" * 60)
    path.write_text(text, encoding="utf-8")
    found = read_branches(run)
    name = found.tree[1].name
    assert name.isprintable() and len(name) <= 80 and name.startswith("a")
    keep_branches(found.tree, found.put_away)


def test_too_large_a_file_and_a_pipe_are_not_read(run, monkeypatch):
    kept(run)
    monkeypatch.setattr(branch_file, "LARGEST_FILE", 100)
    with pytest.raises(StrollError):
        read_branches(run)
    with pytest.raises(StrollError):
        keep_branches(BranchTree.of(run))
    monkeypatch.undo()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_holds_nobody_up(run):
    path = path_of(run)
    path.parent.mkdir(parents=True)
    os.mkfifo(path)
    with pytest.raises(StrollError):
        read_branches(run)


def test_a_disk_that_refuses_leaves_what_was_kept(run, monkeypatch):
    kept(run)
    before = path_of(run).read_bytes()

    def refuse(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(StrollError) as refused:
        keep_branches(BranchTree.of(run))
    assert refused.value.in_language("zh")
    assert path_of(run).read_bytes() == before
    assert [file.name for file in path_of(run).parent.iterdir()] == [path_of(run).name]


def test_only_so_many_files_are_kept(run, monkeypatch):
    monkeypatch.setattr(branch_file, "MOST_FILES", 3)
    folder = path_of(run).parent
    folder.mkdir(parents=True)
    for number in range(5):
        (folder / f"{number}.json").write_text("{}")
        os.utime(folder / f"{number}.json", (number, number))
    kept(run)
    names = {file.name for file in folder.iterdir()}
    assert names == {"3.json", "4.json", path_of(run).name}
