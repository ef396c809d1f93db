"""Files of a call folder and the domain, with the line of everything and all problems gathered, not only the first."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar, cast

from faq.call import Phrasing
from faq.languages import Language
from faq.problems import Problem

T = TypeVar("T")
Table = Mapping[str, object]

_ERROR_LINE = re.compile(r"\(at line (\d+)")


@dataclass
class Reader:
    """Gathers what is wrong while files are read."""

    problems: list[Problem] = field(default_factory=list[Problem])

    def file(self, path: Path, *, required: bool = True) -> TomlFile:
        """A TOML file; an unreadable one counts as empty and is a problem."""
        if not required and not path.exists():
            return TomlFile(self, path, "", {})
        text = self.text(path)
        try:
            return TomlFile(self, path, text, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            found = _ERROR_LINE.search(str(error))
            self._add(path, int(found[1]) if found else 0, f"not valid TOML: {error}", "mend this line")
        return TomlFile(self, path, "", {}, is_broken=True)

    def phrasings(self, folder: Path) -> tuple[Phrasing, ...]:
        """The lines of a folder's ``<language>.txt`` files, each with the hand whose heading (``# name``) is above."""
        found: list[Phrasing] = []
        if not folder.is_dir():
            self._add(folder, 0, "there is no such folder", "make it, or name another")
        for path in sorted(folder.glob("*.txt")):
            if path.stem not in set(Language):
                self._add(path, 0, f"{path.stem!r} is no language", f"name it {'.txt, '.join(Language)}.txt")
                continue
            language, hand = Language(path.stem), ""
            for number, line in enumerate(self.text(path).splitlines(), 1):
                if line.startswith("#"):
                    hand = line.strip("# ")
                elif line.strip() and not hand:
                    self._add(path, number, "a line before the first heading", "put `# name of the hand` above it")
                elif line.strip():
                    found.append(Phrasing(line.strip(), language, hand, number))
        return tuple(found)

    def text(self, path: Path) -> str:
        """What a file holds; nothing, and a problem, where it can't be read."""
        try:
            return path.read_text("utf-8-sig")
        except UnicodeDecodeError:
            self._add(path, 0, "not UTF-8 text", "save the file as UTF-8")
        except OSError as error:
            self._add(path, 0, f"can't be read: {error.strerror}", "check that the file exists and may be read")
        return ""

    def _add(self, path: Path, line: int, what: str, remedy: str) -> None:
        self.problems.append(Problem(path, line, what, remedy))


@dataclass
class TomlFile:
    """One file: its content, and where in it each key stands."""

    reader: Reader
    path: Path
    text: str
    content: Table
    is_broken: bool = False

    def line_of(self, *keys: str) -> int:
        """The line of a key inside its tables; 0 where it can't be told."""
        lines = self.text.splitlines()
        start = 0
        for depth in range(len(keys), 0, -1):
            header = re.compile(r"^\s*\[\[?\s*" + r"\s*\.\s*".join(_quoted(k) for k in keys[:depth]) + r"\s*\]\]?")
            found = next((n for n, line in enumerate(lines) if header.match(line)), None)
            if found is not None:
                start = found
                if depth == len(keys):
                    return start + 1
                break
        key = re.compile(r"^\s*" + _quoted(keys[-1]) + r"\s*=")
        return next(
            (n + 1 for n, line in enumerate(lines) if n >= start and key.match(line)), start + 1 if start else 0
        )

    def problem(self, what: str, remedy: str, *keys: str) -> None:
        """Note that something is wrong at a key."""
        self.reader.problems.append(Problem(self.path, self.line_of(*keys) if keys else 0, what, remedy))

    def table(self, *keys: str, required: bool = False) -> Table:
        """The table at ``keys``; empty where it is missing."""
        value = self._at(keys)
        if value is None and not required:
            return {}
        if not isinstance(value, dict):
            self.problem(f"[{'.'.join(keys)}] is missing or no table", "write it as a table", *keys)
            return {}
        return cast("Table", value)

    def value(self, kind: type[T], *keys: str, default: T | None = None) -> T | None:
        """The value at ``keys`` if it is of ``kind``; its absence is a problem unless there is a ``default``."""
        value = self._at(keys)
        if value is None:
            if default is None:
                self.problem(f"{'.'.join(keys)} is missing", f"add it ({kind.__name__})", *keys)
            return default
        if not isinstance(value, kind):
            self.problem(f"{'.'.join(keys)} is {value!r}", f"it should be a {kind.__name__}", *keys)
            return default
        return value

    def strings(self, *keys: str) -> tuple[str, ...]:
        """A list of texts; anything else in it is a problem."""
        value = self._at(keys)
        if value is None:
            return ()
        items = cast("list[object]", value) if isinstance(value, list) else [None]
        if not all(isinstance(item, str) for item in items):
            self.problem(f"{'.'.join(keys)} is not a list of texts", 'write it as ["...", "..."]', *keys)
            return ()
        return tuple(cast("list[str]", items))

    def _at(self, keys: tuple[str, ...]) -> object:
        value: object = self.content
        for key in keys:
            if not isinstance(value, dict):
                return None
            value = cast("Table", value).get(key)
        return value


def _quoted(key: str) -> str:
    return rf"[\"']?{re.escape(key)}[\"']?"
