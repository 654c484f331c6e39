"""The best line known to a class, honestly called so, and what one tactic kept throughout brings.

    known = constants_of(scenario, seed, rounds)      # tactic or policy -> its figures
    best = best_known(scenario, shops, known)         # the best of the class and of these
    best = best_known(scenario, shops, known, found)  # and of a search: sim.play.best_line

All figures are of the class's own crowd. On one crowd a line may look best by luck alone; the
search chooses among lines by other crowds, and still only knows what it tried.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sim.classroom.hand import Hand
from sim.classroom.results import Shop, plain
from sim.classroom.results_luck import figures_at
from sim.classroom.results_words import better, group_title, said, written
from sim.classroom.rounds import Rounds
from sim.classroom.streets import Streets
from sim.play.batch import compare
from sim.play.best_line import BestKnown as Searched
from sim.play.best_line import best_line
from sim.play.run import Run
from sim.scenario import Scenario

SEARCH_BUDGET = 160  # simulations
_SMALL = {"search_crowds": 4, "choosing_crowds": 8, "every_minutes": 20.0}

Constants = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class BestKnown:
    """The best figure known, and where it is from: "class", "tactic" or "search".

    key  the tactic or policy, where it is from one; "" otherwise
    """

    metric: str
    value: float
    source: str
    key: str = ""

    def to_data(self, scenario: Scenario, language: str) -> dict[str, Any]:
        """Plain data for screens."""
        way = group_title(scenario, self.key, language) if self.key else ""
        return {
            "value": plain(self.value),
            "text": written(self.metric, self.value, language),
            "source": self.source,
            "title": said("best.name", language),
            "sentence": said(f"best.{self.source}", language, way=way),
        }


def constants_of(
    scenario: Scenario, seed: int, rounds: Rounds, shops: int = 1
) -> dict[str, dict[str, float]]:
    """What each tactic (of a campaign each policy) kept throughout brings with the class's crowd.

    On a shared street all shops go by it, and the figures are their means.
    """
    if shops > 1:
        return _constants_of_street(scenario, seed, rounds, shops)
    names = _names(scenario)
    met = compare(scenario, names, [seed])
    return {
        name: {metric: float(values[0]) for metric, values in met.values[name].items()}
        for name in names
        if met.seeds
    }


def best_known(
    scenario: Scenario, shops: Sequence[Shop], constants: Constants, found: Searched | None = None
) -> BestKnown | None:
    """The best of what is known; None when nothing is. Of equals the class's own.

    Shops that count in no average are known all the same.
    """
    goal = scenario.goal
    known = [
        BestKnown(goal, value, "class") for s in shops if math.isfinite(value := s.figure(goal))
    ]
    for name, figures in constants.items():
        value = float(figures.get(goal, math.nan))
        if math.isfinite(value):
            known.append(BestKnown(goal, value, "tactic", name))
    if found is not None and found.best in found.here:
        known.append(BestKnown(goal, found.here[found.best], "search"))
    best: BestKnown | None = None
    for one in known:
        if best is None or better(goal, one.value, best.value):
            best = one
    return best


def search(
    run: Run, budget: int = SEARCH_BUDGET, stopped: Callable[[], bool] | None = None
) -> Searched | None:
    """A short search from one finished evening's line; None when it was stopped, or in a campaign.

    stopped: asked after each step.
    """
    if run.scenario.campaign is not None:
        return None

    def look(done: int, total: int) -> None:
        if stopped is not None and stopped():
            raise KeyboardInterrupt

    found = best_line(run, budget, look, **_SMALL)
    return found if found is not None and found.settled else None


def _constants_of_street(
    scenario: Scenario, seed: int, rounds: Rounds, shops: int
) -> dict[str, dict[str, float]]:
    streets = Streets(scenario, seed, shops, rounds)
    found = {}
    for name in scenario.choices:
        history = (
            (Hand(tactic=name),) * shops,
            *((Hand(),) * shops for _ in range(len(rounds) - 1)),
        )
        street = streets.at(history, finished=True)
        all_shops = [figures_at(street, shop) for shop in range(shops)]
        found[name] = {
            metric: _mean([figures[metric] for figures in all_shops]) for metric in all_shops[0]
        }
    return found


def _names(scenario: Scenario) -> list[str]:
    """All that a trainee may keep throughout, and all that is bet on."""
    if scenario.campaign is not None:
        return list(scenario.policies)
    return list(dict.fromkeys((*scenario.choices, *scenario.compare, scenario.reference)))


def _mean(values: Sequence[float]) -> float:
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan
