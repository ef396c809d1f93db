"""Statements about the copies of a broadcast: planned a little ahead of the sender, counted, settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.office import Office
from bot.rules.campaign import Stage, Tally, has_stood_still
from bot.rules.outbox import PRIORITIES, Kind, State
from bot.store import audiences, broadcasts, erased
from bot.store.audiences import START, Reader
from bot.store.database import Database
from bot.store.instants import stored
from faq import Call
from faq.languages import ReplyLanguage

_OF = "kind IN ('broadcast', 'amend') AND step"
"""Begins a condition on the copies of a broadcast, in the words that their index is made for."""

_MOST = 1000
"""Copies planned in one transaction."""

_ENOUGH = 5
"""Copies that Telegram refuses, and takes none in that language, before it is taken to refuse them all."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What planning led to: how many copies, and whether none is left to be planned or sent."""

    planned: int = 0
    is_over: bool = False


def plan_ahead(call: Call, number: int, office: Office, *, now: datetime, window: int) -> Callable[[Database], Ahead]:
    """Plan what is next of a broadcast that is being sent, so that about ``window`` copies wait to be sent.

    The audience is read again from its start until nobody is found who has no copy: who came meanwhile is in it.
    """

    def change(db: Database) -> Ahead:
        seen = broadcasts.of(db, call.id, number)
        if seen is None or seen.stage is not Stage.SENDING or has_stood_still(seen.went_on_at, now):
            return Ahead()
        if broadcasts.is_overtaken(db, seen):
            _leave_changes(db, number, now=now)
        part, cursor, is_complete = db.execute(
            "SELECT part, cursor, is_complete FROM broadcasts WHERE id = ?", (number,)
        ).fetchone()
        kind = Kind(part)
        step = broadcasts.step_of(number, kind)
        waiting = _unsent(db, step)
        if is_complete or waiting >= window or (cursor is None and waiting):
            return Ahead(is_over=bool(is_complete) and not waiting)
        audience = seen.audience if kind is Kind.BROADCAST else f"copies:{seen.corrects}"
        after = START if cursor is None else cursor
        most = min(_MOST, window - waiting)
        page = audiences.page(db, call, audience, office, after=after, step=step, most=most)
        if page:
            (_plan if kind is Kind.BROADCAST else _plan_changes)(db, call, seen, page, now=now)
            _look_on(db, number, part, page[-1].chat_id)
            db.execute("UPDATE broadcasts SET went_on_at = ? WHERE id = ?", (stored(now), number))
            return Ahead(planned=len(page))
        if cursor is not None:
            _look_on(db, number, part, None)
            return Ahead()
        if kind is Kind.AMEND:
            _look_on(db, number, Kind.BROADCAST, START)
            return Ahead()
        return Ahead(is_over=True)

    return change


def _leave_changes(db: Database, number: int, *, now: datetime) -> None:
    """A later change of the same copies holds: what of this one still waits would be written over it."""
    step = broadcasts.step_of(number, Kind.AMEND)
    sql = f"UPDATE sendings SET state = 'cancelled', finished_at = ? WHERE {_OF} = ? AND state = 'planned'"  # noqa: S608
    db.execute(sql, (stored(now), step))
    sql = "UPDATE broadcasts SET part = ?, cursor = ? WHERE id = ? AND part = ?"
    db.execute(sql, (Kind.BROADCAST, START, number, Kind.AMEND))  # its end waits for what is on its way (`finish`)


def _unsent(db: Database, step: str) -> int:
    sql = f"SELECT count(*) FROM sendings WHERE {_OF} = ? AND state IN ('planned', 'claimed')"  # noqa: S608
    return db.execute(sql, (step,)).fetchone()[0]


def _look_on(db: Database, number: int, part: str, after: int | None) -> None:
    db.execute("UPDATE broadcasts SET part = ?, cursor = ? WHERE id = ?", (part, after, number))


def _plan(db: Database, call: Call, seen: broadcasts.Broadcast, page: Sequence[Reader], *, now: datetime) -> None:
    """A copy for each reader, in their language or in the first one that there is."""
    spoken = broadcasts.texts(db, seen.id)
    copies = [(one.chat_id, version(call, spoken, one.language), one.language) for one in page]
    at, step = stored(now), broadcasts.step_of(seen.id)
    db.conn.executemany(
        "INSERT OR IGNORE INTO sendings (call, chat_id, kind, priority, state, step, deadline_version, language, "
        "reader, planned_at, not_before, author) "
        "VALUES (?, ?, 'broadcast', ?, 'planned', ?, 0, ?, nullif(?, ?), ?, ?, ?)",
        [
            (call.id, chat, PRIORITIES[Kind.BROADCAST], step, language, reader, language, at, at, seen.author)
            for chat, language, reader in copies
        ],
    )


def _plan_changes(
    db: Database, call: Call, seen: broadcasts.Broadcast, page: Sequence[Reader], *, now: datetime
) -> None:
    """A change of each chat's copy of the broadcast that is corrected."""
    at, step = stored(now), broadcasts.step_of(seen.id, Kind.AMEND)
    earlier = broadcasts.step_of(seen.corrects or 0)
    db.conn.executemany(
        "INSERT OR IGNORE INTO sendings (call, chat_id, kind, priority, state, step, deadline_version, language, "
        "planned_at, not_before, author, message_id) SELECT call, chat_id, 'amend', ?, 'planned', ?, 0, "
        "ifnull(reader, language), ?, ?, ?, message_id FROM sendings WHERE call = ? AND chat_id = ? AND step = ?",
        [(PRIORITIES[Kind.AMEND], step, at, at, seen.author, call.id, one.chat_id, earlier) for one in page],
    )


