"""The pages of a class: phone, board, console, each bundled into one file that needs no other.

A page in assets/classroom is HTML with marks, each alone in its line, that are replaced here:

    <!--style common.css phone.css-->      the style sheets
    <!--words class_phone metrics-->       all texts of these catalogues, as window.WORDS
    <!--script common.js phone.js-->       the scripts

Nothing else in a page can run: its policy names the hashes of exactly these blocks.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path

from sim import wording
from sim.errors import Phrase, PlaceError, system_reason
from sim.paths import assets_folder

NAMES = ("phone", "board", "console")
# With three languages of text and all its drawing a page still crosses a bad network in a second.
MOST_PACKED_BYTES = 200_000

_MARK = re.compile(r"(?m)^[ \t]*<!--(style|words|script) ([\w. ]+)-->[ \t]*$")
# What could load or run without being counted; the policy would stop it, unseen until a class.
_STRAY = re.compile(
    r"<!--|<script|<style|<link(?! rel=\"icon\" href=\"data:)|\son\w+=|\sstyle=|javascript:",
    re.IGNORECASE,
)
_END_OF_BLOCK = re.compile(r"</(?=script|style)", re.IGNORECASE)


@dataclass(frozen=True)
class Page:
    """A page as it is sent: plain, packed with gzip, and the policy that fits it.

    The policy has a place {host} for the address by which the browser reached us.
    """

    plain: bytes
    packed: bytes
    policy: str

    def policy_for(self, host: str) -> str:
        """Content-Security-Policy for whoever reached us as `host`."""
        return self.policy.replace("{host}", host)


def build_pages(folder: Path | None = None) -> dict[str, Page]:
    """All pages by name, in memory. PlaceError names the file that is missing."""
    folder = assets_folder() / "classroom" if folder is None else folder
    return {name: build_page(folder, f"{name}.html") for name in NAMES}


def build_page(folder: Path, file: str) -> Page:
    """One page with all it needs inside."""
    hashes: dict[str, list[str]] = {"script": [], "style": []}

    def bundled(mark: re.Match[str]) -> str:
        kind, names = mark[1], mark[2].split()
        if kind == "words":
            kind, content = "script", _words(names)
        else:
            content = "\n".join(_read(folder, name) for name in names)
        if _END_OF_BLOCK.search(content):
            raise PlaceError(Phrase("classroom.pages.breaks_out", file=file))
        # the browser's own hash is of what stands between the tags, to the byte
        content = f"\n{content}\n"
        hashes[kind].append(_hash(content))
        return f"<{kind}>{content}</{kind}>"

    text = _read(folder, file)
    if _STRAY.search(_MARK.sub("", text)):
        raise PlaceError(Phrase("classroom.pages.odd_mark", file=file))
    text = _MARK.sub(bundled, text)
    plain = text.encode("utf-8")
    return Page(plain, gzip.compress(plain, 9, mtime=0), _policy(hashes))


def _words(files: list[str]) -> str:
    texts: dict[str, dict[str, str]] = {language: {} for language in wording.LANGUAGES}
    for file in files:
        for key, words in wording.catalogue(file).items():
            for language in wording.LANGUAGES:
                texts[language][key] = words[language]
    written = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    for letter in "<>\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return f"window.WORDS={written};"


def _policy(hashes: dict[str, list[str]]) -> str:
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + (" ".join(hashes["script"]) or "'none'"),
            "style-src " + (" ".join(hashes["style"]) or "'none'"),
            "img-src 'self' data:",
            "font-src data:",
            # older Safari does not take 'self' for a web socket's address
            "connect-src 'self' ws://{host} wss://{host}",
            "manifest-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _read(folder: Path, name: str) -> str:
    path = folder / name
    try:
        # a browser counts every end of line as one sign before it hashes
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = system_reason(error)
        raise PlaceError(
            Phrase("classroom.pages.missing", path=str(path), reason=reason)
        ) from error
