"""Statements about broadcasts; every step from one stage to the next is checked here."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from bot.messages import Message
from bot.rules.campaign import TRANSITIONS, How, Stage, Tally, has_stood_still, is_authorised
from bot.rules.outbox import PRIORITIES, ImpossibleStepError, Kind
from bot.rules.roles import Roles
from bot.store import lessons
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage

COLUMNS = (
    "id, author, chat_id, language, stage, revision, how, corrects, audience, waived, starts_at, asked_at, "
    "approved_by, started_at, went_on_at, finished_at, expected, progress_id, reason, report"
)

_OUTDATED = (
    "EXISTS (SELECT 1 FROM announced a WHERE a.broadcast = broadcasts.id AND ("  # noqa: S608  our own words
    f"a.changes <> ({lessons.CHANGES.format('a')}) OR a.version <> "
    "(SELECT ifnull(max(version), 1) FROM amendments WHERE call = a.call)))"
)
"""The condition on a broadcast that an answer, or a date in an answer, which it gives is another now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broadcast:
    """A broadcast as it stands.

    It was begun by ``author`` in ``chat_id``. ``revision`` grows with every edit, so that what was said about an
    earlier one counts for nothing. ``waived`` are languages that it does without, ``expected`` is the head count at
    its start, ``went_on_at`` when copies were planned last, or staff let it go on.
    """

    id: int
    author: int
    chat_id: int
    language: ReplyLanguage
    stage: Stage
    revision: int
    how: How
    corrects: int | None
    audience: str
    waived: frozenset[ReplyLanguage]
    starts_at: datetime | None
    asked_at: datetime | None
    approved_by: int | None
    started_at: datetime | None
    went_on_at: datetime | None
    finished_at: datetime | None
    expected: int
    progress_id: int | None
    reason: str | None
    report: Tally | None


class OvertakenError(Exception):
    """A broadcast is not any more what somebody saw when they decided about it."""


def step_of(number: int, kind: Kind = Kind.BROADCAST) -> str:
    """The step of a broadcast's sendings."""
    return f"{kind}:{number}"


def of(db: Database, call: str, number: int) -> Broadcast | None:
    """A broadcast by its number."""
    row = db.execute(f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? AND id = ?", (call, number)).fetchone()  # noqa: S608
    return row and read_row(row)


def draft_of(db: Database, call: str, author: int) -> Broadcast | None:
    """What somebody is writing, or waits to be confirmed."""
    row = db.execute(
        f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? AND author = ? AND stage IN ('draft', 'asked')",  # noqa: S608
        (call, author),
    ).fetchone()
    return row and read_row(row)


def begun(db: Database, call: str) -> list[Broadcast]:
    """Those that wait for their hour, are being sent, or were cancelled and are not yet reported on."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? AND (stage IN ('scheduled', 'sending', 'paused') "  # noqa: S608
        "OR (stage = 'cancelled' AND started_at IS NOT NULL AND finished_at IS NULL)) ORDER BY id",
        (call,),
    )
    return [read_row(row) for row in rows]


def written(db: Database, call: str) -> list[Broadcast]:
    """Those that are being written, or wait to be confirmed."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? AND stage IN ('draft', 'asked') ORDER BY id",  # noqa: S608
        (call,),
    )
    return [read_row(row) for row in rows]


