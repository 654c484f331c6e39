"""Rebuild assets/sounds: every sound of the game, synthesised from nothing but numbers.

Usage:  python assets/build/sounds.py [--to FOLDER]

Tuned bars, tongues and blocks of wood, and paper, all in D pentatonic, so that whatever falls
together is in tune. Noise comes out of fixed hashes: the same files come out, to the byte, on
every run. All is mono, 16 bit. Nothing here reaches above 8 kHz, so effects are kept at 22,050
samples a second and the dark ambiences at 11,025; sim/ui/sound.py brings them up to the mixer's
44,100 when it loads them. That keeps the folder at about one megabyte without an encoder.
"""

from __future__ import annotations

import argparse
import hashlib
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

RATE = 22050
AMBIENCE_RATE = 11025
FOLDER = Path(__file__).resolve().parents[1] / "sounds"
LOUDEST_PEAK = -9.0  # dB below full scale; several sounds together must not clip
_QUIET = -54.0  # dB below a sound's own peak: where its tail is cut

# Pitches in Hz.
C3S, D3, A3, B3 = 138.59, 146.83, 220.0, 246.94
D4, E4, F4S, A4, B4 = 293.66, 329.63, 369.99, 440.0, 493.88
D5, E5, F5S, A5, B5, D6 = 587.33, 659.26, 739.99, 880.0, 987.77, 1174.66


# -- what sounds are made of -----------------------------------------------------------------------
def hashed(name: str, count: int) -> np.ndarray:
    """`count` numbers from -1 to 1, always the same for a name."""
    key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "little")
    x = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(key)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)) / 2.0**52 - 1.0


def clock(seconds: float, rate: int = RATE) -> np.ndarray:
    """The moments of all samples, in seconds."""
    return np.arange(round(seconds * rate)) / rate


def eased_in(signal: np.ndarray, seconds: float) -> np.ndarray:
    """The signal with a soft start, so that it does not click."""
    count = min(len(signal), max(1, round(seconds * RATE)))
    out = signal.copy()
    out[:count] *= 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / count)
    return out


def band(signal: np.ndarray, low: float, high: float, rate: int = RATE) -> np.ndarray:
    """What lies between two pitches, with gentle slopes and without moving anything in time."""
    size = 1 << (2 * len(signal) - 1).bit_length()
    spectrum = np.fft.rfft(signal, size)
    return np.fft.irfft(spectrum * _slopes(size, low, high, rate), size)[: len(signal)]


def _slopes(size: int, low: float, high: float, rate: int) -> np.ndarray:
    pitch = np.maximum(np.fft.rfftfreq(size, 1 / rate), 1e-3)
    return 1 / (1 + (low / pitch) ** 4) / (1 + (pitch / high) ** 4)


def rung(pitch: float, partials, seconds: float, attack: float) -> np.ndarray:
    """Something struck: (ratio to the pitch, level, seconds to fall by 60 dB) for each partial."""
    t = clock(seconds)
    out = np.zeros(len(t))
    for ratio, level, falls in partials:
        out += level * np.sin(2 * np.pi * pitch * ratio * t) * np.exp(-6.9 * t / falls)
    return eased_in(out, attack)


def marimba(pitch: float, long: float = 1.0) -> np.ndarray:
    """A bar of rosewood under a soft mallet."""
    falls = 0.62 * long * (440 / pitch) ** 0.4
    partials = ((1, 1.0, falls), (3.95, 0.13, falls * 0.3), (9.3, 0.02, falls * 0.12))
    return rung(pitch, partials, falls, 0.004)


def kalimba(pitch: float, long: float = 1.0) -> np.ndarray:
    """A tongue of a thumb piano and the thump of its box."""
    falls = 0.85 * long * (440 / pitch) ** 0.3
    partials = ((1, 1.0, falls), (2.01, 0.10, falls * 0.5), (5.4, 0.06, 0.11))
    tongue = rung(pitch, partials, falls, 0.003)
    return mixed(falls, (0, tongue, 1), (0, rung(185, ((1, 1.0, 0.09),), 0.1, 0.003), 0.18))


