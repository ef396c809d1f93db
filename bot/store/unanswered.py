"""Statements about questions that were not answered, without who asked, and the groups that they fall into."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import read, stored
from bot.store.lessons import OvertakenError
from faq.languages import Language


class State(StrEnum):
    """What staff made of a group of questions."""

    OPEN = "open"
    TAUGHT = "taught"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question as it was asked; ``offers`` are the entries that it looked like, and were offered if ``suggested``."""

    id: int
    text: str
    language: Language
    asked_at: datetime
    suggested: bool
    offers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Questions that are alike: the first of them, how many in which language, and which entries were tapped."""

    id: int
    lead: str
    languages: Mapping[str, int]
    count: int
    newest_at: datetime
    state: State
    taps: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """A text, and how often it was asked in these very words."""

    text: str
    language: Language
    count: int


def note(call: str, question: Question) -> Callable[[Database], None]:
    """Keep a question that was not answered."""

    def change(db: Database) -> None:
        db.execute(
            "INSERT INTO unanswered (id, call, text, language, asked_at, day, outcome, offers) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                question.id,
                call,
                question.text,
                question.language,
                stored(question.asked_at),
                f"{question.asked_at:%Y-%m-%d}",
                "suggest" if question.suggested else "none",
                json.dumps(question.offers),
            ),
        )

    return change


def choose(call: str, number: int, entry: str) -> Callable[[Database], None]:
    """Remember which of its offers was tapped for a question; the last tap is what was meant."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE unanswered SET chosen = ? WHERE id = ? AND call = ? AND outcome = 'suggest' "
            "AND ? IN (SELECT value FROM json_each(offers))",
            (entry, number, call, entry),
        )

    return change


def ungrouped(db: Database, call: str, *, most: int) -> list[Question]:
    """The oldest questions that are in no group yet."""
    rows = db.execute(
        "SELECT id, text, language, asked_at, outcome, offers FROM unanswered "
        "WHERE call = ? AND group_id IS NULL ORDER BY asked_at LIMIT ?",
        (call, most),
    )
    return [
        Question(
            id=row[0],
            text=row[1],
            language=Language(row[2]),
            asked_at=read(row[3]),
            suggested=row[4] == "suggest",
            offers=tuple(json.loads(row[5])),
        )
        for row in rows
    ]


def leads(db: Database, call: str, *, most: int) -> list[tuple[int, str]]:
    """The groups that were added to last, each with its first question."""
    return db.execute(
        "SELECT id, lead FROM unanswered_groups WHERE call = ? ORDER BY newest_at DESC LIMIT ?", (call, most)
    ).fetchall()


def gather(call: str, batches: Sequence[tuple[int | None, Sequence[Question]]]) -> Callable[[Database], list[int]]:
    """Add questions to their groups (None: a new one, begun by the first of them); return the groups' numbers.

    A group of which something was taught is open again when people still ask: they did so in words that were not.
    """

    def change(db: Database) -> list[int]:
        return [_gather(db, call, number, questions) for number, questions in batches]

    return change


def _gather(db: Database, call: str, number: int | None, questions: Sequence[Question]) -> int:
    spoken = Counter(str(question.language) for question in questions)
    newest = stored(max(question.asked_at for question in questions))
    known = number and db.execute("SELECT languages FROM unanswered_groups WHERE id = ?", (number,)).fetchone()
    if known:
        spoken += Counter[str](json.loads(known[0]))
        db.execute(
            "UPDATE unanswered_groups SET languages = ?, count = ?, newest_at = max(newest_at, ?), "
            "state = iif(state = 'taught', 'open', state) WHERE id = ?",
            (json.dumps(spoken), spoken.total(), newest, number),
        )
    else:
        number = db.execute(
            "INSERT INTO unanswered_groups (call, lead, languages, count, newest_at) VALUES (?, ?, ?, ?, ?)",
            (call, questions[0].text, json.dumps(spoken), spoken.total(), newest),
        ).lastrowid
    db.conn.executemany("UPDATE unanswered SET group_id = ? WHERE id = ?", [(number, one.id) for one in questions])
    return number or 0


_GROUP = "SELECT id, lead, languages, count, newest_at, state FROM unanswered_groups WHERE call = ? "


