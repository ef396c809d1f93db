"""Statements about broadcasts that are written and confirmed: every edit voids what was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Message
from bot.rules.campaign import OPEN, How, Stage, chosen
from bot.rules.outbox import Kind
from bot.store.audiences import START
from bot.store.broadcasts import COLUMNS, Broadcast, OvertakenError, draft_of, move, read_row
from bot.store.database import Database
from bot.store.instants import read, stored
from faq.languages import ReplyLanguage


def begin(  # noqa: PLR0913  one row
    call: str,
    author: int,
    chat_id: int,
    language: ReplyLanguage,
    *,
    now: datetime,
    audience: str = "all",
    how: How = How.NEW,
    corrects: int | None = None,
) -> Callable[[Database], Broadcast]:
    """A new draft; or the one that its author has open, for there is no second."""

    def change(db: Database) -> Broadcast:
        part = Kind.AMEND if how.changes_copies else Kind.BROADCAST
        db.execute(
            "INSERT OR IGNORE INTO broadcasts (call, author, chat_id, language, stage, how, corrects, audience, "
            "made_at, part, cursor) VALUES (?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)",
            (call, author, chat_id, language, how, corrects, audience, stored(now), part, START),
        )
        found = draft_of(db, call, author)
        if found is None:
            raise OvertakenError
        return found

    return change


def edit(call: str, seen: Broadcast, **columns: object) -> Callable[[Database], None]:
    """Change a draft; what was asked for or confirmed about it before is void.

    Raises (when it is applied):
        OvertakenError: it is no draft any more, or another one than was seen.
    """

    def change(db: Database) -> None:
        _end_request(db, seen.id)
        move(call, seen, Stage.DRAFT, asked_at=None, revision=seen.revision + 1, **columns)(db)

    if seen.stage not in OPEN:
        raise OvertakenError(seen.id)
    return change


def give_up(call: str, seen: Broadcast) -> Callable[[Database], None]:
    """Its author does not want it any more.

    Raises (when it is applied):
        OvertakenError: it is another one than was seen.
    """

    def change(db: Database) -> None:
        _end_request(db, seen.id)
        move(call, seen, Stage.CANCELLED)(db)

    return change


def write(call: str, seen: Broadcast, language: ReplyLanguage, text: Message) -> Callable[[Database], None]:
    """Take a text for its version in a language, which it then does not do without."""

    def change(db: Database) -> None:
        edit(call, seen, waived=_spoken(seen.waived - {language}))(db)
        db.execute(
            "INSERT OR REPLACE INTO broadcast_texts (call, broadcast, language, payload) VALUES (?, ?, ?, ?)",
            (call, seen.id, language, text.to_json()),
        )

    return change


def waive(call: str, seen: Broadcast, language: ReplyLanguage) -> Callable[[Database], None]:
    """Do without a language: what was written in it goes."""

    def change(db: Database) -> None:
        edit(call, seen, waived=_spoken(seen.waived | {language}))(db)
        db.execute("DELETE FROM broadcast_texts WHERE broadcast = ? AND language = ?", (seen.id, language))

    return change


def ask(call: str, seen: Broadcast, codes: Mapping[int, str], *, now: datetime) -> Callable[[Database], None]:
    """Wait for one of these owners to type their code.

    Raises (when it is applied):
        OvertakenError: it is another one than was seen.
    """

    def change(db: Database) -> None:
        move(call, seen, Stage.ASKED, asked_at=now)(db)
        db.conn.executemany(
            "INSERT OR REPLACE INTO broadcast_codes (call, broadcast, owner, code) VALUES (?, ?, ?, ?)",
            [(call, seen.id, owner, code) for owner, code in codes.items()],
        )

    return change


@dataclass(frozen=True, slots=True)
class Asked:
    """A broadcast that somebody may confirm by this code."""

    broadcast: Broadcast
    code: str


def asked(db: Database, number: int) -> list[int]:
    """The owners who may confirm a broadcast by a code now."""
    return [row[0] for row in db.execute("SELECT owner FROM broadcast_codes WHERE broadcast = ?", (number,))]


def awaiting(db: Database, call: str, owner: int) -> list[Asked]:
    """What waits for the code of an owner."""
    rows = db.execute(
        f"SELECT {', '.join('b.' + name.strip() for name in COLUMNS.split(','))}, c.code "  # noqa: S608
        "FROM broadcasts b JOIN broadcast_codes c ON c.broadcast = b.id "
        "WHERE b.call = ? AND b.stage = 'asked' AND c.owner = ?",
        (call, owner),
    )
    return [Asked(read_row(row[:-1]), row[-1]) for row in rows]


def approve(call: str, seen: Broadcast, *, by: int, at: datetime, now: datetime) -> Callable[[Database], None]:
    """Let it begin ``at`` an instant: the one act by which a broadcast goes out.

    Raises (when it is applied):
        OvertakenError: it was edited, withdrawn or confirmed meanwhile.
    """

    def change(db: Database) -> None:
        _end_request(db, seen.id)
        move(call, seen, Stage.SCHEDULED, approved_by=by, approved_at=now, starts_at=at, reason=None)(db)

    return change


def take_back(call: str, seen: Broadcast, *, now: datetime) -> Callable[[Database], None]:
    """What was confirmed and has not begun is a draft again, or is given up where its author writes another one.

    The hour that was chosen for it stays chosen while it is to come.
    """

    def change(db: Database) -> None:
        after = Stage.CANCELLED if draft_of(db, call, seen.author) else Stage.DRAFT
        approved = db.execute("SELECT approved_at FROM broadcasts WHERE id = ?", (seen.id,)).fetchone()[0]
        hour = chosen(seen.starts_at, read(approved), now) if approved else None
        move(call, seen, after, asked_at=None, approved_by=None, starts_at=hour, revision=seen.revision + 1)(db)

    return change


def is_old_code(db: Database, call: str, owner: int, code: str) -> bool:
    """Whether an owner was once sent this code, for a request that does not stand any more."""
    found = db.execute("SELECT 1 FROM old_codes WHERE call = ? AND owner = ? AND code = ?", (call, owner, code))
    return found.fetchone() is not None


def _end_request(db: Database, number: int) -> None:
    """Nobody's code confirms it any more."""
    db.execute(
        "INSERT OR IGNORE INTO old_codes SELECT call, owner, code FROM broadcast_codes WHERE broadcast = ?", (number,)
    )
    db.execute("DELETE FROM broadcast_codes WHERE broadcast = ?", (number,))


def _spoken(languages: frozenset[ReplyLanguage]) -> str:
    return ",".join(sorted(languages))
