"""Every lesson is played to its end by a bot, at every level, and can be read in both languages."""

import io
import math
from functools import cache

import pytest
from rich.console import Console

from sim.console.claims import claims_table, preview_table
from sim.console.tables import run_table
from sim.console.terminal import Terminal
from sim.lab.claims import preview, prove
from sim.model.decisions import SetTactic
from sim.play.living import live_by
from sim.play.run import Run
from sim.scenario import Scenario
from sim.scenario.course import at_level, course

PLACES = {place.id: place for place in course() if place.shipped}
LEVELS = [(name, level.id) for name, place in PLACES.items() for level in place.lesson.levels]
# As few people as will do: what is tested is that a lesson comes to an end.
FEW = {"shoppers": 150}


@cache
def lesson(name):
    return Scenario.load(PLACES[name].path)


def terminal(language):
    plain = {"highlight": False, "emoji": False, "markup": False, "width": 100, "record": True}
    return Terminal(language, Console(**plain, file=io.StringIO()), Console())


def printed(terminal, table):
    terminal.out.print(table)
    return terminal.out.export_text()


@pytest.mark.parametrize(("name", "level"), LEVELS)
def test_a_bot_completes_every_level(name, level):
    scenario = at_level(lesson(name), level).with_changes(FEW)
    run = Run(scenario)
    if scenario.campaign is None:
        run.decide(SetTactic(scenario.reference))
        run.finish()
    else:
        live_by(run, scenario.policies[scenario.campaign.policy])
        assert math.isfinite(run.campaign_report()["profit"])
    assert run.phase == "finished"
    assert run.tick == run.end_tick
    assert run.report()["viewers"] > 0
    for language in ("zh", "en"):
        shown = printed(
            terminal(language), run_table(terminal(language), run.report(), scenario.goal)
        )
        assert len(shown.splitlines()) > 10


@pytest.mark.parametrize("name", ["questions", "the_group"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_of_check(name, language):
    scenario = lesson(name).with_changes(
        FEW if name == "questions" else {**FEW, "campaign.days": 2}
    )
    screen = terminal(language)
    shown = printed(screen, claims_table(screen, prove(scenario, 1)))
    for number, claim in enumerate(scenario.claims, 1):
        assert f"{number}. " in shown
        assert claim.says.text(language)[:8] in shown
    shown = printed(screen, preview_table(screen, scenario, preview(scenario, range(1))))
    names = scenario.compare if scenario.campaign is None else scenario.campaign.compare
    known = scenario.tactics if scenario.campaign is None else scenario.policies
    for bot in names:
        assert known[bot].title.text(language)[:6] in shown
