"""What a YAML parser's complaint means for somebody who has never heard of parsers."""

from __future__ import annotations

import re

import yaml

# What a Chinese keyboard writes where YAML needs : , " ' { } [ ] and spaces. Chinese punctuation
# inside a text is right and must not be blamed.
_FULL_WIDTH = re.compile(
    "^[- ]*\u3000"
    "|^[- ]*\\w+ *\uff1a"
    "|\uff0c *\\w+ *[:\uff1a]"
    "|: *[\u201c\u201d\u2018\u2019]"
    "|[\uff5b\uff5d\u3010\u3011]"
)


def explain(error: yaml.YAMLError, lines: list[str]) -> tuple[int, str]:
    """The line (from 0) to look at, and the name of the sentence in errors.yaml."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    start = getattr(error, "context_mark", None) or mark
    number = _written(mark.line if mark else 0, lines)
    first = min(_written(start.line, lines), number) if start else number
    said = f"{getattr(error, 'context', '') or ''} {getattr(error, 'problem', '') or ''}"
    for near in (number, number - 1):
        if near >= 0 and _FULL_WIDTH.search(lines[near]):
            return near, "full_width"
    if "\t" in lines[number] and ("token" in said or "indent" in said):
        return number, "tab"
    if "scanning an alias" in said or "scanning an anchor" in said or " tag" in said:
        return number, "sign_at_start"
    if "quoted scalar" in said:
        return first, "open_quote"
    if "flow" in said:
        return first, "open_bracket"
    if "mapping values are not allowed" in said:
        return number, "stray_colon"
    if "cannot start any token" in said:
        return number, "reserved_start"
    if "expected ':'" in said:
        return first, "no_colon"
    if "block" in said or "indent" in said or ("document start" in said and number > 0):
        return number, "indentation"
    return number, "syntax"


def _written(number: int, lines: list[str]) -> int:
    """The line itself, or the last one above it on which something stands."""
    number = min(number, len(lines) - 1)
    while number > 0 and not lines[number].strip():
        number -= 1
    return number
