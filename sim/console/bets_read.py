"""Bets as they are typed behind --bet: a figure and its range, or which of two brings more."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from sim import wording
from sim.console.progress import Progress
from sim.console.shared import _folded, prepare
from sim.console.terminal import Terminal
from sim.console.ways import metrics_shown, named_way
from sim.errors import StrollError
from sim.report.numbers import in_full, unit_of

if TYPE_CHECKING:
    from sim.play.bets import Bet, Question
    from sim.scenario import Scenario

ASK = "ask"
_OPTION = "--bet"
# Between the two ends of a range, and between two ways of which the first brings more.
_TO = re.compile(r"\.\.|~|〜|～|–|—|到|(?<=[\d%元])-(?=[\d.])")
_MORE = re.compile(r"[>＞]")
_CHANCES = (0.1, 0.3, 0.5, 0.7, 0.9)


def bets_called(terminal: Terminal, scenario: Scenario, typed: Sequence[str]) -> list[Bet]:
    """The bets that were typed, all read before anything is simulated that they are about.

    BadParameter, with one plain sentence, for what is no bet.
    """
    split = [_split(terminal, text) for text in typed if _folded(text) != ASK]
    bets = [_read(terminal, scenario, what, guess) for what, guess in split]
    if any(_folded(text) == ASK for text in typed):
        bets += ask(terminal, scenario)
    return bets


def _split(terminal: Terminal, text: str) -> tuple[str, str]:
    what, equals, guess = text.replace("＝", "=").partition("=")
    if not (what.strip() and equals and guess.strip()):
        raise _refused(terminal, "form", typed=text)
    return what.strip(), guess.strip()


def _read(terminal: Terminal, scenario: Scenario, what: str, guess: str) -> Bet:
    if _MORE.search(what):
        return _chance(terminal, scenario, what, guess)
    metric = _metric(terminal, scenario, what)
    low, high = _range(terminal, metric, guess)
    return _interval(terminal, question_of(terminal, scenario, metric), low, high)


def _range(terminal: Terminal, metric: str, typed: str) -> tuple[float, float]:
    ends = _TO.split(typed)
    if len(ends) != 2:
        raise _refused(terminal, "range", metric=_name(terminal, metric), typed=typed)
    low, high = (_number(terminal, end, unit_of(metric)) for end in ends)
    # without a sign a share above one can only be per cent, and then both ends are
    if unit_of(metric) == "share" and "%" not in typed and "％" not in typed and high > 1.0:
        return low / 100.0, high / 100.0
    return low, high


def question_of(terminal: Terminal, scenario: Scenario, metric: str) -> Question:
    """The question about a figure of the player's own run, with what is possible."""
    from sim.play.bets_questions import question_about

    prepare(terminal)
    with Progress(terminal, terminal.text("bets.cli.possible")) as progress:
        return question_about(scenario, metric, progress)


def _interval(terminal: Terminal, question: Question, low: float, high: float) -> Bet:
    from sim.play.bets import IntervalBet

    try:
        return IntervalBet(question, low, high)
    except StrollError as error:
        ends = possible(terminal, question)
        name = _name(terminal, question.metric)
        raise _refused(terminal, "outside", metric=name, low=ends[0], high=ends[1]) from error


def possible(terminal: Terminal, question: Question) -> list[str]:
    """The least and the most that a figure is thought to come to, as they are typed."""
    unit = unit_of(question.metric)
    return [in_full(end, unit, terminal.language) for end in (question.low, question.high)]


def _chance(terminal: Terminal, scenario: Scenario, what: str, guess: str) -> Bet:
    from sim.play.bets import ProbabilityBet, Question

    named = [part.strip() for part in _MORE.split(what)]
    if len(named) != 2:
        raise _refused(terminal, "form", typed=what)
    one, other = (named_way(terminal, scenario, name, _OPTION) for name in named)
    if one == other:
        raise _refused(terminal, "same", typed=what)
    chance = _number(terminal, guess, "share")
    if "%" not in guess and "％" not in guess and chance > 1.0:
        chance /= 100.0
    try:
        return ProbabilityBet(Question(scenario.goal, one, other), chance)
    except StrollError as error:
        raise _refused(terminal, "chance", typed=guess) from error


def _metric(terminal: Terminal, scenario: Scenario, typed: str) -> str:
    """The figure that somebody means by its id, or by its name in either language."""
    metrics = metrics_shown(scenario)
    meant = {_folded(metric): metric for metric in metrics}
    for metric in metrics:
        for language in wording.LANGUAGES:
            meant.setdefault(_folded(wording.text(f"metrics.{metric}.name", language)), metric)
    if _folded(typed) in meant:
        return meant[_folded(typed)]
    near = difflib.get_close_matches(_folded(typed), meant, n=1)
    known = terminal.text("errors.list.separator").join(
        terminal.text("cli.tactic.known", id=metric, title=_name(terminal, metric))
        for metric in metrics
    )
    if near:
        raise _refused(terminal, "no_figure_near", typed=typed, near=meant[near[0]])
    raise _refused(terminal, "no_figure", typed=typed, known=known)


def _number(terminal: Terminal, typed: str, unit: str) -> float:
    """A number as people write it: 1,200 or 12% or 800元; of a share the per cent as a fraction."""
    plain = typed.strip().replace("％", "%").strip("元¥￥ ").replace(",", "").replace("，", "")
    percent = plain.endswith("%") and unit == "share"
    try:
        value = float(plain.removesuffix("%") if percent else plain)
    except ValueError:
        raise _refused(terminal, "number", typed=typed.strip()) from None
    return value / 100.0 if percent else value


def _name(terminal: Terminal, metric: str) -> str:
    return terminal.text(f"metrics.{metric}.name")


def _refused(terminal: Terminal, key: str, **values: object) -> typer.BadParameter:
    return typer.BadParameter(terminal.text(f"bets.cli.{key}", **values), param_hint=_OPTION)


def ask(terminal: Terminal, scenario: Scenario) -> list[Bet]:
    """Asks the lesson's own questions one by one; an empty line passes one over.

    When nobody is there to answer, what was answered so far stands.
    """
    from sim.play.bets import ProbabilityBet, questions

    bets: list[Bet] = []
    asked = questions(scenario) if scenario.campaign is None else ()
    if not asked:
        asked = (question_of(terminal, scenario, scenario.goal),)
    for question in asked:
        terminal.err.print()
        terminal.err.print(question.text(scenario, terminal.language), soft_wrap=True)
        if question.compares:
            for number, chance in enumerate(_CHANCES, start=1):
                said = terminal.text(f"bets.cli.sure.{number}", percent=f"{100 * chance:.0f}")
                terminal.err.print(f"  {number}  {said}")
        else:
            low, high = possible(terminal, question)
            terminal.say("bets.cli.example", low=low, high=high)
        while True:
            answer = _line(terminal)
            if answer is None:
                return bets
            if not answer:
                break
            try:
                if not question.compares:
                    ends = _range(terminal, question.metric, answer)
                    bets.append(_interval(terminal, question, *ends))
                elif answer in [str(number) for number in range(1, len(_CHANCES) + 1)]:
                    bets.append(ProbabilityBet(question, _CHANCES[int(answer) - 1]))
                else:
                    raise _refused(terminal, "pick", most=len(_CHANCES))
                break
            except typer.BadParameter as error:
                terminal.err.print(error.message, soft_wrap=True)
    return bets


def _line(terminal: Terminal) -> str | None:
    """What somebody types; None when nobody does."""
    terminal.err.print("> ", end="")
    try:
        return input().strip()
    except EOFError:
        terminal.err.print()
        return None
