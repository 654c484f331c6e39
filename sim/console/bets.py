"""Bets in the terminal: what became of those on a run, and how well confidence fits over all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from sim.console.shared import print_json
from sim.console.terminal import Terminal
from sim.errors import StrollError
from sim.report.numbers import NOTHING, in_full, unit_of

if TYPE_CHECKING:
    from sim.play.bets import Bet, Settled
    from sim.play.bets_kept import KeptBet
    from sim.play.run import Run
    from sim.scenario import Scenario

_LATEST = 10  # bets listed one by one


def settle(terminal: Terminal, run: Run, bets: Sequence[Bet]) -> list[Settled]:
    """The bets with what came of them; none of a run that was stopped, which is said."""
    if not bets:
        return []
    if run.phase != "finished":
        terminal.say("bets.cli.unfinished")
        return []
    from sim.play.bets import settle_all

    return settle_all(bets, run)


def show_settled(terminal: Terminal, scenario: Scenario, settled: Sequence[Settled]) -> None:
    """What was bet on a run and what came, bet by bet."""
    if not settled:
        return
    terminal.out.print()
    terminal.out.print(Text(terminal.text("bets.cli.heading"), style="bold"))
    for item in settled:
        terminal.tell(item.bet.question.text(scenario, terminal.language))
        terminal.tell(_line(terminal, scenario, item))
    terminal.tell(terminal.text("bets.cli.score_note"))


def _line(terminal: Terminal, scenario: Scenario | None, item: Settled) -> str:
    sentence = item.text(terminal.language)
    if item.void:
        return terminal.text("bets.cli.line_void", said=called(terminal, item.bet), word=sentence)
    return terminal.text(
        "bets.cli.line",
        said=called(terminal, item.bet),
        came=_came(terminal, scenario, item),
        word=sentence,
        score=f"{100 * item.skill:.0f}".replace("-", "−"),
    )


def called(terminal: Terminal, bet: Bet) -> str:
    """The bet itself in few signs."""
    from sim.play.bets import IntervalBet, ProbabilityBet, QuantileBet

    if isinstance(bet, ProbabilityBet):
        return f"{100 * bet.probability:.0f}%"
    unit = unit_of(bet.question.metric)
    ends = ()
    if isinstance(bet, IntervalBet):
        ends = (bet.low, bet.high)
    elif isinstance(bet, QuantileBet):
        ends = (bet.values[0], bet.values[-1])
    return "–".join(in_full(end, unit, terminal.language) for end in ends)


def _came(terminal: Terminal, scenario: Scenario | None, item: Settled) -> str:
    question = item.bet.question
    if not question.compares:
        return in_full(item.outcome, unit_of(question.metric), terminal.language)
    if item.outcome == 0.5:
        return terminal.text("report.bets.equal")
    winner = question.one if item.outcome > 0.5 else question.other
    return terminal.text("report.bets.higher", tactic=_title(terminal, scenario, winner))


def _title(terminal: Terminal, scenario: Scenario | None, way: str | None) -> str:
    from sim.play.bets_questions import ways_of

    ways = {} if scenario is None else ways_of(scenario)
    return ways[way].title.text(terminal.language) if way in ways else str(way)


def settled_data(
    terminal: Terminal, scenario: Scenario, settled: Sequence[Settled]
) -> dict[str, list[dict[str, Any]]]:
    """The same for --json; nothing where nobody bet."""
    if not settled:
        return {}
    bets = [
        {
            **item.bet.to_data(),
            "text": item.bet.question.text(scenario, terminal.language),
            "outcome": item.outcome,
            "void": item.void,
            "hit": item.hit,
            "loss": item.loss,
            "skill": item.skill,
            "sentence": item.text(terminal.language),
        }
        for item in settled
    ]
    return {"bets": bets}


def keep(terminal: Terminal, run: Run, settled: Sequence[Settled]) -> None:
    """Keeps a finished run with its bets in the profile, where there were any."""
    if not settled:
        return
    from sim.console.ways import figures_shown
    from sim.play.bets_kept import keep_run
    from sim.play.profile import Profile

    with Profile.open() as profile:
        keep_run(profile, run, figures_shown(run), settled)
        if profile.problem is not None:
            terminal.err.print(profile.problem.text(terminal.language), soft_wrap=True)
        if profile.in_memory:
            return
    terminal.say("bets.cli.kept")


def bets(terminal: Terminal, name: str | None, as_json: bool) -> int:
    """How well confidence fits what comes, over all bets that are kept."""
    from sim.console.shared import scenario_called
    from sim.play.bets_calibration import calibration
    from sim.play.bets_kept import kept_bets
    from sim.play.profile import Profile

    scenario = None if name is None else scenario_called(name)
    with Profile.open() as profile:
        kept = kept_bets(profile, None if scenario is None else scenario.id)
        if profile.problem is not None:
            terminal.err.print(profile.problem.text(terminal.language), soft_wrap=True)
    known = calibration(item.settled for item in kept)
    if as_json:
        print_json(_data(terminal, kept, known))
        return 0
    if not kept:
        terminal.tell(terminal.text("bets.cli.none"))
        return 0
    runs = len({item.run for item in kept})
    heading = terminal.text("bets.cli.all", bets=len(kept), runs=runs)
    terminal.out.print(Text(terminal.fold(heading), style="bold"))
    terminal.tell(known.text(terminal.language))
    if not math.isnan(known.skill):
        score = f"{100 * known.skill:.0f}".replace("-", "−")
        said = [terminal.text("bets.cli.mean_score", score=score)]
        said.append(terminal.text("bets.cli.score_note"))
        terminal.tell(("" if terminal.language == "zh" else " ").join(said))
    if known.count:
        terminal.out.print()
        terminal.out.print(_groups(terminal, known))
        terminal.out.print()
        terminal.tell(terminal.text("bets.cli.fits_note"))
    terminal.out.print()
    terminal.out.print(Text(terminal.text("bets.cli.latest"), style="bold"))
    for item in kept[: -_LATEST - 1 : -1]:
        of = _scenario(item.scenario_id)
        title = item.scenario_id if of is None else of.title.text(terminal.language)
        question = _question(terminal, of, item)
        terminal.tell(terminal.text("bets.cli.of_run", scenario=title, question=question))
        terminal.tell(_line(terminal, of, item.settled))
    if len(kept) > _LATEST:
        terminal.tell(terminal.text("bets.cli.more", count=len(kept) - _LATEST))
    return 0


def _groups(terminal: Terminal, known: Any) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(terminal.text("bets.cli.column.kind"), overflow="fold")
    for name in ("sure", "count", "came", "fits"):
        table.add_column(terminal.text(f"bets.cli.column.{name}"), justify="right")
    for kind in ("probabilities", "intervals"):
        groups = getattr(known, kind)
        for place, group in enumerate(groups):
            table.add_row(
                terminal.text(f"bets.cli.kind.{kind}") if place == 0 else "",
                f"{100 * group.confidence:.0f}%",
                str(group.count),
                f"{100 * group.share:.0f}%",
                f"{100 * group.low:.0f}%–{100 * group.high:.0f}%",
                end_section=place == len(groups) - 1,
            )
    return table


@cache
def _scenario(scenario_id: str) -> Scenario | None:
    """The scenario that goes by this id here, for the names of its ways."""
    from sim.scenario import Scenario

    try:
        return Scenario.load(scenario_id)
    except StrollError:
        return None


def _question(terminal: Terminal, scenario: Scenario | None, item: KeptBet) -> str:
    question = item.settled.bet.question
    if scenario is not None:
        return question.text(scenario, terminal.language)
    return terminal.text(f"metrics.{question.metric}.name") if question.metric else NOTHING


def _data(terminal: Terminal, kept: Sequence[KeptBet], known: Any) -> dict[str, Any]:
    def group(one: Any) -> dict[str, float]:
        return {
            "confidence": one.confidence, "bets": one.count, "right": one.right,
            "share": one.share, "low": one.low, "high": one.high,
        }  # fmt: skip

    return {
        "bets": len(kept),
        "runs": len({item.run for item in kept}),
        "verdict": known.verdict,
        "sentence": known.text(terminal.language),
        "skill": known.skill,
        "counted": known.count,
        "probabilities": [group(one) for one in known.probabilities],
        "intervals": [group(one) for one in known.intervals],
        "list": [
            {
                **item.settled.bet.to_data(),
                "run": item.run,
                "scenario": item.scenario_id,
                "played_at": item.played_at,
                "outcome": item.settled.outcome,
                "void": item.settled.void,
                "hit": item.settled.hit,
                "skill": item.settled.skill,
            }
            for item in kept
        ],
    }
