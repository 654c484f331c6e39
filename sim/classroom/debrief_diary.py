"""Two diaries of one shopper: in one's own run, and in a branch of it, with what differs marked."""

from __future__ import annotations

from typing import Any

from sim.classroom.debrief_branch import Branches, branched
from sim.classroom.hand import Hand
from sim.classroom.results_words import said
from sim.classroom.streets import History, Streets
from sim.errors import DecisionError, Phrase
from sim.play.diary import Diary, Entry, compare_diaries, diary
from sim.play.nicknames import nickname
from sim.scenario import Scenario

_ONLY = {"only_here": "mine", "only_there": "branch"}


def two_diaries(
    scenario: Scenario,
    branches: Branches,
    streets: Streets,
    history: History,
    shopper: int,
    other: tuple[int, Hand] | None,
    language: str,
) -> dict[str, Any]:
    """The diary of a shopper; other: (round, hand) of a branch whose diary stands beside it.

    DecisionError where there is no such shopper or branch, or in this mode no diary.
    """
    if streets.shops > 1 or scenario.campaign is not None:
        raise DecisionError(Phrase("class_report.debrief.no_diary"))
    if not 0 <= shopper < scenario.shoppers:
        raise DecisionError(Phrase("class_report.debrief.no_such_shopper"))
    mine = diary(branches.side(streets, history), shopper)
    found: dict[str, Any] = {"shopper": shopper, "name": nickname(shopper, language)}
    if other is None:
        entries = [_entry(mine, entry, None, "same", language) for entry in mine.entries]
        return {**found, "entries": entries, "branch": None}
    number, hand = other
    if not 0 <= number < len(history):
        raise DecisionError(Phrase("class_report.debrief.no_such_round", number=number + 1))
    streets.check(history[:number], 0, hand)
    theirs = diary(branches.side(streets, branched(history, 0, number, hand)), shopper)
    pairs = compare_diaries(mine, theirs)
    return {
        **found,
        "entries": [
            _entry(mine, pair.one, _ONLY.get(pair.mark), pair.mark, language)
            for pair in pairs
            if pair.one is not None
        ],
        "branch": [
            _entry(theirs, pair.other, _ONLY.get(pair.mark), pair.mark, language)
            for pair in pairs
            if pair.other is not None
        ],
    }


def _entry(page: Diary, entry: Entry, only: str | None, mark: str, language: str) -> dict[str, Any]:
    day, clock = page.when(entry)
    when = clock if day == 1 else said("debrief.when", language, day=day, clock=clock)
    return {"when": when, "text": entry.text(language), "only": only, "changed": mark == "changed"}
