"""What the player has set, kept between starts in the user's folder."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields

from sim.errors import PlaceError
from sim.paths import ensure_folder, user_data_folder

_FILE = "settings.json"
MOST_OF_NAME = 20


@dataclass
class Settings:
    """language   "zh" or "en"
    reduced_motion   people and flags stay still where they can
    start_speed   1, 4 or 16: the speed a live starts with
    volume   1 to 100, as an ear would judge it; kept while muted
    muted   nothing is heard
    large_text   words are larger wherever they have room
    full_screen   the window fills the screen
    player   the player's name as they typed it; empty for none
    ask_bets   bets are asked for before a live
    taught   the controls have been shown once; false shows them at the next live
    """

    language: str = "zh"
    reduced_motion: bool = False
    start_speed: int = 1
    volume: int = 80
    muted: bool = False
    large_text: bool = False
    full_screen: bool = False
    player: str = ""
    ask_bets: bool = True
    taught: bool = False

    def save(self) -> bool:
        """Write to the user's folder; false when that is not possible."""
        try:
            folder = ensure_folder(user_data_folder())
            beside = folder / (_FILE + ".new")
            beside.write_text(json.dumps(asdict(self)), encoding="utf-8")
            os.replace(beside, folder / _FILE)
        except (OSError, PlaceError):
            return False
        return True


def load_settings(language: str | None = None) -> Settings:
    """The saved settings; whatever is missing or damaged takes its usual value."""
    settings = Settings(language=language or "zh")
    try:
        data = json.loads((user_data_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return settings
    if isinstance(data, dict):
        for field in fields(settings):
            value = data.get(field.name)
            if type(value) is type(getattr(settings, field.name)):
                setattr(settings, field.name, value)
    if settings.language not in ("zh", "en"):
        settings.language = "zh"
    if settings.start_speed not in (1, 4, 16):
        settings.start_speed = 1
    settings.player = " ".join(settings.player.split())[:MOST_OF_NAME]
    if not 1 <= settings.volume <= 100:
        settings.volume = 80
    if language:
        settings.language = language
    return settings
