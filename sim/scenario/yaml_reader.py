"""Read one YAML file that a stranger may have written, and remember the line of every key.

PyYAML's safe loader only delivers its events (what stands where); this file builds plain dicts,
lists, texts and numbers from them and never constructs anything else. What is refused:

- files that are too large, not UTF-8, empty, or hold more than one document;
- anchors, aliases, tags, directives, duplicate keys, keys that are not one text;
- nesting or a number of entries far beyond what a scenario needs;
- invisible and control characters, numbers that are not finite;
- values that YAML 1.1 and 1.2 read differently (20:00, yes, 010, 1_000): they need quotes, or
  another way of writing, so that an editor and this program never disagree about a file.
"""

from __future__ import annotations

import math
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from sim.errors import Phrase, Problem

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
MAX_NODES = 50_000
MAX_PROBLEMS = 100
SHOWN_LENGTH = 40

KeyPath = tuple[str | int, ...]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Control characters, line ends that only YAML counts, and characters that reorder or hide text.
# Written as code points, so that this line itself stays readable.
_INVISIBLE_RANGES = (
    (0x00, 0x08), (0x0B, 0x0C), (0x0E, 0x1F), (0x7F, 0x9F), (0x200B, 0x200B), (0x200E, 0x200F),
    (0x2028, 0x202E), (0x2066, 0x2069), (0xD800, 0xDFFF), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFF),
)  # fmt: skip
INVISIBLE = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _INVISIBLE_RANGES) + "]")

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_ODD_NUMBER = re.compile(r"[-+]?(?:0[0-9_]+|0[xob][0-9a-f_]+|[0-9][0-9_]*_[0-9_.]*)", re.IGNORECASE)
_UNQUOTED_TIME = re.compile(r"[-+]?[0-9]+(?::[0-9]{1,2})+(?:\.[0-9]*)?")
_YES_OR_NO = re.compile(r"yes|no|on|off", re.IGNORECASE)
_TRUE_OR_FALSE = {"true": True, "True": True, "TRUE": True}
_TRUE_OR_FALSE |= {"false": False, "False": False, "FALSE": False}
_NOTHING = {"", "~", "null", "Null", "NULL"}
# What a Chinese keyboard writes where YAML needs : , " ' { } [ ] and a space.
_FULL_WIDTH = re.compile("[\uff1a\uff0c\u201c\u201d\u2018\u2019\uff5b\uff5d\u3010\u3011\u3000]")


@dataclass(frozen=True)
class Place:
    """Where a value stands: the line of its key (or list item), and its text as written."""

    line: int
    raw: str = ""


