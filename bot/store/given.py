"""Statements about which answers people were given, so that they hear of it when one is corrected."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from bot.store.database import Database
from faq.languages import ReplyLanguage


def give(
    call: str, chat_id: int, editions: Mapping[str, str], language: ReplyLanguage, *, now: datetime
) -> Callable[[Database], None]:
    """A chat is given the answers of entries, each in an edition (`faq.answering.edition`); the day is kept."""

    def change(db: Database) -> None:
        db.conn.executemany(
            "INSERT INTO given (call, entry, chat_id, edition, language, day) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET day = excluded.day, language = excluded.language WHERE day <> excluded.day",
            [(call, entry, chat_id, edition, language, f"{now:%Y-%m-%d}") for entry, edition in editions.items()],
        )

    return change


def audience(entry: str, editions: Collection[str]) -> str:
    """The name of an audience: who was given an entry's answer otherwise than it reads in these ``editions`` now."""
    return f"given:{entry}:+{'+'.join(sorted(editions))}+"


WHERE = (
    "g.call = :call AND g.entry = substr(:argument, 1, instr(:argument, ':') - 1) "
    "AND instr(:argument, '+' || g.edition || '+') = 0"
)
"""The rows ``g`` of such an audience; ``:argument`` is what follows "given:" in its name."""


def is_now(call: str, entry: str, editions: Mapping[str, str]) -> Callable[[Database], None]:
    """An answer was changed in nothing that matters: who was given the old edition counts as given the new one."""

    def change(db: Database) -> None:
        db.conn.executemany(
            "UPDATE OR REPLACE given SET edition = ? WHERE call = ? AND entry = ? AND edition = ?",
            [(new, call, entry, old) for old, new in editions.items()],
        )

    return change
