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
from pathlib import Path
from typing import Any

import yaml

from sim.errors import system_reason
from sim.scenario.document import INVISIBLE, Document, KeyPath, Place, invisible_name
from sim.scenario.yaml_syntax import explain

MAX_BYTES = 512 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000
MAX_PROBLEMS = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|nan)", re.IGNORECASE)
_ODD_NUMBER = re.compile(r"[-+]?(?:0[0-9_]+|0[xob][0-9a-f_]+|[0-9][0-9_]*_[0-9_.]*)", re.IGNORECASE)
_UNQUOTED_TIME = re.compile(r"[-+]?[0-9]+(?::[0-9]{1,2})+(?:\.[0-9]*)?")
_YES_OR_NO = re.compile(r"yes|no|on|off", re.IGNORECASE)
_LONGEST_WHOLE = 20
_TRUTH = {"true": True, "True": True, "TRUE": True}
_TRUTH |= {"false": False, "False": False, "FALSE": False}
_NOTHING = {"", "~", "null", "Null", "NULL"}


def read_file(path: Path, file: str) -> Document:
    """Read the YAML file at `path`; `file` is how sentences call it. Never raises."""
    document = Document(file)
    content = _content(path, document)
    text = None if content is None else _decode(content, document)
    return document if text is None else read_text(text, file)


def read_text(text: str, file: str) -> Document:
    """Read YAML that is already text. Never raises."""
    document = Document(file)
    bad = INVISIBLE.search(text)
    directive = re.search(r"^%", text, re.MULTILINE)
    if bad is not None:
        line = text.count("\n", 0, bad.start()) + 1
        document.refuse(line, "invisible", name=invisible_name(bad.group()))
    elif directive is not None:
        # Also because the parser needs quadratic time for many of them.
        line = text.count("\n", 0, directive.start()) + 1
        document.refuse(line, "directive", "%")
    else:
        try:
            _Builder(document).build(text)
        except _Stop:
            document.give_up()
        except yaml.YAMLError as error:
            document.give_up()
            lines = text.split("\n")
            number, name = explain(error, lines)
            document.refuse(number + 1, name, lines[number])
    return document


def plain_value(text: str) -> tuple[Any, str]:
    """What an unquoted YAML value means, and the name of the reason if it is refused."""
    if text in _NOTHING:
        return None, ""
    if text in _TRUTH:
        return _TRUTH[text], ""
    if _WHOLE.fullmatch(text):
        return (int(text), "") if len(text) <= _LONGEST_WHOLE else (None, "number_too_long")
    if _ODD_NUMBER.fullmatch(text):
        return None, "odd_number"
    if _NUMBER.fullmatch(text):
        number = float(text) + 0.0  # -0.0 becomes 0.0
        return (number, "") if math.isfinite(number) else (None, "not_finite")
    if _NOT_FINITE.fullmatch(text):
        return None, "not_finite"
    if _UNQUOTED_TIME.fullmatch(text):
        return None, "unquoted_time"
    if _YES_OR_NO.fullmatch(text):
        return None, "yes_or_no"
    return text, ""


def _content(path: Path, document: Document) -> bytes | None:
    """The bytes of an ordinary file of acceptable size."""
    content = None
    try:
        found = path.stat()
        size = found.st_size
        if stat.S_ISDIR(found.st_mode):
            document.refuse(None, "a_folder")
            return None
        if not stat.S_ISREG(found.st_mode):
            document.refuse(None, "not_a_file")
            return None
        if size <= MAX_BYTES:
            with path.open("rb") as stream:
                content = stream.read(MAX_BYTES + 1)
            size = len(content)
    except FileNotFoundError:
        document.refuse(None, "no_such_file")
        return None
    except (OSError, ValueError) as error:
        document.refuse(None, "unreadable", reason=system_reason(error))
        return None
    if size > MAX_BYTES:
        kilobytes = f"{math.ceil(size / 1024):,}"
        document.refuse(None, "too_large", size=kilobytes, limit=f"{MAX_BYTES // 1024:,}")
        return None
    return content


def _decode(content: bytes, document: Document) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        document.refuse(None, "encoding", "UTF-16")
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    try:
        content.decode("gb18030")
        document.refuse(line, "encoding", "GBK")
    except UnicodeDecodeError:
        document.refuse(line, "not_text")
    return None


class _Stop(Exception):
    """Reading cannot go on; the reason is already among the problems."""


