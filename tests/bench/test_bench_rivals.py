"""The rivals play the same rules, and the check that says so can tell when they do not."""

import importlib.util
from operator import attrgetter

import pytest

from bench import agreement, race, rivals, room
from sim.scenario import Scenario

WHY = "{} is not installed; it comes with the extra `bench`"


@pytest.fixture(scope="module")
def scenario():
    return Scenario.load("first_stream")


def rival_named(package):
    if importlib.util.find_spec(package) is None:
        pytest.skip(WHY.format(package))
    return next(one for one in rivals.installed() if one.NAME.lower() == package)


@pytest.mark.parametrize("package", ["mesa", "agentpy"])
def test_rivals_agree_with_the_engine(scenario, package):
    rival = rival_named(package)
    found = agreement.measure(
        scenario, 12, 250, [rival], tactics=["interaction", "price_games", "storytelling"]
    )
    assert len(found.comparisons) == 3 * len(agreement.MEASURES)
    # wider than the bench's own tolerance: this runs again with every change of a strength, and
    # must not fail by luck in years
    assert found.worst.errors_apart < 1.25 * agreement.TOLERANCE, found.worst


@pytest.mark.parametrize(
    ("strength", "misread", "measure"),
    [
        ("mechanisms.distraction", lambda value: value + 0.5, "watch_seconds"),
        ("population.chattiness.median", lambda value: value * 5.0, "comments"),
        ("mechanisms.trust_start", lambda value: value + 0.1, "trust"),
        ("mechanisms.order_rate", lambda value: min(value * 10.0, 6.0), "orders"),
    ],
)
def test_other_rules_do_not_agree(scenario, monkeypatch, strength, misread, measure):
    """A rival that reads one strength wrongly is found out, by the figure that it moves."""
    rival = rival_named("mesa")
    honest = rival.build
    changed = {f"street.{strength}": misread(attrgetter(strength)(scenario.street))}

    def wrong(alone, seed, ticks):
        return honest(alone.with_changes(changed), seed, ticks)

    monkeypatch.setattr(rival, "build", wrong)
    found = agreement.measure(scenario, 12, 250, [rival], tactics=["storytelling", "interaction"])
    assert not found.holds
    apart = [one.measure for one in found.comparisons if one.errors_apart > agreement.TOLERANCE]
    assert measure in apart


@pytest.mark.parametrize("package", ["mesa", "agentpy"])
def test_rivals_have_their_own_repeatable_luck(scenario, package):
    rival = rival_named(package)
    alone = room.room_scenario(scenario, 60, "interaction")

    def live(seed):
        model = rival.build(alone, seed, 100)
        rival.play(model)
        return rival.tally(model)

    assert live(1) == live(1)
    assert live(1) != live(2)
    assert live(1)["viewers"] == 60


def test_the_race_has_a_rate_a_round(scenario):
    rival = rival_named("mesa")
    found = race.measure(scenario, 60, 2, [rival])
    assert {name: len(rates) for name, rates in found.rates.items()} == {
        room.NAME: 2,
        rival.NAME: 2,
    }
    assert found.ratio(rival.NAME) > 0


def test_what_is_missing_is_said(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert rivals.installed() == []
    assert rivals.missing() == ["mesa", "agentpy"]


def test_agreement_without_anybody_to_compare_with(scenario):
    found = agreement.measure(scenario, 2, 20, [], tactics=["patient"])
    assert found.comparisons == [] and found.worst is None