@dataclass
class Document:
    """What one file says, where it says it, and what is wrong with it as YAML.

    `data` is None when the file cannot be read at all. `poisoned` holds the places whose values
    were refused already, so that nobody complains about them twice.
    """

    file: str
    data: Any = None
    places: dict[KeyPath, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    poisoned: set[KeyPath] = field(default_factory=set)

    def line(self, path: KeyPath) -> int | None:
        """The line of `path`, or of the nearest thing that encloses it."""
        for length in range(len(path), -1, -1):
            place = self.places.get(path[:length])
            if place is not None:
                return place.line
        return None

    def raw(self, path: KeyPath) -> str:
        """The value at `path` as its author wrote it, shortened; "" when it is not one value."""
        place = self.places.get(path)
        return shorten(place.raw) if place else ""

    def is_poisoned(self, path: KeyPath) -> bool:
        """Whether the value at `path`, or something that encloses it, was refused already."""
        return any(path[:length] in self.poisoned for length in range(len(path) + 1))

    def refuse(self, line: int | None, key: str, message: Phrase, found: str = "") -> None:
        """Note a problem of this file."""
        self.problems.append(Problem(self.file, line, key, message, found=shorten(found)))


class _Stop(Exception):
    """Reading cannot go on; the reason is already among the problems."""


def shorten(text: str) -> str:
    """`text` on one line, cut to a length that fits a sentence, invisible characters replaced."""
    text = INVISIBLE.sub("\ufffd", text[: SHOWN_LENGTH * 4])
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "\u2026"


def read_file(path: Path, file: str) -> Document:
    """Read the YAML file at `path`; `file` is how sentences call it. Never raises."""
    document = Document(file)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            document.refuse(None, "", Phrase("errors.yaml.not_a_file"))
            return document
        if found.st_size > MAX_BYTES:
            document.refuse(None, "", _too_large(found.st_size))
            return document
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        document.refuse(None, "", Phrase("errors.yaml.no_such_file"))
        return document
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "?"
        document.refuse(None, "", Phrase("errors.yaml.unreadable", reason=reason))
        return document
    if len(content) > MAX_BYTES:
        document.refuse(None, "", _too_large(len(content)))
        return document
    text = _decode(content, document)
    if text is None:
        return document
    return read_text(text, file)


def read_text(text: str, file: str) -> Document:
    """Read YAML that is already text. Never raises."""
    document = Document(file)
    bad = INVISIBLE.search(text)
    directive = re.search(r"^%", text, re.MULTILINE)
    if bad is not None:
        name = f"U+{ord(bad.group()):04X}"
        line = text.count("\n", 0, bad.start()) + 1
        document.refuse(line, "", Phrase("errors.yaml.invisible", name=name), found=name)
    elif directive is not None:
        # Also because the parser needs quadratic time for many of them.
        line = text.count("\n", 0, directive.start()) + 1
        document.refuse(line, "", Phrase("errors.yaml.directive"), found="%")
    else:
        try:
            _Builder(document).build(text)
        except _Stop:
            document.data = None
        except yaml.YAMLError as error:
            document.data = None
            _explain_syntax(error, text, document)
        except RecursionError:
            document.data = None
            document.refuse(None, "", Phrase("errors.yaml.too_deep", limit=MAX_DEPTH))
    return document


def plain_value(text: str) -> tuple[Any, str | None]:
    """What an unquoted YAML value means, and the name of the reason if it is refused."""
    if text in _NOTHING:
        return None, None
    if text in _TRUE_OR_FALSE:
        return _TRUE_OR_FALSE[text], None
    if _WHOLE.fullmatch(text):
        return (int(text), None) if len(text) <= 20 else (None, "number_too_long")
    if _ODD_NUMBER.fullmatch(text):
        return None, "odd_number"
    if _NUMBER.fullmatch(text):
        number = float(text)
        return (number, None) if math.isfinite(number) else (None, "not_finite")
    if _NOT_FINITE.fullmatch(text):
        return None, "not_finite"
    if _UNQUOTED_TIME.fullmatch(text):
        return None, "unquoted_time"
    if _YES_OR_NO.fullmatch(text):
        return None, "yes_or_no"
    return text, None


def dotted(path: KeyPath) -> str:
    """`("host", "products", 0, "price")` as "host.products.0.price"."""
    return ".".join(shorten(str(part)) for part in path)


class _Builder:
    """Turns the parser's events into plain data, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        # Open containers: (path, container). For a dict the pending key is kept beside it.
        self.open: list[tuple[KeyPath, Any]] = []
        self.key: list[str | None] = []
        self.anchor_seen = False

    def build(self, text: str) -> None:
        document = self.document
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    document.refuse(line, "", Phrase("errors.yaml.several_documents"))
                    raise _Stop
            elif isinstance(event, yaml.NodeEvent):
                self._node(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.key.pop()
        if document.data is None and not document.problems:
            document.refuse(None, "", Phrase("errors.yaml.empty"))

    def _node(self, event: Any, line: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(line, Phrase("errors.yaml.too_many_entries", limit=MAX_NODES))
        if len(self.document.problems) >= MAX_PROBLEMS:
            raise _Stop
        if self._expects_key():
            self._take_key(event, line)
            return
        path = self._path()
        value = self._value(event, line, path)
        self._put(path, value, line, event)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                self._stop(line, Phrase("errors.yaml.too_deep", limit=MAX_DEPTH))
            self.open.append((path, value))
            self.key.append(None)

    def _expects_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1][1], dict) and self.key[-1] is None

    def _take_key(self, event: Any, line: int) -> None:
        path, container = self.open[-1]
        if not isinstance(event, yaml.ScalarEvent):
            # The rest of the file would be guessed at, so reading ends here.
            self._stop(line, Phrase("errors.yaml.key_not_text"))
        self._check_extras(event, line, path)
        name = event.value
        self._check_invisible(name, line, path)
        if name in container:
            first = self.document.line((*path, name))
            key = dotted((*path, name))
            message = Phrase("errors.yaml.duplicate_key", key=shorten(name), first=first)
            self.document.refuse(line, key, message, found=name)
            # The first one counts. What stands below this one is read, and kept out of the way.
            self.key[-1] = _Repeated(f"{name}#2")
            return
        self.key[-1] = name
        self.document.places[(*path, name)] = Place(line)

    def _path(self) -> KeyPath:
        if not self.open:
            return ()
        path, container = self.open[-1]
        if isinstance(container, dict):
            return (*path, self.key[-1])
        return (*path, len(container))

    def _value(self, event: Any, line: int, path: KeyPath) -> Any:
        if not self._check_extras(event, line, path):
            self.document.poisoned.add(path)
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if isinstance(event, yaml.AliasEvent):
            return None
        if not self._check_invisible(event.value, line, path):
            self.document.poisoned.add(path)
            return None
        if not event.implicit[0]:
            return event.value
        value, refused = plain_value(event.value)
        if refused:
            message = Phrase(f"errors.yaml.{refused}", key=dotted(path), found=shorten(event.value))
            self.document.refuse(line, dotted(path), message, found=event.value)
            self.document.poisoned.add(path)
        return value

    def _put(self, path: KeyPath, value: Any, line: int, event: Any) -> None:
        places = self.document.places
        raw = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if not self.open:
            self.document.data = value
            places[()] = Place(line, raw)
            return
        container = self.open[-1][1]
        if isinstance(container, list):
            container.append(value)
            places[path] = Place(line, raw)
            return
        name = self.key[-1]
        self.key[-1] = None
        if isinstance(name, _Repeated):
            return
        container[name] = value
        places[path] = Place(places[path].line, raw)

    def _check_extras(self, event: Any, line: int, path: KeyPath) -> bool:
        """Refuse anchors, aliases and tags; say so once for anchors, each time for tags."""
        key = dotted(path)
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            if not self.anchor_seen:
                self.anchor_seen = True
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                found = sign + str(event.anchor)
                message = Phrase("errors.yaml.anchor", found=shorten(found))
                self.document.refuse(line, key, message, found=found)
            return not isinstance(event, yaml.AliasEvent)
        if event.tag is not None:
            found = shorten(str(event.tag).replace("tag:yaml.org,2002:", "!!"))
            self.document.refuse(line, key, Phrase("errors.yaml.tag", found=found), found=found)
            return False
        return True

    def _check_invisible(self, text: str, line: int, path: KeyPath) -> bool:
        """Escapes such as "\\0" bring back what the raw text was already searched for."""
        bad = INVISIBLE.search(text)
        if bad is None:
            return True
        name = f"U+{ord(bad.group()):04X}"
        message = Phrase("errors.yaml.invisible", name=name)
        self.document.refuse(line, dotted(path), message, found=name)
        return False

    def _stop(self, line: int, message: Phrase) -> None:
        self.document.refuse(line, "", message)
        raise _Stop


class _Repeated(str):
    """A key that was there before."""


def _too_large(size: int) -> Phrase:
    return Phrase(
        "errors.yaml.too_large", size=f"{math.ceil(size / 1024):,}", limit=f"{MAX_BYTES // 1024:,}"
    )


def _decode(content: bytes, document: Document) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.refuse(None, "", Phrase("errors.yaml.encoding", found="UTF-16"))
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        content.decode("gb18030")
        message = Phrase("errors.yaml.encoding", found="GBK")
    except UnicodeDecodeError:
        message = Phrase("errors.yaml.not_text")
    document.refuse(line, "", message)
    return None


def _explain_syntax(error: yaml.YAMLError, text: str, document: Document) -> None:
    """One sentence for a file whose brackets, quotes, colons or indentation do not fit."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None) or mark
    lines = text.split("\n")
    number = min(mark.line, len(lines) - 1) if mark else 0
    first = min(start.line, number) if start else number
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    near = "\n".join(lines[max(first, number - 1) : number + 1])
    key = "errors.yaml.syntax"
    if "\t" in near and ("token" in said or "indent" in said or "tab" in said):
        key = "errors.yaml.tab"
    elif _FULL_WIDTH.search(near):
        key = "errors.yaml.full_width"
    elif "quoted scalar" in said:
        key = "errors.yaml.open_quote"
        number = first
    elif "flow" in said:
        key = "errors.yaml.open_bracket"
        number = first
    elif "mapping values are not allowed" in said:
        key = "errors.yaml.stray_colon"
    elif "cannot start any token" in said:
        key = "errors.yaml.reserved_start"
    elif "expected ':'" in said:
        key = "errors.yaml.no_colon"
        number = first
    elif "block" in said or "indent" in said:
        key = "errors.yaml.indentation"
    document.refuse(number + 1, "", Phrase(key), found=shorten(lines[number]))
