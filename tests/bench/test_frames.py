"""The bench of frames: crowds of the wanted size, real frames, honest verdicts."""

from __future__ import annotations

import os

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import numpy as np
import pytest

pytest.importorskip("pygame")

from bench.frames import table_of, verdict_of
from bench.frames_measure import FrameCost, measure, open_app
from bench.frames_street import crowd_after, crowd_of, played_session
from bench.frames_switch import line_of, measure_switches
from sim.paths import prepare_compiled_cache
from sim.play.observation import PERSON

# Before the user's folder is thrown away: compiled code should be made only once.
prepare_compiled_cache()


def people(count):
    made = np.zeros(count, PERSON)
    made["shopper"] = np.arange(count)
    made["place"] = 1 + np.arange(count) * 4 // count
    return made


@pytest.mark.parametrize("count", [3, 40, 41, 1000])
def test_a_crowd_has_the_wanted_size_and_nobody_twice(count):
    crowd = crowd_of(people(40), count)
    assert len(crowd) == count
    assert len(np.unique(crowd["shopper"])) == count


def test_a_larger_crowd_keeps_its_proportions():
    crowd = crowd_of(people(40), 4000)
    assert [(crowd["place"] == place).sum() for place in (1, 2, 3, 4)] == [1000] * 4


def test_a_moment_later_as_many_come_and_go_as_did_in_truth():
    before = people(40)
    after = before[4:].copy()
    after["patience"] = 0.5
    later = crowd_after(crowd_of(before, 400), before, after)
    assert len(later) == 360
    assert (later["patience"] == 0.5).all()
    grown = np.concatenate([before, before[:2]])
    grown["shopper"][40:] = (70, 71)
    later = crowd_after(crowd_of(before, 400), before, grown)
    assert len(later) == 420
    assert len(np.unique(later["shopper"])) == 420


def test_nobody_cannot_be_repeated():
    with pytest.raises(ValueError, match="nobody"):
        crowd_of(people(0), 10)


def cost(median, aim):
    return FrameCost("street", (1280, 720), 200, 171, median, median + 1, median, aim)


def test_a_verdict_says_missed_when_it_is():
    assert cost(2.0, 1.9).met is False
    assert cost(1.9, 1.9).met is True
    assert cost(1.9, None).met is None
    assert "1 of 2" in verdict_of([cost(2.0, 1.9), cost(1.0, 1.9), cost(1.0, None)])
    assert table_of([cost(2.0, 1.9)]).row_count == 1


def test_the_real_window_is_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    costs = measure((200,), ((1280, 720),), ("street", "room"), frames=5)
    assert [cost.view for cost in costs] == ["street", "room"]
    assert all(0 < cost.median <= cost.p95 for cost in costs)
    assert all(cost.drawn > 10 for cost in costs)


def test_stepping_into_the_room_and_out_is_measured(monkeypatch, tmp_path):
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path))
    cost = measure_switches(open_app((1280, 720)), played_session(), 200)
    assert min(cost.first_room, cost.first_street, cost.cold) > 0
    assert min(cost.worst, cost.plain, cost.prepared_after) > 0
    assert "first switch to the room" in line_of(cost)
