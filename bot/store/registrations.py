"""Statements about registrations: who wants to be told, what they chose, and when to look at each again."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.rules.plan import Purpose, Registration, switched
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage

_COLUMNS = "chat_id, language, told_at, purpose, version, off, later, submitted"
_AT_ONCE = ""
"""A ``look_at`` before every instant."""


def register(  # noqa: PLR0913  one row
    call: str, chat_id: int, purpose: Purpose, language: ReplyLanguage, *, version: int, now: datetime
) -> Callable[[Database], None]:
    """Register a chat that is told the deadline of ``version``; a second time it also takes back "submitted"."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO registrations (call, chat_id, purpose, language, told_at, version, look_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call, chat_id, purpose) DO UPDATE SET language = "
            "excluded.language, told_at = excluded.told_at, version = excluded.version, submitted = 0, later = NULL, "
            "look_at = excluded.look_at",
            (call, chat_id, purpose, language, stored(now), version, _AT_ONCE),
        )

    return change


def switch(call: str, chat_id: int, step: str, *, now: datetime) -> Callable[[Database], None]:
    """Turn a step on that is off, or off that is on."""

    def change(db: Database) -> None:
        found = of(db, call, chat_id)
        if found is None:
            return
        off = ",".join(sorted(switched(found, step, now=now).off))
        db.execute(
            "UPDATE registrations SET off = ?, told_at = ?, look_at = ? "
            "WHERE call = ? AND chat_id = ? AND purpose = 'deadline'",
            (off, stored(now), _AT_ONCE, call, chat_id),
        )
        _withdraw(db, call, chat_id, unless="change")

    return change


def put_off(call: str, chat_id: int, until: datetime) -> Callable[[Database], None]:
    """Leave a chat alone until an instant, and remind it then."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE registrations SET later = ?, look_at = ? WHERE call = ? AND chat_id = ? AND purpose = 'deadline'",
            (stored(until), _AT_ONCE, call, chat_id),
        )
        _withdraw(db, call, chat_id, unless="change")

    return change


def has_submitted(call: str, chat_id: int) -> Callable[[Database], None]:
    """The chat handed its file in: no reminder any more, but still every change of the deadline."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE registrations SET submitted = 1, look_at = ? "
            "WHERE call = ? AND chat_id = ? AND purpose = 'deadline'",
            (_AT_ONCE, call, chat_id),
        )
        _withdraw(db, call, chat_id, unless="change")

    return change


def unregister(call: str, chat_id: int) -> Callable[[Database], None]:
    """End every registration of a chat, and what was planned because of it."""

    def change(db: Database) -> None:
        db.execute("DELETE FROM registrations WHERE call = ? AND chat_id = ?", (call, chat_id))
        _withdraw(db, call, chat_id, unless=None)

    return change


def _withdraw(db: Database, call: str, chat_id: int, *, unless: str | None) -> None:
    """Take back the reminders that wait for a chat, ``unless`` they are of this step."""
    db.execute(
        "UPDATE sendings SET state = 'cancelled' WHERE call = ? AND chat_id = ? AND step IS NOT NULL "
        "AND kind = 'reminder' AND state IN ('planned', 'unreachable') AND step IS NOT ?",
        (call, chat_id, unless),
    )


def of(db: Database, call: str, chat_id: int, purpose: Purpose = Purpose.DEADLINE) -> Registration | None:
    """A chat's registration."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM registrations WHERE call = ? AND chat_id = ? AND purpose = ?",  # noqa: S608
        (call, chat_id, purpose),
    )
    return next((_read(row) for row in rows), None)


def purposes_of(db: Database, call: str, chat_id: int) -> frozenset[Purpose]:
    """What a chat is registered for."""
    rows = db.execute("SELECT purpose FROM registrations WHERE call = ? AND chat_id = ?", (call, chat_id))
    return frozenset(Purpose(row[0]) for row in rows)


def to_look_at(db: Database, call: str, *, now: datetime, most: int) -> list[Registration]:
    """Registrations that something may be due to."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM registrations WHERE call = ? AND look_at <= ? ORDER BY look_at LIMIT ?",  # noqa: S608
        (call, stored(now), most),
    )
    return [_read(row) for row in rows]


