"""Statements about lessons that staff are still writing."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import stored
from bot.store.lessons import OvertakenError
from faq.languages import ReplyLanguage
from faq.lessons import Lesson


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A lesson before it holds.

    ``token`` is a made-up number that its buttons carry. ``base`` is the text that it would replace, ``waived`` are the
    languages that it deliberately lacks, ``group`` the questions that it answers.
    """

    token: int
    lesson: Lesson
    by: int
    base: str = ""
    waived: frozenset[ReplyLanguage] = frozenset()
    group: int | None = None


def begin(call: str, draft: Draft, *, now: datetime) -> Callable[[Database], None]:
    """Keep a new draft. Any other open one of the same person is dropped."""

    def change(db: Database) -> None:
        db.execute("UPDATE drafts SET state = 'dropped' WHERE call = ? AND by = ? AND state = 'open'", (call, draft.by))
        db.execute(
            "INSERT INTO drafts (token, call, lesson, base, waived, source, by, at) VALUES (?, ?, ?, ?, '[]', ?, ?, ?)",
            (draft.token, call, draft.lesson.to_json(), draft.base, draft.group, draft.by, stored(now)),
        )

    return change


def open_draft(db: Database, call: str, token: int) -> Draft | None:
    """The open draft with this token; an entry that has no name yet is named by the draft's number."""
    row = db.execute(
        "SELECT id, lesson, base, waived, source, by FROM drafts WHERE call = ? AND state = 'open' AND token = ?",
        (call, token),
    ).fetchone()
    if row is None:
        return None
    lesson = Lesson.from_json(row[1])
    return Draft(
        token=token,
        lesson=lesson if lesson.entry else replace(lesson, entry=f"own-{row[0]}"),
        base=row[2],
        waived=frozenset(map(ReplyLanguage, json.loads(row[3]))),
        group=row[4],
        by=row[5],
    )


def rewrite(draft: Draft) -> Callable[[Database], None]:
    """Keep what a draft says now."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE drafts SET lesson = ?, waived = ? WHERE token = ? AND state = 'open'",
            (draft.lesson.to_json(), json.dumps(sorted(draft.waived)), draft.token),
        )

    return change


def end(token: int, *, live: bool) -> Callable[[Database], None]:
    """End a draft: it is a lesson now, or is given up.

    Raises (when it is applied):
        OvertakenError: it had ended already.
    """

    def change(db: Database) -> None:
        state = "live" if live else "dropped"
        if not db.execute("UPDATE drafts SET state = ? WHERE token = ? AND state = 'open'", (state, token)).rowcount:
            raise OvertakenError(token)

    return change
