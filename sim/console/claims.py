"""`main.py check --claims` and `--preview`: what a lesson claims, tested, and what bots do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.shared import BAD_INPUT, FAILED, INTERRUPTED, prepare
from sim.console.terminal import Terminal
from sim.errors import ScenarioError
from sim.report.numbers import band, unit_of, written
from sim.scenario import Scenario, catalog, entries_in

if TYPE_CHECKING:
    from sim.lab.claims import Judged, Proof
    from sim.play.batch import Comparison
    from sim.scenario.claims import Way

PREVIEW_CROWDS = 5
# What a preview shows beside the goal, of an evening and of a campaign.
_EVENING = ("viewers", "orders", "return_rate", "net_sales", "followers")
_CAMPAIGN = ("orders", "return_rate", "net_sales", "profit", "fan_share", "members")
_MARKS = {True: ("cli_claims.proven", "green"), False: ("cli_claims.refuted", "bold red")}


def scenario_files(files: Iterable[Path]) -> list[Path]:
    """The same files, with the scenarios of a folder in its place, and a shipped one for its id."""
    found: list[Path] = []
    shipped = {entry.id: entry.path for entry in catalog()}
    for file in files:
        if file.is_dir():
            found.extend(entry.path for entry in entries_in(file, shipped=False))
        elif not file.exists() and str(file) in shipped:
            found.append(shipped[str(file)])
        else:
            found.append(file)
    return found


def check_further(
    terminal: Terminal, files: list[Path], claims: bool, preview: bool, crowds: int | None
) -> int:
    """What `check` does beyond looking a file over. Files with problems are left out: those have
    been said."""
    if not (claims or preview):
        return 0
    prepare(terminal)
    outcome = 0
    for file in files or [entry.path for entry in catalog()]:
        try:
            scenario = Scenario.load(file)
            if preview:
                _preview(terminal, scenario, crowds or PREVIEW_CROWDS)
            if claims and scenario.claims:
                outcome = max(outcome, _prove(terminal, scenario, crowds))
        except ScenarioError:
            outcome = max(outcome, BAD_INPUT)
        except KeyboardInterrupt:
            outcome = INTERRUPTED
        if outcome == INTERRUPTED:
            terminal.say("cli_claims.interrupted")
            break
    return outcome


def _prove(terminal: Terminal, scenario: Scenario, crowds: int | None) -> int:
    from sim.lab.claims import prove

    title = scenario.title.text(terminal.language)
    with Progress(terminal, terminal.text("cli_claims.progress", title=title)) as progress:
        proof = prove(scenario, crowds, progress)
    terminal.out.print()
    terminal.out.print(Text(title, style="bold"))
    terminal.out.print(claims_table(terminal, proof))
    count = len(proof.claims)
    refuted = len(proof.refuted)
    key = "some_refuted" if refuted else "all_proven"
    if not proof.interrupted:
        terminal.tell(terminal.text(f"cli_claims.{key}", claims=count, refuted=refuted))
        return FAILED if refuted else 0
    return INTERRUPTED


def claims_table(terminal: Terminal, proof: Proof) -> Table:
    """One block a claim: its words, both figures with their bands, how often it held, verdict."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli_claims.claim"), overflow="fold", ratio=1)
    for name in ("figures", "held", "verdict"):
        justify = "left" if name == "verdict" else "right"
        table.add_column(terminal.text(f"cli_claims.{name}"), justify=justify, no_wrap=True)
    for judged in proof.claims:
        table.add_row(*_cells(terminal, proof.scenario, judged), end_section=True)
    return table


def _cells(terminal: Terminal, scenario: Scenario, judged: Judged) -> list[Text]:
    claim, language = judged.claim, terminal.language
    words = Text(f"{judged.number}. {claim.says.text(language)}")
    compared = terminal.text(
        "cli_claims.compared",
        metric=terminal.text(f"metrics.{claim.metric}.name"),
        of=way_text(terminal, scenario, claim.of),
        than=way_text(terminal, scenario, claim.than),
    )
    words.append("\n" + compared, style="dim")
    figures = Text()
    for values in (judged.of, judged.than):
        mean, ends = band(values, unit_of(claim.metric), language)
        figures.append(mean + "\n", style="bold")
        figures.append((ends or " ") + "\n", style="dim")
    ratio = written(judged.ratio, "ratio", language)
    asked = _asked(terminal, judged)
    figures.append(ratio + (" " + asked if asked else ""), style="dim")
    held = Text("")
    if judged.crowds:
        held.append(f"{judged.held}/{judged.crowds}")
        ends = "–".join(written(end, "share", language) for end in (judged.low, judged.high))
        held.append("\n" + ends, style="dim")
        if claim.alike is None:
            least = written(claim.share, "share", language)
            held.append("\n" + terminal.text("cli_claims.at_least", share=least), style="dim")
    if judged.proven is None:
        return [words, figures, held, Text(terminal.text("cli_claims.unmet"), "dim")]
    key, style = _MARKS[judged.proven]
    return [words, figures, held, Text(terminal.text(key), style)]


def _asked(terminal: Terminal, judged: Judged) -> str:
    claim = judged.claim
    if claim.alike is not None:
        return "±" + written(claim.alike, "share", terminal.language)
    if claim.times == 1:
        return ""
    return "≥ " + written(claim.times, "ratio", terminal.language)


def way_text(terminal: Terminal, scenario: Scenario, way: Way) -> str:
    """A way in words: its tactic or policy, what is changed, and what is switched off."""
    known = scenario.policies if way.policy is not None else scenario.tactics
    parts = [known[way.policy or way.tactic].title.text(terminal.language)]
    parts += [f"{key} = {_plain(value)}" for key, value in way.change.items()]
    parts += [terminal.text("cli_claims.without", name=name) for name in way.switch_off]
    return terminal.text("errors.list.separator").join(parts)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _preview(terminal: Terminal, scenario: Scenario, crowds: int) -> None:
    from sim.lab.claims import CLAIM_SEEDS, preview

    title = scenario.title.text(terminal.language)
    with Progress(terminal, terminal.text("cli_claims.playing", title=title)) as progress:
        comparison = preview(scenario, range(CLAIM_SEEDS, CLAIM_SEEDS + crowds), progress)
    if comparison.seeds:
        terminal.out.print()
        met = len(comparison.seeds)
        heading = terminal.text("cli_claims.preview", title=title, crowds=met)
        terminal.out.print(Text(heading, style="bold"))
        terminal.out.print(preview_table(terminal, scenario, comparison))
    if comparison.interrupted:
        raise KeyboardInterrupt


def preview_table(terminal: Terminal, scenario: Scenario, comparison: Comparison) -> Table:
    """What each bot brings on average; the scenario's goal stands out."""
    metrics = list(_EVENING if scenario.campaign is None else _CAMPAIGN)
    if scenario.goal not in metrics:
        metrics.append(scenario.goal)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli_claims.bot"), overflow="fold")
    for metric in metrics:
        name = Text(terminal.text(f"metrics.{metric}.name"))
        name.plain = name.plain.replace(" ", "\n", 1)
        table.add_column(name, justify="right", vertical="bottom")
    known = scenario.tactics if scenario.campaign is None else scenario.policies
    for bot in comparison.tactics:
        cells = []
        for metric in metrics:
            mean, _, _ = comparison.band(bot, metric)
            cell = written(mean, unit_of(metric), terminal.language)
            cells.append(Text(cell, style="bold" if metric == scenario.goal else ""))
        table.add_row(known[bot].title.text(terminal.language), *cells)
    return table
