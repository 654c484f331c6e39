"""The goods of every lesson: each has a drawing of its own, and the brief shows all of them."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario, catalog
from sim.ui.art import goods, icons
from sim.ui.campaign.entry import brief_for
from sim.ui.screens.base import Push
from tests.ui.test_layout import look

_LESSONS = [
    scenario
    for scenario in (Scenario.load(entry.path) for entry in catalog())
    if scenario.lesson is not None
]


@pytest.mark.parametrize(
    ("product", "drawing"),
    [
        ("tea_towels", "towel"), ("quilt_cover", "bedding"), ("wide_trousers", "trousers"),
        ("linen_shirt", "style"), ("raincoat", "coat"), ("notebook", "book"), ("hill_tea", "tin"),
        ("satin_dress", "dress"), ("teapot", "teapot"), ("two_jars", "jar"),
    ],
)  # fmt: skip
def test_words_of_the_id_choose_the_drawing(product, drawing):
    assert icons.picture_of(product, "sport") == drawing


def test_what_no_word_names_is_drawn_as_its_topic():
    # "tin" ends "satin", and "oil" "foil": short words count only by themselves.
    for unknown in ("thing_7", "satin", "foil", "meeting"):
        assert icons.picture_of(unknown, "sport") == "sport"


def test_every_drawing_that_words_ask_for_is_there_and_has_its_cover():
    for name in set(goods.BY_WORDS.values()):
        assert name in icons._THINGS and name in icons.COVERS
    assert set(goods.THINGS) == set(goods.COVERS)


@pytest.mark.parametrize("scenario", _LESSONS, ids=lambda scenario: scenario.id)
def test_no_two_goods_of_a_lesson_look_the_same(scenario):
    drawings = [icons.picture_of(item.id, "none") for item in scenario.host.products]
    assert "none" not in drawings
    assert len(set(drawings)) == len(drawings), drawings


def _many(scenario, count: int):
    first = scenario.host.products[0]
    products = [
        first.model_copy(update={"id": f"thing_{i}", "name": first.name.model_copy(
            update={"zh": f"货{i}号", "en": f"Ware {i}"})})
        for i in range(count)
    ]  # fmt: skip
    host = scenario.host.model_copy(update={"products": products})
    return scenario.model_copy(update={"host": host})


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768)])
@pytest.mark.parametrize(("lesson", "count"), [("season", 6), ("five_minutes", 6), ("season", 15)])
def test_the_brief_names_all_goods(open_app, lesson, count, size):
    scenario = Scenario.load(lesson)
    if len(scenario.host.products) != count:
        scenario = _many(scenario, count)
    player = open_app(size)
    player.app.apply(Push(brief_for(player.app, scenario)))
    player.frames(2)
    problems: list[str] = []
    look(player, problems)
    assert not problems, problems
    # What was looked at last is the English one.
    written = "".join(item.text for item in player.app.painter.recorder.texts).replace(" ", "")
    missing = [item.id for item in scenario.host.products if _plain(item) not in written]
    assert not missing


def _plain(product) -> str:
    return product.name.text("en").replace(" ", "")
