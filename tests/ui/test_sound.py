"""What is heard: the files as they are built, what is chosen for events, and quiet machines."""

from __future__ import annotations

import importlib.util
import sys
import threading
import wave
from itertools import pairwise

import numpy as np
import pygame
import pytest

from sim.model.acts import ACTS
from sim.model.events import Kind, LeaveReason
from sim.model.layout import EVENT
from sim.paths import assets_folder
from sim.ui import sound as heard
from sim.ui.sound import Cue, Sound, cues_for, tactic_sound

FILES = sorted((assets_folder() / "sounds").glob("*.wav"))
EFFECTS = [file for file in FILES if not file.stem.startswith("ambience_")]
LOOPS = [file for file in FILES if file.stem.startswith("ambience_")]


@pytest.fixture(scope="module")
def recipes():
    """The script that builds the sounds."""
    spec = importlib.util.spec_from_file_location(
        "build_sounds", assets_folder() / "build" / "sounds.py"
    )
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up by its name.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(file):
    """(samples from -1 to 1, rate) of a file."""
    with wave.open(str(file), "rb") as wav:
        assert (wav.getnchannels(), wav.getsampwidth()) == (1, 2), file.name
        data = wav.readframes(wav.getnframes())
        return np.frombuffer(data, "<i2") / 32768, wav.getframerate()


def decibel(level) -> float:
    return 20 * np.log10(max(float(level), 1e-9))


# -- the files -------------------------------------------------------------------------------------
def test_building_again_gives_the_same_bytes(recipes, tmp_path):
    built = recipes.build(tmp_path)
    assert sorted(file.name for file in built) == [file.name for file in FILES]
    for file in FILES:
        assert (tmp_path / file.name).read_bytes() == file.read_bytes(), file.name


def test_there_is_a_file_for_every_sound_and_a_sound_for_every_file(recipes):
    assert set(recipes.RECIPES) == set(heard.GAPS)
    assert set(recipes.AMBIENCES) == set(heard.AMBIENCES)
    assert not set(heard.CROWD_GAPS) & set(heard.PLAYER_GAPS)


def test_the_sounds_are_small():
    assert sum(file.stat().st_size for file in FILES) < 1_200_000


@pytest.mark.parametrize("file", EFFECTS, ids=lambda file: file.stem)
def test_a_sound_is_soft(file):
    samples, rate = read(file)
    assert rate == 22050 and 0.05 < len(samples) / rate < 1.6
    assert -30 < decibel(np.abs(samples).max()) < -8.95
    assert abs(samples.mean()) < 0.001
    assert abs(samples[0]) < 2e-4 and abs(samples[-1]) < 2e-4, "it would click"
    ending = samples[-round(0.005 * rate) :]
    assert np.abs(ending).max() < 0.05 * np.abs(samples).max(), "it is cut off"
    power = np.abs(np.fft.rfft(samples)) ** 2
    harsh = np.fft.rfftfreq(len(samples), 1 / rate) > 4000
    assert power[harsh].sum() < 0.01 * power.sum()


def test_what_matters_more_is_louder(recipes):
    loud = {file.stem: recipes.loudness(*read(file)) for file in FILES}
    for one, other in pairwise(("coin_1", "answered", "comment_1", "leave_1", "ambience_street")):
        assert loud[one] > loud[other] + 1, (one, other)
    chosen = [value for name, value in loud.items() if name.startswith("tactic_")]
    assert max(chosen) - min(chosen) < 0.5
    assert loud["focus"] < loud["click"] < min(chosen)


@pytest.mark.parametrize("file", LOOPS, ids=lambda file: file.stem)
def test_a_loop_has_no_seam(file):
    samples, rate = read(file)
    assert len(samples) / rate >= 10
    assert abs(samples.mean()) < 1e-4
    inside = np.abs(np.diff(samples, 2))
    across = np.abs(np.diff(np.concatenate([samples[-3:], samples[:3]]), 2))
    assert across.max() < np.percentile(inside, 99.9)
    twice, window = np.tile(samples, 2) ** 2, rate // 4
    levels = np.sqrt(np.convolve(twice, np.ones(window) / window, "valid"))
    assert decibel(levels.max()) - decibel(levels.min()) < 8, "an ear would notice the round"
    assert -48 < decibel(np.sqrt(np.mean(samples**2))) < -38


