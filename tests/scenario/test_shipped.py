"""The shipped scenarios load, and a scenario survives being turned into data and back."""

import copy
import json

import pytest
from pydantic import ValidationError

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import ACTS, Scenario, catalog, minutes_of


@pytest.fixture(scope="module")
def first():
    return Scenario.load(paths.scenarios_folder() / "first_stream.yaml")


@pytest.mark.parametrize(
    "entry", [entry for entry in catalog() if entry.shipped], ids=lambda e: e.id
)
def test_every_shipped_scenario_loads(entry):
    scenario = Scenario.load(entry.path)
    assert scenario.id == entry.id == entry.path.stem
    assert scenario.title == entry.title
    assert len(scenario.hosts) >= 5
    assert sum(len(host.notes) for host in scenario.hosts) >= 20


def test_what_the_first_scenario_says(first):
    assert first.title.text("en") == "The first live"
    assert first.title.text("zh") == first.title.zh == "第一场直播"
    assert len(first.brief.zh) == len(first.brief.en) == 5
    assert first.compare == ("patient", "interaction", "rushed", "price_games")
    assert first.reference in first.tactics
    assert minutes_of(first.live.starts) >= minutes_of(first.street_hours.opens)
    assert first.host.live is None
    assert first.hosts[0] is first.host
    assert first.hosts[1] is first.street.neighbours[0]
    assert first.street.neighbours[0].live.tactic in first.tactics
    assert all(set(tactic.mix) <= set(ACTS) for tactic in first.tactics.values())
    # One evening by itself, in which the platform makes nothing of reports yet.
    assert first.switch_off == ("note_sales", "note_comments", "reports")
    assert first.schema_version == 1


def test_money_is_whole_fen(first):
    changed = first.with_changes({"host.products.linen_shirt.price": 169.99})
    product = changed.host.products[0]
    assert product.id == "linen_shirt"
    assert (product.price_fen, type(product.price_fen)) == (16999, int)
    assert product.cost_fen == product.cost * 100


def test_clock_times():
    assert minutes_of("00:00") == 0
    assert minutes_of("20:05") == 1205
    assert minutes_of("24:00") == 1440


def test_nothing_can_be_changed(first):
    with pytest.raises(ValidationError):
        first.shoppers = 3
    with pytest.raises(ValidationError):
        first.host.products[0].price = 1.0
    assert isinstance(first.host.products, tuple)
    first.canonical()["host"]["products"].clear()
    assert first.host.products


def test_by_id_or_by_path(first, lesson):
    assert Scenario.load("first_stream") == first
    assert lesson.load().id == first.id


def test_an_unknown_id_names_the_nearest():
    with pytest.raises(ScenarioError) as caught:
        Scenario.load("first_steam")
    assert caught.value.problems[0].suggestion == "first_stream"
    assert "first_stream" in caught.value.sentence


def test_there_and_back(first):
    data = first.canonical()
    text = json.dumps(data, sort_keys=True, allow_nan=False)
    again = Scenario.from_data(json.loads(text))
    assert again == first
    assert again.hash == first.hash
    assert again.canonical() == data
    assert len(first.hash) == 64


def test_the_order_of_keys_means_nothing(first, lesson):
    def turned(node):
        if isinstance(node, dict):
            return {key: turned(node[key]) for key in reversed(node)}
        return [turned(item) for item in node] if isinstance(node, list) else node

    other = Scenario.from_data(turned(first.canonical()))
    assert other.hash == first.hash
    # Not only equal: whoever walks through a mapping meets the same order.
    assert list(other.tactics) == list(first.tactics)
    assert list(other.host.topics) == list(first.host.topics)
    assert list(other.tactics["patient"].mix) == list(first.tactics["patient"].mix)
    weights = other.street.population.topic_weights
    assert list(weights) == list(first.street.population.topic_weights)


def test_whole_numbers_are_numbers(first):
    assert isinstance(first.host.products[0].price, float)
    whole = first.with_changes({"host.products.0.price": 170})
    assert whole.hash == first.with_changes({"host.products.0.price": 170.0}).hash


