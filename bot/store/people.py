"""Statements about people: the language they chose, whether they can be reached, what they registered for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage


class Purpose(StrEnum):
    """What a person registered for."""

    DEADLINE = "deadline"
    NEXT_EDITION = "next-edition"


@dataclass(frozen=True, slots=True)
class Registration:
    """One chat that wants to be told, since when, and in which language."""

    chat_id: int
    language: ReplyLanguage
    registered_at: datetime


def language_of(db: Database, chat_id: int) -> ReplyLanguage | None:
    """The language a chat chose, if it chose one."""
    row = db.execute("SELECT language FROM people WHERE chat_id = ?", (chat_id,)).fetchone()
    return ReplyLanguage(row[0]) if row and row[0] else None


def choose_language(chat_id: int, language: ReplyLanguage) -> Callable[[Database], None]:
    """Remember a chosen language, also for what the chat is registered for."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO people (chat_id, language) VALUES (?, ?) "
            "ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language",
            (chat_id, language),
        )
        db.execute("UPDATE registrations SET language = ? WHERE chat_id = ?", (language, chat_id))

    return change


def unreachable(db: Database, chat_id: int, reason: str) -> None:
    """Send this chat nothing unasked any more, until it writes again."""
    db.execute(
        "INSERT INTO people (chat_id, unreachable) VALUES (?, ?) "
        "ON CONFLICT (chat_id) DO UPDATE SET unreachable = excluded.unreachable",
        (chat_id, reason),
    )


def revive(chat_id: int) -> Callable[[Database], None]:
    """The chat wrote again: it can be reached."""

    def change(db: Database) -> None:
        db.execute("UPDATE people SET unreachable = NULL WHERE chat_id = ? AND unreachable IS NOT NULL", (chat_id,))

    return change


def moved(db: Database, chat_id: int, new_chat_id: int) -> None:
    """A group became a supergroup: everything of the old id belongs to the new one."""
    for table in ("people", "registrations"):
        db.execute(f"UPDATE OR REPLACE {table} SET chat_id = ? WHERE chat_id = ?", (new_chat_id, chat_id))  # noqa: S608
    for change in ("OR IGNORE sendings SET chat_id = :new", "sendings SET state = 'cancelled'"):
        # What the new id has already can't move: it would come twice.
        db.execute(
            f"UPDATE {change} WHERE chat_id = :old AND state = 'planned'",
            {"new": new_chat_id, "old": chat_id},
        )


def register(
    call: str, chat_id: int, purpose: Purpose, language: ReplyLanguage, *, now: datetime
) -> Callable[[Database], None]:
    """Register a chat; a second time changes only the language."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO registrations (call, chat_id, purpose, language, registered_at) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (call, chat_id, purpose) DO UPDATE SET language = excluded.language",
            (call, chat_id, purpose, language, stored(now)),
        )

    return change


def unregister(call: str, chat_id: int) -> Callable[[Database], None]:
    """End every registration of a chat, and what was planned because of it."""

    def change(db: Database) -> None:
        db.execute("DELETE FROM registrations WHERE call = ? AND chat_id = ?", (call, chat_id))
        db.execute(
            "UPDATE sendings SET state = 'cancelled' "
            "WHERE call = ? AND chat_id = ? AND kind = 'reminder' AND state = 'planned'",
            (call, chat_id),
        )

    return change


def purposes_of(db: Database, call: str, chat_id: int) -> frozenset[Purpose]:
    """What a chat is registered for."""
    rows = db.execute("SELECT purpose FROM registrations WHERE call = ? AND chat_id = ?", (call, chat_id))
    return frozenset(Purpose(row[0]) for row in rows)


def registered(
    db: Database, call: str, purpose: Purpose, *, without: tuple[str, int] | None = None
) -> list[Registration]:
    """Every chat that registered and can be reached; ``without`` leaves out who has a (step, deadline version)."""
    rows = db.execute(
        "SELECT r.chat_id, r.language, r.registered_at FROM registrations r LEFT JOIN people p USING (chat_id) "
        "WHERE r.call = ? AND r.purpose = ? AND p.unreachable IS NULL AND NOT EXISTS ("
        "SELECT 1 FROM sendings s WHERE s.call = r.call AND s.chat_id = r.chat_id AND s.step IS NOT NULL "
        "AND s.step = ? AND s.deadline_version = ?) ORDER BY r.chat_id",
        (call, purpose, *(without or (None, None))),
    )
    return [Registration(row[0], ReplyLanguage(row[1]), read(row[2])) for row in rows]
