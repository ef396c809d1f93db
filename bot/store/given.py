"""Statements about which answers people were given, so that they hear of it when one is corrected."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime

from bot.store import lessons
from bot.store.database import Database
from faq.languages import ReplyLanguage

GIVEN = "given"
"""The kind of audience that `audience` names; what follows in the name is ``:argument`` in the conditions here."""

_OTHERWISE = (
    "{0}.entry = substr(:argument, 1, instr(:argument, ':') - 1) AND instr(:argument, '+' || {0}.edition || '+') = 0 "
    "AND (instr(:argument, '/') = 0 OR instr(:argument, '/' || {0}.language || '/'))"
)

ONE_BY_ONE = f"g.call = :call AND {_OTHERWISE.format('g')}"
"""The rows of ``given g`` in such an audience."""

COPIES = "announced a JOIN sendings s ON s.call = a.call AND s.step = 'broadcast:' || a.broadcast"
BY_BROADCAST = (
    "a.call = :call AND s.kind = 'broadcast' AND (s.state IN ('sent', 'held', 'claimed') "  # noqa: S608  our own words
    "OR (s.state IN ('planned', 'cancelled') AND s.attempts > 0)) "
    f"AND ifnull(s.language, a.language) = a.language AND {_OTHERWISE.format('a')} "
    "AND s.step IN (SELECT 'broadcast:' || o.broadcast FROM announced o "
    f"WHERE o.call = :call AND {_OTHERWISE.format('o')})"
)
"""The rows of ``COPIES`` in it: who was given the answer by a broadcast, or may have been.

Its last part says again what the others say, so that SQLite looks at those broadcasts' copies and not at every sending.
"""


def give(
    call: str, chat_id: int, editions: Mapping[str, str], language: ReplyLanguage, *, now: datetime
) -> Callable[[Database], None]:
    """A chat is given the answers of entries, each in an edition (`faq.answering.edition`); the day is kept."""
    return give_all(call, [chat_id], editions, language, now=now)


def give_all(
    call: str, chat_ids: Iterable[int], editions: Mapping[str, str], language: ReplyLanguage, *, now: datetime
) -> Callable[[Database], None]:
    """Chats are given the answers of entries, all in one language."""

    def change(db: Database) -> None:
        chats = json.dumps(list(chat_ids))
        for entry, edition in editions.items():
            db.execute(
                "INSERT INTO given (call, entry, chat_id, edition, language, day) "
                "SELECT ?, ?, value, ?, ?, ? FROM json_each(?) WHERE TRUE "  # else ON would be read as a join's
                "ON CONFLICT DO UPDATE SET day = excluded.day, language = excluded.language WHERE day <> excluded.day",
                (call, entry, edition, language, f"{now:%Y-%m-%d}", chats),
            )

    return change


def audience(entry: str, editions: Collection[str], languages: Collection[ReplyLanguage]) -> str:
    """The name of an audience: who was given an entry's answer otherwise than it reads in these ``editions`` now.

    Only readers of these ``languages`` are in it: in another nothing was put right now.
    """
    return f"{GIVEN}:{entry}:+{'+'.join(sorted(editions))}+/{'/'.join(sorted(languages))}/"


def is_now(call: str, entry: str, replaced: Mapping[str, str], editions: Collection[str]) -> Callable[[Database], None]:
    """An answer was changed in nothing that matters: who was given the old edition counts as given the new one.

    So does who was given it by an announcement; one that is under way goes on. ``editions`` are those that hold now.
    """

    def change(db: Database) -> None:
        named = [(new, call, entry, old) for old, new in replaced.items()]
        db.conn.executemany(
            "UPDATE OR REPLACE given SET edition = ? WHERE call = ? AND entry = ? AND edition = ?", named
        )
        begun = "broadcast IN (SELECT id FROM broadcasts WHERE started_at IS NOT NULL)"
        db.conn.executemany(
            f"UPDATE announced SET edition = ? WHERE call = ? AND entry = ? AND edition = ? AND {begun}",  # noqa: S608
            named,
        )
        db.execute(
            f"UPDATE announced SET changes = ({lessons.CHANGES.format('announced')}) "  # noqa: S608
            f"WHERE call = ? AND entry = ? AND {begun} AND broadcast NOT IN (SELECT o.broadcast FROM announced o "
            "WHERE o.call = announced.call AND o.entry = announced.entry "
            "AND o.edition NOT IN (SELECT value FROM json_each(?)))",
            (call, entry, json.dumps(list(editions))),
        )

    return change