def look_again(db: Database, call: str, looked: Iterable[tuple[Registration, datetime | None]]) -> None:
    """Set when each registration has to be looked at again; None: never, unless something changes."""
    chats: dict[tuple[Purpose, datetime | None], list[int]] = defaultdict(list)
    for one, at in looked:
        chats[one.purpose, at].append(one.chat_id)
    for (purpose, at), chat_ids in chats.items():
        db.execute(
            "UPDATE registrations SET look_at = ? WHERE call = ? AND purpose = ? "
            "AND chat_id IN (SELECT value FROM json_each(?))",
            (at and stored(at), call, purpose, json.dumps(chat_ids)),
        )


def look_at_all(db: Database, call: str) -> int:
    """Have every registration of a chat that can be reached looked at at once: the deadline or the steps changed."""
    return db.execute(
        "UPDATE registrations SET look_at = ? WHERE call = ? AND NOT EXISTS ("
        "SELECT 1 FROM people p WHERE p.chat_id = registrations.chat_id AND p.unreachable IS NOT NULL)",
        (_AT_ONCE, call),
    ).rowcount


def next_look(db: Database, call: str) -> datetime | None:
    """When the next registration has to be looked at; None: none has to."""
    at = db.execute(
        "SELECT min(look_at) FROM registrations WHERE call = ? AND look_at IS NOT NULL", (call,)
    ).fetchone()[0]
    return None if at is None else read(at) if at else _EARLIEST


_EARLIEST = read("0001-01-02T00:00:00+00:00")


def everyone(db: Database, call: str) -> list[Registration]:
    """Every registration of a chat that can be reached."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM registrations r WHERE call = ? AND NOT EXISTS ("  # noqa: S608
        "SELECT 1 FROM people p WHERE p.chat_id = r.chat_id AND p.unreachable IS NOT NULL)",
        (call,),
    )
    return [_read(row) for row in rows]


def head_count(db: Database, call: str) -> int:
    """How many chats that can be reached are registered."""
    return db.execute(
        "SELECT count(DISTINCT chat_id) FROM registrations r WHERE call = ? AND NOT EXISTS ("
        "SELECT 1 FROM people p WHERE p.chat_id = r.chat_id AND p.unreachable IS NOT NULL)",
        (call,),
    ).fetchone()[0]


def _read(row: tuple[int, str, str, str, int, str, str | None, int]) -> Registration:
    chat_id, language, told_at, purpose, version, off, later, submitted = row
    return Registration(
        chat_id,
        _LANGUAGES[language],
        read(told_at),
        _PURPOSES[purpose],
        version,
        frozenset(off.split(",")) if off else _NONE,
        read(later) if later else None,
        bool(submitted),
    )


_LANGUAGES = {str(language): language for language in ReplyLanguage}
_PURPOSES = {str(purpose): purpose for purpose in Purpose}
"""Hundreds of thousands of rows are read: a look into a table is ten times faster than making an enum's member."""

_NONE = frozenset[str]()


_JITTER = timedelta(minutes=1)
"""How far a clock may be set back without anything being looked at again."""


def after_the_clock_went_back(db: Database, call: str, *, now: datetime) -> None:
    """Note when reminders are planned; where that was later before, undo what a wrong clock led to.

    What was planned then and never tried is planned again in its time, and every registration is looked at.
    """
    row = db.execute("SELECT planned_at FROM calls WHERE call = ?", (call,)).fetchone()
    last = read(row[0]) if row and row[0] else now
    if last - now <= _JITTER:
        if last <= now:
            db.execute("UPDATE calls SET planned_at = ? WHERE call = ?", (stored(now), call))
        return
    db.execute("UPDATE calls SET planned_at = ? WHERE call = ?", (stored(now), call))
    db.execute(
        "DELETE FROM sendings WHERE call = ? AND kind = 'reminder' AND state IN ('planned', 'superseded') "
        "AND attempts = 0 AND planned_at > ?",
        (call, stored(now)),
    )
    db.execute(
        "UPDATE sendings SET not_before = :now WHERE call = :call AND state = 'planned' AND not_before > :now",
        {"call": call, "now": stored(now)},
    )
    look_at_all(db, call)
