"""`python -m bench.first_decision`: how long from the README's command to the first decision.

A first-time player is played by synthetic events in a process of its own: title, brief, bets
(passed over), the coach's first steps, a tactic chosen. The folder of settings is new, compiled
code is kept from before, the window is one that nobody sees.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AIM_SECONDS = 60.0
_STARTED = "STROLL_STREET_BENCH_STARTED"
_READS = "STROLL_STREET_BENCH_READS"
# Seconds for which a person looks at a screen before they do anything on it.
READING = {"TitleScreen": 4.0, "BriefScreen": 15.0, "BetsScreen": 6.0, "LiveScreen": 4.0}
_GIVEN_UP = 300.0


def main(arguments: list[str] | None = None) -> int:
    """Play once without reading and once with it; print where the time went."""
    parser = argparse.ArgumentParser(prog="bench.first_decision", description=__doc__)
    parser.add_argument("--hurry", action="store_true", help="only the player who never reads")
    options = parser.parse_args(arguments)
    worst = 0.0
    for reads in (False,) if options.hurry else (False, True):
        stages = measure(reads)
        total = stages[-1][1]
        worst = max(worst, total)
        who = "reads every screen" if reads else "reads nothing: what the machine takes"
        print(f"From the command to the first decision: {total:.1f} s ({who})")
        before = 0.0
        for name, seconds in stages:
            print(f"  {seconds:6.1f} s  (+{seconds - before:.1f})  {name}")
            before = seconds
    print(f"Aim: under {AIM_SECONDS:.0f} s warm: {'met' if worst < AIM_SECONDS else 'MISSED'}.")
    return 0 if worst < AIM_SECONDS else 1


def measure(reads: bool) -> list[tuple[str, float]]:
    """(what was reached, seconds since the command) in order; the last is the decision."""
    from sim.paths import prepare_compiled_cache

    cache = prepare_compiled_cache().folder
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "SDL_VIDEODRIVER": "dummy",
            "SDL_AUDIODRIVER": "dummy",
            "NUMBA_CACHE_DIR": str(cache),
            "STROLL_STREET_HOME": home,
            _READS: "1" if reads else "",
            _STARTED: repr(time.time()),
        }
        done = subprocess.run(
            [sys.executable, "-c", "from bench.first_decision import play; play()"],
            env=environment, cwd=Path(__file__).resolve().parents[1], text=True,
            stdout=subprocess.PIPE, timeout=_GIVEN_UP,
        )  # fmt: skip
    return [tuple(stage) for stage in json.loads(done.stdout.splitlines()[-1])]


def play() -> None:
    """In the process of its own: the game as the command opens it, with a player at its keys."""
    started = float(os.environ[_STARTED])
    from sim.ui.app import App

    player = FirstTimePlayer(started, bool(os.environ[_READS]))
    App.run = lambda app: player.run(app)
    sys.argv = ["main.py", "play"]
    from sim.cli import main as command

    command()
    print(json.dumps(player.stages))


class FirstTimePlayer:
    """Presses what the screen in front asks for, after having looked at it for a while."""

    def __init__(self, started: float, reads: bool) -> None:
        self.stages: list[tuple[str, float]] = []
        self._started, self._reads = started, reads
        self._since = time.monotonic()
        self._front: tuple | None = None

    def run(self, app) -> int:
        """The window's loop at its usual pace, until the first decision."""
        import pygame

        clock = pygame.time.Clock()
        while app.running and time.time() - self._started < _GIVEN_UP:
            app.step(min(clock.tick(60) / 1000, 0.1))
            if self._decided(app.screen):
                self._reached("the first decision")
                break
            key = self._next_key(app.screen)
            if key is not None:
                pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=0, unicode=""))
        for screen in reversed(app.stack):
            screen.closed()
        return 0

    def _reached(self, name: str) -> None:
        self.stages.append((name, round(time.time() - self._started, 2)))

    @staticmethod
    def _decided(screen) -> bool:
        """Whether a choice was made in the live, beyond the tactic it opened with."""
        coach = getattr(screen, "coach", None)
        return coach is not None and len(screen.session.run.decisions) > 1

    def _next_key(self, screen) -> int | None:
        import pygame

        name = type(screen).__name__
        coach = getattr(screen, "coach", None)
        front = (name, coach.step.name if coach is not None else None)
        if front != self._front:
            self._front, self._since = front, time.monotonic()
            step = f", the coach's step “{front[1]}”" if front[1] else ""
            self._reached(name + step)
        look = READING.get(name, 0.0) if self._reads else 0.0
        if time.monotonic() - self._since < look:
            return None
        # Once is enough; the screen needs a frame to answer.
        self._since = time.monotonic() + 0.5
        if name == "BetsScreen":
            return pygame.K_s
        if front[1] == "room":
            return pygame.K_TAB
        if front[1] == "tactic":
            return pygame.K_2
        return None if name == "OpeningScreen" else pygame.K_RETURN


if __name__ == "__main__":
    sys.exit(main())
