"""What the instructor takes home from the console."""

from __future__ import annotations

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sim.classroom import report_room
from sim.classroom.class_files import SUFFIX, copy_class
from sim.classroom.hub import Hub
from sim.errors import StrollError
from sim.report.html_report import POLICY

Download = Callable[[Hub, Request], Awaitable[Response]]


async def class_file(hub: Hub, request: Request) -> Response:
    """The class itself, with which a second laptop can go on."""

    def made() -> bytes:
        with tempfile.TemporaryDirectory(prefix="stroll-street-") as folder:
            return copy_class(hub.room.store.path, Path(folder) / "copy").read_bytes()

    return _attached(await hub.questions.ask(made), f"class{SUFFIX}", "application/octet-stream")


async def report(hub: Hub, request: Request) -> Response:
    """A report, a table or the capsules, as far as the class has come.

    ?language=zh or en; ?names=no leaves out what trainees are called.
    """
    name = request.path_params["file"]
    language = "en" if request.query_params.get("language") == "en" else "zh"
    names = request.query_params.get("names") != "no"

    def made() -> tuple[bytes, str]:
        return report_room.taken_home(hub.room, name, language, names=names)

    try:
        content, kind = await hub.questions.ask(made)
    except StrollError as error:
        return PlainTextResponse(error.in_language(language), status_code=409)
    if name != "report.html":
        return _attached(content, name, kind)
    # a page of its own, to be read and printed, with the policy that stands in it
    return Response(content, media_type=kind, headers={"content-security-policy": POLICY})


def _attached(content: bytes, name: str, kind: str) -> Response:
    return Response(
        content,
        media_type=kind,
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


DOWNLOADS: dict[str, Download] = {
    f"class{SUFFIX}": class_file,
    **dict.fromkeys(report_room.DOWNLOADS, report),
}
