"""Statements about everything that is kept of a chat: to show it, and to have it gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored

_OF_A_CHAT = ("people", "registrations", "sendings")
"""Tables whose rows belong to the chat in their column ``chat_id``."""

_UNREAD = (
    "state = 'quarantined' AND EXISTS (SELECT 1 FROM json_tree(raw) part WHERE part.key = 'id' AND part.value = ?)"
)
"""Updates set aside that name the chat or person with this id."""


def everything_of(db: Database, chat_id: int) -> Mapping[str, list[dict[str, object]]]:
    """Every row that is kept of a chat, by table; for staff also what they proposed and did."""
    found = {table: _rows(db, f"SELECT * FROM {table} WHERE chat_id = ?", chat_id) for table in _OF_A_CHAT}  # noqa: S608
    found["updates"] = _rows(db, f"SELECT * FROM updates WHERE {_UNREAD}", chat_id)  # noqa: S608
    found["audit"] = _rows(db, "SELECT at, act, detail FROM audit WHERE who = ?", chat_id)
    found["proposals"] = _rows(db, "SELECT * FROM proposals WHERE proposed_by = ?", chat_id)
    found["amendments"] = _rows(db, "SELECT * FROM amendments WHERE ? IN (proposed_by, confirmed_by)", chat_id)
    return {table: rows for table, rows in found.items() if rows}


def _rows(db: Database, sql: str, chat_id: int) -> list[dict[str, object]]:
    cursor = db.execute(sql, (chat_id,))
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def erase(chat_id: int) -> Callable[[Database], None]:
    """Delete everything that is kept of a chat, and have the space it stood in overwritten."""

    def change(db: Database) -> None:
        for table in _OF_A_CHAT:
            db.execute(f"DELETE FROM {table} WHERE chat_id = ?", (chat_id,))  # noqa: S608
        db.execute(f"DELETE FROM updates WHERE {_UNREAD}", (chat_id,))  # noqa: S608
        db.wipe_after_commit = True

    return change


def expire(
    call: str, *, with_deadline: bool, next_edition_before: datetime, chosen_before: datetime
) -> Callable[[Database], int]:
    """Delete what is no longer needed; return how many registrations that were.

    ``with_deadline`` says that the deadline is so long past that its registrations, the reminders that were sent and
    the languages that were chosen before ``chosen_before`` are of no use. Registrations for the next edition go when
    they were made before ``next_edition_before``.
    """

    def change(db: Database) -> int:
        gone = db.execute(
            "DELETE FROM registrations WHERE call = ? AND purpose = 'next-edition' AND told_at < ?",
            (call, stored(next_edition_before)),
        ).rowcount
        if with_deadline:
            gone += db.execute("DELETE FROM registrations WHERE call = ? AND purpose = 'deadline'", (call,)).rowcount
            db.execute("DELETE FROM sendings WHERE call = ? AND kind = 'reminder' AND state <> 'claimed'", (call,))
            db.execute(
                "DELETE FROM people WHERE ifnull(chosen_at, '') < ? "
                "AND chat_id NOT IN (SELECT chat_id FROM registrations)",
                (stored(chosen_before),),
            )
        db.wipe_after_commit |= gone > 0
        return gone

    return change
