"""The profile survives what happens to files and programs, and says so in one sentence."""

from __future__ import annotations

import math
import os
import random
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from sim import wording
from sim.play import profile as profile_module
from sim.play import profile_file
from sim.play.bets import IntervalBet, ProbabilityBet, Question, Settled
from sim.play.profile import FILE_NAME, Profile, RunEntry
from sim.play.profile_lessons import lesson_records

TOP = Path(__file__).resolve().parents[2]
ENTRY = RunEntry(
    scenario_id="first_stream",
    scenario_hash="a" * 64,
    engine="1",
    seed=2**62,
    figures={"net_sales": 12.5, "return_rate": None},
    capsule=b"\0\xff",
    played_at=1_700_000_000,
)
BETS = [
    Settled(ProbabilityBet(Question("gmv", "patient", "rushed"), 0.7), 1.0),
    Settled(IntervalBet(Question("return_rate"), 0.1, 0.2), math.nan),
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "user" / FILE_NAME


def sentence(profile):
    """The problem, once it is known to be one sentence in both languages."""
    for language in wording.LANGUAGES:
        text = profile.problem.text(language)
        assert text and "\n" not in text and "{" not in text
    return profile.problem.text("en")


def test_what_is_kept_comes_back(path):
    with Profile.open(path) as profile:
        assert profile.problem is None and not profile.in_memory
        assert profile.runs() == [] and profile.stars() == {} and profile.settled_bets() == []
        first = profile.add_run(ENTRY, BETS)
        second = profile.add_run(RunEntry("other", "b" * 64, "1", 0, {}, stars=2, share=0.6))
        profile.set_stars(first, 3, 0.95)
        profile.set_setting("language", "zh")
        profile.set_setting("language", {"名": ["en", 1, None]})
        profile.set_lesson("first_stream", {"step": 1})
        profile.set_lesson("first_stream", {"step": 2})
    with Profile.open(path) as profile:
        assert [entry.number for entry in profile.runs()] == [second, first]
        (entry,) = profile.runs("first_stream")
        assert (entry.stars, entry.share, entry.seed) == (3, 0.95, 2**62)
        assert (entry.figures, entry.capsule) == (ENTRY.figures, ENTRY.capsule)
        assert entry.played_at == ENTRY.played_at and profile.runs("other")[0].played_at > 0
        assert profile.runs(limit=1)[0].number == second
        assert profile.stars() == {"first_stream": 3, "other": 2}
        one, other = profile.settled_bets()
        assert one == BETS[0] and other.void and other.bet == BETS[1].bet
        assert profile.settled_bets("other") == []
        assert profile.setting("language") == {"名": ["en", 1, None]}
        assert profile.setting("nothing", 5) == 5
        assert profile.lesson("first_stream") == {"step": 2} and profile.lesson("x") == {}
        assert profile.lessons() == {"first_stream": {"step": 2}}


def test_it_lies_in_the_users_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    with Profile.open() as profile:
        assert profile.path == tmp_path / "data" / FILE_NAME


def test_what_is_not_plain_data_is_refused_and_changes_nothing(path):
    with Profile.open(path) as profile:
        with pytest.raises(TypeError):
            profile.set_setting("a", {1, 2})
        with pytest.raises(ValueError):
            profile.add_run(RunEntry("x", "y", "1", 0, {"gmv": math.nan}))
        with pytest.raises(sqlite3.Error):
            profile.add_run(RunEntry("x", None, "1", 0, {}), BETS)
        assert profile.runs() == [] and profile.setting("a") is None
        assert profile.settled_bets() == [] and not profile.in_memory


def test_a_bet_of_a_later_version_is_passed_over(path):
    with Profile.open(path) as profile:
        number = profile.add_run(ENTRY, BETS)
        profile._connection.execute(
            'INSERT INTO bets (run, bet, outcome) VALUES (?, \'{"kind": "new"}\', 1)', (number,)
        )
        assert len(profile.settled_bets()) == 2


def test_records_of_lessons(path):
    def played(lesson, stars, gmv):
        number = profile.add_run(RunEntry(lesson, "h", "1", 1, {"gmv": gmv}))
        if stars is not None:
            profile.set_stars(number, stars, stars / 3)
        return number

    with Profile.open(path) as profile:
        assert lesson_records(profile) == {}
        profile.set_lesson("c", {"step": 2})
        played("b", None, 1.0)
        first, best, again, last = (
            played("a", *run) for run in ((1, 1.0), (3, 2.0), (3, 3.0), (None, 4.0))
        )
        profile.set_lesson("a", {"step": 5})
        records = lesson_records(profile)
        assert list(records) == ["a", "b", "c"]
        a, b, c = records.values()
        assert (a.runs, a.stars, a.best.number, a.last.number) == (4, 3, best, last)
        assert a.best.stars == 3 and a.last.stars is None and a.last.figures == {"gmv": 4.0}
        assert a.state == {"step": 5} and first < best < again < last
        assert (b.runs, b.stars, b.best, b.last.figures) == (1, None, None, {"gmv": 1.0})
        assert (c.runs, c.stars, c.best, c.last, c.state) == (0, None, None, None, {"step": 2})
        assert profile.run(10_000) is None
    with Profile.open(path) as profile:
        assert lesson_records(profile) == records


class TestDamage:
    @pytest.mark.parametrize("content", [b"not a database, but long enough" * 100, b"\0" * 5000])
    def test_a_file_that_is_none_is_moved_aside(self, path, content):
        path.parent.mkdir()
        path.write_bytes(content)
        with Profile.open(path) as profile:
            assert not profile.in_memory
            assert "profile-damaged-1.sqlite3" in sentence(profile)
            profile.add_run(ENTRY)
        assert (path.parent / "profile-damaged-1.sqlite3").read_bytes() == content
        with Profile.open(path) as profile:
            assert profile.problem is None and len(profile.runs()) == 1

    def test_a_page_that_was_overwritten(self, path):
        with Profile.open(path) as profile:
            for _ in range(200):
                profile.add_run(ENTRY, BETS)
        content = bytearray(path.read_bytes())
        content[4096:12288] = b"\xa5" * 8192
        path.write_bytes(content)
        path.with_name(path.name + "-wal").write_bytes(b"left over")
        with Profile.open(path) as profile:
            assert "damaged" in sentence(profile) and profile.runs() == []
        path.write_bytes(content)
        with Profile.open(path) as profile:
            assert "profile-damaged-2.sqlite3" in sentence(profile)

    def test_every_cut_gives_a_profile(self, path):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY, BETS)
        content = path.read_bytes()
        for length in range(0, len(content), 1777):
            place = path.parent / str(length) / FILE_NAME
            place.parent.mkdir()
            place.write_bytes(content[:length])
            with Profile.open(place) as profile:
                assert not profile.in_memory
                # where the cut took nothing that counts, the run before is still there
                before = len(profile.runs())
                profile.add_run(ENTRY)
                assert len(profile.runs()) == before + 1 <= 2

    def test_somebody_elses_database_is_not_touched_but_moved(self, path):
        path.parent.mkdir()
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE diary (day TEXT)")
            other.execute("PRAGMA user_version = 1")
        other.close()
        with Profile.open(path) as profile:
            assert sentence(profile) and profile.runs() == []
        with sqlite3.connect(path.with_name("profile-damaged-1.sqlite3")) as kept:
            assert kept.execute("SELECT COUNT(*) FROM diary").fetchone() == (0,)
        kept.close()

    def test_damage_while_it_is_open(self, path):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
            profile._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            path.write_bytes(b"\xa5" * path.stat().st_size)
            profile._connection.execute("PRAGMA shrink_memory")
            for _ in range(5):
                profile.add_run(ENTRY)
            assert len(profile.runs()) >= 5


