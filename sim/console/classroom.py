"""`main.py class`: opens a class on the local network, and looks after those that were opened."""

from __future__ import annotations

import contextlib
import io
import logging
import logging.handlers
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.text import Text

from sim.console.classroom_files import LATEST, copy, delete, list_all, path_of, trouble_file
from sim.console.commands import has_screen
from sim.console.shared import FAILED, prepare, scenario_called
from sim.console.terminal import Terminal
from sim.console.usage import NotGiven
from sim.errors import DisplayError, Phrase, StrollError

if TYPE_CHECKING:
    from sim.classroom.serve import ClassServer
    from sim.classroom.store import ClassStore

_LOOK_SECONDS = 1.0
_MOST_TROUBLE_BYTES = 500_000


@dataclass(frozen=True)
class ClassWish:
    """What was asked for on the line, as it was typed."""

    scenario: str | None = None
    resume: str | None = None
    show_list: bool = False
    delete: str | None = None
    copy: Path | None = None
    yes: bool = False
    mode: str = "same"
    rounds: int = 6
    pace: str = "instructor"
    seconds: int = 90
    seed: int | None = None
    address: str | None = None
    port: int | None = None
    pin: str | None = None
    window: bool = True


def classroom(terminal: Terminal, wish: ClassWish, language: str | None) -> int:
    """One of: open, go on, list, delete, copy; the exit code."""
    if wish.show_list:
        return list_all(terminal)
    if wish.delete is not None:
        return delete(terminal, wish.delete, wish.yes)
    if wish.copy is not None:
        return copy(terminal, wish.resume or LATEST, wish.copy)
    if wish.resume is None and wish.scenario is None:
        raise NotGiven(terminal.text("classroom.cli.which"), param_hint="SCENARIO")
    with _trouble_in_a_file(terminal):
        if wish.resume is not None:
            prepare(terminal)
            store = _resumed(wish.resume)
        else:
            store = _opened(terminal, wish)
        return _teach(terminal, store, wish, language)


def _resumed(which: str) -> ClassStore:
    from sim.classroom.store import ClassStore

    return ClassStore.open(path_of(which))


def _opened(terminal: Terminal, wish: ClassWish) -> ClassStore:
    from sim.classroom.class_files import new_class_path
    from sim.classroom.codes import new_code
    from sim.classroom.settings import Settings
    from sim.classroom.store import ClassStore

    scenario = scenario_called(wish.scenario or "")
    if wish.mode == "shared" and scenario.campaign is not None:
        raise StrollError(Phrase("class_core.shared_campaign"))
    asked: dict[str, Any] = {
        "mode": wish.mode, "rounds": wish.rounds, "pacing": wish.pace, "seconds": wish.seconds,
    }  # fmt: skip
    Settings.read(asked)
    prepare(terminal)
    seed = scenario.seed if wish.seed is None else wish.seed
    path = new_class_path(scenario.id)
    return ClassStore.create(path, scenario.canonical(), seed, new_code(), "", asked)


def _teach(terminal: Terminal, store: ClassStore, wish: ClassWish, language: str | None) -> int:
    from sim.classroom.serve import DEFAULT_PORT, ClassServer

    try:
        address = wish.address or _chosen_address(terminal, wish)
        server = ClassServer(
            store, pin=wish.pin, address=wish.address, port=wish.port or DEFAULT_PORT
        )
        server.choose(address)
    except BaseException:
        store.close()
        raise
    with _ended_like_ctrl_c():
        try:
            server.start()
            _announce(terminal, server)
            if not (wish.window and _window(terminal, server, language)):
                _watch(terminal, server)
        except KeyboardInterrupt:
            pass
        finally:
            with _undisturbed():
                server.stop()
    return _farewell(terminal, server)


def _chosen_address(terminal: Terminal, wish: ClassWish) -> str:
    """Which address to offer: asked for only where there is somebody to ask and it is not plain."""
    from sim.classroom.addresses import addresses, to_choose_from

    known = addresses()
    choices = to_choose_from(known)
    if known[0].kind == "alone":
        terminal.say("classroom.cli.no_network")
    if len(choices) < 2 or not sys.stdin.isatty() or (wish.window and has_screen()):
        return known[0].ip
    terminal.say("classroom.cli.several")
    for number, each in enumerate(choices, start=1):
        terminal.err.print(f"  {number}  {each.ip}  {each.interface}", soft_wrap=True)
    typed = input(terminal.text("classroom.cli.pick", most=len(choices))).strip()
    place = int(typed) if typed.isdecimal() and len(typed) < 4 else 1
    return choices[place - 1].ip if 1 <= place <= len(choices) else choices[0].ip


def _announce(terminal: Terminal, server: ClassServer) -> None:
    """All that the instructor has to know, with the code to scan."""
    from sim.classroom.addresses import firewall_advice

    if server.wished_port not in (0, server.port):
        terminal.say("classroom.cli.other_port", wished=server.wished_port, port=server.port)
    title = server.scenario.title.text(terminal.language)
    terminal.tell(terminal.text("classroom.show.title", title=title))
    if terminal.out.is_terminal and _draws_blocks():
        terminal.out.print(Text(_blocks(server.url), style="bright_white on black"))
    for key, value in (
        ("join", server.url), ("code", " ".join(server.code)), ("board", server.board_url),
        ("console", server.console_url), ("pin", server.pin), ("file", str(server.store.path)),
    ):  # fmt: skip
        terminal.out.print(terminal.text(f"classroom.show.{key}", value=value), soft_wrap=True)
    others = [ip for ip in server.addresses if ip != server.address]
    if others:
        terminal.say("classroom.cli.others", others=", ".join(others))
    if server.problem is not None:
        problem = server.problem
        said = problem.text(terminal.language) if isinstance(problem, Phrase) else str(problem)
        terminal.err.print(said, soft_wrap=True)
    terminal.say("classroom.cli.same_network")
    advice = firewall_advice(server.port).text(terminal.language)
    terminal.err.print(advice, soft_wrap=True)
    terminal.say("classroom.cli.how_to_stop")


def _blocks(url: str) -> str:
    import segno

    drawn = io.StringIO()
    segno.make(url, error="m").terminal(drawn, compact=True, border=2)
    return drawn.getvalue().rstrip("\n")


def _draws_blocks() -> bool:
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _window(terminal: Terminal, server: ClassServer, language: str | None) -> bool:
    """Shows the lobby until the class is closed; False where there can be no window."""
    try:
        if not has_screen():
            raise DisplayError(Phrase("classroom.cli.no_screen"))
        from sim.ui.screens.class_lobby import main as open_lobby

        open_lobby(server, language)
        return True
    except DisplayError as error:
        terminal.complain(error)
        return False


def _watch(terminal: Terminal, server: ClassServer) -> None:
    """Tells who comes and where the class stands, until it ends or Ctrl-C."""
    told: tuple[int, str] = (0, server.phase())
    problem = server.problem
    while not server.wait(_LOOK_SECONDS):
        now = (server.count(), server.phase())
        if now != told:
            phase = terminal.text(f"classroom.phase.{now[1]}")
            terminal.say("classroom.cli.now", count=now[0], phase=phase)
            told = now
        if server.problem is not None and server.problem != problem:
            said = server.problem
            said = said.text(terminal.language) if isinstance(said, Phrase) else str(said)
            terminal.err.print(said, soft_wrap=True)
        problem = server.problem


def _farewell(terminal: Terminal, server: ClassServer) -> int:
    if server.deleted:
        terminal.say("classroom.server.closed")
        return 0
    if server.failed is not None:
        if isinstance(server.failed, StrollError):
            terminal.complain(server.failed)
        else:
            terminal.say("classroom.cli.failed", file=trouble_file())
        terminal.say("classroom.cli.go_on", name=server.store.path.name)
        return FAILED
    terminal.say("classroom.cli.stopped", count=server.count())
    terminal.say("classroom.cli.go_on", name=server.store.path.name)
    terminal.say("classroom.cli.delete_it", name=server.store.path.name)
    return 0


@contextlib.contextmanager
def _ended_like_ctrl_c() -> Iterator[None]:
    """A terminal that is closed, and a machine that shuts down, end a class as Ctrl-C does; and
    Ctrl-C itself, also where it was switched off for what runs in the background."""

    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {}
    with contextlib.suppress(ValueError):  # not in the main thread
        before = {number: signal.signal(number, stop) for number in known}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C does not tear apart what the first is bringing to a good end."""
    before = None
    with contextlib.suppress(ValueError):
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _trouble_in_a_file(terminal: Terminal) -> Iterator[None]:
    """Slips of ours go into a file, which appears with the first, and not between the lines."""
    from sim.paths import ensure_folder

    path = trouble_file()
    ensure_folder(path.parent)
    before = path.stat().st_size if path.exists() else 0
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=_MOST_TROUBLE_BYTES, backupCount=0, encoding="utf-8", delay=True
    )
    handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    loggers = [logging.getLogger(name) for name in ("uvicorn.error", "sim.classroom", "asyncio")]
    kept = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.propagate = False
    try:
        yield
    finally:
        for logger, propagate in zip(loggers, kept, strict=True):
            logger.removeHandler(handler)
            logger.propagate = propagate
        handler.close()
        if path.exists() and path.stat().st_size > before:
            terminal.say("classroom.cli.trouble", file=path)
