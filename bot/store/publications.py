"""Statements about questions and answers that become public: drafts of them, and the numbered list."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.store import answers
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage
from faq.markup import Html


class OvertakenError(Exception):
    """What was to be published or changed is not any more what the person saw."""


class Fate(StrEnum):
    """What became of a draft."""

    OPEN = "open"
    PUBLIC = "public"
    PRIVATE = "private"


Questions = Mapping[ReplyLanguage, str]
Answers = Mapping[ReplyLanguage, Html]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A question and its answer on the way to being public, or a correction on the way to a public one.

    It is made from the office's ``answer`` with this id, or ``corrects`` the publication of this number. ``language``
    is that of the asker. In a ``waived`` language there is no version, and there shall be none.
    """

    id: int
    language: ReplyLanguage
    questions: Questions
    answers: Answers
    answer: int | None = None
    corrects: int | None = None
    state: Fate = Fate.OPEN
    revision: int = 1
    waived: frozenset[ReplyLanguage] = frozenset()

    def has(self, language: ReplyLanguage) -> bool:
        """Whether question and answer are there in a language."""
        return bool(self.questions.get(language) and self.answers.get(language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A numbered question with its answer, for everybody; ``revision`` counts from 1."""

    number: int
    language: ReplyLanguage
    questions: Questions
    answers: Answers
    published_at: datetime
    revision: int = 1
    corrected_at: datetime | None = None
    answer: int | None = field(default=None, compare=False)

    def nearest(self, wanted: ReplyLanguage) -> ReplyLanguage:
        """The wanted language if there is a version in it, else the one it was asked in, else the first there is."""
        return next(one for one in (wanted, self.language, *self.answers) if one in self.answers)


def begin(call: str, draft: Draft, *, by: int, now: datetime) -> Callable[[Database], None]:
    """Keep a new draft.

    Raises:
        OvertakenError: there is one already for this answer or this correction.

    """

    def change(db: Database) -> None:
        try:
            db.execute(
                "INSERT INTO publication_drafts (id, call, state, answer, corrects, revision, language, questions, "
                "answers, waived, by, at) VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    draft.id, call, draft.answer, draft.corrects, draft.revision, draft.language,
                    _written(draft.questions), _written(draft.answers), " ".join(sorted(draft.waived)), by, stored(now),
                ),
            )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise OvertakenError from error

    return change


def revise(call: str, before: Draft, after: Draft) -> Callable[[Database], None]:
    """Replace what a draft says, or what becomes of it.

    Raises:
        OvertakenError: it was changed meanwhile.

    """

    def change(db: Database) -> None:
        done = db.execute(
            "UPDATE publication_drafts SET state = ?, revision = revision + 1, questions = ?, answers = ?, waived = ? "
            "WHERE call = ? AND id = ? AND revision = ? AND state = ?",
            (
                after.state, _written(after.questions), _written(after.answers), " ".join(sorted(after.waived)), call,
                before.id, before.revision, before.state,
            ),
        ).rowcount  # fmt: skip
        if not done:
            raise OvertakenError

    return change


def publish(call: str, draft: Draft, number: int, *, by: int, now: datetime) -> Callable[[Database], None]:
    """Make a draft public under a number that is the next.

    Raises:
        OvertakenError: the draft was changed or published meanwhile, the office took its answer back, or the number
            was given to another.

    """

    def change(db: Database) -> None:
        _end(db, call, draft)
        is_taken_back = draft.answer is not None and answers.answered(db, draft.answer) is None
        if is_taken_back or number != next_number(db, call):
            raise OvertakenError
        db.execute(
            "INSERT INTO publications (call, number, language, questions, answers, published_at, by, answer) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                call, number, draft.language, _written(draft.questions), _written(draft.answers), stored(now), by,
                draft.answer,
            ),
        )  # fmt: skip

    return change


def correct(call: str, draft: Draft, *, now: datetime) -> Callable[[Database], None]:
    """Put a correction in the place of what is public.

    Raises:
        OvertakenError: the draft was changed or published meanwhile.

    """

    def change(db: Database) -> None:
        _end(db, call, draft)
        db.execute(
            "UPDATE publications SET questions = ?, answers = ?, revision = revision + 1, corrected_at = ? "
            "WHERE call = ? AND number = ?",
            (_written(draft.questions), _written(draft.answers), stored(now), call, draft.corrects),
        )

    return change


def draft(db: Database, call: str, number: int) -> Draft | None:
    """The draft with this id."""
    return _draft(db, "call = ? AND id = ?", (call, number))


def draft_of_answer(db: Database, call: str, answer: int) -> Draft | None:
    """The draft that was made from an answer of the office, whatever became of it."""
    return _draft(db, "call = ? AND answer = ?", (call, answer))


def open_correction(db: Database, call: str, number: int) -> Draft | None:
    """The correction that somebody is writing of a publication."""
    return _draft(db, "call = ? AND corrects = ? AND state = 'open'", (call, number))


def next_number(db: Database, call: str) -> int:
    """The number that the next publication gets."""
    return count(db, call) + 1  # none is ever deleted


def count(db: Database, call: str) -> int:
    """How many are public."""
    return db.execute("SELECT ifnull(max(number), 0) FROM publications WHERE call = ?", (call,)).fetchone()[0]


def listed(db: Database, call: str, *, first: int = 1, most: int = 1_000_000) -> list[Publication]:
    """What is public, by number, from ``first`` on."""
    return _publications(db, "call = ? AND number >= ? ORDER BY number LIMIT ?", (call, first, most))


def of(db: Database, call: str, number: int) -> Publication | None:
    """The publication with this number."""
    return next(iter(_publications(db, "call = ? AND number = ?", (call, number))), None)


def of_answer(db: Database, call: str, answer: int) -> Publication | None:
    """The publication that was made from an answer of the office."""
    return next(iter(_publications(db, "call = ? AND answer = ?", (call, answer))), None)


def want_in_digest(call: str, number: int) -> Callable[[Database], None]:
    """Tell everybody of a publication in the next daily digest."""

    def change(db: Database) -> None:
        db.execute(
            "UPDATE publications SET digest = 'wanted' WHERE call = ? AND number = ? AND digest IS NULL", (call, number)
        )

    return change


def wanted_in_digest(db: Database, call: str) -> list[Publication]:
    """What the next digest tells."""
    return _publications(db, "call = ? AND digest = 'wanted' ORDER BY number", (call,))


def told_in_digest(call: str) -> Callable[[Database], None]:
    """The digest was made of everything that waited for one."""

    def change(db: Database) -> None:
        db.execute("UPDATE publications SET digest = 'made' WHERE call = ? AND digest = 'wanted'", (call,))

    return change


def _end(db: Database, call: str, ended: Draft) -> None:
    done = db.execute(
        "UPDATE publication_drafts SET state = 'public', revision = revision + 1 "
        "WHERE call = ? AND id = ? AND revision = ? AND state = 'open'",
        (call, ended.id, ended.revision),
    ).rowcount
    if not done:
        raise OvertakenError


def _draft(db: Database, where: str, values: tuple[object, ...]) -> Draft | None:
    row = db.execute(
        "SELECT id, language, questions, answers, answer, corrects, state, revision, waived "  # noqa: S608  conditions of this module
        f"FROM publication_drafts WHERE {where}",
        values,
    ).fetchone()
    return row and Draft(
        id=row[0],
        language=ReplyLanguage(row[1]),
        questions=_read(row[2]),
        answers={language: Html(text) for language, text in _read(row[3]).items()},
        answer=row[4],
        corrects=row[5],
        state=Fate(row[6]),
        revision=row[7],
        waived=frozenset(map(ReplyLanguage, row[8].split())),
    )


def _publications(db: Database, where: str, values: tuple[object, ...]) -> list[Publication]:
    return [
        Publication(
            number=row[0],
            language=ReplyLanguage(row[1]),
            questions=_read(row[2]),
            answers={language: Html(text) for language, text in _read(row[3]).items()},
            published_at=read(row[4]),
            revision=row[5],
            corrected_at=read(row[6]) if row[6] else None,
            answer=row[7],
        )
        for row in db.execute(
            "SELECT number, language, questions, answers, published_at, revision, corrected_at, answer "  # noqa: S608  conditions of this module
            f"FROM publications WHERE {where}",
            values,
        )
    ]


def _written(texts: Mapping[ReplyLanguage, str]) -> str:
    return json.dumps({language: text for language, text in texts.items() if text}, ensure_ascii=False)


def _read(stored_texts: str) -> Questions:
    """Texts by language, in the order in which languages are offered."""
    raw: dict[str, str] = json.loads(stored_texts)
    return {language: raw[language] for language in ReplyLanguage if language in raw}
