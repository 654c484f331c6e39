"""The ghosts of one live: what is on offer, which two were picked, how far each is simulated.

Both looking and simulating are done in threads; what they find is looked at once a frame. So are
the imports of what simulates: they take a second, and a brief opens at once.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from sim.errors import Phrase, StrollError

if TYPE_CHECKING:
    from sim.play.ghost import Ghost
    from sim.play.ghost_shelf import Offer

MOST = 2


class Companion:
    """One ghost that was picked.

    mark   0 or 1: which shape and colour it has; the other one keeps its own
    ghost  once it is there; error: why it will not come
    """

    def __init__(self, offer: Offer, mark: int, scenario, seed: int) -> None:
        self.offer, self.mark = offer, mark
        self.ghost: Ghost | None = None
        self.error: Phrase | str | None = None
        self.share = 0.0
        self._wanted = True
        self._thread = threading.Thread(
            target=self._work, args=(scenario, seed), name="ghost", daemon=True
        )
        self._thread.start()

    def _work(self, scenario, seed: int) -> None:
        try:
            from sim.play.ghost_shelf import fetch

            ghost = fetch(self.offer, scenario, seed, self._tell)
        except _Dropped:
            return
        except StrollError as error:
            self.error = error.message
        except Exception as error:
            # Whatever a file holds, the live goes on.
            reason = f"{type(error).__name__}: {error}"[:120]
            self.error = Phrase("ghost.error.failed", reason=reason)
        else:
            self.ghost = ghost

    def _tell(self, done: int, total: int) -> None:
        self.share = done / max(1, total)
        if not self._wanted:
            raise _Dropped

    def drop(self) -> None:
        """Nobody waits for it any more."""
        self._wanted = False

    def wait(self) -> None:
        """Until it is there or has failed; for tests."""
        self._thread.join()


class _Dropped(Exception):
    """Ends the simulation of a ghost that nobody wants any more."""


class Company:
    """Up to two ghosts beside a session.

    shown   whether the strip is to be seen
    offers  all there is to pick; None until it has been looked for
    """

    def __init__(self, session) -> None:
        self._session = session
        self.shown = True
        self.companions: list[Companion] = []
        self.refused: dict[Offer, Phrase | str] = {}
        self._found: list[Offer] | None = None
        self._searching: threading.Thread | None = None

    def join(self, session) -> None:
        """Go along with this session of the same scenario and crowd from now on."""
        self._session = session

    def go_along(self, session) -> Company:
        """The same ghosts beside another session of this scenario and crowd; here they are gone."""
        other = Company(session)
        other.shown, other._found, other._searching = self.shown, self._found, self._searching
        other.companions, self.companions = self.companions, []
        return other

    @property
    def offers(self) -> list[Offer] | None:
        return self._found

    def look(self, wait: bool = False) -> None:
        """Look for what there is, once; returns at once unless `wait`."""
        if self._searching is None:
            self._searching = threading.Thread(target=self._look, name="ghosts", daemon=True)
            self._searching.start()
        if wait:
            self._searching.join()

    def _look(self) -> None:
        session = self._session
        journal = getattr(getattr(session.run, "journal", None), "path", None)
        try:
            from sim.play.ghost_shelf import offers

            self._found = offers(session.scenario, int(session.seed), journal)
        except Exception:
            self._found = []

    @property
    def nothing(self) -> bool:
        """Whether it was looked and there is no ghost to call."""
        return self._found is not None and not self._found and not self.companions

    def of(self, offer: Offer) -> Companion | None:
        """The companion that was picked from this offer, or None."""
        return next((c for c in self.companions if c.offer == offer), None)

    def toggle(self, offer: Offer) -> Phrase | str | None:
        """Call a ghost, or send it away; a sentence when it cannot come."""
        there = self.of(offer)
        if there is not None:
            there.drop()
            self.companions.remove(there)
            return None
        if offer.problem is not None:
            return offer.problem
        if len(self.companions) >= MOST:
            return Phrase("ghost.sheet.full")
        taken = {companion.mark for companion in self.companions}
        mark = next(mark for mark in range(MOST) if mark not in taken)
        self.refused.pop(offer, None)
        companion = Companion(offer, mark, self._session.scenario, int(self._session.seed))
        self.companions.append(companion)
        self.companions.sort(key=lambda one: one.mark)
        self.shown = True
        return None

    def poll(self) -> Phrase | str | None:
        """Let those go that cannot come; the sentence that says why, once each."""
        for companion in self.companions:
            if companion.error is None and companion.ghost is not None:
                run = self._session.run
                if run is not None and not companion.ghost.fits(run):
                    companion.error = Phrase("ghost.error.other_crowd")
            if companion.error is not None:
                self.companions.remove(companion)
                self.refused[companion.offer] = companion.error
                return companion.error
        return None

    @property
    def visible(self) -> bool:
        """Whether there is a strip to draw."""
        return self.shown and bool(self.companions)

    def close(self) -> None:
        """The live is gone."""
        for companion in self.companions:
            companion.drop()
