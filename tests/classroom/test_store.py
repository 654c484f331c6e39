"""The file of a class: what is acknowledged is on the disk, and no file is trusted."""

import os
import signal
import sqlite3
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from sim.classroom import store_file
from sim.classroom.class_files import copy_class, list_classes, new_class_path
from sim.classroom.lock import FileLock, Taken, lock_path
from sim.classroom.store import (
    ClassStore,
    NewEntry,
    SeatSecret,
    classes_folder,
    delete_class,
    is_class_file,
)
from sim.errors import JournalError, PlaceError

TOP = Path(__file__).resolve().parents[2]


def entry(number, **data):
    return NewEntry(1000.0 + number / 3, "hand", number, data)


def sentence(path):
    """What is said when the file at `path` is opened."""
    with pytest.raises((JournalError, PlaceError)) as raised:
        ClassStore.open(path).close()
    for language in ("zh", "en"):
        assert raised.value.in_language(language)
    assert not lock_path(path).exists()
    return raised.value.in_language("en")


def altered(path, *statements):
    """Change a closed class behind its back."""
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


class TestKeeping:
    def test_what_it_was_made_with_comes_back(self, store, class_path, small_scenario):
        store.append([entry(1, round=0, hand={"tactic": "patient", "mix": None})])
        written = list(store.entries())
        created = store.created
        store.close()
        with ClassStore.open(class_path) as again:
            assert again.scenario == small_scenario
            assert again.scenario_data == small_scenario.canonical()
            assert (again.seed, again.code, again.created) == (7, "K4RD7X", created)
            assert again.settings == {"mode": "same", "rounds": 2}
            assert list(again.entries()) == written
            first, second = written
            assert (first.number, first.kind, first.seat) == (1, "created", None)
            assert first.data == {"settings": again.settings}
            assert again.append([]) == []
            assert second.data == {"round": 0, "hand": {"tactic": "patient", "mix": None}}
            assert second.at == 1000.0 + 1 / 3

    def test_numbers_go_on_over_openings(self, store, class_path):
        assert [e.number for e in store.append([entry(1), entry(2)])] == [2, 3]
        store.close()
        with ClassStore.open(class_path) as again:
            assert [e.number for e in again.append([entry(3)])] == [4]
            assert [e.number for e in again.entries()] == [1, 2, 3, 4]

    def test_one_batch_is_all_or_nothing(self, store):
        before = list(store.entries())
        for bad in (
            NewEntry(float("nan"), "hand", 1, {}),
            NewEntry(1.0, "", 1, {}),
            NewEntry(1.0, "hand", -1, {}),
            NewEntry(1.0, "hand", 1, {"far": float("inf")}),
            NewEntry(1.0, "hand", 1, {"long": "x" * 1_000_001}),
            NewEntry(1.0, "hand", 1, {"twice": _nested(40)}),
        ):
            with pytest.raises(ValueError):
                store.append([entry(1), bad], secrets={1: SeatSecret("小林", "a", "b")})
            assert list(store.entries()) == before
            assert store.seat_secrets() == {}
        assert store.append([entry(1)])[0].number == 2

    def test_names_and_proofs_stand_apart_from_the_log(self, store, class_path):
        store.append([entry(1)], secrets={1: SeatSecret("小林", "hashed", "token")})
        store.set_seat_secret(2, "<b>阿明</b>", "hashed2", "token2")
        store.set_seat_secret(1, "小林", "hashed", "other")
        store.admit_console("console", 5.0)
        store.set_key("board", "key")
        store.close()
        with ClassStore.open(class_path) as again:
            assert again.seat_secret(1) == SeatSecret("小林", "hashed", "other")
            assert again.seat_secret(2).name == "<b>阿明</b>"
            assert again.seat_secret(3) is None
            assert again.consoles() == {"console": 5.0}
            assert again.key("board") == "key"
            assert all("小林" not in str(e) for e in again.entries())

    def test_what_is_written_is_written_through(self, store):
        pragma = store._connection.execute
        assert pragma("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert pragma("PRAGMA synchronous").fetchone()[0] == 2
        assert pragma("PRAGMA secure_delete").fetchone()[0] == 1

    def test_a_file_of_ones_own(self, class_path, store):
        if os.name == "posix":
            assert class_path.stat().st_mode & 0o077 == 0
        with pytest.raises(JournalError, match="exists"):
            ClassStore.create(class_path, store.scenario_data, 1, "ABCDEF", "", {})

    def test_a_disk_that_refuses_costs_nothing(self, store):
        store.append([entry(1)])
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(PlaceError, match="disk is full"):
            store.append([entry(2, long="x" * 200_000)])
        store._connection.execute("PRAGMA max_page_count = 1000000")
        assert [e.number for e in store.append([entry(2)])] == [3]
        assert len(list(store.entries())) == 3


def _nested(depth):
    data = []
    for _ in range(depth):
        data = [data]
    return data


class TestOneProgram:
    def test_a_second_one_is_refused(self, store, class_path):
        with pytest.raises(JournalError, match="open in another"):
            ClassStore.open(class_path)
        with pytest.raises(JournalError, match="open in another"):
            delete_class(class_path)
        assert class_path.exists()
        store.close()
        ClassStore.open(class_path).close()

    def test_looking_harms_nobody(self, store, class_path):
        store.append([entry(1)])
        with ClassStore.look_into(class_path) as looking:
            assert looking.number == 2
            store.append([entry(2)])
            assert len(list(looking.entries())) == 3

    def test_another_process_is_kept_out(self, store, class_path):
        program = (
            "import sys\nfrom sim.classroom.store import ClassStore\n"
            "from sim.errors import JournalError\n"
            "try:\n    ClassStore.open(sys.argv[1])\n"
            "except JournalError as error:\n    sys.exit(7)\n"
        )
        done = subprocess.run([sys.executable, "-c", program, str(class_path)], cwd=TOP)
        assert done.returncode == 7

    def test_the_lock_leaves_nothing_and_outlives_no_file(self, tmp_path):
        path = tmp_path / "class"
        one = FileLock(path)
        with pytest.raises(Taken):
            FileLock(path)
        one.release()
        one.release()
        assert not lock_path(path).exists()
        lock_path(path).touch()  # as a crash leaves it
        FileLock(path).release()


WRITER = """
import sys
from sim.classroom.store import ClassStore, NewEntry, SeatSecret
store = ClassStore.open(sys.argv[1])
print("open", flush=True)
for number in range(100_000):
    made = store.append(
        [NewEntry(float(number), "hand", seat, {"n": number, "pad": "x" * 50}) for seat in (1, 2)],
        secrets={number % 50: SeatSecret(f"name {number}", "pin", "token")},
    )
    print(made[-1].number, number, flush=True)
"""


class TestKilled:
    @pytest.mark.skipif(os.name != "posix", reason="there is no such signal")
    @pytest.mark.parametrize("lines", [1, 7, 40, 150])
    def test_nothing_acknowledged_is_lost(self, store, class_path, lines):
        store.close()
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(class_path)],
            cwd=TOP, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        said = [process.stdout.readline() for _ in range(lines + 1)]
        process.send_signal(signal.SIGKILL)
        # what it said before it died counts too
        said += process.stdout.readlines()
        process.wait()
        process.stdout.close()
        whole = [line for line in said[1:] if line.endswith("\n")]
        last, number = map(int, whole[-1].split())
        with ClassStore.open(class_path) as again:
            entries = list(again.entries())
            assert len(entries) >= last
            assert len(entries) % 2 == 1  # the first, and pairs: no batch is there by half
            assert entries[last - 1].data["n"] == number
            assert again.seat_secret(number % 50).name.startswith("name ")
            assert again.append([entry(1)])[0].number == len(entries) + 1


