"""Delivery without its loops, for tests: a database file, a clock that may be wrong, the call, and what people got."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.deadline import amendments, reminders
from bot.rules import plan
from bot.rules.outbox import Ambiguous, Outcome, Sent, Stale
from bot.rules.plan import Purpose
from bot.store import amendments as changes
from bot.store import claiming, people, registrations, sendings
from bot.store.amendments import Proposal
from bot.store.database import Database
from bot.store.migrations import migrations
from bot.store.sendings import Sending
from bot.texts import Texts
from faq import Call, find, load, zones
from faq.answering import deadline_text
from faq.deadline import Deadline, instant_of
from faq.languages import ReplyLanguage
from tests.conftest import NO_OFFICE

T = TypeVar("T")

DAY = timedelta(days=1)
LANGUAGES = list(ReplyLanguage)
PAUSE = timedelta(seconds=61)
"""Longer than anything unclear waits before it is repeated."""

_SOME = 2
"""Registrations and sendings taken at a time: few, so that the loops over them are tried too."""


@cache
def the_call() -> Call:
    zones.pin()
    return load(find("clusters-2025"))


@cache
def the_texts() -> Texts:
    return Texts()


@dataclass(frozen=True)
class Got:
    """A message that reached somebody, or whose request was under way when nobody can say whether it did."""

    chat_id: int
    step: str
    version: int
    at: datetime
    is_marked: bool
    was_unclear: bool


@dataclass
class Chat:
    """What a person chose, by what they were told; the database's own account of it is never asked."""

    language: ReplyLanguage
    purposes: set[Purpose] = field(default_factory=set[Purpose])
    off: set[str] = field(default_factory=set[str])
    later: datetime | None = None
    has_submitted: bool = False
    is_blocked: bool = False

    @property
    def waits_for_the_deadline(self) -> bool:
        return Purpose.DEADLINE in self.purposes

    def stop(self) -> None:
        self.purposes.clear()
        self.off.clear()
        self.later, self.has_submitted = None, False


