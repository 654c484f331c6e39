"""A class small enough to be played many times."""

from __future__ import annotations

import pytest

from sim import wording
from sim.classroom.store import ClassStore
from sim.scenario import Scenario

# Any other is as good; the model answers within a moment on so few people.
SMALL = {"shoppers": 120, "live.minutes": 20, "nights": 1}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A user's folder of its own, and English."""
    monkeypatch.setenv("STROLL_STREET_HOME", str(tmp_path / "home"))
    monkeypatch.setenv(wording.LANGUAGE_VARIABLE, "en")
    return tmp_path / "home"


@pytest.fixture(scope="session")
def small_scenario():
    """The first lesson with few shoppers, a short live and one night."""
    return Scenario.load("first_stream").with_changes(SMALL)


@pytest.fixture
def class_path(tmp_path):
    """Where a class may be kept."""
    return tmp_path / "evening.strollclass"


@pytest.fixture
def store(class_path, small_scenario):
    """A new class, closed at the end."""
    made = ClassStore.create(
        class_path, small_scenario.canonical(), 7, "K4RD7X", "", {"mode": "same"}
    )
    yield made
    made.close()
