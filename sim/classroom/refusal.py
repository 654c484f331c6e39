"""What a class does not let somebody do, as a plain sentence."""

from __future__ import annotations

from typing import Any

from sim.errors import Phrase, StrollError


class Refusal(StrollError):
    """key: a short name for programs; its sentence stands in assets/locale/class_core.yaml."""

    def __init__(self, key: str, **values: Any) -> None:
        super().__init__(Phrase(f"class_core.refused.{key}", **values))
        self.key = key
