"""A journal on disk: written as it goes, readable after anything that happens to the file."""

import errno
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import JournalError
from sim.play import journal as journal_module
from sim.play.journal import Journal, checksum
from sim.play.recording import read_recording
from sim.play.strict_json import MAXIMUM_DEPTH

SCENARIO = SimpleNamespace(
    id="tiny", hash="ab12", canonical=lambda: {"id": "tiny", "title": {"zh": "小", "en": "Tiny"}}
)


@dataclass(frozen=True)
class Said:
    """A decision as far as a journal looks at it."""

    what: str

    def to_data(self):
        return {"kind": "say", "what": self.what}


def write_small(path):
    with Journal.create(path, SCENARIO, 7) as journal:
        journal.digest(0, "d0")
        journal.decision(0, Said("早"))
        journal.heartbeat(6)
        journal.decision(9, Said("b"))
        journal.heartbeat(12)
        journal.digest(60, "d60")
        journal.finished({"orders": 3, "trust": 0.25, "median_minutes_to_order": float("nan")})
    return path


@pytest.fixture
def small(tmp_path):
    return write_small(tmp_path / "small.jsonl")


def summary(recording):
    """What a prefix of the small journal says, without where it lies."""
    return (
        tuple((entry.kind, entry.tick, str(entry.value)) for entry in recording.entries),
        recording.last_tick,
        recording.figures,
    )


def test_what_was_written_is_read(small):
    recording = read_recording(small)
    assert (recording.scenario_id, recording.scenario_hash, recording.seed) == ("tiny", "ab12", 7)
    assert recording.scenario_data == SCENARIO.canonical()
    assert [(entry.kind, entry.tick) for entry in recording.entries] == [
        ("digest", 0),
        ("decision", 0),
        ("decision", 9),
        ("digest", 60),
    ]
    assert recording.entries[1].value == {"kind": "say", "what": "早"}
    assert recording.last_tick == 60
    assert recording.figures == {"orders": 3, "trust": 0.25, "median_minutes_to_order": None}
    assert recording.fault is None and not recording.torn and recording.finished
    assert recording.good_bytes == small.stat().st_size


def test_each_line_is_json(small):
    lines = [json.loads(line) for line in small.read_text(encoding="ascii").splitlines()]
    assert [line["n"] for line in lines] == list(range(8))
    assert lines[0]["kind"] == "header" and lines[0]["version"] == 1


def test_cut_at_every_byte_gives_the_whole_lines_before(small, tmp_path):
    content = small.read_bytes()
    ends = [place + 1 for place, byte in enumerate(content) if byte == ord("\n")]
    whole = {}
    for end in ends:
        prefix = tmp_path / f"whole{end}.jsonl"
        prefix.write_bytes(content[:end])
        whole[end] = summary(read_recording(prefix))
    assert len(set(map(str, whole.values()))) == len(ends)
    cut = tmp_path / "cut.jsonl"
    for size in range(len(content) + 1):
        cut.write_bytes(content[:size])
        if size < ends[0]:
            with pytest.raises(JournalError):
                read_recording(cut)
            continue
        recording = read_recording(cut)
        # A last line that lost nothing but its line end is whole.
        at = size + 1 if size + 1 == ends[-1] else size
        last_end = max(end for end in ends if end <= at)
        assert summary(recording) == whole[last_end]
        assert recording.fault is None
        assert recording.torn == (at != last_end)
        assert recording.good_bytes == last_end


def test_every_flipped_bit_is_found(small, tmp_path):
    content = small.read_bytes()
    intact = summary(read_recording(small))
    header_end = content.index(b"\n") + 1
    flipped = tmp_path / "flipped.jsonl"
    for place in range(len(content)):
        for bit in (0, 3, 6):
            changed = bytearray(content)
            changed[place] ^= 1 << bit
            flipped.write_bytes(changed)
            if place < header_end:
                with pytest.raises(JournalError):
                    read_recording(flipped)
                continue
            recording = read_recording(flipped)
            assert recording.fault is not None or recording.torn
            assert summary(recording) != intact


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize(
    "travel",
    [
        lambda content: content.replace(b"\n", b"\r\n"),
        lambda content: MARK + content,
        lambda content: MARK + content.replace(b"\n", b"\r\n"),
        lambda content: content.replace(b"\n", b"\r\n", 3),
        lambda content: content.rstrip(b"\n"),
        lambda content: content.replace(b"\n", b"\r\n") + b"\r\n \n",
    ],
    ids=["windows", "mark", "both", "some", "no_last_end", "empty_lines"],
)
def test_editors_git_and_mail_do_no_harm(small, tmp_path, travel):
    travelled = tmp_path / "travelled.jsonl"
    travelled.write_bytes(travel(small.read_bytes()))
    recording = read_recording(travelled)
    assert recording.fault is None and not recording.torn and recording.finished
    assert summary(recording) == summary(read_recording(small))


