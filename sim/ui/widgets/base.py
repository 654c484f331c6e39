"""What every control shares, and the group that hands events and the keyboard focus around."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from sim.ui import theme
from sim.ui.painter import Box, Painter
from sim.ui.repeat import Repeat

PRESS_KEYS = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
_STEPS = {
    pygame.K_LEFT: (-1, 0), pygame.K_RIGHT: (1, 0), pygame.K_UP: (0, -1), pygame.K_DOWN: (0, 1),
}  # fmt: skip


class Widget:
    """A control in a box. `name` keeps the focus when a screen is laid out anew."""

    takes_focus = True
    takes_text = False  # one-letter keys belong to it while it has the focus
    sound: str | None = "click"  # what is heard when it is pressed

    def __init__(self, name: str, box: Box) -> None:
        self.name = name
        self.box = box
        self.enabled = True
        self.hovered = False
        self.pointed = False  # the mouse is on it, also while it cannot be used
        self.focused = False
        self.held = False

    def contains(self, point: tuple[float, float]) -> bool:
        x, y, width, height = self.box
        return x <= point[0] < x + width and y <= point[1] < y + height

    def draw(self, painter: Painter, language: str) -> None:
        raise NotImplementedError

    def press(self, point: tuple[float, float] | None = None):
        """Do what the control is for; the result goes to the screen."""
        return None

    def drag(self, point: tuple[float, float]) -> None:
        """The mouse moves while it is held down on this control."""

    def key(self, key: int) -> bool:
        """Use a key while focused; true when it was used."""
        return False

    def tip(self, language: str) -> str:
        """A sentence shown when the mouse rests here or the focus is here."""
        return ""

    def looks(self, language: str) -> tuple | None:
        """All that its drawing depends on; None when it is better drawn in every frame."""
        return None

    @property
    def _state(self) -> tuple:
        return self.box, self.enabled, self.hovered, self.focused, self.held

    def focus_ring(self, painter: Painter, radius: float) -> None:
        """The mark of the keyboard focus: a ring outside the control, light on dark."""
        if self.focused and self.enabled:
            x, y, width, height = self.box
            outer = (x - 4, y - 4, width + 8, height + 8)
            painter.rect(outer, theme.INK, radius + 4, 2.6)
            painter.rect((x - 2, y - 2, width + 4, height + 4), "#FFFFFF", radius + 2, 1.8)


class WidgetGroup:
    """The controls of a screen. Hands out mouse events and moves the focus.

    play: makes a sound heard by its name
    """

    def __init__(self, play: Callable[[str], object] = lambda name: None) -> None:
        self._play = play
        self.widgets: list[Widget] = []
        self._focus_name: str | None = None
        self._show_focus = False
        self._held: Widget | None = None
        self._repeat = Repeat()

    def set(self, widgets: list[Widget]) -> None:
        """Replace all controls; the one that had the focus keeps it by its name."""
        self.widgets = widgets
        self._mark()

    def get(self, name: str) -> Widget | None:
        return next((widget for widget in self.widgets if widget.name == name), None)

    @property
    def focused(self) -> Widget | None:
        found = self.get(self._focus_name) if self._focus_name else None
        return found if found is not None and found.enabled else None

    @property
    def typing(self) -> bool:
        """Whether what is typed now goes into a text."""
        return self.focused is not None and self.focused.takes_text

    def focus(self, name: str | None, show: bool = True) -> None:
        """Give the focus to a control by name."""
        self._focus_name = name
        self._show_focus = show
        self._mark()

    def _mark(self) -> None:
        for widget in self.widgets:
            widget.focused = self._show_focus and widget.name == self._focus_name
            if widget.takes_text:
                widget.typing = widget.name == self._focus_name

    def _candidates(self) -> list[Widget]:
        return [w for w in self.widgets if w.takes_focus and w.enabled]

    def step(self, forward: bool) -> None:
        """Move the focus to the next or previous control."""
        options = self._candidates()
        if not options:
            return
        current = self.focused
        if current is None:
            target = options[0 if forward else -1]
        else:
            index = options.index(current) if current in options else -1
            target = options[(index + (1 if forward else -1)) % len(options)]
        self.focus(target.name)

    def move(self, dx: int, dy: int) -> None:
        """Move the focus to the nearest control in a direction."""
        options, current = self._candidates(), self.focused
        if current is None:
            self.step(True)
            return
        cx, cy = _middle(current.box)
        best, best_cost = None, None
        for widget in options:
            if widget is current:
                continue
            x, y = _middle(widget.box)
            ahead = (x - cx) * dx + (y - cy) * dy
            aside = abs((x - cx) * dy) + abs((y - cy) * dx)
            if ahead <= 4 or aside > ahead * 3 + 60:
                continue
            cost = ahead + aside * 2
            if best_cost is None or cost < best_cost:
                best, best_cost = widget, cost
        if best is not None:
            self.focus(best.name)

    def handle(self, event: pygame.event.Event, point: tuple[float, float] | None):
        """(used, result) of an event; `point` is the mouse in design units."""
        if self.typing and self.focused.text_event(event):
            return True, None
        if event.type == pygame.MOUSEMOTION and point is not None:
            for widget in self.widgets:
                widget.pointed = widget.contains(point)
                widget.hovered = widget.enabled and widget.pointed
            if self._held is not None:
                self._held.drag(point)
                return True, None
            return False, None
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1 and point is not None:
            for widget in reversed(self.widgets):
                if widget.contains(point):
                    if not widget.enabled:
                        return True, None
                    widget.held = True
                    self._held = widget
                    self.focus(widget.name if widget.takes_focus else self._focus_name, show=False)
                    widget.drag(point)
                    return True, None
            return False, None
        if event.type == pygame.MOUSEBUTTONUP and event.button == 1 and point is not None:
            widget, self._held = self._held, None
            if widget is None:
                return False, None
            widget.held = False
            if widget.enabled and widget.contains(point):
                return True, self._press(widget, point)
            return True, None
        if event.type == pygame.KEYDOWN:
            return self._key(event)
        return False, None

    def _key(self, event: pygame.event.Event):
        current = self.focused
        if event.key == pygame.K_TAB:
            self.step(not event.mod & pygame.KMOD_SHIFT)
            self._play("focus")
            return True, None
        if current is not None and current.key(event.key):
            return True, None
        if event.key in PRESS_KEYS and current is not None and self._show_focus:
            return True, self._press(current)
        if event.key in _STEPS:
            self.move(*_STEPS[event.key])
            if self.focused is not current:
                self._play("focus")
            return True, None
        return False, None

    def _press(self, widget: Widget, point: tuple[float, float] | None = None):
        if widget.sound:
            self._play(widget.sound)
        return widget.press(point)

    def draw(self, painter: Painter, language: str) -> None:
        looks = [widget.looks(language) for widget in self.widgets]
        if None in looks:
            self._draw_all(painter, language)
        else:
            self._repeat.draw(painter, tuple(looks), lambda: self._draw_all(painter, language))

    def _draw_all(self, painter: Painter, language: str) -> None:
        for widget in self.widgets:
            widget.draw(painter, language)

    def tip(self, language: str) -> tuple[str, Box] | None:
        """The sentence to show now, and the box of the control it is about."""
        for widget in reversed(self.widgets):
            # Also of what cannot be used: its tip may say why.
            if widget.hovered or widget.focused or (widget.pointed and not widget.enabled):
                text = widget.tip(language)
                if text:
                    return text, widget.box
        return None


def _middle(box: Box) -> tuple[float, float]:
    return box[0] + box[2] / 2, box[1] + box[3] / 2


Words = Callable[[str], str]


def draw_tip(painter: Painter, text: str, box: Box) -> None:
    """A small sheet with a sentence beside a control, kept inside the window."""
    size, widest = theme.SMALL + 0.5, 300.0
    wide = min(widest, painter.measure(text, size) + 2)
    high = painter.text_height(text, wide, size)
    sheet_w, sheet_h = wide + 26, high + 16
    x = min(max(8, box[0] + box[2] / 2 - sheet_w / 2), painter.width - sheet_w - 8)
    y = box[1] - sheet_h - 12
    if y < 6:
        y = box[1] + box[3] + 12
    painter.panel((x, y, sheet_w, sheet_h), theme.INK, 12, 80, None, 236)
    lines = max(1, round(high / (size * 1.3)))
    painter.text(text, (x + 13, y + 8, wide + 1, high), size, "regular", theme.CREAM, lines=lines)