# -- what is chosen --------------------------------------------------------------------------------
def events_of(*rows):
    """(kind, shopper, value, extra, host) each; all but the kind may be left out."""
    events = np.zeros(len(rows), EVENT)
    for event, row in zip(events, rows, strict=True):
        kind, shopper, value, extra, host = (*row, *(7, 0.0, 0.0, 0)[len(row) - 1 :])
        event["kind"], event["shopper"], event["host"] = kind, shopper, host
        event["value"], event["extra"] = value, extra
    return events


def names(cues) -> list[str]:
    return [cue.name for cue in cues]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.COMMENT, "comment"), (Kind.ANSWER, "answered"), (Kind.ORDER, "coin"),
        (Kind.SOLD_OUT, "sold_out"), (Kind.FOLLOW, "follow"), (Kind.JOIN_GROUP, "follow"),
        (Kind.UNFOLLOW, "unfollow"), (Kind.OFFER, "offer"), (Kind.MISSED_OFFER, "missed_offer"),
        (Kind.DELIVER, "parcel_out"), (Kind.RETURN, "parcel_back"), (Kind.GIVEN_UP, "leave"),
        (Kind.NOTE_ORDER, "coin"), (Kind.LEAVE_GROUP, "unfollow"),
    ],
)  # fmt: skip
def test_an_event_has_its_sound(kind, name):
    assert names(cues_for(events_of((kind,)))) == [name]


def test_every_kind_of_event_was_thought_of():
    heard_kinds = {kind for kind, _ in heard._HEARD}
    unheard = {Kind.IMPRESSIONS, Kind.ENTER, Kind.KEEP, Kind.READ}
    # What stands beside something that is heard, or is seen elsewhere, or is no part of a live.
    unheard |= {
        Kind.ORIGIN,
        Kind.NOTE_COMMENT,
        Kind.TELL,
        Kind.REPORT,
        Kind.PAID_CLICK,
        Kind.NOTIFIED,
    }
    unheard |= {Kind.TIER, Kind.SUPPORT, Kind.IMPROVED, Kind.DAY}
    assert heard_kinds | unheard == set(Kind) and not heard_kinds & unheard
    for kind in unheard:
        assert cues_for(events_of((kind,))) == []


def test_only_those_who_lost_patience_are_heard_leaving():
    for reason in LeaveReason:
        cues = cues_for(events_of((Kind.LEAVE, 3, 60.0, reason)))
        assert names(cues) == (["leave"] if reason == LeaveReason.TEMPER else [])


def test_other_rooms_are_not_heard():
    assert cues_for(events_of((Kind.ORDER, 3, 9900.0, 60.0, 1))) == []
    assert cues_for(events_of()) == []


def test_a_tick_makes_at_most_three_sounds_the_most_telling_ones():
    kinds = (Kind.LEAVE, Kind.COMMENT, Kind.ANSWER, Kind.FOLLOW, Kind.ORDER, Kind.OFFER)
    cues = cues_for(events_of(*((kind, 5, 1.0, 1.0) for kind in kinds)))
    assert names(cues) == ["offer", "coin", "follow"]


def test_many_of_a_kind_make_one_sound_a_little_stronger():
    one = cues_for(events_of((Kind.COMMENT, 5)))
    many = cues_for(events_of(*((Kind.COMMENT, 5 + i) for i in range(200))))
    assert names(one) == names(many) == ["comment"]
    assert 0.5 < one[0].strength < many[0].strength <= 1.0
    assert one[0].variant == many[0].variant, "the first of them gives the voice"


