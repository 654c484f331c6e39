"""Bots that come to a class as phones do, to try the server, the network and the lesson beforehand.

    report = await play(Plan("http://192.168.1.5:8765/j/K4RD7X", count=100, rude=0.1))

Polite ones play the whole class and check that nothing acknowledged is lost; rude ones try whatever
a class might do to a server. Both use nothing but the web socket.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sim.classroom.bots_lead import Lead
from sim.classroom.bots_phone import Place, Tally
from sim.classroom.bots_play import LOST_LINE, Bot, Habits, wait_for
from sim.classroom.bots_rude import Rude
from sim.errors import Phrase, StrollError

# Two hundred people take their phones out within some seconds, not within one.
_ARRIVALS_A_SECOND = 60.0
_TELL_EVERY = 0.5
_GOODBYE_SECONDS = 10.0


@dataclass(frozen=True)
class Plan:
    """What is to be played.

    url      the address to join; count: bots in all, of which the share `rude` is rude
    pin      the console's, for bots that lead the class themselves; None waits for the instructor
    rude_pause   the longest time in seconds between two deeds of a rude one
    look     seconds that a result is shown before bots that lead go on
    prefix   what nicknames begin with
    rounds, minutes   when to leave; None stays until the debrief is done
    """

    url: str
    count: int = 20
    rude: float = 0.0
    seed: int = 1
    rounds: int | None = None
    minutes: float | None = None
    pin: str | None = None
    habits: Habits = field(default_factory=Habits)
    rude_pause: float = 1.0
    look: float = 1.0
    prefix: str = ""


@dataclass(frozen=True)
class Report:
    """What came of it. ok: nothing acknowledged was lost and nothing happened that never should.

    interrupted   Ctrl-C ended it; what was seen until then stands
    """

    plan: Plan
    polite: int
    rude: int
    tally: Tally
    seconds: float
    interrupted: bool = False

    @property
    def ok(self) -> bool:
        return not self.tally.lost and not self.tally.faults


def share(values: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of them do not exceed; nan of none."""
    if not values:
        return math.nan
    return sorted(values)[max(0, math.ceil(part * len(values)) - 1)]


async def play(plan: Plan, tell: Callable[[Tally], None] = lambda tally: None) -> Report:
    """Plays until everybody is done; `tell(tally)` is called now and then.

    StrollError when the address is none, nobody answers there, or the pin is not the console's.
    """
    place, tally = Place.of(plan.url), Tally()
    rude_count = round(plan.count * plan.rude)
    bots = [
        Bot(place, tally, number, plan.seed, plan.habits, plan.prefix)
        for number in range(plan.count - rude_count)
    ]
    names = [bot.name for bot in bots]
    rude = [
        Rude(place, tally, number, plan.seed, names, plan.rude_pause)
        for number in range(rude_count)
    ]
    lead = Lead(place, plan.pin, tally) if plan.pin else None
    await _somebody_there(place)
    if lead is not None:
        try:
            await lead.open()
        except LOST_LINE as error:
            raise StrollError(Phrase("class_bots.error.nobody", host=place.host)) from error
    began = time.monotonic()
    tasks = [asyncio.create_task(_arrive(one, i)) for i, one in enumerate([*bots, *rude])]
    if lead is not None:
        leading = lead.run(lambda: everybody_done(bots, lead.view), plan.look)
        tasks.append(asyncio.create_task(leading))
    interrupted = False
    try:
        await _until_done(plan, bots, tasks, tally, tell)
    except asyncio.CancelledError:
        interrupted = True
        asyncio.current_task().uncancel()
    finally:
        for one in (*bots, *rude, *([lead] if lead else [])):
            one.leave()
        _, late = await asyncio.wait(tasks, timeout=_GOODBYE_SECONDS)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        if lead is not None:
            await lead.close()
    tell(tally)
    return Report(plan, len(bots), len(rude), tally, time.monotonic() - began, interrupted)


async def _somebody_there(place: Place) -> None:
    try:
        _, writer = await asyncio.wait_for(asyncio.open_connection(*place.name_and_port), 10)
    except (OSError, TimeoutError) as error:
        raise StrollError(Phrase("class_bots.error.nobody", host=place.host)) from error
    writer.close()
    with contextlib.suppress(*LOST_LINE):
        await writer.wait_closed()


async def _arrive(one: Bot | Rude, place_in_line: int) -> None:
    await wait_for(one.done, place_in_line / _ARRIVALS_A_SECOND)
    if not one.done.is_set():
        await one.run()


async def _until_done(plan: Plan, bots, tasks, tally: Tally, tell) -> None:
    until = math.inf if plan.minutes is None else time.monotonic() + 60.0 * plan.minutes
    while time.monotonic() < until:
        tell(tally)
        if all(bot.studied for bot in bots):
            return
        if plan.rounds is not None and _rounds_over(tally) >= plan.rounds:
            return
        for task in tasks:
            if task.done() and task.exception() is not None:
                raise task.exception()
        await asyncio.sleep(_TELL_EVERY)


def _rounds_over(tally: Tally) -> int:
    if tally.phase in ("lobby", "brief", "bets"):
        return 0
    return tally.round - (tally.phase == "deciding")


def everybody_done(bots: Sequence[Bot], view: dict) -> bool:
    """Whether all are in and have done what this phase asks for, for whoever leads the class."""
    phase, number = view.get("phase"), (view.get("round") or 1) - 1
    if phase == "lobby":
        return all(bot.seat is not None for bot in bots)
    if phase == "debrief":
        return all(bot.studied for bot in bots)
    if phase in ("bets", "deciding"):
        return all(bot.has_done(phase, number) for bot in bots)
    return True
