"""Statements about people: the language they chose, and whether they can be reached."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored
from faq.languages import ReplyLanguage


def language_of(db: Database, chat_id: int) -> ReplyLanguage | None:
    """The language a chat chose, if it chose one."""
    row = db.execute("SELECT language FROM people WHERE chat_id = ?", (chat_id,)).fetchone()
    return ReplyLanguage(row[0]) if row and row[0] else None


def reads(db: Database, chat_id: int) -> ReplyLanguage | None:
    """The language that a chat is written to unasked: the one it chose, else the one it was answered in last."""
    row = db.execute("SELECT ifnull(language, spoken) FROM people WHERE chat_id = ?", (chat_id,)).fetchone()
    return ReplyLanguage(row[0]) if row and row[0] else None


def choose_language(call: str, chat_id: int, language: ReplyLanguage, *, now: datetime) -> Callable[[Database], None]:
    """Remember a chosen language, also for what the chat is registered for."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO people (chat_id, language, chosen_at) VALUES (?, ?, ?) "
            "ON CONFLICT (chat_id) DO UPDATE SET language = excluded.language, chosen_at = excluded.chosen_at",
            (chat_id, language, stored(now)),
        )
        db.execute("UPDATE registrations SET language = ? WHERE call = ? AND chat_id = ?", (language, call, chat_id))

    return change


def choose_profile(chat_id: int, profile: str) -> Callable[[Database], None]:
    """Remember what a chat says it is: one of the call's profiles, or "" for what it does not say any more."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO people (chat_id, profile) VALUES (?, nullif(?, '')) "
            "ON CONFLICT (chat_id) DO UPDATE SET profile = excluded.profile",
            (chat_id, profile),
        )

    return change


def mute(chat_id: int, *, now: datetime) -> Callable[[Database], None]:
    """The chat wants nothing that it did not ask for."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO people (chat_id, muted_at) VALUES (?, ?) "
            "ON CONFLICT (chat_id) DO UPDATE SET muted_at = excluded.muted_at",
            (chat_id, stored(now)),
        )
        db.execute(
            "UPDATE sendings SET state = 'cancelled', finished_at = ? "
            "WHERE chat_id = ? AND kind = 'broadcast' AND state = 'planned'",
            (stored(now), chat_id),
        )

    return change


def is_muted(db: Database, chat_id: int) -> bool:
    """Whether the chat wants nothing that it did not ask for."""
    return bool(db.execute("SELECT 1 FROM people WHERE chat_id = ? AND muted_at IS NOT NULL", (chat_id,)).fetchone())


def unmute(chat_id: int) -> Callable[[Database], None]:
    """The chat asked for something again."""

    def change(db: Database) -> None:
        db.execute("UPDATE people SET muted_at = NULL WHERE chat_id = ?", (chat_id,))

    return change


def unreachable(db: Database, call: str, chat_id: int, reason: str) -> None:
    """Send this chat nothing unasked any more, until it writes again."""
    db.execute(
        "INSERT INTO people (chat_id, unreachable) VALUES (?, ?) "
        "ON CONFLICT (chat_id) DO UPDATE SET unreachable = excluded.unreachable",
        (chat_id, reason),
    )
    db.execute("UPDATE registrations SET look_at = NULL WHERE call = ? AND chat_id = ?", (call, chat_id))
    db.execute(
        "UPDATE sendings SET state = 'unreachable' "
        "WHERE call = ? AND chat_id = ? AND step IS NOT NULL AND kind = 'reminder' AND state = 'planned'",
        (call, chat_id),
    )


def shut_out(call: str, chat_id: int) -> Callable[[Database], None]:
    """The chat blocked the bot or removed it; of one that is registered for nothing, nothing is kept."""

    def change(db: Database) -> None:
        if db.execute("SELECT 1 FROM registrations WHERE call = ? AND chat_id = ?", (call, chat_id)).fetchone():
            unreachable(db, call, chat_id, "the bot was blocked or removed")

    return change


def seen(chat_id: int, language: ReplyLanguage, *, now: datetime) -> Callable[[Database], None]:
    """A person wrote or pressed something and was answered in a language; days are enough to know when."""

    def change(db: Database) -> None:
        day = f"{now:%Y-%m-%d}"
        db.execute(
            "INSERT INTO people (chat_id, spoken, first_seen, seen_at) VALUES (:chat, :spoken, :day, :day) "
            "ON CONFLICT (chat_id) DO UPDATE SET spoken = :spoken, first_seen = ifnull(first_seen, :day), "
            "seen_at = :day WHERE spoken IS NOT :spoken OR seen_at IS NOT :day OR first_seen IS NULL",
            {"chat": chat_id, "spoken": language, "day": day},
        )

    return change


def revive(call: str, chat_id: int) -> Callable[[Database], None]:
    """The chat wrote again: it can be reached, and what it missed and is still of use is sent after all."""

    def change(db: Database) -> None:
        if not db.execute(
            "UPDATE people SET unreachable = NULL WHERE chat_id = ? AND unreachable IS NOT NULL", (chat_id,)
        ).rowcount:
            return
        db.execute(
            "UPDATE sendings SET state = 'planned', finished_at = NULL "
            "WHERE call = ? AND chat_id = ? AND step IS NOT NULL AND kind = 'reminder' AND state = 'unreachable'",
            (call, chat_id),
        )
        db.execute("UPDATE registrations SET look_at = '' WHERE call = ? AND chat_id = ?", (call, chat_id))

    return change


def moved(db: Database, chat_id: int, new_chat_id: int) -> None:
    """A group became a supergroup: everything of the old id belongs to the new one."""
    ids = {"new": new_chat_id, "old": chat_id}
    for table in ("people", "registrations", "given", "waiting"):
        db.execute(f"UPDATE OR REPLACE {table} SET chat_id = :new WHERE chat_id = :old", ids)  # noqa: S608
    # Also what is on its way; its messages have other numbers in the new chat, or none.
    db.execute(
        "UPDATE OR IGNORE sendings SET chat_id = :new, message_id = NULL, "
        "payload = json_remove(payload, '$.reply_to', '$.replaces', '$.thread') WHERE chat_id = :old",
        ids,
    )
    db.execute("UPDATE broadcasts SET chat_id = :new WHERE chat_id = :old", ids)
    # What the new id has already stays behind, or it would come twice.
    db.execute("DELETE FROM sendings WHERE chat_id = :old AND state <> 'claimed'", ids)


def has_moved(chat_id: int, new_chat_id: int) -> Callable[[Database], None]:
    """Telegram told that a group has a new id."""

    def change(db: Database) -> None:
        moved(db, chat_id, new_chat_id)

    return change
