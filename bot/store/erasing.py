"""Statements about everything that is kept of a chat: to show it, and to have it gone."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.store import erased, posting
from bot.store.database import Database
from bot.store.instants import stored
from bot.store.posting import Letter

_OF_A_CHAT = tuple(
    (table, "chat_id = :chat") for table in ("people", "registrations", "sendings", "askers", "given", "waiting")
)
"""Where the rows of a chat stand; each table has an index on it."""

_ASKED = "asker IN (SELECT id FROM askers WHERE chat_id = :chat)"
"""The questions of a chat to the office; they are known by the asker's number alone."""

_ANSWERED = f"question IN (SELECT id FROM questions WHERE {_ASKED})"  # noqa: S608

_COLLEAGUES = frozenset({"by", "author", "place"})
"""Columns that name a member of staff: an applicant is not shown who of the office wrote to them."""

_UNREAD = (
    "state = 'quarantined' AND EXISTS (SELECT 1 FROM json_tree(raw) part WHERE part.key = 'id' AND part.value = :chat)"
)
"""Updates set aside that name the chat or person with this id."""


def everything_of(db: Database, chat_id: int) -> Mapping[str, list[dict[str, object]]]:
    """Every row that is kept of a chat, by table; for staff also what they proposed and did."""
    places = (
        *_OF_A_CHAT,
        ("questions", _ASKED),
        ("answers", f"by = :chat OR {_ANSWERED}"),
        ("updates", _UNREAD),
        ("audit", "who = :chat"),
        ("proposals", "proposed_by = :chat"),
        ("amendments", ":chat IN (proposed_by, confirmed_by)"),
        ("publication_drafts", "by = :chat"),
        ("publications", "by = :chat"),
        ("errata", "by = :chat"),
        ("lessons", ":chat IN (by, undone_by)"),
        ("drafts", "by = :chat"),
        ("broadcasts", ":chat IN (author, approved_by)"),
    )
    found = {table: _rows(db, f"SELECT * FROM {table} WHERE {where}", chat_id) for table, where in places}  # noqa: S608
    return {table: rows for table, rows in found.items() if rows}


def _rows(db: Database, sql: str, chat_id: int) -> list[dict[str, object]]:
    cursor = db.execute(sql, {"chat": chat_id})
    names = [column[0] for column in cursor.description]
    return [
        {
            name: None if name in _COLLEAGUES and value != chat_id else value
            for name, value in zip(names, row, strict=True)
        }
        for row in cursor
    ]


def erase(chat_id: int) -> Callable[[Database], None]:
    """Delete everything that is kept of a chat, and have the space it stood in overwritten.

    That it asked the office, when it was answered, and what came of its copies of broadcasts, stays as numbers without
    words or a name; and, while a broadcast goes out, a mark that many chats share (`bot.store.erased`).
    """

    def change(db: Database) -> None:
        _take_from_office(db, chat_id)
        erased.remember(db, chat_id)
        for table, where in (*_OF_A_CHAT, ("updates", _UNREAD)):
            db.execute(f"DELETE FROM {table} WHERE {where}", {"chat": chat_id})  # noqa: S608
        db.wipe_after_commit = db.copy_again = True

    return change


def _take_from_office(db: Database, chat_id: int) -> None:
    """Blank a chat's questions and the answers to them, and show the office none that is still waiting to go there."""
    ids = {"chat": chat_id}
    asked = db.execute(f"SELECT call, id FROM questions WHERE {_ASKED}", ids).fetchall()  # noqa: S608
    for call, question in asked:
        for letter in (Letter.QUESTION, Letter.REWORDED):
            posting.withdraw(db, call, letter.step(question))
    unpublished = f"state <> 'public' AND answer IN (SELECT id FROM answers WHERE {_ANSWERED})"  # noqa: S608
    db.execute(f"DELETE FROM publication_drafts WHERE {unpublished}", ids)  # noqa: S608
    for written in db.execute(f"SELECT place, message_id FROM answers WHERE {_ANSWERED}", ids).fetchall():  # noqa: S608
        posting.withdraw_under(db, *written)
    db.execute(f"UPDATE answers SET text = NULL, asked = NULL, file = NULL WHERE {_ANSWERED}", ids)  # noqa: S608
    db.execute(
        f"UPDATE questions SET text = NULL, asker = NULL, message_id = NULL, state = 'closed' WHERE {_ASKED}",  # noqa: S608
        ids,
    )
    db.execute("UPDATE answers SET by = 0, place = 0 WHERE by = :chat", ids)  # a member of staff