def bell(pitch: float, long: float = 1.0) -> np.ndarray:
    """A small bronze bowl, struck with felt."""
    partials = ((1, 1.0, 1.1), (2.0, 0.22, 0.7), (2.74, 0.14, 0.4), (4.2, 0.03, 0.2))
    return rung(pitch, [(r, a, f * long) for r, a, f in partials], 1.1 * long, 0.007)


def wood(pitch: float, falls: float = 0.07) -> np.ndarray:
    """A knock on a hollow block."""
    partials = ((1, 1.0, falls), (2.57, 0.28, falls * 0.55), (4.2, 0.06, falls * 0.3))
    return rung(pitch, partials, falls * 1.2, 0.002)


def slid(start: float, end: float, seconds: float, turn: float) -> np.ndarray:
    """A tone that slides from one pitch to another; `turn`: seconds in which most of it happens."""
    t = clock(seconds)
    pitch = end + (start - end) * np.exp(-t / turn)
    return np.sin(2 * np.pi * np.cumsum(pitch) / RATE)


def hump(seconds: float, top: float) -> np.ndarray:
    """A rise and a fall between 0 and 1; `top`: the share of the time at which it is highest."""
    x = clock(seconds) / seconds
    return np.sin(np.pi * x ** (np.log(0.5) / np.log(top))) ** 2


def paper(name: str, seconds: float, low: float, high: float, top: float) -> np.ndarray:
    """Paper that is moved: noise in a band, with the small crackles of its folds."""
    noise = band(hashed(name, round(seconds * RATE)), low, high)
    folds = 0.55 + 0.45 * band(np.abs(hashed(name + " folds", len(noise))) ** 24, 1, 60) * 30
    return noise * np.clip(folds, 0.2, 1.6) * hump(seconds, top)


def mixed(seconds: float, *parts) -> np.ndarray:
    """Signals laid over each other: (second at which it starts, signal, level) for each."""
    out = np.zeros(round(seconds * RATE))
    for at, signal, level in parts:
        start = round(at * RATE)
        end = min(len(out), start + len(signal))
        out[start:end] += level * signal[: end - start]
    return out


def tune(instrument: Callable, notes, seconds: float, long: float = 1.0) -> np.ndarray:
    """(second, pitch, level) for each note."""
    return mixed(seconds, *((at, instrument(pitch, long), level) for at, pitch, level in notes))


# -- the sounds ------------------------------------------------------------------------------------
def click(_: int) -> np.ndarray:
    return mixed(0.12, (0, wood(660, 0.05), 1), (0, band(hashed("tap", 180), 900, 2600), 0.10))


def focus(_: int) -> np.ndarray:
    return mixed(0.1, (0, wood(520, 0.035), 1))


def tactic_calm(_: int) -> np.ndarray:
    return tune(kalimba, ((0, D4, 1), (0.13, A4, 0.8)), 0.66, 0.85)


def tactic_lively(_: int) -> np.ndarray:
    return tune(marimba, ((0, D5, 0.8), (0.08, F5S, 0.9), (0.20, A5, 1)), 0.6, 0.8)


def tactic_pushing(_: int) -> np.ndarray:
    knocks = ((0, wood(310, 0.1), 0.8), (0.11, wood(330, 0.1), 0.9), (0.19, wood(350, 0.1), 1))
    return mixed(0.55, *knocks, (0.26, marimba(A4, 0.6), 0.9))


def tactic_tricky(_: int) -> np.ndarray:
    t = clock(0.34)
    sly = slid(B4, D4 * 1.19, 0.34, 0.09) * np.exp(-6.9 * t / 0.42)
    overtone = 0.14 * np.sin(2 * np.pi * 3 * D4 * t) * np.exp(-6.9 * t / 0.12)
    return mixed(0.5, (0, eased_in(sly + overtone, 0.004), 1), (0.24, wood(294, 0.08), 0.7))


