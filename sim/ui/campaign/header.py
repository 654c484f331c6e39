"""The strip above the desk: which day it is, and where the account stands against yesterday."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.words import say, signed
from sim.ui.painter import Box, Painter
from sim.ui.screens.base import display_weight
from sim.ui.widgets.base import Widget

_CASH_EVENT = 29


def draw(painter: Painter, desk, language: str) -> None:
    """The strip: seven figures, each with what yesterday changed of it."""
    painter.panel((20, 12, painter.width - 40, 68), theme.PAPER, 18, 90, opacity=248)
    morning, session = desk.morning, desk.session
    title = say("header.day", language, day=morning.day + 1, days=morning.days)
    painter.text(title, (38, 16, 186, 36), 24, display_weight(title), theme.INK, smallest=17)
    note = say("header.practice" if session.practice else "header.morning", language)
    colour = "#FFFFFF" if session.practice else theme.SOFT_INK
    if session.practice:
        painter.rect((30, 50, min(196, painter.measure(note, theme.SMALL, "medium") + 18), 22),
                     theme.PLUM, 8)  # fmt: skip
    painter.text(note, (38, 50, 186, 22), theme.SMALL, "medium", colour)
    painter.art(("cash tin",), (236, 24, 40, 40), desk_art.tin, bleed=6)
    x = 286.0
    right = painter.width - 20 - 92 - 26
    entries = _entries(desk, language)
    total = sum(share for _, _, _, share, _ in entries)
    for label, value, change, share, colour in entries:
        width = (right - x) * share / total if total else 0
        painter.text(
            label, (x + 4, 15, width - 8, 19), theme.SMALL, "medium", theme.SOFT_INK, smallest=10
        )
        painter.text(value, (x + 4, 32, width - 8, 24), 18.5, "bold", theme.INK, smallest=12)
        # A figure that stayed as it was has nothing under it.
        change = "" if change == "·" else change
        painter.text(
            change, (x + 4, 54, width - 8, 18), 12, "medium", colour, smallest=9.5,
        )  # fmt: skip
        x += width
        total -= share
        if total:
            painter.rect((x - 3, 24, 1.2, 44), theme.HAIRLINE)


class Told(Widget):
    """A word of the strip that explains itself while the mouse or the focus rests on it."""

    sound = None

    def __init__(self, name: str, box: Box) -> None:
        super().__init__(f"told:{name}", box)
        self._key = f"told.{name}"

    def tip(self, language: str) -> str:
        return say(self._key, language)

    def draw(self, painter: Painter, language: str) -> None:
        if self.hovered:
            painter.rect(self.box, (244, 182, 70, 40), 8)
        self.focus_ring(painter, 8)


def explained(painter: Painter) -> list[Widget]:
    """What of the strip explains itself: standing, and what the platform gives."""
    left, room = 286.0, painter.width - 20 - 92 - 26 - 286.0
    shares = (1.25, 1.1, 1.0, 0.85, 0.85, 0.9, 1.45)
    total = sum(shares)
    found = []
    for place, name in ((5, "standing"), (6, "platform")):
        start = left + room * sum(shares[:place]) / total
        box = (start, 14, room * shares[place] / total - 5, 62)
        found.append(Told(name, box))
    return found


def _entries(desk, language: str):
    """(label, value, change, share of the width, colour of the change)."""
    m, session = desk.morning, desk.session
    row = m.yesterday
    cash_change = m.cash - _cash_of_yesterday(session) if row else 0.0
    sold = row.orders if row else 0

    def tone(change: float):
        return theme.GOOD if change > 0.5 else theme.POOR if change < -0.5 else theme.SOFT_INK

    fans = (row.followed - row.unfollowed) if row else 0
    members = (row.joined - row.left) if row else 0
    standing = say("header.reports", language, count=row.reports) if row and row.reports else ""
    policy = session.base.street.policy
    help_words = say("header.no_help", language)
    if m.help_days:
        help_words = say("header.help", language, days=m.help_days)
    following = [tier for tier in policy.growth if tier.sales > m.month_sales]
    platform = say("header.tier", language, tier=m.tier + 1) if m.tier >= 0 else help_words
    if m.tier >= 0 and m.help_days:
        platform = say("header.both", language, tier=m.tier + 1)
    if following:
        tier_note = say(
            "header.tier_next", language, left=_short(following[0].sales - m.month_sales, language)
        )
    else:
        tier_note = say("header.tier_top" if policy.growth else "header.no_tiers", language)
    if m.tier >= 0 and m.help_days:
        tier_note = say("header.help_left", language, days=m.help_days)
    net = row.net if row else 0.0
    return [
        (say("header.cash", language), words.yuan(m.cash),
         signed(cash_change, words.yuan), 1.25, tone(cash_change)),
        (say("header.net", language), words.yuan(net) if row else "—",
         say("header.yesterday", language), 1.1, theme.SOFT_INK),
        (say("header.stock", language), words.count(sum(m.stock.values())),
         say("header.sold", language, count=sold), 1.0, theme.SOFT_INK),
        (say("header.followers", language), words.count(m.followers), signed(fans), 0.85,
         tone(fans)),
        (say("header.members", language), words.count(m.members), signed(members), 0.85,
         tone(members)),
        (say("header.standing", language), f"{m.standing * 100:.0f}", standing, 0.9,
         theme.POOR if row and row.reports else theme.SOFT_INK),
        (say("header.platform", language), platform,
         tier_note, 1.45, theme.SOFT_INK),
    ]  # fmt: skip


def _short(amount: float, language: str) -> str:
    from sim.ui.campaign.words import short_yuan

    return "¥" + short_yuan(amount, language)


def _cash_of_yesterday(session) -> float:
    """Cash when yesterday began, after what was bought that morning; yuan."""
    events = session.run.events()
    days = events[events["kind"] == _CASH_EVENT]
    wanted = days[days["value"] == session.day - 1]
    if not len(wanted):
        return session.base.campaign.cash
    return float(wanted["extra"][-1]) / 100
