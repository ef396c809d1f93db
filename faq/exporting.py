"""A call folder with what the desk taught written in, for the next edition: what nobody touched stays as it is."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from faq.call import Call, Entry
from faq.lessons import Lesson, LessonKind, is_of_desk, taught, text_of
from faq.loading import load
from faq.problems import CallError, Problem

_PARTS = (LessonKind.QUESTION, LessonKind.ANSWER, LessonKind.CLOSED)
_PHRASINGS = "phrasings.toml"


def export(folder: Path, lessons: Iterable[Lesson], target: Path) -> Call:
    """Write ``folder`` with ``lessons`` written in to ``target``; return the call that it reads back as.

    Raises:
        CallError: the folder is faulty, the target is not empty, or a part is written in a way that can't be changed.

    """
    if target.exists() and any(target.iterdir()):
        raise CallError([Problem(target, 0, "is not empty", "choose an empty folder")])
    before = load(folder)
    wanted = taught(before, lessons)
    shutil.copytree(folder, target, dirs_exist_ok=True)
    for name, (tables, key, value) in _changes(before, wanted):
        path = target / name
        text = path.read_text("utf-8-sig") if path.exists() else ""
        path.write_text(_put(text, tables, key, value), "utf-8", newline="\n")
    made = load(target)
    for entry in wanted.entries.values():
        if entry.id not in made.entries or _sorted(made.entries[entry.id]) != _sorted(entry):
            what = f"what was taught about {entry.id} could not be written in"
            raise CallError([Problem(target, 0, what, "write its tables as [entry] and [entry.language], as docs do")])
    return made


def _sorted(entry: Entry) -> Entry:
    """An entry with its phrasings in an order that does not depend on where they stand."""
    return replace(entry, phrasings=tuple(sorted(entry.phrasings, key=lambda one: (one.language, one.hand, one.text))))


_Change = tuple[tuple[str, ...], str, str]
"""A table, a key in it, and the value that it gets, as TOML writes it."""


def _changes(before: Call, wanted: Call) -> Iterator[tuple[str, _Change]]:
    """What is to be put where, by file."""
    for entry in wanted.entries.values():
        known = before.entries.get(entry.id)
        for language in wanted.languages:
            for part in _PARTS:
                text = text_of(entry, part, language)
                if text != (text_of(known, part, language) if known else ""):
                    yield f"{language}.toml", ((entry.id,), part, _written(text))
        had, has = _said(known), _said(entry)
        for language, hand in sorted(had.keys() | has.keys()):
            texts = has.get((language, hand), [])
            if texts != had.get((language, hand), []):
                yield _PHRASINGS, ((entry.id, language), hand, _listed(texts))


def _said(entry: Entry | None) -> Mapping[tuple[str, str], list[str]]:
    """The desk's phrasings of an entry, by language and hand."""
    found: dict[tuple[str, str], list[str]] = {}
    for phrasing in entry.phrasings if entry else ():
        if is_of_desk(phrasing):
            found.setdefault((phrasing.language, phrasing.hand), []).append(phrasing.text)
    return found


def _put(text: str, tables: Sequence[str], key: str, value: str) -> str:
    """A TOML text with ``key`` of a table set to ``value``; everything else stays, comments included."""
    lines = text.split("\n")
    header = re.compile(r"\s*\[\s*" + r"\s*\.\s*".join(rf"[\"']?{re.escape(one)}[\"']?" for one in tables) + r"\s*\]")
    start = next((number for number, line in enumerate(lines) if header.match(line)), None)
    if start is None:
        name = ".".join(map(_named, tables))
        return f"{text.rstrip()}\n\n[{name}]\n{key} = {value}\n".lstrip("\n")
    first, end = _place(lines, start + 1, key)
    return "\n".join([*lines[:first], f"{key} = {value}", *lines[end:]])


def _place(lines: Sequence[str], start: int, key: str) -> tuple[int, int]:
    """The lines that a key of a table takes up; none, right under its header, where it is not there."""
    number = start
    while number < len(lines) and not lines[number].lstrip().startswith("["):
        if not lines[number].strip() or lines[number].lstrip().startswith("#"):
            number += 1
            continue
        name, end = _statement(lines, number)
        if name == key:
            return number, end
        number = end
    return start, start


def _statement(lines: Sequence[str], start: int) -> tuple[str, int]:
    """The key that a line sets, and where its value, which may take several lines, has ended."""
    for end in range(start + 1, len(lines) + 1):
        try:
            read = tomllib.loads("\n".join(lines[start:end]))
        except tomllib.TOMLDecodeError:
            continue
        return next(iter(read)), end
    return "", len(lines)


def _named(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _quoted(text: str) -> str:
    """A TOML string of one line; JSON's escapes are TOML's too, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _written(text: str) -> str:
    """A TOML string that can be read: a line a line."""
    if "\n" not in text:
        return _quoted(text)
    return '"""\n' + "\n".join(_quoted(line)[1:-1] for line in text.split("\n")) + '"""'


def _listed(texts: Iterable[str]) -> str:
    return "[\n" + "".join(f"    {_quoted(text)},\n" for text in texts) + "]"


def read_lessons(lines: Iterable[str]) -> tuple[Path | None, list[Lesson]]:
    """Lessons as ``python -m bot lessons`` prints them, and the call folder that it names first.

    Raises:
        ValueError: a line is no lesson.

    """
    folder: Path | None = None
    lessons: list[Lesson] = []
    for line in filter(str.strip, lines):
        raw = cast("object", json.loads(line))
        if isinstance(raw, dict) and "folder" in raw:
            folder = Path(str(cast("dict[str, object]", raw)["folder"]))
        else:
            lessons.append(Lesson.from_json(line))
    return folder, lessons
