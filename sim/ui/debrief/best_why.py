"""Why the best line known is better, in sentences: what it changes, at what cost, and for whom."""

from __future__ import annotations

from collections.abc import Iterable

from sim.play.best_line import BestKnown
from sim.play.best_line_reasons import Reason
from sim.ui.debrief.own_crowd import OwnCrowd
from sim.ui.debrief.words import figure, metric_name, say

_MOST_GAINS, _MOST_COSTS = 3, 2


def reason_lines(reasons: Iterable[Reason], language: str) -> list[tuple[str, str]]:
    """("better" or "worse", a sentence) from figures that clearly differ."""
    known = list(reasons)
    # what is neither good nor bad by itself is told where it helps to understand the gain
    gains = [reason for reason in known if reason.better is not False][:_MOST_GAINS]
    costs = [reason for reason in known if reason.better is False][:_MOST_COSTS]
    better = say("best.why.better", language, parts=_parts(gains, language))
    worse = say("best.why.worse", language, parts=_parts(costs, language))
    return [
        ("better", better if gains else say("best.why.together", language)),
        ("worse" if costs else "", worse if costs else say("best.why.no_cost", language)),
    ]


def why_lines(found: BestKnown, crowd: OwnCrowd | None, language: str) -> list[tuple[str, str]]:
    """(mark, sentence) about a settled best line that is clearly above the player's; else none."""
    if not found.settled or found.verdict.kind != "higher":
        return []
    lines = reason_lines(found.reasons, language)
    if crowd is None:
        return [*lines, ("crowd", say("best.why.crowd_waiting", language))]
    text = say(
        "best.why.crowd", language, buy=crowd.buy, fans=crowd.fans, no_more=crowd.buy_no_more,
        returns=_signed(crowd.returns), unfollowed=_signed(crowd.unfollowed),
    )  # fmt: skip
    return [*lines, ("crowd", text)]


def _parts(reasons: list[Reason], language: str) -> str:
    told = [
        say(
            "best.why.part", language, metric=metric_name(reason.metric, language),
            own=figure(reason.metric, reason.going_on, language),
            best=figure(reason.metric, reason.advised, language),
        )
        for reason in reasons
    ]  # fmt: skip
    return say("best.why.comma", language).join(told)


def _signed(value: float) -> str:
    return f"{value:+.0f}".replace("-", "−") if value else "±0"
