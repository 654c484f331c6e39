"""Measuring time on a machine that other work shares.

Wall time is what somebody waits; processor time of this process is what the work costs. On a busy
machine the first grows and the second hardly does, so both are kept.
"""

from __future__ import annotations

import gc
import os
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any, TypeVar

from sim.model import ENGINE_VERSION

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Took:
    """Seconds of wall time, and of processor time over all threads of this process."""

    wall: float
    processor: float


def took(work: Callable[[], Any]) -> Took:
    """Times one call, with the garbage of earlier ones out of the way."""
    gc.collect()
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Took(time.perf_counter() - wall, time.process_time() - processor)


def repeated(repeats: int, prepare: Callable[[], Thing], work: Callable[[Thing], Any]) -> Took:
    """Medians over several calls of `work`, each on something that `prepare` made untimed."""
    runs = []
    for _ in range(repeats):
        thing = prepare()
        runs.append(took(lambda thing=thing: work(thing)))
    return Took(median(run.wall for run in runs), median(run.processor for run in runs))


def load() -> float | None:
    """Processes that wanted a core in the last minute; None where the system does not say."""
    try:
        return round(os.getloadavg()[0], 2)
    except (AttributeError, OSError):
        return None


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    packages = {}
    for name in ("numpy", "numba", "mesa", "agentpy"):
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            packages[name] = None
    return {
        "engine": ENGINE_VERSION,
        "system": platform.system(),
        "architecture": platform.machine(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": packages,
        "load_before": load(),
    }
