"""Whether anybody touched the audit: the chain is made anew from its lines and compared with what is stored."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.store.chain import START, Head, hash_of
from bot.store.database import Database
from bot.store.migrations import migrations

_SELECT = "SELECT id, at, who, act, detail, call, hash FROM audit ORDER BY id"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far the chain is whole: its ``head`` there, and each thing that is wrong; nothing is, where it is whole."""

    head: Head
    faults: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was touched."""
        return not self.faults


def verify(db: Database, known: Head | None = None) -> Verdict:
    """Walk the chain, and see that it passes through a ``known`` head (its hash may be cut short).

    Needs a connection of its own: texts that are not UTF-8 any more are read too.
    """
    db.conn.text_factory = _text
    try:
        db.execute("BEGIN")  # lines that a running bot adds meanwhile are not seen
        if not _made().steps <= _steps(db):
            return Verdict(Head(0, START), ("the database is of an earlier version: start this one once, then verify",))
        walked, fault = _walk(db, known)
        faults = [fault] if fault else [*_wrong_about_the_end(db, walked), *_unpassed(walked, known)]
        return Verdict(walked, (*faults, *_wrong_triggers(db)))
    except (sqlite3.DatabaseError, ValueError, TypeError) as error:
        return Verdict(Head(0, START), (f"the audit is not as it was made: {error}",))
    finally:
        if db.conn.in_transaction:
            db.execute("ROLLBACK")


def _text(raw: bytes) -> str:
    """A text as it is stored, also where it is none any more; two that differ are never read alike."""
    return raw.decode("utf-8", "surrogateescape")


def _walk(db: Database, known: Head | None) -> tuple[Head, str | None]:
    """The last line that is as it was written, and what is wrong with the one after it."""
    last, before = 0, START
    for number, *content, own in db.execute(_SELECT):
        here = Head(last, before)
        if type(number) is not int or number <= last:
            return here, f"line {number!r} was added"
        if number != last + 1:
            return here, f"line {last + 1} is missing"
        if _hash(before, number, content) != own:
            return here, f"line {number} was {_how(db, number, content, own)}"
        last, before = number, own
        if known and known.last == last and not own.startswith(known.hash):
            return here, f"line {last} or one before it was changed: its hash is not that of the head you hold"
    return Head(last, before), None


def _hash(before: str, number: int, content: Sequence[object]) -> str | None:
    """The hash that a line must have; None where its content is of a kind that is never written."""
    try:
        return hash_of(before, (number, *content))
    except (TypeError, ValueError):
        return None


def _how(db: Database, number: int, content: Sequence[object], own: object) -> str:
    """Changed, or swapped with another line, which is where its content and number fit."""
    before: object = START
    for other, *_, hash_there in db.execute(_SELECT).fetchall():
        fits = {_hash(str(one), other, content) for one in (before, hash_there)} - {None}
        if other != number and fits & {own, hash_there}:
            return f"swapped with line {other}"
        before = hash_there
    return "changed"


def _wrong_about_the_end(db: Database, walked: Head) -> list[str]:
    """What does not fit the last line: the head that is recorded, and the number that SQLite gave last."""
    heads = db.execute("SELECT last, hash FROM audit_head").fetchall()
    counted = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'audit'").fetchall()
    faults: list[str] = []
    if len(heads) != 1:
        faults.append("the recorded head is missing" if not heads else "there is more than one recorded head")
    elif type(heads[0][0]) is not int or heads[0] != (walked.last, walked.hash):
        last = heads[0][0]
        faults.append(
            f"line {walked.last + 1} is missing: the recorded head is line {last}"
            if isinstance(last, int) and last > walked.last
            else f"the recorded head, line {last}, does not fit the last line, {walked.last}"
        )
    elif counted not in ([(walked.last,)], [] if walked.last == 0 else [(0,)]):
        faults.append(f"line {walked.last + 1} is missing: the database has numbered others than {walked.last}")
    return faults


def _unpassed(walked: Head, known: Head | None) -> list[str]:
    """A known head further on than the chain goes."""
    if known is None or known.last <= walked.last:
        return []
    return [f"line {walked.last + 1} is missing: the head you hold is line {known.last}"]


class _Made(NamedTuple):
    """What a database of this version has: the steps that made it, and the triggers that keep the audit."""

    steps: frozenset[str]
    triggers: frozenset[tuple[str, str]]


@lru_cache(maxsize=1)
def _made() -> _Made:
    db = Database(memory=True)
    migrations.apply(db)
    made = _Made(_steps(db), _triggers(db))
    db.close()
    return made


def _steps(db: Database) -> frozenset[str]:
    return frozenset(step.name for step in migrations.applied(db))


def _triggers(db: Database) -> frozenset[tuple[str, str]]:
    on_audit = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'audit_head')"
    return frozenset(db.execute(on_audit).fetchall())


def _wrong_triggers(db: Database) -> list[str]:
    """What forbids changes and is not there any more, and what was put there."""
    made, found = _made().triggers, _triggers(db)
    known = {name for name, _ in made}
    return [f"the trigger {name} was dropped or changed" for name, _ in sorted(made - found)] + [
        f"a trigger {name} was put on the audit" for name, _ in sorted(found - made) if name not in known
    ]
