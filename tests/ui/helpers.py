"""What several tests of the window need."""

from __future__ import annotations

import pygame

from sim.ui.app import App
from sim.ui.street.geometry import StreetMap
from sim.ui.street.scene import Scene


class NoRehearsal:
    """Stands in for the rehearsal: the room is drawn when asked for, however long it takes."""

    def keep(self, painter, session, language) -> None:
        pass

    def ready(self, painter, wait=False) -> bool:
        return True


class PlainBuilder:
    """Stands in for the scene builder: a plain picture at once, so that tests need not wait."""

    def __init__(self) -> None:
        self.rehearsal = NoRehearsal()
        self._closer = None
        self._scene = None

    @property
    def closer(self):
        self._closer = self._closer or PlainBuilder()
        return self._closer

    def forget(self) -> None:
        self._scene = None

    def want(self, size, unit, rooms, wait=False):
        if self._scene is None or self._scene.background.get_size() != tuple(size):
            background = pygame.Surface(size)
            background.fill((200, 180, 150))
            lights = pygame.Surface((1, 1), pygame.SRCALPHA)
            street = StreetMap(size[0] / unit, size[1] / unit, rooms)
            self._scene = Scene(background, lights, (0, 0), street)
        return self._scene


class Player:
    """Presses keys and clicks controls of an app, frame by frame."""

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def screen(self):
        return self.app.screen

    @property
    def name(self) -> str:
        return type(self.app.screen).__name__

    def frames(self, count: int = 1, seconds: float = 0.05) -> None:
        for _ in range(count):
            if self.app.running:
                self.app.step(seconds)

    def key(self, *keys: int, mod: int = 0) -> None:
        for key in keys:
            pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key, mod=mod, unicode=""))
            pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key, mod=mod))
            self.frames()

    def point(self, design: tuple[float, float]) -> tuple[int, int]:
        unit = self.app.painter.unit
        return round(design[0] * unit), round(design[1] * unit)

    def click_at(self, design: tuple[float, float]) -> None:
        pos = self.point(design)
        post = pygame.event.post
        post(pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0)))
        post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1))
        post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=pos, button=1))
        self.frames()

    def click(self, name: str, share: float = 0.5) -> None:
        widget = self.screen.group.get(name)
        assert widget is not None, f"{self.name} has no control {name}"
        x, y, width, height = widget.box
        self.click_at((x + width * share, y + height / 2))

    def until(self, name: str, frames: int = 2000, seconds: float = 0.05) -> None:
        for _ in range(frames):
            if self.name == name:
                return
            self.frames(1, seconds)
        raise AssertionError(f"still on {self.name}, never reached {name}")
