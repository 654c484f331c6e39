"""What does not fit together in a campaign, a lesson or a claim is said at its own line."""

import shutil

import pytest

from sim import paths
from sim.errors import ScenarioError
from sim.scenario import Scenario, check


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(paths.scenarios_folder(), tmp_path / "scenarios")
    return tmp_path / "scenarios"


def problem(folder, name, old, new, look=Scenario.load):
    """The one problem that a change of one piece of a lesson's text makes, and where it stood."""
    file = folder / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        look(file)
    found = caught.value.problems
    assert len(found) == 1, caught.value.sentence
    assert found[0].text("zh") != found[0].text("en")
    return found[0], text.count("\n", 0, text.index(old)) + 1


GROUP = "policy: group_cared, compare: [group_cared,"
CASES = [
    ("the_group", GROUP, "policy: group_card, compare: [group_cared,", "group_cared"),
    ("the_group", GROUP, "policy: group_cared, compare: [group_carde,", "group_cared"),
    ("the_group", "of: {policy: group_cared}", "of: {policy: group_card}", "group_cared"),
    ("the_group", "of: {policy: group_cared}", "of: {}", ""),
    ("the_group", "of: {policy: group_cared}", "of: {tactic: community}", ""),
    ("questions", "than: {tactic: quiet_explaining}", "than: {tactic: quiet}", ""),
    ("questions", "than: {tactic: quiet_explaining}", "than: {policy: account}", ""),
    ("questions", "switch_off: [answers]", "switch_off: [answer]", "answers"),
    ("questions", "    times: 0.5\n", "    times: 0.5\n    alike: 0.1\n", ""),
    ("questions", "    - id: talkative\n", "    - id: usual\n", ""),
    ("questions", "    metric: trust\n", "    metric: trus\n", "trust"),
    ("questions", "  number: 3\n", "  number: 0\n", ""),
]


@pytest.mark.parametrize(("name", "old", "new", "suggestion"), CASES)
def test_one_slip_is_one_sentence(folder, name, old, new, suggestion):
    found, _ = problem(folder, name, old, new)
    if suggestion:
        assert found.suggestion == suggestion


def test_a_campaign_without_policies(folder):
    file = folder / "the_group.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("policies: policies.yaml\n", ""), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(file)
    assert caught.value.problems[0].key == "campaign"
    assert "policies:" in caught.value.problems[0].text("en")


def test_the_line_of_a_claim(folder):
    found, line = problem(
        folder, "the_group", "of: {policy: group_cared}", "of: {policy: group_card}"
    )
    assert found.line == line
    assert found.key == "claims.0.of.policy"


def test_a_policy_that_streams_while_the_street_is_closed(folder):
    file = folder / "policies.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('starts: "20:00"', 'starts: "23:00"', 1), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(folder / "the_group.yaml")
    assert [item.key for item in caught.value.problems] == ["policies.stream_only.live"]
    assert "policies.yaml" in caught.value.problems[0].text("en")
    # To an evening that does not use them, policies do not matter.
    assert Scenario.load(folder / "questions.yaml").campaign is None


@pytest.mark.parametrize(
    ("name", "old", "new", "key"),
    [
        (
            "questions",
            "change: {street.population.chattiness.median: 0.25}",
            "change: {street.population.chatiness.median: 0.25}",
            "lesson.levels.talkative.change",
        ),
        (
            "questions",
            "change: {street.population.chattiness.median: 0.25}",
            "change: {street.population.chattiness.median: -1}",
            "lesson.levels.talkative.change",
        ),
        ("four_streets", "change: {street: shelf}", "change: {street: shelves}", None),
        ("phone_or_studio", "change: {host.closeness: 0.15}", "change: {host.closenes: 1}", None),
        ("phone_or_studio", "change: {host.closeness: 0.15}", "change: {host.closeness: 7}", None),
    ],
)
def test_a_change_that_leads_nowhere_is_said_by_check(folder, name, old, new, key):
    found, line = problem(folder, name, old, new, look=check)
    assert found.line == line
    assert key is None or found.key == key or found.key.endswith("change")
    assert ".change" in found.key


def test_a_claim_can_hold_huge_numbers_only_within_reason(folder):
    found, _ = problem(
        folder,
        "phone_or_studio",
        "change: {host.closeness: 0.15}}\n    share: 0.7\n    times: 1.2",
        "change: {host.closeness: 1.0e+30}}\n    share: 0.7\n    times: 1.2",
    )
    assert found.line