@pytest.mark.parametrize(
    "changes",
    [
        {"shoppers": 17},
        {"host.products.wool_coat.price": 590},
        {"host.products.2.price": 590},
        {"street.neighbours.green_skin.products.sunscreen.stock": 0},
        {"street.mechanisms.boredom_drain": 0},
        {"switch_off": ["boredom", "tiredness"]},
        {"tactics.patient.mix": {"silence": 1}},
        {"tactics.rushed.mix": {"hype": 0.5}, "tactics.rushed.mix.poll": 0.5},
        {"brief.en.0": "Another line."},
    ],
)
def test_changes_make_another_scenario(first, changes):
    before = first.hash
    other = first.with_changes(changes)
    assert other.hash != before
    assert first.hash == before
    assert Scenario.from_data(other.canonical()) == other


def test_no_change_is_the_same_scenario(first):
    assert first.with_changes({}) == first


@pytest.mark.parametrize(
    ("changes", "suggestion"),
    [
        ({"shopers": 10}, "shoppers"),
        ({"host.products.wool_cot.price": 10}, "wool_coat"),
        ({"street.mechanisms.boredom_drian": 0}, "boredom_drain"),
        ({"host.products.linen_shirt.price.fen": 10}, ""),
        ({"host.products.12.price": 10}, ""),
        ({"": 10}, ""),
        ({"switch_off": ["boredon"]}, "boredom"),
        ({"shoppers": 10.5}, ""),
        ({"shoppers": True}, ""),
        ({"street.population.search_share": float("nan")}, ""),
        ({"tactics.patient.mix.explain": 0.9}, ""),
        ({"host.name.en": "a\u202eb"}, ""),
    ],
)
def test_changes_that_cannot_be(first, changes, suggestion):
    with pytest.raises(ScenarioError) as caught:
        first.with_changes(changes)
    assert [problem.suggestion for problem in caught.value.problems] == [suggestion]
    assert caught.value.in_language("zh") and caught.value.in_language("en")


@pytest.mark.parametrize(
    "data", [None, 3, "x", [], [{}], {}, {"schema": 1}, {3: 4}, {"id": object()}]
)
def test_data_that_is_no_scenario(data):
    with pytest.raises(ScenarioError):
        Scenario.from_data(data)


def test_data_from_a_stranger_is_checked_like_a_file(first):
    data = copy.deepcopy(first.canonical())
    data["tactics"]["patient"]["mix"]["explain"] = 0.9
    data["choices"] = ["nobody"]
    data["extra"] = 1
    with pytest.raises(ScenarioError) as caught:
        Scenario.from_data(data)
    assert {problem.key for problem in caught.value.problems} == {
        "tactics.patient.mix",
        "choices.0",
        "extra",
    }


class TestCatalog:
    def test_shipped_and_own(self, lesson):
        folder = paths.user_scenarios_folder()
        folder.mkdir(parents=True)
        text = lesson.text().replace("id: first_stream", "id: my_lesson")
        (folder / "mine.yaml").write_text(text, encoding="utf-8")
        (folder / "broken.yaml").write_text("id: [", encoding="utf-8")
        (folder / "notes.txt").write_text("nothing", encoding="utf-8")
        entries = {entry.id: entry for entry in catalog()}
        assert entries["first_stream"].shipped and entries["first_stream"].readable
        assert not entries["my_lesson"].shipped
        assert entries["my_lesson"].title.en == "The first live"
        assert not entries["broken"].readable and entries["broken"].title is None
        assert "tactics" not in entries and "mechanisms" not in entries

    def test_own_scenarios_may_use_the_shipped_street(self, lesson):
        folder = paths.user_scenarios_folder()
        folder.mkdir(parents=True)
        text = lesson.text().replace("id: first_stream", "id: my_lesson")
        (folder / "mine.yaml").write_text(text, encoding="utf-8")
        scenario = Scenario.load("my_lesson")
        assert scenario.street == Scenario.load("first_stream").street

    def test_without_own_folder(self):
        assert not paths.user_scenarios_folder().exists()
        assert [entry.id for entry in catalog() if not entry.shipped] == []
