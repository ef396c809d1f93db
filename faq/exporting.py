"""A call folder with what the desk taught written in, for the next edition: what nobody touched stays as it is."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from faq.call import Call, Entry
from faq.lessons import Lesson, LessonKind, is_of_desk, taught, text_of
from faq.loading import load
from faq.problems import CallError, Problem

_PARTS = (LessonKind.QUESTION, LessonKind.ANSWER, LessonKind.CLOSED)
_PHRASINGS = "phrasings.toml"

_OPAQUE = re.compile(
    r"""
    \"{3} (?: \\. | [^\\] )*? \"{3,}  |  '{3} .*? '{3,}  # of several lines
    | \" (?: \\. | [^"\\\n] )* \"  |  ' [^'\n]* '  # of one
    | \# [^\n]*
    """,
    re.DOTALL | re.VERBOSE,
)
"""Strings and comments, in which no sign means anything to TOML."""

_SIGN = re.compile(r"[\[\]{}\n]|\Z")


def export(folder: Path, lessons: Iterable[Lesson], target: Path) -> Call:
    """Write ``folder`` with ``lessons`` written in to ``target``, whole or not at all.

    Returns the call that it reads back as.

    Raises:
        CallError: the folder is faulty, the target is not empty or lies in it, an entry has lost all its phrasings to
            others, or a part is written in a way that can't be changed.

    """
    if target.exists() and any(target.iterdir()):
        raise CallError([Problem(target, 0, "is not empty", "choose an empty folder")])
    target = target.resolve()
    if folder.resolve() in target.parents:
        raise CallError([Problem(target, 0, "lies in the call's own folder", "choose a folder outside it")])
    before = load(folder)
    wanted = taught(before, lessons)
    if unasked := [one.id for one in wanted.entries.values() if not one.phrasings]:
        remedy = "teach it another phrasing, or undo with /history the lesson that took them"
        what = "has lost all its phrasings to lessons that came later"
        raise CallError([Problem(target, 0, f"entry {name} {what}", remedy) for name in unasked])
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        copy = Path(beside) / target.name
        shutil.copytree(folder, copy)
        for name, (tables, key, value) in _changes(before, wanted):
            path = copy / name
            text = path.read_text("utf-8-sig") if path.exists() else ""
            path.write_text(_put(text, tables, key, value), "utf-8", newline="\n")
        made = _read_back(copy, wanted, target)
        if target.exists():  # it may be a place that can't be replaced
            for part in list(copy.iterdir()):
                shutil.move(part, target)
        else:
            copy.rename(target)
    return made


def _read_back(copy: Path, wanted: Call, target: Path) -> Call:
    """The call that was written, which has to be the one that was wanted.

    Raises:
        CallError: it is not.

    """
    remedy = "write its tables as [entry] and [entry.language], as docs do"
    try:
        made = load(copy)
    except CallError as error:
        raise CallError([replace(one, file=target / one.file.name, remedy=remedy) for one in error.problems]) from error
    for entry in wanted.entries.values():
        if entry.id not in made.entries or _sorted(made.entries[entry.id]) != _sorted(entry):
            raise CallError([Problem(target, 0, f"what was taught about {entry.id} could not be written in", remedy)])
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


def _put(text: str, tables: tuple[str, ...], key: str, value: str) -> str:
    """A TOML text with ``key`` of a table set to ``value``; everything else stays, comments included."""
    place: tuple[int, int] | None = None
    is_there = False
    for start, end in _statements(text):
        names = _names(text[start:end])
        if text[start:end].lstrip().startswith("["):
            is_there = names == tables
            place = (end, end) if is_there else place
        elif is_there and names == (key,):
            place = (start, end)
    if place is None:
        name = ".".join(map(_named, tables))
        return f"{text.rstrip()}\n\n[{name}]\n{key} = {value}\n".lstrip("\n")
    before = text[: place[0]]
    line_end = "" if before.endswith("\n") else "\n"
    return f"{before}{line_end}{key} = {value}\n{text[place[1] :]}"


def _statements(text: str) -> Iterator[tuple[int, int]]:
    """Where each statement of a TOML text begins and ends: a line, or several where its value takes them."""
    structure = _OPAQUE.sub(lambda found: "_" * len(found[0]), text)
    start = depth = 0
    for sign in _SIGN.finditer(structure):
        depth += (sign[0] in {"[", "{"}) - (sign[0] in {"]", "}"})
        if not depth and sign[0] in {"\n", ""}:
            yield start, sign.end()
            start = sign.end()


def _names(statement: str) -> tuple[str, ...]:
    """The table that a header opens, or the key that a statement sets; none for a blank line or a comment."""
    found: list[str] = []
    inner: object = tomllib.loads(statement)
    while isinstance(inner, dict) and inner:
        name, inner = next(iter(cast("dict[str, object]", inner).items()))
        found.append(name)
    return tuple(found)


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