def test_a_coin_rings_higher_for_more_money():
    amounts = (4900, 16900, 33800, 67600)
    steps = [cues_for(events_of((Kind.ORDER, 5, fen, 60.0)))[0].variant for fen in amounts]
    assert steps == [0, 1, 2, 3]
    together = cues_for(events_of(*((Kind.ORDER, 5, fen, 60.0) for fen in amounts)))
    assert [cue.variant for cue in together] == [3]


def test_shoppers_keep_their_voice_and_do_not_all_share_one():
    voices = [cues_for(events_of((Kind.COMMENT, shopper)))[0].variant for shopper in range(200)]
    again = [cues_for(events_of((Kind.COMMENT, shopper)))[0].variant for shopper in range(200)]
    assert voices == again and min(voices) >= 0
    assert min(np.bincount(np.array(voices) % 5, minlength=5)) > 20


def test_a_tactic_sounds_like_what_it_is(scenario):
    sounds = {name: tactic_sound(tactic.mix) for name, tactic in scenario.tactics.items()}
    assert sounds["patient"] == sounds["storytelling"] == "tactic_calm"
    assert sounds["interaction"] == "tactic_lively"
    assert sounds["rushed"] == "tactic_pushing"
    assert sounds["price_games"] == "tactic_tricky"


def test_every_act_belongs_to_one_family():
    acts = [act for family in heard.FAMILIES.values() for act in family]
    assert sorted(acts) == sorted(ACTS)
    assert {f"tactic_{family}" for family in heard.FAMILIES} <= set(heard.GAPS)


# -- playing ---------------------------------------------------------------------------------------
class FakeMixer:
    """Stands in for pygame.mixer: remembers what was played; sounds last until `end` says so."""

    class Channel_:
        def __init__(self) -> None:
            self.sound, self.loops = None, 0

        def get_busy(self) -> bool:
            return self.sound is not None

        def play(self, sound, loops=0) -> None:
            self.sound, self.loops = sound, loops

        def stop(self) -> None:
            self.sound = None

    class Sound_:
        def __init__(self, buffer: bytes) -> None:
            self.samples = np.frombuffer(buffer, "<i2").reshape(-1, 2)
            self.volume = 1.0

        def set_volume(self, volume: float) -> None:
            self.volume = volume

    def __init__(self) -> None:
        self.channels: list = []
        self.state = None
        self.may_load = threading.Event()
        self.may_load.set()
        mixer = self

        class Sound(self.Sound_):
            def __init__(self, buffer: bytes) -> None:
                assert mixer.may_load.wait(20)
                super().__init__(buffer)

        self.Sound = Sound

    def init(self, rate, size, channels, buffer, allowedchanges) -> None:
        assert allowedchanges == 0
        self.state = (rate, size, channels)

    def get_init(self):
        return self.state

    def set_num_channels(self, count: int) -> None:
        self.channels = [self.Channel_() for _ in range(count)]

    def Channel(self, number: int):
        return self.channels[number]

    def fadeout(self, milliseconds: int) -> None:
        for channel in self.channels:
            channel.stop()

    def quit(self) -> None:
        self.state = None

    @property
    def voices(self) -> list:
        return [c.sound for c in self.channels[len(heard.AMBIENCES) :] if c.sound is not None]

    def ambience(self, place: str):
        return self.channels[heard.AMBIENCES.index(place)]


@pytest.fixture
def fake(monkeypatch):
    mixer = FakeMixer()
    monkeypatch.setattr(pygame, "mixer", mixer)
    return mixer


@pytest.fixture
def sound(fake):
    made = Sound(volume=1.0)
    made.prepare(wait=True)
    yield made
    made.close()


def test_a_sound_reaches_the_mixer_as_it_was_built(sound, fake):
    assert sound.available and set(sound.names) >= set(heard.GAPS)
    assert sound.play("coin", 0.5, variant=2)
    (played,) = fake.voices
    built, rate = read(assets_folder() / "sounds" / "coin_3.wav")
    step = heard.RATE // rate
    for side in (0, 1):
        assert np.abs(played.samples[::step, side] / 32768 - built).max() < 2e-4
    assert played.volume == pytest.approx(0.5)


