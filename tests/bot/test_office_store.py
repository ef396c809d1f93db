"""What the store knows of the office: whose word waits, what a freeze lets pass, and people by the day."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta

import pytest

from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import Kind
from bot.rules.roles import Roles
from bot.store import claiming, freezing, people, sendings
from bot.store.database import Database
from bot.store.migrations import migrations
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import NO_OFFICE, OPEN

OWNER, STAFF, PERSON = 11, 21, 31
OFFICE = Office(Roles.of({OWNER}, {STAFF}))
FR, AR = ReplyLanguage.FR, ReplyLanguage.AR


@pytest.fixture
def db() -> Iterator[Database]:
    with closing(Database(memory=True)) as db:
        migrations.apply(db)
        yield db


def queue(db: Database, chat: int, text: str, *, step: str | None = None, author: int | None = None) -> None:
    sendings.plan_reply("c", chat, Message(Html(text)), FR, now=OPEN, step=step, author=author, kind=Kind.STAFF)(db)


def claimed(db: Database, office: Office) -> list[tuple[int, str]]:
    found = claiming.claim("c", now=OPEN + timedelta(seconds=1), most=9, busy=(), office=office)(db)
    return [(one.chat_id, one.message.text) for one in found.sendings if one.message]


def test_a_chat_gets_one_message_of_each_step_and_any_number_without(db: Database) -> None:
    for text in ("first", "second"):
        queue(db, PERSON, text, step="answer:7")
        queue(db, PERSON, text)
    queue(db, OWNER, "first", step="answer:7")
    queued = db.execute("SELECT chat_id, step, payload FROM sendings ORDER BY id").fetchall()
    assert [(chat, step, Message.from_json(payload).text) for chat, step, payload in queued] == [
        (PERSON, "answer:7", "first"),
        (PERSON, None, "first"),
        (PERSON, None, "second"),
        (OWNER, "answer:7", "first"),
    ]


def test_what_waits_goes_out_only_while_its_author_is_of_the_office(db: Database) -> None:
    queue(db, 1, "by staff", author=STAFF)
    queue(db, 2, "by an owner", author=OWNER)
    queue(db, 3, "by nobody")
    assert claimed(db, Office(Roles.of({OWNER}, ()))) == [(2, "by an owner"), (3, "by nobody")]
    ended = db.execute("SELECT chat_id, reason, payload FROM sendings WHERE state = 'cancelled'").fetchall()
    assert ended == [(1, "its author lost the right", None)]
    queue(db, 4, "by an owner", author=OWNER)
    assert claimed(db, NO_OFFICE) == []


def test_a_freeze_lets_pass_what_is_for_the_office_and_cancels_what_lost_its_author(db: Database) -> None:
    freezing.freeze("c", STAFF, now=OPEN)(db)
    freezing.freeze("c", OWNER, now=OPEN + timedelta(hours=1))(db)
    assert freezing.of(db, "c") == freezing.Freeze(STAFF, OPEN)
    queue(db, PERSON, "to a person", author=OWNER)
    queue(db, OWNER, "to an owner")
    queue(db, 1, "by a stranger", author=99)
    assert claimed(db, OFFICE) == [(OWNER, "to an owner")]
    assert db.execute("SELECT state FROM sendings WHERE author = 99").fetchall() == [("cancelled",)]
    freezing.unfreeze("c")(db)
    assert claimed(db, OFFICE) == [(PERSON, "to a person")]


def test_people_are_known_by_their_first_and_last_day_and_the_language_they_are_answered_in(db: Database) -> None:
    people.seen(PERSON, FR, now=OPEN)(db)
    people.seen(PERSON, AR, now=OPEN + timedelta(days=2))(db)
    kept = db.execute("SELECT spoken, first_seen, seen_at, language FROM people").fetchall()
    assert kept == [("ar", "2025-07-20", "2025-07-22", None)]
