"""What several commands need: a scenario, its tactics, the compiled model, JSON."""

from __future__ import annotations

import difflib
import json
import math
from typing import TYPE_CHECKING, Any

import typer

from sim import paths
from sim.console.progress import Progress
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.scenario import Scenario

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130


def scenario_called(name: str) -> Scenario:
    """The scenario with this id or file."""
    from sim.scenario import Scenario

    return Scenario.load(name)


def tactics_called(terminal: Terminal, scenario: Scenario, names: str, option: str) -> list[str]:
    """Names between commas, each known to the scenario and none twice."""
    chosen = list(dict.fromkeys(name.strip() for name in names.split(",") if name.strip()))
    known = ", ".join(scenario.tactics)
    for name in chosen:
        if name not in scenario.tactics:
            near = difflib.get_close_matches(name, scenario.tactics, n=1)
            key = "cli.tactic.unknown_near" if near else "cli.tactic.unknown"
            sentence = terminal.text(key, name=name, known=known, near="".join(near))
            raise typer.BadParameter(sentence, param_hint=option)
    if not chosen:
        raise typer.BadParameter(terminal.text("cli.tactic.none", known=known), param_hint=option)
    return chosen


def prepare(terminal: Terminal) -> None:
    """Compile the model if this machine has not yet, visibly."""
    cache = paths.prepare_compiled_cache()
    if cache.notice is not None:
        terminal.err.print(cache.notice.text(terminal.language), soft_wrap=True)
    from sim.play.warm import warm_up

    new = not any(cache.folder.rglob("*.nbi"))
    with Progress(terminal, terminal.text("cli.progress.preparing"), at_once=new) as progress:
        warm_up(progress)


def print_json(data: Any) -> None:
    """Plain JSON on stdout, and nothing else."""
    print(json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False), flush=True)


def plain(data: Any) -> Any:
    """The same data as JSON can hold it: numpy's numbers as Python's, NaN as null."""
    if isinstance(data, dict):
        return {str(key): plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [plain(value) for value in data]
    if hasattr(data, "tolist"):
        return plain(data.tolist())
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data
