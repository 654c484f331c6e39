"""Branch a moment of a class: another hand in one round, everything else as it was, same crowd.

    branches = Branches(scenario, rounds)
    found = branches.branch(streets, history, shop, number, hand)
    found.to_data(scenario, "zh")

A branch is a street with another history, grown by fork and tick like all streets of the class. Who
would have acted otherwise, and why, is found by sim.play.fates; on a shared street, where many
shops' luck hangs together, only how many that are. What was found once is kept, since classmates
who hosted alike ask the same.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.classroom.hand import Hand
from sim.classroom.results import plain
from sim.classroom.results_book import hosted
from sim.classroom.results_luck import figures_at
from sim.classroom.results_words import metric_name, metrics_of_class, said, written
from sim.classroom.rounds import Rounds
from sim.classroom.streets import History, Streets
from sim.errors import DecisionError, Phrase
from sim.play.branch_side import Side
from sim.play.fates import Aspect, Fate, compare_fates, differences
from sim.play.nicknames import nickname
from sim.play.run import Run
from sim.scenario import Scenario

MOST_PEOPLE = 8
_MOST_KEPT = 400
_MOST_SIDES = 6  # watched runs weigh some megabytes each

Change = tuple[int, Aspect, int, Any, Any]


@dataclass(frozen=True)
class Branched:
    """What another hand in round `number` (from 0) would have brought.

    changes  every fate that differs; fates: some of them with their reasons, one a person
    told     whether reasons are known at all in this mode
    """

    number: int
    hand: Hand
    before: Mapping[str, float]
    after: Mapping[str, float]
    changes: tuple[Change, ...]
    fates: tuple[Fate, ...]
    told: bool

    def to_data(self, scenario: Scenario, language: str) -> dict[str, Any]:
        """Plain data in one language: figures side by side, counts, a sentence a person."""
        names = [said(f"debrief.line.{line}", language) for line in ("own", "branch")]
        return {
            "round": self.number,
            "hand": self.hand.to_data(),
            "before": {name: plain(value) for name, value in self.before.items()},
            "after": {name: plain(value) for name, value in self.after.items()},
            "figures": [
                {
                    "metric": metric,
                    "title": metric_name(metric, language),
                    "before": written(metric, self.before.get(metric), language),
                    "after": written(metric, self.after.get(metric), language),
                }
                for metric in metrics_of_class(scenario)
            ],
            "same": not self.changes,
            "changed": counts_of(self.changes),
            "told": self.told,
            "people": [
                {
                    "shopper": fate.shopper,
                    "name": nickname(fate.shopper, language),
                    "before": fate_said(fate, fate.one, language),
                    "after": fate_said(fate, fate.other, language),
                    "why": fate.text(language, *names),
                }
                for fate in self.fates
            ],
        }


class Branches:
    """Branches of a class that were asked for. Safe to use from several threads."""

    def __init__(self, scenario: Scenario, rounds: Rounds) -> None:
        self.scenario, self.rounds = scenario, rounds
        self._found: OrderedDict[tuple, Branched] = OrderedDict()
        self._sides: OrderedDict[tuple, Side] = OrderedDict()
        self._lock = threading.Lock()
        # what watches a run is heavy and has no use for company
        self._watching = threading.Lock()

    def branch(
        self, streets: Streets, history: History, shop: int, number: int, hand: Hand
    ) -> Branched:
        """See the module. DecisionError where there is no such round or the hand is impossible."""
        if not 0 <= number < len(history):
            raise DecisionError(Phrase("class_report.debrief.no_such_round", number=number + 1))
        key = (streets.seed, history, shop, number, hand)
        with self._lock:
            known = self._found.get(key)
        if known is not None:
            return known
        streets.check(history[:number], shop, hand)
        other = branched(history, shop, number, hand)
        one_street, other_street = (streets.at(line, finished=True) for line in (history, other))
        runs = hosted(one_street, shop), hosted(other_street, shop)
        changes = tuple(differences(*runs))
        told = streets.shops == 1 and self.scenario.campaign is None
        fates: tuple[Fate, ...] = ()
        if told and changes:
            fates = self._reasons(streets, history, other, number)
        found = Branched(
            number, hand, figures_at(one_street, shop), figures_at(other_street, shop), changes,
            fates, told,
        )  # fmt: skip
        with self._lock:
            self._found[key] = found
            while len(self._found) > _MOST_KEPT:
                self._found.popitem(last=False)
        return found

    def side(self, streets: Streets, history: History) -> Side:
        """A finished run as it was watched from the street's opening; the last few are kept."""
        return self._side(streets, history, 0)

    def _reasons(
        self, streets: Streets, history: History, other: History, number: int
    ) -> tuple[Fate, ...]:
        with self._watching:
            sides = tuple(self._side(streets, line, number) for line in (history, other))
            return chosen(compare_fates(sides[0].run, sides[1].run, sides=sides))

    def _side(self, streets: Streets, history: History, number: int) -> Side:
        """Watched from the beginning of a round on, or from earlier."""
        key = (streets.seed, history)
        since = self.rounds.edges[number] if number else 0
        with self._lock:
            side = self._sides.pop(key, None)
        if side is None or side.since > since:
            run = streets.at(history, finished=True)
            start = streets.at(history[:number]) if number else None
            assert isinstance(run, Run) and (start is None or isinstance(start, Run))
            side = Side(run, start=start)
        with self._lock:
            self._sides[key] = side
            while len(self._sides) > _MOST_SIDES:
                self._sides.popitem(last=False)
        return side.later(since)


