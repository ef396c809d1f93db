"""Statements about sendings: claimed once, in order, never for an old date."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.messages import Message
from bot.rules.outbox import Ambiguous, Kind, Migrated, NotSent, Sent, State, Unreachable
from bot.rules.plan import Purpose
from bot.store import amendments, claiming, people, registrations, sendings, tallies
from bot.store.amendments import Proposal
from bot.store.database import Database
from bot.store.sendings import Reminder, Sending
from faq.deadline import Amendment
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import NO_OFFICE, OPEN

CALL = "c"
SOON = OPEN + timedelta(days=1)


def reply(db: Database, chat_id: int, text: str = "hello") -> None:
    sendings.plan_reply(CALL, chat_id, Message(Html(text)), ReplyLanguage.FR, now=OPEN)(db)


def reminder(chat_id: int, *, version: int = 1, expires_at: datetime = SOON) -> Reminder:
    return Reminder(
        chat_id=chat_id, step="7d", language=ReplyLanguage.AR, deadline_version=version, expires_at=expires_at
    )


def claim(
    db: Database, *, now: datetime = OPEN, most: int = 9, busy: tuple[int, ...] = (), quiet: bool = False
) -> list[Sending]:
    return list(claiming.claim(CALL, now=now, most=most, busy=busy, office=NO_OFFICE, quiet=quiet)(db).sendings)


def extend(db: Database) -> None:
    decided = Amendment(version=2, local=datetime(2025, 8, 1, 12), announced=OPEN.date(), source="u", decided_at=OPEN)  # noqa: DTZ001
    proposal = Proposal(
        id=1, base_version=1, local=decided.local, source="u", proposed_by=1, proposed_at=OPEN, code="1"
    )
    amendments.propose(CALL, proposal)(db)
    amendments.apply(CALL, proposal, decided, by=2)(db)


def test_a_sending_is_claimed_once(db: Database) -> None:
    reply(db, 1)
    assert [s.chat_id for s in claim(db)] == [1]
    assert claim(db) == []


def test_replies_go_before_reminders_that_were_planned_earlier(db: Database) -> None:
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    reply(db, 2)
    assert [s.kind for s in claim(db)] == [Kind.REPLY, Kind.REMINDER]


def test_one_chat_gets_its_messages_one_after_the_other(db: Database) -> None:
    reply(db, 1, "first")
    reply(db, 1, "second")
    first = claim(db)
    assert [s.message and s.message.text for s in first] == ["first"]
    assert claim(db, busy=(1,)) == []
    sendings.finish(first[0], Sent(5), now=OPEN)(db)
    assert [s.message and s.message.text for s in claim(db)] == ["second"]


def test_the_same_reminder_is_planned_once_whatever_happens_to_it(db: Database) -> None:
    plan = sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)
    assert plan(db) == 1
    sendings.finish(claim(db)[0], Sent(5), now=OPEN)(db)
    assert plan(db) == 0


def test_a_reminder_of_an_old_deadline_is_superseded_when_it_would_be_claimed(db: Database) -> None:
    sendings.plan_reminders(CALL, [reminder(1, version=1)], now=OPEN)(db)
    extend(db)
    assert claim(db) == []
    assert tallies.counts(db) == {"superseded": 1}


def test_a_reminder_is_not_sent_from_the_deadline_on(db: Database) -> None:
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    assert claim(db, now=SOON) == []


def test_what_surely_was_not_sent_is_tried_again_after_its_wait(db: Database) -> None:
    reply(db, 1)
    state = sendings.finish(claim(db)[0], NotSent("429", 30.0), now=OPEN)(db)
    assert state is State.PLANNED
    assert claim(db, now=OPEN + timedelta(seconds=29)) == []
    again = claim(db, now=OPEN + timedelta(seconds=30))
    assert [s.attempts for s in again] == [1], "an attempt that was surely not delivered does not count"


def test_what_a_crash_left_claimed_is_repeated_once_as_a_second_attempt(db: Database) -> None:
    reply(db, 1)
    claim(db)
    assert claiming.interrupted(CALL, now=OPEN)(db) == 1
    assert [s.attempts for s in claim(db, now=OPEN + timedelta(seconds=3))] == [2]
    claiming.interrupted(CALL, now=OPEN)(db)
    assert claim(db) == []
    assert tallies.counts(db) == {"held": 1}


def test_an_unreachable_chat_is_marked(db: Database) -> None:
    registrations.register(CALL, 1, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    reply(db, 1)
    sendings.finish(claim(db)[0], Unreachable("blocked"), now=OPEN)(db)
    assert registrations.everyone(db, CALL) == []


def test_a_migrated_group_gets_the_message_under_its_new_id(db: Database) -> None:
    reply(db, -1)
    sendings.finish(claim(db)[0], Migrated(-1001), now=OPEN)(db)
    assert [(s.chat_id, s.attempts) for s in claim(db)] == [(-1001, 1)]


def test_the_text_of_a_reply_is_not_kept_once_it_is_sent(db: Database) -> None:
    reply(db, 1, "private")
    sendings.finish(claim(db)[0], Sent(5), now=OPEN)(db)
    assert db.execute("SELECT payload, message_id FROM sendings").fetchall() == [(None, 5)]


def test_stopping_takes_back_what_was_planned(db: Database) -> None:
    registrations.register(CALL, 1, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    registrations.unregister(CALL, 1)(db)
    assert claim(db) == []


def test_a_reminder_under_way_when_the_person_stopped_is_not_tried_again(db: Database) -> None:
    registrations.register(CALL, 1, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    claimed = claim(db)[0]
    registrations.unregister(CALL, 1)(db)
    assert sendings.finish(claimed, NotSent("429", 1.0), now=OPEN)(db) is State.CANCELLED


def test_a_group_that_moved_to_an_id_with_the_same_reminder_does_not_get_it_twice(db: Database) -> None:
    for chat_id in (-1, -1001):
        registrations.register(CALL, chat_id, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    sendings.plan_reminders(CALL, [reminder(-1), reminder(-1001)], now=OPEN)(db)
    first = next(s for s in claim(db) if s.chat_id == -1)
    assert sendings.finish(first, Migrated(-1001), now=OPEN)(db) is State.CANCELLED
    assert tallies.counts(db) == {"cancelled": 1, "claimed": 1}


def test_what_another_call_or_a_rehearsal_left_is_not_sent(db: Database) -> None:
    sendings.plan_reply("c+rehearsal", 1, Message(Html("made up")), ReplyLanguage.FR, now=OPEN)(db)
    sendings.plan_reminders("c+rehearsal", [reminder(1)], now=OPEN)(db)
    assert claim(db) == []


def test_in_quiet_hours_replies_go_out_and_reminders_wait(db: Database) -> None:
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    reply(db, 2)
    assert [s.kind for s in claim(db, quiet=True)] == [Kind.REPLY]
    assert tallies.next_due(db, CALL, NO_OFFICE, now=OPEN, quiet=True) is None
    assert [s.kind for s in claim(db)] == [Kind.REMINDER]


def test_what_was_planned_before_the_clock_went_back_does_not_wait_for_that_time_again(db: Database) -> None:
    reply(db, 1)
    assert [s.chat_id for s in claim(db, now=OPEN - timedelta(days=3))] == [1]


def test_who_was_unreachable_gets_what_is_still_of_use_when_they_write_again(db: Database) -> None:
    registrations.register(CALL, 1, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    sendings.finish(claim(db)[0], Unreachable("blocked"), now=OPEN)(db)
    assert claim(db) == []
    people.revive(CALL, 1)(db)
    assert [(s.chat_id, s.attempts) for s in claim(db)] == [(1, 1)]


def test_a_farewell_leaves_no_row_behind(db: Database) -> None:
    bye = Message(Html("bye"))
    sendings.plan_reply(CALL, 1, bye, ReplyLanguage.FR, now=OPEN, kind=Kind.FAREWELL)(db)
    assert sendings.finish(claim(db)[0], Sent(5), now=OPEN)(db) is State.SENT
    assert tallies.counts(db) == {}


def test_an_unclear_reminder_is_tried_again_a_minute_later(db: Database) -> None:
    registrations.register(CALL, 1, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)(db)
    sendings.plan_reminders(CALL, [reminder(1)], now=OPEN)(db)
    sendings.finish(claim(db)[0], Ambiguous("timed out"), now=OPEN)(db)
    assert claim(db, now=OPEN + timedelta(seconds=59)) == []
    assert [(s.step, s.attempts) for s in claim(db, now=OPEN + timedelta(seconds=60))] == [("7d", 2)]
