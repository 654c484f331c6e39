"""Compiles the model before it is needed, so that nobody waits without seeing why."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.model.compiled import builder  # noqa: F401  sets up the cache of compiled code first
from sim.model.layout import EVENT, Log
from sim.model.phases.calendar import wake_due
from sim.model.phases.hosting import host_rooms
from sim.model.phases.ordering import settle_orders
from sim.model.phases.parcels import move_parcels
from sim.model.phases.ranking import learn_ranking, note_impressions
from sim.model.tick import advance_world, meet_people
from sim.model.world import World
from sim.play.run import Run
from sim.play.somebody import look_closer
from sim.scenario import Scenario


def warm_up(progress: Callable[[int, int], None] | None = None) -> None:
    """Runs each step of the model once on a tiny street.

    The first time on a machine this compiles (progress(done, total) is called as it goes on);
    later it loads what was kept.
    """
    scenario = Scenario.load("first_stream").with_changes({"shoppers": 8})
    steps = 9

    def done(step: int) -> None:
        if progress is not None:
            progress(step, steps)

    done(0)
    world = World(scenario, [0])
    state, town = world.state(0), world.town
    log = Log(
        np.zeros(64, dtype=EVENT).view(np.recarray),
        np.zeros(1, dtype=np.int64),
        np.zeros(len(town.hosts), dtype=np.uint8),
    )
    waiting = np.zeros(8, dtype=np.int64)
    kinds = np.zeros(8, dtype=np.int64)
    done(1)
    wake_due(state, 0)
    host_rooms(state, town, log, 0)
    done(2)
    settle_orders(state, town, log, waiting, kinds, 0, 0)
    done(3)
    move_parcels(state, town, log, 0)
    done(4)
    note_impressions(state, town, log, 0)
    learn_ranking(state)
    done(5)
    meet_people(state, town, log, 0, waiting, kinds)
    done(7)
    advance_world(state, town, log, 1)
    done(8)
    look_closer(Run(scenario), 0)  # the card of a shopper calls single rules from outside the tick
    done(9)
