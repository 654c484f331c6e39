"""Between the brief and the live: what does the player expect? A slider for each question."""

from __future__ import annotations

import pygame

from sim import wording
from sim.play.bets import Bet, IntervalBet, ProbabilityBet, Question, questions
from sim.ui import theme, words
from sim.ui.debrief.words import RATES, YUAN, metric_name
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import Change, Push, Replace, Screen, heading
from sim.ui.screens.bet_controls import EDGE, Knob, Stake
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

MOST_QUESTIONS = 3
_COLOURS = (theme.TEAL, theme.CORAL, theme.DEEP_SKY)
_CHANCE_STEP = 0.05


def say(key: str, language: str, /, **values) -> str:
    """The text `bets_screen.<key>`."""
    return wording.text(f"bets_screen.{key}", language, **values)


def stake_for(question: Question) -> Stake:
    """The track of a question as it stands before anybody has touched it."""
    if question.compares:
        return Stake([0.5], 0.0, 1.0, _CHANCE_STEP)
    span = question.high - question.low
    step = 0.01 if question.metric in RATES else 1.0 if span <= 500 else span / 200
    quarter = round(span / 4 / step) * step
    stake = Stake([question.low + quarter, question.high - quarter], question.low, question.high,
                  step)  # fmt: skip
    stake.kept = lambda: _reach(question, stake)
    return stake


def _reach(question: Question, stake: Stake) -> tuple[float, float]:
    """From where to where the bet reaches that is kept; two knobs at one spot are still a range."""
    bet = IntervalBet(question, float(stake.values[0]), float(stake.values[1]))
    return bet.low, bet.high


def bet_of(question: Question, stake: Stake) -> Bet | None:
    """The bet that a track stands for; None while it has not been touched."""
    if not stake.touched:
        return None
    if question.compares:
        return ProbabilityBet(question, float(stake.values[0]))
    return IntervalBet(question, float(stake.values[0]), float(stake.values[1]))


def asked(question: Question, scenario, language: str) -> str:
    """The question in one plain sentence."""
    metric = metric_name(question.metric, language)
    if question.compares:
        one, other = (tactic_name(scenario, name, language) for name in _rivals(question))
        return say("question.which", language, one=one, other=other, metric=metric)
    own = f"question.{question.metric}"
    if wording.has(f"bets_screen.{own}"):
        return say(own, language)
    return say("question.other", language, metric=metric)


def _rivals(question: Question) -> tuple[str, str]:
    return str(question.one), str(question.other)


def tactic_name(scenario, tactic: str, language: str) -> str:
    found = scenario.tactics.get(tactic)
    return tactic if found is None else found.title.text(language)


def amount(metric: str, value: float, language: str) -> str:
    """A value on a track: whole per cent, whole minutes, whole yuan."""
    if metric in RATES:
        return words.per_cent(value, 0)
    if metric in YUAN:
        return words.yuan(value)
    if metric == "median_minutes_to_order":
        return say("minutes", language, count=f"{value:.0f}")
    return words.count(value)


class _Clear(Button):
    """Takes a bet back; there is nothing to see before there is one. Keyboards have Delete."""

    takes_focus = False

    def draw(self, painter: Painter, language: str) -> None:
        if self.enabled:
            super().draw(painter, language)


