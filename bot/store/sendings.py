"""Statements about sendings: planned, claimed before the request, finished after it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.messages import Message
from bot.rules.outbox import (
    PRIORITIES,
    REPEAT_WAITS,
    Ambiguous,
    Kind,
    Migrated,
    NotSent,
    Outcome,
    Sent,
    State,
    Unreachable,
    after,
    step,
)
from bot.rules.plan import CHANGE
from bot.store import people, registrations
from bot.store.database import Database
from bot.store.instants import stored
from faq import Call
from faq.languages import ReplyLanguage


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One message to one chat, claimed for sending.

    A reply holds its ``message``. A reminder holds its ``step`` instead and is worded when it is sent, with the time
    that is then left; so is the copy of a broadcast, and the change of an earlier copy, whose id is ``message_id``.
    ``attempts`` counts requests of which delivery is possible, this one included. ``version`` is that of the deadline
    for which it was worded or planned, None where it does not speak of one; from ``expires_at`` on it is of no use.
    """

    id: int
    chat_id: int
    kind: Kind
    attempts: int
    message: Message | None
    step: str | None
    language: ReplyLanguage | None
    version: int | None
    expires_at: datetime | None
    message_id: int | None = None
    reader: ReplyLanguage | None = None


class Reminder(NamedTuple):
    """A reminder to plan: one a chat, step and deadline version, useless after ``expires_at``."""

    chat_id: int
    step: str
    language: ReplyLanguage
    deadline_version: int
    expires_at: datetime


def plan_reply(  # noqa: PLR0913  one row
    call: str,
    chat_id: int,
    message: Message,
    language: ReplyLanguage,
    *,
    now: datetime,
    version: int | None = None,
    kind: Kind = Kind.REPLY,
    step: str | None = None,
    author: int | None = None,
) -> Callable[[Database], None]:
    """Queue a message to a person that was worded while the deadline had this ``version``.

    ``step`` is a name by which it is found again; a chat gets one of each, and no second. ``author`` is the member of
    staff whose word it is: when they lose the right before it went out, it does not go out.
    """

    def change(db: Database) -> None:
        at = stored(now)
        db.execute(
            "INSERT OR IGNORE INTO sendings (call, chat_id, kind, priority, state, step, payload, language, "
            "deadline_version, planned_at, not_before, author) VALUES (?, ?, ?, ?, 'planned', ?, ?, ?, ?, ?, ?, ?)",
            (call, chat_id, kind, PRIORITIES[kind], step, message.to_json(), language, version, at, at, author),
        )

    return change


def plan_to_all(  # noqa: PLR0913  one row a chat
    call: str,
    chat_ids: Iterable[int],
    message: Message,
    language: ReplyLanguage,
    *,
    now: datetime,
    version: int | None,
    kind: Kind,
    step: str,
    author: int,
) -> Callable[[Database], None]:
    """Queue a message to chats by one statement, as `plan_reply` does to one of them."""

    def change(db: Database) -> None:
        at = stored(now)
        db.execute(
            "INSERT OR IGNORE INTO sendings (call, chat_id, kind, priority, state, step, payload, language, "
            "deadline_version, planned_at, not_before, author) "
            "SELECT ?, value, ?, ?, 'planned', ?, ?, ?, ?, ?, ?, ? FROM json_each(?)",
            (
                call, kind, PRIORITIES[kind], step, message.to_json(), language, version, at, at, author,
                json.dumps(list(chat_ids)),
            ),
        )  # fmt: skip

    return change


def plan_in_own_languages(
    call: Call,
    chat_ids: Iterable[int],
    word: Callable[[ReplyLanguage], Message],
    *,
    now: datetime,
    step: str | None = None,
) -> Callable[[Database], None]:
    """Queue a message to chats, to each in the language that it reads, else in the call's first.

    A chat gets one of each ``step``.
    """

    def change(db: Database) -> None:
        for chat_id in chat_ids:
            language = call.language(people.reads(db, chat_id))
            plan_reply(call.id, chat_id, word(language), language, now=now, step=step)(db)

    return change


