"""docs/authoring.md is followed as an author would: its boxes make lessons without a problem."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from sim.errors import ScenarioError
from sim.scenario import check

TOP = Path(__file__).resolve().parents[2]
PAGES = {"en": TOP / "docs" / "authoring.md", "zh": TOP / "docs" / "authoring.zh.md"}
COPIES = {
    "wet_day.yaml": "first_stream.yaml",
    "wet_tactics.yaml": "tactics.yaml",
    "wet_month.yaml": "thirty_days.yaml",
    "wet_policies.yaml": "policies.yaml",
}


def boxes(page: Path) -> list[tuple[str, str]]:
    """(file, what is to be written into it), in the order of the page."""
    found = re.findall(r"```yaml\n# (\S+)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(found) == page.read_text(encoding="utf-8").count("```yaml")
    return found


def followed(folder: Path, language: str) -> Path:
    """A folder in which somebody has done what the page says."""
    for copy, original in COPIES.items():
        shutil.copy(TOP / "scenarios" / original, folder / copy)
    for name, text in boxes(PAGES[language]):
        file = folder / name
        before = file.read_text(encoding="utf-8")
        if text.startswith("  "):  # one more tactic or policy, at the end
            file.write_text(before.rstrip() + "\n" + text, encoding="utf-8")
        else:  # keys that stand in the place of those of the same name
            data = {**yaml.safe_load(before), **yaml.safe_load(text)}
            file.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("lesson", ["wet_day.yaml", "wet_month.yaml"])
def test_the_boxes_make_a_lesson(tmp_path, language, lesson):
    checked = check(followed(tmp_path, language) / lesson)
    assert [note.text("en") for note in checked.notes] == []
    assert checked.scenario.claims and checked.scenario.id == lesson.removesuffix(".yaml")


def test_both_pages_have_the_same_boxes_and_commands():
    assert boxes(PAGES["en"]) == boxes(PAGES["zh"])
    commands = [
        re.findall(r"^    (main\.py .*)$", page.read_text("utf-8"), re.M) for page in PAGES.values()
    ]
    assert commands[0] == commands[1] and len(commands[0]) > 5
    heads = [re.findall(r"^(#+) ", page.read_text("utf-8"), re.M) for page in PAGES.values()]
    assert heads[0] == heads[1]


def test_a_lesson_without_the_neighbours_tactics_is_told_which(tmp_path):
    folder = followed(tmp_path, "en")
    file = folder / "wet_tactics.yaml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    kept = {name: data["tactics"][name] for name in ("patient", "open_it", "rushed")}
    file.write_text(yaml.safe_dump({**data, "tactics": kept}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(ScenarioError) as error:
        check(folder / "wet_day.yaml")
    sentences = error.value.in_language("en").splitlines()
    assert len(sentences) == 3
    assert all("wet_tactics.yaml" in said and "copy it" in said for said in sentences)
    assert {p.found for p in error.value.problems} == {"interaction", "honest_offer", "price_games"}
    assert "请把它从自带的 tactics.yaml 抄过来" in error.value.in_language("zh")
