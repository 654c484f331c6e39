"""What one worker of a sweep does: some ways of playing one scenario on one crowd.

This is sent to other processes and other machines, so it takes and gives plain data only, and
imports the model when it is called: the compiled code has found its folder by then.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from typing import Any

# Set in processes of our own, so that Ctrl-C stops them within a day of a campaign.
_stop: Any = None


def begin(stop: Any) -> None:
    """Readies a process of our own: the one that started it hears Ctrl-C and says when to stop."""
    global _stop
    _stop = stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def play_ways(data: dict[str, Any], ways: Sequence[str], seed: int) -> dict[str, Any]:
    """Plays each way on the crowd `seed` of a scenario given as canonical data.

    Gives {"engine": its version, "figures": {way: {metric: value}}}; ways are missing when it was
    told to stop.
    """
    from sim.model import ENGINE_VERSION
    from sim.model.town import build_town
    from sim.model.world import World
    from sim.play.batch import Stopped, figures_of, plans_of, play_plan
    from sim.play.timeline import Timeline
    from sim.scenario import Scenario

    scenario = Scenario.from_data(data)
    fresh = World(scenario, [seed], town=build_town(scenario))
    end = Timeline.of(scenario).end
    stopped = None if _stop is None else _stop.is_set
    found: dict[str, dict[str, float]] = {}
    try:
        for way, plan in plans_of(scenario, ways).items():
            world = fresh.fork()
            events = play_plan(world, plan, end, stopped)
            found[way] = {name: float(value) for name, value in figures_of(world, events).items()}
    except Stopped:
        pass
    return {"engine": ENGINE_VERSION, "figures": found}