def plan_reminders(call: str, reminders: Iterable[Reminder], *, now: datetime) -> Callable[[Database], int]:
    """Queue reminders; one that was ever planned for the same chat, step and version is left alone.

    Those that differ in their chats alone are one statement, which takes a quarter of the time of one for each.
    """
    chats: dict[tuple[str, int, datetime, ReplyLanguage], list[int]] = defaultdict(list)
    for one in reminders:
        chats[one.step, one.deadline_version, one.expires_at, one.language].append(one.chat_id)

    def change(db: Database) -> int:
        at, kind, priority = stored(now), Kind.REMINDER, PRIORITIES[Kind.REMINDER]
        return sum(
            db.execute(
                "INSERT OR IGNORE INTO sendings (call, chat_id, kind, priority, state, step, deadline_version, "
                "expires_at, language, planned_at, not_before) "
                "SELECT ?, value, ?, ?, 'planned', ?, ?, ?, ?, ?, ? FROM json_each(?)",
                (call, kind, priority, step, version, stored(expires), language, at, at, json.dumps(chat_ids)),
            ).rowcount
            for (step, version, expires, language), chat_ids in chats.items()
        )

    return change


def finish(sending: Sending, outcome: Outcome, *, now: datetime) -> Callable[[Database], State]:
    """Record what came of a claimed sending, and what follows from it for the chat."""

    def change(db: Database) -> State:
        state = after(sending.kind, sending.attempts, outcome)
        row = db.execute("SELECT call, state FROM sendings WHERE id = ?", (sending.id,)).fetchone()
        if row is None:
            return State.CANCELLED  # its chat asked to be forgotten meanwhile: nothing may be written of it
        if isinstance(outcome, Unreachable):
            people.unreachable(db, row[0], sending.chat_id, outcome.reason)
        if state in {State.PLANNED, State.UNREACHABLE} and not _is_still_wanted(db, row[0], sending, outcome, now=now):
            state = State.CANCELLED
        step(State(row[1]), state)
        ended = None if state in {State.PLANNED, State.HELD} else stored(now)
        if sending.kind is Kind.FAREWELL and state is not State.PLANNED:
            db.execute("DELETE FROM sendings WHERE id = ?", (sending.id,))
            db.execute("DELETE FROM people WHERE chat_id = ? AND language IS NULL", (sending.chat_id,))
            db.wipe_after_commit = db.copy_again = True
            return state
        db.execute(
            "UPDATE sendings SET state = ?, attempts = ?, not_before = ?, finished_at = ?, "
            "message_id = ifnull(?, message_id), reason = ?, payload = iif(?, payload, NULL) WHERE id = ?",
            (
                state,
                sending.attempts - (1 if isinstance(outcome, NotSent | Migrated | Unreachable) else 0),
                stored(now + timedelta(seconds=_wait_seconds(sending, outcome))),
                ended,
                outcome.message_id if isinstance(outcome, Sent) else None,
                None if isinstance(outcome, Sent | Migrated) else outcome.reason,
                state is State.PLANNED or (state is State.HELD and sending.kind is not Kind.REPLY),
                sending.id,
            ),
        )
        return state

    return change


def _wait_seconds(sending: Sending, outcome: Outcome) -> float:
    """Seconds before a sending that goes back to planned may be claimed again."""
    match outcome:
        case NotSent(wait_seconds=seconds):
            return seconds
        case Ambiguous():
            return REPEAT_WAITS.get(sending.kind, 0.0)
        case _:
            return 0.0


def _is_still_wanted(db: Database, call: str, sending: Sending, outcome: Outcome, *, now: datetime) -> bool:
    """Whether what may be sent later has somebody to go to: its chat moved, or its person chose otherwise meanwhile."""
    if isinstance(outcome, Migrated):
        people.moved(db, sending.chat_id, outcome.chat_id)
        # A reminder that the new id has already is not sent to it twice: the unique key lets the row stay behind.
        return bool(
            db.execute("UPDATE OR IGNORE sendings SET chat_id = ? WHERE id = ?", (outcome.chat_id, sending.id)).rowcount
        )
    if sending.kind is not Kind.REMINDER:
        return sending.kind is not Kind.BROADCAST or not people.is_muted(db, sending.chat_id)
    name = db.execute("SELECT step FROM sendings WHERE id = ?", (sending.id,)).fetchone()[0]
    if name == CHANGE:
        return bool(registrations.purposes_of(db, call, sending.chat_id))
    person = registrations.of(db, call, sending.chat_id)
    if person is None or person.submitted or name in person.off:
        return False
    return person.later is None or person.later <= now
