"""Statements about which answers people were given, so that they hear of it when one is corrected."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from bot.store.database import Database
from faq.languages import ReplyLanguage

GIVEN = "given"
"""The kind of audience that is made here: ``given:<entry>:<edition>+<edition>``."""

_OTHERWISE = (
    "FROM given WHERE call = :call AND entry = :entry AND edition NOT IN (SELECT value FROM json_each(:editions))"
)


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
    return f"{GIVEN}:{entry}:{'+'.join(sorted(editions))}"


def statement(call: str, name: str) -> tuple[str, Mapping[str, object]]:
    """What selects the chats of an audience that `audience` named, with the values that it needs."""
    _, entry, editions = name.split(":")
    return f"SELECT DISTINCT chat_id {_OTHERWISE}", {
        "call": call,
        "entry": entry,
        "editions": json.dumps(editions.split("+")),
    }


def head_count(db: Database, call: str, name: str) -> int:
    """How many chats are in such an audience."""
    select, values = statement(call, name)
    return db.execute(f"SELECT count(*) FROM ({select})", values).fetchone()[0]  # noqa: S608


def is_now(call: str, entry: str, editions: Mapping[str, str]) -> Callable[[Database], None]:
    """An answer was changed in nothing that matters: who was given the old edition counts as given the new one."""

    def change(db: Database) -> None:
        db.conn.executemany(
            "UPDATE OR REPLACE given SET edition = ? WHERE call = ? AND entry = ? AND edition = ?",
            [(new, call, entry, old) for old, new in editions.items()],
        )

    return change
