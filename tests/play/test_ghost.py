"""A ghost shows at each minute what its run showed then."""

from __future__ import annotations

import json

import numpy as np
import pytest

from sim.errors import JournalError
from sim.model import TICKS_PER_HOUR, TICKS_PER_MINUTE
from sim.model.decisions import AnswerShopper, Perform, SetMix, SetTactic
from sim.play.capsule import capsule_of
from sim.play.capsule_code import code_of
from sim.play.capsule_file import save_capsule
from sim.play.ghost import (
    SERIES,
    Band,
    Burst,
    bands_of,
    bursts_of,
    ghost_of,
    ghost_of_file,
    ghost_of_plan,
)
from sim.play.journal import Journal
from sim.play.run import Run
from sim.scenario import Scenario
from tests.model.streets import busy_street


@pytest.fixture(scope="module")
def scenario():
    return busy_street(shoppers=120, nights=3)


@pytest.fixture(scope="module")
def run(scenario):
    run = Run(scenario, 4)
    run.decide(SetTactic("rushed"))
    run.advance(15)
    run.decide(SetTactic("interaction"))
    run.finish()
    return run


def test_the_same_figures_as_the_run_had_then(scenario, run):
    ghost = ghost_of(run, "yesterday")
    again = Run(scenario, 4)
    for tick in ghost.ticks:
        for when, decision in run.decisions:
            if again.tick <= when < tick:
                again.advance_ticks(when - again.tick)
                again.decide(decision)
        again.advance_ticks(int(tick) - again.tick)
        report, shown = again.report(), ghost.at(int(tick))
        for name in SERIES:
            if name != "inside":
                assert shown[name] == pytest.approx(report[name]), (tick, name)
        assert shown["inside"] == again.observe().room.viewers
    assert ghost.at(10**9)["net_sales"] == run.report()["net_sales"]
    assert ghost.at(-5) == ghost.at(0)


def test_marks_are_minutes_by_day_and_hours_by_night(run):
    ticks = ghost_of(run).ticks
    day = ticks[ticks <= run.timeline.closes]
    night = ticks[ticks > run.timeline.closes]
    assert (np.diff(day) == TICKS_PER_MINUTE).all() and day[0] == 0
    assert (night[:-1] % TICKS_PER_HOUR == 0).all() and night[-1] == run.end_tick
    assert len(night) > 50


def test_a_run_that_goes_on(scenario):
    run = Run(scenario, 4)
    run.advance_ticks(123)
    ghost = ghost_of(run)
    assert ghost.ticks[-1] == 123 and len(ghost.ticks) == 22
    assert Run(scenario, 4).tick == 0 and len(ghost_of(Run(scenario, 4)).ticks) == 1


def test_it_fits_the_same_crowd_only(scenario, run):
    ghost = ghost_of(run)
    assert ghost.fits(Run(scenario, 4))
    assert not ghost.fits(Run(scenario, 5))
    assert not ghost.fits(Run(busy_street(shoppers=121, nights=3), 4))


def test_of_a_plan(scenario, run):
    assert ghost_of_plan(scenario, 4, run.decisions).to_data() == ghost_of(run).to_data()
    # a decision that names a person of another crowd is no hindrance
    tried = ghost_of_plan(scenario, 9, [*run.decisions, (90, AnswerShopper(3))])
    assert tried.seed == 9 and tried.ticks[-1] == run.end_tick


def test_of_files_and_codes(scenario, run, tmp_path):
    capsule = save_capsule(capsule_of(run), tmp_path / "run.stroll")
    journal = tmp_path / "run.jsonl"
    kept = Run(scenario, 4, Journal.create(journal, scenario, 4))
    for tick, decision in run.decisions:
        kept.advance_ticks(tick - kept.tick)
        kept.decide(decision)
    kept.finish()
    for source in (capsule, str(capsule), journal, str(journal)):
        assert ghost_of_file(source, "file").to_data() == ghost_of(run, "file").to_data()
    shipped = Run(Scenario.load("first_stream"), 3)
    shipped.advance_ticks(200)
    code = code_of(capsule_of(shipped))
    assert ghost_of_file(code).to_data() == ghost_of(shipped).to_data()
    with pytest.raises(JournalError):
        ghost_of_file(tmp_path / "none")


def test_it_is_plain_data(run):
    data = ghost_of(run, "yesterday").to_data()
    assert json.loads(json.dumps(data)) == data
    assert set(data["series"]) == set(SERIES)


class TestBands:
    def test_of_a_run(self, run):
        start, end = run.live_start_tick, run.live_end_tick
        ghost = ghost_of(run)
        assert ghost.bands == (Band(start, 90, "rushed"), Band(90, end, "interaction"))
        assert ghost.tactic_at(start - 1) is None
        assert ghost.tactic_at(start) == ghost.tactic_at(89) == "rushed"
        assert ghost.tactic_at(90) == ghost.tactic_at(end - 1) == "interaction"
        assert ghost.tactic_at(end) is None

    def test_what_makes_no_band(self, scenario):
        timeline = Run(scenario, 1).timeline
        start, end = timeline.live_start, timeline.live_end
        assert bands_of(scenario, []) == (Band(start, end, scenario.reference),)
        steps = [
            (0, SetTactic("rushed")),
            (5, SetTactic("storytelling")),
            (start + 6, SetTactic("storytelling")),
            (start + 8, Perform("poll", 60)),
            (start + 12, SetMix({"explain": 1.0})),
            (start + 24, SetMix({"answer": 1.0})),
            (end + 30, SetTactic("patient")),
        ]
        assert bands_of(scenario, steps) == (
            Band(start, start + 12, "storytelling"),
            Band(start + 12, start + 24, None),
            Band(start + 24, end, None),
        )


def test_marks_at_every_tick_show_the_same_run_exactly(scenario, run):
    ghost = ghost_of(run, every=1)
    start = run.live_start_tick
    again = Run(scenario, 4)
    for tick, decision in run.decisions:
        again.advance_ticks(tick - again.tick)
        again.decide(decision)
    for tick in range(start + 91, start + 104):
        again.advance_ticks(tick - again.tick)
        assert ghost.at(tick)["inside"] == again.observe().room.viewers
        assert ghost.at(tick)["orders"] == again.report()["orders"]
    coarse = ghost_of(run)
    assert all(ghost.at(int(tick)) == coarse.at(int(tick)) for tick in coarse.ticks)


def test_single_acts_last_their_time_and_a_later_one_takes_over(scenario):
    timeline = Run(scenario, 1).timeline
    start, end = timeline.live_start, timeline.live_end
    steps = [
        (start + 5, Perform("poll", 60)),
        (start + 8, Perform("story", 25)),
        (end - 1, Perform("detail", 60)),
        (end + 4, Perform("detail", 60)),
    ]
    assert bursts_of(scenario, steps) == (
        Burst(start + 5, start + 8, "poll"),
        Burst(start + 8, start + 11, "story"),
        Burst(end - 1, end, "detail"),
    )
    run = Run(scenario, 1)
    run.advance_ticks(start + 5)
    run.decide(Perform("poll", 60))
    run.advance_ticks(10)
    ghost = ghost_of(run)
    assert ghost.until == start + 15
    shown = [ghost.act_at(tick) for tick in range(start + 4, start + 12)]
    assert shown == [None, *["poll"] * 6, None]
