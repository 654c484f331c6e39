"""A scenario can refer to files in its own folder and to shipped ones, and to nothing else."""

import os
from pathlib import PurePosixPath

import pytest

from sim import paths
from sim.errors import Phrase, ScenarioError
from sim.scenario import Scenario
from sim.scenario.references import Location, follow


@pytest.fixture
def here(tmp_path):
    folder = tmp_path / "own"
    (folder / "deep").mkdir(parents=True)
    (folder / "mine.yaml").write_text("a: 1")
    (folder / "deep" / "street.yaml").write_text("a: 1")
    (tmp_path / "outside.yaml").write_text("a: 1")
    return Location(folder.resolve(), PurePosixPath("lesson.yaml"))


def sentence(reference, location):
    leads = follow(reference, "street", location)
    assert isinstance(leads, Phrase), leads
    assert leads.text("zh") != leads.text("en")
    return leads.key.removeprefix("errors.file.")


def test_own_files(here):
    assert follow("mine.yaml", "street", here).path == here.root / "mine.yaml"
    assert follow("./deep/street.yaml", "street", here).path == here.root / "deep" / "street.yaml"
    below = follow("deep/street.yaml", "street", here)
    assert follow("../mine.yaml", "street", below).path == here.root / "mine.yaml"


def test_shipped_files(here):
    shipped = paths.scenarios_folder().resolve()
    street = follow("streets/lifestyle.yaml", "street", here)
    assert street.path == shipped / "streets" / "lifestyle.yaml"
    # A shipped file refers to shipped files, whatever lies beside the scenario.
    (here.root / "mechanisms.yaml").write_text("a: 1")
    assert follow("../mechanisms.yaml", "m", street).path == shipped / "mechanisms.yaml"
    assert follow("mechanisms.yaml", "m", here).path == here.root / "mechanisms.yaml"


@pytest.mark.parametrize(
    "reference",
    [
        "../outside.yaml",
        "deep/../../outside.yaml",
        "./.././outside.yaml",
        "../../../../../../../../etc/x.yaml",
        "../own/mine.yaml",
    ],
)
def test_never_upwards(here, reference):
    assert sentence(reference, here) == "reference_outside"


def test_not_upwards_from_a_shipped_file(here):
    street = follow("streets/lifestyle.yaml", "street", here)
    assert sentence("../../pyproject.yaml", street) == "reference_outside"


@pytest.mark.parametrize(
    "reference",
    [
        "/etc/x.yaml",
        "~/x.yaml",
        "C:/x.yaml",
        "C:\\x.yaml",
        "\\\\host\\x.yaml",
        "http://host/x.yaml",
        "deep\\street.yaml",
        "mine.txt",
        "mine",
        "deep",
        ".",
        "..",
        "mine.yaml\n",
        "mi\0ne.yaml",
        "x" * 300 + ".yaml",
    ],
)
def test_only_plain_relative_paths(here, reference):
    assert sentence(reference, here) == "reference_shape"


def test_links_cannot_lead_out(here):
    os.symlink(here.root.parent / "outside.yaml", here.root / "link.yaml")
    os.symlink(here.root.parent, here.root / "folder")
    os.symlink(here.root / "mine.yaml", here.root / "inner.yaml")
    assert sentence("link.yaml", here) == "reference_outside"
    assert sentence("folder/outside.yaml", here) == "reference_outside"
    assert follow("inner.yaml", "street", here).path.read_text() == "a: 1"


def test_a_misspelt_file_names_the_nearest(here):
    leads = follow("streets/lifestile.yaml", "street", here)
    assert "did you mean “streets/lifestyle.yaml”?" in leads.text("en")
    leads = follow("deep/sreet.yaml", "street", here)
    assert "did you mean “deep/street.yaml”?" in leads.text("en")
    assert "no .yaml files" in follow("nowhere/x.yaml", "street", here).text("en")


@pytest.mark.parametrize("reference", [None, 3, "", [], {}])
def test_what_is_no_text_is_left_to_the_schema(here, reference):
    assert follow(reference, "street", here) is None


def test_a_scenario_behind_a_link_is_its_own_folder(lesson, tmp_path):
    link = tmp_path / "elsewhere.yaml"
    os.symlink(lesson.file, link)
    assert Scenario.load(link) == lesson.load()


def test_a_link_to_itself(lesson):
    os.symlink(lesson.folder / "round.yaml", lesson.folder / "round.yaml")
    lesson.edit("tactics: tactics.yaml", "tactics: round.yaml")
    assert len(lesson.error().problems) == 1


def test_a_reference_to_a_folder(lesson):
    (lesson.folder / "folder.yaml").mkdir()
    lesson.edit("tactics: tactics.yaml", "tactics: folder.yaml")
    assert "this is a folder" in lesson.error().in_language("en")


NOT_THERE = ["nothing.yaml", "no/such/file.yaml", "a\0b.yaml", "x" * 5000 + ".yaml"]


@pytest.mark.parametrize("name", NOT_THERE)
def test_a_scenario_that_is_not_there(lesson, name):
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(os.path.join(lesson.folder, name))
    assert len(caught.value.problems) == 1
    assert caught.value.in_language("zh") != caught.value.in_language("en")
