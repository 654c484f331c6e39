"""The commands `class` and `bots`: which options there are, and what may stand behind them."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from sim.console import classroom_usage, usage
from sim.console.terminal import Terminal


def add(
    command: Callable[[Any], Any],
    terminal: Terminal,
    option: Callable[..., Any],
    language_option: Any,
    help_option: Any,
) -> None:
    """Adds both to a program, by what it makes its commands and options with."""
    read_name, read_file = usage.named(terminal), usage.file(terminal)
    read_seed = usage.whole_number(terminal, 0, 2**53 - 1)

    def about(name: str, key: str = "", **more: Any) -> Any:
        told = f"classroom.option.{key or name.removeprefix('--').replace('-', '_')}"
        return option(name, told, show_default=more.pop("show_default", False), **more)

    @command
    def class_(
        scenario: Annotated[
            str | None,
            typer.Argument(
                metavar="SCENARIO",
                help=terminal.text("classroom.option.scenario"),
                parser=read_name,
                rich_help_panel=terminal.text("cli.help.arguments"),
                show_default=False,
            ),
        ] = None,
        mode: Annotated[
            str,
            about(
                "--mode",
                metavar="same|shared|vote",
                show_default=True,
                parser=classroom_usage.read_one_of(terminal, "same", "shared", "vote"),
            ),
        ] = "same",
        rounds: Annotated[
            int,
            about(
                "--rounds",
                metavar="N",
                show_default=True,
                parser=usage.whole_number(terminal, 2, 12),
            ),
        ] = 6,
        pace: Annotated[
            str,
            about(
                "--pace",
                metavar="instructor|ready|timer",
                show_default=True,
                parser=classroom_usage.read_one_of(terminal, "instructor", "ready", "timer"),
            ),
        ] = "instructor",
        seconds: Annotated[
            int,
            about(
                "--seconds",
                metavar="N",
                show_default=True,
                parser=usage.whole_number(terminal, 10, 3600),
            ),
        ] = 90,
        seed: Annotated[
            int | None, option("--seed", metavar="N", parser=read_seed, show_default=False)
        ] = None,
        address: Annotated[
            str | None,
            about("--address", metavar="IP", parser=classroom_usage.read_address(terminal)),
        ] = None,
        port: Annotated[
            int | None,
            about("--port", metavar="N", parser=usage.whole_number(terminal, 1, 65535)),
        ] = None,
        pin: Annotated[
            str | None,
            about("--pin", metavar="......", parser=classroom_usage.read_pin(terminal)),
        ] = None,
        no_window: Annotated[bool, about("--no-window")] = False,
        resume: Annotated[
            str | None, about("--resume", metavar="FILE|latest", parser=read_name)
        ] = None,
        show_list: Annotated[bool, about("--list")] = False,
        delete: Annotated[
            str | None, about("--delete", metavar="FILE|all", parser=read_name)
        ] = None,
        yes: Annotated[bool, about("--yes")] = False,
        copy: Annotated[Path | None, about("--copy", metavar="FILE", parser=read_file)] = None,
        language: language_option = None,
        help: help_option = False,
    ) -> int:
        from sim.console.classroom import ClassWish, classroom

        wish = ClassWish(
            scenario, resume, show_list, delete, copy, yes, mode, rounds, pace, seconds, seed,
            address, port, pin, not no_window,
        )  # fmt: skip
        return classroom(terminal, wish, language)

    @command
    def bots(
        join: Annotated[str, about("--join", metavar="URL", parser=read_name)],
        count: Annotated[
            int,
            about(
                "--n",
                "count",
                metavar="N",
                show_default=True,
                parser=usage.whole_number(terminal, 1, 1000),
            ),
        ] = 30,
        rude: Annotated[float, about("--rude", metavar="SHARE", show_default=True)] = 0.0,
        seed: Annotated[int, about("--seed", "bots_seed", metavar="N", parser=read_seed)] = 1,
        rounds: Annotated[
            int | None,
            about(
                "--rounds", "bots_rounds", metavar="N", parser=usage.whole_number(terminal, 1, 12)
            ),
        ] = None,
        minutes: Annotated[float | None, about("--minutes", metavar="N")] = None,
        pin: Annotated[
            str | None,
            about("--pin", "bots_pin", metavar="......", parser=classroom_usage.read_pin(terminal)),
        ] = None,
        think: Annotated[float, about("--think", metavar="SECONDS", show_default=True)] = 6,
        language: language_option = None,
        help: help_option = False,
    ) -> int:
        from sim.console.bots import bots as send_bots

        return send_bots(
            terminal, join, count, rude, seed, minutes=minutes, rounds=rounds, pin=pin, think=think
        )
