"""`main.py sweep`: a grid of experiments, from what was typed to a table on disk."""

from __future__ import annotations

import json
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from sim.console.progress import Progress
from sim.console.shared import INTERRUPTED, prepare, scenario_called
from sim.console.terminal import Terminal
from sim.console.usage import NotGiven
from sim.console.ways import ways_called

_COMMAS = ",，"
_OPENING, _CLOSING = "[{", "]}"


@dataclass(frozen=True)
class Sweeping:
    """What was asked for, as it was typed."""

    vary: tuple[str, ...]
    seeds: int
    tactics: str | None
    policies: str | None
    out: Path | None
    workers: int | None
    scheduler: str | None
    bom: bool


def sweep_grid(terminal: Terminal, name: str, asked: Sweeping) -> int:
    """Plays a grid and says where it stands."""
    scenario = scenario_called(name)
    ways = ways_called(terminal, scenario, asked.tactics, asked.policies)
    vary = varied(terminal, asked.vary)
    if asked.out is None:
        raise NotGiven(terminal.text("sweep.usage.no_out"), param_hint="--out")
    if asked.scheduler is not None and asked.workers is not None:
        sentence = terminal.text("sweep.usage.workers_and_scheduler")
        raise typer.BadParameter(sentence, param_hint="--workers")
    from sim.lab.sweep import grid, sweep

    grid(scenario, vary)  # a slip in a key or a value is said before anything is compiled
    if asked.scheduler is None:
        prepare(terminal)
        hands = nullcontext(None)
    else:
        from sim.lab.sweep_dask import dask_executor

        hands = dask_executor(asked.scheduler)
    counted: list[int] = []

    def begun(already: int, missing: int) -> None:
        counted[:] = [already, missing]
        if already and missing:
            terminal.say("sweep.already", done=already, left=missing)

    with hands as executor, Progress(terminal, scenario.title.text(terminal.language)) as progress:
        swept = sweep(
            scenario,
            vary,
            ways,
            range(asked.seeds),
            asked.out,
            executor,
            asked.workers,
            progress,
            begun,
            asked.bom,
        )
    if swept.others:
        terminal.say("sweep.others", count=swept.others, path=swept.older)
    if not swept.complete:
        done = swept.already + swept.played
        terminal.say("sweep.stopped", done=done, total=swept.rows, path=swept.path)
        return INTERRUPTED
    terminal.say("sweep.complete", rows=swept.rows, path=swept.path)
    return 0


def varied(terminal: Terminal, typed: tuple[str, ...]) -> dict[str, list[Any]]:
    """The keys and values of all --vary."""
    found: dict[str, list[Any]] = {}
    for text in typed:
        key, equals, values = text.partition("=")
        key = key.strip()
        if not equals or not key:
            _refuse(terminal, "form", found=text)
        if key in found:
            _refuse(terminal, "twice", varied=key)
        found[key] = [_value(part) for part in _parts(values)]
        if not found[key]:
            _refuse(terminal, "no_value", varied=key)
    return found


def _refuse(terminal: Terminal, sentence: str, **values: str) -> None:
    said = terminal.text(f"sweep.usage.{sentence}", **values)
    raise typer.BadParameter(said, param_hint="--vary")


def _parts(text: str) -> list[str]:
    """What stands between commas, except for commas in brackets or quotes."""
    parts, depth, quoted = [""], 0, False
    for letter in text:
        quoted ^= letter == '"'
        depth += (letter in _OPENING) - (letter in _CLOSING) if not quoted else 0
        if letter in _COMMAS and depth <= 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def _value(text: str) -> Any:
    """A number, true or false, a list such as [boredom,need], JSON, or else a text."""
    if text.startswith("[") and text.endswith("]"):
        return [_value(part) for part in _parts(text[1:-1])]
    try:
        return json.loads(text, parse_constant=lambda name: name)
    except ValueError:
        return text
