"""What is heard. Sounds are asked for by name, and whatever cannot be heard is silently left out.

The files are read by a thread, so that no frame waits for them; until then, and where there is no
mixer, no device or no file, playing does nothing. Time is what `update` was told, so that the same
frames make the same sounds. Nothing is drawn by chance: which variant of a sound is played follows
from who made it.
"""

from __future__ import annotations

import math
import threading
import wave
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pygame

from sim.errors import StrollError
from sim.model.events import Kind, LeaveReason
from sim.paths import assets_folder

RATE = 44100
VOICES = 8  # sounds at once, beside the ambiences
CROWD_VOICES = 5  # of these for shoppers; the rest stays free for what the player does
MOST_A_TICK = 3
FADE_SECONDS = 1.6
_VOLUME_SECONDS = 0.4  # from silence to the loudest, for the ambience
AMBIENCES = ("street", "room")
_BUFFER = 1024  # samples: 23 ms until a sound begins
_PLAYED = 0  # the number of the played host

# Seconds that pass at least before the same sound comes again.
CROWD_GAPS = {
    "comment": 0.9, "answered": 1.2, "coin": 0.35, "sold_out": 3.0, "follow": 0.8,
    "unfollow": 0.8, "leave": 2.4, "offer": 1.0, "missed_offer": 2.0, "parcel_out": 0.3,
    "parcel_back": 0.3,
}  # fmt: skip
PLAYER_GAPS = {
    "click": 0.05, "focus": 0.05, "tactic_calm": 0.15, "tactic_lively": 0.15,
    "tactic_pushing": 0.15, "tactic_tricky": 0.15, "night": 1.0, "live_opens": 1.0,
    "live_ends": 1.0, "success": 1.0, "error": 0.3, "pause": 0.1, "resume": 0.1,
}  # fmt: skip
GAPS = CROWD_GAPS | PLAYER_GAPS

# Which way of selling an act belongs to, for the sound of choosing it.
FAMILIES = {
    "calm": ("explain", "detail", "story", "honest_discount", "silence"),
    "lively": ("answer", "prompt", "poll", "invite_group", "giveaway"),
    "pushing": ("hype", "countdown"),
    "tricky": ("mark_up_then_cut", "hold_back"),
}

# What is heard of the model's events, the most telling first.
_HEARD = (
    (Kind.OFFER, "offer"),
    (Kind.SOLD_OUT, "sold_out"),
    (Kind.ORDER, "coin"),
    (Kind.NOTE_ORDER, "coin"),
    (Kind.RETURN, "parcel_back"),
    (Kind.UNFOLLOW, "unfollow"),
    (Kind.LEAVE_GROUP, "unfollow"),
    (Kind.FOLLOW, "follow"),
    (Kind.JOIN_GROUP, "follow"),
    (Kind.MISSED_OFFER, "missed_offer"),
    (Kind.DELIVER, "parcel_out"),
    (Kind.ANSWER, "answered"),
    (Kind.COMMENT, "comment"),
    (Kind.GIVEN_UP, "leave"),
    (Kind.LEAVE, "leave"),
)
_COIN_STEPS = (8000, 20000, 50000)  # fen from which a coin rings a step higher


@dataclass(frozen=True)
class Cue:
    """A sound to be played: its name, how strong it is (0 to 1), and by whom (any number)."""

    name: str
    strength: float = 1.0
    variant: int = 0


def tactic_sound(mix: Mapping[str, float]) -> str:
    """The sound of a tactic: of the family that takes the largest share of the host's minute."""
    shares = {family: sum(mix.get(act, 0.0) for act in acts) for family, acts in FAMILIES.items()}
    return "tactic_" + max(shares, key=lambda family: shares[family])


def cues_for(events: np.ndarray) -> list[Cue]:
    """The few sounds that stand for the events of one tick in the played room.

    Several events of a kind make one sound, a little stronger. Of those who leave, only those
    whose patience ran out are heard.
    """
    ours = events[events["host"] == _PLAYED]
    if not len(ours):
        return []
    heard = ours[(ours["kind"] != Kind.LEAVE) | (ours["extra"] == LeaveReason.TEMPER)]
    cues: dict[str, Cue] = {}
    for kind, name in _HEARD:
        some = heard[heard["kind"] == kind]
        if not len(some) or name in cues:
            continue
        strength = min(1.0, 0.75 + 0.125 * math.log2(len(some)))
        if kind in (Kind.ORDER, Kind.NOTE_ORDER):
            variant = int(np.searchsorted(_COIN_STEPS, some["value"].max(), side="right"))
        else:
            variant = _mixed(int(some["shopper"][0]))
        cues[name] = Cue(name, strength, variant)
        if len(cues) == MOST_A_TICK:
            break
    return list(cues.values())


