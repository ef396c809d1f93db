"""Statements about announcements that come written: of a public answer, of a day's, of a correction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
class Written:
    """An announcement: what it says in each language, and to whom; it does without any other language.

    ``editions`` are the answers that it gives, by entry and language, so that who gets it hears of their correction.
    """

    texts: Mapping[ReplyLanguage, Message]
    audience: str
    editions: Mapping[str, Mapping[ReplyLanguage, str]]


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
            "INSERT INTO announced (call, entry, broadcast, language, edition) VALUES (?, ?, ?, ?, ?)",
            [
                (call.id, entry, begun.id, spoken, edition)
                for entry, editions in written.editions.items()
                for spoken, edition in editions.items()
            ],
        )
        return begun.id

    return change
