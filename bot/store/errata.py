"""Statements about corrections that people are to be told who were given the old answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored
from faq.languages import ReplyLanguage
from faq.markup import Html

_NOT_BEGUN = "SELECT id FROM broadcasts WHERE stage = 'cancelled' AND started_at IS NULL"
"""Announcements that were given up before anybody got one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """What an ``audience`` is to be told about the answer of an ``entry``; by a ``broadcast``, once one is made."""

    id: int
    entry: str
    audience: str
    texts: Mapping[ReplyLanguage, Html]
    broadcast: int | None = None


def keep(call: str, erratum: Erratum, *, by: int, now: datetime) -> Callable[[Database], None]:
    """Keep an erratum until somebody announces it."""

    def change(db: Database) -> None:
        # What an earlier one says holds no more, and its readers are among this one's.
        db.execute(
            f"DELETE FROM errata WHERE call = ? AND entry = ? AND (broadcast IS NULL OR broadcast IN ({_NOT_BEGUN}))",  # noqa: S608
            (call, erratum.entry),
        )
        db.execute(
            "INSERT INTO errata (id, call, entry, audience, texts, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                erratum.id,
                call,
                erratum.entry,
                erratum.audience,
                json.dumps(erratum.texts, ensure_ascii=False),
                by,
                stored(now),
            ),
        )

    return change


def of(db: Database, call: str, number: int) -> Erratum | None:
    """The erratum with this id."""
    row = db.execute(
        f"SELECT id, entry, audience, texts, iif(broadcast IN ({_NOT_BEGUN}), NULL, broadcast) FROM errata "  # noqa: S608
        "WHERE call = ? AND id = ?",
        (call, number),
    ).fetchone()
    if row is None:
        return None
    texts = {ReplyLanguage(language): Html(text) for language, text in json.loads(row[3]).items()}
    return Erratum(id=row[0], entry=row[1], audience=row[2], texts=texts, broadcast=row[4])


def announced(db: Database, call: str, number: int, broadcast: int) -> None:
    """It is told by this broadcast."""
    db.execute("UPDATE errata SET broadcast = ? WHERE call = ? AND id = ?", (broadcast, call, number))