class TestVersions:
    def test_an_older_file_is_brought_up_to_date(self, path, monkeypatch):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY, BETS)
        added = (*profile_file.MIGRATIONS, ("ALTER TABLE runs ADD COLUMN mood TEXT",))
        monkeypatch.setattr(profile_file, "MIGRATIONS", added)
        with Profile.open(path) as profile:
            assert profile.problem is None and len(profile.runs()) == 1
            assert profile.read("SELECT mood FROM runs") == [(None,)]
            assert profile.read("PRAGMA user_version") == [(2,)]

    def test_a_migration_that_fails_leaves_the_file_as_it_was(self, path, monkeypatch):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
            profile.add_run(ENTRY)
        steps = (
            "ALTER TABLE runs ADD COLUMN mood TEXT",
            "CREATE UNIQUE INDEX one_a_scenario ON runs (scenario_id)",
        )
        monkeypatch.setattr(profile_file, "MIGRATIONS", (*profile_file.MIGRATIONS, steps))
        with Profile.open(path) as profile:
            assert profile.in_memory and sentence(profile)
        monkeypatch.undo()
        with Profile.open(path) as profile:
            assert profile.problem is None and len(profile.runs()) == 2

    def test_a_newer_file_is_left_alone(self, path):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
            profile._connection.execute("PRAGMA user_version = 99")
        before = path.read_bytes()
        with Profile.open(path) as profile:
            assert profile.in_memory and "newer" in sentence(profile)
            profile.add_run(ENTRY)
        assert path.read_bytes() == before