def expire(
    call: str, *, with_deadline: bool, next_edition_before: datetime, chosen_before: datetime
) -> Callable[[Database], int]:
    """Delete what is no longer needed; return how many registrations and questions that were.

    ``with_deadline`` says that the deadline is so long past that its registrations, the reminders that were sent, the
    questions that were not answered and the languages that were chosen before ``chosen_before`` are of no use.
    Registrations for the next edition go when they were made before ``next_edition_before``.
    """

    def change(db: Database) -> int:
        before = db.conn.total_changes
        gone = db.execute(
            "DELETE FROM registrations WHERE call = ? AND purpose = 'next-edition' AND told_at < ?",
            (call, stored(next_edition_before)),
        ).rowcount
        if with_deadline:
            gone += db.execute("DELETE FROM registrations WHERE call = ? AND purpose = 'deadline'", (call,)).rowcount
            gone += db.execute("DELETE FROM unanswered WHERE call = ?", (call,)).rowcount
            db.execute("DELETE FROM unanswered_groups WHERE call = ?", (call,))
            db.execute("DELETE FROM sendings WHERE call = ? AND kind = 'reminder' AND state <> 'claimed'", (call,))
            _expire_desk(db, call, stored(chosen_before))
            gone += _expire_given(db, call, stored(chosen_before))
            db.execute(
                "DELETE FROM sendings WHERE call = :call AND kind IN ('broadcast', 'amend') AND state <> 'claimed' "
                "AND substr(step, instr(step, ':') + 1) IN "
                "(SELECT id FROM broadcasts WHERE call = :call AND finished_at < :before)",  # or they would come twice
                {"call": call, "before": stored(chosen_before)},
            )
            db.execute(
                "DELETE FROM people WHERE max(ifnull(chosen_at, ''), ifnull(seen_at, '')) < ? "
                "AND chat_id NOT IN (SELECT chat_id FROM registrations)",
                (stored(chosen_before),),
            )
        is_something_gone = db.conn.total_changes > before
        db.wipe_after_commit |= is_something_gone
        db.copy_again |= is_something_gone
        return gone

    return change


def _expire_desk(db: Database, call: str, before: str) -> None:
    """Delete what was asked and answered before an instant, and what was sent for it."""
    old = "SELECT id FROM questions WHERE call = :call AND asked_at < :before"
    values = {"call": call, "before": before}
    db.execute(f"DELETE FROM answers WHERE question IN ({old})", values)  # noqa: S608
    db.execute(f"DELETE FROM questions WHERE id IN ({old})", values)  # noqa: S608
    db.execute(
        "DELETE FROM askers WHERE call = :call AND since < :before AND id NOT IN (SELECT asker FROM questions "
        "WHERE asker IS NOT NULL)",
        values,
    )
    db.execute(
        "DELETE FROM sendings WHERE call = :call AND kind IN ('reply', 'staff') AND planned_at < :before "
        "AND state NOT IN ('planned', 'claimed') AND substr(step, 1, instr(step, ':') - 1) "
        "IN (SELECT value FROM json_each(:letters))",
        values | {"letters": json.dumps(list(Letter))},
    )


def _expire_given(db: Database, call: str, before: str) -> int:
    """Delete who was given which answer, and who waited for one, before an instant; what is public stays."""
    values = {"call": call, "before": before}
    db.execute("DELETE FROM publication_drafts WHERE call = :call AND at < :before", values)
    db.execute(
        "DELETE FROM sendings WHERE call = :call AND step LIKE 'public:%' AND planned_at < :before "
        "AND state NOT IN ('planned', 'claimed')",
        values,
    )
    given = db.execute("DELETE FROM given WHERE call = :call AND day < :before", values).rowcount
    return given + db.execute("DELETE FROM waiting WHERE call = :call AND at < :before", values).rowcount


def forget_replies(before: datetime) -> Callable[[Database], int]:
    """Drop replies from before an instant, held ones too; what has a key that forbids a second one stays.

    The previews of a broadcast have a name, by which it is seen whether Telegram took them, but only for a while.
    """

    def change(db: Database) -> int:
        return db.execute(
            "DELETE FROM sendings WHERE (step IS NULL OR step LIKE 'preview:%' OR step LIKE 'ask:%') "
            "AND kind IN ('reply', 'farewell') "
            "AND state NOT IN ('planned', 'claimed') AND ifnull(finished_at, planned_at) < ?",
            (stored(before),),
        ).rowcount

    return change