def outdated(db: Database, call: str) -> list[Broadcast]:
    """Those that are not over and give an answer, or a date in one, that has been changed since they were drafted."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? "  # noqa: S608
        f"AND stage IN ('draft', 'asked', 'scheduled', 'sending', 'paused') AND {_OUTDATED} ORDER BY id",
        (call,),
    )
    return [read_row(row) for row in rows]


def listed(db: Database, call: str, *, most: int, skip: int = 0) -> list[Broadcast]:
    """All that left the hands of their authors, newest first."""
    rows = db.execute(
        f"SELECT {COLUMNS} FROM broadcasts WHERE call = ? AND approved_by IS NOT NULL "  # noqa: S608
        "ORDER BY id DESC LIMIT ? OFFSET ?",
        (call, most, skip),
    )
    return [read_row(row) for row in rows]


def texts(db: Database, number: int) -> dict[ReplyLanguage, Message]:
    """What it says, in each language that it has, in the order in which the languages are always named."""
    rows = db.execute("SELECT language, payload FROM broadcast_texts WHERE broadcast = ?", (number,))
    found = {row[0]: Message.from_json(row[1]) for row in rows}
    return {one: found[one] for one in ReplyLanguage if one in found}


def sendable(db: Database, call: str, roles: Roles, *, now: datetime) -> str:
    """The condition on a sending that it is none of a broadcast, or of one that is being sent, may be, and holds."""
    rows = db.execute(
        "SELECT id, author, approved_by, went_on_at FROM broadcasts "  # noqa: S608
        f"WHERE call = ? AND stage = 'sending' AND NOT {_OUTDATED}",
        (call,),
    )
    numbers = [
        number
        for number, author, approver, at in rows
        if is_authorised(roles, author, approver) and not has_stood_still(read(at) if at else None, now)
    ]
    named = [step_of(number) for number in numbers]
    named += [step_of(number, Kind.AMEND) for number in numbers if not is_overtaken(db, of(db, call, number))]
    steps = ", ".join(f"'{step}'" for step in named)
    return f"(priority <> {PRIORITIES[Kind.BROADCAST]} OR step IN ({steps}))"


def is_overtaken(db: Database, seen: Broadcast | None) -> bool:
    """Whether it changes copies, and a later change of the same copies was begun: that holds."""
    if seen is None or not seen.how.changes_copies:
        return False
    later = "SELECT 1 FROM broadcasts WHERE corrects = ? AND id > ? AND how <> 'correct' AND started_at IS NOT NULL"
    return db.execute(later, (seen.corrects, seen.id)).fetchone() is not None


def move(call: str, seen: Broadcast, after: Stage, **columns: object) -> Callable[[Database], None]:
    """Lead it to another stage.

    Raises (when it is applied):
        OvertakenError: it is not any more where it was seen.
    """

    def change(db: Database) -> None:
        _move(db, call, seen, after, **columns)

    return change


def show_at(call: str, number: int, message_id: int) -> Callable[[Database], None]:
    """Remember the message in which its progress is shown."""

    def change(db: Database) -> None:
        db.execute("UPDATE broadcasts SET progress_id = ? WHERE call = ? AND id = ?", (message_id, call, number))

    return change


def report(db: Database, call: str, number: int, tally: Tally, *, now: datetime) -> None:
    """Keep what came of it; the counts stay when the copies are forgotten."""
    db.execute(
        "UPDATE broadcasts SET report = ?, finished_at = ?, is_complete = 1 WHERE call = ? AND id = ?",
        (json.dumps(asdict(tally)), stored(now), call, number),
    )


def correct_report(db: Database, call: str, number: int, tally: Tally) -> None:
    """Put a count right that staff decided about after the end."""
    db.execute("UPDATE broadcasts SET report = ? WHERE call = ? AND id = ?", (json.dumps(asdict(tally)), call, number))


def _move(db: Database, call: str, seen: Broadcast, after: Stage, **columns: object) -> None:
    if after not in TRANSITIONS[seen.stage]:
        message = f"a broadcast can't go from {seen.stage} to {after}"
        raise ImpossibleStepError(message)
    names = "".join(f", {name} = ?" for name in columns)
    moved = db.execute(
        f"UPDATE broadcasts SET stage = ?{names} WHERE call = ? AND id = ? AND stage = ? AND revision = ?",  # noqa: S608  names from code
        (
            after,
            *(stored(v) if isinstance(v, datetime) else v for v in columns.values()),
            call,
            seen.id,
            seen.stage,
            seen.revision,
        ),
    )
    if not moved.rowcount:
        raise OvertakenError(seen.id)


def read_row(row: tuple[object, ...]) -> Broadcast:
    """A broadcast from its row, of `COLUMNS`."""
    found = dict(zip((name.strip() for name in COLUMNS.split(",")), row, strict=True))
    for name in ("starts_at", "asked_at", "started_at", "went_on_at", "finished_at"):
        found[name] = read(str(found[name])) if found[name] else None
    found["language"], found["stage"] = ReplyLanguage(str(found["language"])), Stage(str(found["stage"]))
    found["how"] = How(str(found["how"]))
    found["waived"] = frozenset(ReplyLanguage(one) for one in str(found["waived"]).split(",") if one)
    found["report"] = Tally(**json.loads(str(found["report"]))) if found["report"] else None
    return Broadcast(**found)  # pyright: ignore[reportArgumentType]
