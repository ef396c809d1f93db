"""Statements about announcements that come written: of a public answer, of a day's, of a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.messages import Message
from bot.store import broadcasts, drafts
from bot.store.database import Database
from faq import Call
from faq.languages import ReplyLanguage


class BusyError(Exception):
    """The author has another announcement under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The answer of an ``entry`` as an announcement gives it: its edition in each language, and as of when it is.

    ``changes`` is how often the entry had been changed (`lessons.changes`); ``version`` that of the deadline, where the
    text names a fact, else None. Once either is another, the announcement goes out no more (`broadcasts.outdated`).
    """

    entry: str
    editions: Mapping[ReplyLanguage, str]
    changes: int
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """An announcement: what it says in each language, and to whom; it does without any other language.

    Who gets it hears of the correction of an answer that it gives.
    """

    texts: Mapping[ReplyLanguage, Message]
    audience: str
    answers: Sequence[Told]


def draft(  # noqa: PLR0913  one row
    call: Call, written: Written, *, author: int, chat_id: int, language: ReplyLanguage, now: datetime
) -> Callable[[Database], int]:
    """Make a draft of an announcement; it is approved like any other. Return its number.

    Raises:
        BusyError: its author is writing another one.

    """

    def change(db: Database) -> int:
        if broadcasts.draft_of(db, call.id, author):
            raise BusyError
        begun = drafts.begin(call.id, author, chat_id, language, now=now, audience=written.audience)(db)
        for spoken in call.languages:
            if spoken in written.texts:
                drafts.write(call.id, begun, spoken, written.texts[spoken])(db)
                begun = replace(begun, revision=begun.revision + 1)
            else:
                drafts.waive(call.id, begun, spoken)(db)
                begun = replace(begun, revision=begun.revision + 1, waived=begun.waived | {spoken})
        db.conn.executemany(
            "INSERT INTO announced (call, entry, broadcast, language, edition, changes, version) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (call.id, told.entry, begun.id, spoken, edition, told.changes, told.version)
                for told in written.answers
                for spoken, edition in told.editions.items()
            ],
        )
        return begun.id

    return change
