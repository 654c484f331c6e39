"""The shelf with the goods: what is left of each, and buying more of one."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import ProductTile, Stepper
from sim.ui.campaign.words import product_name, say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget
from sim.ui.widgets.button import AbleButton


class GoodsCard(Card):
    name, first, number = "restock", "goods:units", 5

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts = self.drafts
        products = self.scenario.host.products
        columns = len(products) if len(products) <= 4 else -(-len(products) // 2)
        rows = -(-len(products) // columns)
        room_x, room_y = width * 0.54 - 22, height - 62
        each, tall = (room_x - 6 * (columns - 1)) / columns, (room_y - 6 * (rows - 1)) / rows
        widgets: list[Widget] = []
        for i, product in enumerate(products):
            spot = (
                x + 18 + (i % columns) * (each + 6), y + 44 + (i // columns) * (tall + 6),
                each, tall,
            )  # fmt: skip
            widgets.append(
                ProductTile(
                    f"goods:{product.id}", spot, product, lambda p=product.id: p == drafts.goods,
                    lambda p=product.id: drafts.pick_goods(p),
                    lambda la, p=product.id: say(
                        "goods.left", la, count=words.count(self.morning.stock[p])
                    ),
                    lambda la, p=product: p.name.text(la),
                )
            )  # fmt: skip
        left, wide = x + width * 0.54 + 6, width * 0.46 - 24
        widgets.append(
            Stepper(
                "goods:units", (left, y + 44, wide, 32), words_of("goods.units"),
                lambda la: say("goods.units_value", la, count=drafts.units), drafts.move_units,
                0.28,
            )
        )  # fmt: skip
        widgets.append(
            AbleButton(
                "goods:buy", (left, y + height - 52, wide, 34), words_of("goods.buy"), self._buy,
                "main", tip=self._why_not, size=14, colour="#5E9466", able=self._affordable,
            )
        )  # fmt: skip
        return widgets

    def _cost(self) -> float:
        costs = {item.id: item.cost for item in self.scenario.host.products}
        return costs[self.drafts.goods] * self.drafts.units

    def _affordable(self) -> bool:
        return self._cost() <= self.morning.cash

    def _why_not(self, language: str) -> str:
        if self._affordable():
            return ""
        return say("goods.too_dear", language, cash=words.yuan(self.morning.cash))

    def _buy(self) -> None:
        self.desk.plan(self.drafts.restock(), done="goods")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "shelf")
        x, y, width, height = box
        end = self.title(painter, x + 18, y + 13, 180, language)
        bought = [d for d in self.desk.session.planned if d.kind == "restock"]
        if bought:
            text = say("goods.bought", language, count=sum(d.units for d in bought))
            painter.text(
                text, (end + 10, y + 13, x + width - end - 28, 27), 13, "bold", "#4C7A55", "right",
                smallest=9.5,
            )  # fmt: skip
        left, wide = x + width * 0.54 + 6, width * 0.46 - 24
        name = product_name(self.scenario, self.drafts.goods, language)
        cost = say("goods.cost", language, name=name, cost=words.yuan(self._cost()))
        why_not = self._why_not(language)
        if why_not:
            cost = say("goods.cost_too_dear", language, cost=cost, why=why_not)
        painter.text(
            cost, (left, y + 80, wide, height - 80 - 58), 13.5, "medium",
            theme.POOR if why_not else theme.INK, lines=3 if why_not else 2,
            smallest=10, may_truncate=True,
        )  # fmt: skip
