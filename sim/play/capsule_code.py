"""Capsules as a code to type or to scan: `7K2QM-0E4XA-...`.

Symbols are Crockford's base 32: digits and capitals without I, L, O and U. Small letters, spaces,
hyphens and line ends do not matter, and I, L and O are read as the digits they look like. Every
fifth symbol checks the four before it, so that whoever mistypes learns where. All symbols can be
scanned in the compact alphanumeric mode of QR.

Bytes: format, engine (length, text), hash (6), seed, tick, digest (6), how many decisions, each
decision (ticks since the one before, kind and operand), checksum (4). Numbers are of variable
length; tactics, acts and products are told by their place in the scenario, which the hash pins.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from typing import Any

from sim.errors import JournalError, Phrase
from sim.model.acts import ACTS
from sim.play.capsule import (
    MOST_TICKS,
    Capsule,
    check_engine,
    find_scenario,
    unknown_scenario,
)
from sim.scenario import Scenario

LONGEST = 600  # symbols; a QR picture of more is hard to scan from paper
GROUP = 5

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {symbol: value for value, symbol in enumerate(_ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_IGNORED = frozenset(" -\t\r\n\u2010\u2011\u2013\u3000")
_FORMAT = 1
_HASH_BYTES = 6
_DIGEST_BYTES = 6
_KINDS = ("set_tactic", "set_mix", "perform", "show_product", "answer_shopper")
_INLINE = 31  # operands below this stand in the same byte as the kind
_MOST_IN_A_CODE = 300  # decisions


def code_of(capsule: Capsule, scenario: Scenario | None = None) -> str | None:
    """The code in groups of five; None when it would be too long, is of a campaign, or the scenario
    is not ours. scenario: that of the capsule, where it is known already."""
    if capsule.scenario_data is not None or len(capsule.decisions) > _MOST_IN_A_CODE:
        return None
    if scenario is None:
        scenario = find_scenario(capsule.scenario_hash, capsule.scenario_id)
    if scenario is None:
        return None
    if any(data["kind"] not in _KINDS for _, data in capsule.decisions):
        return None  # a campaign's mornings would make it too long anyway
    symbols = _symbols(_packed(capsule, scenario))
    if len(symbols) > LONGEST:
        return None
    return "-".join(symbols[n : n + GROUP] for n in range(0, len(symbols), GROUP))


def scannable(code: str) -> str:
    """The same code as short as a QR picture can hold it: capitals and digits alone."""
    return "".join(letter for letter in code.upper() if letter not in _IGNORED)


def looks_like_code(text: str) -> bool:
    """Whether a text may be meant as a code rather than as the name of a file."""
    symbols = scannable(text)
    return len(symbols) >= 4 * GROUP and all(symbol in _VALUES for symbol in symbols)


def capsule_from_code(text: str) -> Capsule:
    """Reads a typed or scanned code.

    JournalError, as one plain sentence, when it was mistyped or is not one, is another engine's, or
    tells of a scenario that is not known here.
    """
    reader = _Reader(_bytes(text))
    if reader.byte() != _FORMAT:
        raise JournalError(Phrase("capsule.other_format"))
    engine = reader.take(reader.byte()).decode("ascii", errors="replace")
    check_engine(engine)
    beginning = reader.take(_HASH_BYTES).hex()
    seed, tick = reader.number(2**63), reader.number(MOST_TICKS)
    digest = reader.take(_DIGEST_BYTES).hex()
    scenario = find_scenario(beginning)
    if scenario is None:
        raise unknown_scenario("")
    decisions = []
    when = 0
    for _ in range(reader.number(_MOST_IN_A_CODE + 1)):
        when += reader.number(MOST_TICKS)
        decisions.append((when, _unpacked_decision(reader, scenario)))
    reader.end()
    return Capsule(
        engine=engine,
        scenario_id=scenario.id,
        scenario_hash=beginning,
        scenario_data=None,
        seed=seed,
        decisions=tuple(decisions),
        tick=tick,
        digest=digest,
        figures={},
    )


def _packed(capsule: Capsule, scenario: Scenario) -> bytes:
    engine = capsule.engine.encode("ascii", errors="replace")[:255]
    out = bytearray([_FORMAT, len(engine)]) + engine
    out += bytes.fromhex(capsule.scenario_hash)[:_HASH_BYTES]
    out += _number(capsule.seed) + _number(capsule.tick)
    out += bytes.fromhex(capsule.digest)[:_DIGEST_BYTES]
    out += _number(len(capsule.decisions))
    before = 0
    for tick, decision in capsule.decisions:
        out += _number(tick - before) + _packed_decision(decision, scenario)
        before = tick
    return bytes(out) + zlib.crc32(out).to_bytes(4, "big")


def _packed_decision(data: Mapping[str, Any], scenario: Scenario) -> bytes:
    kind = data["kind"]
    more = b""
    if kind == "set_tactic":
        operand = list(scenario.tactics).index(data["tactic"])
    elif kind == "set_mix":
        operand = len(data["mix"])
        for act, share in data["mix"].items():
            more += bytes([ACTS.index(act)]) + struct.pack(">d", share)
    elif kind == "perform":
        operand = ACTS.index(data["act"])
        more = _number(data["seconds"])
    elif kind == "show_product":
        operand = [product.id for product in scenario.host.products].index(data["product"])
    else:
        operand = data["shopper"]
    first = _KINDS.index(kind) << 5 | min(operand, _INLINE)
    rest = _number(operand - _INLINE) if operand >= _INLINE else b""
    return bytes([first]) + rest + more


def _unpacked_decision(reader: _Reader, scenario: Scenario) -> dict[str, Any]:
    first = reader.byte()
    operand = first & _INLINE
    if operand == _INLINE:
        operand += reader.number(2**31)
    number = first >> 5
    if number >= len(_KINDS):
        raise _not_a_code()
    kind = _KINDS[number]
    if kind == "set_tactic":
        return {"kind": kind, "tactic": _picked(list(scenario.tactics), operand)}
    if kind == "set_mix":
        mix = {}
        for _ in range(min(operand, len(ACTS) + 1)):
            act = _picked(ACTS, reader.byte())
            mix[act] = struct.unpack(">d", reader.take(8))[0]
        return {"kind": kind, "mix": mix}
    if kind == "perform":
        return {"kind": kind, "act": _picked(ACTS, operand), "seconds": reader.number(2**31)}
    if kind == "show_product":
        products = [product.id for product in scenario.host.products]
        return {"kind": kind, "product": _picked(products, operand)}
    return {"kind": kind, "shopper": operand}


def _picked(names: Any, number: int) -> str:
    if not 0 <= number < len(names):
        raise _not_a_code()
    return names[number]


def _number(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


class _Reader:
    """Takes bytes from the front; what is missing or too large is an error."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 5 or zlib.crc32(data[:-4]) != int.from_bytes(data[-4:], "big"):
            raise _not_a_code()
        self.data = data[:-4]
        self.place = 0

    def byte(self) -> int:
        return self.take(1)[0]

    def take(self, count: int) -> bytes:
        taken = self.data[self.place : self.place + count]
        if len(taken) != count:
            raise _not_a_code()
        self.place += count
        return taken

    def number(self, limit: int) -> int:
        value = 0
        for shift in range(0, 70, 7):
            part = self.byte()
            value |= (part & 0x7F) << shift
            if part < 0x80:
                break
        if not 0 <= value < limit:
            raise _not_a_code()
        return value

    def end(self) -> None:
        if self.place != len(self.data):
            raise _not_a_code()


