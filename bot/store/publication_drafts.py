"""Statements about questions and answers on their way to being public: how they are worded, what became of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.database import Database
from bot.store.instants import stored
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
                    written(draft.questions), written(draft.answers), " ".join(sorted(draft.waived)), by, stored(now),
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
                after.state, written(after.questions), written(after.answers), " ".join(sorted(after.waived)), call,
                before.id, before.revision, before.state,
            ),
        ).rowcount  # fmt: skip
        if not done:
            raise OvertakenError

    return change


def end(db: Database, call: str, ended: Draft) -> None:
    """A draft became public; its words stand there.

    Raises:
        OvertakenError: it was changed or published meanwhile.

    """
    done = db.execute(
        "UPDATE publication_drafts SET state = 'public', revision = revision + 1, questions = '{}', answers = '{}' "
        "WHERE call = ? AND id = ? AND revision = ? AND state = 'open'",
        (call, ended.id, ended.revision),
    ).rowcount
    if not done:
        raise OvertakenError


def of(db: Database, call: str, number: int) -> Draft | None:
    """The draft with this id."""
    return _draft(db, "call = ? AND id = ?", (call, number))


def of_answer(db: Database, call: str, answer: int) -> Draft | None:
    """The draft that was made from an answer of the office, whatever became of it."""
    return _draft(db, "call = ? AND answer = ?", (call, answer))


def open_correction(db: Database, call: str, number: int) -> Draft | None:
    """The correction that somebody is writing of a publication."""
    return _draft(db, "call = ? AND corrects = ? AND state = 'open'", (call, number))


def _draft(db: Database, where: str, values: tuple[object, ...]) -> Draft | None:
    row = db.execute(
        "SELECT id, language, questions, answers, answer, corrects, state, revision, waived "  # noqa: S608  conditions of this module
        f"FROM publication_drafts WHERE {where}",
        values,
    ).fetchone()
    return row and Draft(
        id=row[0],
        language=ReplyLanguage(row[1]),
        questions=read_texts(row[2]),
        answers={language: Html(text) for language, text in read_texts(row[3]).items()},
        answer=row[4],
        corrects=row[5],
        state=Fate(row[6]),
        revision=row[7],
        waived=frozenset(map(ReplyLanguage, row[8].split())),
    )


def written(texts: Mapping[ReplyLanguage, str]) -> str:
    """Texts by language as they are stored."""
    return json.dumps({language: text for language, text in texts.items() if text}, ensure_ascii=False)


def read_texts(stored_texts: str) -> Questions:
    """Texts by language, in the order in which languages are offered."""
    raw: dict[str, str] = json.loads(stored_texts)
    return {language: raw[language] for language in ReplyLanguage if language in raw}
