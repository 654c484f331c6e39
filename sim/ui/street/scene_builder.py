"""Builds the picture of the street for a new window behind the scenes, one at a time."""

from __future__ import annotations

from sim.ui.street.behind import Behind
from sim.ui.street.geometry import StreetMap
from sim.ui.street.rehearsal import Rehearsal
from sim.ui.street.scene import Scene, build_scene

_MOST_TRIES = 3


class SceneBuilder:
    """Keeps the newest scene; a new size is built in a thread while the old picture is shown.

    rehearsal   does the same for our room
    """

    def __init__(self) -> None:
        self.rehearsal = Rehearsal()
        self._closer: SceneBuilder | None = None
        self.scene: Scene | None = None
        self._built: tuple | None = None
        self._wanted: tuple | None = None
        self._task: Behind | None = None
        self._task_key: tuple | None = None
        self._tries = 0

    def want(self, size, unit: float, rooms: tuple[bool, ...], wait: bool = False) -> Scene | None:
        """The scene for this window and these hosts, or the last one until it is ready.

        While the window is being drawn larger many sizes pass by: only one is built at a time, and
        after it the one that is wanted then. Raises what went wrong when there is no picture.
        """
        key = (tuple(size), unit, rooms)
        if key != self._wanted:
            self._wanted, self._tries = key, 0
        while True:
            self._take_over()
            if self._built == key or self._tries >= _MOST_TRIES:
                return self.scene
            if self._task is None:
                self._start(key)
            if not wait:
                return self.scene
            self._task.wait()

    def _take_over(self) -> None:
        task = self._task
        if task is None or not task.done:
            return
        self._task = None
        if task.error is None:
            # Even one of a size that has passed by is nearer to the window than the last one.
            self.scene, self._built = task.result, self._task_key
            return
        self._tries += 1
        if self._tries >= _MOST_TRIES and self.scene is None:
            raise task.error

    @property
    def closer(self) -> SceneBuilder:
        """Another builder, for the street seen from close by."""
        if self._closer is None:
            self._closer = SceneBuilder()
        return self._closer

    def forget(self) -> None:
        """Let go of the picture, which is large; the next one who wants it has it built again."""
        self.scene = self._built = self._wanted = None

    def _start(self, key: tuple) -> None:
        size, unit, rooms = key
        street = StreetMap(size[0] / unit, size[1] / unit, rooms)
        self._task_key = key
        self._task = Behind(lambda: build_scene(size, unit, street), "street picture")

    def ready(self, size, rooms: tuple[bool, ...]) -> bool:
        """Whether the scene shown is the one for this window."""
        return self._built is not None and (self._built[0], self._built[2]) == (tuple(size), rooms)
