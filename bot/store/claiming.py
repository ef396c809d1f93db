"""Statements about taking sendings: claimed durably before the request, and settled where a crash left them so."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import Ambiguous, Kind, sendable
from bot.store import amendments, answers, broadcasts, freezing, posting, questions
from bot.store.database import Database
from bot.store.instants import read, stored
from bot.store.posting import Letter
from bot.store.sendings import Sending, finish
from faq.languages import ReplyLanguage


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was taken for sending, and the version of the deadline that held in that transaction."""

    version: int
    sendings: tuple[Sending, ...]


def claim(  # noqa: PLR0913  what decides about a message, each once
    call: str,
    *,
    now: datetime,
    most: int,
    busy: Collection[int],
    office: Office,
    quiet: bool = False,
) -> Callable[[Database], Claimed]:
    """Take up to ``most`` sendings that are due, one a chat, none to a ``busy`` chat, no reminder in ``quiet`` hours.

    What was planned for another version of the deadline than holds, or is past its use, is superseded instead: the
    check is in the transaction that claims, so a wrong date can't slip between. What was planned at a later time than
    now (the machine's clock went back) does not wait for that time to come again. What somebody queued who has lost
    the right since is cancelled, while a freeze holds only the ``office`` is written to, and the copies of a broadcast
    go out while it is being sent.
    """

    def change(db: Database) -> Claimed:
        version = amendments.version(db, call)
        _withdraw_of_others(db, call, office, now=now)
        holes = ",".join("?" * len(busy))
        kinds = ",".join(map(str, sendable(quiet=quiet)))
        waiting = db.execute(
            "SELECT id, chat_id, kind = 'reminder' AND (deadline_version <> ? OR expires_at <= ?) "  # noqa: S608  only "?"s and numbers
            "FROM sendings WHERE state = 'planned' AND call = ? "
            "AND (not_before <= ? OR (planned_at > ? AND kind <> 'reminder')) "
            f"AND priority IN ({kinds}) AND chat_id NOT IN ({holes}) AND {sendable_now(db, call, office, now=now)} "
            "ORDER BY priority, id LIMIT ?",
            (version, stored(now), call, stored(now), stored(now), *busy, most),
        ).fetchall()
        taken: dict[int, Sending] = {}
        for key, chat_id, is_stale in waiting:
            if is_stale:
                supersede(db, call, version=version, now=now)  # all at once, or they would be taken one by one
            elif chat_id not in taken:
                taken[chat_id] = _claimed(db, key)
        return Claimed(version, tuple(taken.values()))

    return change


def sendable_now(db: Database, call: str, office: Office, *, now: datetime) -> str:
    """The condition on a sending that no freeze and no stage of its broadcast keeps it back."""
    return f"{freezing.exempt(db, call, office.chats)} AND {broadcasts.sendable(db, call, office.roles, now=now)}"


def _withdraw_of_others(db: Database, call: str, office: Office, *, now: datetime) -> None:
    """Give up what waits and was queued by somebody who is not of the office any more."""
    mine = ",".join(map(str, office.roles.everyone))
    given_up = db.execute(
        "UPDATE sendings SET state = 'cancelled', finished_at = ?, reason = 'its author lost the right', "  # noqa: S608  only numbers
        f"payload = NULL WHERE state = 'planned' AND author IS NOT NULL AND author NOT IN ({mine}) AND call = ? "
        "RETURNING step",
        (stored(now), call),
    ).fetchall()
    for (step,) in given_up:
        brought = posting.read(step)
        if brought and brought[0] is Letter.ANSWER:
            answers.unsent(db, brought[1])
        elif brought and brought[0] is Letter.PUBLIC:
            questions.mark(db, brought[1], questions.State.OPEN)


def supersede(db: Database, call: str, *, version: int, now: datetime) -> None:
    """Give up every reminder that waits for another version of the deadline than ``version``, or is past its use."""
    db.execute(
        "UPDATE sendings SET state = 'superseded', finished_at = :now WHERE call = :call AND kind = 'reminder' "
        "AND state = 'planned' AND (deadline_version <> :version OR expires_at <= :now)",
        {"call": call, "version": version, "now": stored(now)},
    )


def _claimed(db: Database, key: int) -> Sending:
    row = db.execute(
        "UPDATE sendings SET state = 'claimed', attempts = attempts + 1 WHERE id = ? "
        "RETURNING id, chat_id, kind, attempts, payload, step, language, deadline_version, "
        "expires_at, message_id, reader",
        (key,),
    ).fetchone()
    return Sending(
        id=row[0],
        chat_id=row[1],
        kind=Kind(row[2]),
        attempts=row[3],
        message=Message.from_json(row[4]) if row[4] else None,
        step=row[5],
        language=ReplyLanguage(row[6]) if row[6] else None,
        version=row[7] or None,  # 0: a broadcast, which speaks of no deadline
        expires_at=read(row[8]) if row[8] else None,
        message_id=row[9],
        reader=ReplyLanguage(row[10]) if row[10] else None,
    )


def interrupted(call: str, *, now: datetime) -> Callable[[Database], int]:
    """Settle what a crash left claimed of a call: it may have been delivered or not.

    Returns how many there were.
    """

    def change(db: Database) -> int:
        rows = db.execute(
            "SELECT id, chat_id, kind, attempts FROM sendings WHERE state = 'claimed' AND call = ?", (call,)
        ).fetchall()
        for row in rows:
            left = Sending(
                id=row[0],
                chat_id=row[1],
                kind=Kind(row[2]),
                attempts=row[3],
                message=None,
                step=None,
                language=None,
                version=None,
                expires_at=None,
            )
            finish(left, Ambiguous("the bot was stopped while sending"), now=now)(db)
        return len(rows)

    return change
