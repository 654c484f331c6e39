"""Work done in a thread while the window goes on."""

from __future__ import annotations

import sys
import threading

# While a thread draws, Python changes threads sooner, so that the window never waits long for it.
_SHORT_TURN = 0.0005


class Behind:
    """One piece of work in a thread of its own, with short turns so that the window goes on."""

    _turn_lock = threading.Lock()
    _busy = 0
    _usual_turn = 0.005

    def __init__(self, work, name: str) -> None:
        self.result = None
        self.error: Exception | None = None
        self._work = work
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with Behind._turn_lock:
            if not Behind._busy:
                Behind._usual_turn = sys.getswitchinterval()
                sys.setswitchinterval(_SHORT_TURN)
            Behind._busy += 1
        try:
            self.result = self._work()
        except Exception as error:
            # Whoever asked decides; the window must not lose its street to one failed try.
            self.error = error
        finally:
            with Behind._turn_lock:
                Behind._busy -= 1
                if not Behind._busy:
                    sys.setswitchinterval(Behind._usual_turn)

    @property
    def done(self) -> bool:
        return not self._thread.is_alive()

    def wait(self) -> None:
        self._thread.join()