class Bot:
    """The planner, the outbox and the sender's decisions on a real file, one act at a time."""

    def __init__(self, path: Path, now: datetime, call: Call | None = None) -> None:
        self.path = path
        self.now = now
        self.folder = self.call = call or the_call()
        self.proposed = 0
        self.chats: dict[int, Chat] = {}
        self.got: list[Got] = []
        self.wording = reminders.Wording(the_texts())
        self.every_deadline = [self.deadline]
        self.db = self._connected()
        migrations.apply(self.db)
        self.do(changes.settle(self.call.id, self.deadline.local, self.deadline.zone, self.call.steps))

    @property
    def deadline(self) -> Deadline:
        assert self.call.deadline is not None
        return self.call.deadline

    def _connected(self) -> Database:
        connection = sqlite3.connect(self.path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")  # a process is killed here, no machine
        return Database(connection)

    def do(self, change: Callable[[Database], T]) -> T:
        """A change in a transaction of its own, as the store's writer makes it."""
        with self.db.atomic():
            return change(self.db)

    def kill(self, under_way: Callable[[Database], object] | None = None) -> None:
        """End without a word, perhaps in the middle of a change, and start again."""
        if under_way is not None:
            self.db.execute("BEGIN IMMEDIATE")
            under_way(self.db)
        self.db.close()
        self.db = self._connected()
        self.do(changes.settle(self.folder.id, self.folder_local, self.deadline.zone, self.call.steps))
        self.refresh()
        self.do(claiming.interrupted(self.folder.id, now=self.now))

    @property
    def folder_local(self) -> datetime:
        assert self.folder.deadline is not None
        return self.folder.deadline.local

    def refresh(self) -> None:
        self.call = self.folder.amended(changes.all_of(self.db, self.folder.id))

    def close(self) -> None:
        self.db.close()

    # What people and owners do; each act of a person also shows that the chat can be reached.

    def act(self, chat_id: int, change: Callable[[Database], object]) -> None:
        self.chats[chat_id].is_blocked = False

        def both(db: Database) -> None:
            people.revive(self.call.id, chat_id)(db)
            change(db)

        self.do(both)

    def register(self, chat_id: int, language: ReplyLanguage) -> None:
        chat = self.chats.setdefault(chat_id, Chat(language))
        purpose = Purpose.NEXT_EDITION if self.deadline.is_over(self.now) else Purpose.DEADLINE
        version = self.deadline.version
        self.act(
            chat_id,
            registrations.register(self.call.id, chat_id, purpose, language, version=version, now=self.now),
        )
        chat.purposes.add(purpose)
        if purpose is Purpose.DEADLINE:
            chat.later, chat.has_submitted = None, False

    def propose(self, local: datetime | None) -> int:
        self.proposed += 1
        proposal = Proposal(
            id=self.proposed,
            base_version=self.deadline.version,
            local=local,
            source="https://a.example/",
            proposed_by=1,
            proposed_at=self.now,
            code="1",
        )
        self.do(changes.propose(self.call.id, proposal))
        return proposal.id

    def confirm(self, number: int) -> bool:
        """Confirm a proposal as the owners' handler does; False where it can't be any more."""
        proposal = changes.open_proposal(self.db, self.call.id, number=number)
        if proposal is None or amendments.is_expired(proposal, self.deadline, now=self.now):
            return False
        decided = amendments.amendment(proposal, self.deadline, now=self.now)
        try:
            self.do(changes.apply(self.call.id, proposal, decided, by=2))
        except changes.OvertakenError:
            return False
        self.refresh()
        self.every_deadline.append(self.deadline)
        return True

    # What the loops do.

    def planning(self) -> Callable[[Database], tuple[int, int]]:
        reached = plan.moments(self.deadline, self.call.steps)
        return reminders.plan_some(self.call.id, self.deadline, reached, now=self.now, most=_SOME)

    def plan_all(self) -> None:
        while self.do(self.planning())[0] == _SOME:
            pass

    def claiming(self, busy: set[int], most: int = _SOME) -> Callable[[Database], claiming.Claimed]:
        quiet = plan.is_quiet(self.deadline, self.now)
        return claiming.claim(self.call.id, now=self.now, most=most, busy=busy, office=NO_OFFICE, quiet=quiet)

    def request(self, sending: Sending, outcome: Outcome, *, delivered: bool) -> Outcome:
        """Make the request for a claimed sending; the outcome that the sender then records."""
        if sending.version != self.deadline.version:
            return Stale()
        self.check_words(sending)
        if delivered:
            self.note(sending, was_unclear=isinstance(outcome, Ambiguous))
        return outcome

    def note(self, sending: Sending, *, was_unclear: bool) -> None:
        got = Got(
            sending.chat_id,
            sending.step or "",
            sending.version or 0,
            self.now,
            is_marked=sending.attempts > 1,
            was_unclear=was_unclear,
        )
        self.check_delivery(got)
        self.got.append(got)

    def forget_outcomes(self, sent: list[Sending]) -> None:
        """What was delivered of these is unclear from now on: the bot was killed before it recorded the outcome."""
        lost = {(one.chat_id, one.step, one.version) for one in sent}
        self.got = [replace(one, was_unclear=True) if key(one) in lost else one for one in self.got]

    def send_all(self) -> None:
        """Send what is due, with nothing failing."""
        while taken := self.do(self.claiming(set())).sendings:
            for sending in taken:
                outcome = self.request(sending, Sent(1), delivered=True)
                self.do(sendings.finish(sending, outcome, now=self.now))

    # What holds of every message.

    def check_words(self, sending: Sending) -> None:
        language = sending.language or ReplyLanguage.FR
        text = self.wording.of(self.call, sending.step or "", language, now=self.now).text
        assert text == reminders.word(the_texts(), self.call, sending.step or "", language, now=self.now).text
        named = {one.instant for one in self.every_deadline if said(self.call, one, language) in text}
        if sending.step == plan.CHANGE:
            last = self.deadline.changes[-1]
            shown = (last.was, last.became) if last.became else ()  # a cancellation names no date
            told = {instant_of(local, self.deadline.zone) for local in shown if local}
        else:
            told = {self.deadline.instant}
        assert named == told, f"{text!r} names {named} where {told} hold"

    def check_delivery(self, got: Got) -> None:
        assert got.version == self.deadline.version, "a message of an old deadline was sent"
        assert not is_night(self.deadline, got.at), "somebody was written to at night"
        if got.step != plan.CHANGE:
            assert got.at < self.deadline.instant, "a reminder was sent after the deadline"
            assert not self.deadline.cancelled, "a reminder was sent for a cancelled call"
        before = [one for one in self.got if (one.chat_id, one.step, one.version) == key(got)]
        assert len(before) < 2, "somebody got the same three times"
        assert all(one.was_unclear for one in before), "what was surely delivered came again"
        assert got.is_marked or not before, "a repeat did not say that it is one"

    def check_claim(self, sending: Sending, *, clock_was_right: bool) -> None:
        """What holds of a reminder at the moment it is claimed."""
        chat = self.chats[sending.chat_id]
        assert chat.purposes, "a reminder was claimed for somebody who stopped"
        if sending.step == plan.CHANGE:
            return
        assert chat.waits_for_the_deadline, "a reminder was claimed for who waits for the next edition only"
        assert not chat.has_submitted, "a reminder was claimed for somebody who handed in"
        assert sending.step not in chat.off, "a step was claimed that was switched off"
        if clock_was_right and chat.later and chat.later < self.deadline.instant:
            assert self.now >= chat.later, "somebody who wanted to be left alone was not"


def key(got: Got) -> tuple[int, str, int]:
    return got.chat_id, got.step, got.version


def said(call: Call, deadline: Deadline, language: ReplyLanguage) -> str:
    """How a deadline reads in a text, without the marks round it."""
    return deadline_text(replace(call, deadline=deadline), language=language)


def is_night(deadline: Deadline, now: datetime) -> bool:
    """Whether nobody may be written to, by the promise and not by the code: 9 to 19 h in Morocco, or a last day."""
    past = deadline.changes[-1].was if deadline.changes else None
    ends = [deadline.instant, *([instant_of(past, deadline.zone)] if past else [])]
    if any(timedelta(0) < end - now <= DAY for end in ends):
        return False
    legal = now.astimezone(ZoneInfo("Africa/Casablanca")).time()
    return legal < time(9) or legal >= time(19)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2025, month, day, hour, minute, tzinfo=UTC)
