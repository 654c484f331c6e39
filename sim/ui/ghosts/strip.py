"""The strip that shows the player and up to two ghosts at the same minute."""

from __future__ import annotations

from sim import wording
from sim.ui import theme, words
from sim.ui.ghosts.company import Companion, Company
from sim.ui.ghosts.curve import Curve
from sim.ui.ghosts.marks import COLOURS, YOU, draw_mark
from sim.ui.painter import Box, Painter

HEIGHT = 60.0
_COUNTER = 50.0  # before the counter there is less room
# The audience makes way for the strip: so much lower is its first row, with the bubbles over it.
HEADS_LOWER = 24.0
_LOW = 44.0  # and over the map, where the curve makes way, still less
# Name, the ghost's series, and how wide the figures of one of the three may become.
_CELLS = (("viewers", "inside", 40.0), ("orders", "orders", 40.0), ("net", "net_sales", 66.0),
          ("fans", "followers", 40.0))  # fmt: skip
_GAP = 9.0
_NARROWEST = 660.0
_WIDE = 760.0  # from this width on figures stand wide apart


def say(key: str, language: str, /, **values) -> str:
    """The text `ghost.<key>`."""
    return wording.text(f"ghost.{key}", language, **values)


def place(painter: Painter, in_room: bool, on_map: bool, card: bool, shop: float) -> Box:
    """Where the strip lies: before the counter, over the map, or at the street's near end.

    card: whether the card of a shopper is open; shop: where our own shop begins on the street,
    which stays in view
    """
    width, height = painter.width, painter.height
    if on_map:
        return 236.0, 74.0, width - 402 - 236, _LOW
    if in_room:
        left = 326.0 if card else 300.0
        # Between the card of the goods on the counter and the first row of heads.
        return left, height * 0.6 + 2, width - 300 - left, _COUNTER
    left = 326.0 if card else max(18.0, shop - 840.0)
    wide = max(_NARROWEST, shop - left)
    return left, height - 73 - 10 - HEIGHT, wide, HEIGHT


class Strip:
    """Draws the company of a live."""

    def __init__(self, session, company: Company) -> None:
        self.session, self.company = session, company
        self._curve = Curve()

    def draw(self, painter: Painter, box: Box, language: str) -> None:
        x, y, width, height = box
        painter.panel(box, theme.PAPER, 16, 70, opacity=250)
        columns = 1 + len(self.company.companions)
        low = height <= _LOW
        snug = 0.8 if low else 1.0 if width > _WIDE else 0.85
        cells = [(name, series, wide * snug * columns + _GAP) for name, series, wide in _CELLS]
        tight = min(1.0, height / HEIGHT) if not low else 1.0
        taken = sum(wide for _, _, wide in cells)
        left = x + 10
        head = max(110.0, width - 20 - taken - 8)
        if low:
            self._doings(painter, (left, y + 3, head, height - 6), language, upright=True)
        else:
            there = [one for one in self.company.companions if one.ghost is not None]
            self._curve.draw(painter, (left, y + 5, head, height - 10), self.session, there)
        left += head + 10
        for name, series, wide in cells:
            label = say(f"strip.{name}", language)
            box_of_label = (left, y + 2, wide - _GAP, 16)
            painter.text(label, box_of_label, 12, "medium", theme.SOFT_INK, smallest=9.5)
            self._figures(painter, series, (left, y + tight * 18, wide - _GAP, 20), columns)
            left += wide
        if not low:
            spot = (x + 20 + head, y + tight * 38, taken - _GAP, 18)
            self._doings(painter, spot, language, upright=False)

    # -- figures -------------------------------------------------------------------------------
    def own(self, series: str) -> float:
        """The player's own figure now, the same that stands in the bar above."""
        seen = self.session.seen
        value = seen.room.viewers if series == "inside" else seen.figures[series]
        return 0.0 if value is None or value != value else float(value)

    def of(self, companion: Companion, series: str) -> float | None:
        """A ghost's figure at this very moment; None where it is not known."""
        ghost, tick = companion.ghost, self.session.run.tick
        if ghost is None or tick > ghost.until:
            return None
        return ghost.at(tick)[series]

    def _figures(self, painter: Painter, series: str, box: Box, columns: int) -> None:
        x, y, width, height = box
        each = width / columns
        values = [(YOU, self.own(series))]
        values += [(one.mark, self.of(one, series)) for one in self.company.companions]
        for number, (mark, value) in enumerate(values):
            left = x + number * each
            draw_mark(painter, mark, left + 5, y + height / 2, 4.0)
            shown = "—" if value is None else _worded(series, value)
            spot = (left + 12, y, each - 14, height)
            painter.text(shown, spot, 14, "bold", COLOURS[mark], smallest=9.5)

    # -- what they are doing -------------------------------------------------------------------
    def doing(self, companion: Companion, language: str) -> str:
        """What a ghost does at this moment."""
        ghost, tick = companion.ghost, self.session.run.tick
        if ghost is None:
            return say("strip.getting", language, share=words.per_cent(companion.share, 0))
        if tick > ghost.until:
            return say("strip.ended", language)
        scenario = self.session.scenario
        tactic = ghost.tactic_at(max(tick, self.session.run.live_start_tick))
        known = scenario.tactics.get(tactic) if tactic else None
        title = known.title.text(language) if known else say("strip.own_mix", language)
        act = ghost.act_at(tick)
        if act is None:
            return title
        return say("strip.act", language, act=words.say(f"act.{act}", language), tactic=title)

    def _doings(self, painter: Painter, box: Box, language: str, upright: bool) -> None:
        """A line a ghost, under each other or side by side: who it is and what it does now."""
        x, y, width, height = box
        companions = self.company.companions
        count = max(1, len(companions))
        each = (width, height / count) if upright else (width / count, height)
        for number, companion in enumerate(companions):
            left = x if upright else x + number * each[0]
            top = y + number * each[1] if upright else y
            draw_mark(painter, companion.mark, left + 5, top + each[1] / 2, 4.0)
            doing = self.doing(companion, language)
            text = doing if upright else f"{name_of(companion, language)}: {doing}"
            spot = (left + 14, top, each[0] - 20, each[1])
            painter.text(
                text, spot, 12.5, "medium", COLOURS[companion.mark], smallest=9.5,
                may_truncate=True,
            )  # fmt: skip


def name_of(companion: Companion, language: str) -> str:
    """What a ghost is called."""
    return say(f"kind.{companion.offer.kind}", language)


def _worded(series: str, value: float) -> str:
    return words.yuan(value) if series == "net_sales" else words.count(value)
