"""What may stand behind the options of `class`."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

import typer

from sim.console.terminal import Terminal


def read_pin(terminal: Terminal) -> Callable[[str], str]:
    """Reads --pin: six digits."""

    def read(typed: str) -> str:
        from sim.classroom.codes import CONSOLE_PIN_DIGITS, typed_pin

        pin = typed_pin(str(typed), CONSOLE_PIN_DIGITS)
        if pin is None:
            raise typer.BadParameter(terminal.text("classroom.cli.bad_pin"))
        return pin

    return read


def read_address(terminal: Terminal) -> Callable[[str], str]:
    """Reads --address: an IPv4 address."""

    def read(typed: str) -> str:
        try:
            return str(ipaddress.IPv4Address(str(typed).strip()))
        except ValueError as error:
            raise typer.BadParameter(
                terminal.text("classroom.cli.bad_address", found=typed)
            ) from error

    return read


def read_one_of(terminal: Terminal, *names: str) -> Callable[[str], str]:
    """Reads an option that is one of some names."""

    def read(typed: str) -> str:
        if typed not in names:
            accepted = ", ".join(names)
            raise typer.BadParameter(
                terminal.text("classroom.cli.one_of", found=typed, accepted=accepted)
            )
        return typed

    return read