class Sound:
    """All sounds of the window.

    folder   where the WAV files are; the shipped ones by default
    volume   0 to 1, as an ear would judge it
    muted    nothing is heard; nothing is loaded either before it is needed
    """

    def __init__(
        self, volume: float = 0.8, muted: bool = False, folder: Path | None = None
    ) -> None:
        self.now = 0.0
        self._folder = folder
        self._volume = min(1.0, max(0.0, volume))
        self._muted = muted
        self._made: dict[str, list] = {}
        self._last: dict[str, float] = {}
        self._thread: threading.Thread | None = None
        self._tried = False
        self._opened = False
        self._closed = False
        self._wanted: tuple[str | None, float] = (None, 0.0)
        self._levels = dict.fromkeys(AMBIENCES, 0.0)
        self._ambience_gain = self._gain()
        self._sounding: set[str] = set()  # ambiences that have been started and not stopped

    # -- loading -------------------------------------------------------------------------------
    def prepare(self, wait: bool = False) -> None:
        """Open the device, and load the sounds in a thread; only the first call does anything.

        pygame lets no other thread run while it opens a device, which takes a real one some tenths
        of a second: best called before the first frame. `wait` until all sounds are loaded.
        """
        if not self._tried and not self._closed:
            self._tried = True
            self._opened = _open_device()
            if self._opened:
                self._thread = threading.Thread(
                    target=self._load_all, name="load sounds", daemon=True
                )
                self._thread.start()
        if wait and self._thread is not None:
            self._thread.join()

    def _load_all(self) -> None:
        try:
            folder = self._folder or assets_folder() / "sounds"
            for name in (*GAPS, *(f"ambience_{place}" for place in AMBIENCES)):
                if self._closed:
                    return
                # Handed over whole: another thread may look for this sound right now.
                made = [_load(file) for file in _files(folder, name)]
                self._made[name] = [sound for sound in made if sound is not None]
        # Without its files, or when the device is gone meanwhile, the game is quiet, not broken.
        except (pygame.error, OSError, StrollError):
            self._opened = False

    @property
    def available(self) -> bool:
        """Whether a device is open; the sounds may still be loading."""
        return self._opened

    @property
    def names(self) -> list[str]:
        """The sounds that have been loaded."""
        return [name for name, made in self._made.items() if made]

    # -- how loud ------------------------------------------------------------------------------
    @property
    def volume(self) -> float:
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(0.0, volume))

    @property
    def muted(self) -> bool:
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        if muted and not self._muted:
            self._muted = True
            self.hush()
        self._muted = muted
        if not muted and self._wanted[0]:
            self.prepare()

    def hush(self) -> None:
        """End everything that sounds; the ambience that is wanted comes back softly."""
        self._levels = dict.fromkeys(AMBIENCES, 0.0)
        self._sounding.clear()
        if self._opened:
            try:
                pygame.mixer.fadeout(150)
            except (pygame.error, AttributeError):
                self._opened = False

    def _gain(self) -> float:
        # Twice as loud to the ear is about four times the power.
        return 0.0 if self._muted else self._volume**2

    # -- playing -------------------------------------------------------------------------------
    def play(self, name: str, strength: float = 1.0, variant: int = 0) -> bool:
        """Play a sound; false when it was left out.

        strength   0 to 1, of the sound's own loudness
        variant    any number; the same one always chooses the same variant

        Raises KeyError when there is no sound of that name.
        """
        gap = GAPS[name]
        if self._gain() <= 0.0:
            return False
        self.prepare()
        made = self._made.get(name)
        if not made or not self._opened:
            return False
        if self.now - self._last.get(name, -math.inf) < gap:
            return False
        try:
            channel = self._free_channel(CROWD_VOICES if name in CROWD_GAPS else VOICES)
            if channel is None:
                return False
            sound = made[variant % len(made)]
            # Set on the sound and before it starts: a channel begins at full volume.
            sound.set_volume(self._gain() * min(1.0, max(0.0, strength)))
            channel.play(sound)
        except (pygame.error, AttributeError):
            self._opened = False
            return False
        self._last[name] = self.now
        return True

    @staticmethod
    def _free_channel(voices: int):
        first = len(AMBIENCES)
        free = None
        for number in range(first, first + VOICES):
            channel = pygame.mixer.Channel(number)
            if channel.get_busy():
                voices -= 1
            elif free is None:
                free = channel
        return free if voices > 0 else None

    def for_events(self, events: np.ndarray) -> list[Cue]:
        """Play what stands for the model's events of one tick; returns what was played."""
        return self.play_all(cues_for(events)) if self._gain() > 0.0 else []

    def play_all(self, cues: Iterable[Cue]) -> list[Cue]:
        """Play several; returns those that were not left out."""
        return [cue for cue in cues if self.play(cue.name, cue.strength, cue.variant)]

    # -- the ambience --------------------------------------------------------------------------
    def ambience(self, place: str | None, level: float = 1.0) -> None:
        """Fade over to the sound of a place, "street" or "room", or to none."""
        if place is not None and place not in AMBIENCES:
            raise KeyError(place)
        self._wanted = (place, min(1.0, max(0.0, level)) if place else 0.0)
        if place and self._gain() > 0.0:
            self.prepare()

    def update(self, seconds: float) -> None:
        """Let time pass: once a frame."""
        self.now += seconds
        if not self._opened or self._muted:
            return
        wanted, level = self._wanted
        # A step in loudness would be heard as a click.
        most = seconds / _VOLUME_SECONDS
        change = self._gain() - self._ambience_gain
        self._ambience_gain += min(most, max(-most, change))
        for number, place in enumerate(AMBIENCES):
            made = self._made.get(f"ambience_{place}")
            aim = level if place == wanted else 0.0
            now = self._levels[place]
            if not made or (now == aim == 0.0 and place not in self._sounding):
                continue
            most = seconds / FADE_SECONDS
            self._levels[place] = now + min(most, max(-most, aim - now))
            try:
                self._sound_ambience(pygame.mixer.Channel(number), place, made[0])
            except (pygame.error, AttributeError):
                self._opened = False
                return

    def _sound_ambience(self, channel, place: str, sound) -> None:
        # A quarter of a circle: while two cross, their powers add up to one.
        share = math.sin(self._levels[place] * math.pi / 2)
        sound.set_volume(share * self._ambience_gain)
        if self._levels[place] > 0.0 and place not in self._sounding:
            channel.play(sound, loops=-1)
            self._sounding.add(place)
        elif self._levels[place] == 0.0:
            channel.stop()
            self._sounding.discard(place)

    # -- the end -------------------------------------------------------------------------------
    def close(self) -> None:
        """Stop everything and give the device back. Nothing can be played afterwards."""
        self._closed = True
        if self._thread is not None:
            self._thread.join()
        if self._opened:
            self._opened = False
            pygame.mixer.quit()
        self._made.clear()


