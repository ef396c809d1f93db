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


def _is_latest(row: str, chat: str) -> str:
    """The condition on a ``row`` that its chat was given the answer later neither one by one nor by a broadcast.

    Only an earlier text in the same language counts no more; a copy replaces one only where it surely arrived.
    """
    later = "{0}.call = :call AND {0}.entry = {1}.entry AND {0}.language = {1}.language AND {0}.changes > {1}.changes"
    return (
        f"NOT EXISTS (SELECT 1 FROM given n WHERE {later.format('n', row)} AND n.chat_id = {chat}) "  # noqa: S608  our own words
        f"AND NOT EXISTS (SELECT 1 FROM announced m JOIN sendings t ON t.call = m.call AND t.chat_id = {chat} "
        f"AND t.step = 'broadcast:' || m.broadcast WHERE {later.format('m', row)} AND t.kind = 'broadcast' "
        "AND t.state = 'sent' AND ifnull(t.language, m.language) = m.language)"
    )


ONE_BY_ONE = f"g.call = :call AND {_OTHERWISE.format('g')} AND {_is_latest('g', 'g.chat_id')}"
"""The rows of ``given g`` in such an audience."""

COPIES = "announced a JOIN sendings s ON s.call = a.call AND s.step = 'broadcast:' || a.broadcast"
BY_BROADCAST = (
    "a.call = :call AND s.kind = 'broadcast' AND (s.state IN ('sent', 'held', 'claimed') "  # noqa: S608  our own words
    "OR (s.state IN ('planned', 'cancelled') AND s.attempts > 0)) "
    f"AND ifnull(s.language, a.language) = a.language AND {_OTHERWISE.format('a')} "
    "AND s.step IN (SELECT 'broadcast:' || o.broadcast FROM announced o "
    f"WHERE o.call = :call AND {_OTHERWISE.format('o')}) AND {_is_latest('a', 's.chat_id')}"
)
"""The rows of ``COPIES`` in it: who was given the answer by a broadcast, or may have been, and none later.

The part about steps says again what the others say, so that SQLite looks at those broadcasts' copies and not at every
sending.
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
                "INSERT INTO given (call, entry, chat_id, edition, language, day, changes) "
                "SELECT ?, ?, value, ?, ?, ?, ? FROM json_each(?) WHERE TRUE "  # else ON would be read as a join's
                "ON CONFLICT DO UPDATE "
                "SET day = excluded.day, language = excluded.language, changes = excluded.changes "
                "WHERE day <> excluded.day OR changes <> excluded.changes",
                (call, entry, edition, language, f"{now:%Y-%m-%d}", lessons.changes(db, call, entry), chats),
            )

    return change


def audience(entry: str, editions: Collection[str], languages: Collection[ReplyLanguage]) -> str:
    """The name of an audience: who was given an entry's answer last otherwise than it reads in these ``editions`` now.

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
