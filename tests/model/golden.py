"""Digests of a few worlds, pinned: `python -m tests.model.golden write` changes them on purpose."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

from sim.model import ENGINE_VERSION
from sim.model.decisions import Perform, SetTactic, ShowProduct
from sim.play.run import Run
from sim.scenario import Scenario
from tests.model.campaigns import play_days, small_campaign
from tests.model.streets import busy_street

_FILE = Path(__file__).with_name("golden.json")


def small_run() -> Run:
    """Little enough for plain Python: every tactic for a few minutes, then the nights."""
    # people who come, follow, tire of a host and send back easily, and little to sell
    easy = {
        "street__mechanisms__click_rate": 1.0,
        "street__mechanisms__follow_bar": 0.3,
        "street__mechanisms__unfollow_bar": 0.6,
        "street__mechanisms__join_rate": 9.0,
        "street__mechanisms__talk_base": 2.0,
        "street__mechanisms__want_bar": 0.3,
        "street__mechanisms__return_bar": 0.0,
        "street__mechanisms__hold_cycle": 40.0,
        "street__mechanisms__offer_units": 1.0,
        "host__products__wool_coat__stock": 3,
    }
    run = Run(busy_street(shoppers=110, nights=4, **easy), 11)
    run.advance_ticks(30)
    for tactic in run.scenario.choices:
        run.decide(SetTactic(tactic))
        run.advance_ticks(30)
    run.decide(ShowProduct("wool_coat"))
    run.advance_ticks(20)
    run.decide(Perform("hold_back", 200))
    run.finish()
    return run


def _small() -> str:
    return small_run().digest()


def small_days() -> Run:
    """Little enough for plain Python: five days with something of everything."""
    return play_days(small_campaign(days=5, shoppers=60, nights=4), 6)


def _small_days() -> str:
    return small_days().digest()


def _busy() -> str:
    run = Run(busy_street(), 12)
    run.advance_ticks(120)
    run.decide(SetTactic("price_games"))
    run.finish()
    return run.digest()


def _first_stream() -> str:
    run = Run(Scenario.load("first_stream"))
    run.finish()
    return run.digest()


def _campaign() -> str:
    return play_days(small_campaign()).digest()


_WORLDS = {
    "small_days": _small_days,
    "small": _small,
    "busy": _busy,
    "first_stream": _first_stream,
    "campaign": _campaign,
}


def digests() -> dict[str, str]:
    """The digests as they are now."""
    return {"engine": ENGINE_VERSION, **{name: world() for name, world in _WORLDS.items()}}


def pinned() -> dict[str, str]:
    """The digests as they were accepted."""
    return json.loads(_FILE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if sys.argv[1:] == ["write"]:
        _FILE.write_text(json.dumps(digests(), indent=2) + "\n", encoding="utf-8")
    elif sys.argv[1:] == ["small"]:
        print("numpy", np.__version__)
        print("small", _small())
        print("small_days", _small_days())
    else:
        print(json.dumps(digests(), indent=2))
