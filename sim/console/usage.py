"""What may be typed, and what is wrong with it in one plain sentence of the reader's language."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from pathlib import Path

import typer

from sim import wording
from sim.console.terminal import Terminal

# Typer carries its own copy of click since some version; this base class is reachable in each.
UsageError: type[Exception] = typer.BadParameter.__base__
_ENDS = (".", "?", "!", "。", "？", "！")
_EXTRA = re.compile(r"unexpected extra argument.*?\((?!s\))(.*)\)")


class NotGiven(typer.BadParameter):
    """Something has to be given that was not; a BadParameter was given and will not do."""


def whole_number(terminal: Terminal, least: int, most: int) -> Callable[[str | int], int]:
    """Reads an option that must be a whole number between `least` and `most`."""

    def read(typed: str | int) -> int:
        try:
            value = int(typed)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            raise typer.BadParameter(
                terminal.text("cli.usage.whole_number", found=typed, least=least, most=most)
            )
        return value

    return read


def language(terminal: Terminal) -> Callable[[str], str]:
    """Reads --language."""

    def read(typed: str) -> str:
        if typed not in wording.LANGUAGES:
            raise typer.BadParameter(terminal.text("cli.usage.language", found=typed))
        return typed

    return read


def named(terminal: Terminal) -> Callable[[str], str]:
    """Reads a name or a place that must not be empty."""

    def read(typed: str) -> str:
        if not str(typed).strip():
            raise typer.BadParameter(terminal.text("cli.usage.empty"))
        return str(typed)

    return read


def file(terminal: Terminal) -> Callable[[str], Path]:
    """Reads the name of a file; an empty one would mean the folder that one is in."""
    read_name = named(terminal)
    return lambda typed: Path(read_name(typed))


def place_for_run(terminal: Terminal, path: Path | None, option: str) -> None:
    """Refuses, before anything is simulated, a place where no run can be kept: in a folder that is
    not there, or where something lies that is no file."""
    if path is None:
        return
    if path.exists() and not path.is_file():
        sentence = terminal.text("cli.usage.no_file", path=path)
    elif not path.exists() and not os.path.lexists(path.parent):
        sentence = terminal.text("cli.usage.no_folder", folder=path.parent)
    else:
        return
    raise typer.BadParameter(sentence, param_hint=option)


def usage_sentence(terminal: Terminal, error: Exception) -> str:
    """The sentence, with the way to the help of the command that was meant."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    name = _parameter_name(error)
    reason = getattr(error, "message", str(error))
    near = list(getattr(error, "possibilities", None) or ())
    commands = getattr(getattr(context, "command", None), "commands", {})
    quoted = re.search(r"'([^']*)'", reason)
    if kind == "NoSuchOption":
        key = "no_such_option"
    elif kind == "UsageError" and commands and quoted and quoted[1] not in commands:
        key, name = "no_such_command", quoted[1]
        near = difflib.get_close_matches(name, commands, n=1)
    elif kind == "UsageError" and _EXTRA.search(reason):
        key, name = "extra", _EXTRA.search(reason)[1]
    elif kind == "BadOptionUsage" and "does not take a value" in reason:
        key = "takes_no_value"
    else:
        kinds = {"MissingParameter": "missing", "BadParameter": "bad", "NotGiven": "not_given"}
        kinds |= {"BadOptionUsage": "no_value"}
        key = kinds.get(kind, "other")
    sentence = terminal.text(f"cli.usage.{key}", name=name, reason=reason)
    if not sentence.endswith(_ENDS):
        sentence += terminal.text("cli.usage.end")
    if near:
        sentence += terminal.text("cli.usage.near", near=", ".join(near))
    command = context.command_path if context is not None else "main.py"
    return sentence + terminal.text("cli.usage.see_help", command=command)


def _parameter_name(error: Exception) -> str:
    parameter = getattr(error, "param", None)
    options = [name for name in getattr(parameter, "opts", ()) if name.startswith("-")]
    found = (
        getattr(error, "param_hint", None)
        or getattr(error, "option_name", None)
        or "".join(options[:1])
        or getattr(parameter, "metavar", None)
        or getattr(parameter, "name", None)
    )
    return str(found or "").strip("[].")
