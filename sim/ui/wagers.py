"""The bets of a session: kept beside its journal while it goes on, and in the profile afterwards.

Bets decide nothing, so they stand in a small file of their own: without it, or with a damaged one,
the run goes on as if nobody had bet.
"""

from __future__ import annotations

import contextlib
import json
import math
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sim.errors import StrollError
from sim.play.bets import Bet, Settled, bet_from_data, settle_all
from sim.play.whole_file import NotAFile, read_file, write_file
from sim.ui.saved import begin_keeping, count_kept, end_keeping, result_kept

_ENDING = ".bets.json"
_MOST_BYTES = 20_000
_MOST_BETS = 12


def to_data(bets: Iterable[Bet]) -> list[dict[str, Any]]:
    """Plain data that `from_data` reads back."""
    return [bet.to_data() for bet in bets]


def from_data(data: Any) -> tuple[Bet, ...]:
    """Reads untrusted data; what is not a bet is passed over."""
    found = []
    for item in data[:_MOST_BETS] if isinstance(data, list) else []:
        with contextlib.suppress(StrollError):
            found.append(bet_from_data(item))
    return tuple(found)


def keep_beside(journal: Path, bets: Iterable[Bet]) -> bool:
    """Writes the bets next to a run's journal; false when that is not possible."""
    try:
        write_file(_beside(journal), json.dumps(to_data(bets), allow_nan=False).encode())
    except OSError:
        return False
    return True


def read_beside(journal: Path) -> tuple[Bet, ...]:
    """The bets that belong to a journal; none when there are none or they cannot be read."""
    try:
        return from_data(json.loads(read_file(_beside(journal), _MOST_BYTES)))
    except (OSError, NotAFile, ValueError, RecursionError):
        return ()


def _beside(journal: Path) -> Path:
    return Path(journal).with_name(Path(journal).stem + _ENDING)


class Keeping:
    """Settles the bets of a finished run and adds it to the profile, in a thread of its own.

    settled   the bets with what came of them; None until they are known
    failed    whether they could not be settled
    saved     whether run and bets are on disk; None while that is under way
    number    the run's number in the profile, once it is there

    crowd: a sim.ui.comparison.SameCrowd whose figures are used as they come, so that no tactic is
    simulated twice; whatever it lacks when it ends is simulated here.
    """

    def __init__(self, session, figures: dict[str, float], crowd) -> None:
        self._session, self._figures, self._crowd = session, figures, crowd
        self.settled: tuple[Settled, ...] | None = None
        self.failed = False
        self.saved: bool | None = None
        self.number: int | None = None
        self._journal = getattr(session, "journal_path", None)
        # Here and not in the thread: the title may come back before that has begun.
        begin_keeping(self._journal)
        # No daemon: whoever closes the window the moment the result shows still finds the run.
        self._thread = threading.Thread(target=self._work, name="keep run")
        self._thread.start()

    def wait(self) -> None:
        self._thread.join()

    def _work(self) -> None:
        bets = tuple(self._session.bets)
        if bets:
            try:
                self._crowd.wait()
                rows = dict(self._crowd.rows)
                self.settled = tuple(settle_all(bets, self._session.run, rows))
            except Exception:
                # The result must stay readable whatever happens here.
                self.failed = True
        else:
            self.settled = ()
        try:
            self.saved = self._save()
        except Exception:
            self.saved = False
        finally:
            end_keeping(self._journal)

    def _save(self) -> bool:
        from sim.model import ENGINE_VERSION
        from sim.play.profile import Profile, RunEntry

        scenario = self._session.scenario
        entry = RunEntry(
            scenario_id=scenario.id,
            scenario_hash=scenario.hash,
            engine=ENGINE_VERSION,
            seed=int(self._session.seed),
            figures={name: _plain(value) for name, value in self._figures.items()},
            capsule=self._capsule(),
        )
        with Profile.open() as profile:
            self.number = self._already_there(profile, entry)
            if self.number is None:
                self.number = profile.add_run(entry, self.settled or ())
            saved = not profile.in_memory
        if saved and self._journal is not None:
            result_kept(self._journal)
        return saved

    def _already_there(self, profile, entry) -> int | None:
        """The number of the same run, when it was killed between being kept and being noted."""
        if not getattr(self._session, "was_over", False) or not entry.capsule:
            return None
        for old in profile.runs(entry.scenario_id, limit=8):
            if (old.capsule, old.seed, old.scenario_hash) == (
                entry.capsule, entry.seed, entry.scenario_hash,
            ):  # fmt: skip
                return old.number
        return None

    def note_stars(self, count: int | None, share: float) -> None:
        """Add the stars of this run, which are known only after a search."""
        from sim.play.profile import Profile

        if self.number is None or count is None:
            return
        with contextlib.suppress(Exception), Profile.open() as profile:
            profile.set_stars(self.number, count, _plain(share))
        count_kept()

    def _capsule(self) -> bytes:
        from sim.play.capsule import capsule_of
        from sim.play.capsule_file import capsule_bytes

        try:
            return capsule_bytes(capsule_of(self._session.run))
        except (StrollError, AttributeError, TypeError, ValueError):
            # A run that fits no capsule is still a run with figures and bets.
            return b""


def _plain(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)