def _symbols(data: bytes) -> str:
    """Base 32 with a check symbol behind every four."""
    bits = int.from_bytes(data, "big")
    count = -(-len(data) * 8 // 5)
    count = -(-count // (GROUP - 1)) * (GROUP - 1)
    bits <<= count * 5 - len(data) * 8
    values = [(bits >> (5 * (count - 1 - n))) & 31 for n in range(count)]
    out = []
    for number, first in enumerate(range(0, count, GROUP - 1)):
        group = values[first : first + GROUP - 1]
        out += [_ALPHABET[value] for value in (*group, _check(group, number))]
    return "".join(out)


def _bytes(text: str) -> bytes:
    if len(text) > 4 * LONGEST:
        raise _not_a_code()
    values = []
    for letter in text.upper():
        if letter in _IGNORED:
            continue
        if letter not in _VALUES:
            shown = letter if letter.isprintable() else f"U+{ord(letter):04X}"
            raise JournalError(Phrase("capsule.code.letter", letter=shown))
        values.append(_VALUES[letter])
    if not values or len(values) % GROUP or len(values) > LONGEST:
        raise JournalError(Phrase("capsule.code.length", symbols=len(values), group=GROUP))
    bits = 0
    for number, first in enumerate(range(0, len(values), GROUP)):
        *group, check = values[first : first + GROUP]
        if check != _check(group, number):
            shown = "".join(_ALPHABET[value] for value in (*group, check))
            raise JournalError(Phrase("capsule.code.group", number=number + 1, group=shown))
        for value in group:
            bits = bits << 5 | value
    count = len(values) // GROUP * (GROUP - 1) * 5
    whole = count // 8
    return _without_filling(bits >> (count - whole * 8), whole)


def _without_filling(bits: int, count: int) -> bytes:
    """A group of four holds 20 bits, so up to two bytes of zeros may stand behind the checksum."""
    data = bits.to_bytes(count, "big")
    for length in range(count, max(count - 3, 4), -1):
        if any(data[length:]):
            break
        if zlib.crc32(data[: length - 4]) == int.from_bytes(data[length - 4 : length], "big"):
            return data[:length]
    raise _not_a_code()


def _check(group: list[int], number: int) -> int:
    """A sum over the field of 32 elements, a different factor for each place.

    One wrong symbol, or two that changed places, always change it; so does a group that does not
    stand where it should (`number`, counted from 0).
    """
    total = number & 31
    for value in group:
        total = _doubled(total ^ value)
    return total


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _not_a_code() -> JournalError:
    return JournalError(Phrase("capsule.code.not_one"))
