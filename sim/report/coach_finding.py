"""What the coach says: findings with their evidence, and one thing to try."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from sim import wording
from sim.errors import Phrase
from sim.play.branch import BranchTree
from sim.play.branch_words import Clause
from sim.play.luck import Verdict
from sim.report.coach_change import Change
from sim.report.html_gather import Note
from sim.report.html_numbers import difference, figure
from sim.report.ledger_charge import Charge
from sim.report.numbers import chance_text

# Keeps a sign on its figure's line where a page is set; plain data does without.
_JOINER = "\u2060"


@dataclass(frozen=True)
class Amount:
    """A figure of a metric, with its unit; signed: with its sign."""

    metric: str
    value: float
    signed: bool = False

    def text(self, language: str) -> str:
        """As it stands in a sentence."""
        write = difference if self.signed else figure
        return write(self.metric, self.value, language)


@dataclass(frozen=True)
class Evidence:
    """Where to look: everything a finding rests on.

    moment, until  ticks of the stretch it is about
    change         what was tried instead, None for a bet
    branch         its number in `Coaching.tree`, None when there is none
    charges        entries of the ledger; each holds the numbers of its events
    bet            its place among the settled bets
    """

    moment: int
    until: int
    change: Change | None = None
    branch: int | None = None
    charges: tuple[Charge, ...] = ()
    bet: int | None = None

    @property
    def events(self) -> tuple[int, ...]:
        """Numbers in run.events() of everything the charges rest on."""
        return tuple(sorted({number for charge in self.charges for number in charge.evidence}))


@dataclass(frozen=True)
class Finding:
    """One thing about this run.

    kind     "cost" (another way would have brought more), "gain" (the way chosen brought more than
             the reference), "ledger", "best_line" or "bet"
    verdict  the other way less the player's, by the goal, on crowds that had no part in choosing
             it; for a bet, what came less what was bet
    effect   on the scenario's goal, on average over other crowds; None for what has none
    here     the same with the player's own crowd
    """

    kind: str
    verdict: Verdict
    effect: float | None
    here: float | None
    evidence: Evidence
    sentences: tuple[Clause, ...]
    heading: Clause

    @property
    def beyond_luck(self) -> bool:
        """Whether other crowds would hardly have turned it round."""
        return self.verdict.clear

    def title(self, language: str) -> str:
        """A few words."""
        return self.heading.text(language)

    def text(self, language: str) -> str:
        """One to three sentences."""
        told = [clause.text(language) for clause in self.sentences]
        return reduce(lambda one, other: _pair("coach.both", language, one, other), told)

    def to_data(self, tree: BranchTree) -> dict[str, Any]:
        """Plain JSON-able data, worded in both languages."""
        evidence, timeline = self.evidence, tree.timeline
        change = evidence.change.to_data(timeline) if evidence.change is not None else None
        return {
            "kind": self.kind, "beyond_luck": self.beyond_luck, "verdict": self.verdict.kind,
            "effect": self.effect, "here": self.here, "crowds": self.verdict.crowds,
            "wins": self.verdict.wins, "losses": self.verdict.losses,
            "evidence": {
                "moment": evidence.moment, "until": evidence.until, "change": change,
                "events": list(evidence.events), "bet": evidence.bet,
                "charges": [charge.to_data() for charge in evidence.charges],
            },
            "title": _both(self.title),
            "text": _both(self.text),
        }  # fmt: skip


@dataclass(frozen=True)
class Advice:
    """The one thing to try next: a change that was simulated and is better beyond luck."""

    change: Change
    branch: int
    verdict: Verdict
    here: float
    clause: Clause

    def text(self, language: str) -> str:
        """One sentence."""
        return self.clause.text(language)

    def to_data(self, tree: BranchTree) -> dict[str, Any]:
        """Plain JSON-able data, worded in both languages."""
        return {
            **self.change.to_data(tree.timeline),
            "effect": self.verdict.mean, "here": self.here, "crowds": self.verdict.crowds,
            "text": _both(self.text),
        }  # fmt: skip


@dataclass(frozen=True)
class Coaching:
    """What is known about a run.

    findings   at most three, those with the greatest effect on the goal first
    advice     None when nothing that was tried is better beyond luck
    tree       the run and the branches that were tried, to be opened
    tried      how many changes were tried; crowds: how many others the best of them met
    lives      simulated so far; budget: how many may be
    settled    False while it goes on
    """

    findings: tuple[Finding, ...]
    advice: Advice | None
    tree: BranchTree = field(repr=False, compare=False)
    tried: int
    crowds: int
    lives: int
    budget: int
    settled: bool

    def advice_text(self, language: str) -> str:
        """What to try next, or, honestly, that there is nothing to be had."""
        if self.advice is not None:
            return self.advice.text(language)
        return Phrase("coach.nothing", tried=self.tried, crowds=self.crowds).text(language)

    def notes(self, language: str) -> list[Note]:
        """For sim.report.html_gather."""
        said = [(finding.title(language), finding.text(language)) for finding in self.findings]
        said.append((wording.text("coach.next", language), self.advice_text(language)))
        paragraphs = (_pair("coach.headed", language, *both) for both in said)
        return [Note(wording.text("coach.heading", language), tuple(paragraphs))]

    def to_data(self) -> dict[str, Any]:
        """Plain JSON-able data, worded in both languages."""
        return {
            "findings": [finding.to_data(self.tree) for finding in self.findings],
            "advice": self.advice.to_data(self.tree) if self.advice is not None else None,
            "next": _both(self.advice_text),
            "tried": self.tried, "crowds": self.crowds, "lives": self.lives,
            "settled": self.settled,
        }  # fmt: skip


def _both(write: Callable[[str], str]) -> dict[str, str]:
    """A text in both languages, as plain data."""
    return {language: write(language).replace(_JOINER, "") for language in wording.LANGUAGES}


def _pair(key: str, language: str, one: str, other: str) -> str:
    return wording.text(key, language, one=one, other=other)


def values_of(goal: str, verdict: Verdict, here: float | None, **more: Any) -> Mapping[str, Any]:
    """What sentences about a simulated difference are filled with."""
    wins = verdict.losses if verdict.mean < 0 else verdict.wins
    return {
        "goal": Phrase(f"metrics.{goal}.name"),
        "here": Amount(goal, here if here is not None else float("nan"), signed=True),
        "mean": Amount(goal, verdict.mean, signed=True),
        "wins": wins, "crowds": verdict.crowds, "chance": chance_text(verdict.chance), **more,
    }  # fmt: skip
