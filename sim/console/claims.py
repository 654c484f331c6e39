"""`main.py check --claims` and `--preview`: what a lesson claims, tested, and what bots do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from sim.console.progress import Progress
from sim.console.shared import BAD_INPUT, FAILED, INTERRUPTED, prepare
from sim.console.terminal import Terminal
from sim.errors import ScenarioError
from sim.report.numbers import band, unit_of, written
from sim.scenario import Scenario, catalog, entries_in

if TYPE_CHECKING:
    from sim.lab.claims import Proof
    from sim.lab.claims_judge import Judged
    from sim.play.batch import Comparison
    from sim.scenario.claims import Way

PREVIEW_CROWDS = 5
_LEAST_WORDS = 20  # cells in which the words of a claim can still be read
# What a preview shows beside the goal, of an evening and of a campaign.
_EVENING = ("viewers", "orders", "return_rate", "net_sales", "followers")
_CAMPAIGN = ("orders", "return_rate", "net_sales", "profit", "fan_share", "members")
_STYLES = {"proven": "green", "held": "yellow", "missed": "bold red", "refuted": "bold red"}


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
    if proof.interrupted:
        return INTERRUPTED
    counts = {verdict: proof.count(verdict) for verdict in _STYLES}
    terminal.tell(terminal.text("cli_claims.summary", claims=len(proof.claims), **counts))
    terminal.tell(terminal.text("cli_claims.how"))
    return FAILED if proof.failed else 0


def claims_table(terminal: Terminal, proof: Proof) -> Table:
    """One block a claim: its words, both figures with their bands, how often it held, verdict."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("cli_claims.claim"), overflow="fold", ratio=1)
    for name in ("figures", "on_crowds", "verdict"):
        justify = "left" if name == "verdict" else "right"
        table.add_column(terminal.text(f"cli_claims.{name}"), justify=justify, no_wrap=True)
    rows = [_cells(terminal, proof.scenario, judged) for judged in proof.claims]
    # broken here: a table breaks Chinese at its few spaces only
    columns = zip([column.header for column in table.columns], *rows, strict=True)
    beside = sum(max(_width(cell) for cell in column) + 1 for column in list(columns)[1:])
    if terminal.out.width - beside < _LEAST_WORDS:
        return _one_below_another(terminal, rows)
    for words, *cells in rows:
        table.add_row(_broken(terminal, words, beside + 1), *cells, end_section=True)
    return table


def _one_below_another(terminal: Terminal, rows: list[list[Text]]) -> Table:
    """The same for a screen on which words and figures do not stand side by side."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, show_header=False, padding=0)
    table.add_column(overflow="fold")
    for words, *cells in rows:
        lines = Text("\n").join([_broken(terminal, words, 0), *cells])
        table.add_row(lines, end_section=True)
    return table


def _width(cell: str | Text) -> int:
    lines = cell.split("\n") if isinstance(cell, str) else cell.plain.split("\n")
    return max(map(cell_len, lines))


def _broken(terminal: Terminal, words: Text, beside: int) -> Text:
    """The same words in lines that leave so many cells free, each line in its own style."""
    broken = Text()
    for line in words.split("\n"):
        style = line.spans[0].style if line.spans else ""
        broken.append("\n" if broken else "")
        broken.append(terminal.fold(line.plain, beside), style=style)
    return broken


def _cells(terminal: Terminal, scenario: Scenario, judged: Judged) -> list[Text]:
    from sim.lab.claims_judge import MOST_CROWDS

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
    figures.append(written(judged.ratio, "ratio", language), style="bold")
    figures.append_text(_asked(terminal, _size_asked(terminal, judged), judged.size_met))
    if judged.verdict is None:
        return [words, figures, Text(""), Text(terminal.text("cli_claims.unmet"), "dim")]
    kind = "near" if claim.alike is not None else "part" if claim.times < 1 else "ahead"
    counted = f"{judged.held}/{judged.crowds}"
    held = Text(terminal.text(f"cli_claims.on.{kind}", crowds=counted))
    ends = "–".join(written(end, "share", language) for end in (judged.low, judged.high))
    held.append("\n" + ends, style="dim")
    if claim.alike is None:
        share = "≥ " + written(claim.share, "share", language)
        held.append_text(_asked(terminal, share, judged.share_met))
    if judged.verdict == "held":
        sentence = "out_of_reach" if judged.enough is None else "enough"
        said = terminal.text(
            f"cli_claims.{sentence}", crowds=judged.crowds, enough=judged.enough, most=MOST_CROWDS
        )
        words.append("\n" + said, style=_STYLES["held"])
    verdict = terminal.text(f"cli_claims.{judged.verdict}")
    return [words, figures, held, Text(verdict, _STYLES[judged.verdict])]


def _asked(terminal: Terminal, bar: str, met: bool) -> Text:
    """What is asked, on a line of its own, with a mark of whether that much came out."""
    if not bar:
        return Text("")
    mark, style = ("✓", "dim") if met else ("✗", "bold red")
    return Text("\n" + terminal.text("cli_claims.asked", bar=bar) + f" {mark}", style)


def _size_asked(terminal: Terminal, judged: Judged) -> str:
    """How much is asked over all crowds; nothing where more is asked, and more it is."""
    claim = judged.claim
    if judged.verdict is None:
        return ""
    if claim.alike is not None:
        return "±" + written(claim.alike, "share", terminal.language)
    if not judged.than[0] > 0 or (claim.times == 1 and not judged.size_met):
        return terminal.text("cli_claims.more")
    return "≥ " + written(claim.times, "ratio", terminal.language) if claim.times != 1 else ""


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
