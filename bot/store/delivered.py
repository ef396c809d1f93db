"""Statements about what was delivered of reminders and news: counts, no chats."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came of a step in one language within a time: how many got it, and from ``first`` to ``last`` when."""

    step: str
    version: int
    language: ReplyLanguage
    sent: int
    unreachable: int
    held: int
    refused: int
    first: datetime | None
    last: datetime | None

    def as_detail(self) -> dict[str, object]:
        """The same for a line of the audit."""
        return asdict(self)


def within(db: Database, call: str, *, since: datetime | None, until: datetime) -> list[Delivered]:
    """What was finished after ``since`` and up to ``until``, beside what is held or waits for a chat's return."""
    rows = db.execute(
        "SELECT step, deadline_version, language, total(state = 'sent'), total(state = 'unreachable'), "
        "total(state = 'held'), total(state = 'refused'), min(iif(state = 'sent', finished_at, NULL)), "
        "max(iif(state = 'sent', finished_at, NULL)) "
        "FROM sendings WHERE call = :call AND kind = 'reminder' "
        "AND state IN ('sent', 'unreachable', 'held', 'refused') "
        "AND (finished_at IS NULL OR (finished_at > :since AND finished_at <= :until)) "
        "GROUP BY step, deadline_version, language HAVING count(finished_at) > 0 ORDER BY min(finished_at), language",
        {"call": call, "since": stored(since) if since else "", "until": stored(until)},
    )
    return [
        Delivered(
            step=row[0],
            version=row[1],
            language=ReplyLanguage(row[2]),
            sent=int(row[3]),
            unreachable=int(row[4]),
            held=int(row[5]),
            refused=int(row[6]),
            first=read(row[7]) if row[7] else None,
            last=read(row[8]) if row[8] else None,
        )
        for row in rows
    ]
