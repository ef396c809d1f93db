"""Statements about lessons that staff are still writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored
from bot.store.lessons import OvertakenError
from faq.languages import ReplyLanguage
from faq.lessons import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A lesson before it holds.

    ``base`` is the text that it would replace, ``waived`` are the languages that it deliberately lacks, ``group`` the
    questions that it answers.
    """

    number: int
    lesson: Lesson
    base: str
    waived: frozenset[ReplyLanguage]
    group: int | None
    by: int


def begin(  # noqa: PLR0913  one row
    call: str, lesson: Lesson, *, by: int, now: datetime, base: str = "", group: int | None = None
) -> Callable[[Database], int]:
    """Keep a new draft; return its number. Any other open one of the same person is dropped."""

    def change(db: Database) -> int:
        db.execute("UPDATE drafts SET state = 'dropped' WHERE call = ? AND by = ? AND state = 'open'", (call, by))
        number = db.execute(
            "INSERT INTO drafts (call, lesson, base, waived, source, by, at) VALUES (?, ?, ?, '[]', ?, ?, ?)",
            (call, lesson.to_json(), base, group, by, stored(now)),
        ).lastrowid
        return number or 0

    return change


def open_draft(db: Database, call: str, *, number: int | None = None, by: int | None = None) -> Draft | None:
    """The open draft with this number, or the one by this person."""
    row = db.execute(
        "SELECT id, lesson, base, waived, source, by FROM drafts "
        "WHERE call = ? AND state = 'open' AND (id = ? OR by = ?) ORDER BY id DESC",
        (call, number, by),
    ).fetchone()
    return row and Draft(
        number=row[0],
        lesson=Lesson.from_json(row[1]),
        base=row[2],
        waived=frozenset(map(ReplyLanguage, json.loads(row[3]))),
        group=row[4],
        by=row[5],
    )


def rewrite(draft: Draft) -> Callable[[Database], None]:
    """Keep what a draft says now."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE drafts SET lesson = ?, waived = ? WHERE id = ? AND state = 'open'",
            (draft.lesson.to_json(), json.dumps(sorted(draft.waived)), draft.number),
        )

    return change


def end(number: int, *, live: bool) -> Callable[[Database], None]:
    """End a draft: it is a lesson now, or is given up.

    Raises (when it is applied):
        OvertakenError: it had ended already.
    """

    def change(db: Database) -> None:
        state = "live" if live else "dropped"
        if not db.execute("UPDATE drafts SET state = ? WHERE id = ? AND state = 'open'", (state, number)).rowcount:
            raise OvertakenError(number)

    return change
