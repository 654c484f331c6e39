"""Branches as plain data, and back from data that a stranger may have written.

Only decisions are kept: what they lead to is simulated again, so nothing in a file is believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sim.errors import JournalError, Phrase
from sim.model import ENGINE_VERSION
from sim.model.decisions import decision_from_data
from sim.play.branch_plan import Branch, Step
from sim.scenario import Scenario

FORMAT = "stroll-street-branches"
FORMAT_VERSION = 1
MOST_BRANCHES = 500
LONGEST_NAME = 80
_MOST_STEPS = 100_000


def branches_data(
    scenario: Scenario, seed: int, until: int, branches: Iterable[Branch]
) -> dict[str, Any]:
    """Plain JSON-able data of a tree."""
    return {
        "format": FORMAT,
        "version": FORMAT_VERSION,
        "engine": ENGINE_VERSION,
        "scenario_hash": scenario.hash,
        "seed": seed,
        "until": until,
        "branches": [
            {
                "name": branch.name,
                "parent": branch.parent,
                "tick": branch.tick,
                "back_at": branch.back_at,
                "decisions": _steps_data(branch.decisions),
                "skipped": _steps_data(branch.skipped),
            }
            for branch in branches
        ],
    }


def branches_from_data(scenario: Scenario, data: Any) -> tuple[int, int, list[Branch]]:
    """(seed, until, branches) of untrusted data. JournalError when it is no tree of this scenario,
    DecisionError where something in it is not a decision."""
    _check(data, scenario)
    branches = [_branch_from(number, item) for number, item in enumerate(data["branches"])]
    return data["seed"], data["until"], branches


def _steps_data(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [{"tick": tick, "decision": decision.to_data()} for tick, decision in steps]


def _not_a_tree() -> JournalError:
    return JournalError(Phrase("fates.branch.not_a_tree"))


def _whole(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value < high


def _check(data: Any, scenario: Scenario) -> None:
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise _not_a_tree()
    if data.get("version") != FORMAT_VERSION or data.get("engine") != ENGINE_VERSION:
        raise JournalError(Phrase("fates.branch.other_engine", ours=ENGINE_VERSION))
    if data.get("scenario_hash") != scenario.hash:
        raise JournalError(Phrase("fates.branch.other_scenario"))
    branches = data.get("branches")
    if not _whole(data.get("seed"), 0, 2**63) or not _whole(data.get("until"), 1, 2**31):
        raise _not_a_tree()
    if not isinstance(branches, list) or not 1 <= len(branches) <= MOST_BRANCHES:
        raise _not_a_tree()


def _branch_from(number: int, item: Any) -> Branch:
    if not isinstance(item, dict) or not isinstance(item.get("name"), str):
        raise _not_a_tree()
    parent, tick, back_at = item.get("parent"), item.get("tick"), item.get("back_at")
    rooted = _whole(parent, 0, number) and _whole(tick, 0, 2**31)
    if rooted != (number > 0) or (number == 0 and (parent is not None or tick is not None)):
        raise _not_a_tree()
    if back_at is not None and not _whole(back_at, 0, 2**31):
        raise _not_a_tree()
    return Branch(
        number, clean_name(item["name"]), parent, tick, back_at,
        _steps_from(item.get("decisions")), _steps_from(item.get("skipped")),
    )  # fmt: skip


def clean_name(name: str) -> str:
    """A name that can be drawn and written down: no control signs, no halves, not too long."""
    return "".join(sign for sign in name[: 4 * LONGEST_NAME] if sign.isprintable())[:LONGEST_NAME]


def _steps_from(data: Any) -> tuple[Step, ...]:
    if not isinstance(data, list) or len(data) > _MOST_STEPS:
        raise _not_a_tree()
    steps: list[Step] = []
    last = 0
    for item in data:
        if not isinstance(item, dict) or not _whole(item.get("tick"), last, 2**31):
            raise _not_a_tree()
        last = item["tick"]
        steps.append((last, decision_from_data(item.get("decision"))))
    return tuple(steps)
