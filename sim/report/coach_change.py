"""One change to a run that a host can make: another way to host, from a moment, for a while."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sim.errors import Phrase
from sim.model import TICKS_PER_MINUTE
from sim.model.acts import ACTS
from sim.model.decisions import Decision, SetMix, SetTactic
from sim.play.branch import BranchTree
from sim.play.branch_plan import Branch
from sim.play.branch_words import Clause
from sim.play.timeline import Timeline
from sim.report.ledger_hosting import kept_at
from sim.scenario import Scenario

_PARTS = {1.0: "no", 0.5: "half"}


@dataclass(frozen=True)
class Change:
    """From tick `start` to before `stop` the live is hosted by `decision`, then as it was.

    stop      the tick from which it is hosted as it was; the live's end when it never is
    decision  SetTactic or SetMix
    act       the act whose time is given away, None when a whole tactic takes over
    to        the act that gets this time; None: the others, in proportion
    part      which part of the act's time is given away
    by_hand   the act was performed by hand, and the stretch goes without that
    """

    start: int
    stop: int
    decision: Decision
    act: str | None = None
    to: str | None = None
    part: float = 1.0
    by_hand: bool = False
    title: Any = field(default=None, compare=False)

    def back_at(self, timeline: Timeline) -> int | None:
        """As BranchTree.branch takes it."""
        return self.stop if self.stop < timeline.live_end else None

    def branch(
        self, tree: BranchTree, parent: int = 0, name: str = "", reuse: bool = False
    ) -> Branch:
        """The change as a branch of a tree, simulated; name, reuse: as in BranchTree.branch."""
        decisions = [self.decision, *kept_at(tree[parent].decisions, self.start)]
        stop = min(self.stop, tree.timeline.live_end)
        return tree.branch(parent, self.start, decisions, back_at=stop, name=name, reuse=reuse)

    def minutes(self, timeline: Timeline) -> tuple[int, int]:
        """First and last minute since the live began."""
        start = (self.start - timeline.live_start) // TICKS_PER_MINUTE
        return start, (self.stop - timeline.live_start) // TICKS_PER_MINUTE

    def recipe(self, timeline: Timeline) -> str:
        """The change as `main.py why RUN --branch` takes it."""
        start, stop = self.minutes(timeline)
        if isinstance(self.decision, SetTactic):
            what = self.decision.tactic
        elif self.act is not None and not self.by_hand:
            what = shift_name(self.act, self.part, self.to)
        else:
            shares = self.decision.mix.items()
            what = ",".join(f"{act}={round(100 * share)}" for act, share in shares)
        back = self.back_at(timeline)
        return f"{start}:{what}" + ("" if back is None else f":{stop}")

    def clause(self) -> Clause:
        """What is changed, to be worded."""
        if self.act is None:
            return Clause("coach.change.tactic", {"tactic": self.title})
        values = {"act": Phrase(f"ledger.act.{self.act}"), "percent": round(100 * self.part)}
        if self.to is None:
            name = "left_out" if self.part >= 1.0 else "less"
            return Clause(f"coach.change.{name}", values)
        return Clause("coach.change.moved", {**values, "to": Phrase(f"ledger.act.{self.to}")})

    def overlaps(self, other: Change) -> bool:
        """Whether two changes are for the most part about the same minutes."""
        shared = min(self.stop, other.stop) - max(self.start, other.start)
        return 2 * shared >= min(self.stop - self.start, other.stop - other.start)

    def to_data(self, timeline: Timeline) -> dict[str, Any]:
        """Plain JSON-able data."""
        start, stop = self.minutes(timeline)
        return {
            "start": self.start, "stop": self.stop, "minutes": [start, stop],
            "decision": self.decision.to_data(), "recipe": self.recipe(timeline),
        }  # fmt: skip


def tactic_change(scenario: Scenario, start: int, stop: int, tactic: str) -> Change:
    """A whole tactic takes over."""
    title = scenario.tactics[tactic].title
    return Change(start, stop, SetTactic(tactic), title=title)


def mix_of_way(scenario: Scenario, way: Decision) -> Mapping[str, float]:
    """The shares of the acts that a SetTactic or SetMix stands for."""
    return way.mix if isinstance(way, SetMix) else scenario.tactics[way.tactic].mix


def shift_name(act: str, part: float, to: str | None) -> str:
    """A part of an act's time given away, as it is typed: no-hype, half-explain-to-answer."""
    return f"{_PARTS[part]}-{act}" + ("" if to is None else f"-to-{to}")


def read_shift(typed: str) -> tuple[str, float, str | None] | None:
    """(act, part, who gets it) of what `shift_name` writes; None when it is something else."""
    for part, name in _PARTS.items():
        if typed.startswith(f"{name}-"):
            act, given, to = typed.removeprefix(f"{name}-").partition("-to-")
            if act in ACTS and (to in ACTS and to != act if given else True):
                return act, part, to or None
    return None


def less_of(mix: Mapping[str, float], act: str, part: float, to: str | None) -> dict[str, float]:
    """A mix in whole per cent with a part of an act's share given to another act, or to all others
    in proportion; empty when nothing would be left to do."""
    given = part * mix.get(act, 0.0)
    others = {name: share for name, share in mix.items() if name != act and share > 0.0}
    if given <= 0.0 or (to is None and not others):
        return {}
    changed = {name: share for name, share in mix.items() if share > 0.0}
    changed[act] = mix[act] - given
    if to is not None:
        changed[to] = changed.get(to, 0.0) + given
    else:
        total = sum(others.values())
        for name, share in others.items():
            changed[name] = share + given * share / total
    return _whole_per_cent(changed)


def _whole_per_cent(mix: Mapping[str, float]) -> dict[str, float]:
    """Shares rounded to whole per cent that still sum to one; acts without any are left out."""
    exact = {name: 100.0 * share for name, share in mix.items()}
    whole = {name: int(value + 1e-9) for name, value in exact.items()}
    by_rest = sorted(exact, key=lambda name: (whole[name] - exact[name], name))
    for name in by_rest[: 100 - sum(whole.values())]:
        whole[name] += 1
    return {name: value / 100.0 for name, value in whole.items() if value}