class TestStrangers:
    def test_what_is_no_class(self, tmp_path, store):
        for name, content in (
            ("empty", b""),
            ("short", b"SQLite format 3\x00"),
            ("text", b"hello\n" * 100),
            ("zeros", bytes(4096)),
        ):
            path = tmp_path / name
            path.write_bytes(content)
            assert "not the file of a class" in sentence(path)
            assert not is_class_file(path)
            assert path.read_bytes() == content
        assert "no file" in sentence(tmp_path / "missing")
        (tmp_path / "folder").mkdir()
        assert "not the file of a class" in sentence(tmp_path / "folder")
        assert not is_class_file(tmp_path / "folder")
        assert is_class_file(store.path)

    def test_another_programs_database(self, tmp_path):
        path = tmp_path / "other.db"
        altered(path, "CREATE TABLE class (a)", "PRAGMA user_version = 1")
        assert "not the file of a class" in sentence(path)

    def test_a_pipe_is_not_waited_for(self, tmp_path):
        if not hasattr(os, "mkfifo"):
            pytest.skip("there are no pipes with names")
        os.mkfifo(tmp_path / "pipe")
        assert "not the file of a class" in sentence(tmp_path / "pipe")

    @pytest.mark.parametrize(
        ("statement", "said"),
        [
            ("PRAGMA user_version = 2", "newer"),
            ("PRAGMA user_version = 0", "damaged"),
            ("UPDATE class SET engine = '999'", "engine 999"),
            ("UPDATE class SET scenario = '{}'", "cannot be used"),
            ("UPDATE class SET scenario = '[' || scenario || ']'", "damaged"),
            ("UPDATE class SET scenario_hash = 'x'", "damaged"),
            ("UPDATE class SET scenario = replace(scenario, '\"seed\"', '\"seed\"')", None),
            ("UPDATE class SET seed = 'one'", "damaged"),
            ("UPDATE class SET seed = -1", "damaged"),
            ("UPDATE class SET created = 'now'", "damaged"),
            ("UPDATE class SET settings = 'null'", "damaged"),
            ("UPDATE class SET settings = x'00'", "damaged"),
            ("DELETE FROM class", "damaged"),
            ("DELETE FROM entries WHERE number = 2", "damaged"),
            ("UPDATE entries SET seat = 9 WHERE number = 2", "damaged"),
            ("UPDATE entries SET at = at + 1 WHERE number = 3", "damaged"),
            ("UPDATE entries SET data = '[]' WHERE number = 3", "damaged"),
            ("UPDATE entries SET data = replace(data, 'x', 'y') WHERE number = 2", "damaged"),
            ("UPDATE entries SET sum = 5", "damaged"),
            ("UPDATE entries SET number = number + 1 WHERE number = 4", "damaged"),
            ("INSERT INTO entries VALUES (5, 1.0, 'undo', NULL, '{}', '')", "damaged"),
            ("CREATE TABLE more (a)", "damaged"),
            ("CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END", "damaged"),
            ("CREATE VIEW v AS SELECT randomblob(1000000000)", "damaged"),
            ("DROP TABLE secrets", "damaged"),
        ],
    )
    def test_contents_that_cannot_be(self, store, class_path, statement, said):
        store.append([entry(1, a="x"), entry(2), entry(3)])
        store.close()
        altered(class_path, statement)
        if said is None:
            ClassStore.open(class_path).close()
        else:
            assert said in sentence(class_path)

    def test_a_file_cut_off_anywhere(self, store, class_path):
        store.append([entry(n, pad="x" * 500) for n in range(60)])
        store.close()
        whole = class_path.read_bytes()
        for share in (0.01, 0.2, 0.5, 0.8, 0.99):
            class_path.write_bytes(whole[: int(len(whole) * share)])
            said = sentence(class_path)
            assert "damaged" in said or "not the file of a class" in said

    def test_bytes_that_fell_over(self, store, class_path):
        store.append([entry(n, pad="x" * 500) for n in range(60)])
        before = list(store.entries())
        store.close()
        whole = class_path.read_bytes()
        noticed = 0
        for place in range(100, len(whole), 977):
            broken = bytearray(whole)
            broken[place] ^= 0x55
            class_path.write_bytes(bytes(broken))
            try:
                with ClassStore.open(class_path) as opened:
                    # a byte that nothing is kept in, or a proof, which is then no longer one
                    assert list(opened.entries()) == before
            except (JournalError, PlaceError):
                noticed += 1
        assert noticed > 20

    def test_a_file_that_is_far_too_large(self, store, class_path, monkeypatch):
        store.close()
        monkeypatch.setattr(store_file, "MAXIMUM_FILE_BYTES", 1000)
        assert "larger than" in sentence(class_path)

    def test_a_value_that_is_far_too_large(self, store, class_path):
        store.close()
        connection = sqlite3.connect(class_path)
        connection.execute("UPDATE class SET settings = ?", ("{" + " " * 5_000_000 + "}",))
        connection.commit()
        connection.close()
        assert "damaged" in sentence(class_path)

    def test_json_too_deep(self, store, class_path):
        store.close()
        connection = sqlite3.connect(class_path)
        deep = '{"a":' + "[" * 50_000 + "]" * 50_000 + "}"
        connection.execute("UPDATE class SET settings = ?", (deep,))
        connection.commit()
        connection.close()
        assert "damaged" in sentence(class_path)

    def test_a_header_that_lies_about_its_pages(self, store, class_path):
        store.close()
        content = bytearray(class_path.read_bytes())
        content[28:32] = struct.pack(">I", 2**31 - 1)
        class_path.write_bytes(bytes(content))
        assert "damaged" in sentence(class_path)


