"""Keeps the branches of a run on disk, and brings them back when it is opened again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.errors import StrollError
from sim.play.branch import BranchTree
from sim.play.branch_file import keep_branches, read_branches
from sim.play.run import Run

if TYPE_CHECKING:
    from sim.ui.debrief.study import Study


class Shelf:
    """problem: why branches could not be read or kept, to be told; None when all is well."""

    def __init__(self) -> None:
        self.problem: StrollError | None = None
        self._changed = False

    def take(self, run: Run) -> tuple[BranchTree, set[int]]:
        """The tree of a run as it was left, and what is put away; a new one where there is none."""
        try:
            kept = read_branches(run)
        except StrollError as error:
            # what cannot be used stays where it is until something new is kept
            self.problem = error
            kept = None
        if kept is None:
            return BranchTree.of(run), set()
        return kept.tree, set(kept.put_away)

    def changed(self, study: Study) -> None:
        """Keep the tree as it stands; written behind the screen."""
        self._changed = True
        study.desk.ask(lambda job: self._keep(study), self._told)

    def close(self, study: Study) -> None:
        """Keep what has not been kept yet, now."""
        if self._changed:
            self._told(self._keep(study))

    def _keep(self, study: Study) -> StrollError | None:
        if not self._changed:
            return None  # a later change was written already, and this one with it
        self._changed = False
        try:
            keep_branches(study.tree, set(study.hidden))
        except StrollError as error:
            return error
        return None

    def _told(self, error: StrollError | None) -> None:
        if error is not None:
            self.problem = error
