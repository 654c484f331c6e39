"""What is of one evening is not offered to weeks, and nothing that leads there breaks."""

from __future__ import annotations

import pygame
import pytest

from sim.errors import StrollError
from sim.model import TICKS_PER_DAY
from sim.play.run import Run
from sim.scenario import Scenario
from sim.ui.campaign.result import CampaignResult
from sim.ui.debrief.entry import can_look_back, open_debrief
from sim.ui.debrief.screen import DebriefScreen
from sim.ui.screens.base import Push
from sim.ui.session import Session


@pytest.fixture(scope="module")
def days():
    """Two days with few people, and a night after them."""
    return Scenario.load("thirty_days").with_changes(
        {"shoppers": 120, "campaign.days": 2, "nights": 1}
    )


@pytest.mark.parametrize("large", [False, True])
def test_its_brief_offers_no_ghosts_and_no_bets(open_app, days, large):
    player = open_app(scenario=days, real=True, newcomer=True)
    player.app.settings.taught = True
    player.app.set_large_text(large, save=False)
    player.key(pygame.K_RETURN)
    assert player.name == "CampaignBrief" and player.screen.group.get("ghosts") is None
    player.key(pygame.K_h)
    assert player.name == "CampaignBrief" and player.screen.pick_ghosts() is None
    player.key(pygame.K_ESCAPE)
    assert player.name == "TitleScreen"
    player.key(pygame.K_RETURN)
    player.screen.session.prepare(wait=True)
    player.key(pygame.K_RETURN)
    player.until("DeskScreen", seconds=0.01)
    for key in (pygame.K_h, pygame.K_d, pygame.K_s):
        player.key(key)
        assert player.name in ("DeskScreen", "DayScreen"), pygame.key.name(key)


def test_there_is_no_debrief_of_weeks(open_app, days):
    player = open_app()
    run = Run(days)
    while run.phase != "finished":
        run.advance_ticks(TICKS_PER_DAY)
    session = Session(days, run.seed, lambda *_: run)
    session.run = run
    assert not can_look_back(session) and open_debrief(player.app, session) is None
    with pytest.raises(StrollError) as refused:
        DebriefScreen(player.app, session)
    session.base, session.practice = days, True
    result = CampaignResult(player.app, session)
    player.app.apply(Push(result))
    result.crowd.wait()
    player.frames()
    reason = refused.value.in_language("zh")
    button = result.group.get("debrief")
    assert not button.enabled and button.tip("zh") == reason != button.tip("en")
    player.click("debrief")
    player.key(pygame.K_d)
    assert player.screen is result
    recorder = player.app.painter.recorder
    recorder.on = True
    player.frames()
    assert reason in {item.text for item in recorder.texts}


def test_an_evening_says_of_a_file_of_weeks_that_it_does_not_fit(open_app, days, short):
    from sim.play.journal import Journal
    from sim.play.profile import Profile, RunEntry
    from sim.ui.ghosts.company import Company

    run = Run(days, journal=Journal.start(days, days.seed))
    run.advance_ticks(TICKS_PER_DAY)
    run.journal.close()
    with Profile.open() as profile:
        profile.add_run(RunEntry(days.id, days.hash, "1", days.seed, {"profit": 12.5}))
    company = Company(Session(short))
    company.look(wait=True)
    (offer,) = company.offers
    assert offer.problem is not None and company.toggle(offer) == offer.problem