class TestFiles:
    def test_a_list_with_what_cannot_be_opened(self, new_store):
        assert list_classes() == []
        one = new_class_path("first_stream")
        assert one.parent == classes_folder()
        store = new_store(one)
        store.set_seat_secret(1, "小林", "", "")
        broken = classes_folder() / "broken.strollclass"
        broken.write_bytes(b"?")
        assert new_class_path("first_stream") != one
        found = {each.path: each for each in list_classes()}
        assert set(found) == {one, broken}
        assert found[one].problem is None
        assert (found[one].code, found[one].seats, found[one].entries) == ("K4RD7X", 1, 1)
        assert found[one].title.text("zh") == "第一场直播"
        assert found[broken].problem.text("en")

    def test_deleting_leaves_nothing(self, new_store):
        path = new_class_path("first_stream")
        store = new_store(path)
        store.append([entry(1)])
        # as a crash leaves them
        for ending in ("-wal", "-shm", ".lock"):
            path.with_name(path.name + ending).touch()
        store.close()
        for ending in ("-wal", "-shm", ".lock"):
            path.with_name(path.name + ending).touch()
        delete_class(path)
        assert list(path.parent.iterdir()) == []
        with pytest.raises(JournalError, match="no file"):
            delete_class(path)

    def test_only_classes_are_deleted(self, tmp_path):
        precious = tmp_path / "thesis.strollclass"
        precious.write_text("years of work")
        with pytest.raises(JournalError, match="not the file of a class"):
            delete_class(precious)
        assert precious.exists()
        classes_folder().mkdir(parents=True)
        damaged = classes_folder() / "damaged.strollclass"
        damaged.write_bytes(b"?")
        delete_class(damaged)
        assert not damaged.exists()

    def test_a_copy_goes_on_elsewhere(self, store, class_path, tmp_path):
        store.append([entry(1)], secrets={1: SeatSecret("小林", "pin", "token")})
        copied = copy_class(class_path, tmp_path / "stick" / "copy.strollclass")
        store.append([entry(2)])
        store.close()
        assert sorted(path.name for path in copied.parent.iterdir()) == ["copy.strollclass"]
        if os.name == "posix":
            assert copied.stat().st_mode & 0o077 == 0
        with ClassStore.open(copied) as there:
            assert there.number == 2
            assert there.seat_secret(1).token_hash == "token"
            assert [e.number for e in there.append([entry(9)])] == [3]

    def test_a_copy_overwrites_nothing(self, store, class_path, tmp_path):
        target = tmp_path / "other.strollclass"
        target.write_text("precious")
        with pytest.raises(JournalError, match="exists"):
            copy_class(class_path, target)
        assert target.read_text() == "precious"
        into = tmp_path / "folder"
        into.mkdir()
        assert copy_class(class_path, into).name == class_path.name
        with pytest.raises(JournalError):
            copy_class(tmp_path / "nothing", tmp_path / "x")
        assert not (tmp_path / "x").exists()

    def test_closed_it_is_one_file(self, store, class_path):
        store.append([entry(1)])
        store.close()
        assert sorted(path.name for path in class_path.parent.iterdir() if path.is_file()) == [
            class_path.name
        ]

    def test_the_file_itself_soon_holds_everything(self, store, class_path, tmp_path):
        store.append([entry(1)])
        store.settle()
        alone = tmp_path / "alone.strollclass"
        alone.write_bytes(class_path.read_bytes())  # without what SQLite keeps beside it
        with ClassStore.open(alone) as opened:
            assert opened.number == 2
