"""Errors carry their sentence across languages and processes."""

import errno
import os
import pickle
import re
from pathlib import Path

import pytest

from sim import errors, paths
from sim.errors import Phrase, PlaceError, Problem, ScenarioError, system_reason
from sim.scenario import Scenario

KINDS = [
    errors.StrollError,
    errors.DecisionError,
    errors.JournalError,
    errors.WordingError,
    errors.PlaceError,
    errors.DisplayError,
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_sentence_or_a_phrase(kind):
    assert kind("A sentence.").sentence == str(kind("A sentence.")) == "A sentence."
    error = kind(Phrase("errors.place.shipped_missing", folder="F"))
    assert "F is missing" in error.in_language("en")
    assert "F 不见了" in error.in_language("zh")


@pytest.mark.parametrize("kind", KINDS)
def test_errors_cross_to_other_processes(kind):
    error = kind(Phrase("errors.place.shipped_missing", folder="F"))
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind
    assert again.in_language("zh") == error.in_language("zh")


def test_scenario_errors_cross_to_other_processes(lesson):
    lesson.edit("goal: net_sales", "goal: x")
    error = lesson.error()
    again = pickle.loads(pickle.dumps(error))
    assert again.problems == error.problems
    assert again.in_language("zh") == error.in_language("zh")


def test_scenarios_cross_to_other_processes(lesson):
    scenario = lesson.load()
    again = pickle.loads(pickle.dumps(scenario))
    assert again == scenario and again.hash == scenario.hash
    assert isinstance(again, Scenario)


def test_places_in_sentences():
    message = Phrase("errors.yaml.empty")
    assert Problem("a.yaml", None, "", message).text("en") == "a.yaml: the file is empty."
    assert Problem("a.yaml", 3, "", message).text("en") == "a.yaml, line 3: the file is empty."
    assert Problem("a.yaml", 3, "", message).text("zh") == "a.yaml 第 3 行：文件是空的。"
    assert Problem("", None, "", message).text("en") == "the file is empty."


def test_several_problems_are_several_lines():
    problems = [Problem("a", None, "", Phrase("errors.yaml.empty"))] * 3
    assert len(ScenarioError(problems, "en").sentence.splitlines()) == 3


def test_a_place_error_has_a_sentence_even_without_assets(monkeypatch, tmp_path):
    from sim import paths

    monkeypatch.setattr(paths, "_TOP", tmp_path)
    with pytest.raises(PlaceError) as caught:
        paths.assets_folder()
    assert str(tmp_path / "assets") in caught.value.sentence


CHINESE_ONLY = re.compile("[A-Za-z]{3,}")


@pytest.mark.parametrize(
    "code", ["EISDIR", "ENOTDIR", "EACCES", "EROFS", "ENOSPC", "ENOENT", "EBUSY", "ENAMETOOLONG"]
)
def test_what_the_system_says_is_said_in_the_language_of_the_reader(code):
    number = getattr(errno, code)
    reason = system_reason(OSError(number, os.strerror(number)))
    assert not CHINESE_ONLY.search(reason.text("zh"))
    assert reason.text("en") != reason.text("zh")


def test_a_rare_reason_is_quoted():
    assert "it broke" in system_reason(OSError(9999, "it broke")).text("zh")
    assert "character" in system_reason(ValueError("embedded null byte")).text("en")


def test_no_other_place_words_what_the_system_says():
    """So that a reason never stands in English inside a Chinese sentence."""
    top = Path(__file__).resolve().parents[2] / "sim"
    users = [
        path for path in top.rglob("*.py") if "error.strerror" in path.read_text(encoding="utf-8")
    ]
    assert [path.name for path in users] == ["errors.py"]


def test_a_folder_in_the_place_of_a_file_is_named_in_chinese(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlaceError) as caught:
        paths.ensure_folder(tmp_path / "file" / "below")
    assert "不是文件夹" in caught.value.in_language("zh")