def comment(variant: int) -> np.ndarray:
    end = (A4, B4, D5, E5, F5S)[variant]
    bubble = slid(end * 0.62, end, 0.11, 0.018) * hump(0.11, 0.22)
    return mixed(0.11, (0, bubble, 1))


def answered(_: int) -> np.ndarray:
    return tune(marimba, ((0, A4, 0.7), (0.09, D5, 1)), 0.45, 0.75)


def coin(variant: int) -> np.ndarray:
    low, high = ((D5, A5), (E5, B5), (F5S, B5), (A5, D6))[variant]
    ring = ((1, 1.0, 0.34), (2.72, 0.10, 0.12))
    second = 0.055
    parts = [(0, rung(low, ring, 0.3, 0.003), 0.7), (second, rung(high, ring, 0.36, 0.003), 1)]
    return mixed(0.4, *parts, (0, wood(D4, 0.06), 0.25))


def sold_out(_: int) -> np.ndarray:
    notes = ((0, D5, 0.8), (0.1, B4, 0.8), (0.2, A4, 0.9))
    shutter = mixed(0.3, (0, wood(190, 0.12), 1), (0.05, wood(165, 0.14), 0.8))
    return mixed(0.6, (0, tune(marimba, notes, 0.6, 0.5), 1), (0.3, shutter, 0.9))


def follow(variant: int) -> np.ndarray:
    first, second = ((F4S, A4), (A4, D5))[variant]
    return tune(kalimba, ((0, first, 0.8), (0.14, second, 1)), 0.5, 0.55)


def unfollow(_: int) -> np.ndarray:
    return band(tune(kalimba, ((0, A4, 0.9), (0.16, E4, 0.8)), 0.5, 0.5), 60, 900)


def leave(variant: int) -> np.ndarray:
    name, seconds = f"sigh {variant}", (0.26, 0.30)[variant]
    breath = band(hashed(name, round(seconds * RATE)), 260, 620) * hump(seconds, 0.3)
    darker = band(hashed(name + " end", round(seconds * RATE)), 160, 380) * hump(seconds, 0.6)
    return breath + 0.8 * darker


def offer(_: int) -> np.ndarray:
    return mixed(0.95, (0, bell(A4, 0.75), 0.7), (0.17, bell(D5, 0.75), 1), (0, wood(440), 0.1))


def missed_offer(_: int) -> np.ndarray:
    fall = slid(E4, D4 * 0.94, 0.3, 0.1) * np.exp(-6.9 * clock(0.3) / 0.3)
    return mixed(0.38, (0, wood(E5, 0.06), 0.4), (0.05, eased_in(fall, 0.008), 1))


def parcel_out(variant: int) -> np.ndarray:
    name = f"whoosh {variant}"
    slow = paper(name, 0.30, 350, 900, 0.45)
    quick = paper(name + " rise", 0.30, 900, 2600, 0.62)
    return mixed(0.36, (0, slow, 1), (0.03, quick, 0.5), (0.25, wood(F4S, 0.05), 0.06))


def parcel_back(variant: int) -> np.ndarray:
    t = clock(0.26)
    deep = slid((190, 175)[variant], (112, 104)[variant], 0.26, 0.03) * np.exp(-6.9 * t / 0.24)
    board = band(hashed(f"board {variant}", len(t)), 220, 700) * np.exp(-6.9 * t / 0.08)
    folds = paper(f"folds {variant}", 0.16, 700, 2200, 0.3)
    # Small speakers hear nothing of the deep part; the wood tells them of the thud.
    thud = ((0, eased_in(deep, 0.004), 0.7), (0.008, wood((310, 290)[variant], 0.12), 0.7))
    return mixed(0.3, *thud, (0, eased_in(board, 0.004), 0.8), (0.05, folds, 0.16))


def night(_: int) -> np.ndarray:
    notes = ((0, A4, 0.8), (0.22, F4S, 0.8), (0.44, D4, 0.9), (0.70, A3, 1))
    wind = band(hashed("night wind", round(1.35 * RATE)), 180, 520) * hump(1.35, 0.5)
    return mixed(1.4, (0, tune(kalimba, notes, 1.4, 0.85), 1), (0, wind, 0.25))


