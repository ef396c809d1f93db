"""Statements about questions to a person: who asks under which number, what they asked, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage

STEP = "question:"
"""A sending of this step, and a question's number behind it, shows the question to the office."""


class Talk(StrEnum):
    """Whom an asker's plain words are for."""

    QUIET = "quiet"
    """The bot."""
    WRITING = "writing"
    """The office: they were asked for their question."""
    TALKING = "talking"
    """The office: they wait for its answer."""


class State(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Somebody who asks the office, known to it by a number; ``thread`` is their topic in the staff chat."""

    id: int
    thread: int | None
    talk: Talk
    since: datetime
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the office, or a further word that ``follows`` one; ``chat_id`` is where its asker is answered."""

    id: int
    asker: int
    chat_id: int
    thread: int | None
    follows: int | None
    text: str
    language: ReplyLanguage
    asked_at: datetime
    message_id: int | None
    edited: bool
    state: State

    @property
    def number(self) -> int:
        """The number that people know it by: that of the question which it follows, if it follows one."""
        return self.follows or self.id


_QUESTION = (
    "SELECT q.id, q.asker, a.chat_id, a.thread, q.follows, q.text, q.language, q.asked_at, q.message_id, q.edited, "
    "q.state FROM questions q JOIN askers a ON a.id = q.asker WHERE q.call = ? AND "
)


def asker(db: Database, call: str, chat_id: int) -> Asker | None:
    """Who a chat is to the office, if it ever turned to it."""
    row = db.execute(
        "SELECT id, thread, state, since, told_at FROM askers WHERE call = ? AND chat_id = ?", (call, chat_id)
    ).fetchone()
    if row is None:
        return None
    told_at = read(row[4]) if row[4] else None
    return Asker(id=row[0], thread=row[1], talk=Talk(row[2]), since=read(row[3]), told_at=told_at)


def turn_to(call: str, chat_id: int, talk: Talk, *, now: datetime, told: bool = False) -> Callable[[Database], int]:
    """Take an asker's next words for the office's or the bot's; ``told``: they were told so. The asker's number."""

    def change(db: Database) -> int:
        at = stored(now)
        return db.execute(
            "INSERT INTO askers (call, chat_id, state, since, told_at) VALUES (:call, :chat, :state, :at, :told) "
            "ON CONFLICT (call, chat_id) DO UPDATE SET state = excluded.state, since = excluded.since, "
            "told_at = ifnull(excluded.told_at, told_at) RETURNING id",
            {"call": call, "chat": chat_id, "state": talk, "at": at, "told": at if told else None},
        ).fetchone()[0]

    return change


def ask(  # noqa: PLR0913  one row
    call: str,
    asker_id: int,
    text: str,
    language: ReplyLanguage,
    *,
    message_id: int | None,
    follows: int | None = None,
    now: datetime,
) -> Callable[[Database], int]:
    """Keep a question, or a further word about one; return its number. A further word opens its question again."""

    def change(db: Database) -> int:
        if follows is not None:
            db.execute("UPDATE questions SET state = 'open' WHERE id = ?", (follows,))
        state = State.OPEN if follows is None else State.CLOSED
        return db.execute(
            "INSERT INTO questions (call, asker, follows, text, language, asked_at, message_id, state) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (call, asker_id, follows, text, language, stored(now), message_id, state),
        ).fetchone()[0]

    return change


def of(db: Database, call: str, question: int) -> Question | None:
    """A question by its number; None for one whose asker was forgotten."""
    return _one(db, "q.id = ?", call, question)


def newest_of(db: Database, call: str, chat_id: int) -> Question | None:
    """The last question that a chat asked: what further words are about."""
    return _one(db, "a.chat_id = ? AND q.follows IS NULL ORDER BY q.id DESC LIMIT 1", call, chat_id)


def by_message(db: Database, call: str, chat_id: int, message_id: int) -> Question | None:
    """The question that an asker wrote in a message."""
    return _one(db, "a.chat_id = ? AND q.message_id = ?", call, chat_id, message_id)


def shown_by(db: Database, call: str, chat_id: int, message_id: int) -> Question | None:
    """The question that a message of the bot shows to the office."""
    row = db.execute(
        "SELECT step FROM sendings WHERE chat_id = ? AND message_id = ? AND kind = 'reply' AND step IS NOT NULL "
        "AND call = ?",
        (chat_id, message_id, call),
    ).fetchone()
    number = number_in(row[0]) if row else None
    return None if number is None else of(db, call, number)


def number_in(step: str) -> int | None:
    """The question that a sending of this step shows; None for any other step."""
    number = step.removeprefix(STEP).partition(":")[0]
    return int(number) if step.startswith(STEP) and number.isdecimal() else None


def waiting(db: Database, call: str, *, most: int) -> list[Question]:
    """Questions that wait for an answer, oldest first."""
    rows = db.execute(
        f"{_QUESTION} q.state = 'open' AND q.follows IS NULL ORDER BY q.id LIMIT ?",
        (call, most),
    )
    return [_read(row) for row in rows]


def count_waiting(db: Database, call: str) -> int:
    """How many questions wait for an answer."""
    return db.execute(
        "SELECT count(*) FROM questions WHERE call = ? AND state = 'open' AND follows IS NULL", (call,)
    ).fetchone()[0]


def count_since(db: Database, asker_id: int, since: datetime) -> int:
    """How many words an asker sent to the office since an instant."""
    return db.execute(
        "SELECT count(*) FROM questions WHERE asker = ? AND asked_at > ?", (asker_id, stored(since))
    ).fetchone()[0]


def _one(db: Database, where: str, *values: object) -> Question | None:
    row = db.execute(_QUESTION + where, values).fetchone()
    return _read(row) if row else None


def _read(row: tuple[int, int, int, int | None, int | None, str, str, str, int | None, int, str]) -> Question:
    return Question(
        id=row[0],
        asker=row[1],
        chat_id=row[2],
        thread=row[3],
        follows=row[4],
        text=row[5],
        language=ReplyLanguage(row[6]),
        asked_at=read(row[7]),
        message_id=row[8],
        edited=bool(row[9]),
        state=State(row[10]),
    )
