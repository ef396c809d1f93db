"""Statements about what the office answered: to which question, by whom, and whether it went to the asker."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.messages import File
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage
from faq.markup import Html


class State(StrEnum):
    """Where an answer stands. A draft was written to a question that had been answered, and waits for a second yes."""

    DRAFT = "draft"
    GIVEN = "given"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question as it read when it was answered, and the answer; ``chat_id`` is the asker's.

    ``edited``: the question reads otherwise by now.

    It was written in the chat ``place`` of the office, as the message ``message_id``; ``thread`` is the asker's topic.
    """

    id: int
    question: int
    text: str
    language: ReplyLanguage
    answer: Html
    file: File | None
    chat_id: int
    by: int
    at: datetime
    place: int
    message_id: int
    thread: int | None
    state: State
    edited: bool


_ANSWERED = (
    "SELECT n.id, q.id, ifnull(n.asked, q.text), q.language, n.text, n.file, a.chat_id, n.by, n.at, n.place, "
    "n.message_id, a.thread, n.state, ifnull(n.asked <> q.text, q.edited) FROM answers n "
    "JOIN questions q ON q.id = n.question JOIN askers a ON a.id = q.asker WHERE "
)


def answered(db: Database, answer_id: int) -> Answered | None:
    """An answer that was given to its asker, with its question; None where it was not, or they were forgotten."""
    return _one(db, "n.id = ? AND n.state = 'given'", answer_id)


def of(db: Database, call: str, answer_id: int) -> Answered | None:
    """An answer by its number, wherever it stands."""
    return _one(db, "n.id = ? AND n.call = ?", answer_id, call)


def by_message(db: Database, call: str, place: int, message_id: int) -> Answered | None:
    """The answer that a member of staff wrote in a message, in a chat of the office."""
    return _one(db, "n.place = ? AND n.message_id = ? AND n.call = ?", place, message_id, call)


def last_given(db: Database, question: int) -> Answered | None:
    """The newest answer to a question that was given and still holds."""
    return _one(db, "n.question = ? AND n.state = 'given' ORDER BY n.at DESC, n.id DESC LIMIT 1", question)


def add(  # noqa: PLR0913  one row
    call: str,
    question: int,
    by: int,
    text: Html,
    file: File | None,
    *,
    place: int,
    message_id: int,
    state: State,
    asked: str,
    now: datetime,
) -> Callable[[Database], int]:
    """Keep an answer to a question as it was ``asked``, written in a chat of the office; return its number."""

    def change(db: Database) -> int:
        return db.execute(
            "INSERT INTO answers (call, question, by, text, file, at, place, message_id, state, asked) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (call, question, by, text, _spoken(file), stored(now), place, message_id, state, asked),
        ).fetchone()[0]

    return change


def edit(db: Database, answer_id: int, text: Html, file: File | None) -> None:
    """Its author wrote an answer anew, or exchanged its file."""
    db.execute("UPDATE answers SET text = ?, file = ? WHERE id = ?", (text, _spoken(file), answer_id))


def _spoken(file: File | None) -> str | None:
    """A file as it stands in a row."""
    return json.dumps({"name": file.name, "file_id": file.file_id, "is_picture": file.is_picture}) if file else None


def mark(db: Database, answer_id: int, state: State) -> None:
    """An answer stands elsewhere now."""
    db.execute("UPDATE answers SET state = ? WHERE id = ?", (state, answer_id))


def weigh(db: Database, question: int) -> None:
    """A question waits, unless an answer holds that was given to it as it reads now, after the last word about it."""
    db.execute(
        "UPDATE questions AS q SET state = iif(EXISTS (SELECT 1 FROM answers WHERE question = q.id AND state = 'given' "
        "AND ifnull(asked, q.text) = q.text "
        "AND at >= ifnull((SELECT max(asked_at) FROM questions WHERE follows = q.id), '')), 'answered', 'open') "
        "WHERE id = ?",
        (question,),
    )


def unsent(db: Database, answer_id: int) -> None:
    """An answer was given up before it went out: its question waits again."""
    mark(db, answer_id, State.TAKEN_BACK)
    db.execute(
        "UPDATE questions SET state = 'open' WHERE state = 'answered' "
        "AND id = (SELECT question FROM answers WHERE id = ?)",
        (answer_id,),
    )


def _one(db: Database, where: str, *values: object) -> Answered | None:
    row = db.execute(_ANSWERED + where, values).fetchone()
    return _read(row) if row else None


def _read(row: tuple[int, int, str, str, str, str | None, int, int, str, int, int, int | None, str, int]) -> Answered:
    return Answered(
        id=row[0],
        question=row[1],
        text=row[2],
        language=ReplyLanguage(row[3]),
        answer=Html(row[4]),
        file=File(**json.loads(row[5])) if row[5] else None,
        chat_id=row[6],
        by=row[7],
        at=read(row[8]),
        place=row[9],
        message_id=row[10],
        thread=row[11],
        state=State(row[12]),
        edited=bool(row[13]),
    )