def branched(history: History, shop: int, number: int, hand: Hand) -> History:
    """The history with one shop's hand of one round replaced, all others as they were."""
    hands = list(history[number])
    hands[shop] = hand
    return (*history[:number], tuple(hands), *history[number + 1 :])


def counts_of(changes: Sequence[Change]) -> dict[str, int]:
    """How many people would have done otherwise, by what: "bought" counts those who would have
    bought only then, "not" those who would not have bought any more; "total" counts each once."""
    count: Counter[str] = Counter()
    for _, aspect, _, one, other in changes:
        if aspect == Aspect.BOUGHT:
            count["bought" if other else "not"] += 1
        elif aspect == Aspect.KEPT:
            count[{"kept": "kept", "returned": "returned"}.get(other, "open")] += 1
        elif aspect == Aspect.FOLLOWED:
            count["followed" if other > one else "unfollowed"] += 1
        elif aspect in (Aspect.CAME, Aspect.JOINED):
            count[aspect.value if other else f"not_{aspect.value}"] += 1
        elif aspect == Aspect.STAYED:
            count["longer" if other > one else "shorter"] += 1
    count["total"] = len({change[0] for change in changes})
    return dict(count)


def chosen(fates: Sequence[Fate], most: int = MOST_PEOPLE) -> tuple[Fate, ...]:
    """A few fates to tell, one a person, of all kinds, what counts most first.

    People who go by the same nickname are told together only where there is nobody else.
    """
    by_kind: OrderedDict[tuple[Aspect, bool], list[Fate]] = OrderedDict()
    namesakes: OrderedDict[tuple[Aspect, bool], list[Fate]] = OrderedDict()
    seen: set[int] = set()
    names: set[str] = set()
    for fate in fates:  # in the order of Aspect
        if fate.shopper not in seen:
            seen.add(fate.shopper)
            name = nickname(fate.shopper, "en")
            shelf = namesakes if name in names else by_kind
            names.add(name)
            shelf.setdefault((fate.aspect, fate.yes_first), []).append(fate)
    told = (_in_turn(by_kind, most) + _in_turn(namesakes, most))[:most]
    order = list(Aspect)
    return tuple(sorted(told, key=lambda fate: (order.index(fate.aspect), fate.shopper)))


def _in_turn(by_kind: Mapping[tuple[Aspect, bool], list[Fate]], most: int) -> list[Fate]:
    """Some of each kind in turn, of what concerns money two at a time."""
    told: list[Fate] = []
    for turn in range(most):
        for (aspect, _), kind in by_kind.items():
            share = 2 if aspect in (Aspect.BOUGHT, Aspect.KEPT) else 1
            told += kind[turn * share : (turn + 1) * share]
    return told[:most]


def fate_said(fate: Fate, outcome: Any, language: str) -> str:
    """What somebody did in one of the two lines, in a few words."""
    product = "" if fate.product_name is None else fate.product_name.text(language)
    key = f"debrief.fate.{fate.aspect.value}"
    if fate.aspect == Aspect.STAYED:
        return said(key, language, minutes=round(outcome / 60.0))
    if fate.aspect in (Aspect.KEPT, Aspect.QUESTION):
        return said(f"{key}.{outcome}", language, product=product)
    if fate.aspect == Aspect.FOLLOWED:
        name = {1: "followed", -1: "unfollowed"}.get(outcome, "as_before")
        return said(f"{key}.{name}", language)
    return said(f"{key}.{'done' if outcome else 'not'}", language, product=product)
