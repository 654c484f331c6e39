"""What became of the bets: one card for each on the result page."""

from __future__ import annotations

from sim.play.bets import IntervalBet, ProbabilityBet, Settled
from sim.ui import theme
from sim.ui.art import icons
from sim.ui.debrief.words import figure, plain, points
from sim.ui.painter import Box, Painter
from sim.ui.screens.bets import amount, asked, said_chance, say, tactic_name
from sim.ui.wagers import Keeping

_GAP = 12.0
_CARD = 106.0  # what the words of one card take


def draw(painter: Painter, box: Box, kept: Keeping, scenario, language: str) -> None:
    """All bets of a run, or that they are still being checked."""
    x, y, width, height = box
    painter.text(say("result.heading", language), (x, y, width, 28), 18, "medium", theme.SOFT_INK)
    if kept.settled is None:
        key = "result.failed" if kept.failed else "result.waiting"
        painter.text(say(key, language), (x, y + 44, width, 28), 17, "medium", theme.INK)
        return
    settled = kept.settled
    each = min(140.0, (height - 38 - 34 - _GAP * (len(settled) - 1)) / max(1, len(settled)))
    for number, item in enumerate(settled):
        top = y + 38 + number * (each + _GAP)
        _card(painter, (x, top, width, each), item, scenario, language)
    foot = (x, y + height - 30, width, 26)
    if kept.saved is False:
        text, colour = say("result.not_saved", language), theme.POOR
    else:
        text, colour = say("result.score_note", language), theme.SOFT_INK
    painter.text(text, foot, theme.SMALL, "medium", colour, smallest=11)


def _card(painter: Painter, box: Box, item: Settled, scenario, language: str) -> None:
    x, y, width, height = box
    painter.rect(box, (255, 255, 255, 190), 18)
    mark, colour = _mark_of(item)
    spot = (x + 18, y + height / 2 - 19, 38, 38)

    def seal(c) -> None:
        c.circle(19, 19, 19, colour)
        icons.mark(c, mark, 19, 19, 9, "#FFFFFF")

    painter.art(("bet seal", mark, colour), spot, seal)
    left, right = x + 72, x + width - 190
    y, height = y + max(0.0, (height - _CARD) / 2), min(height, _CARD)
    question = item.bet.question
    painter.text(
        asked(question, scenario, language), (left, y + 8, right - left - 10, 28), 17, "medium",
        smallest=13,
    )  # fmt: skip
    half = (right - left) / 2
    said, came = _said(item, scenario, language), _came(item, scenario, language)
    pairs = (("result.you_said", said, theme.INK), ("result.came", came, colour))
    middle = y + 38
    for i, (key, value, ink) in enumerate(pairs):
        label = say(key, language)
        at = left + i * half
        used = painter.text(label, (at, middle, 90, 32), 14, "medium", theme.SOFT_INK)
        room = half - used - 20
        painter.text(value, (at + used + 10, middle, room, 32), 20, "bold", ink, smallest=12,
                     may_truncate=question.compares)  # fmt: skip
    verdict = plain(item.text(language), language)
    painter.text(verdict, (left, y + 71, right - left, 26), theme.BODY, "medium", theme.INK,
                 smallest=12)  # fmt: skip
    if not item.void:
        score = say("result.score", language, share=points(item.skill))
        painter.text(score, (right, y, 174, height), 24, "bold", colour, "right", smallest=14)


def _mark_of(item: Settled) -> tuple[str, str]:
    if item.hit is None:
        return "clock", theme.FAINT_INK
    return ("check", theme.GOOD) if item.hit else ("cross", theme.POOR)


def _said(item: Settled, scenario, language: str) -> str:
    bet, metric = item.bet, item.bet.question.metric
    if isinstance(bet, ProbabilityBet):
        return " · ".join(said_chance(bet.question, scenario, bet.probability, language))
    if isinstance(bet, IntervalBet):
        low, high = (amount(metric, value, language) for value in (bet.low, bet.high))
        return say("said.range", language, low=low, high=high)
    return "—"


def _came(item: Settled, scenario, language: str) -> str:
    question = item.bet.question
    if item.void:
        return say("result.none", language)
    if not question.compares:
        return figure(question.metric, item.outcome, language)
    if item.outcome == 0.5:
        return say("result.equal", language)
    winner = str(question.one if item.outcome > 0.5 else question.other)
    return say("result.which_came", language, name=tactic_name(scenario, winner, language))
