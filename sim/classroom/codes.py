"""Codes, pins and tokens: what lets somebody into a class, onto a seat, or to the console."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import re
import secrets
import unicodedata

# Read aloud, or off a wall from the back row, none of these is taken for another; no vowels, so
# that no code is a word.
CODE_ALPHABET = "CDFGHJKMNPQRTWXY34679"
CODE_LETTERS = 6
SEAT_PIN_DIGITS = 4
CONSOLE_PIN_DIGITS = 6

_TOKEN_BYTES = 24
# Four digits are soon tried out by whoever has the file, at any price; so the price is one that
# two hundred people who come back at the same moment do not notice.
_COST, _BLOCK, _LANES, _SALT_BYTES, _HASH_BYTES = 2**12, 8, 1, 16, 32
_PIN_HASH = re.compile(rf"scrypt\$([0-9a-f]{{{2 * _SALT_BYTES}}})\$([0-9a-f]{{{2 * _HASH_BYTES}}})")


def new_code() -> str:
    """A join code, such as "K4RD7X"."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LETTERS))


def typed_code(typed: str) -> str:
    """What somebody typed as a join code: capitals, full-width letters, gaps and dashes are one."""
    return re.sub(r"[\s\-_.·]+", "", unicodedata.normalize("NFKC", typed[:64])).upper()


def same_code(typed: str, code: str) -> bool:
    """Whether somebody typed this code."""
    return hmac.compare_digest(typed_code(typed).encode("utf-8"), code.encode("utf-8"))


def new_console_pin() -> str:
    """The instructor's pin."""
    return "".join(secrets.choice("0123456789") for _ in range(CONSOLE_PIN_DIGITS))


def typed_pin(typed: str, digits: int) -> str | None:
    """The pin that was typed, also with a Chinese keyboard's wide digits; None when it is none."""
    pin = re.sub(r"\s+", "", unicodedata.normalize("NFKC", typed[:64]))
    return pin if re.fullmatch(rf"[0-9]{{{digits}}}", pin) else None


def easy_pin(pin: str) -> bool:
    """Whether a seat's pin is among the first that a neighbour would try: 0000, 1234, 1212."""
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in itertools.pairwise(digits)}
    run = len(steps) == 1 and steps <= {0, 1, 9}
    pairs = digits[:2] == digits[2:] or (digits[0] == digits[1] and digits[2] == digits[3])
    return run or pairs or pin in ("2580", "0852", "1314", "0520", "5200")


def hash_pin(pin: str) -> str:
    """A salted hash of a pin, to be kept. Takes some milliseconds: never call it on the loop."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"scrypt${salt.hex()}${_scrypt(pin, salt).hex()}"


def check_pin(pin: str, kept: str) -> bool:
    """Whether this is the pin that was hashed. Takes as long as hashing."""
    found = _PIN_HASH.fullmatch(kept)
    if found is None:
        return False
    salt, expected = bytes.fromhex(found[1]), bytes.fromhex(found[2])
    return hmac.compare_digest(_scrypt(pin, salt), expected)


def new_token() -> str:
    """What a browser keeps to prove who it is."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a token; it needs no salt, since nobody could guess it."""
    return hashlib.sha256(token.encode("utf-8", errors="replace")).hexdigest()


def _scrypt(pin: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        pin.encode("utf-8"), salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=_HASH_BYTES
    )
