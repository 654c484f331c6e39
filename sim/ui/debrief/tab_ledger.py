"""The ledger: what each minute cost by rule, and beside it what each stretch changed when tried."""

from __future__ import annotations

from collections import defaultdict

from sim import wording
from sim.report.ledger import CAUSES
from sim.ui import theme, words
from sim.ui.debrief import controls
from sim.ui.debrief.strip_pick import Span, StripPick
from sim.ui.debrief.tab import Tab
from sim.ui.debrief.timeline import Axis
from sim.ui.debrief.words import plain, say, signed_yuan
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import Button, Choice
from sim.ui.widgets.charts import band_name

KINDS = tuple(CAUSES)
MARKS = {"return": "return", "lost_follower": "heart", "missed_sale": "bag", "resentment": "speech"}
COLOURS = {
    "return": theme.BRICK, "lost_follower": theme.PLUM, "missed_sale": theme.AMBER,
    "resentment": theme.DEEP_SKY,
}  # fmt: skip
_LABELS = 150.0


def _key_of(charge) -> tuple:
    """What tells an entry from others, in whichever ledger of the same run it stands."""
    return charge.kind, charge.cause, charge.shopper, charge.tick


class LedgerTab(Tab):
    name = "ledger"
    first_focus = "charges"

    def __init__(self, screen) -> None:
        super().__init__(screen)
        self.place = controls.Place()
        self.kind = "all"
        self.span: Span | None = None
        self.only: frozenset | None = None  # the entries that a finding of the coach rests on
        self._only_title = None
        self._rows: tuple[tuple, list] = ((), [])

    def opened(self) -> None:
        self.study.open_ledger()

    def look_for(self, charges, title) -> None:
        """Show only these entries, under title(language), until something else is chosen."""
        self.only, self._only_title = frozenset(_key_of(charge) for charge in charges), title
        self.kind, self.span = "all", None
        self.place.selected = self.place.top = 0

    # -- controls ------------------------------------------------------------------------------
    def _places(self, box: Box) -> dict[str, Box]:
        x, y, width, height = box
        strip = 232.0
        left = (width - 14) * 0.54
        return {
            "strip": (x, y, width, strip),
            "charges": (x, y + strip + 10, left, height - strip - 10),
            "effects": (x + left + 14, y + strip + 10, width - left - 14, height - strip - 10),
        }

    def build(self, painter: Painter, box: Box) -> list[Widget]:
        places = self._places(box)
        x, y, width, height = places["charges"]
        options = [("all", lambda la: say("filter.all", la))]
        options += [(kind, lambda la, k=kind: wording.text(f"ledger.kind.{k}", la))
                    for kind in KINDS]  # fmt: skip
        ex, ey, ewide, _ = places["effects"]
        sx, sy, swide, shigh = places["strip"]
        timeline = self.study.tree.timeline
        minutes = (timeline.live_end - timeline.live_start) // 6
        return [
            StripPick(
                "minute", (sx + _LABELS, sy + 30, swide - _LABELS - 96, shigh - 54), minutes,
                shigh - 82, self._minute_bands, lambda: self.span, self._set_span,
                lambda la: say("ledger.pick_tip", la),
            ),
            Choice("kind", (x + 12, y + 36, width - 24, 28), options, lambda: self.kind,
                   self._set_kind),
            controls.ScrollList(
                "charges", (x + 12, y + 70, width - 24, height - 80), self.place,
                lambda: len(self.rows()), self._height, self._draw, self._open,
            ),
            Button("reference", (ex + ewide - 224, ey + 6, 212, 28), self._reference_words,
                   self._next_reference, size=12.5,
                   tip=lambda la: say("effects.reference_tip", la)),
        ]  # fmt: skip

    def _set_kind(self, kind: str) -> None:
        self.kind = kind
        self.only = None
        self.place.selected = self.place.top = 0

    def _set_span(self, span: Span | None) -> None:
        self.span = span
        self.only = None
        self.place.selected = self.place.top = 0

    def _minute_bands(self) -> list[Span]:
        line, start = self.study.lines.get(self.study.own), self.study.tree.timeline.live_start
        bands = line.bands if line is not None else ()
        return [((band.start - start) // 6, -((start - band.stop) // 6)) for band in bands]

    def _heading(self) -> str:
        if self.only is not None:
            return self.say("ledger.coach", count=len(self.rows()))
        if self.span is None:
            return self.say("ledger.heading")
        start = self.study.tree.timeline.live_start
        first, after = (self.clock(start + minute * 6) for minute in self.span)
        if self.span[1] - self.span[0] == 1:
            return self.say("ledger.minute", clock=first)
        return self.say("ledger.stretch", start=first, end=after)

    def _reference_words(self, language: str) -> str:
        name = self.tactic_name(self.study.reference, language)
        return say("effects.reference", language, name=name)

    def _next_reference(self) -> None:
        choices = list(self.study.scenario.choices)
        place = choices.index(self.study.reference) if self.study.reference in choices else -1
        self.study.set_reference(choices[(place + 1) % len(choices)])

    def rows(self) -> list:
        """The charges that are shown, the dearest first, then in time."""
        book = self.study.ledger
        if book is None:
            return []
        key = (id(book), self.kind, self.span, self.only)
        if self._rows[0] != key:
            chosen = book.charges if self.kind == "all" else book.of(self.kind)
            if self.span is not None:
                first, after = self.span
                chosen = [charge for charge in chosen if first <= charge.minute < after]
            if self.only is not None:
                chosen = [charge for charge in chosen if _key_of(charge) in self.only]
            order = {kind: number for number, kind in enumerate(KINDS)}
            self._rows = key, sorted(chosen, key=lambda c: (order[c.kind], -c.fen, c.tick))
        return self._rows[1]

    def _open(self, row: int) -> None:
        self.screen.open_diary(self.rows()[row].shopper)

    def _text_width(self) -> float:
        box = self._places(self.screen._page_box(self.screen.app.painter))["charges"]
        return box[2] - 24 - 10 - 96

    def _height(self, painter: Painter, row: int, selected: bool) -> float:
        text = self.rows()[row].text(self.screen.app.language)
        high = painter.text_height(text, self._text_width(), 14, "regular")
        return max(42.0, high + 12 + 4)

    def _draw(self, painter: Painter, row: int, box: Box, selected: bool) -> None:
        language = self.screen.app.language
        charge = self.rows()[row]
        x, y, _width, height = box
        painter.rect(box, (244, 182, 70, 70) if selected else (255, 255, 255, 150), 10)
        controls.little_person(painter, charge.shopper, x + 22, y + height / 2 + 17, 33)
        controls.badge(painter, x + 44, y + height / 2 - 11, MARKS[charge.kind], False, 22)
        painter.text(
            charge.text(language), (x + 74, y + 2, self._text_width(), height - 4), 14,
            "regular", theme.INK, lines=8,
        )  # fmt: skip

    # -- drawing -------------------------------------------------------------------------------
    def paint(self, painter: Painter, box: Box, language: str) -> None:
        places = self._places(box)
        for place in places.values():
            controls.sheet(painter, place, 18)
        study = self.study
        x, y, width, height = places["charges"]
        controls.title(painter, self._heading(), x + 16, y + 7, 140, 15)
        meaning = wording.text("ledger.basis.rule.meaning", language)
        if self.only is not None:
            meaning = plain(self._only_title(language), language)
        controls.note(painter, meaning, (x + 160, y + 2, width - 174, 36), 2, size=12, smallest=9.5)
        job = study.ledger_job
        inner = (x, y + 66, width, height - 70)
        if job is None or not job.over:
            for place in (places["strip"], inner):
                controls.quiet_page(painter, place, "clock", self.say("loading.heading"),
                                    self.say("ledger.waiting"))  # fmt: skip
        elif job.state == "failed":
            controls.quiet_page(painter, inner, "cross", self.say("error.heading"),
                                job.error.in_language(language), None, True)  # fmt: skip
        else:
            self._strip(painter, places["strip"], language)
            if not self.rows():
                controls.quiet_page(painter, inner, "check", self.say("ledger.empty"),
                                    self.say("ledger.empty_note"))  # fmt: skip
        self._effects(painter, places["effects"], language)

    def _strip(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        study = self.study
        book, line = study.ledger, study.lines.get(study.own)
        controls.title(painter, self.say("ledger.by_minute"), x + 16, y + 6, 600, 15)
        timeline = study.tree.timeline
        axis = Axis(timeline, x + _LABELS, width - _LABELS - 96)
        axis.share = 1.0
        sums = book.by("kind")
        counts: dict[str, dict[int, int]] = {kind: defaultdict(int) for kind in KINDS}
        for charge in book.charges:
            counts[charge.kind][charge.minute] += charge.count
        minutes = (timeline.live_end - timeline.live_start) // 6
        row_high = (height - 34 - 26 - 24) / len(KINDS)

        def draw(c) -> None:
            wide = axis.width / minutes
            for row, kind in enumerate(KINDS):
                base = (row + 1) * row_high - 5
                most = max(counts[kind].values(), default=1)
                c.rect(0, base, axis.width, 1, (180, 140, 120, 110))
                for minute, count in counts[kind].items():
                    if 0 <= minute < minutes:
                        # at least a visible stump; the tallest fills its row
                        tall = 7 + (row_high - 14) * count / max(3, most)
                        c.rect(minute * wide, base - tall, max(3.0, wide - 1), tall,
                               COLOURS[kind], min(3, wide / 3))  # fmt: skip

        top = y + 32
        spot = (axis.left, top, axis.width, row_high * len(KINDS))
        painter.art(("ledger strip", study.serial, minutes), spot, draw, bleed=4)
        for row, kind in enumerate(KINDS):
            middle = top + row * row_high
            controls.badge(painter, x + 14, middle + row_high / 2 - 12, MARKS[kind], False, 22)
            painter.text(
                wording.text(f"ledger.kind.{kind}", language),
                (x + 42, middle, _LABELS - 50, row_high), 14, "bold", COLOURS[kind], smallest=11,
            )  # fmt: skip
            total = sums.get(kind)
            count = total.count if total else 0
            text = f"{count}"
            if total and total.fen:
                text = f"{count} · {words.yuan(total.fen / 100)}"
            painter.text(
                text, (axis.left + axis.width + 4, middle, 80, row_high), 13.5, "bold", theme.INK,
                "right", smallest=10,
            )  # fmt: skip
        foot = top + row_high * len(KINDS) + 2
        if line is not None:
            for band in line.bands:
                left, right = axis.x(band.start), axis.x(band.stop)
                wide = max(2.0, right - left - 1)
                painter.rect((left, foot, wide, 21), self.colour_of(band.tactic), 6)
                name = self.tactic_name(band.tactic, language)
                band_name(painter, name, (left, foot, wide, 21), 12.5)
        step = next((s for s in (1, 2, 5, 10, 15, 20, 30, 60) if minutes / s <= 10), 60)
        for minute in range(0, minutes, step):
            tick = timeline.live_start + minute * 6
            painter.text(
                timeline.clock(tick), (axis.x(tick) - 26, foot + 22, 52, 16), 12, "medium",
                theme.SOFT_INK, "center",
            )  # fmt: skip

    def _effects(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        job, effects = self.study.effects_job, self.study.effects
        controls.title(painter, self.say("effects.heading"), x + 16, y + 7, width - 250, 15)
        inner = (x, y + 40, width, height - 46)
        if job is not None and job.state == "failed":
            controls.quiet_page(painter, inner, "cross", self.say("error.heading"),
                                job.error.in_language(language), None, True)  # fmt: skip
            return
        if effects is None:
            share = job.share if job is not None else 0.0
            controls.quiet_page(painter, inner, "clock", self.say("loading.heading"),
                                self.say("effects.waiting"), share)  # fmt: skip
            return
        meaning = wording.text("ledger.basis.counterfactual.meaning", language)
        high = min(52.0, painter.text_height(meaning, width - 32, 12.5, "medium"))
        controls.note(painter, meaning, (x + 16, y + 37, width - 32, high + 1), 3, size=12.5,
                      vertical="top")  # fmt: skip
        clauses = [*effects.explanation(), effects.beside_the_tactic()]
        told = [plain(clause.text(language), language) for clause in clauses if clause is not None]
        told_high = [painter.text_height(text, width - 52, 13, "medium") + 3 for text in told]
        top = y + 42 + high
        self._effect_rows(painter, (x + 12, top, width - 24, height - high - 58 - sum(told_high)),
                          effects, language)  # fmt: skip
        # close under the table where there is room, at the foot of the page where there is not
        foot = y + height - sum(told_high) - 10
        foot = min(foot, top + 21 + 34.0 * (len(effects.segments) + 1) + 22)
        painter.rect((x + 16, foot - 3, width - 32, 1.2), theme.HAIRLINE)
        for text, tall in zip(told, told_high, strict=True):
            painter.rect((x + 20, foot + 8, 6, 6), theme.MUSTARD, 3)
            controls.note(painter, text, (x + 34, foot, width - 50, tall), 6, theme.INK, size=13)
            foot += tall

    def _effect_rows(self, painter: Painter, box: Box, effects, language: str) -> None:
        x, y, width, height = box
        shares = ((0.0, 0.43), (0.43, 0.21), (0.64, 0.15), (0.79, 0.21))
        heads = ["", wording.text("metrics.net_sales.name", language),
                 wording.text("metrics.returns.name", language),
                 wording.text("metrics.followers.name", language)]  # fmt: skip
        for (start, share), text in zip(shares, heads, strict=True):
            painter.text(
                text, (x + start * width, y, share * width - 6, 20), 12.5, "bold", theme.SOFT_INK,
                "right", smallest=9.5,
            )  # fmt: skip
        rows = list(effects.segments)
        each = min(34.0, (height - 22) / (len(rows) + 1))
        most = max(2, int((height - 22) / 21) - 1)
        hidden = 0
        if each < 21:
            # the stretches that changed most; what is left out is said
            ranked = sorted(rows, key=lambda effect: -abs(effect.figures["net_sales"]))
            kept = {effect.segment.number for effect in ranked[: most - 1]}
            hidden = len(rows) - len(kept)
            rows = [effect for effect in rows if effect.segment.number in kept]
            each = 21.0
        at = y + 21
        for effect in rows:
            segment = effect.segment
            name = self.say(
                "effects.segment", start=self.clock(segment.start), end=self.clock(segment.end),
                tactic=self.tactic_name(segment.tactic, language),
            )  # fmt: skip
            painter.rect((x, at + each / 2 - 5, 10, 10), self.colour_of(segment.tactic), 5)
            self._effect_row(painter, (x, at, width, each), shares, name, effect.figures, False)
            at += each
        if hidden:
            text = self.say("effects.hidden", count=hidden)
            controls.note(painter, text, (x + 16, at, width - 16, 21), size=12)
            at += 21
        painter.rect((x - 4, at + 1, width + 8, each - 2), (244, 182, 70, 60), 9)
        self._effect_row(
            painter, (x, at, width, each), shares, self.say("effects.whole"), effects.whole, True
        )

    @staticmethod
    def _effect_row(painter: Painter, box: Box, shares, name: str, figures, strong: bool) -> None:
        x, y, width, each = box
        painter.text(
            name, (x + 16, y, shares[0][1] * width - 20, each), 13.5,
            "bold" if strong else "medium", theme.INK, smallest=10,
        )  # fmt: skip
        for (start, share), metric in zip(
            shares[1:], ("net_sales", "returns", "followers"), strict=True
        ):
            value = figures[metric]
            text = signed_yuan(value) if metric == "net_sales" else f"{value:+.0f}"
            if value == 0:
                text = "0" if metric != "net_sales" else "¥0"
            good = value * (-1 if metric == "returns" else 1)
            ink = theme.SOFT_INK if not value else theme.GOOD if good > 0 else theme.POOR
            painter.text(
                text.replace("-", "−"), (x + start * width, y, share * width - 6, each), 14, "bold",
                ink, "right", smallest=10,
            )  # fmt: skip
