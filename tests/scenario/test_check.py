"""What `check` says beyond errors: notes about what was probably not meant, and shared ids."""

import os
import shutil

import pytest

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import Scenario, catalog, check
from tests.scenario.conftest import check_sentences


@pytest.fixture
def shipped(lesson, monkeypatch):
    """The lesson's folder in the place of the shipped one, so that it can be added to."""
    monkeypatch.setattr(paths, "scenarios_folder", lambda: lesson.folder)
    return lesson


@pytest.fixture
def own():
    """The user's folder of scenarios."""
    folder = paths.user_scenarios_folder()
    folder.mkdir(parents=True)
    return folder


def notes_of(lesson):
    notes = check(lesson.file).notes
    for note in notes:
        check_sentences(note)
    return notes


@pytest.mark.parametrize(
    "entry", [entry for entry in catalog() if entry.shipped], ids=lambda e: e.id
)
def test_nothing_is_to_be_said_about_what_is_shipped(entry):
    assert check(entry.path).notes == ()


def test_a_check_loads(shipped):
    assert check(shipped.file).scenario == shipped.load()
    assert notes_of(shipped) == ()


@pytest.mark.parametrize(
    ("old", "new", "key", "english"),
    [
        ("nights: 8", "nights: 0", "nights", "one to three days"),
        ("nights: 8", "nights: 0", "nights", "nothing comes back"),
        ("nights: 8", "nights: 4", "nights", "no time to come back"),
        ("shoppers: 5000", "shoppers: 100001", "shoppers", "memory"),
        ("price: 169", "price: 77", "host.products.linen_shirt.cost", "above the price of 77"),
    ],
)
def test_a_note_is_no_error(shipped, old, new, key, english):
    line = shipped.edit(old, new)
    notes = notes_of(shipped)
    assert [note.key for note in notes] == [key]
    assert english in notes[0].text("en")
    assert notes[0].line == line + (key.endswith("cost"))
    assert notes[0].to_data("zh")["sentence"] == notes[0].text("zh")
    assert shipped.load()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("nights: 8", "nights: 5"),
        ("shoppers: 5000", "shoppers: 100000"),
        ("price: 169", "price: 78"),
    ],
)
def test_no_note_at_the_limit(shipped, old, new):
    shipped.edit(old, new)
    assert notes_of(shipped) == ()


def test_a_note_about_a_neighbour_names_the_street(shipped):
    street = "streets/lifestyle.yaml"
    text = shipped.text(street)
    cost = text[text.index("cost:") :].split("\n", 1)[0].split(",")[0].split("}")[0]
    line = shipped.edit(cost, "cost: 900000", street)
    notes = notes_of(shipped)
    assert len(notes) == 1 and notes[0].file.endswith("lifestyle.yaml") and notes[0].line == line
    assert notes[0].key.startswith("neighbours.") and notes[0].key.endswith(".cost")


def test_a_copy_beside_the_shipped_one_takes_nobodys_place(shipped):
    copy = shipped.folder / "a_copy.yaml"
    shutil.copy(shipped.file, copy)
    with pytest.raises(ScenarioError) as caught:
        Scenario.load("first_stream")
    assert len(caught.value.problems) == 1
    check_sentences(caught.value.problems[0])
    for language in ("zh", "en"):
        sentence = caught.value.in_language(language)
        assert str(copy) in sentence and str(shipped.file) in sentence
    assert shipped.load() == Scenario.load("a_copy") == Scenario.load(copy)
    for file, other in ((copy, shipped.file), (shipped.file, copy)):
        with pytest.raises(ScenarioError) as caught:
            check(file)
        (problem,) = caught.value.problems
        check_sentences(problem)
        assert (problem.file, problem.key) == (str(file), "id") and problem.line
        assert str(other) in problem.text("en")


def test_a_link_to_the_same_file_is_no_second_one(shipped):
    os.symlink(shipped.file, shipped.folder / "again.yaml")
    assert Scenario.load("first_stream") == check("first_stream").scenario


def test_the_shipped_one_keeps_its_id_from_the_users_own(shipped, own):
    copy = own / "mine.yaml"
    copy.write_text(shipped.text().replace("nights: 8", "nights: 7"), encoding="utf-8")
    assert Scenario.load("first_stream").nights == 8
    assert Scenario.load("mine").nights == 7
    (note,) = check(copy).notes
    check_sentences(note)
    assert str(shipped.file) in note.text("en") and note.file == str(copy)
    assert check(shipped.file).notes == ()


def test_a_copy_anywhere_else_is_worth_a_note(shipped, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name, title in (("one.yaml", "mine"), ("two.yaml", "mine"), ("three.yaml", "first_stream")):
        text = shipped.text().replace("id: first_stream", f"id: {title}")
        (elsewhere / name).write_text(text, encoding="utf-8")
    (note,) = check(elsewhere / "one.yaml").notes
    check_sentences(note)
    assert str(elsewhere / "two.yaml") in note.text("en")
    (note,) = check(elsewhere / "three.yaml").notes
    assert str(shipped.file) in note.text("en")


def test_a_file_name_serves_when_it_is_unique(shipped, own):
    text = shipped.text().replace("id: first_stream", "id: evening")
    (own / "tuesday.yaml").write_text(text, encoding="utf-8")
    assert Scenario.load("tuesday") == Scenario.load("evening")
    text = shipped.text().replace("id: first_stream", "id: morning")
    (shipped.folder / "tuesday.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Scenario.load("tuesday")
    assert str(own / "tuesday.yaml") in caught.value.in_language("en")


def test_an_unknown_name_lists_each_id_once(shipped):
    shutil.copy(shipped.file, shipped.folder / "a_copy.yaml")
    with pytest.raises(ScenarioError) as caught:
        Scenario.load("zzz")
    assert caught.value.in_language("en").count("first_stream") == 1