def _open_device() -> bool:
    """Whether there is now a mixer in the form that our sounds are made for."""
    form = (RATE, -16, 2)
    try:
        mixer = pygame.mixer
        if mixer.get_init() not in (None, form):
            mixer.quit()  # opened by somebody else
        mixer.init(*form, _BUFFER, allowedchanges=0)
        if mixer.get_init() != form:
            return False
        mixer.set_num_channels(len(AMBIENCES) + VOICES)
    # A machine without a mixer or a device is a quiet one, not a broken one.
    except (pygame.error, NotImplementedError, AttributeError):
        return False
    return True


def _files(folder: Path, name: str) -> list[Path]:
    """The file of a sound, or the files of its variants in their order."""
    one = folder / f"{name}.wav"
    if one.is_file():
        return [one]
    files, number = [], 1
    while (file := folder / f"{name}_{number}.wav").is_file():
        files.append(file)
        number += 1
    return files


def _load(file: Path):
    """A sound at the mixer's rate, or None when the file cannot be used.

    The rate is raised through the spectrum, which treats the sound as a ring: loops keep their
    seam. For the same reason an ambience can be made wide: its right side is half a round ahead.
    """
    try:
        with wave.open(str(file), "rb") as wav:
            if wav.getnchannels() != 1 or wav.getsampwidth() != 2:
                return None
            rate, data = wav.getframerate(), wav.readframes(wav.getnframes())
    except (OSError, EOFError, wave.Error):
        return None
    samples = np.frombuffer(data, "<i2").astype(np.float64)
    if not len(samples):
        return None
    count = round(len(samples) * RATE / rate)
    left = np.fft.irfft(np.fft.rfft(samples), count) * (count / len(samples))
    right = np.roll(left, -(count // 2)) if file.stem.startswith("ambience_") else left
    both = np.clip(np.round(np.stack([left, right], axis=1)), -32768, 32767).astype(np.int16)
    return pygame.mixer.Sound(buffer=both.tobytes())


def _mixed(number: int) -> int:
    """A fixed scramble of a shopper's number, so that neighbours do not sound alike."""
    number = (number * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % 2**64
    number = ((number ^ (number >> 30)) * 0xBF58476D1CE4E5B9) % 2**64
    return number >> 40


__all__ = ["FAMILIES", "GAPS", "Cue", "Sound", "cues_for", "tactic_sound"]