def live_opens(_: int) -> np.ndarray:
    shutter = [(0.05 * i, wood(210 + 24 * i, 0.06), 0.25 + 0.05 * i) for i in range(5)]
    notes = ((0.26, D4, 0.8), (0.34, A4, 0.7), (0.42, D5, 0.8), (0.50, F5S, 0.8))
    return mixed(1.15, *shutter, (0, tune(marimba, notes, 1.15), 1))


def live_ends(_: int) -> np.ndarray:
    notes = ((0, F5S, 0.7), (0.13, D5, 0.7), (0.26, A4, 0.8), (0.42, D4, 1), (0.42, A3, 0.5))
    return tune(marimba, notes, 1.0)


def success(_: int) -> np.ndarray:
    notes = ((0, D4, 0.7), (0.1, A4, 0.7), (0.2, D5, 0.8), (0.3, F5S, 0.8), (0.46, A5, 0.8))
    chord = ((0.46, D4, 0.6), (0.46, A4, 0.5), (0.46, D5, 0.5))
    return tune(kalimba, notes + chord, 1.2, 0.9)


def impossible(_: int) -> np.ndarray:
    return mixed(0.3, (0, marimba(D4, 0.25), 1), (0.11, marimba(C3S * 2, 0.3), 0.9))


def pause(_: int) -> np.ndarray:
    return tune(marimba, ((0, A4, 0.8), (0.08, D4, 1)), 0.3, 0.4)


def resume(_: int) -> np.ndarray:
    return tune(marimba, ((0, D4, 0.8), (0.08, A4, 1)), 0.3, 0.4)


@dataclass(frozen=True)
class Recipe:
    """make(variant) -> samples of any level
    loudness   how loud it is made, by `loudness`; lower only if its peak would be too high
    variants   how many of them there are
    """

    make: Callable[[int], np.ndarray]
    loudness: float
    variants: int = 1


RECIPES = {
    "click": Recipe(click, -31),
    "focus": Recipe(focus, -37),
    "tactic_calm": Recipe(tactic_calm, -26),
    "tactic_lively": Recipe(tactic_lively, -26),
    "tactic_pushing": Recipe(tactic_pushing, -26),
    "tactic_tricky": Recipe(tactic_tricky, -26),
    "comment": Recipe(comment, -36, 5),
    "answered": Recipe(answered, -31),
    "coin": Recipe(coin, -27, 4),
    "sold_out": Recipe(sold_out, -27),
    "follow": Recipe(follow, -30, 2),
    "unfollow": Recipe(unfollow, -31),
    "leave": Recipe(leave, -41, 2),
    "offer": Recipe(offer, -27),
    "missed_offer": Recipe(missed_offer, -32),
    "parcel_out": Recipe(parcel_out, -35, 2),
    "parcel_back": Recipe(parcel_back, -31, 2),
    "night": Recipe(night, -28),
    "live_opens": Recipe(live_opens, -25),
    "live_ends": Recipe(live_ends, -26),
    "success": Recipe(success, -25),
    "error": Recipe(impossible, -30),
    "pause": Recipe(pause, -31),
    "resume": Recipe(resume, -31),
}


# -- the ambiences: everything wraps round, so that there is no seam -------------------------------
def _wrapped(signal: np.ndarray, low: float, high: float) -> np.ndarray:
    """A band of a loop, taken round its end."""
    slopes = _slopes(len(signal), low, high, AMBIENCE_RATE)
    return np.fft.irfft(np.fft.rfft(signal) * slopes, len(signal))


def _air(name: str, count: int, low: float, high: float) -> np.ndarray:
    """Soft noise that swells and sinks a few times in a round."""
    slow = 1 + 0.12 * np.sin(2 * np.pi * (2 * np.arange(count) / count + hashed(name, 1)[0]))
    noise = _wrapped(hashed(name + " air", count), low, high) * slow
    return noise / np.sqrt(np.mean(noise**2))


