"""A run from outside: what can be seen, told to a journal, and reported."""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import DecisionError
from sim.model.decisions import SetMix, SetTactic
from sim.model.events import Kind
from sim.model.layout import Place
from sim.play.figures import METRICS, figures
from sim.play.run import Run
from tests.model.streets import busy_street


class Notebook:
    """A journal that only remembers."""

    def __init__(self):
        self.lines = []

    def decision(self, tick, decision):
        self.lines.append(("decision", tick, decision))

    def digest(self, tick, digest):
        self.lines.append(("digest", tick, digest))

    def undo(self, tick):
        self.lines.append(("undo", tick))

    def heartbeat(self, tick):
        self.lines.append(("heartbeat", tick))

    def finished(self, figures):
        self.lines.append(("finished", figures))


def test_a_run_goes_through_its_phases():
    run = Run(busy_street(), 1)
    seen = []
    while run.phase != "finished":
        if not seen or seen[-1] != run.phase:
            seen.append(run.phase)
        assert run.advance(1) > 0
    assert seen == ["before", "live", "night"]
    assert run.advance(60) == 0
    assert run.tick == run.end_tick


def test_what_is_observed_is_what_is():
    run = Run(busy_street(), 2)
    run.advance_ticks(run.live_start_tick + 120)
    seen, state = run.observe(), run.world.state(0)
    assert len(seen.people) == (state.shoppers["place"] != Place.AWAY).sum()
    assert sum(seen.street.values()) == run.scenario.shoppers
    for host, viewers in seen.rooms:
        inside = (seen.people["place"] == Place.IN_ROOM) & (seen.people["where"] == host)
        assert inside.sum() == viewers
    assert seen.clock == "20:20" and seen.day == 1 and seen.phase == "live"
    for name in ("patience", "certainty", "arousal", "pressure", "trust"):
        assert ((seen.people[name] >= 0) & (seen.people[name] <= 1)).all()
    assert sum(1 for card in seen.cards if card.kind == "note") == 20
    # a copy: writing to it writes nothing else
    digest = run.digest()
    seen.people["trust"] = 0
    assert run.digest() == digest


def test_looking_changes_nothing():
    one, other = Run(busy_street(), 3), Run(busy_street(), 3)
    for _ in range(40):
        one.advance_ticks(5)
        one.observe(), one.report(), one.events(), one.digest()
        other.advance_ticks(5)
    assert one.digest() == other.digest()


def test_the_journal_hears_of_a_decision_before_it_counts():
    book = Notebook()
    run = Run(busy_street(), 4, journal=book)
    run.advance(10)
    run.decide(SetTactic("rushed"))
    assert book.lines[-1] == ("decision", run.tick, SetTactic("rushed"))
    run.finish()
    kinds = [line[0] for line in book.lines]
    assert kinds[-1] == "finished" and kinds.count("finished") == 1
    digests = [line for line in book.lines if line[0] == "digest"]
    assert digests[-1] == ("digest", run.end_tick, run.digest())
    beats = [line[1] for line in book.lines if line[0] != "finished"]
    assert beats == sorted(beats)


def test_a_journal_that_fails_keeps_the_decision_from_counting():
    class Full(Notebook):
        def decision(self, tick, decision):
            raise OSError("no space")

    run = Run(busy_street(), 4, journal=Full())
    digest = run.digest()
    with pytest.raises(OSError):
        run.decide(SetTactic("rushed"))
    assert run.digest() == digest and run.decisions == [] and run.tactic != "rushed"


def test_a_mix_has_no_name():
    run = Run(busy_street(), 1)
    run.decide(SetMix({"explain": 1.0}))
    assert run.tactic is None and run.observe().room.mix == {"explain": 1.0}


def test_figures_of_hand_made_events():
    from sim.model.layout import EVENT

    def event(kind, shopper, value=0.0, extra=0.0, tick=0):
        row = np.zeros(1, dtype=EVENT)
        row["kind"], row["shopper"], row["value"], row["extra"] = kind, shopper, value, extra
        row["tick"] = tick
        return row

    events = np.concatenate(
        [
            event(Kind.IMPRESSIONS, -1, 12),
            *(event(Kind.ENTER, i) for i in (1, 2, 3, 4, 1)),
            event(Kind.COMMENT, 1),
            event(Kind.COMMENT, 1),
            event(Kind.ORDER, 1, 10000, 400.0),
            event(Kind.ORDER, 2, 5000, 100.0),
            *(event(Kind.LEAVE, i, 100.0) for i in (1, 2, 3, 4, 1)),
            event(Kind.RETURN, 2, 5000),
            event(Kind.FOLLOW, 1),
        ]
    )
    found = figures(events, trust=0.5)
    assert tuple(found) == METRICS
    expected = {
        "impressions": 12, "visits": 5, "viewers": 4, "watch_seconds": 125.0, "comments": 2,
        "commenters": 1, "orders": 2, "buyers": 2, "conversion": 0.5, "gmv": 150.0, "returns": 1,
        "return_rate": 0.5, "net_sales": 100.0, "followers": 1, "unfollowed": 0,
        "orders_after_5min": 0.5, "median_minutes_to_order": 250 / 60, "commenter_ratio": 3.0,
        "trust": 0.5,
    }  # fmt: skip
    assert found == pytest.approx(expected)


def test_figures_of_nothing_are_not_numbers_where_nothing_divides():
    from sim.model.layout import EVENT

    found = figures(np.zeros(0, dtype=EVENT))
    assert found["orders"] == 0 and np.isnan(found["conversion"]) and np.isnan(found["trust"])


def test_taking_a_choice_back_is_as_if_it_had_never_been():
    book = Notebook()
    run, other = Run(busy_street(), 5, journal=book), Run(busy_street(), 5)
    for each in (run, other):
        each.decide(SetTactic("patient"))
        each.advance_ticks(80)
    run.decide(SetTactic("rushed"))
    run.advance_ticks(33)
    assert run.undo() == SetTactic("rushed")
    assert ("undo", 80) in book.lines
    assert run.tick == 80 and run.tactic == "patient" and run.digest() == other.digest()
    assert np.array_equal(run.events(), other.events())
    for each in (run, other):
        each.decide(SetTactic("interaction"))
        each.finish()
    assert run.digest() == other.digest()
    assert run.report() == pytest.approx(other.report(), nan_ok=True)


def test_undo_reaches_back_choice_by_choice_and_says_when_it_cannot():
    run = Run(busy_street(), 5)
    start = run.digest()
    for tactic in ("rushed", "patient", "interaction"):
        run.decide(SetTactic(tactic))
        run.advance_ticks(40)
    for _ in range(3):
        run.undo()
    assert run.digest() == start and run.tick == 0 and not run.can_undo
    with pytest.raises(DecisionError):
        run.undo()
    run.decide(SetTactic("rushed"))
    run.advance_ticks(run.live_end_tick)
    with pytest.raises(DecisionError):
        run.undo()
