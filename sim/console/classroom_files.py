"""The classes that were opened on this machine: a list of them, deleting, copying."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.table import Table
from rich.text import Text

from sim.console.shared import FAILED
from sim.console.terminal import Terminal
from sim.console.usage import NotGiven
from sim.errors import Phrase, StrollError

if TYPE_CHECKING:
    from sim.classroom.class_files import ClassFile

LATEST, ALL = "latest", "all"
_YES = {"y", "yes", "是", "好", "对", "删"}


def list_all(terminal: Terminal) -> int:
    """The classes on this machine."""
    from sim.classroom.class_files import classes_folder, list_classes

    found = list_classes()
    if not found:
        terminal.say("classroom.cli.none", folder=classes_folder())
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in ("file", "scenario", "opened", "people", "size"):
        right = column in ("people", "size")
        heading = terminal.text(f"classroom.list.{column}")
        table.add_column(heading, justify="right" if right else "left", overflow="fold")
    for each in found:
        table.add_row(*(Text(cell) for cell in _row(terminal, each)))
    terminal.out.print(table)
    terminal.say("classroom.cli.folder", folder=classes_folder())
    return 0


def _row(terminal: Terminal, each: ClassFile) -> tuple[str, ...]:
    size = terminal.text("classroom.list.kilobytes", count=-(-each.bytes // 1000))
    if each.problem is not None:
        problem = each.problem
        said = problem.text(terminal.language) if isinstance(problem, Phrase) else problem
        return each.path.name, said, "", "", size
    title = each.title.text(terminal.language) if each.title is not None else ""
    return each.path.name, title, _moment(each.created), str(each.seats), size


def _moment(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def delete(terminal: Terminal, which: str, yes: bool) -> int:
    """Deletes one class or all, with names, decisions and all that lies beside the file."""
    from sim.classroom.class_files import classes_folder, delete_class, list_classes

    everything = which == ALL
    paths = [each.path for each in list_classes()] if everything else [path_of(which)]
    if everything and not paths:
        terminal.say("classroom.cli.none", folder=classes_folder())
        return 0
    if not yes:
        if not sys.stdin.isatty():
            raise NotGiven(terminal.text("classroom.cli.sure"), param_hint="--yes")
        names = terminal.text("errors.list.separator").join(path.name for path in paths)
        question = terminal.text("classroom.cli.ask", count=len(paths), names=names)
        if input(question).strip().lower() not in _YES:
            terminal.say("classroom.cli.kept")
            return FAILED
    code = 0
    for path in paths:
        try:
            delete_class(path)
            terminal.say("classroom.cli.deleted", path=path)
        except StrollError as error:  # the others are deleted all the same
            terminal.complain(error)
            code = error.exit_code
    if everything:
        with contextlib.suppress(OSError):
            trouble_file().unlink(missing_ok=True)
    return code


def copy(terminal: Terminal, which: str, target: Path) -> int:
    """Writes one class as one file, for a second laptop; also while it is going on."""
    from sim.classroom.class_files import copy_class

    written = copy_class(path_of(which), target)
    terminal.say("classroom.cli.copied", path=written)
    return 0


def path_of(which: str) -> Path:
    """The file that is meant: a path, a name from the list, or the latest."""
    from sim.classroom.class_files import classes_folder, list_classes

    if which == LATEST:
        usable = [each for each in list_classes() if each.problem is None]
        if not usable:
            raise StrollError(Phrase("classroom.cli.none", folder=str(classes_folder())))
        return usable[0].path
    path = Path(which)
    kept = classes_folder() / path.name
    return kept if not path.exists() and path.name == which and kept.exists() else path


def class_among(terminal: Terminal, sources: Sequence[str]) -> Path | None:
    """The class that `report` is asked about, by its file or its name; None for saved runs."""
    from sim.classroom.class_files import SUFFIX
    from sim.classroom.store_file import is_class_file

    paths = [path_of(source) if source.endswith(SUFFIX) else Path(source) for source in sources]
    found = [path for path in paths if is_class_file(path)]
    if found and len(paths) > 1:
        raise typer.BadParameter(terminal.text("classroom.cli.one_class"), param_hint="RUNS")
    return found[0] if found else None


def trouble_file() -> Path:
    """Where slips of the server's are written down."""
    from sim.classroom.class_files import classes_folder

    return classes_folder() / "trouble.log"
