"""The same room for other frameworks; those that are not installed are left out."""

from __future__ import annotations

import importlib
import importlib.util
from types import ModuleType

_MODULES = {"mesa": "bench.rivals.mesa_room", "agentpy": "bench.rivals.agentpy_room"}


def installed() -> list[ModuleType]:
    """The rivals that can be raced here.

    Each has NAME, VERSION, build(scenario, seed, arrive_ticks), play(model) and tally(model).
    """
    found = []
    for package, module in _MODULES.items():
        if importlib.util.find_spec(package) is not None:
            found.append(importlib.import_module(module))
    return found


def missing() -> list[str]:
    """Names of the packages that would have to be installed to race them."""
    return [package for package in _MODULES if importlib.util.find_spec(package) is None]
