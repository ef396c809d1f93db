"""An announcement that gives an answer: it goes out while the answer holds, and its readers hear of a correction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.messages import Message
from bot.office import Office
from bot.rules.campaign import Stage
from bot.rules.outbox import Ambiguous, Sent
from bot.rules.roles import Roles
from bot.store import (
    audiences,
    broadcasts,
    claiming,
    copies,
    drafts,
    errata,
    given,
    lessons,
    people,
    prefilled,
    sendings,
)
from bot.store.broadcasts import Broadcast
from bot.store.database import Database
from bot.store.errata import Erratum
from bot.store.prefilled import Told, Written
from bot.store.publication_drafts import OvertakenError
from faq import Call
from faq.call import Phrasing
from faq.languages import Language, ReplyLanguage
from faq.lessons import DESK, Lesson, LessonKind
from faq.markup import Html
from tests.conftest import OPEN

AUTHOR, OWNER, READER = 7, 1, 5001
FR, AR = ReplyLanguage.FR, ReplyLanguage.AR
OFFICE = Office(Roles.of((OWNER,), (AUTHOR,)))
ANSWER = Lesson(kind=LessonKind.ANSWER, entry="qa-1", language=FR, text="B")


def drafted(db: Database, call: Call, *, version: int | None = None, changes: int = 0) -> Broadcast:
    """An announcement, in French alone, of the answer no. 1."""
    told = Told(entry="qa-1", editions={FR: "old"}, changes=changes, version=version)
    written = Written(texts={FR: Message(Html("A"))}, audience="all", answers=[told])
    number = prefilled.draft(call, written, author=AUTHOR, chat_id=AUTHOR, language=FR, now=OPEN)(db)
    found = broadcasts.of(db, call.id, number)
    assert found is not None
    return found


def being_sent(db: Database, call: Call, draft: Broadcast) -> None:
    """Confirmed and begun, with one copy that waits."""
    people.seen(READER, FR, now=OPEN)(db)
    drafts.ask(call.id, draft, {OWNER: "123456"}, now=OPEN)(db)
    draft = replace(draft, stage=Stage.ASKED)
    drafts.approve(call.id, draft, by=OWNER, at=OPEN, now=OPEN)(db)
    broadcasts.move(call.id, replace(draft, stage=Stage.SCHEDULED), Stage.SENDING, started_at=OPEN)(db)
    assert copies.plan_ahead(call, draft.id, OFFICE, now=OPEN, window=9)(db).planned == 1


def claimed(db: Database, call: Call) -> list[int]:
    return [one.chat_id for one in claiming.claim(call.id, now=OPEN, most=9, busy=(), office=OFFICE)(db).sendings]


def outdated(db: Database, call: Call) -> list[int]:
    return [one.id for one in broadcasts.outdated(db, call.id)]


def teach(db: Database, call: Call, lesson: Lesson = ANSWER) -> int:
    return lessons.teach(call.id, lesson, by=OWNER, now=OPEN)(db)


def test_no_copy_is_taken_from_the_moment_at_which_the_answer_is_another(db: Database, call: Call) -> None:
    draft = drafted(db, call)
    being_sent(db, call, draft)
    learned = Phrasing("comment faire ?", Language.FR, DESK)
    teach(db, call, Lesson(kind=LessonKind.PHRASINGS, entry="qa-1", phrasings=(learned,)))
    teach(db, call, replace(ANSWER, entry="qa-2"))
    assert outdated(db, call) == [], "other words for the question, and other answers, change nothing of it"
    number = teach(db, call)
    assert outdated(db, call) == [draft.id]
    lessons.undo(call.id, number, by=OWNER, now=OPEN)(db)
    assert claimed(db, call) == [], "nobody knows any more what it was drafted from"


@pytest.mark.parametrize(("version", "holds"), [(1, False), (2, True), (None, True)])
def test_a_date_in_an_answer_holds_as_long_as_the_deadline(
    db: Database, call: Call, version: int | None, *, holds: bool
) -> None:
    being_sent(db, call, drafted(db, call, version=version))
    db.execute("INSERT INTO amendments VALUES (?, 2, NULL, NULL, '', '', '', 1, 2)", (call.id,))
    assert claimed(db, call) == ([READER] if holds else [])


@pytest.mark.parametrize("is_begun", [True, False])
def test_a_slip_of_the_pen_stops_no_announcement_that_is_under_way(db: Database, call: Call, *, is_begun: bool) -> None:
    draft = drafted(db, call)
    if is_begun:
        being_sent(db, call, draft)
    teach(db, call)
    given.is_now(call.id, "qa-1", {"old": "new"}, ["new"])(db)
    assert outdated(db, call) == ([] if is_begun else [draft.id])
    assert audience(db, call, "new") == []
    if is_begun:
        assert claimed(db, call) == [READER]


def test_a_slip_of_the_pen_does_not_let_go_on_what_a_correction_stopped(db: Database, call: Call) -> None:
    being_sent(db, call, drafted(db, call))
    teach(db, call)
    teach(db, call)
    given.is_now(call.id, "qa-1", {"new": "newer"}, ["newer"])(db)
    assert claimed(db, call) == []


def audience(db: Database, call: Call, edition: str, language: ReplyLanguage = FR) -> list[int]:
    name = given.audience("qa-1", [edition], [language])
    page = audiences.page(db, call, name, OFFICE, after=audiences.START, step="x", most=9)
    return [one.chat_id for one in page]


def test_who_is_just_being_told_the_old_answer_is_put_right_too(db: Database, call: Call) -> None:
    being_sent(db, call, drafted(db, call))
    assert audience(db, call, "new") == []
    assert claimed(db, call) == [READER]
    assert audience(db, call, "new") == [READER]


def test_readers_of_a_language_in_which_nothing_changed_are_not_put_right(db: Database, call: Call) -> None:
    given.give(call.id, READER, {"qa-1": "old"}, FR, now=OPEN)(db)
    assert audience(db, call, "new", AR) == []
    assert audience(db, call, "new", FR) == [READER]


def test_a_text_that_holds_again_is_not_quoted_to_who_read_the_one_between(db: Database, call: Call) -> None:
    errata.keep(call.id, Erratum(id=11, entry="qa-1", before={FR: "A"}, at=OPEN), {"B"}, by=OWNER)(db)
    undone = Erratum(id=12, entry="qa-1", before={FR: "B"}, at=OPEN + timedelta(1))
    errata.keep(call.id, undone, {"A"}, by=OWNER)(db)
    assert errata.of(db, call.id, 12) == undone


@pytest.mark.parametrize("is_later", [True, False])
@pytest.mark.parametrize("outcome", [Sent(1), Ambiguous("cut off")], ids=["sent", "unclear"])
def test_an_announcement_counts_for_what_was_read_before_it_where_it_surely_arrived(
    db: Database, call: Call, outcome: Sent | Ambiguous, *, is_later: bool
) -> None:
    if not is_later:
        given.give(call.id, READER, {"qa-1": "oldest"}, FR, now=OPEN)(db)
    teach(db, call)
    being_sent(db, call, drafted(db, call, changes=1))
    (copy,) = claiming.claim(call.id, now=OPEN, most=9, busy=(), office=OFFICE)(db).sendings
    sendings.finish(copy, outcome, now=OPEN)(db)
    teach(db, call)
    if is_later:
        given.give(call.id, READER, {"qa-1": "newest"}, FR, now=OPEN)(db)
    assert audience(db, call, "newest") == ([] if is_later else [READER])
    assert audience(db, call, "old") == ([READER] if is_later or isinstance(outcome, Ambiguous) else [])


def test_of_what_a_chat_was_given_in_one_language_the_latest_counts(db: Database, call: Call) -> None:
    for edition in ("first", "second", "first"):
        given.give(call.id, READER, {"qa-1": edition}, FR, now=OPEN)(db)
        teach(db, call)
    given.give(call.id, READER, {"qa-1": "alif"}, AR, now=OPEN)(db)
    assert audience(db, call, "first") == []
    assert audience(db, call, "second") == [READER]


def test_an_erratum_that_nobody_told_yet_joins_the_next_one_and_is_told_once(db: Database, call: Call) -> None:
    first = Erratum(id=11, entry="qa-1", before={FR: "A", AR: "alif"}, at=OPEN)
    errata.keep(call.id, first, {"B", "ba"}, by=OWNER)(db)
    second = Erratum(id=12, entry="qa-1", before={FR: "B", AR: "ba"}, at=OPEN + timedelta(1))
    errata.keep(call.id, second, {"C", "jim"}, by=OWNER)(db)
    assert errata.of(db, call.id, 11) is None
    assert errata.of(db, call.id, 12) == replace(first, id=12), "what was there longest is quoted, with its day"
    draft = drafted(db, call)
    errata.announced(db, call.id, 12, draft.id)
    with pytest.raises(OvertakenError):
        errata.announced(db, call.id, 12, draft.id)
    broadcasts.move(call.id, draft, Stage.CANCELLED)(db)
    errata.announced(db, call.id, 12, draft.id)
