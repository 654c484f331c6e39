"""What a class costs: `python -m bench.classroom [--sizes 50,100,200,300] [--rounds 3]`.

For each size a server in a process of its own, on a file of its own, and so many bots in this one,
which lead the class from the lobby to the debrief. Everybody decides within a few seconds of a
round's beginning. Measured as phones feel it: from a tap to its acknowledgement, which comes when
the decision is on the disk; from closing a round to everybody's result; and the server's memory.
`--quick` is a small class for tests, `--json FILE` keeps the figures.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from bench.classroom_server import Serving, serve
from bench.clock import machine
from bench.tables import show_classes, show_machine
from sim.classroom.bots import Plan, Report, play, share
from sim.classroom.bots_play import Habits
from sim.classroom.store import ClassStore
from sim.scenario import Scenario

CODE, PIN = "K4RD7X", "482915"
SIZES = (50, 100, 200, 300)
_WIDTH = 150
SMALL = {"shoppers": 120, "live.minutes": 20, "nights": 1}


@dataclass(frozen=True)
class ClassCost:
    """One size. Times in seconds; memory in bytes; processor: seconds of the server for it all."""

    bots: int
    mode: str
    decisions: int
    ack_half: float
    ack_most: float
    ack_longest: float
    join_most: float
    computed_half: float
    computed_longest: float
    memory_first: int
    memory_peak: int
    processor: float
    seconds: float
    refused: int
    lost: int
    faults: dict[str, int]


def measure(
    scenario: Scenario, bots: int, rounds: int, think: float, mode: str, folder: Path
) -> ClassCost:
    """A whole class of this size. RuntimeError when the server does not start."""
    path = folder / f"class_{mode}_{bots}.strollclass"
    settings = {"mode": mode, "rounds": rounds}
    ClassStore.create(path, scenario.canonical(), 7, CODE, "", settings).close()
    serving = serve(path, 0, PIN, folder / "errors.txt")
    try:
        first = peak = serving.resident_bytes()

        def look(_: object) -> None:
            nonlocal peak
            peak = max(peak, serving.resident_bytes())

        habits = Habits(think=think, drops=0.0, studies=0.05)
        plan = Plan(serving.url, bots, pin=PIN, habits=habits, minutes=20.0)
        report = asyncio.run(play(plan, look))
        return _cost(report, mode, first, peak, _processor(serving))
    finally:
        serving.stop()


def _cost(report: Report, mode: str, first: int, peak: int, processor: float) -> ClassCost:
    tally = report.tally
    return ClassCost(
        bots=report.polite, mode=mode, decisions=len(tally.acks),
        ack_half=share(tally.acks, 0.5), ack_most=share(tally.acks, 0.99),
        ack_longest=share(tally.acks, 1.0), join_most=share(tally.joins, 0.99),
        computed_half=share(tally.computed, 0.5), computed_longest=share(tally.computed, 1.0),
        memory_first=first, memory_peak=peak, processor=processor, seconds=report.seconds,
        refused=sum(tally.refused.values()), lost=len(tally.lost), faults=dict(tally.faults),
    )  # fmt: skip


def _processor(serving: Serving) -> float:
    """Seconds of processor time of the server so far; 0 where the system does not say."""
    try:
        text = Path(f"/proc/{serving.process.pid}/stat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    user, system = text.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code is 1 when anything acknowledged was lost or went wrong."""
    parser = argparse.ArgumentParser(prog="bench.classroom")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--scenario", default="first_stream")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mode", default="same", choices=("same", "shared", "vote"))
    parser.add_argument("--think", type=float, default=4.0, help="seconds over a decision at most")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quick", action="store_true", help="a small class on a small street")
    asked = parser.parse_args(arguments)
    scenario = Scenario.load(asked.scenario)
    sizes = [int(size) for size in asked.sizes.split(",")]
    if asked.quick:
        scenario, sizes = scenario.with_changes(SMALL), [4, 8]
        asked.rounds, asked.think = 2, 0.2
    console = Console(highlight=False)
    # A file or a pipe has no width to keep to, and a figure that is cut off is worth nothing.
    console.width = console.width if console.is_terminal else max(console.width, _WIDTH)
    about = machine()
    show_machine(console, about)
    costs: list[ClassCost] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            print(f"{size} bots ...", file=sys.stderr, flush=True)
            costs.append(
                measure(scenario, size, asked.rounds, asked.think, asked.mode, Path(folder))
            )
    show_classes(console, costs, scenario.shoppers, asked.rounds, asked.think)
    if asked.json is not None:
        data = {"machine": about, "classes": [asdict(cost) for cost in costs]}
        asked.json.write_text(json.dumps(data, indent=1), encoding="utf-8")
    return 1 if any(cost.lost or cost.faults for cost in costs) else 0


if __name__ == "__main__":
    sys.exit(main())
