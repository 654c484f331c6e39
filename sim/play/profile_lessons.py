"""How far a player came in each lesson: what a list of lessons shows beside each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.play.profile import Profile, RunEntry


@dataclass(frozen=True)
class LessonRecord:
    """What the profile knows of one lesson.

    runs       how many runs of it are kept
    stars      the most that one of them reached; None while none was judged
    best       the earliest run that reached these; None while none was judged
    last       the latest run; None when it was begun but never finished
    state      how far somebody came in it, as `Profile.set_lesson` kept it
    """

    scenario_id: str
    runs: int = 0
    stars: int | None = None
    best: RunEntry | None = None
    last: RunEntry | None = None
    state: Mapping[str, Any] = field(default_factory=dict)


def lesson_records(profile: Profile) -> dict[str, LessonRecord]:
    """Every lesson that was begun or played, by the id of its scenario, in the order of ids."""
    counted = profile.read(
        "SELECT scenario_id, COUNT(*), MAX(number), MAX(stars) FROM runs GROUP BY scenario_id"
    )
    reached = dict(
        profile.read(
            "SELECT scenario_id, MIN(number) FROM runs AS one WHERE stars ="
            " (SELECT MAX(stars) FROM runs WHERE scenario_id = one.scenario_id)"
            " GROUP BY scenario_id"
        )
    )
    states = profile.lessons()
    records = {
        name: LessonRecord(
            scenario_id=name,
            runs=count,
            stars=stars,
            best=profile.run(reached[name]) if name in reached else None,
            last=profile.run(last),
            state=states.get(name, {}),
        )
        for name, count, last, stars in counted
    }
    for name, state in states.items():
        records.setdefault(name, LessonRecord(name, state=state))
    return dict(sorted(records.items()))
