"""The words that Typer itself puts into a help page, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.columns import Columns
from rich.table import Table
from rich.text import Text
from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from sim.console.terminal import Terminal

# Typer begins the line of usage with this in every language.
_USAGE = "Usage: "


def help_in_language(terminal: Terminal) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """Classes for commands and for the program whose help speaks the terminal's language.

    Typer keeps the marks behind an option's help, and what its tables are made of, as settings of
    its whole module, so they change for the process; each command line sets them anew.
    """
    rich_utils.REQUIRED_LONG_STRING = terminal.text("cli.help.required")
    rich_utils.DEFAULT_STRING = terminal.text("cli.help.default", value="{}")
    rich_utils.Table, rich_utils.Columns = _Folding, _one_text
    usage = terminal.text("cli.help.usage")

    class InLanguage:
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            _without_types(self.params)

        def get_usage(self, ctx: Any) -> str:
            return super().get_usage(ctx).replace(_USAGE, usage, 1)

    class Command(InLanguage, TyperCommand):
        pass

    class Group(InLanguage, TyperGroup):
        pass

    return Command, Group


class _Folding(Table):
    """A table that breaks what does not fit; Typer's would cut Chinese off at its first space."""

    def add_row(self, *given: Any, **more: Any) -> None:
        super().add_row(*given, **more)
        for column in self.columns:
            column.overflow = "fold"


def _one_text(parts: Sequence[Any], *given: Any, **more: Any) -> Any:
    """The help of an option and the mark behind it as one text, which a table can break."""
    if all(isinstance(part, Text) for part in parts):
        return Text(" ").join(parts)
    return Columns(parts, *given, **more)


def _without_types(parameters: Sequence[Any]) -> None:
    """Leave out the names of Python types: behind what takes no value, and behind an argument,
    which has a name of its own."""
    for parameter in parameters:
        if parameter.param_type_name == "argument" or getattr(parameter, "is_flag", False):
            parameter.display_type_rich = lambda ctx: None