class TestDisk:
    def test_a_folder_that_cannot_be_made(self, tmp_path):
        (tmp_path / "file").write_text("")
        with Profile.open(tmp_path / "file" / "deep" / FILE_NAME) as profile:
            assert profile.in_memory and sentence(profile)
            profile.add_run(ENTRY, BETS)
            assert len(profile.runs()) == 1 and len(profile.settled_bets()) == 2

    def test_the_path_is_a_folder(self, path):
        path.mkdir(parents=True)
        with Profile.open(path) as profile:
            assert profile.in_memory and sentence(profile)

    @pytest.mark.skipif(not hasattr(os, "setuid"), reason="another user is needed")
    def test_a_folder_that_may_not_be_written_to(self, path):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
        for place, mode in ((path, 0o444), (path.parent, 0o555)):
            place.chmod(mode)
        for folder in path.parents:
            if folder != path.parent and folder.name.startswith(("pytest-", "popen-", "test_")):
                folder.chmod(0o755)
        # an administrator may write anywhere, so the program becomes somebody else
        program = (
            "import os; from sim import wording; from sim.play.profile import Profile, RunEntry\n"
            "wording.catalogue('report'); os.getuid() or os.setuid(65534)\n"
            f"profile = Profile.open({str(path)!r})\n"
            "profile.add_run(RunEntry('x', 'y', '1', 0, {}))\n"
            "print(profile.in_memory, len(profile.runs()), profile.problem.text('en'))\n"
        )
        done = run_python(program)
        path.parent.chmod(0o755)
        assert done.stdout.startswith("True 2 "), done.stdout + done.stderr
        with Profile.open(path) as profile:
            assert len(profile.runs()) == 1

    def test_a_disk_that_gets_full(self, path):
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
            pages = profile.read("PRAGMA page_count")[0][0]
            profile._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
            big = RunEntry("x", "y", "1", 0, {}, capsule=b"x" * 100_000)
            profile.add_run(big)
            assert profile.in_memory and "full" in sentence(profile)
            profile.add_run(ENTRY)
            assert len(profile.runs()) == 3
        with Profile.open(path) as profile:
            assert len(profile.runs()) == 1 and profile.problem is None

    def test_another_program_that_never_lets_go(self, path, monkeypatch):
        monkeypatch.setattr(profile_file, "_WAIT_SECONDS", 0.01)
        with Profile.open(path) as profile:
            profile.add_run(ENTRY)
            holder = sqlite3.connect(path, isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            profile.add_run(ENTRY)
            assert profile.in_memory and "busy" in sentence(profile)
            assert len(profile.runs()) == 2
            holder.close()


WRITER = """
import sys
from sim.play.bets import IntervalBet, Question, Settled
from sim.play.profile import Profile, RunEntry
bets = [Settled(IntervalBet(Question("return_rate"), 0.1, 0.2), 0.15)] * 2
profile = Profile.open(sys.argv[1])
assert profile.problem is None, profile.problem.text("en")
for step in range(int(sys.argv[2])):
    number = profile.add_run(RunEntry("x", "y", "1", step, {"gmv": 1.0}, b"z" * 3000), bets)
    profile.set_setting("last", number)
    print(number, flush=True)
"""


LEARNER = """
import sys
from sim.play.profile import Profile, RunEntry
profile = Profile.open(sys.argv[1])
assert profile.problem is None, profile.problem.text("en")
for step in range(int(sys.argv[2])):
    number = profile.add_run(RunEntry("x", "y", "1", step, {"gmv": 1.0}, b"z" * 3000))
    profile.set_stars(number, number % 3 + 1, (number % 3 + 1) / 3)
    profile.set_lesson("x", {"run": number})
    print(number, flush=True)
"""


def start_writer(path, steps, program=WRITER):
    return subprocess.Popen(
        [sys.executable, "-c", program, str(path), str(steps)],
        cwd=TOP,
        stdout=subprocess.PIPE,
        text=True,
    )


def run_python(program):
    return subprocess.run(
        [sys.executable, "-c", program], cwd=TOP, capture_output=True, text=True, timeout=120
    )


class TestPrograms:
    def test_killed_at_any_moment(self, path):
        told = []
        for lines in (0, 1, 2, 5, 9):
            writer = start_writer(path, 100_000)
            told += [int(writer.stdout.readline()) for _ in range(lines)]
            writer.kill()
            # what was told before the end of the pipe was on disk before it was told
            told += [int(line) for line in writer.stdout.read().splitlines() if line.strip()]
            writer.wait()
            with Profile.open(path) as profile:
                assert profile.problem is None
                assert profile.read("PRAGMA integrity_check") == [("ok",)]
                numbers = {entry.number for entry in profile.runs(limit=10**9)}
                assert set(told) <= numbers
                assert profile.read("SELECT COUNT(*) FROM bets") == [(2 * len(numbers),)]
        assert told

    def test_stars_and_lessons_outlive_a_kill_at_a_random_moment(self, path):
        chance = random.Random(7)
        told = []
        for _ in range(8):
            writer = start_writer(path, 100_000, LEARNER)
            told.append(int(writer.stdout.readline()))
            time.sleep(chance.uniform(0.0, 0.02))
            writer.kill()
            rest = writer.stdout.read().splitlines(keepends=True)
            told += [int(line) for line in rest if line.endswith("\n")]
            writer.wait()
            with Profile.open(path) as profile:
                assert profile.problem is None
                assert profile.read("PRAGMA integrity_check") == [("ok",)]
                runs = {entry.number: entry for entry in profile.runs(limit=10**9)}
                assert set(told) <= set(runs)
                # stars and their share come together, and those that were told are there
                assert all((run.stars is None) == (run.share is None) for run in runs.values())
                assert all(runs[number].stars == number % 3 + 1 for number in told)
                record = lesson_records(profile)["x"]
                assert record.last.number == max(runs)
                # the lesson is noted behind its run, so it is at most one step behind
                assert max(told) <= record.state["run"] <= max(runs)
                assert record.stars == max(run.stars or 0 for run in runs.values())
        assert len(told) >= 8

    def test_two_at_once(self, path):
        writers = [start_writer(path, 40) for _ in range(2)]
        told = [int(line) for writer in writers for line in writer.stdout.read().splitlines()]
        assert [writer.wait() for writer in writers] == [0, 0]
        assert sorted(told) == list(range(1, 81))
        with Profile.open(path) as profile:
            assert len(profile.runs()) == 80 and profile.setting("last") in (79, 80)

    def test_two_that_find_the_same_damage(self, path):
        path.parent.mkdir()
        path.write_bytes(b"\xa5" * 9000)
        found = []

        def start():
            with Profile.open(path) as profile:
                found.append(profile.problem is not None)
                profile.add_run(ENTRY)

        threads = [threading.Thread(target=start) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert found.count(True) == 1 and len(found) == 4
        assert len(list(path.parent.glob("*damaged*"))) == 1
        with Profile.open(path) as profile:
            assert len(profile.runs()) == 4

    def test_threads_share_one(self, path):
        with Profile.open(path) as profile:
            threads = [
                threading.Thread(target=lambda: [profile.add_run(ENTRY) for _ in range(10)])
                for _ in range(4)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert len(profile.runs()) == 40

    def test_importing_it_is_quick(self):
        done = run_python(
            "import sim.play.profile, sys; print({'numba', 'numpy', 'pydantic'} & set(sys.modules))"
        )
        assert done.stdout.strip() == "set()", done.stdout + done.stderr
        assert profile_module.FILE_NAME == FILE_NAME
