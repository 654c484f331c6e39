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

    def call(*arguments):
        code = main([str(argument) for argument in arguments])
        return Answer(code, *capsys.readouterr())

    return call


@pytest.fixture
def start_stroll():
    """Starts the command line as a process of its own."""
    started = []

    def start(*arguments, **more):
        environment = {**os.environ, wording.LANGUAGE_VARIABLE: "en", **more}
        process = subprocess.Popen(
            [sys.executable, str(TOP / "main.py"), *map(str, arguments)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
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


@pytest.fixture(scope="session")
def lesson(tmp_path_factory):
    """The file of the first lesson with few shoppers, a short live and one night."""
    folder = tmp_path_factory.mktemp("lessons") / "scenarios"
    shutil.copytree(TOP / "scenarios", folder)
    file = folder / "first_stream.yaml"
    text = file.read_text(encoding="utf-8")
    for value, small in (
        (r"(?m)^shoppers: \d+$", "shoppers: 200"),
        (r"(?m)^(live: .*minutes: )\d+}$", r"\g<1>20}"),
        (r"(?m)^nights: \d+$", "nights: 1"),
    ):
        text, found = re.subn(value, small, text)
        assert found == 1
    file.write_text(text, encoding="utf-8")
    return file