class BetsScreen(Screen):
    """Asks, and hands the bets to the session of the brief it came from."""

    first_focus = "knob:0:0"

    def __init__(self, app, brief) -> None:
        super().__init__(app)
        self.brief = brief
        self.session, self.scenario = brief.session, brief.scenario
        self.questions = questions(self.scenario)[:MOST_QUESTIONS]
        self.stakes = [stake_for(question) for question in self.questions]
        self._wants_to_go = False
        self._waited = 0.0

    @property
    def bets(self) -> tuple[Bet, ...]:
        """What has been bet so far."""
        made = zip(self.questions, self.stakes, strict=True)
        return tuple(bet for bet in (bet_of(q, s) for q, s in made) if bet is not None)

    # -- controls ------------------------------------------------------------------------------
    def _sheet(self, painter: Painter) -> Box:
        width, height = min(1120, painter.width - 60), min(660, painter.height - 40)
        return (painter.width - width) / 2, (painter.height - height) / 2, width, height

    def _rows(self, painter: Painter) -> list[Box]:
        x, y, width, height = self._sheet(painter)
        top, bottom, gap = y + 112, y + height - 92, 12
        count = max(1, len(self.questions))
        each = min(150.0, (bottom - top - gap * (count - 1)) / count)
        return [(x + 28, top + i * (each + gap), width - 56, each) for i in range(count)]

    @staticmethod
    def _track(row: Box) -> Box:
        x, y, width, _ = row
        return x + 62, y + 54, width - 62 - 250, 40

    def build(self, painter: Painter) -> list[Widget]:
        x, y, width, height = self._sheet(painter)
        widgets: list[Widget] = []
        for i, row in enumerate(self._rows(painter)):
            stake, colour = self.stakes[i], _COLOURS[i % len(_COLOURS)]
            for index in range(len(stake.values)):
                name = f"knob:{i}:{index}"
                widgets.append(Knob(name, self._track(row), stake, index, colour, self._changed))
            box = (row[0] + row[2] - 120, row[1] + row[3] - 40, 104, 30)
            widgets.append(
                _Clear(f"clear:{i}", box, lambda la: say("clear", la),
                       lambda i=i: self._clear(i), "quiet", "cross", size=theme.SMALL)
            )  # fmt: skip
        foot = y + height - 70
        widgets += [
            Button("back", (x + 30, foot + 4, 130, 46), lambda la: words.say("common.back", la),
                   self.back, mark="back"),
            Button("skip", (x + width - 424, foot + 4, 150, 46), lambda la: say("skip", la),
                   self._skip, "quiet"),
            Button("go", (x + width - 262, foot, 232, 52), self._go_words, self._go, "main",
                   "play", size=18),
            self.language_choice(painter, y + 24, x + width - 122),
        ]  # fmt: skip
        self._mark_clears(widgets)
        return widgets

    def _go_words(self, language: str) -> str:
        return say("go_with" if self.bets else "go", language)

    def _mark_clears(self, widgets: list[Widget]) -> None:
        for widget in widgets:
            if widget.name.startswith("clear:"):
                widget.enabled = self.stakes[int(widget.name[6:])].touched

    def _changed(self) -> None:
        self._mark_clears(self.group.widgets)

    def _clear(self, number: int) -> None:
        fresh = stake_for(self.questions[number])
        self.stakes[number].values = fresh.values
        self.stakes[number].touched = False
        self.group.focus(f"knob:{number}:0")
        self._changed()

    def back(self) -> Change:
        return Replace(self.brief)

    def before_controls(self, event, point):
        # A track takes left and right, so up and down go through knobs and buttons in order.
        if event.type == pygame.KEYDOWN and event.key in (pygame.K_UP, pygame.K_DOWN):
            self.group.step(event.key == pygame.K_DOWN)
            self.app.sound.play("focus")
            return True, None
        if event.type == pygame.KEYDOWN and isinstance(self.group.focused, Knob):
            # Enter on a knob means done, as it does where nothing has the focus.
            if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
                return True, self._go()
            if event.key in (pygame.K_DELETE, pygame.K_BACKSPACE):
                self._clear(self.stakes.index(self.group.focused.stake))
                return True, None
        return False, None

    def key(self, event: pygame.event.Event):
        if event.key == pygame.K_s:
            return self._skip()
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE):
            return self._go()
        return super().key(event)

    def _skip(self) -> Change | None:
        for number in range(len(self.stakes)):
            self._clear(number)
        return self._go()

    def _go(self) -> Change | None:
        self._wants_to_go = True
        return self._start_if_ready() or self._wait()

    def _wait(self) -> Change | None:
        """How far the street is with getting ready, and something to read meanwhile."""
        if self.session.error is not None:
            return None
        from sim.ui.screens.opening import OpeningScreen

        return Push(OpeningScreen(self.app, self.session, self._stay))

    def _stay(self) -> None:
        self._wants_to_go = False

    def _start_if_ready(self) -> Change | None:
        if not (self._wants_to_go and self.session.ready):
            return None
        return self.brief.go_live(self.bets)

    def update(self, seconds: float) -> Change | None:
        self._waited += seconds if self._wants_to_go else 0.0
        self.brief.view.move(0.0 if self.app.settings.reduced_motion else seconds, 0.0)
        return self._start_if_ready()

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, language: str) -> None:
        self.brief.view.draw(painter, language)
        painter.veil("#5A2A3A", 110)
        x, y, width, height = self._sheet(painter)
        painter.panel((x, y, width, height), theme.CREAM, 26, 100, opacity=255)
        heading(painter, say("heading", language), x + 30, y + 18, width * 0.5)
        painter.text(
            say("note", language), (x + 30, y + 62, width - 60, 42), theme.BODY, "medium",
            theme.SOFT_INK, lines=2, vertical="top",
        )  # fmt: skip
        for number, row in enumerate(self._rows(painter)):
            self._row(painter, number, row, language)
        keys = (x + 178, y + height - 68, width - 178 - 440, 48)
        painter.text(say("keys", language), keys, theme.SMALL, "medium", theme.SOFT_INK, lines=2)
        self._state(painter, x, y, width, height)

    def _row(self, painter: Painter, number: int, row: Box, language: str) -> None:
        x, y, width, height = row
        question, stake = self.questions[number], self.stakes[number]
        colour = _COLOURS[number % len(_COLOURS)]
        painter.rect(row, (255, 255, 255, 190), 18)
        spot = (x + 16, y + 12, 32, 32)
        painter.art(
            ("bet number", colour, stake.touched), spot,
            lambda c: c.circle(16, 16, 16, colour if stake.touched else "#D9C3B2"),
        )  # fmt: skip
        painter.text(str(number + 1), spot, 17, "bold", "#FFFFFF", "center")
        painter.text(
            asked(question, self.scenario, language), (x + 62, y + 10, width - 86, 38), 18,
            "medium", lines=2, smallest=14,
        )  # fmt: skip
        self._ends(painter, question, self._track(row), language)
        self._said(painter, question, stake, (x + width - 226, y + 50, 210, height - 56), colour,
                   language)  # fmt: skip

    def _ends(self, painter: Painter, question: Question, track: Box, language: str) -> None:
        """What the two ends and the middle of a track mean."""
        x, y, width, height = track
        top = y + height + 1
        if question.compares:
            one, other = (tactic_name(self.scenario, n, language) for n in _rivals(question))
            texts = [say("end.one", language, name=name) for name in (other, one)]
            texts.insert(1, say("end.half", language))
        else:
            middle = (question.low + question.high) / 2
            texts = [
                amount(question.metric, value, language)
                for value in (question.low, middle, question.high)
            ]
        third = (width - 2 * EDGE) / 3
        for i, (text, align) in enumerate(zip(texts, ("left", "center", "right"), strict=True)):
            box = (x + EDGE + i * third, top, third, 22)
            painter.text(text, box, theme.SMALL, "medium", theme.SOFT_INK, align, smallest=11,
                         may_truncate=question.compares)  # fmt: skip

    def _said(self, painter: Painter, question, stake, box: Box, colour, language: str) -> None:
        """The bet in words, large enough for the back row."""
        x, y, width, _ = box
        if not stake.touched:
            hint = "hint.probability" if question.compares else "hint.interval"
            painter.text(say("untouched", language), (x, y + 2, width, 26), 17, "bold",
                         theme.FAINT_INK)  # fmt: skip
            painter.text(say(hint, language), (x, y + 29, width, 56), theme.SMALL, "medium",
                         theme.SOFT_INK, lines=3, vertical="top")  # fmt: skip
            return
        # What is kept, which is never narrower than can be told, and not where the knobs stand.
        bet = bet_of(question, stake)
        if isinstance(bet, IntervalBet):
            low, high = (amount(question.metric, value, language) for value in (bet.low, bet.high))
            large = say("said.range", language, low=low, high=high)
            small = say("said.range_name", language)
        else:
            large, small = said_chance(question, self.scenario, stake.values[0], language)
        ink = theme.shade(colour, -0.25)
        painter.text(large, (x, y - 2, width, 38), 26, "bold", ink, smallest=15)
        painter.text(small, (x, y + 35, width, 22), theme.SMALL + 1, "medium", theme.SOFT_INK,
                     smallest=10.5, may_truncate=question.compares)  # fmt: skip

    def _state(self, painter: Painter, x, y, width, height) -> None:
        """Why it does not go on yet."""
        if self.session.error is not None:
            text = self.session.error.in_language(self.app.language)
        elif self._wants_to_go and not self.session.ready:
            done, total = self.session.preparing
            key = "common.loading_first" if self._waited > 4 else "common.loading"
            text = self.say(key)
            painter.bar((x + width - 262, y + height - 13, 232, 5), done / total, theme.CORAL)
        else:
            return
        box = (x + width - 530, y + height - 92, 500, 20)
        painter.text(
            text, box, theme.SMALL, "medium", theme.BRICK, "right", smallest=10, may_truncate=True
        )


def said_chance(question: Question, scenario, chance: float, language: str) -> tuple[str, str]:
    """A chance in words: how sure, and of which tactic."""
    if abs(chance - 0.5) < 1e-9:
        return say("said.half", language), say("said.half_name", language)
    one, other = _rivals(question)
    name = tactic_name(scenario, one if chance > 0.5 else other, language)
    share = words.per_cent(max(chance, 1 - chance), 0)
    return say("said.sure", language, share=share), say("said.name", language, name=name)
