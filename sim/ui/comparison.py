"""The other tactics on the same crowd, simulated behind the result page."""

from __future__ import annotations

import threading


class SameCrowd:
    """Runs every tactic once on the player's crowd, in a thread; rows come in one by one."""

    def __init__(self, scenario, seed: int, tactics: list[str], compare=None) -> None:
        self.scenario, self.seed, self.tactics = scenario, seed, list(tactics)
        self.rows: dict[str, dict[str, float]] = {}
        self.failed = False
        self._compare = compare or _real_compare
        self._stop = False
        self._thread = threading.Thread(target=self._work, name="same crowd", daemon=True)
        self._thread.start()

    @property
    def done(self) -> int:
        return len(self.rows)

    @property
    def finished(self) -> bool:
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Do not start another tactic."""
        self._stop = True

    def wait(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        for tactic in self.tactics:
            if self._stop:
                return
            try:
                self.rows[tactic] = self._compare(self.scenario, tactic, self.seed)
            except Exception:
                # The player's own result must stay readable whatever happens here.
                self.failed = True
                return


def _real_compare(scenario, tactic: str, seed: int) -> dict[str, float]:
    from sim.play.batch import compare

    comparison = compare(scenario, [tactic], [seed])
    return {name: float(values[0]) for name, values in comparison.values[tactic].items()}
