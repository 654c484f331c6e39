"""The words that Typer itself puts into a help page, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from typer import rich_utils
from typer.core import TyperCommand, TyperGroup

from sim.console.terminal import Terminal

# Typer begins the line of usage with this in every language.
_USAGE = "Usage: "


def help_in_language(terminal: Terminal) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """Classes for commands and for the program whose help speaks the terminal's language.

    Typer keeps the marks behind an option's help as settings of its whole module, so they change
    for the process; each command line sets them anew.
    """
    rich_utils.REQUIRED_LONG_STRING = terminal.text("cli.help.required")
    rich_utils.DEFAULT_STRING = terminal.text("cli.help.default", value="{}")
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


def _without_types(parameters: Sequence[Any]) -> None:
    """Leave out the names of Python types: behind what takes no value, and behind an argument,
    which has a name of its own."""
    for parameter in parameters:
        if parameter.param_type_name == "argument" or getattr(parameter, "is_flag", False):
            parameter.display_type_rich = lambda ctx: None
