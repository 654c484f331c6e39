"""What the instructor takes home from the console."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from sim.classroom.class_files import SUFFIX, copy_class
from sim.classroom.hub import Hub

Download = Callable[[Hub, Request], Awaitable[Response]]


async def class_file(hub: Hub, request: Request) -> Response:
    """The class itself, with which a second laptop can go on."""

    def made() -> bytes:
        with tempfile.TemporaryDirectory(prefix="stroll-street-") as folder:
            return copy_class(hub.room.store.path, Path(folder) / "copy").read_bytes()

    return _attached(await hub.questions.ask(made), f"class{SUFFIX}", "application/octet-stream")


def _attached(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


DOWNLOADS: dict[str, Download] = {f"class{SUFFIX}": class_file}