class _Repeated(str):
    """A key that was there before, under another name so that it stays out of the way."""


class _Builder:
    """Turns the parser's events into plain data, without recursion."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.nodes = 0
        # The containers that are open now, from the outermost in, each with its path; and beside
        # each the key whose value comes next (None: a key comes next, or it is a list).
        self.open: list[tuple[KeyPath, Any]] = []
        self.key: list[str | None] = []
        self.anchor_seen = False

    def build(self, text: str) -> None:
        documents = 0
        for event in yaml.parse(text, Loader=_Loader):
            line = event.start_mark.line + 1
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(line, "several_documents")
            elif isinstance(event, yaml.NodeEvent):
                self._node(event, line)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.open.pop()
                self.key.pop()
        if self.document.data is None and not self.document.problem_count:
            self.document.refuse(None, "empty")

    def _node(self, event: Any, line: int) -> None:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self._stop(line, "too_many_entries", limit=MAX_NODES)
        if self.document.problem_count >= MAX_PROBLEMS:
            self._stop(line, "stopped")
        if self.open and isinstance(self.open[-1][1], dict) and self.key[-1] is None:
            self._take_key(event, line)
            return
        path = self._path()
        value = self._value(event, line, path)
        self._put(path, value, line, event)
        if isinstance(event, yaml.CollectionStartEvent):
            if len(self.open) >= MAX_DEPTH:
                self._stop(line, "too_deep", limit=MAX_DEPTH)
            self.open.append((path, value))
            self.key.append(None)

    def _take_key(self, event: Any, line: int) -> None:
        path, container = self.open[-1]
        if not isinstance(event, yaml.ScalarEvent):
            # The rest of the file would be guessed at, so reading ends here.
            self._stop(line, "key_not_text")
        name = event.value
        self._has_no_extras(event, line, path)
        self._is_visible(name, line, path)
        if name in container:
            here = (*path, name)
            first = self.document.line(here)
            self.document.refuse(line, "duplicate_key", name, here, first=first)
            self.key[-1] = _Repeated(f"{name}#2")
        else:
            self.document.places[(*path, name)] = Place(line)
            self.key[-1] = name

    def _path(self) -> KeyPath:
        if not self.open:
            return ()
        path, container = self.open[-1]
        return (*path, self.key[-1] if isinstance(container, dict) else len(container))

    def _value(self, event: Any, line: int, path: KeyPath) -> Any:
        if not self._has_no_extras(event, line, path):
            self.document.poisoned.add(path)
        if isinstance(event, yaml.MappingStartEvent):
            return {}
        if isinstance(event, yaml.SequenceStartEvent):
            return []
        if isinstance(event, yaml.AliasEvent):
            return None
        if not self._is_visible(event.value, line, path):
            self.document.poisoned.add(path)
            return None
        if not event.implicit[0]:
            return event.value
        value, refused = plain_value(event.value)
        if refused:
            self.document.refuse(line, refused, event.value, path)
            self.document.poisoned.add(path)
        return value

    def _put(self, path: KeyPath, value: Any, line: int, event: Any) -> None:
        places = self.document.places
        raw = event.value if isinstance(event, yaml.ScalarEvent) else ""
        if not self.open:
            self.document.data = value
            places[path] = Place(line, raw)
            return
        container = self.open[-1][1]
        if isinstance(container, list):
            container.append(value)
            places[path] = Place(line, raw)
            return
        name, self.key[-1] = self.key[-1], None
        if not isinstance(name, _Repeated):  # of two equal keys the first one counts
            container[name] = value
            places[path] = Place(places[path].line, raw)

    def _has_no_extras(self, event: Any, line: int, path: KeyPath) -> bool:
        """Refuse anchors, aliases and tags; of anchors and aliases say so once for the file."""
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            if not self.anchor_seen:
                self.anchor_seen = True
                sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
                self.document.refuse(line, "anchor", sign + str(event.anchor), path)
            return not isinstance(event, yaml.AliasEvent)
        if event.tag is not None:
            found = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self.document.refuse(line, "tag", found, path)
            return False
        return True

    def _is_visible(self, text: str, line: int, path: KeyPath) -> bool:
        """Escapes such as "\\0" bring back what the raw text was already searched for."""
        name = invisible_name(text)
        if name:
            self.document.refuse(line, "invisible", "", path, name=name)
        return not name

    def _stop(self, line: int, name: str, **values: Any) -> None:
        self.document.refuse(line, name, **values)
        raise _Stop
