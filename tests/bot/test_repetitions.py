"""Broadcasts that come back: copies sent again, copies changed twice, an erratum that was stopped midway."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.messages import Message
from bot.office import Office
from bot.rules.campaign import How, Stage, Tally
from bot.rules.outbox import Ambiguous, Kind, Outcome, Sent
from bot.rules.plan import Purpose
from bot.rules.roles import Roles
from bot.store import (
    broadcasts,
    claiming,
    copies,
    drafts,
    errata,
    given,
    people,
    prefilled,
    publications,
    registrations,
    sendings,
    settling,
)
from bot.store.broadcasts import Broadcast
from bot.store.database import Database
from bot.store.errata import Erratum
from bot.store.prefilled import Told, Written
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests.conftest import OPEN

AUTHOR, OWNER = 7, 1
FR = ReplyLanguage.FR
OFFICE = Office(Roles.of((OWNER,), (AUTHOR,)))
READERS = range(10, 15)


def seen(db: Database, call: Call, number: int) -> Broadcast:
    found = broadcasts.of(db, call.id, number)
    assert found is not None
    return found


def begun(db: Database, call: Call, number: int) -> int:
    """A draft, confirmed and being sent."""
    drafts.ask(call.id, seen(db, call, number), {OWNER: f"{number:06}"}, now=OPEN)(db)
    drafts.approve(call.id, seen(db, call, number), by=OWNER, at=OPEN, now=OPEN)(db)
    move = broadcasts.move(call.id, seen(db, call, number), Stage.SENDING, started_at=OPEN, went_on_at=OPEN)
    move(db)
    return number


def prepared(db: Database, call: Call, text: str, audience: str) -> int:
    """A draft of an announcement that gives the answer no. 1."""
    told = Told(entry="qa-1", editions={FR: text}, changes=0, version=1)
    written = Written(texts={FR: Message(Html(text))}, audience=audience, answers=[told])
    return prefilled.draft(call, written, author=AUTHOR, chat_id=AUTHOR, language=FR, now=OPEN)(db)


def change(db: Database, call: Call, first: int, author: int) -> int:
    """Another text for all copies of an announcement, on its way."""
    audience = f"reached:{first}"
    draft = drafts.begin(call.id, author, author, FR, now=OPEN, audience=audience, how=How.EDIT, corrects=first)(db)
    drafts.write(call.id, draft, FR, Message(Html(f"by {author}")))(db)
    return begun(db, call, draft.id)


def arrived(sending: sendings.Sending) -> Outcome:
    return Sent(sending.id)


def sent_to_the_end(
    db: Database, call: Call, number: int, outcome: Callable[[sendings.Sending], Outcome] = arrived
) -> Tally | None:
    """What came of a broadcast; None where it does not come to an end."""
    for _ in range(50):
        planned = copies.plan_ahead(call, number, OFFICE, now=OPEN, window=50)(db)
        for one in claiming.claim(call.id, now=OPEN, most=99, busy=(), office=OFFICE)(db).sendings:
            sendings.finish(one, outcome(one), now=OPEN)(db)
        if planned.is_over:
            return finished(db, call, number)
    return None


def finished(db: Database, call: Call, number: int) -> Tally | None:
    copies.finish(call, seen(db, call, number), OFFICE, lambda _, __: None, now=OPEN)(db)
    return seen(db, call, number).report


@pytest.fixture
def first(db: Database, call: Call) -> int:
    """An announcement that everybody had."""
    for chat in READERS:
        people.seen(chat, FR, now=OPEN)(db)
    draft = drafts.begin(call.id, OWNER, OWNER, FR, now=OPEN)(db)
    drafts.write(call.id, draft, FR, Message(Html("first")))(db)
    assert sent_to_the_end(db, call, begun(db, call, draft.id))
    return draft.id


def test_two_changes_of_the_same_copies_both_come_to_an_end(db: Database, call: Call, first: int) -> None:
    early, late = (change(db, call, first, author) for author in (OWNER, AUTHOR))
    assert sent_to_the_end(db, call, late)
    assert sent_to_the_end(db, call, early)


def test_an_earlier_change_is_not_written_over_a_later_one(db: Database, call: Call, first: int) -> None:
    early = change(db, call, first, OWNER)
    assert copies.plan_ahead(call, early, OFFICE, now=OPEN, window=50)(db).planned == len(READERS)
    broadcasts.move(call.id, seen(db, call, early), Stage.PAUSED)(db)
    assert sent_to_the_end(db, call, change(db, call, first, AUTHOR))
    broadcasts.move(call.id, seen(db, call, early), Stage.SENDING, went_on_at=OPEN)(db)
    taken = claiming.claim(call.id, now=OPEN, most=99, busy=(), office=OFFICE)(db).sendings
    assert [one for one in taken if one.kind is Kind.AMEND] == []


def test_what_everybody_had_counts_as_told_also_where_its_repetition_was_stopped(db: Database, call: Call) -> None:
    publications_row = (
        "INSERT INTO publications (call, number, language, questions, answers, published_at, by, digest) "
        "VALUES (?, 1, 'fr', '{}', '{}', '2025-06-01T10:00:00.000000+00:00', 1, 'wanted')"
    )
    db.execute(publications_row, (call.id,))
    for chat in READERS:
        registrations.register(call.id, chat, Purpose.DEADLINE, FR, version=1, now=OPEN)(db)
    number = begun(db, call, prepared(db, call, "A", "registered"))
    unclear = min(READERS)
    assert sent_to_the_end(
        db, call, number, lambda one: Ambiguous("cut off") if one.chat_id == unclear else Sent(one.id)
    )
    assert publications.wanted_in_digest(db, call.id) == []
    assert settling.send_again(call.id, Kind.BROADCAST, f"broadcast:{number}", now=OPEN)(db) == 1
    broadcasts.move(call.id, seen(db, call, number), Stage.CANCELLED)(db)
    finished(db, call, number)
    assert seen(db, call, number).stage is Stage.DONE
    assert publications.wanted_in_digest(db, call.id) == []


def test_an_erratum_that_was_stopped_midway_can_be_told_to_the_others(db: Database, call: Call) -> None:
    errata.keep(call.id, Erratum(id=5, entry="qa-1", before={FR: "A"}, at=OPEN), {"B"}, by=OWNER)(db)
    for chat in READERS:
        given.give(call.id, chat, {"qa-1": "A"}, FR, now=OPEN)(db)
    number = prepared(db, call, "B", given.audience("qa-1", ["B"], [FR]))
    errata.announced(db, call.id, 5, number)
    begun(db, call, number)
    assert copies.plan_ahead(call, number, OFFICE, now=OPEN, window=1)(db).planned == 1
    for one in claiming.claim(call.id, now=OPEN, most=1, busy=(), office=OFFICE)(db).sendings:
        sendings.finish(one, Sent(1), now=OPEN)(db)
    broadcasts.move(call.id, seen(db, call, number), Stage.CANCELLED)(db)
    report = finished(db, call, number)
    assert report is not None
    assert report.missed == len(READERS) - 1
    kept = errata.of(db, call.id, 5)
    assert kept is not None
    assert kept.is_free
