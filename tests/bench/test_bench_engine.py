"""The bench runs, its figures have the right shape, and they are about the right thing."""

import json

import numpy as np
import pytest

from bench import engine, forks, room, street
from bench.plan import Plan, Span
from sim.model.layout import KNOWLEDGE, RELATION, SHOPPER, Place
from sim.scenario import Scenario

TINY = Plan(
    spans=(Span(50, 6, 2), Span(200, 6, 1)),
    rerun_shoppers=40,
    rerun_repeats=2,
    crowds=2,
    crowd_shoppers=40,
    race_sizes=(40,),
    race_rounds=2,
    agreement_crowds=3,
    agreement_shoppers=40,
)


@pytest.fixture(scope="module")
def scenario():
    return Scenario.load("first_stream")


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The exit code of a tiny bench and the figures it wrote."""
    file = tmp_path_factory.mktemp("bench") / "figures.json"
    code = engine.main(["--json", str(file)], plan=TINY)
    return code, json.loads(file.read_text(encoding="utf-8"))


def test_every_part_is_measured(measured):
    _, data = measured
    assert data["scenario"] == "first_stream"
    assert {"machine", "street", "rerun", "crowds", "room"} <= set(data)


def test_rates_follow_from_times_and_people(measured):
    _, data = measured
    assert [speed["span"]["shoppers"] for speed in data["street"]] == [50, 200]
    for speed in data["street"]:
        span, seconds = speed["span"], speed["time"]["processor"]
        assert seconds > 0
        done = speed["shopper_ticks_a_second"] * seconds
        assert done == pytest.approx(span["shoppers"] * span["ticks"])
        assert 0 < speed["present"] < span["shoppers"]
        assert speed["present_ticks_a_second"] < speed["shopper_ticks_a_second"]


def test_bytes_are_those_of_the_records(measured, scenario):
    _, data = measured
    products = sum(len(host.products) for host in scenario.hosts)
    relations = len(scenario.hosts) * RELATION.itemsize + products * KNOWLEDGE.itemsize
    for speed in data["street"]:
        assert speed["bytes_relations"] == relations
        assert speed["bytes_each"] > SHOPPER.itemsize  # and the calendar
    small, large = data["street"]
    assert large["bytes_each"] < small["bytes_each"]  # one calendar for all


def test_every_tactic_is_lived_again(measured, scenario):
    _, data = measured
    assert list(data["rerun"]["reruns"]) == list(scenario.compare)
    assert data["rerun"]["shoppers"] == 40
    for time in data["rerun"]["reruns"].values():
        assert time["wall"] > 0
    assert data["rerun"]["fork"]["wall"] > 0


def test_crowds_without_and_with_the_nights(measured, scenario):
    _, data = measured
    assert [batch["nights"] for batch in data["crowds"]] == [0, scenario.nights]
    for batch in data["crowds"]:
        assert batch["crowds"] * batch["tactics"] == 8
        assert batch["time"]["wall"] > 0


def test_ours_is_always_in_the_race(measured):
    _, data = measured
    for one in data["room"]["races"]:
        assert one["shopper_ticks_a_second"][room.NAME] > 0
        assert set(one["ours_is_quicker"]) == set(one["shopper_ticks_a_second"]) - {room.NAME}


def test_one_part_can_be_measured_alone(tmp_path):
    file = tmp_path / "figures.json"
    assert engine.main(["--only", "rerun", "--json", str(file)], plan=TINY) == 0
    assert set(json.loads(file.read_text(encoding="utf-8"))) == {"scenario", "machine", "rerun"}


def test_a_street_keeps_its_proportions(scenario):
    wide = street.street_of(scenario, scenario.shoppers * 10)
    assert [host.capacity for host in wide.hosts] == [host.capacity * 10 for host in scenario.hosts]
    assert wide.host.products[0].stock == scenario.host.products[0].stock * 10
    narrow = street.street_of(scenario, 10)
    assert narrow.host.capacity == scenario.host.capacity


def test_a_rerun_lives_the_whole_live(scenario, monkeypatch):
    lived = []
    original = forks.Run.advance_ticks

    def advance(run, ticks):
        lived.append(original(run, ticks))
        return lived[-1]

    monkeypatch.setattr(forks.Run, "advance_ticks", advance)
    forks.measure(scenario, 10, 1)
    assert lived[1:] == [scenario.live.minutes * 6] * (1 + len(scenario.compare))


@pytest.fixture(scope="module")
def played(scenario):
    alone = room.room_scenario(scenario, 300, "price_games")
    model = room.build(alone, 7, 200)
    room.play(model)
    return model


def test_in_the_room_alone_everybody_comes_once_and_goes_home(played):
    counts = room.tally(played)
    assert counts["viewers"] == 300
    people = played.world.state(0).shoppers
    clock = played.world.state(0).clock[0]
    assert (np.isin(people["place"], (Place.AWAY, Place.STROLLING))).all()
    assert clock["came"] == 300
    assert played.world.state(0).rooms[0]["viewers"] == 0
    entered = played.events[played.events["kind"] == room.Kind.ENTER]
    assert len(np.unique(entered["shopper"])) == 300
    assert entered["tick"].max() < 200


def test_in_the_room_alone_things_happen(played):
    counts = room.tally(played)
    assert counts["watch_ticks"] > counts["viewers"]
    assert 0 < counts["glances"] < 300
    assert counts["comments"] > 0


def test_a_room_that_is_not_empty_yet_is_not_counted(scenario):
    alone = room.room_scenario(scenario, 100, "patient")
    model = room.build(alone, 7, 50)
    model.end = 60
    room.play(model)
    with pytest.raises(RuntimeError, match="still in the room"):
        room.tally(model)


def test_without_rivals_the_bench_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(engine.rivals, "installed", list)
    monkeypatch.setattr(engine.rivals, "missing", lambda: ["mesa", "agentpy"])
    file = tmp_path / "figures.json"
    assert engine.main(["--only", "room", "--json", str(file)], plan=TINY) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Not installed, so not measured: mesa, agentpy." in said
    figures = json.loads(file.read_text(encoding="utf-8"))["room"]
    assert figures["agreement"]["holds"] is None
    assert list(figures["races"][0]["shopper_ticks_a_second"]) == [room.NAME]