def page(db: Database, call: str, *, start: int, most: int) -> list[Group]:
    """Open groups from the ``start``-th on, the newest first."""
    rows = db.execute(f"{_GROUP} AND state = 'open' ORDER BY newest_at DESC LIMIT ? OFFSET ?", (call, most, start))
    return [_group(db, row) for row in rows.fetchall()]


def group(db: Database, call: str, number: int) -> Group | None:
    """One group."""
    row = db.execute(f"{_GROUP} AND id = ?", (call, number)).fetchone()
    return _group(db, row) if row else None


def _group(db: Database, row: Sequence[object]) -> Group:
    number, lead, languages, count, newest, state = row
    taps = db.execute(
        "SELECT chosen, count(*) FROM unanswered WHERE group_id = ? AND chosen IS NOT NULL GROUP BY chosen "
        "ORDER BY count(*) DESC",
        (number,),
    )
    return Group(
        id=int(str(number)),
        lead=str(lead),
        languages=json.loads(str(languages)),
        count=int(str(count)),
        newest_at=read(str(newest)),
        state=State(str(state)),
        taps=dict(taps.fetchall()),
    )


def open_groups(db: Database, call: str) -> int:
    """How many groups are open."""
    return db.execute("SELECT count(*) FROM unanswered_groups WHERE call = ? AND state = 'open'", (call,)).fetchone()[0]


def texts(db: Database, number: int, *, most: int) -> list[Asked]:
    """The texts of a group, the commonest first."""
    rows = db.execute(
        "SELECT text, max(language), count(*) FROM unanswered WHERE group_id = ? GROUP BY text "
        "ORDER BY count(*) DESC, max(asked_at) DESC LIMIT ?",
        (number, most),
    )
    return [Asked(text, Language(language), count) for text, language, count in rows]


def likeliest(db: Database, number: int, *, most: int) -> list[str]:
    """The entries that a group's questions looked like, those that were tapped first, then the commonest."""
    rows = db.execute(
        "SELECT offer.value, sum(chosen IS offer.value) AS taps, count(*) FROM unanswered, json_each(offers) AS offer "
        "WHERE group_id = ? GROUP BY offer.value ORDER BY taps DESC, count(*) DESC LIMIT ?",
        (number, most),
    )
    return [row[0] for row in rows]


def settle(call: str, number: int, state: State, *, before: State) -> Callable[[Database], None]:
    """Say what is made of a group that teaches nothing: it is not for us, or open again.

    Raises (when it is applied):
        OvertakenError: it is not what it was ``before``.
    """

    def change(db: Database) -> None:
        done = db.execute(
            "UPDATE unanswered_groups SET state = ? WHERE id = ? AND call = ? AND state = ?",
            (state, number, call, before),
        ).rowcount
        if not done:
            raise OvertakenError(number)
        db.execute("UPDATE unanswered SET state = ? WHERE group_id = ? AND call = ?", (state, number, call))

    return change


def tapped(db: Database, call: str, *, start: int, most: int) -> list[tuple[str, int]]:
    """The entries that people tapped for questions of which nothing was taught, and how often; the newest first."""
    return db.execute(
        "SELECT chosen, count(*) FROM unanswered WHERE call = ? AND chosen IS NOT NULL AND state = 'open' "
        "GROUP BY chosen ORDER BY max(asked_at) DESC LIMIT ? OFFSET ?",
        (call, most, start),
    ).fetchall()


def tapped_texts(db: Database, call: str, entry: str, *, most: int) -> list[Asked]:
    """What people had asked who then tapped an entry, the commonest first."""
    rows = db.execute(
        "SELECT text, max(language), count(*) FROM unanswered WHERE call = ? AND chosen = ? AND state = 'open' "
        "GROUP BY text ORDER BY count(*) DESC, max(asked_at) DESC LIMIT ?",
        (call, entry, most),
    )
    return [Asked(text, Language(language), count) for text, language, count in rows]


def settle_tapped(call: str, entry: str, asked: Sequence[str], state: State) -> Callable[[Database], None]:
    """Say what is made of texts for which an entry was tapped."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE unanswered SET state = ? WHERE call = ? AND chosen = ? "
            "AND text IN (SELECT value FROM json_each(?))",
            (state, call, entry, json.dumps(asked)),
        )

    return change
