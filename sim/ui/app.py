"""The window and its loop: events in, one frame out, screens on a stack."""

from __future__ import annotations

import gc
import sys
import time

from sim.errors import DisplayError
from sim.ui.environment import load_pygame, open_window
from sim.ui.trouble import let_go

FRAMES_A_SECOND = 60
LARGER = 1.22
_SMALLEST_UNIT = 0.6  # below this the smallest words have fewer pixels than they need


class App:
    """The game. Tests make one with the dummy driver, post events and call `step(seconds)`.

    make_run, compare: how a run is built and compared, the real ones by default
    """

    def __init__(
        self, size=None, language=None, settings=None, make_run=None, compare=None
    ) -> None:
        self.pygame = load_pygame()
        from sim.ui import words
        from sim.ui.painter import Painter
        from sim.ui.settings import load_settings
        from sim.ui.sound import Sound
        from sim.ui.street.scene_builder import SceneBuilder

        self.settings = settings or load_settings(language)
        if language:
            self.settings.language = language
        name = words.say("title.name", "zh") + " Stroll Street"
        self.window = open_window(size, name)
        self.painter = Painter(self.window)
        self.builder = SceneBuilder()
        self.sound = Sound(self.settings.volume / 100, self.settings.muted)
        self.make_run, self.compare = make_run, compare
        self.stack: list = []
        self.running = True
        self.exit_code = 0
        self.frame_seconds = 0.0
        self._full_screen = False
        self._typing = False
        self._left = False  # whether a screen was left since garbage was collected
        # Until there is something to type, an input method must not swallow one-letter keys.
        self.pygame.key.stop_text_input()
        self.set_large_text(self.settings.large_text, save=False)
        if self.settings.full_screen and size is None:
            self._toggle_full_screen()

    # -- screens -------------------------------------------------------------------------------
    @property
    def screen(self):
        """The screen on top, or None."""
        return self.stack[-1] if self.stack else None

    def apply(self, change) -> None:
        """The one place where screens come and go."""
        from sim.ui.screens.base import Leave, Pop, Push, Replace

        if change is None:
            return
        self._left = self._left or not isinstance(change, Push)
        if isinstance(change, Push):
            self.stack.append(change.screen)
            self._hear_arrival()
        elif isinstance(change, Pop):
            self.stack.pop().closed()
        elif isinstance(change, Replace):
            gone = list(self.stack) if change.all else [self.stack[-1]]
            for screen in reversed(gone):
                self.stack.remove(screen)
                screen.closed()
            self.stack.append(change.screen)
            self._hear_arrival()
        elif isinstance(change, Leave):
            for screen in reversed(self.stack):
                screen.closed()
            self.stack.clear()
        if self.stack:
            self.screen.opened()
        else:
            self.running = False

    def _hear_arrival(self) -> None:
        if self.screen.arrival:
            self.sound.play(self.screen.arrival)

    @property
    def language(self) -> str:
        return self.settings.language

    def set_language(self, language: str) -> None:
        """Speak another language from the next frame on."""
        self.settings.language = language
        self.settings.save()

    def set_volume(self, volume: int) -> None:
        """1 to 100, or 0 to hear nothing."""
        self.settings.muted = volume == 0
        self.settings.volume = volume or self.settings.volume
        self.settings.save()
        self.sound.volume = self.settings.volume / 100
        self.sound.muted = self.settings.muted

    def set_large_text(self, large: bool, save: bool = True) -> bool:
        """Draw words larger wherever they have room; false when that could not be saved."""
        self.settings.large_text = large
        self.painter.larger = LARGER if large else 1.0
        return not save or self.settings.save()

    def set_full_screen(self, full: bool) -> bool:
        """Fill the screen, or go back to a window; false when that could not be saved."""
        if full != self._full_screen:
            self._toggle_full_screen()
        self.settings.full_screen = full
        return self.settings.save()

    # -- one frame -----------------------------------------------------------------------------
    def handle(self, event) -> None:
        pg = self.pygame
        if event.type == pg.QUIT:
            self.running = False
        elif event.type in (pg.VIDEORESIZE, pg.WINDOWSIZECHANGED):
            self.adopt_window()
        elif event.type == pg.KEYDOWN and event.key == pg.K_F11:
            self.set_full_screen(not self._full_screen)
        elif self.typing and self.screen is not None:
            self.apply(self.screen.handle(event))
        elif event.type == pg.KEYDOWN and event.key == pg.K_l:
            self.set_language("en" if self.language == "zh" else "zh")
        elif event.type == pg.KEYDOWN and event.key == pg.K_m:
            self.set_volume(self.settings.volume if self.settings.muted else 0)
        elif self.screen is not None:
            self.apply(self.screen.handle(event))

    @property
    def typing(self) -> bool:
        """Whether what is typed now goes into a text."""
        return self.screen is not None and self.screen.group.typing

    def _mind_typing(self) -> None:
        if self.typing != self._typing:
            self._typing = self.typing
            key = self.pygame.key
            (key.start_text_input if self._typing else key.stop_text_input)()

    def adopt_window(self) -> None:
        """Take over the window's present size."""
        surface = self.pygame.display.get_surface()
        if surface is not None:
            self.window = surface
            self.painter.adopt(surface)

    def _toggle_full_screen(self) -> None:
        pg = self.pygame
        self._full_screen = not self._full_screen
        if self._full_screen:
            self._windowed = self.window.get_size()
            pg.display.set_mode((0, 0), pg.FULLSCREEN)
        else:
            pg.display.set_mode(self._windowed, pg.RESIZABLE)
        self.adopt_window()

    def step(self, seconds: float) -> None:
        """Handle what has been posted, let `seconds` pass, draw one frame."""
        for event in self.pygame.event.get():
            self.handle(event)
            if not self.running:
                return
        self._mind_typing()
        if self.screen is not None:
            self.apply(self.screen.update(seconds))
        if self.screen is not None:
            self.sound.ambience(*self.screen.ambience())
        self.sound.update(seconds)
        if self.running and self.screen is not None:
            self.painter.still = self.settings.reduced_motion
            # The clock of whatever moves only to please.
            self.painter.clock += 0.0 if self.painter.still else seconds
            self.draw()
            self.pygame.display.flip()
        if self._left:
            self._left = False
            if not gc.isenabled():
                # A screen and its pictures hold on to each other; between two screens there is
                # time to let them go, and without it every live would stay in memory.
                gc.collect()

    def step_safely(self, seconds: float) -> None:
        """A frame like any other; an error in it turns into a sheet in the window."""
        try:
            self.step(seconds)
        except Exception as error:
            self._show_trouble(error)

    def _show_trouble(self, error: Exception) -> None:
        from sim.ui import trouble
        from sim.ui.screens.trouble import TroubleScreen

        file = trouble.write_down(error)
        try:
            if isinstance(self.screen, TroubleScreen):
                raise error
            trouble.let_go(self.stack)
            kept = trouble.kept(self.stack)
            self.painter.surface.set_clip(None)
            self.stack[:] = [self.trouble_screen(file, kept)]
            self.draw()
            self.pygame.display.flip()
        except Exception as worse:
            if worse is not error:
                trouble.write_down(worse)
            from sim import wording

            print(wording.text("trouble.end", self.language), file=sys.stderr, flush=True)
            self.exit_code, self.running = 1, False

    def trouble_screen(self, file, kept: bool | None):
        """The sheet that tells an error and leads back to where this window begins."""
        from sim.ui.screens.trouble import TroubleScreen

        return TroubleScreen(self, file, kept)

    def draw(self) -> None:
        if self.painter.unit < _SMALLEST_UNIT:
            self._draw_too_small()
            return
        bottom = len(self.stack) - 1
        while bottom > 0 and not self.stack[bottom].covers:
            bottom -= 1
        for screen in self.stack[bottom:]:
            screen.draw(self.painter)

    def _draw_too_small(self) -> None:
        """One sentence instead of a page that nobody could read."""
        from sim.ui import theme, words

        painter = self.painter
        painter.surface.fill(theme.rgba(theme.CREAM))
        size = 15 / painter.unit
        box = (12 / painter.unit, 0, painter.width - 24 / painter.unit, painter.height)
        painter.text(
            words.say("common.small_window", self.language), box, size, "medium", theme.INK,
            "center", lines=6,
        )  # fmt: skip

    def run(self) -> int:
        """The loop until the window is closed; returns the exit code."""
        if not self.settings.muted:
            # Opening a device holds everything up, so it is done before anything moves.
            self.sound.prepare()
        clock = self.pygame.time.Clock()
        # Collecting garbage in the middle of a frame is what made the slowest frames slow.
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            last_collected = time.monotonic()
            while self.running:
                seconds = clock.tick(FRAMES_A_SECOND) / 1000
                started = time.perf_counter()
                self.step_safely(min(seconds, 0.1))
                self.frame_seconds = time.perf_counter() - started
                if time.monotonic() - last_collected > 20:
                    gc.collect(0)
                    last_collected = time.monotonic()
        except KeyboardInterrupt:
            return 130
        finally:
            gc.enable()
            gc.unfreeze()
            let_go(self.stack)
            self.sound.close()
            self.pygame.quit()
        return self.exit_code


def main(scenario: str | None = None, language: str | None = None) -> int:
    """Open the game, on the title or straight on a scenario; returns the exit code.

    Raises DisplayError with a sentence when no window can be opened, and ScenarioError when
    `scenario` cannot be read.
    """
    chosen = None
    if scenario is not None:
        from sim.scenario import Scenario

        chosen = Scenario.load(scenario)
    app = App(language=language)
    from sim.ui.screens.base import Push
    from sim.ui.screens.title import TitleScreen

    app.apply(Push(TitleScreen(app)))
    if chosen is not None:
        from sim.ui.campaign.entry import brief_for

        app.apply(Push(brief_for(app, chosen)))
    return app.run()


__all__ = ["App", "DisplayError", "main"]
