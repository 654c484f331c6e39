"""The lines of play of a debrief: its branches, which two are compared, whose evening differs.

The half of `Study` that the page for what-ifs looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sim.play.branch import Branch, BranchTree, Comparison
from sim.play.run import Run
from sim.report.coach_change import Change
from sim.scenario import Scenario
from sim.ui.debrief.changes import Changed, LineName, by_shopper, with_reasons
from sim.ui.debrief.desk import Desk, Job
from sim.ui.debrief.lines import Line, read_line
from sim.ui.debrief.shelf import Shelf

_MOST_PAIRS = 8  # of lines, whose differences are kept


class Lines:
    """own: the player's line. base: the one compared with. shown: the one on show. hidden: numbers
    of branches that were put away."""

    run: Run
    scenario: Scenario
    tree: BranchTree
    desk: Desk
    shelf: Shelf

    def __init__(self, own: int, hidden: set[int]) -> None:
        self.own = self.base = self.shown = own
        self.hidden = hidden
        self._put_away: list[set[int]] = [{number} for number in sorted(hidden)]
        self.lines: dict[int, Line] = {}
        self.changed: dict[tuple[int, int], list[Changed]] = {}
        self._whys: dict[tuple[int, int], Job] = {}
        self.branching: Job | None = None
        self.reading: Job | None = None

    def read(self, number: int) -> None:
        """Have a line's figures and curves worked out."""
        if number in self.lines:
            return

        def keep(line: Line) -> None:
            self.lines[line.number] = line

        def work(job: Job) -> Line:
            return self.lines.get(number) or read_line(self.tree, number)

        tab = None if number in (self.base, self.shown) else "timeline"
        job = self.desk.ask(work, keep, tab)
        if tab is None:
            self.reading = job

    def branches(self) -> list[tuple[Branch, int]]:
        """(branch, depth) of every branch that is not put away, parents before their children."""
        found: list[tuple[Branch, int]] = []
        todo = [(self.tree[0], 0)]
        while todo:
            branch, depth = todo.pop()
            if branch.number not in self.hidden:
                found.append((branch, depth))
                children = self.tree.children(branch.number)
                todo += [(child, depth + 1) for child in reversed(children)]
        return found

    def name(self, number: int) -> LineName:
        return LineName(number, number == self.own, self.tree[number].name)

    def label(self, number: int, language: str) -> str:
        """The name of a line where it stands alone."""
        text = self.name(number).text(language)
        return text[:1].upper() + text[1:]

    def show(self, number: int) -> None:
        """Look at a branch, beside the base."""
        if self.branching is not None and self.branching.state == "failed":
            self.branching = None
        self.shown = number
        self.read(number)
        self.explain()

    def set_base(self, number: int) -> None:
        """Compare with this line from now on."""
        self.base = number
        self.read(number)
        self.explain()

    def rename(self, number: int, name: str) -> None:
        self.tree.rename(number, name.strip())
        self.shelf.changed(self)

    def put_away(self, number: int) -> bool:
        """Take a branch and all that left it out of sight; the run itself stays."""
        gone = set(self._below(number)) - self.hidden
        if self.own in gone:
            return False
        self.hidden |= gone
        self._put_away.append(gone)
        parent = self.tree[number].parent
        if self.shown in gone:
            self.show(self.own if parent is None else parent)
        if self.base in gone:
            self.set_base(self.own)
        self.shelf.changed(self)
        return True

    @property
    def can_bring_back(self) -> bool:
        return bool(self._put_away)

    def bring_back(self) -> None:
        """Undo the last putting away."""
        if self._put_away:
            gone = self._put_away.pop()
            self._in_sight(min(gone))
            self.hidden -= gone
            self.show(min(gone))
            self.shelf.changed(self)

    def _in_sight(self, number: int) -> None:
        """A branch and all those it comes from are not put away any more."""
        at: int | None = number
        while at is not None:
            self.hidden.discard(at)
            at = self.tree[at].parent
        self._put_away = [left for gone in self._put_away if (left := gone & self.hidden)]

    def _below(self, number: int) -> list[int]:
        found, todo = [], [number]
        while todo:
            at = todo.pop()
            found.append(at)
            todo += [child.number for child in self.tree.children(at)]
        return found

    # -- branching -------------------------------------------------------------------------------
    def branch(self, tick: int, decisions: list, back_at: int | None) -> None:
        """Simulate another choice at a tick of the line that is shown."""
        parent = self.shown
        self._make(
            lambda: self.tree.branch(parent, tick, decisions, back_at=back_at, reuse=True).number
        )

    def branch_change(self, change: Change, name: str) -> None:
        """Simulate what the coach speaks of, beside the own run."""
        self.base = self.own
        self._make(lambda: change.branch(self.tree, self.own, name, reuse=True).number)

    def adopt(self, run: Run, then=None) -> None:
        """Take a run that was played on from a branch into the tree, finished as it stands."""

        def make() -> int:
            run.finish()
            return self.tree.adopt(run, reuse=True).number

        self._make(make)

    def branch_off_plan(self, plan: Iterable, name: str) -> None:
        """Put a whole plan into the tree, such as the best line known."""
        steps = sorted(plan, key=lambda step: step[0])

        def make() -> int:
            run = Run(self.scenario, self.run.seed)
            for tick, decision in steps:
                run.advance_ticks(tick - run.tick)
                run.decide(decision)
            run.finish()
            return self.tree.adopt(run, name, reuse=True).number

        self._make(make)

    def _make(self, make: Callable[[], int]) -> None:
        """Have a branch made that somebody waits for, and show it with whose evening differs."""
        base = self.base

        def work(job: Job):
            number = make()
            line = self.lines.get(number) or read_line(self.tree, number)
            return line, self.tree.changed(base, number)

        self.branching = self.desk.ask(work, lambda found: self._made(base, *found))

    def _made(self, base: int, line: Line, different: list) -> None:
        self.lines[line.number] = line
        self._in_sight(line.number)
        self.shown = line.number
        if (base, line.number) not in self._whys:
            self._keep_changed((base, line.number), by_shopper(different))
        self.explain()
        self.shelf.changed(self)

    def explain(self) -> Job | None:
        """Have the reasons found why shoppers' evenings differ between the base and the shown."""
        key = (self.base, self.shown)
        if key[0] == key[1] or key in self._whys:
            return self._whys.get(key)
        one, other = key

        def keep_first(different: list) -> None:
            if key not in self.changed:
                self._keep_changed(key, by_shopper(different))

        def work(job: Job) -> Comparison:
            if key not in self.changed:
                job.post(self.tree.changed(one, other), keep_first)
            return self.tree.compare(one, other)

        def keep(found: Comparison) -> None:
            if key in self._whys:
                self._keep_changed(key, with_reasons(found.fates))
                self._whys[key].result = None  # what is kept of it is kept above

        self._whys[key] = self.desk.ask(work, keep, "timeline")
        return self._whys[key]

    def _keep_changed(self, key: tuple[int, int], found: list[Changed]) -> None:
        """Differences of the last few pairs of lines; those of others are found again if asked."""
        self.changed.pop(key, None)
        self.changed[key] = found
        for old in list(self.changed)[:-_MOST_PAIRS]:
            del self.changed[old]
            self._whys.pop(old, None)

    @property
    def explaining(self) -> Job | None:
        """The search for reasons for what is on show, if it was begun."""
        return self._whys.get((self.base, self.shown))

    def different(self) -> list[Changed] | None:
        """Whose evening differs between the base and the shown; None while not known."""
        if self.base == self.shown:
            return []
        return self.changed.get((self.base, self.shown))