def _syllable(pitch: float, glide: float, seconds: float, tones) -> np.ndarray:
    """A bit of speech: a voice's harmonics, louder near the tones of a vowel."""
    t = clock(seconds, AMBIENCE_RATE)
    turn = 2 * np.pi * pitch * (t + glide * t**2 / (2 * seconds))
    out = np.zeros(len(t))
    for n in range(1, int(2600 / pitch)):
        near = sum(level / (1 + ((n * pitch - tone) / 110) ** 2) for tone, level in tones)
        out += near * np.sin(n * turn)
    return out * np.sin(np.pi * t / seconds) ** 2


_VOWELS = (((320, 1.0), (800, 0.3)), ((500, 1.0), (1000, 0.4)), ((650, 1.0), (1100, 0.45)),
           ((400, 1.0), (1350, 0.2)), ((300, 1.0), (650, 0.5)))  # fmt: skip


def _murmur(name: str, count: int, voices: int) -> np.ndarray:
    """Many people talking far away: nobody can be understood, every pause is filled by others."""
    out = np.zeros(count)
    for voice in range(voices):
        dice = (hashed(f"{name} voice {voice}", 6 * 400) + 1) / 2
        pitch, near = 95 + 130 * dice[0], 0.45 + 0.55 * dice[1]
        at, n = dice[2] * count, 1
        stop = at + count
        while at < stop and n < 399:
            d = dice[6 * n : 6 * n + 6]
            seconds = 0.11 + 0.15 * d[0]
            bit = _syllable(pitch * (0.92 + 0.2 * d[1]), 0.3 * (d[2] - 0.6), seconds,
                            _VOWELS[int(d[3] * len(_VOWELS))])  # fmt: skip
            spots = (round(at) + np.arange(len(bit))) % count
            out[spots] += near * (0.5 + 0.5 * d[4]) * bit
            breath = 0.7 + 1.6 * dice[5] if d[5] > 0.86 else 0.02
            at += (seconds * 0.8 + breath) * AMBIENCE_RATE
            n += 1
    return out / np.sqrt(np.mean(out**2))


def _steps(name: str, count: int, number: int) -> np.ndarray:
    """Footsteps here and there, in short walks."""
    out = np.zeros(count)
    dice = (hashed(name, 3 * number) + 1) / 2
    for walk in range(number):
        start, pace, near = dice[3 * walk : 3 * walk + 3]
        for step in range(5):
            sole = hashed(f"{name} {walk} {step}", 500) * np.exp(-np.arange(500) / 90)
            at = round(start * count + step * (0.46 + 0.14 * pace) * AMBIENCE_RATE)
            level = np.sin(np.pi * (step + 1) / 6) * (0.4 + 0.6 * near)
            out[(at + np.arange(500)) % count] += level * sole
    out = _wrapped(out, 140, 420)
    return out / np.sqrt(np.mean(out**2))


def _far(signal: np.ndarray, name: str, falls: float) -> np.ndarray:
    """The signal as it arrives from between walls, round the end of the loop."""
    t = clock(min(falls, len(signal) / AMBIENCE_RATE), AMBIENCE_RATE)
    walls = np.zeros(len(signal))
    walls[: len(t)] = hashed(name, len(t)) * np.exp(-6.9 * t / falls)
    out = np.fft.irfft(np.fft.rfft(signal) * np.fft.rfft(walls), len(signal))
    return out / np.sqrt(np.mean(out**2))


def _levelled(signal: np.ndarray) -> np.ndarray:
    """The loop without the swells by which an ear would notice that it comes round again."""
    power = np.fft.rfft(signal**2)
    power *= np.exp(-((np.arange(len(power)) / (len(signal) / AMBIENCE_RATE)) ** 2) * 1.5)
    return signal / np.fft.irfft(power, len(signal)) ** 0.4


def street() -> np.ndarray:
    """Dusk between the shops: murmur, a few steps, air."""
    count = 13 * AMBIENCE_RATE
    people = _murmur("street", count, 17)
    talk = _wrapped(_far(people, "street walls", 0.6) + 0.5 * people, 150, 1300)
    steps = _far(_steps("street steps", count, 9), "street walls", 0.4)
    return _levelled(talk + 0.16 * steps + 0.2 * _air("street", count, 90, 420))


