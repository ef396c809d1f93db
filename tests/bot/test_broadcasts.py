"""Statements about broadcasts: who is in the audience, one copy each, nothing sent that was not confirmed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Message
from bot.office import Office
from bot.rules import campaign
from bot.rules.campaign import TRANSITIONS, How, Stage
from bot.rules.outbox import Ambiguous, ImpossibleStepError, Kind, Refused, Sent, Unreachable
from bot.rules.plan import Purpose
from bot.rules.roles import Roles
from bot.store import (
    audiences,
    broadcasts,
    claiming,
    copies,
    drafts,
    erasing,
    people,
    registrations,
    sendings,
    settling,
    tallies,
)
from bot.store.broadcasts import Broadcast, OvertakenError
from bot.store.database import Database
from bot.store.sendings import Sending
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html
from tests import harbour
from tests.conftest import OPEN

AUTHOR, OWNER = 7, harbour.OWNER
OFFICE = Office(Roles.of((OWNER,), ()))
FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN


def claim(db: Database, call: Call, office: Office = OFFICE) -> list[Sending]:
    return list(claiming.claim(call.id, now=OPEN, most=99, busy=(), office=office)(db).sendings)


def ahead(db: Database, call: Call, *, window: int = 99) -> copies.Ahead:
    return copies.plan_ahead(call, 1, OFFICE, now=OPEN, window=window)(db)


def of(db: Database, call: Call, number: int = 1) -> Broadcast:
    found = broadcasts.of(db, call.id, number)
    assert found is not None
    return found


@pytest.mark.parametrize("language", list(ReplyLanguage))
def test_one_is_said_as_one(language: ReplyLanguage) -> None:
    """A counted noun stands in its singular for one, or does not follow the number at all."""
    number = re.compile(r"(?<!\d)1 \w{3,}")
    for key, values in {
        "broadcast-standing": {"reached": 1, "unreached": 0},
        "held-sent": {"what": "-", "count": 1},
        "held-again": {"what": "-", "count": 1},
        "unanswered-head": {"count": 1},
        "report-peak": {"people": 1, "registered": 1},
    }.items():
        assert not number.search(Texts().say(language, key, **values)), key  # pyright: ignore[reportArgumentType]
    ready = Texts().plain(language, "broadcast-ready", name="-", length=1, kind="none", file="")
    assert re.search(r"1( signe| character)?$", ready.strip("\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}"))


def test_every_stage_has_its_transitions() -> None:
    assert set(TRANSITIONS) == set(Stage)


@pytest.mark.parametrize(
    ("owners", "staff", "author", "approver", "may"),
    [
        ({1, 2}, (), 1, 2, True),
        ({1, 2}, (), 1, 1, False),
        ({1}, (), 1, 1, True),
        ({1}, {7}, 7, 1, True),
        ({1}, {7}, 7, 7, False),
        ({1}, {7, 8}, 7, 8, False),
        ({1}, (), 7, 1, False),
        ((), {7}, 7, 7, False),
    ],
)
def test_one_person_alone_is_enough_only_where_there_is_one_owner(
    owners: set[int], staff: set[int], author: int, approver: int, *, may: bool
) -> None:
    roles = Roles.of(owners, staff)
    assert campaign.is_authorised(roles, author, approver) is may
    assert not may or approver in campaign.approvers(roles, author)


@given(st.integers(0, 50), st.integers(1, 50))
def test_the_bar_is_full_only_when_all_is_done(done: int, total: int) -> None:
    assert (campaign.bar(done, total).count("█") == 12) == (done >= total) == (campaign.percent(done, total) == 100)


def test_everybody_who_can_be_reached_gets_one_copy_late_joiners_too(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, range(10, 15), now=OPEN, audience="all")(db)
    people.mute(11, now=OPEN)(db)
    people.unreachable(db, call.id, 12, "blocked")
    people.seen(OWNER, FR, now=OPEN)(db)
    registrations.register(call.id, -5, Purpose.DEADLINE, AR, version=1, now=OPEN)(db)
    assert audiences.count(db, call, "all", OFFICE) == 4
    reached: list[int] = []
    for newcomer in (9, 99):
        while not (step := ahead(db, call, window=2)).is_over:
            for one in claim(db, call):
                reached.append(one.chat_id)
                sendings.finish(one, Sent(1), now=OPEN)(db)
            if newcomer == 9 and not step.planned:
                break
        people.seen(newcomer, FR, now=OPEN)(db)
        db.execute("UPDATE broadcasts SET is_complete = 0")
    while not ahead(db, call, window=2).is_over:
        reached += [one.chat_id for one in claim(db, call)]
        for one in db.execute("SELECT id FROM sendings WHERE state = 'claimed'").fetchall():
            db.execute("UPDATE sendings SET state = 'sent' WHERE id = ?", one)
    assert sorted(reached) == [-5, 9, 10, 13, 14, 99]


@pytest.mark.parametrize(
    ("audience", "chats"),
    [
        ("all", {1, 2, 3, 4, 5}),
        ("registered", {3}),
        ("next-edition", {4}),
        ("language:ar", {2, 3, 5}),
        ("language:fr", {1, 4}),
        ("profile:new", {1}),
    ],
)
def test_who_is_in_an_audience(db: Database, call: Call, audience: str, chats: set[int]) -> None:
    office = Office(Roles.of((), (6,)))
    people.seen(1, FR, now=OPEN)(db)
    people.choose_profile(1, "new")(db)
    people.seen(2, FR, now=OPEN)(db)
    people.choose_language(call.id, 2, AR, now=OPEN)(db)
    registrations.register(call.id, 3, Purpose.DEADLINE, AR, version=1, now=OPEN)(db)
    registrations.register(call.id, 4, Purpose.NEXT_EDITION, FR, version=1, now=OPEN)(db)
    people.seen(5, AR, now=OPEN)(db)
    people.seen(6, AR, now=OPEN)(db)
    people.choose_language(call.id, -7, AR, now=OPEN)(db)  # a group that only chose a language
    page = audiences.page(db, call, audience, office, after=audiences.START, step="x", most=99)
    assert {one.chat_id for one in page} == chats
    assert [one.chat_id for one in page] == sorted(chats)
    assert audiences.count(db, call, audience, office) == len(chats)


def test_a_reader_of_a_language_that_was_waived_gets_the_first_there_is(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11], now=OPEN, audience="all")(db)
    people.seen(12, AR, now=OPEN)(db)
    ahead(db, call)
    assert {(one.chat_id, one.language, one.reader) for one in claim(db, call)} == {(11, EN, None), (12, EN, AR)}


def test_nothing_is_taken_or_planned_of_one_that_stood_still_for_long(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, range(11, 15), now=OPEN)(db)
    ahead(db, call, window=2)
    later = OPEN + timedelta(hours=13)
    take = claiming.claim(call.id, now=later, most=99, busy=(), office=OFFICE)
    plan = copies.plan_ahead(call, 1, OFFICE, now=later, window=99)
    assert take(db).sendings == ()
    assert tallies.next_due(db, call.id, OFFICE, now=later) is None
    assert plan(db) == copies.Ahead()
    for stage, columns in ((Stage.PAUSED, {}), (Stage.SENDING, {"went_on_at": later})):
        broadcasts.move(call.id, of(db, call), stage, **columns)(db)
    assert len(take(db).sendings) == 2
    assert plan(db).planned == 2


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CANCELLED])
def test_nothing_of_a_broadcast_is_taken_that_is_not_being_sent(db: Database, call: Call, stage: Stage) -> None:
    harbour.being_sent(call.id, [1, 2], now=OPEN)(db)
    ahead(db, call)
    broadcasts.move(call.id, of(db, call), stage)(db)
    assert claim(db, call) == []
    assert ahead(db, call) == copies.Ahead()


@pytest.mark.parametrize("roles", [Roles.of((2,), ()), Roles.of((OWNER, 2), ())])
def test_nothing_is_taken_once_author_or_approver_lost_the_right_or_are_not_enough(
    db: Database, call: Call, roles: Roles
) -> None:
    harbour.being_sent(call.id, [11, 12], now=OPEN)(db)
    ahead(db, call)
    assert claim(db, call, Office(roles)) == []


def test_who_stops_while_it_is_sent_gets_no_copy(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11, 12], now=OPEN)(db)
    ahead(db, call)
    people.mute(11, now=OPEN)(db)
    assert [one.chat_id for one in claim(db, call)] == [12]


def goes_out(db: Database, call: Call) -> list[int]:
    """Everything that can be planned now is sent; to whom."""
    reached: list[int] = []
    while not ahead(db, call).is_over:
        for one in claim(db, call):
            reached.append(one.chat_id)
            sendings.finish(one, Sent(1), now=OPEN)(db)
    return reached


def test_who_is_forgotten_while_it_goes_out_and_comes_back_gets_no_second_copy(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11, 12, 13], now=OPEN, audience="all")(db)
    ahead(db, call, window=2)
    for one in claim(db, call):
        sendings.finish(one, Sent(1), now=OPEN)(db)
    for chat in (11, 13):  # 13 has no copy yet
        erasing.erase(chat)(db)
    assert erasing.everything_of(db, 11) == {}
    for chat in (11, 13, 14):
        people.seen(chat, FR, now=OPEN)(db)
    assert audiences.count(db, call, "all", OFFICE, step="broadcast:1") == 2
    assert goes_out(db, call) == [13, 14]
    assert copies.finish(call, of(db, call), OFFICE, lambda _, __: None, now=OPEN)(db)
    assert db.execute("SELECT step, state, mark FROM erased_copies").fetchall() == [("broadcast:1", "sent", None)]


def test_the_report_counts_who_was_forgotten_also_when_it_is_made_again(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11, 12, 13, 14], now=OPEN)(db)
    ahead(db, call)
    sent, unclear, gone, on_its_way = claim(db, call)
    sendings.finish(sent, Sent(1), now=OPEN)(db)
    sendings.finish(gone, Unreachable("blocked"), now=OPEN)(db)
    for one in (sent, gone, on_its_way):
        erasing.erase(one.chat_id)(db)
    sendings.finish(on_its_way, Sent(1), now=OPEN)(db)
    sendings.finish(unclear, Ambiguous("timed out"), now=OPEN)(db)
    expected = campaign.Tally(sent=1, unreachable=1, unclear=2)
    for _ in range(2):
        copies.finish(call, of(db, call), OFFICE, lambda _, __: None, now=OPEN)(db)
        assert of(db, call).report == expected
        settling.send_again(call.id, Kind.BROADCAST, "broadcast:1", now=OPEN)(db)
        for one in claim(db, call):
            sendings.finish(one, Ambiguous("timed out"), now=OPEN)(db)
            erasing.erase(one.chat_id)(db)


def test_copies_that_can_not_be_changed_count_as_impossible_even_where_nobody_could_try(
    db: Database, call: Call
) -> None:
    harbour.being_sent(call.id, [11, 12, 13, 14], now=OPEN)(db)
    ahead(db, call)
    for one, outcome in zip(claim(db, call), (Sent(1), Ambiguous("timed out"), Sent(1), Unreachable("x")), strict=True):
        sendings.finish(one, outcome, now=OPEN)(db)
    copies.finish(call, of(db, call), OFFICE, lambda _, __: None, now=OPEN)(db)
    people.unreachable(db, call.id, 13, "blocked")
    harbour.being_sent(call.id, [], now=OPEN, audience="reached:1", how=How.EDIT, corrects=1)(db)
    planned = 1
    while planned:
        planned = copies.plan_ahead(call, 2, OFFICE, now=OPEN, window=99)(db).planned
        for one in claim(db, call):
            sendings.finish(one, Sent(2), now=OPEN)(db)
    copies.finish(call, of(db, call, 2), OFFICE, lambda _, __: None, now=OPEN)(db)
    report = of(db, call, 2).report
    assert report is not None
    assert (report.changed, report.unchanged) == (1, 2)


def confirmed(db: Database, call: Call) -> tuple[Broadcast, Callable[[Database], None]]:
    """A draft that was asked for, and the change by which what was seen of it is confirmed."""
    draft = drafts.begin(call.id, AUTHOR, AUTHOR, FR, now=OPEN)(db)
    drafts.write(call.id, draft, FR, Message(Html("seen")))(db)
    drafts.ask(call.id, of(db, call), {OWNER: "123456"}, now=OPEN)(db)
    (asked,) = drafts.awaiting(db, call.id, OWNER)
    return asked.broadcast, drafts.approve(call.id, asked.broadcast, by=OWNER, at=OPEN, now=OPEN)


def test_an_edit_after_it_was_asked_for_voids_what_was_seen(db: Database, call: Call) -> None:
    seen, approve = confirmed(db, call)
    drafts.write(call.id, seen, FR, Message(Html("quite another thing")))(db)
    assert drafts.awaiting(db, call.id, OWNER) == []
    with pytest.raises(OvertakenError):
        approve(db)
    drafts.ask(call.id, of(db, call), {OWNER: "123456"}, now=OPEN)(db)
    with pytest.raises(OvertakenError):
        approve(db)


def test_a_confirmation_counts_once_and_nothing_is_edited_after_it(db: Database, call: Call) -> None:
    seen, approve = confirmed(db, call)
    approve(db)
    with pytest.raises(OvertakenError):
        approve(db)
    with pytest.raises(OvertakenError):
        drafts.write(call.id, seen, FR, Message(Html("smuggled")))(db)
    with pytest.raises(OvertakenError):
        drafts.edit(call.id, of(db, call))
    with pytest.raises(ImpossibleStepError):
        broadcasts.move(call.id, of(db, call), Stage.ASKED)(db)


@pytest.mark.parametrize(
    ("chosen", "stays"), [(None, False), (timedelta(hours=2), True), (timedelta(minutes=-1), False)]
)
def test_the_hour_that_was_chosen_outlives_a_calling_off(
    db: Database, call: Call, chosen: timedelta | None, *, stays: bool
) -> None:
    hour = OPEN + chosen if chosen else None
    seen, _ = confirmed(db, call)
    drafts.approve(call.id, seen, by=OWNER, at=campaign.starts_at(hour, OPEN), now=OPEN)(db)
    drafts.take_back(call.id, of(db, call), now=OPEN + timedelta(seconds=9))(db)
    assert of(db, call).stage is Stage.DRAFT
    assert of(db, call).starts_at == (hour if stays else None)


def test_what_was_held_goes_out_once_more_as_a_repeat_without_new_readers(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11], now=OPEN)(db)
    ahead(db, call)
    sendings.finish(claim(db, call)[0], Ambiguous("timed out"), now=OPEN)(db)
    assert copies.finish(call, of(db, call), OFFICE, lambda _, __: None, now=OPEN)(db)
    people.seen(12, FR, now=OPEN)(db)
    people.choose_profile(12, "weatherbeaten")(db)
    (unclear,) = settling.unclear(db, call.id)
    assert (unclear.kind, unclear.step, unclear.count, unclear.can_repeat) == (Kind.BROADCAST, "broadcast:1", 1, True)
    assert settling.send_again(call.id, unclear.kind, unclear.step, now=OPEN)(db) == 1
    assert of(db, call).stage is Stage.SENDING
    assert [(one.chat_id, one.attempts) for one in claim(db, call)] == [(11, 2)]
    db.execute("UPDATE sendings SET state = 'sent'")
    assert ahead(db, call).is_over


def test_a_text_that_telegram_refuses_to_the_first_in_a_language_is_found(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, range(11, 20), now=OPEN)(db)
    ahead(db, call)
    for number, one in enumerate(claim(db, call)):
        assert copies.refused_throughout(db, 1) == (None if number < 5 else "can't parse")
        sendings.finish(one, Refused("can't parse"), now=OPEN)(db)


def test_copies_are_not_forgotten_while_they_keep_somebody_from_a_second_one(db: Database, call: Call) -> None:
    harbour.being_sent(call.id, [11], now=OPEN)(db)
    ahead(db, call)
    sendings.finish(claim(db, call)[0], Sent(1), now=OPEN)(db)
    later = OPEN + timedelta(days=99)
    forget = erasing.expire(call.id, with_deadline=True, next_edition_before=OPEN, chosen_before=later)
    forget(db)
    assert db.execute("SELECT count(*) FROM sendings").fetchone() == (1,)
    copies.finish(call, of(db, call), OFFICE, lambda _, __: None, now=OPEN)(db)
    forget(db)
    assert db.execute("SELECT count(*) FROM sendings").fetchone() == (0,)


def test_a_hundred_thousand_are_counted_within_a_second(db: Database, call: Call) -> None:
    db.conn.executemany(
        "INSERT INTO people (chat_id, spoken, first_seen) VALUES (?, 'fr', '2025-01-01')",
        [(n,) for n in range(1, 10**5)],
    )
    began = time.monotonic()
    assert audiences.count(db, call, "language:fr", OFFICE) == 10**5 - 2
    assert time.monotonic() - began < 1
