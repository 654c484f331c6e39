"""Every text that people read, by key and language.

A key is "file.section.name": file is a YAML file of assets/locale, the rest leads to a leaf
`{zh: ..., en: ...}`. A text may hold named places such as `{minutes}`, and words that depend on how
many there are: `{count} {count|crowd|crowds}` reads "1 crowd" and "2 crowds". A leaf that is one
bare word (`unit: yuan`) is a code, not a text, and reads the same in both languages.
"""

from __future__ import annotations

import difflib
import functools
import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import yaml

from sim.errors import WordingError
from sim.paths import assets_folder

LANGUAGES = ("zh", "en")
LANGUAGE_VARIABLE = "STROLL_STREET_LANGUAGE"
_CODE = re.compile(r"[a-z][a-z0-9_]*")
# Everything stays a string: a key such as `no:` or `on:` must not turn into a boolean.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def text(key: str, language: str, /, **values: Any) -> str:
    """The text at `key` in `language`, with `values` filled in.

    Raises WordingError, naming the nearest keys, when there is no such text or a value is missing.
    """
    if language not in LANGUAGES:
        raise WordingError(f"No language is called {language!r}; there are zh and en.")
    file, _, _ = key.partition(".")
    texts = catalogue(file)
    if key not in texts:
        near = difflib.get_close_matches(key, texts, n=3, cutoff=0.5)
        hint = f"; the nearest keys are {', '.join(near)}" if near else ""
        raise WordingError(f"No text has the key {key!r}{hint}.")
    pattern = texts[key][language]
    try:
        return pattern.format_map(_Values(values)) if "{" in pattern or "}" in pattern else pattern
    except (KeyError, IndexError, ValueError) as error:
        raise WordingError(f"The text {key!r} could not be filled in: {error}.") from error


class _Values(dict):
    """Values by name; "count|crowd|crowds" is the word that fits the value called count."""

    def __missing__(self, place: str) -> str:
        name, bar, forms = place.partition("|")
        one, second, many = forms.partition("|")
        if not (bar and second and name in self):
            raise KeyError(name)
        return one if str(self[name]) in ("1", "1.0") else many


def has(key: str) -> bool:
    """Whether there is a text with this key."""
    file, _, _ = key.partition(".")
    return file in files() and key in catalogue(file)


def preferred_language() -> str:
    """The reader's language from STROLL_STREET_LANGUAGE, else the system's locale, else English."""
    for variable in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "").strip().lower()
        if value:
            return "zh" if value.startswith("zh") else "en"
    return "en"


def files() -> tuple[str, ...]:
    """The names of the catalogue files, without ".yaml"."""
    return tuple(sorted(path.stem for path in (assets_folder() / "locale").glob("*.yaml")))


@functools.cache
def catalogue(file: str) -> Mapping[str, Mapping[str, str]]:
    """All texts of one file: full key -> {"zh": ..., "en": ...}. Raises WordingError."""
    if not _CODE.fullmatch(file):
        raise WordingError(f"{file!r} is not the name of a file in assets/locale.")
    path = assets_folder() / "locale" / f"{file}.yaml"
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError as error:
        raise WordingError(
            f"There is no file assets/locale/{file}.yaml; there are {', '.join(files())}."
        ) from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise WordingError(f"assets/locale/{file}.yaml cannot be read: {error}.") from error
    texts: dict[str, Mapping[str, str]] = {}
    _collect(file, data, texts)
    return MappingProxyType(texts)


def _collect(key: str, node: Any, texts: dict[str, Mapping[str, str]]) -> None:
    if isinstance(node, str) and _CODE.fullmatch(node):
        texts[key] = MappingProxyType(dict.fromkeys(LANGUAGES, node))
    elif isinstance(node, dict) and node.keys() & set(LANGUAGES):
        if node.keys() != set(LANGUAGES) or not all(
            isinstance(value, str) and value.strip() for value in node.values()
        ):
            raise WordingError(f"The text {key!r} needs one zh and one en text, and nothing else.")
        texts[key] = MappingProxyType(dict(node))
    elif isinstance(node, dict) and node:
        for name, child in node.items():
            _collect(f"{key}.{name}", child, texts)
    else:
        raise WordingError(f"At {key!r} there should be {{zh: ..., en: ...}}, not {node!r}.")
