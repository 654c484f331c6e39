"""Stroll Street (逛街): shoppers who learn, feel and trust, and a host who spends the minutes.

The public names are loaded when first used, so that `import sim` costs nothing:

    Scenario.load(path_or_id)               one lesson, read and checked
    World(scenario, seeds=...)              the simulated street, one row a world
    Run(scenario, seed)                     decide, advance, observe, report
    compare(scenario, tactics, seeds)       several tactics on the same crowds
"""

from importlib import import_module

__version__ = "0.1.0"

_HOMES = {
    "Scenario": "sim.scenario",
    "World": "sim.model.world",
    "Run": "sim.play.run",
    "compare": "sim.play.batch",
}

__all__ = ["Run", "Scenario", "World", "__version__", "compare"]


def __getattr__(name: str):
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
