"""What a class looks back on, found out in the background: moments, luck, the best line known.

Nothing here changes the class; all of it can be made again from its log.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping
from typing import Any

import segno

from sim.classroom import results_best
from sim.classroom.moments import Moment, moment_of
from sim.classroom.results import Shop, shops_of
from sim.classroom.results_book import Book
from sim.classroom.results_lines import lines_of
from sim.classroom.results_luck import ClassLuck, LuckWork
from sim.classroom.rounds import Rounds
from sim.classroom.state import ClassState
from sim.classroom.streets import History, Streets
from sim.errors import StrollError
from sim.play.capsule import capsule_of, is_shipped
from sim.play.capsule_code import code_of, scannable
from sim.play.run import Run
from sim.scenario import Scenario

Key = tuple[int, History, int, bool]
_MOST_MOMENTS = 1500
_ENOUGH_CROWDS = 20


class Study:
    """luck, constants, best: what is known so far, None before; read them from any thread."""

    def __init__(self, scenario: Scenario, seed: int, rounds: Rounds) -> None:
        self.scenario, self.seed, self.rounds = scenario, seed, rounds
        self.book = Book(rounds)
        self.luck: ClassLuck | None = None
        self.constants: Mapping[str, Mapping[str, float]] | None = None
        self._moments: dict[Key, Moment] = {}
        self._capsules: dict[tuple[int, History], dict[str, str]] = {}
        self._shipped: bool | None = None
        self._lock = threading.Lock()
        self._work: LuckWork | None = None
        self._of: object = None

    @property
    def luck_is_known(self) -> bool:
        """Whether enough other crowds were met to speak of nine in ten."""
        luck = self.luck
        return luck is not None and luck.crowds >= min(_ENOUGH_CROWDS, luck.wanted)

    # -- moments -----------------------------------------------------------------------------
    def look(self, streets: Streets, history: History, shop: int, finished: bool) -> Moment:
        """The moment of a shop; computes what is not there."""
        key = (streets.seed, history, shop, finished)
        with self._lock:
            found = self._moments.get(key)
        if found is None:
            street = streets.at(history, finished)
            found = moment_of(street, shop, self.rounds, len(history))
            with self._lock:
                self._moments[key] = found
                while len(self._moments) > _MOST_MOMENTS:
                    self._moments.pop(next(iter(self._moments)))
        return found

    def known(self, streets: Streets, history: History, shop: int, finished: bool) -> Moment | None:
        """The moment if it was looked at before, at once."""
        with self._lock:
            return self._moments.get((streets.seed, history, shop, finished))

    def keep_capsule(self, streets: Streets, history: History) -> None:
        """Packs the run of this history; only a street of one shop makes a capsule."""
        key = (streets.seed, history)
        if streets.shops > 1 or key in self._capsules:
            return
        run = streets.at(history, finished=True)
        assert isinstance(run, Run)
        with contextlib.suppress(StrollError):
            if self._shipped is None:
                self._shipped = is_shipped(self.scenario)
            code = code_of(capsule_of(run, self._shipped), self.scenario)
            if code is not None:
                picture = segno.make(scannable(code), error="l", micro=False)
                svg = picture.svg_inline(scale=3, border=2, omitsize=True, dark="#43303b")
                self._capsules[key] = {"text": code, "qr_svg": svg}

    def capsule(self, streets: Streets, history: History) -> dict[str, str] | None:
        """{"text", "qr_svg"} of a run's text code, or None where it is too long for one."""
        return self._capsules.get((streets.seed, history))

    # -- results -----------------------------------------------------------------------------
    def shops(
        self, state: ClassState, names: Mapping[int, str], streets: Streets, finished: bool
    ) -> list[Shop]:
        """The shops of whoever's outcome is known, for sim.classroom.results."""
        return shops_of(
            state,
            names,
            lambda seat: self.book.known(
                streets, state.history(seat), shop_of(state, seat), finished
            ),
        )

    # -- luck and the best line --------------------------------------------------------------
    def begin(self, state: ClassState, tell: Callable[[], None]) -> None:
        """Starts to find out how far luck reaches and what is best known; once for each log."""
        played = {
            seat.number: (state.history(seat.number), shop_of(state, seat.number))
            for seat in state.playing
        }
        of = tuple(sorted(played.items()))
        if self._of == of or not played:
            return
        self.stop()
        self._of = of
        self.luck = None
        shops = state.settings.shops if state.settings.mode == "shared" else 1
        lines = lines_of(played, self.scenario.reference)
        self._work = work = LuckWork(self.scenario, self.seed, self.rounds, lines)

        def run() -> None:
            with contextlib.suppress(Exception):
                if self.constants is None:
                    self.constants = results_best.constants_of(
                        self.scenario, self.seed, self.rounds, shops
                    )
                    tell()
            for luck in work.steps():
                self.luck = luck
                if luck.crowds in (1, 2, 4) or luck.crowds % 6 == 0 or luck.crowds == luck.wanted:
                    tell()

        threading.Thread(target=run, name="class study", daemon=True).start()

    def stop(self) -> None:
        """Ends what is under way within a moment; what is known stays."""
        if self._work is not None:
            self._work.stop()

    def best(self, shops: list[Shop], language: str) -> dict[str, Any] | None:
        """The best known figure of the goal, as far as one is known."""
        with contextlib.suppress(Exception):
            found = results_best.best_known(self.scenario, shops, self.constants or {})
            return None if found is None else found.to_data(self.scenario, language)
        return None


def shop_of(state: ClassState, seat: int) -> int:
    """Which shop of its street a seat hosts."""
    return state.seats[seat].shop if state.settings.mode == "shared" else 0
