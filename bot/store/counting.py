"""Statements that count: questions as they come, and each night how many people there were and what went out."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta

from bot.rules.counts import QUESTIONS, Levels, Outcome
from bot.rules.outbox import Kind
from bot.store.database import Database
from bot.store.instants import stored
from faq import Call

_ANSWERS = (Kind.REPLY, Kind.FAREWELL)
"""What went out because somebody wrote; it is not counted, the questions are."""

_EVER = date(2000, 1, 1)
"""A day before anything that can be in the database."""

_APPLICANTS = "chat_id > 0 AND chat_id NOT IN (SELECT value FROM json_each(?))"
"""People, but for those of the office, whose ids are given."""

_COUNT_ONE = (
    "INSERT INTO asked (call, day, language, outcome, entry, n) VALUES (?, ?, ?, ?, ?, 1) "
    "ON CONFLICT DO UPDATE SET n = n + 1"
)
_COUNT_HOUR = "INSERT INTO asked_hours (call, day, hour, n) VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1"
_LIKEST = (
    "SELECT language FROM asked WHERE call = :call AND day = :day AND outcome = :outcome AND entry = '' AND n > 0 "
    "ORDER BY language = :language DESC, language LIKE :language || '%' DESC LIMIT 1"
)
_TAKE_BACK = "UPDATE asked SET n = n - 1 WHERE call = ? AND day = ? AND language = ? AND outcome = ? AND entry = ''"


def asked(  # noqa: PLR0913  one row
    call: Call, outcome: Outcome, language: str, entry: str = "", *, now: datetime, instead_of: Outcome | None = None
) -> Callable[[Database], None]:
    """Count a question, or a topic that was chosen, on its legal day.

    ``instead_of`` is what the same question was counted as a moment ago, when it took another turn: the bot was silent,
    and the office is asked. That may have been in another language: Darija is answered in Arabic.
    """
    local = call.local(now)
    day = local.date().isoformat()

    def change(db: Database) -> None:
        spoken = language
        if instead_of is not None:
            spoken = _taken_back(db, call.id, day, language, instead_of)
        elif outcome in QUESTIONS:
            db.execute(_COUNT_HOUR, (call.id, day, local.hour))
        db.execute(_COUNT_ONE, (call.id, day, spoken, outcome, entry))

    return change


def _taken_back(db: Database, call: str, day: str, language: str, outcome: Outcome) -> str:
    """Count a question of the day no more; return the language that it was counted in."""
    found = db.execute(_LIKEST, {"call": call, "day": day, "outcome": outcome, "language": language}).fetchone()
    if found is None:
        return language  # it was asked on another day
    db.execute(_TAKE_BACK, (call, day, found[0], outcome))
    return found[0]


def levels(db: Database, call: str, office: Collection[int]) -> Levels:
    """How many people, but those of the office, and registrations there are now."""
    people, unreachable, muted = db.execute(
        f"SELECT count(*), count(unreachable), count(muted_at) FROM people WHERE {_APPLICANTS}",  # noqa: S608
        (json.dumps([*office]),),
    ).fetchone()
    registered = dict(
        db.execute("SELECT purpose, count(*) FROM registrations WHERE call = ? GROUP BY purpose", (call,)).fetchall()
    )
    return Levels(people, unreachable, muted, registered.get("deadline", 0), registered.get("next-edition", 0))


def arrived(db: Database, since: date, until: date, office: Collection[int]) -> int:
    """How many of the people that are known wrote for the first time on one of these days."""
    return db.execute(
        f"SELECT count(*) FROM people WHERE {_APPLICANTS} AND first_seen BETWEEN ? AND ?",  # noqa: S608
        (json.dumps([*office]), since.isoformat(), until.isoformat()),
    ).fetchone()[0]


def finished(db: Database, call: Call, since: date, until: date) -> dict[tuple[str, str], int]:
    """How many sendings of each kind, but answers, came to which end on these legal days."""
    start, end = stored(call.midnight(since)), stored(call.midnight(until + timedelta(days=1)))
    rows = db.execute(
        "SELECT kind, state, count(*) FROM sendings WHERE finished_at >= ? AND finished_at < ? AND call = ? "
        "AND kind NOT IN (?, ?) GROUP BY kind, state",
        (start, end, call.id, *_ANSWERS),
    )
    return {(kind, state): number for kind, state, number in rows}


def last_counted(db: Database, call: str) -> date | None:
    """The last day that was closed by `close_day`."""
    day = db.execute("SELECT max(day) FROM daily WHERE call = ?", (call,)).fetchone()[0]
    return date.fromisoformat(day) if day else None


def close_day(call: Call, day: date, office: Collection[int]) -> Callable[[Database], None]:
    """Keep how things stood at the end of a day, and what went out since the last one that was closed."""

    def change(db: Database) -> None:
        last = last_counted(db, call.id)
        if last is not None and last >= day:
            return
        since, now = last + timedelta(days=1) if last else _EVER, levels(db, call.id, office)
        gone = finished(db, call, since, day)
        if last is None and not gone and not arrived(db, _EVER, day, office):
            return  # nobody had come by then
        db.execute(
            "INSERT INTO daily (call, day, people, unreachable, muted, registered, next_edition, arrived) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                call.id, day.isoformat(), now.people, now.unreachable, now.muted, now.registered, now.next_edition,
                arrived(db, since, day, office),
            ),
        )  # fmt: skip
        db.conn.executemany(
            "INSERT INTO went_out (call, day, kind, state, n) VALUES (?, ?, ?, ?, ?)",
            [(call.id, day.isoformat(), *key, number) for key, number in gone.items()],
        )

    return change
