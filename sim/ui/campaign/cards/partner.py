"""The letter of an institution that helps for a share of the sales."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import Stepper
from sim.ui.campaign.header import Told
from sim.ui.campaign.words import number_of, say
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


class PartnerCard(Card):
    name, first, number = "partner", "partner:sign", 6

    @property
    def _partners(self) -> dict:
        return {item.id: item for item in self.scenario.street.policy.partners}

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts, partners = self.drafts, self._partners
        if not partners:
            return []
        signed = self.morning.partner and self.morning.partner == drafts.partner
        widgets: list[Widget] = []
        if len(partners) > 1:
            widgets.append(
                Stepper(
                    "partner:which", (x + 10, y + 35, width - 20, 31), lambda la: "",
                    lambda la: partners[drafts.partner].title.text(la), drafts.move_partner, 0.0,
                    lambda la: partners[drafts.partner].summary.text(la), 2,
                )
            )  # fmt: skip
        widgets.append(
            self.button(
                "partner:sign", (x + 10, y + height - 38, width - 20, 30),
                "partner.end" if signed else "partner.sign",
                self._end if signed else self._sign, "plain" if signed else "main",
                None if signed else theme.PLUM,
            )
        )  # fmt: skip
        spot = (x + 10, y + 69, width - 20, max(10.0, height - 112))
        return [*widgets, Told("warmth", spot)]

    def _sign(self) -> None:
        self.desk.plan(self.drafts.sign(), done="signed")

    def _end(self) -> None:
        self.desk.plan(self.drafts.end_partner(), done="ended")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "letter")
        x, y, width, height = box
        self.title(painter, x + 10, y + 6, width - 50, language)
        partner = self._partners.get(self.drafts.partner)
        if partner is None:
            painter.text(
                say("partner.none", language), (x + 12, y + 40, width - 24, height - 52), 13.5,
                "medium", theme.SOFT_INK, lines=5, vertical="top",
            )  # fmt: skip
            return
        top = y + 69
        if len(self._partners) == 1:
            painter.text(
                partner.title.text(language), (x + 12, y + 37, width - 24, 26), 14, "bold",
                smallest=10, may_truncate=True,
            )  # fmt: skip
        text = say(
            "partner.terms", language, commission=words.per_cent(partner.commission, 0),
            rebate=words.per_cent(partner.fee_rebate, 0), hours=number_of(partner.hours, language),
            warmth=words.per_cent(partner.warmth, 0),
        )  # fmt: skip
        painter.text(
            text, (x + 12, top, width - 22, y + height - 42 - top), 12.5, "medium", theme.INK,
            lines=5, smallest=9, vertical="top",
        )  # fmt: skip
