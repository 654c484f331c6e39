"""The bench of classes runs, and its figures are those of the class that was played."""

import json

import pytest

from bench import classroom
from sim import wording


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The exit code of a quick bench and the figures it wrote."""
    file = tmp_path_factory.mktemp("bench") / "figures.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(wording.LANGUAGE_VARIABLE, "en")
        code = classroom.main(["--quick", "--json", str(file)])
    return code, json.loads(file.read_text(encoding="utf-8"))


def test_nothing_is_lost(measured):
    code, data = measured
    assert code == 0
    assert all(cost["lost"] == 0 and not cost["faults"] for cost in data["classes"])
    assert {"engine", "cores", "load_before"} <= set(data["machine"])


def test_every_size_was_played(measured):
    _, data = measured
    assert [cost["bots"] for cost in data["classes"]] == [4, 8]
    for cost in data["classes"]:
        # Bets, and a hand in each of two rounds, from everybody who was in time.
        assert cost["decisions"] + cost["refused"] >= 3 * cost["bots"]


def test_times_are_in_order(measured):
    _, data = measured
    for cost in data["classes"]:
        assert 0.0 < cost["ack_half"] <= cost["ack_most"] <= cost["ack_longest"]
        assert 0.0 < cost["computed_half"] <= cost["computed_longest"] <= cost["seconds"]
        assert cost["memory_peak"] >= cost["memory_first"]
