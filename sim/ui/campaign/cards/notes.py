"""Notes: what kind, of what, with the group pinned or not; and what hangs on the street now."""

from __future__ import annotations

from sim.ui import theme, words
from sim.ui.campaign import desk_art
from sim.ui.campaign.cards.base import Card
from sim.ui.campaign.controls import ProductTile, Stepper, Tick
from sim.ui.campaign.words import number_of, product_name, say, words_of
from sim.ui.painter import Box, Painter
from sim.ui.widgets.base import Widget


class NotesCard(Card):
    name, first, number = "notes", "notes:format", 2

    def _split(self, box: Box) -> tuple[float, float]:
        """Width of the left half, and where the right one begins."""
        return box[2] * 0.5 - 20, box[0] + box[2] * 0.5 + 6

    def controls(self, box: Box) -> list[Widget]:
        x, y, width, height = box
        drafts = self.drafts
        wide, right = self._split(box)
        pitch = min(44.0, (height - 42 - 44) / 3 - 6)
        left = x + 14
        widgets: list[Widget] = [
            Stepper(
                "notes:format", (left, y + 40, wide, pitch), words_of("notes.format"),
                lambda la: say(f"format.{drafts.format}", la), self._move_format, 0.27,
                lambda la: say(f"format_tip.{drafts.format}", la),
            ),
            Stepper(
                "notes:looks", (left, y + 40 + pitch + 6, wide, pitch), words_of("notes.looks"),
                self._looks, drafts.move_looks, 0.27, words_of("notes.looks_tip"),
            ),
            Tick(
                "notes:pinned", (left, y + 40 + 2 * (pitch + 6), wide, pitch),
                words_of("notes.pinned"), lambda: drafts.pinned, drafts.toggle_pinned,
            ),
            self.button(
                "notes:publish", (left, y + height - 40, wide, 32), "notes.publish", self._publish,
                "main", "#D9952B",
            ),
        ]  # fmt: skip
        widgets[1].enabled = drafts.format == "look"
        widgets[3].words = lambda la: say(
            "notes.publish", la, hours=number_of(drafts.note_hours, la)
        )
        products = self.scenario.host.products
        columns = len(products) if len(products) <= 4 else -(-len(products) // 2)
        rows = -(-len(products) // columns)
        room_x, room_y = width * 0.5 - 18, self._tiles_high(box)
        each, tall = (room_x - 6 * (columns - 1)) / columns, (room_y - 6 * (rows - 1)) / rows
        for i, product in enumerate(products):
            spot = (
                right + (i % columns) * (each + 6), y + 12 + (i // columns) * (tall + 6), each, tall
            )  # fmt: skip
            widgets.append(
                ProductTile(
                    f"notes:{product.id}", spot, product, lambda p=product.id: p in drafts.picked,
                    lambda p=product.id: drafts.toggle_product(p), product.name.text,
                )
            )  # fmt: skip
        return widgets

    @staticmethod
    def _tiles_high(box: Box) -> float:
        return box[3] * 0.47

    def _move_format(self, by: int) -> None:
        self.drafts.move_format(by)
        self.desk.rebuild()

    def _looks(self, language: str) -> str:
        if self.drafts.format != "look":
            return "—"
        return say("notes.looks_value", language, count=self.drafts.looks)

    def _publish(self) -> None:
        self.desk.plan(self.drafts.note(), done="note")

    def paint(self, painter: Painter, box: Box, language: str) -> None:
        desk_art.paper(painter, box, "notes")
        x, y, width, height = box
        m = self.morning
        wide, right = self._split(box)
        end = self.title(painter, x + 14, y + 7, 120, language)
        if m.notes_today:
            text = say("notes.today", language, count=len(m.notes_today))
            painter.text(
                text, (end + 6, y + 7, x + 14 + wide - end - 6, 27), 13, "bold", "#B8741A", "right",
                smallest=9.5,
            )  # fmt: skip
        top = y + 12 + self._tiles_high(box) + 6
        room = width * 0.5 - 18
        painter.text(
            say("notes.on_street", language, count=len(m.notes)), (right, top, room, 19), 12.5,
            "bold", theme.SOFT_INK,
        )  # fmt: skip
        rows = int((y + height - 8 - top - 20) // 22)
        for i, note in enumerate(m.notes[:rows]):
            self._note(painter, note, (right, top + 20 + i * 22, room, 21), language)

    def _note(self, painter: Painter, note, box: Box, language: str) -> None:
        x, y, width, height = box
        painter.rect((x, y + 1, width, height - 1), (246, 227, 211, 120), 6)
        name = say(f"format.{note.format}", language)
        shown = product_name(self.scenario, note.products[0], language) if note.products else ""
        painter.text(
            f"{name} · {shown}", (x + 6, y, width - 128, height), 12.5, "medium", smallest=9.5,
            may_truncate=True,
        )  # fmt: skip
        painter.bar((x + width - 116, y + height / 2 - 3, 40, 6), note.fresh, "#D9952B")
        painter.text(
            words.count(note.reads), (x + width - 70, y, 64, height), 12.5, "medium",
            theme.SOFT_INK, "right",
        )  # fmt: skip
