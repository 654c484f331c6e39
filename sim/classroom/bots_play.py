"""A bot that plays a class as a polite trainee with a phone would.

It looks at what its view says and does what is asked for there, takes its time, changes its mind,
loses its line and comes back; and it remembers what was acknowledged, so as to notice a loss.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from sim.classroom.bots_manners import MANNERS, bets_of, hand_of, name_of
from sim.classroom.bots_phone import Phone, Place, Stopwatch, Tally, Unanswered, fetch, pause
from sim.classroom.bots_receipts import Receipts, part_of
from sim.classroom.codes import easy_pin

LOST_LINE = (ConnectionClosed, InvalidHandshake, OSError, TimeoutError)
_QUIET = ("lobby", "brief", "computed", "night", "over")
_STUDY_SECONDS = 240.0


@dataclass(frozen=True)
class Habits:
    """How bots behave.

    think   the longest time in seconds over one decision
    drops   how likely a bot loses its line before a decision; one in two comes with another phone.
            Whoever is often absent loses it eight times as often
    again   the longest time in seconds before it calls again
    studies how likely it asks for a branch and a diary in the debrief
    """

    think: float = 6.0
    drops: float = 0.05
    again: float = 3.0
    studies: float = 1.0


class Bot:
    """One trainee. `run()` plays until the class is over or `done` is set.

    studied   whether it has done everything there is to do for it
    """

    def __init__(
        self, place: Place, tally: Tally, number: int, seed: int, habits: Habits, prefix: str = ""
    ) -> None:
        self.place, self.tally, self.number, self.habits = place, tally, number, habits
        self.chance = random.Random(f"{seed}:{number}")
        self.name, self.pin = prefix + name_of(number), _pin(self.chance)
        self.language = "zh" if number % 3 else "en"
        self.manner = MANNERS[number % len(MANNERS)]
        self.phone = Phone(place, tally, number)
        self.receipts = Receipts(tally, number)
        self.done = asyncio.Event()
        self.seat: int | None = None
        self.token: str | None = None
        self.studied = False
        self._ways: tuple[str, ...] = ()  # what there was to choose from
        self._moment: tuple | None = None  # what the view asks for
        self._acted: tuple | None = None  # the moment in which everything is done
        self._due = 0.0  # when to act in this moment
        self._rethinks = 0
        self._lines = 0

    def leave(self) -> None:
        """Stop, wherever it is."""
        self.done.set()
        self.phone.changed.set()

    # -- coming and going ----------------------------------------------------------------------
    async def run(self) -> None:
        """Plays; never raises for what the server does."""
        first = True
        while not self.done.is_set():
            try:
                if first:
                    await self._page()
                first = False
                await self.phone.open()
                await self._enter()
                await self._play()
            except Unanswered as error:
                self.tally.faults[f"no answer to {error}"] += 1
            except LOST_LINE as error:
                self.tally.returned += 1
                self._note_close(error)
            if not self.done.is_set():
                await wait_for(self.done, pause(self.chance, self.habits.again))
        await self.phone.close()

    def _note_close(self, error: Exception) -> None:
        """What the server hangs up on is a fault of ours or of its."""
        code = self.phone.closed_with
        if code not in (None, 1000, 1001, 1006, 1012):
            self.tally.faults[f"line closed with {code}"] += 1
        status = getattr(getattr(error, "response", None), "status_code", None)
        if status is not None and status != 503:
            self.tally.faults[f"line refused with {status}"] += 1

    async def _page(self) -> None:
        status, size = await fetch(self.place, f"/j/{self.place.code}", self.number)
        self.tally.pages += 1
        if status != 200 or size < 1000:
            self.tally.faults[f"page answered {status}"] += 1

    async def _enter(self) -> None:
        """Says hello, and takes a seat or comes back to its own."""
        self._lines += 1
        self._acted = None
        self.phone.view = {}
        known = {"token": self.token} if self.token else {}
        answer = await self.phone.ask(
            "hello", code=self.place.code, language=self.language, **known
        )
        if answer.get("type") != "welcome":
            self._refused(answer, "hello")
            raise ConnectionError
        if answer.get("seat") is not None:
            if answer["seat"] != self.seat:
                self.tally.faults["came back to another seat"] += 1
            return
        kind = "join" if self.seat is None else "resume"
        who = {"name": self.name, "pin": self.pin, "language": self.language}
        watch = Stopwatch()
        answer = await self.phone.ask(kind, **who)
        if kind == "join" and answer.get("key") == "name_taken":
            # The seat was given, but the answer to it got lost with the line.
            answer = await self.phone.ask("resume", **who)
        if answer.get("type") != "joined":
            self._refused(answer, kind)
            raise ConnectionError
        if self.seat is None:
            self.tally.joined += 1
            self.tally.joins.append(watch.seconds)
        else:
            self.tally.resumed += 1
            if answer["seat"] != self.seat:
                self.tally.faults["came back to another seat"] += 1
        self.seat, self.token = answer["seat"], answer["token"]

    def _refused(self, answer: Mapping[str, Any], about: str) -> None:
        key = str(answer.get("key", answer.get("type")))
        self.tally.refused[key] += 1
        if key == "trouble":
            self.tally.faults[f"{about} made the server stumble"] += 1
        elif not answer.get("text") and key != "slow_down":
            self.tally.faults[f"{about} refused as {key} without a sentence"] += 1

    def has_done(self, phase: str, number: int) -> bool:
        """Whether it has done what this phase of this round asks for, and will do no more."""
        moment = self._moment
        return moment is not None and moment == self._acted and moment[:2] == (phase, number + 1)

    # -- one class -----------------------------------------------------------------------------
    async def _play(self) -> None:
        clock = asyncio.get_running_loop().time
        first = True
        while not self.done.is_set():
            if not self.phone.is_open:
                raise ConnectionError
            self.phone.changed.clear()
            view = self.phone.view
            if view:
                self._note(view)
                self.receipts.look(view, first)
                first = False
                moment = _moment_of(view, self._rethinks)
                if moment != self._moment:
                    self._moment, self._due = moment, clock() + self._time_to_think(view)
                if moment != self._acted and clock() >= self._due:
                    self._acted = moment
                    await self._act(view)
                    continue
            idle = not view or self._acted == self._moment
            wait = 5.0 if idle else max(0.0, self._due - clock()) + 0.001
            await wait_for(self.phone.changed, min(wait, 5.0))

    def _note(self, view: Mapping[str, Any]) -> None:
        tally = self.tally
        tally.phase, tally.round = view["phase"], view.get("round") or 0
        tally.rounds = view.get("rounds") or 0

    def _time_to_think(self, view: Mapping[str, Any]) -> float:
        if view["phase"] in _QUIET:
            return 0.0
        return pause(self.chance, self.habits.think * (3.0 if self.manner == "late" else 1.0))

    def _later(self, seconds: float) -> None:
        """This moment asks for something still."""
        self._acted = None
        self._due = asyncio.get_running_loop().time() + seconds

    async def _act(self, view: Mapping[str, Any]) -> None:
        """Does once what this moment asks for."""
        phase = view["phase"]
        if phase in _QUIET:
            if phase == "over":
                self.studied = True
            return
        if view.get("paused") or view.get("computing") is not None:
            self._later(0.3)
            return
        often = 8.0 if self.manner == "absent" and phase == "deciding" else 1.0
        if self.chance.random() < min(0.5, self.habits.drops * often):
            await self._drop()
        if phase == "bets":
            bets = bets_of(part_of(view, "bets").get("questions"), self.chance)
            if bets:
                await self._tell("bets", bets=bets)
        elif phase == "deciding":
            await self._decide(view)
        elif phase == "debrief" and not self.studied:
            await self._study(view)

    async def _drop(self) -> None:
        """Loses its line: the battery, the lift, another phone."""
        if self.chance.random() < 0.5:
            self.token = None
        self.phone.vanish()
        await wait_for(self.done, pause(self.chance, self.habits.think))
        raise ConnectionError

    async def _decide(self, view: Mapping[str, Any]) -> None:
        part, number = part_of(view, "deciding"), view["round"] - 1
        ways = part.get("choices") or part.get("policies")
        if not ways:
            self._later(0.3)
            return
        self._ways = tuple(way["id"] for way in ways)
        hand = hand_of(self.manner, part, self.chance, self.number)
        ready = self.manner != "late" or self.chance.random() < 0.5
        self.receipts.sent(number, hand)
        if not await self._tell("choose", round=number, hand=hand, ready=ready):
            self.receipts.refused(number)
            return
        self.receipts.keep(number, hand)
        if ready and self.chance.random() < 0.1:
            # On second thoughts not ready, and then something else.
            if await self._tell("ready", round=number, ready=False):
                self._rethinks += 1

    async def _tell(self, kind: str, **rest: Any) -> bool:
        """Sends a decision; whether it was acknowledged."""
        watch = Stopwatch()
        answer = await self.phone.ask(kind, **rest)
        if answer.get("type") == "ack":
            self.tally.acks.append(watch.seconds)
            return True
        self._refused(answer, kind)
        if answer.get("key") in ("computing", "slow_down"):
            self._later(0.3 + pause(self.chance, 1.0))
        return False

    # -- afterwards ----------------------------------------------------------------------------
    async def _study(self, view: Mapping[str, Any]) -> None:
        """Asks what another choice would have done, and for two diaries of somebody."""
        part = part_of(view, "debrief")
        rounds = part.get("rounds") or ()
        if not part.get("final") or not rounds:
            self._later(0.5)
            return
        if self.chance.random() < self.habits.studies:
            number = self.chance.randrange(len(rounds))
            branch = {"round": number, "hand": self._other_hand(view, rounds[number])}
            people = (await self._question("branch", **branch)).get("people")
            if people:
                await self._question("diary", shopper=int(people[0]["shopper"]), branch=branch)
        self.studied = True

    def _other_hand(self, view: Mapping[str, Any], played: Mapping[str, Any]) -> dict[str, Any]:
        key = "policy" if view.get("campaign") else "tactic"
        before = (played.get("hand") or {}).get(key)
        others = [way for way in self._ways if way != before]
        return {key: self.chance.choice(others)} if others else {}

    async def _question(self, kind: str, **rest: Any) -> Mapping[str, Any]:
        watch = Stopwatch()
        answer = await self.phone.ask(kind, wait=_STUDY_SECONDS, **rest)
        if answer.get("type") != kind:
            self._refused(answer, kind)
            return {}
        self.tally.questions.append(watch.seconds)
        return answer.get("result") or answer


def _moment_of(view: Mapping[str, Any], rethinks: int) -> tuple:
    """What changes when something new is asked for."""
    return view["phase"], view.get("round"), bool(view.get("practice")), rethinks


def _pin(chance: random.Random) -> str:
    """Four digits that nobody would guess first."""
    while True:
        pin = f"{chance.randrange(10_000):04d}"
        if not easy_pin(pin):
            return pin


async def wait_for(event: asyncio.Event, seconds: float) -> None:
    """Until it is set, at most so long."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