def test_an_unknown_name_is_a_mistake(sound):
    with pytest.raises(KeyError):
        sound.play("trumpet")
    with pytest.raises(KeyError):
        sound.ambience("moon")


def test_the_same_sound_waits_for_its_gap(sound, fake):
    assert sound.play("leave")
    assert not sound.play("leave")
    sound.update(heard.GAPS["leave"] - 0.1)
    assert not sound.play("leave")
    assert sound.play("comment"), "each has its own gap"
    sound.update(0.2)
    assert sound.play("leave")
    assert len(fake.voices) == 3


def test_shoppers_leave_voices_to_the_player(sound, fake):
    crowd = [name for name in heard.CROWD_GAPS if sound.play(name)]
    assert len(crowd) == heard.CROWD_VOICES
    player = [name for name in heard.PLAYER_GAPS if sound.play(name)]
    assert len(player) == heard.VOICES - heard.CROWD_VOICES
    assert len(fake.voices) == heard.VOICES
    fake.fadeout(0)
    assert sound.play("unfollow"), "what was left out has not used up its gap"


def test_for_events_plays_what_it_says(sound, fake):
    tick = events_of((Kind.ORDER, 5, 67600.0, 60.0), (Kind.FOLLOW, 5))
    played = sound.for_events(tick)
    assert names(played) == ["coin", "follow"] and len(fake.voices) == 2
    assert sound.for_events(tick) == []
    sound.update(1.0)
    assert sound.play_all([Cue("click")]) == [Cue("click")]


def test_volume_is_a_matter_of_the_ear(sound, fake):
    sound.volume = 0.5
    assert sound.play("click")
    assert fake.voices[0].volume == pytest.approx(0.25)
    sound.volume = 7
    assert sound.volume == 1.0
    sound.volume = 0
    sound.update(1)
    assert not sound.play("click")


def test_muting_ends_everything_at_once_and_coming_back_is_soft(sound, fake):
    sound.ambience("street")
    sound.update(5)
    assert sound.play("night") and fake.ambience("street").get_busy()
    sound.muted = True
    assert not any(channel.get_busy() for channel in fake.channels)
    sound.update(1)
    assert not sound.play("click") and sound.for_events(events_of((Kind.OFFER,))) == []
    assert not fake.ambience("street").get_busy()
    sound.muted = False
    sound.update(heard.FADE_SECONDS / 10)
    street = fake.ambience("street")
    assert street.get_busy() and 0 < street.sound.volume < 0.3


def test_ambiences_cross_at_even_power(sound, fake):
    sound.ambience("street")
    for _ in range(40):
        sound.update(0.1)
    street, room = fake.ambience("street"), fake.ambience("room")
    assert street.loops == -1 and street.sound.volume == pytest.approx(1)
    loop = street.sound
    assert not np.array_equal(loop.samples[:, 0], loop.samples[:, 1]), "it is wide"
    sound.ambience("room")
    while room.sound is None or room.sound.volume < 0.999:
        sound.update(0.1)
        other = loop.volume if street.get_busy() else 0.0
        assert room.sound.volume**2 + other**2 == pytest.approx(1)
    assert not street.get_busy()
    sound.ambience("room", 0.3)
    sound.update(5)
    assert 0.2 < room.sound.volume < 0.6
    sound.ambience(None)
    sound.update(5)
    assert not room.get_busy()


def test_a_loop_stays_seamless_at_the_rate_of_the_mixer(sound, fake):
    sound.ambience("room")
    sound.update(5)
    for side in fake.ambience("room").sound.samples.astype(float).T:
        inside = np.abs(np.diff(side, 2))
        across = np.abs(np.diff(np.concatenate([side[-3:], side[:3]]), 2))
        assert across.max() <= np.percentile(inside, 99.9)


