"""Questions about what was counted in a period. No answer holds a chat, a name or a time of a person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from bot.rules.counts import Count, Insight, Levels, Outcome, Period, Unheard, masked
from bot.store import counting
from bot.store.database import Database
from bot.store.instants import read, stored
from faq import Call

_MOST_UNHEARD = 500
"""Rows of a table that somebody reads."""

_ARRIVED = (
    "ifnull((SELECT max(state = 'sent') FROM sendings WHERE kind IN ('reply', 'staff') AND call = a.call "
    "AND step >= 'answer:' || a.id AND step < 'answer:' || a.id || ';' "
    "AND (step = 'answer:' || a.id OR step > 'answer:' || a.id || ':')), TRUE)"
)
"""Whether an answer ``a`` is with its asker; of one who was forgotten there is nothing left that says so."""


def of(db: Database, call: Call, period: Period, office: Collection[int]) -> Insight:
    """All that is counted of a period; the people of the ``office`` are no applicants."""
    return Insight(
        period=period,
        counts=_counts(db, call.id, period),
        hours=_hours(db, call.id, period),
        levels=counting.levels(db, call.id, office),
        by_day=_by_day(db, call.id, period),
        new=_new(db, call.id, period, office),
        sent=_went_out(db, call, period),
        unheard=_unheard(db, call.id, period),
        answer_times=_answer_times(db, call, period),
    )


def first_day(db: Database, call: str) -> date | None:
    """The first day of which anything was counted."""
    day = db.execute(
        "SELECT min(day) FROM (SELECT min(day) AS day FROM asked WHERE call = :call "
        "UNION ALL SELECT min(day) FROM daily WHERE call = :call)",
        {"call": call},
    ).fetchone()[0]
    return date.fromisoformat(day) if day else None


def _rows(db: Database, sql: str, call: str, period: Period) -> list[Any]:
    """Rows of a call between the two ends of a period."""
    ends = {"call": call, "since": period.since.isoformat(), "until": period.until.isoformat()}
    return db.execute(f"{sql} WHERE call = :call AND day BETWEEN :since AND :until", ends).fetchall()


def _counts(db: Database, call: str, period: Period) -> tuple[Count, ...]:
    rows = _rows(db, "SELECT day, language, outcome, entry, n FROM asked", call, period)
    return tuple(
        Count(date.fromisoformat(day), language, Outcome(outcome), entry, number)
        for day, language, outcome, entry, number in rows
        if number
    )


def _hours(db: Database, call: str, period: Period) -> dict[int, int]:
    found: dict[int, int] = {}
    for hour, number in _rows(db, "SELECT hour, n FROM asked_hours", call, period):
        found[hour] = found.get(hour, 0) + number
    return found


def _by_day(db: Database, call: str, period: Period) -> dict[date, Levels]:
    rows = _rows(db, "SELECT day, people, unreachable, muted, registered, next_edition FROM daily", call, period)
    return {date.fromisoformat(day): Levels(*levels) for day, *levels in rows}


def _new(db: Database, call: str, period: Period, office: Collection[int]) -> int:
    """How many wrote for the first time: as it was counted each night, and since then as it is now."""
    counted = sum(row[0] for row in _rows(db, "SELECT arrived FROM daily", call, period))
    return counted + counting.arrived(db, _uncounted(db, call, period), period.until, office)


def _went_out(db: Database, call: Call, period: Period) -> dict[tuple[str, str], int]:
    found = counting.finished(db, call, _uncounted(db, call.id, period), period.until)
    for kind, state, number in _rows(db, "SELECT kind, state, n FROM went_out", call.id, period):
        found[kind, state] = found.get((kind, state), 0) + number
    return found


def _uncounted(db: Database, call: str, period: Period) -> date:
    """The first day of a period that was not closed yet."""
    last = counting.last_counted(db, call)
    return max(period.since, last + timedelta(days=1)) if last else period.since


def _unheard(db: Database, call: str, period: Period) -> tuple[Unheard, ...]:
    """What could not be answered, alike questions as one, the most frequent first."""
    rows = db.execute(
        "SELECT ifnull(g.lead, alike.text) AS lead, alike.n, alike.spoken FROM ("
        "SELECT group_id, text, count(*) AS n, group_concat(DISTINCT language) AS spoken FROM unanswered "
        "WHERE call = ? AND day BETWEEN ? AND ? AND state <> 'dismissed' AND chosen IS NULL "
        "GROUP BY ifnull(group_id, -id) ORDER BY n DESC, max(id) DESC LIMIT ?) alike "
        "LEFT JOIN unanswered_groups g ON g.id = alike.group_id ORDER BY n DESC, lead",
        (call, period.since.isoformat(), period.until.isoformat(), _MOST_UNHEARD),
    )
    return tuple(Unheard(masked(lead), number, tuple(sorted(spoken.split(",")))) for lead, number, spoken in rows)


def _answer_times(db: Database, call: Call, period: Period) -> tuple[float, ...]:
    """Seconds from each question to the office, asked in the period, until its first answer that arrived."""
    rows = db.execute(
        "SELECT q.asked_at, min(a.at) FROM questions q JOIN answers a ON a.question = q.id "  # noqa: S608
        f"WHERE q.call = ? AND a.state = 'given' AND {_ARRIVED} AND q.asked_at >= ? AND q.asked_at < ? GROUP BY q.id",
        (call.id, *_ends(call, period)),
    )
    return tuple((read(answered) - read(asked)).total_seconds() for asked, answered in rows)


def _ends(call: Call, period: Period) -> tuple[str, str]:
    """The instants between which the days of a period lie."""
    return stored(call.midnight(period.since)), stored(call.midnight(period.until + timedelta(days=1)))
