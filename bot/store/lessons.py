"""Statements about what staff taught: every lesson stays, an undone one is marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import read, stored
from faq.lessons import Lesson, LessonKind

_COLUMNS = "id, after, before, by, at, undone_at, undone_by"

CHANGES = (
    "SELECT count(*) + count(undone_at) FROM lessons WHERE call = {0}.call AND entry = {0}.entry "
    "AND kind <> 'phrasings'"
)
"""How often the texts of an entry were changed, where ``{0}`` is a table with its ``call`` and ``entry``; it grows."""


@dataclass(frozen=True, slots=True)
class Given:
    """A lesson with its number, what stood there before it, who gave it and when, and who undid it."""

    number: int
    lesson: Lesson
    before: str
    by: int
    at: datetime
    undone_at: datetime | None
    undone_by: int | None


class OvertakenError(Exception):
    """What a change was based on is no longer so: somebody else was faster."""


def in_force(db: Database, call: str, *, without: int | None = None) -> list[Lesson]:
    """The lessons that hold, in their order; or that would hold ``without`` one of them."""
    rows = db.execute(
        "SELECT after FROM lessons WHERE call = ? AND undone_at IS NULL AND id IS NOT ? ORDER BY id", (call, without)
    )
    return [Lesson.from_json(row[0]) for row in rows]


def last_live(db: Database, call: str) -> list[Lesson]:
    """The lessons as they held when a matcher went live last: without those that were in none yet or undone since."""
    rows = db.execute(
        "SELECT after, model FROM lessons WHERE call = ? AND (undone_at IS NULL OR undone_at > "
        "(SELECT max(at) FROM models WHERE call = lessons.call AND state = 'live')) ORDER BY id",
        (call,),
    )
    found = [(Lesson.from_json(after), model) for after, model in rows]
    return [lesson for lesson, model in found if model or not lesson.trains]


def teach(  # noqa: PLR0913  one row
    call: str, lesson: Lesson, *, by: int, now: datetime, before: str = "", group: int | None = None
) -> Callable[[Database], int]:
    """Add a lesson, which holds from now on; return its number. ``group`` are the questions that it answers.

    Raises (when it is applied):
        OvertakenError: something was made of that group meanwhile.
    """

    def change(db: Database) -> int:
        number = db.execute(
            "INSERT INTO lessons (call, kind, entry, language, before, after, by, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (call, lesson.kind, lesson.entry, lesson.language, before, lesson.to_json(), by, stored(now)),
        ).lastrowid
        if group is not None:
            done = db.execute(
                "UPDATE unanswered_groups SET state = 'taught', lesson = ? "
                "WHERE id = ? AND call = ? AND state = 'open'",
                (number, group, call),
            ).rowcount
            if not done:
                raise OvertakenError(group)
            db.execute("UPDATE unanswered SET state = 'taught' WHERE group_id = ? AND call = ?", (group, call))
        return number or 0

    return change


def undo(call: str, number: int, *, by: int, now: datetime) -> Callable[[Database], None]:
    """Have a lesson hold no more; the questions that it answered are open again.

    Raises (when it is applied):
        OvertakenError: it does not hold.
    """

    def change(db: Database) -> None:
        done = db.execute(
            "UPDATE lessons SET undone_at = ?, undone_by = ? WHERE id = ? AND call = ? AND undone_at IS NULL",
            (stored(now), by, number, call),
        ).rowcount
        if not done:
            raise OvertakenError(number)
        groups = "SELECT id FROM unanswered_groups WHERE lesson = ?"
        db.execute(f"UPDATE unanswered SET state = 'open' WHERE group_id IN ({groups})", (number,))  # noqa: S608
        db.execute("UPDATE unanswered_groups SET state = 'open', lesson = NULL WHERE lesson = ?", (number,))

    return change


def changes(db: Database, call: str, entry: str) -> int:
    """How often the texts of an entry were changed; an undone change counts twice."""
    named = "SELECT ? AS call, ? AS entry"
    return db.execute(f"SELECT ({CHANGES.format('n')}) FROM ({named}) n", (call, entry)).fetchone()[0]  # noqa: S608


def history(db: Database, call: str, entry: str, *, most: int = 8) -> list[Given]:
    """The last lessons about an entry, the newest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM lessons WHERE call = ? AND entry = ? ORDER BY id DESC LIMIT ?",  # noqa: S608
        (call, entry, most),
    )
    return [_given(row) for row in rows]


def given(db: Database, call: str, number: int) -> Given | None:
    """One lesson."""
    row = db.execute(f"SELECT {_COLUMNS} FROM lessons WHERE call = ? AND id = ?", (call, number)).fetchone()  # noqa: S608
    return _given(row) if row else None


def _given(row: Sequence[object]) -> Given:
    number, after, before, by, at, undone_at, undone_by = row
    return Given(
        int(str(number)),
        Lesson.from_json(str(after)),
        str(before),
        int(str(by)),
        read(str(at)),
        read(str(undone_at)) if undone_at else None,
        int(str(undone_by)) if undone_by is not None else None,
    )


def untrained(db: Database, call: str) -> list[Given]:
    """The lessons that hold and have been in no matcher yet, but for those that need none."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM lessons WHERE call = ? AND undone_at IS NULL AND model IS NULL "  # noqa: S608
        "AND kind IN (?, ?) ORDER BY id",
        (call, LessonKind.PHRASINGS, LessonKind.ENTRY),
    )
    return [one for one in map(_given, rows) if one.lesson.trains]


def only_word_for_word(call: str, numbers: Sequence[int]) -> Callable[[Database], None]:
    """Have the phrasings of lessons recognised as they stand and not by likeness."""

    def change(db: Database) -> None:
        for number in numbers:
            if (found := given(db, call, number)) is not None:
                after = found.lesson.word_for_word().to_json()
                db.execute("UPDATE lessons SET after = ? WHERE id = ?", (after, number))

    return change