def test_no_frame_waits_for_files_that_load_slowly(fake):
    fake.may_load.clear()
    sound = Sound()
    sound.ambience("street")
    assert sound.available and not sound.play("click")
    sound.update(1)
    fake.may_load.set()
    sound.prepare(wait=True)
    assert sound.play("click")
    sound.update(0.1)
    assert fake.ambience("street").get_busy(), "what was wanted meanwhile begins"
    sound.close()


def test_a_muted_game_opens_no_device(fake):
    sound = Sound(muted=True)
    sound.ambience("street")
    sound.play("click")
    sound.update(1)
    assert fake.get_init() is None
    sound.muted = False
    sound.prepare(wait=True)
    assert sound.available and sound.play("click")
    sound.close()
    assert fake.get_init() is None


def test_a_mixer_in_another_form_is_opened_again(fake):
    fake.state = (22050, -16, 1)
    sound = Sound()
    sound.prepare(wait=True)
    assert fake.get_init() == (heard.RATE, -16, 2)
    sound.close()


# -- the real mixer, and machines without one ------------------------------------------------------
def use_everything(sound) -> None:
    """All that a window does with sound in a run."""
    sound.prepare(wait=True)
    sound.ambience("street")
    for name in heard.GAPS:
        sound.play(name, 0.8, 12345)
        sound.update(0.2)
    sound.for_events(events_of((Kind.ORDER, 5, 16900.0, 60.0)))
    sound.muted = True
    sound.update(0.2)
    sound.muted = False
    sound.volume = 0.3
    sound.ambience("room")
    sound.update(3)


def test_the_real_mixer_plays(monkeypatch):
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    pygame.mixer.quit()
    sound = Sound()
    sound.prepare(wait=True)
    assert pygame.mixer.get_init() == (heard.RATE, -16, 2)
    assert sound.play("night") and pygame.mixer.get_busy()
    sound.update(1)
    use_everything(sound)
    assert sound.available
    sound.close()
    assert pygame.mixer.get_init() is None
    assert not sound.play("click")
    sound.close()


def test_without_a_device_the_game_is_quiet(monkeypatch):
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "no such device")
    sound = Sound()
    use_everything(sound)
    assert not sound.available and not sound.play("click")
    sound.close()


class NotBuilt:
    """What pygame puts in the place of a module that it was built without."""

    def __getattr__(self, name):
        raise NotImplementedError("mixer module not available")


def test_a_device_that_insists_on_another_form_is_not_used(fake, monkeypatch):
    def init(*_, **__) -> None:
        fake.state = (48000, -16, 2)

    monkeypatch.setattr(fake, "init", init)
    sound = Sound()
    use_everything(sound)
    assert not sound.available and not sound.names
    sound.close()


@pytest.mark.parametrize("mixer", [None, NotBuilt()], ids=["none", "not built"])
def test_without_a_mixer_the_game_is_quiet(monkeypatch, mixer):
    monkeypatch.setattr(pygame, "mixer", mixer)
    sound = Sound()
    use_everything(sound)
    assert not sound.available
    sound.close()


def test_a_device_that_is_taken_away_makes_it_quiet(fake, sound, monkeypatch):
    sound.ambience("street")

    def gone(number):
        raise pygame.error("mixer not initialized")

    monkeypatch.setattr(fake, "Channel", gone)
    assert not sound.play("click") and not sound.available
    use_everything(sound)


def test_missing_and_broken_files_are_left_out(fake, tmp_path):
    whole = assets_folder() / "sounds" / "click.wav"
    (tmp_path / "click.wav").write_bytes(whole.read_bytes())
    (tmp_path / "focus.wav").write_bytes(b"not a sound")
    (tmp_path / "coin_1.wav").write_bytes(whole.read_bytes()[:30])
    (tmp_path / "pause.wav").write_bytes(b"")
    sound = Sound(folder=tmp_path)
    sound.prepare(wait=True)
    assert sound.names == ["click"]
    assert sound.play("click") and not sound.play("focus") and not sound.play("night")
    sound.update(1)
    sound.ambience("street")
    use_everything(sound)
    sound.close()
