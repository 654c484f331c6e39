"""A lesson small enough to be played many times, and a way to call the command line."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim import wording
from sim.cli import main

TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What a command gave back."""

    code: int
    out: str
    err: str


@pytest.fixture
def stroll(capsys, monkeypatch):
    """Calls the command line in this process, in English unless told otherwise."""
    monkeypatch.setenv(wording.LANGUAGE_VARIABLE, "en")
    monkeypatch.setenv("COLUMNS", "80")

    def call(*arguments, folder=None):
        if folder is not None:
            monkeypatch.chdir(folder)
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return call


@pytest.fixture
def start_stroll():
    """Starts the command line as a process of its own."""
    started = []

    def start(*arguments, stdout=subprocess.PIPE, **more):
        environment = {**os.environ, wording.LANGUAGE_VARIABLE: "en", **more}
        process = subprocess.Popen(
            [sys.executable, str(TOP / "main.py"), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _changed_lesson(folder, **values):
    """The file of a copy of the first lesson: shoppers, minutes of the live, nights."""
    folder = folder / "scenarios"
    shutil.copytree(TOP / "scenarios", folder)
    file = folder / "first_stream.yaml"
    text = file.read_text(encoding="utf-8")
    for pattern, value in (
        (r"(?m)^(shoppers: )\d+()$", values["shoppers"]),
        (r"(?m)^(live: .*minutes: )\d+(})$", values["minutes"]),
        (r"(?m)^(nights: )\d+()$", values["nights"]),
    ):
        text, found = re.subn(pattern, rf"\g<1>{value}\g<2>", text)
        assert found == 1
    file.write_text(text, encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def lesson(tmp_path_factory):
    """The file of the first lesson with few shoppers, a short live and one night."""
    return _changed_lesson(tmp_path_factory.mktemp("lessons"), shoppers=200, minutes=20, nights=1)


@pytest.fixture(scope="session")
def long_lesson(tmp_path_factory):
    """The file of the first lesson with so many shoppers that a run takes seconds anywhere."""
    return _changed_lesson(
        tmp_path_factory.mktemp("long lessons"), shoppers=200_000, minutes=120, nights=8
    )


@pytest.fixture(scope="session")
def busy_lesson(tmp_path_factory):
    """The file of a lesson on a street where a few people come again and again, so that a short
    live holds all that can be asked about."""
    folder = tmp_path_factory.mktemp("busy lessons")
    file = _changed_lesson(folder, shoppers=500, minutes=20, nights=4)
    street = file.parent / "streets" / "lifestyle.yaml"
    text, found = re.subn(
        r"(?m)^(  visits_per_day: .median: )[\d.]+", r"\g<1>30", street.read_text("utf-8")
    )
    assert found == 1
    street.write_text(text, encoding="utf-8")
    return file
