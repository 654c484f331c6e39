"""What several commands need: a scenario, its tactics, the compiled model, JSON."""

from __future__ import annotations

import difflib
import json
import math
import re
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import typer

from sim import paths, wording
from sim.console.progress import Progress
from sim.console.terminal import Terminal

if TYPE_CHECKING:
    from sim.scenario import Scenario

FAILED = 1
BAD_INPUT = 2
INTERRUPTED = 130
READER_LEFT = 141  # as a shell says it of a program whose pipe was closed
# Whatever somebody's keyboard puts between two names.
_COMMAS = re.compile(r"[,;，、；\n]")


def scenario_called(name: str) -> Scenario:
    """The scenario with this id or file."""
    from sim.scenario import Scenario

    return Scenario.load(name)


def tactic_meant(scenario: Scenario, name: str) -> str | None:
    """The id of the tactic that somebody means by its id, or by its title in either language."""
    return _tactic_names(scenario).get(_folded(name))


def tactics_called(terminal: Terminal, scenario: Scenario, names: str, option: str) -> list[str]:
    """Tactics by id or title, between commas, each known and none twice."""
    meant = _tactic_names(scenario)
    typed = [name.strip() for name in _COMMAS.split(names) if name.strip()]
    known = known_tactics(terminal, scenario)
    for name in typed:
        if _folded(name) not in meant:
            near = difflib.get_close_matches(_folded(name), meant, n=1)
            key = "cli.tactic.unknown_near" if near else "cli.tactic.unknown"
            nearest = meant[near[0]] if near else ""
            if near and near[0] != _folded(nearest):  # a title was meant, so a title is shown
                nearest = scenario.tactics[nearest].title.text(terminal.language)
            sentence = terminal.text(key, name=name, known=known, near=nearest)
            raise typer.BadParameter(sentence, param_hint=option)
    if not typed:
        raise typer.BadParameter(terminal.text("cli.tactic.none", known=known), param_hint=option)
    return once_each(terminal, [meant[_folded(name)] for name in typed])


def once_each(terminal: Terminal, ways: list[str]) -> list[str]:
    """The same names without those that were there before; says so when there were any."""
    once = list(dict.fromkeys(ways))
    for name in once:
        if ways.count(name) > 1:
            terminal.say("cli.tactic.twice", name=name)
    return once


def known_tactics(terminal: Terminal, scenario: Scenario) -> str:
    """All tactics of a scenario with their titles, to stand inside a sentence."""
    return terminal.text("errors.list.separator").join(
        terminal.text("cli.tactic.known", id=tactic, title=about.title.text(terminal.language))
        for tactic, about in scenario.tactics.items()
    )


def _tactic_names(scenario: Scenario) -> dict[str, str]:
    """Every name a tactic may be called by, folded, with the tactic's id."""
    meant = {_folded(tactic): tactic for tactic in scenario.tactics}
    for tactic, about in scenario.tactics.items():
        for language in wording.LANGUAGES:
            meant.setdefault(_folded(about.title.text(language)), tactic)
    return meant


def tactic_called(terminal: Terminal, scenario: Scenario, name: str, option: str) -> str:
    """One tactic, by id or title."""
    chosen = tactics_called(terminal, scenario, name, option)
    if len(chosen) > 1:
        sentence = terminal.text("cli.tactic.one", count=len(chosen))
        raise typer.BadParameter(sentence, param_hint=option)
    return chosen[0]


def _folded(name: str) -> str:
    """A name as it is compared: full-width letters, capitals and spaces make no difference."""
    return re.sub(r"[\s_]+", "", unicodedata.normalize("NFKC", name)).casefold()


def prepare(terminal: Terminal) -> None:
    """Compile the model if this machine has not yet, visibly."""
    cache = paths.prepare_compiled_cache()
    if cache.notice is not None:
        terminal.err.print(cache.notice.text(terminal.language), soft_wrap=True)
    from sim.play.warm import warm_up

    new = not any(cache.folder.rglob("*.nbi"))
    key = "cli.progress.preparing" if new else "cli.progress.loading"
    with Progress(terminal, terminal.text(key), at_once=new) as progress:
        warm_up(progress)


def print_json(data: Any) -> None:
    """Plain JSON on stdout, and nothing else."""
    # an old code page would turn every title into question marks, and JSON has another way
    escaped = not (getattr(sys.stdout, "encoding", None) or "utf-8").lower().startswith("utf")
    print(json.dumps(plain(data), ensure_ascii=escaped, indent=2, allow_nan=False), flush=True)


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
