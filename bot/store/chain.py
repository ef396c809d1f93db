"""The audit as a chain: each line's hash is made of the line and of the hash before it, so no line can be changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from bot.store.database import Database

START = "0" * 64
"""What stands before the first line."""

_LINE = "id, at, who, act, detail, call"


def hash_of(before: str, line: tuple[object, ...]) -> str:
    """The hash of a line (id, at, who, act, detail, call) that follows one with the hash ``before``: SHA-256, hex."""
    return hashlib.sha256(json.dumps([before, *line], ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def forge(db: Database) -> None:
    """Chain the lines that were written before there was a chain."""
    last, head = 0, START
    for line in db.execute(f"SELECT {_LINE} FROM audit ORDER BY id").fetchall():  # noqa: S608
        last, head = line[0], hash_of(head, line)
        db.execute("UPDATE audit SET hash = ? WHERE id = ?", (head, last))
    db.execute("INSERT INTO audit_head (id, last, hash) VALUES (1, ?, ?)", (last, head))


def add(db: Database, *, at: str, who: int, act: str, detail: str, call: str) -> None:  # noqa: PLR0913  one line
    """Add a line to the chain."""
    last, before = db.execute("SELECT last, hash FROM audit_head").fetchone()
    line = (last + 1, at, who, act, detail, call)
    head = hash_of(before, line)
    db.execute(f"INSERT INTO audit ({_LINE}, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", (*line, head))  # noqa: S608
    db.execute("UPDATE audit_head SET last = ?, hash = ?", (last + 1, head))


@dataclass(frozen=True, slots=True)
class Head:
    """The last line's number and hash: who knows them can tell whether any line before was touched."""

    last: int
    hash: str


def head(db: Database) -> Head:
    """The head of the chain as it is recorded."""
    return Head(*db.execute("SELECT last, hash FROM audit_head").fetchone())
