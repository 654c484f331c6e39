"""Every trainee's run as a capsule, all of them in one ZIP archive.

A capsule is proven by simulating it again (`main.py replay FILE`); see sim.play.capsule.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from sim.classroom.results import Shop
from sim.classroom.streets import Street
from sim.errors import Phrase, StrollError
from sim.play.capsule import capsule_of, is_shipped
from sim.play.capsule_file import SUFFIX, capsule_bytes
from sim.play.run import Run
from sim.scenario import Scenario

if TYPE_CHECKING:
    from sim.classroom.results_record import ClassRecord

# The same class gives the same archive, whenever it is packed.
_WHEN = (2024, 1, 1, 0, 0, 0)
_LONGEST_NAME = 40


def capsules_zip(
    record: ClassRecord, *, names: bool = True, progress: Callable[[int, int], None] | None = None
) -> bytes:
    """The archive; StrollError on a shared street, of which no single run can be told.

    progress(trainees done, trainees).
    """
    if record.settings.mode == "shared" or record.streets is None:
        raise StrollError(Phrase("class_report.capsules.shared"))
    packed = dict(record.packed)
    pack = packer(record.scenario)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for number, shop in enumerate(record.shops, start=1):
            history, _ = record.played[shop.seat]
            if history not in packed:
                packed[history] = pack(record.streets.at(history, record.finished))
            archive.writestr(zipfile.ZipInfo(file_name(shop, names), _WHEN), packed[history])
            if progress is not None:
                progress(number, len(record.shops))
    return made.getvalue()


def packer(scenario: Scenario) -> Callable[[Street], bytes]:
    """What makes runs of a scenario into the contents of capsule files; it is looked for once."""
    shipped = is_shipped(scenario)

    def pack(street: Street) -> bytes:
        assert isinstance(street, Run)
        return capsule_bytes(capsule_of(street, shipped))

    return pack


def file_name(shop: Shop, names: bool) -> str:
    """A name that every operating system can keep, no two alike: the seat comes first."""
    kept = re.sub(r"[^\w-]+", "_", shop.name if names else "").strip("_")[:_LONGEST_NAME]
    return f"{shop.seat:03d}_{kept}{SUFFIX}" if kept else f"{shop.seat:03d}{SUFFIX}"
