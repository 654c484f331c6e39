"""A capsule: a run in one small file, or in a code that can be typed or scanned.

    capsule = capsule_of(run)
    save_capsule(capsule, path)              # sim.play.capsule_file
    code_of(capsule)                         # sim.play.capsule_code; None when it would be too long
    verify(load_capsule(path))               # simulates it again

A capsule says which scenario, which crowd and which decisions; everything else about the run
follows from these. It also claims a fingerprint of its end and figures. `verify` believes neither:
it simulates the run again and compares.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.errors import DecisionError, JournalError, Phrase, ScenarioError
from sim.model import ENGINE_VERSION, TICKS_PER_HOUR
from sim.model.decisions import decision_from_data
from sim.play.journal import plain_number
from sim.play.run import Run
from sim.scenario import Scenario, catalog

if TYPE_CHECKING:
    from sim.model.decisions import Decision

HASH_DIGITS = 64
DIGEST_DIGITS = 32
MOST_DECISIONS = 20_000
MOST_FIGURES = 200
MOST_TICKS = 2**31
_FIGURE_TOLERANCE = 1e-9

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Capsule:
    """What a run consists of, and what it is said to have come to.

    engine          version of the rules it was run with
    scenario_id, scenario_hash     a code knows only the hash's beginning
    scenario_data   the whole scenario; None when it is one that the program comes with
    seed            the crowd
    decisions       (tick, the decision's data), in order
    tick            how far the run came
    digest          fingerprint of its state then; a code knows only its beginning
    figures         its figures then; a code has none
    """

    engine: str
    scenario_id: str
    scenario_hash: str
    scenario_data: Mapping[str, Any] | None
    seed: int
    decisions: tuple[tuple[int, Mapping[str, Any]], ...]
    tick: int
    digest: str
    figures: Mapping[str, float | None]


@dataclass(frozen=True)
class Verification:
    """A capsule's run, simulated again.

    run            the run, at the tick where the capsule ends
    same_end       whether the fingerprint came out again
    false_figures  names of the figures in the capsule that differ from those of `run`
    """

    capsule: Capsule
    run: Run
    same_end: bool
    false_figures: tuple[str, ...]

    @property
    def verified(self) -> bool:
        """Whether the run is what its capsule says. Figures are to be taken from `run` anyway."""
        return self.same_end and not self.false_figures

    def sentence(self, language: str) -> str:
        """The outcome in one sentence."""
        if not self.same_end:
            return Phrase("capsule.other_end").text(language)
        if self.false_figures:
            names = [Phrase(f"metrics.{name}.name") for name in self.false_figures]
            return Phrase("capsule.false_figures", names=names).text(language)
        return Phrase("capsule.verified").text(language)


def capsule_of(run: Run, shipped: bool | None = None) -> Capsule:
    """The capsule of a run as far as it came.

    shipped: whether the program comes with its scenario; who makes many capsules asks once.
    """
    scenario = run.scenario
    shipped = is_shipped(scenario) if shipped is None else shipped
    return Capsule(
        engine=ENGINE_VERSION,
        scenario_id=scenario.id,
        scenario_hash=scenario.hash,
        scenario_data=None if shipped else scenario.canonical(),
        seed=run.seed,
        decisions=tuple((tick, decision.to_data()) for tick, decision in run.decisions),
        tick=run.tick,
        digest=run.digest(),
        figures={name: plain_number(value) for name, value in run.report().items()},
    )


def is_shipped(scenario: Scenario) -> bool:
    """Whether the program comes with exactly this scenario."""
    return any(
        entry.shipped and entry.id == scenario.id and _loaded_hash(entry.path) == scenario.hash
        for entry in catalog()
    )


def find_scenario(beginning: str, scenario_id: str = "") -> Scenario | None:
    """The scenario of the catalogue whose hash begins so; None when there is none.

    scenario_id: is looked at first when given; the others follow, since files may be renamed.
    """
    entries = sorted(catalog(), key=lambda entry: entry.id != scenario_id)
    for entry in entries:
        try:
            scenario = Scenario.load(entry.path)
        except ScenarioError:
            continue
        if scenario.hash.startswith(beginning):
            return scenario
    return None


def verify(capsule: Capsule, progress: Progress | None = None) -> Verification:
    """Simulates a capsule's run again and compares; progress(done, total) is called with ticks.

    JournalError, as one plain sentence, when it cannot be simulated here: another engine, a
    scenario that is unknown or not valid, a decision that its run refuses, too many ticks.
    """
    check_engine(capsule.engine)
    run = Run(_scenario_of(capsule), seed=capsule.seed)
    if not 0 <= capsule.tick <= run.end_tick:
        raise JournalError(Phrase("capsule.no_such_tick", tick=capsule.tick))
    # all are read before anything is simulated, so that a forged one costs no time
    steps = [(tick, _decision(n, data)) for n, (tick, data) in enumerate(capsule.decisions, 1)]
    for number, (tick, decision) in enumerate(steps, 1):
        if not run.tick <= tick <= capsule.tick:
            raise JournalError(Phrase("capsule.no_such_tick", tick=tick))
        _advance_to(run, tick, capsule.tick, progress)
        try:
            run.decide(decision)
        except DecisionError as error:
            raise _refused(number, error) from error
    _advance_to(run, capsule.tick, capsule.tick, progress)
    simulated = run.report()
    return Verification(
        capsule=capsule,
        run=run,
        same_end=run.digest().startswith(capsule.digest),
        false_figures=tuple(
            name
            for name, claimed in capsule.figures.items()
            if not _same(claimed, plain_number(simulated.get(name, math.nan)))
        ),
    )


def check_engine(engine: str) -> None:
    """JournalError when a capsule is another engine's."""
    if engine != ENGINE_VERSION:
        raise JournalError(
            Phrase("capsule.other_engine", found=_printable(engine), ours=ENGINE_VERSION)
        )


def unknown_scenario(scenario_id: str) -> JournalError:
    """The error that says that a capsule's scenario is not known here."""
    name = _printable(scenario_id)
    return JournalError(
        Phrase("capsule.unknown_scenario", id=name)
        if name
        else Phrase("capsule.unknown_scenario_of_code")
    )


def _scenario_of(capsule: Capsule) -> Scenario:
    if capsule.scenario_data is None:
        scenario = find_scenario(capsule.scenario_hash, capsule.scenario_id)
        if scenario is None:
            raise unknown_scenario(capsule.scenario_id)
        return scenario
    try:
        scenario = Scenario.from_data(dict(capsule.scenario_data))
    except ScenarioError as error:
        problem = error.problems[0].message if error.problems else ""
        raise JournalError(Phrase("capsule.bad_scenario", problem=problem)) from error
    if scenario.hash != capsule.scenario_hash or scenario.id != capsule.scenario_id:
        raise JournalError(Phrase("capsule.other_scenario"))
    return scenario


def _loaded_hash(path: Any) -> str | None:
    try:
        return Scenario.load(path).hash
    except ScenarioError:
        return None


def _decision(number: int, data: Mapping[str, Any]) -> Decision:
    try:
        return decision_from_data(dict(data))
    except DecisionError as error:
        raise _refused(number, error) from error


def _refused(number: int, error: DecisionError) -> JournalError:
    return JournalError(Phrase("capsule.refused_decision", number=number, problem=error.message))


def _advance_to(run: Run, tick: int, total: int, progress: Progress | None) -> None:
    while run.tick < tick:
        # an hour between two looks at the keyboard
        run.advance_ticks(min(tick - run.tick, TICKS_PER_HOUR))
        if progress is not None:
            progress(run.tick, total)


def _same(claimed: float | None, found: float | None) -> bool:
    if claimed is None or found is None:
        return claimed is found
    return math.isclose(claimed, found, rel_tol=_FIGURE_TOLERANCE, abs_tol=_FIGURE_TOLERANCE)


def _printable(text: str) -> str:
    return "".join(letter for letter in text[:40] if letter.isprintable())
