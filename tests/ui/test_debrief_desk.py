"""Who works when behind the debrief, and that nothing changes between two looks in one frame."""

from __future__ import annotations

import threading
import time

import pytest

from sim.errors import StrollError
from sim.ui.debrief.desk import Desk, Job
from sim.ui.debrief.growth import Growers, Growth


@pytest.fixture
def desk():
    desk = Desk()
    yield desk
    desk.close()
    desk._thread.join(10)
    assert not desk._thread.is_alive()


def hold(desk):
    """A job that waits until it is let go; and the event that lets it."""
    begun, go = threading.Event(), threading.Event()

    def work(job):
        begun.set()
        assert go.wait(10)

    desk.ask(work)
    assert begun.wait(10)
    return go


def test_what_a_thread_found_is_seen_from_the_next_poll_on(desk):
    told = []
    job = desk.ask(lambda job: "found", told.append)
    desk.wait()
    assert job.ended and not job.over and job.result is None and told == []
    assert desk.poll()
    assert job.over and job.state == "done" and job.result == "found" and told == ["found"]
    assert not desk.poll() and told == ["found"]


def test_a_part_is_handed_on_early_and_an_error_is_a_sentence(desk):
    parts = []
    go = threading.Event()

    def work(job: Job):
        job.post("part", parts.append)
        assert go.wait(10)
        raise ValueError("no such thing")

    job = desk.ask(work)
    while not job._early:
        time.sleep(0.001)
    assert parts == []
    desk.poll()
    assert parts == ["part"] and not job.over
    go.set()
    desk.wait()
    desk.poll()
    assert job.state == "failed" and isinstance(job.error, StrollError)
    assert "no such thing" in job.error.in_language("en")


def test_what_somebody_waits_for_goes_first_then_the_tab_in_front(desk):
    done = []
    go = hold(desk)
    desk.front = "luck"
    for name, tab in (("far", "ledger"), ("near", "luck"), ("now", None), ("far too", "best")):
        desk.ask(lambda job, n=name: done.append(n), tab=tab)
    go.set()
    desk.wait()
    assert done == ["now", "near", "far", "far too"]


def test_long_work_that_nobody_looks_at_makes_way_between_its_steps(desk):
    done, begun, go = [], threading.Event(), threading.Event()

    def long_work(job):
        for step in range(3):
            done.append(step)
            begun.set()
            assert go.wait(10)
            job.tell(step + 1, 3)

    desk.ask(long_work, tab="ledger")
    desk.front = "timeline"
    assert begun.wait(10)
    desk.ask(lambda job: done.append("branch"))
    go.set()
    desk.wait()
    assert done == [0, "branch", 1, 2]


def test_dropped_work_ends_and_tells_nobody(desk):
    told, go = [], threading.Event()

    def work(job):
        assert go.wait(10)
        job.tell(1, 2)
        told.append("went on")

    job = desk.ask(work, told.append)
    job.drop()
    go.set()
    desk.wait()
    desk.poll()
    assert told == []


def counting(growth_steps, name, count=4):
    def make(breathe):
        for number in range(count):
            breathe()
            growth_steps.append(name)
            yield number

    return make


def run_all(growers, seconds=300):
    until = time.monotonic() + seconds
    while any(growth.open for growth in growers.growths) and time.monotonic() < until:
        growers.poll()
        time.sleep(0.002)
    growers.poll()


def test_the_tab_in_front_is_not_kept_waiting_by_a_hidden_search(desk):
    steps = []
    search = Growth("best", counting(steps, "best", 50))
    luck = Growth("luck", counting(steps, "luck", 3))
    growers = Growers([luck, search], desk)
    search.wanted, growers.front = True, "best"
    growers.poll()
    while len(steps) < 2:
        growers.poll()
        time.sleep(0.001)
    growers.front, luck.wanted = "luck", True
    run_all(growers)
    first = steps.index("luck")
    # at most the step that was being taken comes between
    assert "best" not in steps[first + 1 : first + 3] and steps.count("best") == 50
    assert luck.latest == 2 and luck.finished and search.finished


def test_a_growth_shows_nothing_until_it_is_asked(desk):
    growth = Growth("luck", counting([], "luck", 1))
    growers = Growers([growth], desk)
    growth.wanted = True
    growers.poll()
    growth.thread.join(10)
    assert growth.ended and growth.latest is None and not growth.finished
    assert growers.poll()
    assert growth.latest == 0 and growth.finished


def test_leaving_ends_a_growth_before_its_next_simulation(desk):
    steps = []
    growth = Growth("best", counting(steps, "best", 10**9))
    growers = Growers([growth], desk)
    growth.wanted = True
    growers.poll()
    while not steps:
        time.sleep(0.001)
    growers.close()
    assert growers.wait(10)
    assert growth.error is None


def test_an_error_is_told_and_can_be_tried_again(desk):
    def broken(breathe):
        raise MemoryError("no room")
        yield

    growth = Growth("luck", broken)
    growers = Growers([growth], desk)
    growth.wanted = True
    run_all(growers)
    assert growth.error is not None and "no room" in growth.error.in_language("en")
    growth._make = counting([], "luck", 2)
    growth.again()
    run_all(growers)
    assert growth.error is None and growth.latest == 1
