"""A class that is going on: one place through which everything goes.

    room = Room(store)
    await room.start()
    joined = await room.join("小林", "1234", "zh")
    await room.choose(joined.seat, 0, Hand(tactic="patient"), ready=True)
    await room.act({"do": "next"})

Whoever asks for something awaits it; it returns when the entry is on the disk, and raises Refusal
when it does not count. What happens in one moment is written in one transaction. Runs in one event
loop; disk and model work in threads beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from sim.classroom import acting, names
from sim.classroom.codes import check_pin, hash_pin, hash_token, new_token, typed_pin
from sim.classroom.entries import Entry, NewEntry
from sim.classroom.growing import Growing
from sim.classroom.hand import Hand
from sim.classroom.pace import Pace
from sim.classroom.refusal import Refusal
from sim.classroom.rounds import Rounds
from sim.classroom.settings import Settings
from sim.classroom.state import ClassState
from sim.classroom.store import ClassStore, SeatSecret
from sim.classroom.streets import History, Streets, practice_seed
from sim.classroom.study import Study
from sim.classroom.writing import Writing
from sim.play.shared import ShopRun

MOST_SEATS = 400
_HEARTBEAT_SECONDS = 0.25


@dataclass(frozen=True)
class Joined:
    """A seat, and what the browser keeps to come back to it."""

    seat: int
    token: str


class Room:
    """See the module.

    state     sim.classroom.state.ClassState; read it, never write it
    computing (done, all) streets while some are being computed, else None
    problem   one sentence (Phrase) while the disk refuses, else None
    """

    def __init__(
        self, store: ClassStore, *, clock: Callable[[], float] = time.time, workers: int = 2
    ) -> None:
        self.store, self.clock, self.workers = store, clock, workers
        self.scenario, self.seed, self.code = store.scenario, store.seed, store.code
        settings = Settings.read(store.settings)
        self.rounds = Rounds.of(self.scenario, settings.rounds)
        self._settings = settings
        self.names: dict[int, str] = {}
        self.preview: dict[str, Any] | None = None
        self.pace = Pace()
        self.study = Study(self.scenario, self.seed, self.rounds)
        self.version = 0
        self._stamp: Any = None
        self._made: dict[str, Any] = {}
        self._tokens: dict[str, int] = {}
        self._secrets: dict[int, SeatSecret] = {}
        self._streets: dict[bool, Streets] = {}
        self._present: dict[int, int] = {}
        self._listeners: list[Callable[[str], None]] = []
        self._disk = ThreadPoolExecutor(1, thread_name_prefix="class file")
        self._side = ThreadPoolExecutor(max(1, workers), thread_name_prefix="class work")
        self._writing = Writing(
            store, settings, len(self.rounds), self._disk, self._after, self._refused
        )
        self._tasks: list[asyncio.Task] = []
        self._growing = Growing(self, self._side, workers)

    @property
    def state(self) -> ClassState:
        return self._writing.state

    @property
    def computing(self) -> tuple[int, int] | None:
        return self._growing.under_way

    @property
    def idle(self) -> bool:
        """Whether nothing is being computed that people wait for."""
        return self._growing.idle

    @property
    def problem(self) -> Any:
        return self._writing.problem or self._growing.problem

    # -- life --------------------------------------------------------------------------------
    async def start(self) -> None:
        """Reads the log and brings everybody back to where they were."""
        loop = asyncio.get_running_loop()
        entries = await loop.run_in_executor(self._disk, lambda: list(self.store.entries()))
        self._secrets = await loop.run_in_executor(self._disk, self.store.seat_secrets)
        self._writing.read(entries)
        for seat, secret in self._secrets.items():
            self.names[seat] = secret.name
            self._tokens[secret.token_hash] = seat
        await loop.run_in_executor(self._side, lambda: self._streets_of(False))
        self._tasks = [
            loop.create_task(self._writing.run()),
            loop.create_task(self._growing.run()),
            loop.create_task(self._beat()),
        ]
        self.pace.begin(self.state)
        self._growing.look_again()

    async def stop(self) -> None:
        """Finishes what was accepted and lets go of the file."""
        self.study.stop()
        await self._writing.drained()
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task
        self._side.shutdown(wait=False, cancel_futures=True)
        self._disk.shutdown(wait=True)
        self.store.close()

    def subscribe(self, listener: Callable[[str], None]) -> Callable[[], None]:
        """Calls `listener(topic)` after every change; what is returned ends it.

        Topics: "phase", "decided", "presence", "progress", "seat:<number>".
        """
        self._listeners.append(listener)

        def end() -> None:
            with contextlib.suppress(ValueError):
                self._listeners.remove(listener)

        return end

    def tell(self, topic: str) -> None:
        self.version += 1
        for listener in list(self._listeners):
            with contextlib.suppress(Exception):  # a screen in trouble is no trouble of the class
                listener(topic)

    # -- streets -----------------------------------------------------------------------------
    def _streets_of(self, practice: bool) -> Streets:
        if practice not in self._streets:
            seed = practice_seed(self.seed) if practice else self.seed
            shops = self._settings.shops if self._settings.mode == "shared" else 1
            self._streets[practice] = Streets(self.scenario, seed, shops, self.rounds)
        return self._streets[practice]

    @property
    def streets(self) -> Streets:
        """Those of the practice while it lasts, else those of the lesson."""
        return self._streets_of(self.state.practice)

    @property
    def crowd_digest(self) -> str:
        """128 bits over the crowd before anybody did anything: the same for all, to the bit."""
        return self.streets.crowd_digest

    @property
    def finished(self) -> bool:
        """Whether the nights are over."""
        return self.state.phase in ("night", "debrief", "over")

    def history(self, seat: int) -> History:
        """The hands of all shops on this trainee's street, round by round."""
        return self.state.history(seat)

    def outcome(self, seat: int) -> Any:
        """The trainee's run at the present edge: a sim.play.run.Run, or a ShopRun where the street
        is shared. Not to be changed. Computes what is not there; ask `is_there` on the loop."""
        street = self.streets.at(self.history(seat), self.finished)
        if self._settings.mode == "shared":
            return ShopRun(street, self.state.seats[seat].shop)
        return street

    def is_there(self, seat: int) -> bool:
        """Whether `outcome` would answer without computing."""
        return self.streets.has(self.history(seat), self.finished)

    # -- seats -------------------------------------------------------------------------------
    async def join(self, name: str, pin: str, language: str = "zh") -> Joined:
        """A new seat. Refusal: a name that is none or taken, a pin that is none, a full class."""
        name = names.clean(name)
        digits = typed_pin(pin, 4)
        if digits is None:
            raise Refusal("bad_pin")
        self._must_be_free(name)
        loop = asyncio.get_running_loop()
        token = new_token()
        pin_hash = await loop.run_in_executor(self._side, hash_pin, digits)
        secret = SeatSecret(name, pin_hash, hash_token(token))

        def build(state: ClassState) -> NewEntry:
            self._must_be_free(name)
            if len(state.seats) >= MOST_SEATS:
                raise Refusal("class_full")
            if state.phase == "over":
                raise Refusal("class_over")
            seat = max(state.last_seat, max(self._secrets, default=0)) + 1
            self._keep(seat, secret)
            data: dict[str, Any] = {"round": state.rounds_over()}
            if state.settings.mode == "shared":
                data["street"], data["shop"] = state.free_shop()
            elif state.settings.late == "fresh" and state.rounds_over() and not self.finished:
                data["fresh"] = state.settings.mode == "same"
            return NewEntry(self.clock(), "seat_joined", seat, data)

        entry = await self._writing.wish(build, secret)
        return Joined(entry.seat, token)

    async def resume(self, name: str, pin: str) -> Joined:
        """The seat of this name again, from any phone; an older phone is signed off."""
        wanted = names.folded(names.clean(name))
        seat = next((s for s, n in self.names.items() if names.folded(n) == wanted), None)
        digits = typed_pin(pin, 4)
        if seat is None or digits is None:
            raise Refusal("not_you")
        secret = self._secrets[seat]
        loop = asyncio.get_running_loop()
        if not await loop.run_in_executor(self._side, check_pin, digits, secret.pin_hash):
            raise Refusal("not_you")
        token = new_token()
        renewed = SeatSecret(secret.name, secret.pin_hash, hash_token(token))
        await loop.run_in_executor(
            self._disk, self.store.set_seat_secret, seat, renewed.name, renewed.pin_hash,
            renewed.token_hash,
        )  # fmt: skip
        self._tokens.pop(secret.token_hash, None)
        self._keep(seat, renewed)
        self.tell(f"seat:{seat}")
        return Joined(seat, token)

    def seat_of(self, token: str) -> int | None:
        """Whose token this is."""
        return self._tokens.get(hash_token(token))

    def _must_be_free(self, name: str) -> None:
        wanted = names.folded(name)
        if any(names.folded(known) == wanted for known in self.names.values()):
            raise Refusal("name_taken", name=name)

    def _keep(self, seat: int, secret: SeatSecret) -> None:
        self.names[seat] = secret.name
        self._secrets[seat] = secret
        self._tokens[secret.token_hash] = seat

    def connected(self, seat: int) -> None:
        """A phone of this seat is there."""
        self._present[seat] = self._present.get(seat, 0) + 1
        self.tell("presence")

    def disconnected(self, seat: int) -> None:
        """One phone less."""
        self._present[seat] = max(0, self._present.get(seat, 0) - 1)
        self.tell("presence")

    def present(self, seat: int) -> bool:
        return self._present.get(seat, 0) > 0

    # -- what trainees do --------------------------------------------------------------------
    async def place_bets(self, seat: int, bets: list[Any]) -> None:
        """Bets as plain data; Refusal where they are none or it is not the time."""
        checked = acting.checked_bets(self.scenario, bets)
        await self._writing.wish(
            lambda state: NewEntry(self.clock(), "seat_bets", seat, {"bets": checked})
        )

    async def choose(self, seat: int, number: int, hand: Hand, ready: bool = False) -> None:
        """A hand for the open round (`number` counts from 0), to be changed until it closes.

        DecisionError where it is not possible; Refusal where it is too late.
        """
        self._must_sit(seat)
        history = self.history(seat)
        if self.state.settings.mode != "shared":
            history = history[:number]
        if not self.streets.has(history):
            raise Refusal("computing")
        acting.check_offered(self.scenario, hand)
        self.streets.check(history, self.state.seats[seat].shop if history else 0, hand)
        data = {"round": number, "hand": hand.to_data(), "ready": bool(ready)}
        await self._writing.wish(lambda state: NewEntry(self.clock(), "hand", seat, data))

    async def set_ready(self, seat: int, number: int, ready: bool) -> None:
        """Whether this trainee has decided."""
        self._must_sit(seat)
        data = {"round": number, "ready": bool(ready)}
        await self._writing.wish(lambda state: NewEntry(self.clock(), "ready", seat, data))

    def _must_sit(self, seat: int) -> None:
        found = self.state.seats.get(seat)
        if found is None or found.removed:
            raise Refusal("no_seat")

    # -- what the instructor does ------------------------------------------------------------
    async def act(self, action: Mapping[str, Any]) -> None:
        """One act of the console; see sim.classroom.acting for what there is."""
        if action.get("do") == "preview":
            await self._preview()
            return
        await self._writing.wish(lambda state: acting.entry_of(state, action, self.clock()))

    async def _preview(self) -> None:
        loop = asyncio.get_running_loop()
        self.preview = {"done": 0, "total": 1, "rows": []}
        self.tell("progress")
        self.preview = await loop.run_in_executor(self._side, acting.preview, self.scenario)
        self.tell("progress")

    # -- after something was written ---------------------------------------------------------
    def _refused(self, secrets: Mapping[int, SeatSecret]) -> None:
        for seat, secret in secrets.items():
            self.names.pop(seat, None)
            self._secrets.pop(seat, None)
            self._tokens.pop(secret.token_hash, None)
        self.tell("phase")

    def _after(self, entries: list[Entry]) -> None:
        kinds = {entry.kind for entry in entries}
        if kinds - {"hand", "ready", "seat_bets"}:
            self._growing.look_again()
            self.tell("phase")
        else:
            self.tell("decided")
        for entry in entries:
            self.pace.note(entry, self.state)
            if entry.seat is not None:
                self.tell(f"seat:{entry.seat}")
                if entry.kind == "hand":
                    self._growing.look_again()  # somebody may be catching up

    # -- computing and pacing ----------------------------------------------------------------
    def grown(self) -> None:
        """All streets are there that the state asks for."""
        self.pace.computed(self.state)
        if self.state.phase in ("night", "debrief") and not self.state.practice:
            loop = asyncio.get_running_loop()

            def tell() -> None:
                with contextlib.suppress(RuntimeError):  # the class was closed meanwhile
                    loop.call_soon_threadsafe(self.tell, "progress")

            self.study.begin(self.state, tell)

    async def _beat(self) -> None:
        """Closes rounds by timer or when all are ready, and goes on by itself where so set."""
        while True:
            await asyncio.sleep(_HEARTBEAT_SECONDS)
            if not self.idle:
                continue
            if self.pace.is_due(self.state, self.present):
                before = (self.state.phase, self.state.round)
                with contextlib.suppress(Exception):
                    await self.act({"do": "next", "phase": before[0], "round": before[1]})

    def seconds_left(self) -> float | None:
        """Until the open round closes by itself, or None."""
        return self.pace.seconds_left(self.state)

    def cached(self, name: str, make: Callable[[], Any]) -> Any:
        """What many views share: made once for as long as nothing happens that it could show."""
        luck, constants = self.study.luck, self.study.constants
        stamp = (len(self.state.log), self.finished, self.computing, constants is None,
                 None if luck is None else (id(luck), luck.crowds))  # fmt: skip
        if stamp != self._stamp:
            self._stamp, self._made = stamp, {}
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    # -- views -------------------------------------------------------------------------------
    def view_phone(self, seat: int | None, language: str) -> dict[str, Any]:
        from sim.classroom import views_phone

        return views_phone.view(self, seat, language)

    def view_board(self, language: str) -> dict[str, Any]:
        from sim.classroom import views_board

        return views_board.view(self, language)

    def view_console(self, language: str) -> dict[str, Any]:
        from sim.classroom import views_console

        return views_console.view(self, language)