def room() -> np.ndarray:
    """Inside a small shop: warm still air, and the street through the door."""
    count = 10 * AMBIENCE_RATE
    talk = _wrapped(_far(_murmur("room", count, 11), "room walls", 0.35), 130, 430)
    return _levelled(0.8 * talk + 0.4 * _air("room", count, 90, 300))


AMBIENCES = {"street": (street, -43.0), "room": (room, -46.0)}


# -- finishing -------------------------------------------------------------------------------------
def loudness(signal: np.ndarray, rate: int = RATE) -> float:
    """The loudest eighth of a second in dB, weighted as ears weigh pitches (the A curve)."""
    window = rate // 8
    padded = np.concatenate([np.zeros(window), signal, np.zeros(window)])
    f2 = np.maximum(np.fft.rfftfreq(len(padded), 1 / rate), 1e-3) ** 2
    weight = 12194**2 * f2**2 / ((f2 + 20.6**2) * (f2 + 12194**2))
    weight *= 1.2589 / np.sqrt((f2 + 107.7**2) * (f2 + 737.9**2))
    heard = np.fft.irfft(np.fft.rfft(padded) * weight, len(padded))
    power = np.cumsum(np.concatenate([[0.0], heard**2]))
    return float(10 * np.log10(np.max(power[window:] - power[:-window]) / window + 1e-20))


def in_a_small_room(signal: np.ndarray) -> np.ndarray:
    """The signal with the first tenth of a second of a small room's answer."""
    t = clock(0.11)
    walls = band(hashed("small room", len(t)) * np.exp(-6.9 * t / 0.13), 200, 2000)
    walls[: round(0.006 * RATE)] = 0
    size = 1 << (len(signal) + len(t)).bit_length()
    answer = np.fft.irfft(np.fft.rfft(signal, size) * np.fft.rfft(walls, size), size)
    whole = np.concatenate([signal, np.zeros(len(t))])
    answer = answer[: len(whole)]
    return whole + 0.16 * answer * np.sqrt(np.sum(signal**2) / np.sum(answer**2))


def finished(signal: np.ndarray, wanted: float) -> np.ndarray:
    """A sound ready to be written: no rumble, no hiss, no clicks, its loudness as wanted."""
    signal = band(in_a_small_room(signal), 55, 5200)
    heard = np.abs(signal) > np.max(np.abs(signal)) * 10 ** (_QUIET / 20)
    end = min(len(signal), int(np.flatnonzero(heard)[-1]) + round(0.01 * RATE))
    signal = eased_in(signal[:end], 0.0015)
    signal = eased_in(signal[::-1], min(0.06, end / RATE / 3))[::-1]
    signal = signal * 10 ** ((wanted - loudness(signal)) / 20)
    return signal * min(1.0, 10 ** (LOUDEST_PEAK / 20) / np.max(np.abs(signal)))


def write(path: Path, signal: np.ndarray, rate: int) -> None:
    """One WAV file, mono, 16 bit."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.round(signal * 32767).astype("<i2").tobytes())


def build(folder: Path) -> list[Path]:
    """Write all sounds into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, recipe in RECIPES.items():
        for variant in range(recipe.variants):
            stem = f"{name}_{variant + 1}" if recipe.variants > 1 else name
            files.append(folder / f"{stem}.wav")
            write(files[-1], finished(recipe.make(variant), recipe.loudness), RATE)
    for name, (make, wanted) in AMBIENCES.items():
        loop = make()
        loop *= 10 ** ((wanted - loudness(loop, AMBIENCE_RATE)) / 20)
        files.append(folder / f"ambience_{name}.wav")
        write(files[-1], loop - np.mean(loop), AMBIENCE_RATE)
    return files


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--to", type=Path, default=FOLDER, help="folder to write into")
    files = build(parser.parse_args().to)
    print(f"{len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
