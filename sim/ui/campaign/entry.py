"""Where a scenario is opened: a campaign has a brief of its own, an evening has the usual one."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign.session import CampaignSession
from sim.ui.campaign.words import say, words_of
from sim.ui.course.ribbon import draw_ribbon
from sim.ui.painter import Painter
from sim.ui.screens.base import Change, Screen, heading
from sim.ui.screens.brief import BriefScreen
from sim.ui.screens.brief_goods import draw_goods
from sim.ui.street.view import StreetView
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button


def brief_for(app, scenario) -> Screen:
    """The brief of a scenario."""
    if scenario.campaign is not None:
        return CampaignBrief(app, scenario)
    return BriefScreen(app, scenario)


class CampaignBrief(BriefScreen):
    """What the weeks are about, the policies others live by, and the goods to begin with."""

    def __init__(self, app, scenario) -> None:
        Screen.__init__(self, app)
        self.scenario = scenario
        self.session = CampaignSession(scenario, make_run=app.make_run)
        self.session.speed = app.settings.start_speed
        self.view = StreetView(scenario, app.builder)
        self._waited = 0.0
        self._wants_to_go = False

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        practising = self.session.practice
        other = "for_real" if practising else "practice"
        go = "brief.practise" if practising else "brief.go"
        return [
            Button(
                "back", (x + 30, y + height - 66, 130, 46), lambda la: words.say("common.back", la),
                self.back, mark="back",
            ),
            Button(
                "practice", (x + width - 480, y + height - 68, 210, 48),
                words_of(f"brief.{other}"), self._for_real if practising else self._practice,
                mark="back" if practising else "return", tip=words_of(f"brief.{other}_tip"),
            ),
            Button(
                "go", (x + width - 250, y + height - 70, 220, 52), words_of(go), self._go,
                "main", "play", size=20,
            ),
            self.language_choice(painter, y + 24, x + width - 122),
        ]  # fmt: skip

    def begin_practice(self) -> None:
        """The same crowd and days, of which nothing is kept; begins as soon as it is ready."""
        self._session_for(practice=True)
        self._wants_to_go = True

    def _session_for(self, practice: bool) -> None:
        if self.session.practice != practice:
            self.session = CampaignSession(
                self.scenario, make_run=self.app.make_run, practice=practice
            )
            self.session.speed = self.app.settings.start_speed
            self.session.prepare()
            self.rebuild()

    def _practice(self) -> Change | None:
        self.begin_practice()
        return self._start_if_ready()

    def _for_real(self) -> None:
        self._wants_to_go = False
        self._session_for(practice=False)

    def _go(self) -> Change | None:
        self._wants_to_go = True
        return self._start_if_ready()

    def go_live(self, bets=()) -> Change:
        """Begin with the first morning; the session must be ready."""
        from sim.ui.campaign.desk import DeskScreen
        from sim.ui.screens.base import Replace

        self.session.keep_journal()
        return Replace(DeskScreen(self.app, self.session))

    def key(self, event):
        import pygame

        if event.key == pygame.K_r:
            return self._practice()
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._go()
        return Screen.key(self, event)

    def paint(self, painter: Painter, language: str) -> None:
        self.view.draw(painter, language)
        painter.veil("#5A2A3A", 110)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, self.scenario.title.text(language), x + 30, y + 20, width * 0.48)
        campaign = self.scenario.campaign
        facts = say(
            "brief.facts", language, days=campaign.days, cash=words.yuan(campaign.cash),
            hours=f"{campaign.hours:g}",
        )  # fmt: skip
        painter.text(facts, (x + 30, y + 62, width - 180, 26), theme.BODY, "medium", theme.SOFT_INK)
        self._lines(painter, (x + 30, y + 104, width / 2 - 60, height - 190), language)
        self._policies(
            painter, (x + width / 2 + 14, y + 94, width / 2 - 44, height - 370), language
        )
        shelf = (x + width / 2 + 14, y + height - 262, width / 2 - 44, 178)
        draw_goods(painter, self.scenario.host.products, shelf, language)
        painter.text(
            say("brief.pace", language), (x + 180, y + height - 68, width - 690, 48), theme.SMALL,
            "medium", theme.SOFT_INK, lines=2, smallest=10,
        )  # fmt: skip
        self._state(painter, x, y, width, height)
        if self.session.practice:
            draw_ribbon(painter, x + width / 2 + 14, y + 21, language)

    def _lines(self, painter: Painter, box, language: str) -> None:
        x, y, width, height = box
        lines = self.scenario.brief.lines(language)
        culture = self.scenario.street.culture.text(language)
        foot = painter.text_height(culture, width - 28, theme.BODY) + 46
        size = theme.BODY + 3.0
        while size > 12:
            heights = [painter.text_height(line, width - 30, size) for line in lines]
            if sum(heights) + 13 * len(lines) + foot <= height:
                break
            size -= 1
        top = y
        for line, high in zip(lines, heights, strict=True):
            spot = (x, top + size * 0.37, 12, 12)
            painter.art(("bullet",), spot, lambda c: c.circle(6, 6, 4.5, theme.CORAL))
            painter.text(
                line, (x + 26, top, width - 28, high + 4), size, "regular", theme.INK, lines=6,
                vertical="top", smallest=11,
            )  # fmt: skip
            top += high + 13
        painter.rect((x - 4, top + 4, width, foot - 4), (134, 181, 143, 60), 14)
        painter.text(
            words.say("brief.culture", language), (x + 10, top + 10, width - 28, 20), theme.SMALL,
            "bold", "#4C7A55",
        )  # fmt: skip
        painter.text(
            culture, (x + 10, top + 30, width - 26, foot - 38), theme.BODY, "regular", theme.INK,
            lines=6, vertical="top", smallest=12,
        )  # fmt: skip

    def _policies(self, painter: Painter, box, language: str) -> None:
        """How others live these weeks; the first is the one that can plan a morning for us."""
        x, y, width, height = box
        painter.text(
            say("brief.policies", language), (x, y, width, 24), theme.BODY, "bold", theme.SOFT_INK
        )
        names = list(
            dict.fromkeys([self.scenario.campaign.policy, *self.scenario.campaign.compare])
        )
        pitch = 62.0
        most = max(1, int((height - 28) // pitch))
        for i, name in enumerate(names[:most]):
            policy = self.scenario.policies[name]
            row = (x, y + 28 + i * pitch, width, pitch - 6)
            own = name == self.scenario.campaign.policy
            painter.rect(row, (255, 255, 255, 190 if own else 130), 12)
            colour = theme.TACTIC_COLOURS[i % len(theme.TACTIC_COLOURS)]
            painter.rect((x + 10, row[1] + 10, 5, pitch - 26), colour, 2.5)
            title = policy.title.text(language)
            if own:
                title = say("brief.own_policy", language, name=title)
            painter.text(
                title, (x + 26, row[1] + 4, width - 36, 22), 14.5, "bold", theme.INK, smallest=11,
                may_truncate=True,
            )  # fmt: skip
            painter.text(
                policy.summary.text(language), (x + 26, row[1] + 26, width - 36, pitch - 34), 12.5,
                "medium", theme.SOFT_INK, lines=2, smallest=9.5, may_truncate=True,
            )  # fmt: skip
