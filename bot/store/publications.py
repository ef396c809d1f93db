"""Statements about questions with their answers that are public, by their numbers."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.store import answers, questions
from bot.store.database import Database
from bot.store.instants import read, stored
from bot.store.publication_drafts import Answers, Draft, OvertakenError, Questions, end, read_texts, written
from faq.languages import ReplyLanguage
from faq.markup import Html

PREFIX = "qa-"
"""With its number, the entry under which a publication is known to the matcher."""

_TOLD_BY = (
    "(SELECT max(b.id) FROM announced a JOIN broadcasts b ON b.id = a.broadcast WHERE a.call = publications.call "  # noqa: S608  our own words
    f"AND a.entry = '{PREFIX}' || publications.number AND b.audience IN ('registered', 'all') "
    "AND b.stage <> 'cancelled')"
)
"""The announcement that tells everybody of a publication, told them, or is on the way to it."""


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

    def nearest(self, wanted: ReplyLanguage, languages: Sequence[ReplyLanguage]) -> ReplyLanguage:
        """The wanted language if there is a version in it, else the first of the call's ``languages`` that has one."""
        return next(one for one in (wanted, *languages, *self.answers) if one in self.answers)


def publish(call: str, draft: Draft, number: int, *, by: int, now: datetime) -> Callable[[Database], None]:
    """Make a draft public under a number that is the next.

    Raises:
        OvertakenError: the draft was changed or published meanwhile, the office took its answer back, or the number
            was given to another.

    """

    def change(db: Database) -> None:
        end(db, call, draft)
        is_taken_back = draft.answer is not None and answers.answered(db, draft.answer) is None
        if is_taken_back or number != next_number(db, call):
            raise OvertakenError
        db.execute(
            "INSERT INTO publications (call, number, language, questions, answers, published_at, by, answer) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                call, number, draft.language, written(draft.questions), written(draft.answers), stored(now), by,
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
        end(db, call, draft)
        db.execute(
            "UPDATE publications SET questions = ?, answers = ?, revision = revision + 1, corrected_at = ? "
            "WHERE call = ? AND number = ?",
            (written(draft.questions), written(draft.answers), stored(now), call, draft.corrects),
        )

    return change


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
    """What the next digest tells: what is wanted in one, and no announcement tells everybody."""
    return _publications(db, f"call = ? AND digest IS NOT NULL AND {_TOLD_BY} IS NULL ORDER BY number", (call,))


def told_by(db: Database, call: str, number: int) -> int | None:
    """The announcement that tells everybody of a publication, if there is one that was not dropped or cancelled."""
    row = db.execute(f"SELECT {_TOLD_BY} FROM publications WHERE call = ? AND number = ?", (call, number)).fetchone()  # noqa: S608
    return row and row[0]


def see_untold(call: str, numbers: Collection[int]) -> Callable[[Database], None]:
    """See that nobody prepared an announcement of any of these meanwhile, for everybody would get two.

    Raises (when it is applied):
        OvertakenError: somebody did.

    """

    def change(db: Database) -> None:
        if any(told_by(db, call, number) for number in numbers):
            raise OvertakenError

    return change


def answer_question(call: str, question: int) -> Callable[[Database], None]:
    """A question to the office is answered by what is public.

    Raises:
        OvertakenError: it is not open any more.

    """

    def change(db: Database) -> None:
        found = questions.of(db, call, question)
        if found is None or found.state is not questions.State.OPEN:
            raise OvertakenError
        questions.mark(db, question, questions.State.ANSWERED)
        questions.end_talk(db, question)

    return change


def _publications(db: Database, where: str, values: tuple[object, ...]) -> list[Publication]:
    return [
        Publication(
            number=row[0],
            language=ReplyLanguage(row[1]),
            questions=read_texts(row[2]),
            answers={language: Html(text) for language, text in read_texts(row[3]).items()},
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
