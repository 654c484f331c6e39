"""A folder with a whole lesson in it, to break as one likes."""

import shutil
from pathlib import Path

import pytest

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import Scenario


class Lesson:
    """A scenario with its street, tactics and mechanisms; `first_stream.yaml` is loaded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "first_stream.yaml"

    def text(self, name: str = "first_stream.yaml") -> str:
        return (self.folder / name).read_text(encoding="utf-8")

    def write(self, content: str | bytes, name: str = "first_stream.yaml") -> None:
        content = content.encode("utf-8") if isinstance(content, str) else content
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def edit(self, old: str, new: str, name: str = "first_stream.yaml") -> int:
        """Replace one piece of text that stands in the file; gives the line where it stood."""
        text = self.text(name)
        assert old in text, f"{old!r} is not in {name}"
        self.write(text.replace(old, new, 1), name)
        return text.count("\n", 0, text.index(old)) + 1

    def load(self) -> Scenario:
        return Scenario.load(self.file)

    def error(self) -> ScenarioError:
        """The error that loading raises; every sentence must exist in both languages."""
        with pytest.raises(ScenarioError) as caught:
            self.load()
        error = caught.value
        assert error.problems and error.exit_code == 2
        for problem in error.problems:
            check_sentences(problem)
        return error


def check_sentences(problem) -> None:
    """A problem reads as one plain line in both languages."""
    for language in ("zh", "en"):
        sentence = problem.text(language)
        assert sentence and "\n" not in sentence, sentence
        assert len(sentence) < 700, sentence
        for jargon in (
            "pydantic",
            "Input should",
            "type=",
            "Traceback",
            "NoneType",
            "errors.",
            "dict",
        ):
            assert jargon not in sentence, sentence
    assert problem.text("zh") != problem.text("en")


@pytest.fixture
def lesson(tmp_path):
    folder = tmp_path / "lessons"
    shutil.copytree(Path(__file__).parent / "lessons", folder)
    # Mechanisms come and go while the model is worked on, so these are always the shipped ones.
    shutil.copy(paths.scenarios_folder() / "mechanisms.yaml", folder)
    return Lesson(folder)


@pytest.fixture(autouse=True)
def surroundings(tmp_path, monkeypatch):
    """Neither the user's own folders nor their language play a part."""
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "home"))
    for name in ("STROLL_STREET_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
