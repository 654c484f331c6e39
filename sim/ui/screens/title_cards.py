"""What can be chosen on the title: a scenario, a run to go on with, a run that was played."""

from __future__ import annotations

import time

from sim import wording
from sim.ui import theme, words
from sim.ui.art import icons
from sim.ui.painter import Painter
from sim.ui.street.acts import picture
from sim.ui.widgets.base import Widget


class ScenarioCard(Widget):
    """One scenario in the list."""

    def __init__(self, box, scenario, action, stars) -> None:
        super().__init__(f"scenario:{scenario.id}", box)
        self.scenario, self.action, self.stars = scenario, action, stars

    def press(self, point=None):
        return self.action(self.scenario)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        fill = "#FFFFFF" if self.hovered or self.focused else theme.PAPER
        painter.panel(self.box, fill, 16, 70, opacity=255)
        # The first of its goods, as the brief and the room show it.
        topic = picture(self.scenario.host.products[0])
        side = height - 20

        def draw(c) -> None:
            top, bottom = icons.cover(topic)
            c.shaded_rect(0, 0, side, side, [(0, top), (1, bottom)], 11)
            icons.thing(c, topic, side / 2, side / 2, side * 0.33)

        painter.art(("cover", topic), (x + 10, y + 10, side, side), draw)
        left, room = x + side + 24, width - side - 66
        painter.text(
            self.scenario.title.text(language),
            (left, y + 10, room - (62 if self.stars else 0), 30),
            21,
            "bold",
            may_truncate=True,
        )
        if self.stars:
            draw_stars(painter, self.stars, x + width - 82, y + 16)
        facts = words.say(
            "title.facts", language, minutes=self.scenario.live.minutes,
            shoppers=words.count(self.scenario.shoppers), hosts=len(self.scenario.hosts),
        )  # fmt: skip
        if self.scenario.campaign is not None:
            facts = wording.text(
                "desk.title_facts", language, days=self.scenario.campaign.days,
                shoppers=words.count(self.scenario.shoppers), hosts=len(self.scenario.hosts),
            )  # fmt: skip
        painter.text(facts, (left, y + 40, room, 22), theme.SMALL, "medium", theme.SOFT_INK)
        goal = words.say(f"goal.{self.scenario.goal}", language)
        painter.text(goal, (left, y + 61, room, 22), theme.SMALL, "medium", theme.BRICK)
        spot = (x + width - 36, y + height / 2 - 9, 18, 18)
        painter.art(("go",), spot, lambda c: icons.mark(c, "next", 9, 9, 8, theme.CORAL))
        self.focus_ring(painter, 16)


class ResumeCard(Widget):
    """The run that was closed last, to go on with."""

    def __init__(self, box, saved, action) -> None:
        super().__init__("resume", box)
        self.saved, self.action = saved, action

    def press(self, point=None):
        return self.action()

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, height = self.box
        fill = "#FFE9C4" if self.hovered or self.focused else "#FFF1D8"
        painter.panel(self.box, fill, 16, 70, opacity=255)
        spot = (x + 20, y + height / 2 - 10, 20, 20)
        painter.art(("resume",), spot, lambda c: icons.mark(c, "play", 10, 10, 9, theme.CORAL))
        heading = words.say("resume.heading", language)
        used = painter.text(heading, (x + 56, y, 200, height), theme.BODY, "bold")
        minute = self.saved.minute
        over = minute > self.saved.scenario.live.minutes
        key = "resume.card_night" if over else "resume.card"
        key = "resume.card_over" if self.saved.over else key
        note = words.say(key, language, minutes=int(minute))
        if self.saved.scenario.campaign is not None and not self.saved.over:
            note = wording.text("desk.header.day", language, **self.saved.days)
        text = f"{self.saved.scenario.title.text(language)} · {note}"
        box = (x + 72 + used, y, width - used - 92, height)
        painter.text(text, box, 14, "medium", theme.SOFT_INK, "right", may_truncate=True)
        self.focus_ring(painter, 16)


def draw_stars(painter: Painter, count: int, x: float, y: float) -> None:
    """Three stars, `count` of them filled; the others are outlines, so colour is not needed."""

    def draw(c) -> None:
        for i in range(3):
            c.star(9 + i * 21, 9, 9, theme.AMBER)
            if i >= count:
                c.star(9 + i * 21, 9, 6.4, theme.CREAM)

    painter.art(("title stars", count), (x, y, 62, 18), draw)


class RecentCard(Widget):
    """A run that was played; pressed, its scenario opens again."""

    def __init__(self, number: int, box, played, scenario, action) -> None:
        super().__init__(f"recent:{number}", box)
        self.played, self.scenario, self.action = played, scenario, action
        self.enabled = scenario is not None

    def press(self, point=None):
        return self.action(self.scenario)

    def draw(self, painter: Painter, language: str) -> None:
        x, y, width, _height = self.box
        fill = 230 if self.hovered or self.focused else 150
        painter.rect(self.box, (255, 255, 255, fill), 14)
        played = self.played
        title = played.scenario_id if self.scenario is None else self.scenario.title.text(language)
        room = width - 28
        title_room = room - (72 if played.stars else 0)
        painter.text(title, (x + 14, y + 7, title_room, 24), 15, "bold", may_truncate=True)
        if played.stars:
            draw_stars(painter, played.stars, x + width - 76, y + 10)
        when = moment(played.played_at, language)
        painter.text(when, (x + 14, y + 32, room, 20), 12.5, "medium", theme.SOFT_INK)
        net = "—" if played.net_sales is None else words.yuan(played.net_sales)
        text = words.say("title.recent_net", language, net=net)
        used = painter.text(text, (x + 14, y + 51, room, 24), 14, "bold", theme.BRICK)
        returned = words.say(
            "result.returns_note", language, rate=words.per_cent(played.return_rate, 0)
        )
        painter.text(
            returned, (x + 24 + used, y + 51, room - used - 10, 24), 12.5, "medium",
            theme.SOFT_INK, "right",
        )  # fmt: skip
        self.focus_ring(painter, 14)


def moment(seconds: int, language: str) -> str:
    """A moment of the past as date and time of day, without the year."""
    then = time.localtime(seconds)
    month = words.say("title.months", language).split()[then.tm_mon - 1]
    clock = f"{then.tm_hour:02d}:{then.tm_min:02d}"
    return words.say("title.moment", language, month=month, day=then.tm_mday, time=clock)
