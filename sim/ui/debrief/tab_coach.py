"""The coach: at most three findings with their figures and evidence, and one thing to try next."""

from __future__ import annotations

import pygame

from sim import wording
from sim.report.coach import Coaching, Finding
from sim.report.coach_change import Change
from sim.ui import theme
from sim.ui.debrief import controls
from sim.ui.debrief.changes import BY_COACH
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.words import difference, metric_name, plain, say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button

_COLOURS = {
    "cost": theme.BRICK, "gain": theme.GOOD, "ledger": theme.PLUM, "best_line": theme.DEEP_TEAL,
    "bet": theme.AMBER,
}  # fmt: skip
_MARKS = {"ledger": "bag", "branch": "play", "diary": "person", "best": "eye", "bets": "eye"}
_BUTTONS = 172.0


def evidence_of(finding: Finding) -> list[str]:
    """Where a finding's evidence can be looked at, the nearest first."""
    evidence = finding.evidence
    found = []
    if evidence.charges:
        found.append("ledger")
    if evidence.change is not None:
        found.append("branch")
    if any(charge.shopper >= 0 for charge in evidence.charges):
        found.append("diary")
    if finding.kind == "best_line":
        found.append("best")
    if evidence.bet is not None:
        found.append("bets")
    return found


class CoachTab(Tab):
    name = "coach"
    first_focus = "try"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.said: Coaching | None = None

    def opened(self) -> None:
        self.study.coach.wanted = True

    def arrived(self) -> None:
        self._take()

    def _take(self) -> bool:
        """Take over what the coach has come to, once that is settled; true when it is new."""
        latest = self.study.coach.latest
        if latest is None or not latest.settled or latest is self.said:
            return False
        self.said = latest
        return True

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> tuple[Box, Box]:
        x, y, width, height = box
        right = 356.0
        return (x, y, width - right - 14, height), (x + width - right, y, right, height)

    def _cards(self, box: Box) -> list[Box]:
        x, y, width, height = self._places(box)[0]
        each = (height - 44) / 3
        count = len(self.said.findings) if self.said is not None else 0
        return [(x + 12, y + 42 + n * each, width - 24, each - 10) for n in range(count)]

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        self._take()
        x, y, width, height = self._places(box)[1]
        widgets: list[Widget] = []
        attempt = Button(
            "try", (x + 18, y + height - 66, width - 36, 48), self._try_words, self.attempt,
            "main", "play", tip=lambda la: say("coach.try_tip", la), size=17,
        )  # fmt: skip
        if self.study.coach.error is not None:
            left, top, wide, high = self._places(box)[0]
            return [
                attempt,
                Button("again", (left + wide / 2 - 80, top + high - 70, 160, 40),
                       lambda la: say("error.again", la), self._again),
            ]  # fmt: skip
        for number, spot in enumerate(self._cards(box)):
            finding = self.said.findings[number]
            left, top, wide, high = spot
            kinds = evidence_of(finding)
            tall = min(36.0, (high - 12) / 3 - 6)
            at = top + (high - len(kinds) * (tall + 6) + 6) / 2
            for kind in kinds:
                widgets.append(Button(
                    f"{kind}:{number}", (left + wide - _BUTTONS - 10, at, _BUTTONS, tall),
                    lambda la, k=kind: say(f"coach.see.{k}", la),
                    lambda n=number, k=kind: self.show(n, k), mark=_MARKS[kind], size=14,
                    tip=lambda la, k=kind: say(f"coach.see.{k}_tip", la),
                ))  # fmt: skip
                at += tall + 6
        return [*widgets, attempt]

    def _try_words(self, language: str) -> str:
        given = self.said is not None and self.said.advice is not None
        return say("coach.try" if given else "coach.try_own", language)

    def _again(self) -> None:
        self.study.coach.again()
        self.screen.rebuild()

    # -- doing ---------------------------------------------------------------------------------
    def attempt(self) -> None:
        """Try what the coach advises, beside the own run; without advice, choose something."""
        advice = self.said.advice if self.said is not None else None
        if advice is None:
            self.screen.open("timeline")
            return
        self._branch(advice.change)

    def _branch(self, change: Change) -> None:
        branching = self.study.branching
        if branching is not None and not branching.told:
            return
        timeline = self.screen.tabs["timeline"]
        timeline.move(change.start)
        self.study.branch_change(change, BY_COACH)
        self.screen.open("timeline")

    def show(self, number: int, kind: str) -> None:
        """Go to the evidence of a finding."""
        finding = self.said.findings[number]
        evidence = finding.evidence
        if kind == "ledger":
            self.screen.open_ledger(evidence.charges, finding.title)
        elif kind == "branch":
            self._branch(evidence.change)
        elif kind == "diary":
            dearest = max(evidence.charges, key=lambda charge: (charge.shopper >= 0, charge.fen))
            self.screen.open_diary(dearest.shopper)
        else:
            self.screen.open("best")

    def key(self, key: int):
        if key == pygame.K_t:
            self.attempt()
            return None
        if key == pygame.K_e and self.said is not None and self.said.findings:
            self.show(0, evidence_of(self.said.findings[0])[0])
            return None
        return False

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        if self.study.coach.latest is not self.said and self.study.coach.error is None:
            latest = self.study.coach.latest
            if latest is not None and latest.settled:
                self.screen.rebuild()  # the next frame has the controls that go with it
        left, right = self._places(box)
        controls.sheet(painter, left, 18)
        controls.sheet(painter, right, 18)
        self._findings(painter, left, box, language)
        self._next(painter, right, language)

    def _findings(self, painter: Painter, place: Box, box: Box, language: str) -> None:
        x, y, width, height = place
        coach = self.study.coach
        heading = wording.text("coach.heading", language)
        wide = controls.title(painter, heading, x + 18, y + 9, 300)
        inner = (x, y + 40, width, height - 60)
        if coach.error is not None:
            controls.quiet_page(painter, inner, "cross", self.say("error.heading"),
                                coach.error.in_language(language), None, True)  # fmt: skip
            return
        if self.said is None:
            latest = coach.latest
            share = latest.lives / latest.budget if latest is not None else 0.0
            controls.quiet_page(painter, inner, "speech", self.say("loading.heading"),
                                self.say("coach.waiting"), share)  # fmt: skip
            return
        controls.note(painter, self.say("coach.basis"),
                      (x + wide + 40, y + 8, width - wide - 58, 26), align="right",
                      size=13)  # fmt: skip
        if not self.said.findings:
            controls.quiet_page(painter, inner, "speech", self.say("coach.none"),
                                self.say("coach.none_note", tried=self.said.tried))  # fmt: skip
            return
        for number, spot in enumerate(self._cards(box)):
            self._card(painter, spot, number, self.said.findings[number], language)

    def _card(
        self, painter: Painter, box: Box, number: int, finding: Finding, language: str
    ) -> None:
        x, y, width, height = box
        colour = _COLOURS[finding.kind]
        painter.rect(box, (255, 255, 255, 170), 16)
        painter.rect((x, y + 10, 5, height - 20), colour, 2.5)
        painter.rect((x + 16, y + 11, 26, 26), colour, 13)
        painter.text(str(number + 1), (x + 16, y + 11, 26, 26), 15, "bold", "#FFFFFF", "center")
        inside = width - _BUTTONS - 40
        title = plain(finding.title(language), language)
        painter.text(
            title, (x + 52, y + 8, inside - 44, 32), 17, "bold", theme.INK, smallest=12.5
        )  # fmt: skip
        top = y + 44
        chips = self._figures(finding, language)
        if chips:
            self._chips(painter, (x + 18, top, inside - 10, 44), chips)
            top += 50
        text = plain(finding.text(language), language)
        painter.text(
            text, (x + 18, top, inside - 10, y + height - top - 6), 16, "regular", theme.INK,
            lines=8, vertical="top", smallest=10.5,
        )  # fmt: skip

    def _figures(self, finding: Finding, language: str) -> list[tuple[str, str, bool | None]]:
        """(what it is, the figure, whether the other way is better in it)."""
        if finding.effect is None:
            return []
        goal, verdict = self.study.scenario.goal, finding.verdict
        wins = verdict.losses if verdict.mean < 0 else verdict.wins
        side = "fewer" if verdict.mean < 0 else "more"
        found = []
        if finding.here is not None and finding.here == finding.here:
            found.append((self.say("coach.here"), difference(goal, finding.here, language),
                          finding.here > 0))  # fmt: skip
        found.append(
            (
                self.say("coach.others", crowds=verdict.crowds),
                difference(goal, finding.effect, language),
                finding.effect > 0,
            )
        )
        share = self.say("coach.share", wins=wins, crowds=verdict.crowds)
        found.append((self.say(f"coach.{side}" if verdict.clear else "coach.open"), share, None))
        return found

    @staticmethod
    def _chips(painter: Painter, box: Box, chips: list) -> None:
        x, y, width, height = box
        each = (width - 8 * (len(chips) - 1)) / len(chips)
        for place, (label, value, better) in enumerate(chips):
            left = x + place * (each + 8)
            painter.rect((left, y, each, height), (246, 227, 211, 120), 11)
            ink = theme.INK if better is None else theme.GOOD if better else theme.POOR
            painter.text(value, (left + 10, y + 2, each - 20, 24), 17, "bold", ink, smallest=12)
            painter.text(label, (left + 10, y + 25, each - 20, 17), 12, "medium",
                         theme.SOFT_INK, smallest=9.5)  # fmt: skip

    def _next(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        controls.title(painter, wording.text("coach.next", language), x + 18, y + 9, width - 36)
        said = self.said
        if said is None:
            controls.note(painter, self.say("coach.next_waiting"),
                          (x + 18, y + 46, width - 36, 90), 5, size=15, vertical="top")  # fmt: skip
            return
        top = y + 46
        text = plain(said.advice_text(language), language)
        space = height - 66 - 46 - (230 if said.advice is not None else 60)
        wide = width - 36
        high = min(space, painter.text_height(text, wide, 17, "medium") + 4)
        painter.text(text, (x + 18, top, wide, high), 17, "medium", theme.INK, lines=14,
                     vertical="top", smallest=12)  # fmt: skip
        if said.advice is not None:
            self._gain(painter, (x + 18, top + high + 12, wide, 64), said, language)
            if said.advice.here < 0:
                controls.note(painter, self.say("coach.unlike"),
                              (x + 18, top + high + 82, wide, 66), 4, theme.AMBER, size=14,
                              vertical="top")  # fmt: skip
        note = self.say("coach.note", tried=said.tried, lives=said.lives)
        controls.note(painter, note, (x + 18, y + height - 66 - 72, wide, 62), 4, size=12.5,
                      vertical="bottom")  # fmt: skip

    def _gain(self, painter: Painter, box: Box, said: Coaching, language: str) -> None:
        """What the advice changes, as two figures."""
        goal, advice = self.study.scenario.goal, said.advice
        chips = [
            (self.say("coach.here"), difference(goal, advice.here, language), advice.here > 0),
            (self.say("coach.others", crowds=advice.verdict.crowds),
             difference(goal, advice.verdict.mean, language), advice.verdict.mean > 0),
        ]  # fmt: skip
        x, y, width, _ = box
        painter.text(metric_name(goal, language), (x, y, width, 18), 12.5, "bold", theme.SOFT_INK)
        self._chips(painter, (x, y + 20, width, 44), chips)
