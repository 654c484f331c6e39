"""What can be said of a run that was simulated again: how far it came, and whether it is true.

verdict = verdict_of(replay("run.jsonl"))
for sentence in verdict.sentences: print(sentence.text("en"))
sys.exit(verdict.exit_code)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.errors import Phrase
from sim.model import TICKS_PER_DAY
from sim.model.decisions import SetMix, SetTactic
from sim.model.planning import PlanLive, PublishNote
from sim.play.capsule import Verification
from sim.play.replay import Replay
from sim.play.run import Run
from sim.scenario.differences import Known, known

# Exit codes for who grades with a script: only a finished, true run of the lesson known here is 0.
# What cannot be read or simulated here at all is a JournalError, and that is 2.
EXIT_CODES = {"verified": 0, "false": 1, "unfinished": 3, "other_lesson": 4}


@dataclass(frozen=True)
class Verdict:
    """The outcome of simulating a saved run again.

    outcome    "verified"; "other_lesson": verified, but nothing says that its scenario is the one
               that was given out: the one of that id here differs, is broken or missing;
               "unfinished": true as far as it goes; "false": it is not what it claims
    sentences  in the order to be said; the first one is the outcome
    checked    fingerprints that came out again
    lesson     how its scenario relates to the one of that id on this machine
    """

    outcome: str
    sentences: tuple[Phrase, ...]
    checked: int
    lesson: Known

    @property
    def exit_code(self) -> int:
        """0 verified, 1 false, 3 not finished, 4 verified but not of a lesson known here."""
        return EXIT_CODES[self.outcome]

    def to_data(self, language: str | None = None) -> dict[str, Any]:
        """Plain JSON-able data, worded in `language`."""
        return {
            "outcome": self.outcome,
            "checked": self.checked,
            "lesson": self.lesson.to_data(),
            "sentences": [sentence.text(language) for sentence in self.sentences],
        }


def verdict_of(again: Replay | Verification) -> Verdict:
    """What is to be said of a journal or a capsule after it was simulated again."""
    wrong, right, checked = _of_capsule(again) if isinstance(again, Verification) else _of(again)
    lesson = known(again.run.scenario)
    finished = again.run.phase == "finished"
    if isinstance(again, Replay):
        finished = again.recording.finished
    if wrong:
        # How far it came is said after what is wrong with it.
        more = [standing(again.run)] if not finished else []
        return Verdict("false", (*wrong, *more, *_about(lesson)), checked, lesson)
    if not finished:
        sentences = (standing(again.run), right, *_about(lesson))
        return Verdict("unfinished", sentences, checked, lesson)
    if lesson.phrase is not None:
        but = Phrase("journal.verdict.verified_but", but=lesson.phrase)
        return Verdict("other_lesson", (but, right), checked, lesson)
    return Verdict("verified", (Phrase("journal.verdict.verified"), right), checked, lesson)


def standing(run: Run) -> Phrase:
    """How far a run came that was not finished, as a whole sentence that begins so."""
    line, tick = run.timeline, run.tick
    clock = line.clock(tick)
    if tick >= line.end:
        return Phrase("journal.standing.no_figures")
    if line.days > 1 and tick < line.closes:
        day = tick // TICKS_PER_DAY + 1
        return Phrase("campaign.standing", day=day, days=line.days, clock=clock)
    if tick < line.live_start:
        return Phrase("journal.standing.before", clock=clock)
    if tick < line.live_end:
        return Phrase("journal.standing.live", clock=clock)
    if tick < line.closes or not run.scenario.nights:
        return Phrase("journal.standing.evening", clock=clock)
    nights = run.scenario.nights
    night = min(1 + (tick - line.closes) // TICKS_PER_DAY, nights)
    return Phrase("journal.standing.night", night=night, nights=nights, clock=clock)


def moment(run: Run, tick: int | None = None) -> Phrase:
    """A tick, or where the run stands, in words of day and clock."""
    tick = run.tick if tick is None else tick
    return Phrase("journal.moment", day=run.timeline.day(tick), clock=run.timeline.clock(tick))


def played(run: Run) -> Phrase:
    """The tactic with which the live began, those that followed, and how many decisions."""
    if run.timeline.days > 1:
        return _lived(run)
    used = [run.scenario.reference]
    for tick, decision in run.decisions:
        if not isinstance(decision, SetTactic | SetMix):
            continue
        name = decision.tactic if isinstance(decision, SetTactic) else ""
        if tick <= run.live_start_tick:
            used[-1] = name
        else:
            used.append(name)
    names = [_title(run, name) for name in dict.fromkeys(used)]
    count = len(run.decisions)
    if len(names) == 1:
        return Phrase("journal.played.one", first=names[0], count=count)
    return Phrase("journal.played.several", first=names[0], others=names[1:], count=count)


def _lived(run: Run) -> Phrase:
    """How many lives and notes a campaign had, and its tactics in the order of their first use."""
    decisions = [decision for _, decision in run.decisions]
    used = [
        decision.tactic if isinstance(decision, SetTactic) else ""
        for decision in decisions
        if isinstance(decision, SetTactic | SetMix)
    ]
    return Phrase(
        "campaign.played",
        lives=sum(isinstance(d, PlanLive) and d.minutes > 0 for d in decisions),
        notes=sum(isinstance(d, PublishNote) for d in decisions),
        tactics=[_title(run, name) for name in dict.fromkeys(used)] or Phrase("campaign.no_tactic"),
        count=len(decisions),
    )


def _title(run: Run, name: str) -> Any:
    return run.scenario.tactics[name].title if name else Phrase("journal.played.mix")


def _about(lesson: Known) -> tuple[Phrase, ...]:
    if lesson.phrase is None:
        return ()
    return (Phrase("journal.verdict.note", what=lesson.phrase),)


def _of(again: Replay) -> tuple[list[Phrase], Phrase, int]:
    """What is wrong with a journal, what is right about it, and how many fingerprints are."""
    checked, recording, wrong = again.checked, again.recording, []
    if recording.fault is not None:
        wrong.append(Phrase("journal.verdict.damaged", fault=recording.fault))
    if again.difference is not None:
        when = moment(again.run, again.difference.tick)
        wrong.append(Phrase("journal.verdict.differs", moment=when, checked=checked))
    if again.false_figures:
        wrong.append(Phrase("journal.verdict.false_figures", names=_names(again.false_figures)))
    if recording.finished:
        name = "finished" if checked else "figures_only"
        return wrong, Phrase(f"journal.verdict.{name}", checked=checked), checked
    if not checked:
        return wrong, Phrase("journal.verdict.nothing"), checked
    ticks = [entry.tick for entry in recording.entries if entry.kind == "digest"]
    right = Phrase("journal.verdict.up_to", checked=checked, moment=moment(again.run, ticks[-1]))
    return wrong, right, checked


def _of_capsule(again: Verification) -> tuple[list[Phrase], Phrase, int]:
    if not again.same_end:
        return [Phrase("capsule.other_end")], Phrase("capsule.verified"), 0
    names = _names(again.false_figures)
    wrong = [Phrase("capsule.false_figures", names=names)] if names else []
    return wrong, Phrase("capsule.verified"), 1


def _names(figures: tuple[str, ...]) -> list[Phrase | str]:
    """The figures' names as they are known; what a forger made up is quoted, shortened."""
    from sim import wording

    return [
        Phrase(f"metrics.{name}.name") if wording.has(f"metrics.{name}.name") else _quoted(name)
        for name in figures
    ]


def _quoted(name: str) -> Phrase:
    from sim.scenario.document import shorten

    return Phrase("errors.found.text", value=shorten(name))
