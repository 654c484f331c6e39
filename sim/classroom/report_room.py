"""What the instructor may take home from a class that is still open, by the name of the download.

content, kind = taken_home(room, "report.html", "zh", names=True)     # off the event loop
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from sim.classroom.report_capsules import capsules_zip
from sim.classroom.report_csv import decisions_csv, results_csv
from sim.classroom.report_html import class_page
from sim.classroom.results_file import record_of_room
from sim.classroom.results_record import ClassRecord

if TYPE_CHECKING:
    from sim.classroom.room import Room

# Spreadsheets take a table for Chinese only when it says so first.
_MARK = "\ufeff"

_MAKERS: Mapping[str, tuple[Callable[[ClassRecord, str, bool], bytes], str]] = {
    "report.html": (
        lambda record, language, names: class_page(record, language, names=names).encode(),
        "text/html; charset=utf-8",
    ),
    "report.csv": (
        lambda record, language, names: (
            _MARK + results_csv(record, language, names=names)
        ).encode(),
        "text/csv; charset=utf-8",
    ),
    "decisions.csv": (
        lambda record, language, names: (
            _MARK + decisions_csv(record, language, names=names)
        ).encode(),
        "text/csv; charset=utf-8",
    ),
    "capsules.zip": (
        lambda record, language, names: capsules_zip(record, names=names),
        "application/zip",
    ),
}
DOWNLOADS: tuple[str, ...] = tuple(_MAKERS)


def taken_home(room: Room, name: str, language: str, *, names: bool = True) -> tuple[bytes, str]:
    """(contents, media type) of one of DOWNLOADS, with what is known by now.

    KeyError for another name; StrollError where there is no such thing of this class.
    """
    make, kind = _MAKERS[name]
    return make(record_of_room(room), language, names), kind
