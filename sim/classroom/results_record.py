"""A class as it is told afterwards: everything that screens, reports and grades are made of.

    record = record_of_room(room)         # or record_of_file(path)
    record.results_data("zh"), record.calibration_data("zh"), record.grades()

A record is a snapshot: the same comes out of a class that goes on and of its file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from sim.classroom import bets, results, results_told
from sim.classroom.grading import PARTS, Grade, grades, levels_of, read_weights
from sim.classroom.results import Shop
from sim.classroom.results_best import BestKnown, best_known
from sim.classroom.results_luck import ClassLuck
from sim.classroom.results_words import said, way_title, ways
from sim.classroom.rounds import Rounds
from sim.classroom.settings import Settings
from sim.classroom.streets import History, Streets
from sim.play.best_line import BestKnown as Searched
from sim.play.bets import Settled
from sim.scenario import Scenario


@dataclass(frozen=True)
class ClassRecord:
    """See the module.

    shops       by seat; in a vote each holds its own ballots, and all the same outcome
    played      seat -> (history of its street, its shop there)
    finished    whether the nights are over
    constants   tactic or policy -> figures of the same crowd; {} while not known
    searched    what a short search found; luck: what other crowds brought, as far as they were met
    streets     where the runs themselves are; packed: as capsules, where that was asked for
    """

    scenario: Scenario
    seed: int
    rounds: Rounds
    settings: Settings
    shops: tuple[Shop, ...]
    played: Mapping[int, tuple[History, int]] = field(default_factory=dict)
    practice: bool = False
    crowd: str = ""
    finished: bool = False
    constants: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    searched: Searched | None = None
    luck: ClassLuck | None = None
    streets: Streets | None = field(default=None, repr=False, compare=False)
    packed: Mapping[History, bytes] = field(default_factory=dict, repr=False, compare=False)

    @property
    def clocks(self) -> list[str]:
        """ "20:00–20:20" of each round."""
        return [self.rounds.clock(number) for number in range(len(self.rounds))]

    @property
    def shown(self) -> tuple[Shop, ...]:
        """The shops that are compared: in a vote there is one, the class's."""
        if self.settings.mode != "vote":
            return self.shops
        return tuple(
            replace(shop, seat=0, name="", removed=False, automatic=(), away=False)
            for shop in self.shops[:1]
        )

    @cached_property
    def best(self) -> BestKnown | None:
        """The best figure known; None before anything is."""
        if not self.finished:
            return None
        return best_known(self.scenario, self.shown, self.constants, self.searched)

    @cached_property
    def settled(self) -> dict[int, list[Settled]]:
        """Seat -> what became of its bets; {} until the nights are over."""
        if not self.finished:
            return {}
        return {
            shop.seat: bets.settle(self.scenario, shop, self.constants)
            for shop in self.shops
            if shop.bets is not None and not shop.removed
        }

    def results_data(
        self, language: str, metric: str | None = None, names_shown: bool | None = None
    ) -> dict[str, Any]:
        """What the class's choices brought, for the board."""
        named = self.settings.names_shown if names_shown is None else names_shown
        best = self.best
        chosen = metric or self.scenario.goal
        data = results.results(
            self.scenario,
            self.shown,
            language,
            names_shown=named,
            metric=chosen,
            practice=self.practice,
            best=None
            if best is None or chosen != best.metric
            else best.to_data(self.scenario, language),
            luck=self.luck_data(language, chosen, named),
            spans_clock=self.clocks,
        )
        if self.settings.mode == "vote":
            data["votes"] = self.votes_data(language)
            for value in data["values"]:
                value["label"] = said("class", language)
        return data

    def luck_data(
        self, language: str, metric: str | None = None, names_shown: bool | None = None
    ) -> dict[str, Any] | None:
        """How far luck reaches; None until the first other crowd was met."""
        if self.luck is None or not self.luck.crowds or self.settings.mode == "vote":
            return None
        named = self.settings.names_shown if names_shown is None else names_shown
        return results_told.luck_data(
            self.scenario, self.shops, self.luck, language, names_shown=named, metric=metric
        )

    def votes_data(self, language: str) -> list[dict[str, Any]]:
        """Round by round, how many were for what; only in a vote."""
        found = []
        lived = {shop.seat: ways(self.scenario, shop.hands) for shop in self.shops if shop.counts}
        history = self.played[self.shops[0].seat][0] if self.shops else ()
        hosted = ways(self.scenario, [hands[0] for hands in history])
        for number, clock in enumerate(self.clocks):
            count: dict[str, int] = {}
            for seat, done in lived.items():
                own = next(shop for shop in self.shops if shop.seat == seat).automatic
                if number < len(done) and not own[number]:
                    count[done[number]] = count.get(done[number], 0) + 1
            votes = [
                {
                    "key": key,
                    "title": way_title(self.scenario, key, language),
                    "count": votes,
                    "won": number < len(hosted) and key == hosted[number],
                }
                for key, votes in sorted(count.items(), key=lambda item: -item[1])
            ]
            if votes:
                found.append({"number": number + 1, "clock": clock, "votes": votes})
        return found

    def ranking_data(self, language: str) -> list[dict[str, Any]] | None:
        """The few best, where the class is ranked so."""
        if self.settings.mode == "vote":
            return None
        return results.ranking(
            self.scenario,
            self.shops,
            language,
            ranking=self.settings.ranking,
            top=self.settings.top,
            names_shown=self.settings.names_shown,
        )

    def place_of(self, seat: int) -> dict[str, int] | None:
        """One's own place, for one's own phone alone."""
        if self.settings.mode == "vote":
            return None
        return results.place_of(self.scenario, self.shops, seat, self.settings.ranking)

    def calibration_data(self, language: str) -> dict[str, Any] | None:
        """How sure the class was, and how right; None until bets are settled."""
        settled = self._all_settled()
        if not settled:
            return None
        data = bets.class_calibration(settled, language)
        data["questions"] = bets.class_bets(self.scenario, settled, language)
        return data

    def grades(self, weights: Mapping[str, object] | None = None) -> list[Grade]:
        """A grade a shop; weights: instead of those that the class is set to."""
        chosen = self.weights_of(weights)
        if not self.finished:
            return [Grade(shop.seat, None, dict.fromkeys(PARTS)) for shop in self.shops]
        args = (self.scenario, self.shops, chosen, self.constants, self.settled)
        return grades(*args, levels=self.levels)

    def weights_of(self, weights: Mapping[str, object] | None = None) -> dict[str, float]:
        """The weights that count: those given, else those that the class is set to."""
        return read_weights(self.settings.weights if weights is None else weights)

    @cached_property
    def levels(self) -> dict[int, int]:
        """Seat -> number of the group that luck does not tell apart; see sim.classroom.grading."""
        if self.settings.mode == "vote":
            return {}
        counted = [shop for shop in self.shops if shop.counts]
        return levels_of(counted, self.luck, self.scenario.goal)

    def shop(self, seat: int) -> Shop | None:
        """The shop of a seat."""
        return next((shop for shop in self.shops if shop.seat == seat), None)

    def _all_settled(self) -> Sequence[Settled]:
        counted = {shop.seat for shop in self.shops if shop.counts}
        return [item for seat, items in self.settled.items() if seat in counted for item in items]
