"""Which screen belongs to where a campaign stands."""

from __future__ import annotations

from sim.ui.screens.base import Screen


def screen_of(app, session) -> Screen:
    """The screen for the present moment of a campaign, also of one that was closed and resumed."""
    phase = session.run.phase
    if phase == "morning":
        from sim.ui.campaign.desk import DeskScreen

        return DeskScreen(app, session)
    if phase == "live":
        from sim.ui.campaign.live import CampaignLive

        session.begin_live()
        session.paused = True
        return CampaignLive(app, session)
    if phase == "finished":
        from sim.ui.campaign.result import CampaignResult

        return CampaignResult(app, session)
    from sim.ui.campaign.day import DayScreen

    return DayScreen(app, session)


def after_night(app, session) -> Screen:
    """What follows the night sheet: a week's summary when one is full, the desk, or the end."""
    from sim.ui.campaign.account import day_rows
    from sim.ui.campaign.weeks import WeeksScreen

    if session.run.phase != "finished" and session.day // 7 > session.weeks_shown:
        session.weeks_shown = session.day // 7
        return WeeksScreen(app, session, day_rows(session.run), in_passing=True)
    return screen_of(app, session)