def test_writing_goes_on_in_a_file_that_an_editor_saved(small):
    lines = small.read_bytes().splitlines()
    small.write_bytes(MARK + b"\r\n".join(lines[:4]) + b"\r\n\r\n")
    recording = read_recording(small)
    assert recording.last_tick == 6 and recording.fault is None
    with Journal.reopen(recording) as journal:
        journal.heartbeat(8)
    again = read_recording(small)
    assert (again.last_tick, again.lines, again.fault, again.torn) == (8, 5, None, False)


@pytest.mark.parametrize(
    ("old", "new"), [(b'"seed":7', b'"seed":8'), (b"Tiny", b"Easy"), (b'"engine":', b'"motor":')]
)
def test_an_altered_beginning_is_called_that(small, old, new):
    content = small.read_bytes()
    assert old in content
    small.write_bytes(content.replace(old, new, 1))
    with pytest.raises(JournalError) as caught:
        read_recording(small)
    assert "was altered" in caught.value.in_language("en")
    assert "被改过" in caught.value.in_language("zh")
    small.write_bytes(content[:100])
    with pytest.raises(JournalError) as caught:
        read_recording(small)
    assert "is not a saved run" in caught.value.in_language("en")


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_dropped_swapped_and_doubled_lines_are_found(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("lines")
    lines = write_small(folder / "small.jsonl").read_bytes().splitlines(keepends=True)
    first = data.draw(st.integers(1, len(lines) - 2))
    change = data.draw(st.sampled_from(["drop", "swap", "double"]))
    changed = list(lines)
    if change == "drop":
        del changed[first]
    elif change == "double":
        changed.insert(first, changed[first])
    else:
        second = data.draw(st.integers(first + 1, len(lines) - 1))
        changed[first], changed[second] = changed[second], changed[first]
    path = folder / "changed.jsonl"
    path.write_bytes(b"".join(changed))
    recording = read_recording(path)
    assert recording.fault is not None
    assert str(first + (change == "double") + 1) in recording.fault.text("en")


@given(content=st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_other_file_is_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("other") / "other.jsonl"
    path.write_bytes(content)
    with pytest.raises(JournalError):
        read_recording(path)


def forge(path, *bodies):
    """A file whose checksums are right, whatever its lines say."""
    previous, lines = "", []
    for body in bodies:
        rest = body.encode()[1:]
        previous = checksum(previous, rest)
        lines.append(b'{"sum":"' + previous.encode() + b'",' + rest + b"\n")
    path.write_bytes(b"".join(lines))
    return path


def header(**changes):
    fields = {
        "n": 0,
        "kind": "header",
        "format": "stroll-street-run",
        "version": 1,
        "engine": "1",
        "scenario_id": "tiny",
        "scenario_hash": "ab12",
        "seed": 7,
        "scenario": {},
    }
    return json.dumps({**fields, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"engine": 1},
        {"scenario_hash": None},
        {"seed": True},
        {"seed": 1.5},
        {"seed": 2**63},
        {"seed": -1},
        {"scenario": []},
        {"n": 1},
        {"kind": "digest"},
    ],
)
def test_a_forged_header_is_refused(tmp_path, changes):
    assert read_recording(forge(tmp_path / "good.jsonl", header())).seed == 7
    with pytest.raises(JournalError):
        read_recording(forge(tmp_path / "bad.jsonl", header(**changes)))


def test_another_format_version_is_named(tmp_path):
    with pytest.raises(JournalError) as caught:
        read_recording(forge(tmp_path / "new.jsonl", header(version=2)))
    assert "format 2" in caught.value.in_language("en")


@pytest.mark.parametrize(
    "line",
    [
        '{"n":1,"kind":"tick","tick":-1}',
        '{"n":1,"kind":"tick","tick":1.0}',
        '{"n":1,"kind":"tick","tick":true}',
        '{"n":1,"kind":"tick","tick":99999999999}',
        '{"n":1,"kind":"tick","tick":NaN}',
        '{"n":1,"kind":"tick"}',
        '{"n":2,"kind":"tick","tick":1}',
        '{"n":1,"kind":"other","tick":1}',
        '{"n":1,"kind":"tick","tick":1,"tick":2}',
        '{"n":1,"kind":"decision","tick":1,"data":"buy"}',
        '{"n":1,"kind":"digest","tick":1,"digest":5}',
        '{"n":1,"kind":"finished","figures":{"orders":"many"}}',
        '{"n":1,"kind":"finished","figures":{"orders":Infinity}}',
        '{"n":1,"kind":"finished","figures":[]}',
        '{"n":1,"kind":"decision","tick":1,"data":' + '{"a":' * 5000 + "1" + "}" * 5000 + "}",
        '{"n":1,"kind":"decision","tick":1,"data":' + "[" * 200_000,
        '{"n":1,"kind":"decision","tick":1,"data":{"a":' + "9" * 400 + "}}",
        '{"n":1,"kind":"decision","tick":1,"data":{"a":1e999}}',
        header(n=1),
    ],
    ids=lambda line: line[:60],
)
def test_a_forged_line_counts_as_damaged(tmp_path, line):
    recording = read_recording(forge(tmp_path / "forged.jsonl", header(), line))
    assert recording.fault is not None
    assert (recording.entries, recording.last_tick, recording.figures) == ((), 0, None)


def test_depth_is_limited_where_python_would_allow_more(tmp_path):
    def line(depth):
        data = '{"a":' * depth + "1" + "}" * depth
        return '{"n":1,"kind":"decision","tick":1,"data":' + data + "}"

    fine = read_recording(forge(tmp_path / "fine.jsonl", header(), line(MAXIMUM_DEPTH - 2)))
    deep = read_recording(forge(tmp_path / "deep.jsonl", header(), line(MAXIMUM_DEPTH)))
    assert fine.fault is None and len(fine.entries) == 1
    assert deep.fault is not None and len(deep.entries) == 0


def test_time_never_runs_back_and_nothing_follows_the_end(tmp_path):
    ticks = ['{"n":1,"kind":"tick","tick":6}', '{"n":2,"kind":"tick","tick":5}']
    assert read_recording(forge(tmp_path / "a.jsonl", header(), *ticks)).fault is not None
    end = ['{"n":1,"kind":"finished","figures":{}}', '{"n":2,"kind":"tick","tick":5}']
    recording = read_recording(forge(tmp_path / "b.jsonl", header(), *end))
    assert recording.fault is not None and recording.finished


def test_a_line_or_a_file_too_large_is_refused(tmp_path):
    big = '{"n":1,"kind":"decision","tick":1,"data":{"a":"' + "x" * 2_000_000 + '"}}'
    assert read_recording(forge(tmp_path / "line.jsonl", header(), big)).fault is not None
    path = tmp_path / "file.jsonl"
    path.write_bytes(b" " * 16_000_001)
    with pytest.raises(JournalError) as caught:
        read_recording(path)
    assert "16 MB" in caught.value.in_language("en")


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(JournalError):
        read_recording(tmp_path)
    with pytest.raises(JournalError):
        read_recording(tmp_path / "none.jsonl")
    with pytest.raises(JournalError):
        read_recording("nul\0l")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are POSIX")
def test_a_named_pipe_does_not_hold_us(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(JournalError):
        read_recording(tmp_path / "pipe")


def test_nothing_is_overwritten(small):
    before = small.read_bytes()
    with pytest.raises(JournalError):
        Journal.create(small, SCENARIO, 8)
    assert small.read_bytes() == before


def test_a_crash_while_creating_leaves_no_half_journal(tmp_path, monkeypatch):
    def crash(*_):
        raise OSError(9999, "it broke")

    monkeypatch.setattr(journal_module.os, "replace", crash)
    journal = Journal.create(tmp_path / "a.jsonl", SCENARIO, 7)
    assert "it broke" in journal.problem.text("en")
    assert list(tmp_path.iterdir()) == []


def test_a_decision_is_on_disk_before_it_is_acknowledged(tmp_path, monkeypatch):
    synced = []
    path = tmp_path / "a.jsonl"
    journal = Journal.create(path, SCENARIO, 7)
    monkeypatch.setattr(journal_module.os, "fsync", lambda _: synced.append(path.read_bytes()))
    journal.decision(3, Said("now"))
    assert len(synced) == 1 and synced[0].endswith(b'"what":"now"}}\n')


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_full_disk_costs_the_record_not_the_run(tmp_path, monkeypatch, code):
    path = tmp_path / "a.jsonl"
    journal = Journal.create(path, SCENARIO, 7)
    journal.decision(1, Said("kept"))
    kept = path.read_bytes()
    real_write = os.write

    def half(descriptor, data):
        if len(data) > 20:
            return real_write(descriptor, data[:20])
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(journal_module.os, "write", half)
    journal.decision(2, Said("lost, and longer than twenty bytes"))
    monkeypatch.undo()
    for language in ("zh", "en"):
        assert len(journal.problem.text(language).splitlines()) == 1
    journal.decision(3, Said("after"))
    journal.digest(4, "d")
    journal.heartbeat(5)
    journal.finished({"orders": 1})
    assert path.read_bytes() == kept


def test_a_folder_that_cannot_be_made_costs_the_record_not_the_run(tmp_path):
    (tmp_path / "file").write_text("in the way")
    journal = Journal.create(tmp_path / "file" / "runs" / "a.jsonl", SCENARIO, 7)
    assert journal.problem is not None
    journal.decision(1, Said("goes on"))


def test_what_could_not_be_read_back_is_not_written(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    journal = Journal.create(path, SCENARIO, 7)
    monkeypatch.setattr(journal_module, "MAXIMUM_FILE_BYTES", path.stat().st_size + 200)
    for tick in range(10):
        journal.heartbeat(tick)
    assert journal.problem is not None
    recording = read_recording(path)
    assert recording.fault is None and 0 < recording.last_tick < 9


@pytest.mark.parametrize("torn", [0, 1, 20])
def test_writing_goes_on_behind_a_torn_line(small, torn):
    lines = small.read_bytes().splitlines(keepends=True)
    small.write_bytes(b"".join(lines[:4]) + lines[4][:torn])
    recording = read_recording(small)
    assert recording.last_tick == 6
    with Journal.reopen(recording) as journal:
        journal.decision(9, Said("again"))
    again = read_recording(small)
    assert again.fault is None and not again.torn
    assert (again.last_tick, again.lines) == (9, 5)
    assert again.entries[-1].value["what"] == "again"


def test_a_damaged_tail_is_kept_beside_the_journal(small):
    damaged = small.read_bytes().replace(b'"tick":9', b'"tick":8')
    small.write_bytes(damaged)
    with Journal.reopen(read_recording(small)) as journal:
        journal.heartbeat(7)
    assert Path(f"{small}.damaged").read_bytes() == damaged
    assert read_recording(small).fault is None


@pytest.mark.skipif(journal_module.fcntl is None, reason="locks are POSIX")
def test_two_writers_cannot_share_a_file(tmp_path):
    path = tmp_path / "a.jsonl"
    with Journal.create(path, SCENARIO, 7), pytest.raises(JournalError):
        Journal.reopen(read_recording(path))
    Journal.reopen(read_recording(path)).close()


def test_new_runs_get_their_own_names(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    journals = [Journal.start(SCENARIO, 7) for _ in range(3)]
    assert len({journal.path for journal in journals}) == 3
    assert all(read_recording(journal.path).seed == 7 for journal in journals)


def test_killed_in_the_middle_everything_acknowledged_is_there(tmp_path):
    path = tmp_path / "killed.jsonl"
    program = (
        "import sys; sys.path.insert(0, sys.argv[2]);"
        "from tests.play.test_journal import *;"
        "journal = Journal.create(sys.argv[1], SCENARIO, 7)\n"
        "for tick in range(10**9):\n"
        "    journal.decision(tick, Said('x' * (tick % 50)))\n"
        "    print(tick, flush=True)\n"
    )
    top = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(path), str(top)], stdout=subprocess.PIPE, text=True
    )
    acknowledged = -1
    for line in process.stdout:
        acknowledged = int(line)
        if acknowledged == 200:
            process.kill()
    process.wait(30)
    assert acknowledged >= 200
    recording = read_recording(path)
    assert recording.fault is None
    assert [entry.tick for entry in recording.entries][: acknowledged + 1] == list(
        range(acknowledged + 1)
    )
