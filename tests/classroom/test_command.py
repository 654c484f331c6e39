"""`main.py class` as an instructor meets it: opened, stopped, gone on with, copied, deleted."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from sim.classroom import addresses
from sim.classroom.addresses import Address, firewall_advice, is_near, to_choose_from
from sim.classroom.class_files import list_classes, new_class_path
from sim.classroom.store import ClassStore
from sim.cli import main

from .conftest import SMALL

TOP = Path(__file__).resolve().parents[2]


@pytest.fixture
def stroll(capsys, monkeypatch):
    """Calls the command line in this process: (exit code, results, the rest)."""
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def kept(new_store):
    """A class of before, closed."""
    path = new_class_path("first_stream")
    store = new_store(path)
    store.set_seat_secret(1, "小林", "", "")
    store.close()
    return path


class TestFiles:
    def test_nothing_to_list(self, stroll, home):
        code, out, err = stroll("class", "--list")
        assert (code, out) == (0, "")
        assert str(home) in err

    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_list(self, stroll, kept, language):
        (kept.parent / "broken.strollclass").write_bytes(b"?")
        code, out, _ = stroll("class", "--list", "--language", language)
        assert code == 0
        assert kept.name in out
        assert "broken.strollclass" in out
        assert {"zh": "第一场直播", "en": "The first live"}[language] in out
        assert "小林" not in out

    def test_copy(self, stroll, kept, tmp_path):
        for wanted, arguments in (
            ("a", ()),
            ("b", ("--resume", kept.name)),
            ("c", ("--resume", kept)),
        ):
            code, _, err = stroll("class", "--copy", tmp_path / wanted, *arguments)
            assert code == 0
            assert str(tmp_path / wanted) in err
            with ClassStore.open(tmp_path / wanted) as copied:
                assert copied.seat_secret(1).name == "小林"
        assert stroll("class", "--copy", tmp_path / "a")[0] == 2

    def test_deleting_asks(self, stroll, kept, monkeypatch):
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        asked = []
        for typed, gone in (("", False), ("no", False), ("否", False), ("yes", True)):
            monkeypatch.setattr("builtins.input", lambda q, typed=typed: asked.append(q) or typed)
            code, _, _ = stroll("class", "--delete", kept.name)
            assert (code == 0, not kept.exists()) == (gone, gone)
        assert kept.name in asked[0]

    def test_deleting_where_nobody_can_be_asked(self, stroll, kept):
        code, _, err = stroll("class", "--delete", "all")
        assert (code, kept.exists()) == (2, True)
        assert "--yes" in err
        assert stroll("class", "--delete", "all", "--yes")[0] == 0
        assert list_classes() == []
        assert list(kept.parent.iterdir()) == []

    def test_one_that_is_open_stays_and_the_others_go(self, stroll, kept, new_store):
        open_path = new_class_path("second")
        new_store(open_path)
        code, _, err = stroll("class", "--delete", "all", "--yes")
        assert code == 2
        assert "open in another" in err
        assert open_path.exists()
        assert not kept.exists()

    def test_only_what_is_a_class_is_deleted(self, stroll, tmp_path):
        precious = tmp_path / "thesis.txt"
        precious.write_text("years")
        assert stroll("class", "--delete", precious, "--yes")[0] == 2
        assert precious.exists()


class TestUsage:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            ((), "SCENARIO"), (("--resume", "latest"), "no class"),
            (("no_such_lesson",), "no_such"),
            (("first_stream", "--mode", "all"), "same, shared, vote"),
            (("first_stream", "--rounds", "1"), "2 to 12"),
            (("first_stream", "--pace", "fast"), "timer"),
            (("first_stream", "--seconds", "1"), "10 to 3600"),
            (("first_stream", "--pin", "1234"), "six digits"),
            (("first_stream", "--address", "here"), "192.168.1.5"),
            (("first_stream", "--port", "0"), "1 to 65535"),
            (("--resume", "missing.strollclass"), "no file"),
            (("thirty_days", "--mode", "shared"), "campaign"),
        ],
    )  # fmt: skip
    def test_one_plain_sentence(self, stroll, monkeypatch, arguments, said):
        monkeypatch.setattr("sim.console.classroom.prepare", lambda terminal: None)
        code, out, err = stroll("class", *arguments)
        assert code in (1, 2)
        assert out == ""
        assert said in err
        assert "Traceback" not in err
        assert list_classes() == []

    @pytest.mark.parametrize("language", ["zh", "en"])
    @pytest.mark.parametrize("command", ["class", "bots"])
    def test_help(self, stroll, command, language):
        code, out, _ = stroll(command, "--help", "--language", language)
        assert code == 0
        assert ("Usage:" in out) == (language == "en")

    def test_report_knows_a_class(self, stroll, kept, tmp_path):
        code, _, err = stroll("report", kept.name, kept.name, "--csv", tmp_path / "x.csv")
        assert code == 2
        assert "one class at a time" in err
        code, _, err = stroll("report", "x.jsonl", "--no-names", "--csv", tmp_path / "x.csv")
        assert code == 2
        assert "class only" in err


@pytest.mark.skipif(os.name != "posix", reason="these signals are not sent there")
class TestProcess:
    @pytest.fixture
    def lesson(self, tmp_path, small_scenario):
        """The file of the small lesson."""
        import shutil

        shutil.copytree(TOP / "scenarios", tmp_path / "scenarios")
        file = tmp_path / "scenarios" / "first_stream.yaml"
        text = file.read_text("utf-8")
        for pattern, value in (
            (r"(?m)^(shoppers: )\d+()$", SMALL["shoppers"]),
            (r"(?m)^(live: .*minutes: )\d+(})$", SMALL["live.minutes"]),
            (r"(?m)^(nights: )\d+()$", SMALL["nights"]),
        ):
            text, found = re.subn(pattern, rf"\g<1>{value}\g<2>", text)
            assert found == 1
        file.write_text(text, "utf-8")
        return file

    @pytest.fixture
    def begin(self):
        """Starts `class` as a process; gives it back with what it said until phones can join."""
        started = []

        def start(*arguments, **more):
            process = subprocess.Popen(
                [sys.executable, str(TOP / "main.py"), "class", "--no-window", "--language", "en",
                 "--address", "127.0.0.1", *map(str, arguments)],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                encoding="utf-8", env={**os.environ, **more},
            )  # fmt: skip
            started.append(process)
            said = {}
            while "File" not in said:
                line = process.stdout.readline()
                assert line, process.stderr.read()
                name, _, value = line.strip().partition("  ")
                said[name] = value.strip()
            return process, said

        yield start
        for process in started:
            if process.poll() is None:
                process.kill()
            process.communicate()

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
    def test_stopping(self, begin, lesson, number):
        process, said = begin(lesson, "--mode", "vote", "--rounds", "3", "--seed", "11")
        path = Path(said["File"])
        assert re.fullmatch(r"\d{6}", said["PIN"])
        code = said["Code"].replace(" ", "")
        assert said["Join"].endswith(f"/j/{code}")
        assert httpx.get(said["Join"]).status_code == 200
        assert "<title>" in httpx.get(said["Console"]).text
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        assert f"--resume {path.name}" in err
        assert "Traceback" not in err
        # one file alone, with nothing beside it
        assert [each.name for each in path.parent.iterdir()] == [path.name]
        with ClassStore.open(path) as store:
            assert (store.seed, store.code) == (11, code)
            assert store.settings["mode"] == "vote"

    def test_going_on_after_a_crash(self, begin, lesson):
        process, said = begin(lesson)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        again, resumed = begin("--resume", "latest", "--pin", "771100")
        assert resumed["Code"] == said["Code"]
        assert resumed["PIN"] == "771100"
        assert resumed["Board"].partition("=")[2] == said["Board"].partition("=")[2]
        again.send_signal(signal.SIGTERM)
        again.communicate(timeout=60)
        path = Path(said["File"])
        assert [each.name for each in path.parent.iterdir()] == [path.name]


class TestAddresses:
    def test_the_likeliest_first(self, monkeypatch):
        cards = {
            "127.0.0.1": "lo", "172.17.0.1": "docker0", "10.8.0.2": "tun0", "8.8.4.4": "ppp0",
            "169.254.3.4": "eth1", "10.1.2.3": "eth0", "192.168.1.5": "wlan0", "100.70.1.1": "ts0",
        }  # fmt: skip
        monkeypatch.setattr(addresses, "_by_interface", lambda: cards)
        monkeypatch.setattr(addresses, "_by_name", lambda: ["127.0.1.1", "192.168.1.5"])
        monkeypatch.setattr(addresses, "_on_the_way", lambda: ["10.1.2.3"])
        found = addresses.addresses()
        assert [each.ip for each in found[:3]] == ["10.1.2.3", "192.168.1.5", "8.8.4.4"]
        assert {each.ip for each in found[3:]} == {"172.17.0.1", "10.8.0.2", "100.70.1.1"}
        assert found[1] == Address("192.168.1.5", "wlan0", "lan")
        assert [each.ip for each in to_choose_from(found)] == ["10.1.2.3", "192.168.1.5"]
        assert is_near("192.168.1.5")
        assert is_near("127.0.0.9")
        assert is_near("::1")
        assert is_near("::ffff:10.1.2.3")
        assert not is_near("192.168.1.6")
        assert not is_near("phone")

    def test_no_network(self, monkeypatch):
        monkeypatch.setattr(addresses, "_by_interface", lambda: {"127.0.0.1": "lo"})
        monkeypatch.setattr(addresses, "_by_name", list)
        monkeypatch.setattr(addresses, "_on_the_way", list)
        found = addresses.addresses()
        assert found == [Address("127.0.0.1", "", "alone")]
        assert to_choose_from(found) == found

    def test_of_this_machine(self):
        found = addresses.addresses()
        assert found
        assert len({each.ip for each in found}) == len(found)

    @pytest.mark.parametrize("platform", ["win32", "darwin", "linux", "freebsd14"])
    def test_what_to_do_about_a_firewall(self, platform):
        for language in ("zh", "en"):
            assert "8123" in firewall_advice(8123, platform).text(language)

    def test_whether_it_answers(self, server):
        assert addresses.answers("127.0.0.1", server.port)
        server.stop()
        assert not addresses.answers("127.0.0.1", server.port)