def version(call: Call, spoken: Collection[ReplyLanguage], wanted: ReplyLanguage) -> ReplyLanguage:
    """The language in which a reader of ``wanted`` gets a text that is ``spoken`` in these."""
    return wanted if wanted in spoken else next((one for one in call.languages if one in spoken), wanted)


def tally(db: Database, number: int) -> Tally:
    """How a broadcast stands, without those who were not come to; who was forgotten since still counts."""
    copies, changes = _states(db, number, Kind.BROADCAST), _states(db, number, Kind.AMEND)
    to_change = changes.get(State.PLANNED, 0) + changes.get(State.CLAIMED, 0)
    return Tally(
        sent=copies.get(State.SENT, 0),
        unreachable=copies.get(State.UNREACHABLE, 0),
        refused=copies.get(State.REFUSED, 0),
        unclear=copies.get(State.HELD, 0),
        cancelled=copies.get(State.CANCELLED, 0),
        waiting=copies.get(State.PLANNED, 0) + copies.get(State.CLAIMED, 0),
        changed=changes.get(State.SENT, 0),
        to_change=to_change,
        unchanged=sum(changes.values()) - changes.get(State.SENT, 0) - to_change,
    )


def _states(db: Database, number: int, kind: Kind) -> dict[State, int]:
    step = broadcasts.step_of(number, kind)
    rows = db.execute(f"SELECT state, count(*) FROM sendings WHERE {_OF} = ? GROUP BY state", (step,))  # noqa: S608
    return dict(Counter({State(row[0]): row[1] for row in rows}) + erased.counts(db, step))


def refused_throughout(db: Database, number: int) -> str | None:
    """Why Telegram refuses a broadcast in some language, where it took no copy in that language at all."""
    step = broadcasts.step_of(number)
    rows = db.execute(
        f"SELECT language, max(reason) FROM sendings WHERE {_OF} = ? AND state = 'refused' GROUP BY language "  # noqa: S608
        "HAVING count(*) >= ?",
        (step, _ENOUGH),
    ).fetchall()
    taken = f"SELECT 1 FROM sendings WHERE {_OF} = ? AND state = 'sent' AND language IS ? LIMIT 1"  # noqa: S608
    return next((why for language, why in rows if not db.execute(taken, (step, language)).fetchone()), None)


def give_up(number: int, *, now: datetime) -> Callable[[Database], int]:
    """Cancel what of a broadcast waits to be sent."""

    def change(db: Database) -> int:
        sql = f"UPDATE sendings SET state = 'cancelled', finished_at = ? WHERE {_OF} IN (?, ?) AND state = 'planned'"  # noqa: S608
        steps = (broadcasts.step_of(number, kind) for kind in (Kind.BROADCAST, Kind.AMEND))
        return db.execute(sql, (stored(now), *steps)).rowcount

    return change


def _out_of_reach(db: Database, seen: broadcasts.Broadcast) -> int:
    """How many copies may stand in a chat and were to be changed, but could not even be tried.

    They are unclear, or of no known number, or the chat takes nothing from us any more.
    """
    if not seen.how.changes_copies:
        return 0
    sql = (
        "SELECT count(*) FROM sendings s LEFT JOIN people p ON p.chat_id = s.chat_id "
        "WHERE s.kind IN ('broadcast', 'amend') AND s.step = ? "
        "AND (s.state = 'held' OR (s.state = 'sent' AND (s.message_id IS NULL OR p.unreachable IS NOT NULL))) "
        "AND NOT EXISTS (SELECT 1 FROM sendings c WHERE c.call = s.call AND c.chat_id = s.chat_id AND c.step = ?)"
    )
    steps = broadcasts.step_of(seen.corrects or 0), broadcasts.step_of(seen.id, Kind.AMEND)
    return db.execute(sql, steps).fetchone()[0]


def _had_ended(db: Database, number: int) -> bool:
    """Whether everybody had been come to before: what was stopped then is a repetition of what was unclear."""
    return bool(db.execute("SELECT is_complete FROM broadcasts WHERE id = ?", (number,)).fetchone()[0])


def finish(
    call: Call, seen: broadcasts.Broadcast, office: Office, then: Callable[[Database, Tally], None], *, now: datetime
) -> Callable[[Database], bool]:
    """Keep what came of a broadcast that is over, and do ``then`` with it; False where something is still under way.

    Raises (when it is applied):
        OvertakenError: it is not any more where it was seen.
    """

    def change(db: Database) -> bool:
        if seen.stage is Stage.CANCELLED:
            give_up(seen.id, now=now)(db)
        found = tally(db, seen.id)
        if found.waiting or found.to_change:
            return False
        found = replace(found, unchanged=found.unchanged + _out_of_reach(db, seen))
        if seen.stage is Stage.SENDING or _had_ended(db, seen.id):
            broadcasts.move(call.id, seen, Stage.DONE)(db)
        else:
            step = broadcasts.step_of(seen.id)
            found = replace(found, missed=audiences.count(db, call, seen.audience, office, step=step))
        broadcasts.report(db, call.id, seen.id, found, now=now)
        erased.unmark(db, broadcasts.step_of(seen.id))
        then(db, found)
        return True

    return change
