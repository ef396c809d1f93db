"""Statements about questions to a person: who asks under which number, what they asked, and where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage


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
    """Somebody who asks the office, known to it by a number.

    ``thread`` is their topic in the staff chat, ``about`` the question that they talk about, ``since`` when they wrote
    last, ``told_at`` when they were told last that their words go to the office.
    """

    id: int
    thread: int | None
    talk: Talk
    about: int | None
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

_SINCE = (
    "ifnull((SELECT min(w.asked_at) FROM questions w WHERE w.follows = q.id AND w.asked_at >= "
    "(SELECT max(at) FROM answers WHERE question = q.id AND state = 'given')), q.asked_at)"
)
"""When a question was asked; one that was answered waits since the first further word that came after its answer."""


def asker(db: Database, call: str, chat_id: int) -> Asker | None:
    """Who a chat is to the office, if it ever turned to it."""
    row = db.execute(
        "SELECT id, thread, state, about, since, told_at FROM askers WHERE call = ? AND chat_id = ?", (call, chat_id)
    ).fetchone()
    if row is None:
        return None
    told_at = read(row[5]) if row[5] else None
    return Asker(id=row[0], thread=row[1], talk=Talk(row[2]), about=row[3], since=read(row[4]), told_at=told_at)


def turn_to(  # noqa: PLR0913  one row
    call: str, chat_id: int, talk: Talk, *, about: int | None = None, told: bool = True, now: datetime
) -> Callable[[Database], int]:
    """Take a chat's next words for the office's or the bot's; ``told``: it is told so. Returns the asker's number."""

    def change(db: Database) -> int:
        at = stored(now)
        values = {"call": call, "chat": chat_id, "state": talk, "about": about, "at": at, "told": at if told else None}
        # an upsert would use up a number at every word, and askers' numbers would have gaps
        known = db.execute(
            "UPDATE askers SET state = :state, about = ifnull(:about, about), since = :at, "
            "told_at = ifnull(:told, told_at) WHERE call = :call AND chat_id = :chat RETURNING id",
            values,
        ).fetchone()
        new = (
            "INSERT INTO askers (call, chat_id, state, about, since, told_at) "
            "VALUES (:call, :chat, :state, :about, :at, :told) RETURNING id"
        )
        return (known or db.execute(new, values).fetchone())[0]

    return change


def tell_again(call: str, chat_id: int) -> Callable[[Database], None]:
    """Tell an asker at their next word that it goes to the office, however short ago they were told."""

    def change(db: Database) -> None:
        db.execute("UPDATE askers SET told_at = NULL WHERE call = ? AND chat_id = ?", (call, chat_id))

    return change


def end_talk(db: Database, question: int) -> None:
    """Leave an asker's words to the bot again, if they are about this question."""
    db.execute("UPDATE askers SET state = 'quiet' WHERE about = ? AND state = 'talking'", (question,))


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


def root_of(db: Database, call: str, question: int) -> Question | None:
    """A question, or the one that it follows."""
    found = of(db, call, question)
    return of(db, call, found.follows) if found and found.follows is not None else found


def by_message(db: Database, call: str, chat_id: int, message_id: int) -> Question | None:
    """The question that an asker wrote in a message."""
    return _one(db, "a.chat_id = ? AND q.message_id = ?", call, chat_id, message_id)


def edit(question: int, text: str, *, now: datetime) -> Callable[[Database], None]:
    """Its asker wrote a question anew; a further word about one counts as said now, for it is what waits."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE questions SET text = ?, edited = 1, asked_at = iif(follows IS NULL, asked_at, ?) WHERE id = ?",
            (text, stored(now), question),
        )

    return change


def mark(db: Database, question: int, state: State) -> None:
    """A question stands elsewhere now."""
    db.execute("UPDATE questions SET state = ? WHERE id = ?", (state, question))


def waiting(db: Database, call: str, *, most: int = -1) -> list[Question]:
    """Questions that wait for an answer, in the order in which they began to; without a limit all of them."""
    rows = db.execute(
        f"{_QUESTION} q.state = 'open' AND q.follows IS NULL ORDER BY {_SINCE}, q.id LIMIT ?",
        (call, most),
    )
    return [_read(row) for row in rows]


def waits_since(db: Database, question: int) -> datetime:
    """When a question that waits for an answer began to."""
    row = db.execute(f"SELECT {_SINCE} FROM questions q WHERE q.id = ?", (question,)).fetchone()  # noqa: S608  our words
    return read(row[0])


def newest_word(db: Database, call: str, question: int) -> Question | None:
    """The newest further word about a question that no answer was given to."""
    return _one(
        db,
        "q.follows = ? AND q.asked_at >= ifnull("
        "(SELECT max(at) FROM answers WHERE question = q.follows AND state = 'given'), '') ORDER BY q.id DESC LIMIT 1",
        call,
        question,
    )


def count_waiting(db: Database, call: str) -> int:
    """How many questions wait for an answer."""
    return db.execute(
        "SELECT count(*) FROM questions WHERE call = ? AND state = 'open' AND follows IS NULL", (call,)
    ).fetchone()[0]


def count_since(db: Database, call: str, chat_id: int, since: datetime) -> int:
    """How many words a chat sent to the office since an instant."""
    return db.execute(
        "SELECT count(*) FROM questions WHERE asker = (SELECT id FROM askers WHERE call = ? AND chat_id = ?) "
        "AND asked_at > ?",
        (call, chat_id, stored(since)),
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
