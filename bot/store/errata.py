"""Statements about corrections that people are to be told who were given the old answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import read, stored
from bot.store.publication_drafts import OvertakenError
from faq.languages import ReplyLanguage

_FREE = "(broadcast IS NULL OR broadcast IN (SELECT id FROM broadcasts WHERE stage = 'cancelled'))"
"""The condition on an erratum that no announcement of it was made, or only one that was given up or stopped: who had
that one hears of it again, which is better than that the others never do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erratum:
    """What the answer of an ``entry`` said ``before`` it was put right, in each language in which it was.

    It is kept as answers are stored, with placeholders, so that it can be told from what holds again.

    It was ``at`` this instant; ``is_free``: no announcement tells it.
    """

    id: int
    entry: str
    before: Mapping[ReplyLanguage, str]
    at: datetime
    is_free: bool = True


def keep(call: str, erratum: Erratum, holds: Collection[str], *, by: int) -> Callable[[Database], None]:
    """Keep an erratum until somebody announces it; one of the same answer that was not told to the end joins it.

    Of what they say was there before, the oldest stays, which most people read, with its day; but not what ``holds``
    again.
    """

    def change(db: Database) -> None:
        untold = db.execute(
            "DELETE FROM errata WHERE call = ? AND entry = ? AND (broadcast IS NULL OR broadcast IN "
            "(SELECT id FROM broadcasts WHERE stage <> 'done')) RETURNING before, at",
            (call, erratum.entry),
        ).fetchall()
        before: dict[str, str] = {str(language): said for language, said in erratum.before.items()}
        at = stored(erratum.at)
        for texts, since in sorted(untold, key=lambda row: row[1], reverse=True):
            older = {language: said for language, said in json.loads(texts).items() if said not in holds}
            before |= older
            at = since if older else at
        db.execute(
            "INSERT INTO errata (id, call, entry, before, by, at) VALUES (?, ?, ?, ?, ?, ?)",
            (erratum.id, call, erratum.entry, json.dumps(before, ensure_ascii=False), by, at),
        )

    return change


def of(db: Database, call: str, number: int) -> Erratum | None:
    """The erratum with this id."""
    row = db.execute(
        f"SELECT id, entry, before, at, {_FREE} FROM errata WHERE call = ? AND id = ?",  # noqa: S608
        (call, number),
    ).fetchone()
    if row is None:
        return None
    before = {ReplyLanguage(language): text for language, text in json.loads(row[2]).items()}
    return Erratum(id=row[0], entry=row[1], before=before, at=read(row[3]), is_free=bool(row[4]))


def announced(db: Database, call: str, number: int, broadcast: int) -> None:
    """It is told by this broadcast.

    Raises:
        OvertakenError: another tells it already, or the answer was put right once more.

    """
    done = db.execute(
        f"UPDATE errata SET broadcast = ? WHERE call = ? AND id = ? AND {_FREE}",  # noqa: S608
        (broadcast, call, number),
    ).rowcount
    if not done:
        raise OvertakenError
