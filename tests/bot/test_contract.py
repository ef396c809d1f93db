"""What the delivery promises, whatever people, owners, clocks, networks and kills do, in whatever order."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from bot.rules import plan
from bot.rules.outbox import Ambiguous, NotSent, Outcome, Refused, Sent, Unreachable
from bot.store import people, registrations, sendings
from bot.store.sendings import Sending
from faq.languages import ReplyLanguage
from tests.bot.contract import LANGUAGES, PAUSE, Bot, at, key

BEGINNINGS = st.sampled_from(
    [timedelta(days=35), *(timedelta(days=n, hours=1) for n in (14, 7, 3, 1)), timedelta(hours=8)]
)
CHATS = st.sampled_from([1, 2, 3])
STEPS = st.sampled_from(["30d", "14d", "7d", "3d", "1d", "3h"])
NAPS = st.sampled_from(
    [None, timedelta(0), PAUSE, None, timedelta(0), PAUSE, *(timedelta(hours=n) for n in (1, 5, 13, 30, 200))]
)
MOVES = st.one_of(
    st.none(),
    st.sampled_from([timedelta(hours=2), *(timedelta(days=n, hours=n) for n in (1, 2, 3, 4, 7, 10, 15))]),
    st.integers(1, 900).map(lambda n: timedelta(hours=n)),
)
DELIVERED, UNCLEAR, LOST = (Sent(1), True), (Ambiguous("timed out"), True), (Ambiguous("timed out"), False)
FLOOD = (NotSent("429", 30.0, everyone=True, flood=True), False)
BLOCKED, REFUSED = (Unreachable("blocked"), False), (Refused("bad request"), False)
OUTCOMES = st.sampled_from([DELIVERED, UNCLEAR, DELIVERED, UNCLEAR, FLOOD, LOST, BLOCKED, REFUSED])


@dataclass(frozen=True)
class Round:
    """What the loops do after an act: sleep (None: until something is due), plan, claim, meet outcomes, record.

    It ends ``early`` where claims or outcomes are to be still under way at the next act.
    """

    nap: timedelta | None
    outcomes: list[tuple[Outcome, bool]]
    early: str


ENDS = st.sampled_from(["", "", "after claiming", "after requesting"])
ROUNDS = st.builds(Round, NAPS, st.lists(OUTCOMES, min_size=1, max_size=3), ENDS)


class Contract(RuleBasedStateMachine):
    """Acts of everybody in any order; the promises are checked in `Bot` at every claim and every request."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.bot = Bot(Path(self.folder.name) / "g.db", at(6, 1))
        self.claimed: list[Sending] = []
        self.requested: list[tuple[Sending, Outcome]] = []
        self.proposals: list[int] = []
        self.wrong_by = timedelta(0)
        self.was_wrong = False

    def teardown(self) -> None:
        self.bot.close()
        self.folder.cleanup()

    @initialize(before=BEGINNINGS)
    def some_are_registered(self, before: timedelta) -> None:
        self.bot.now = self.bot.deadline.instant - before
        for chat_id in (1, 2):
            self.bot.register(chat_id, LANGUAGES[chat_id])

    # People

    @rule(chat_id=CHATS, language=st.sampled_from(LANGUAGES), then=ROUNDS)
    def register(self, chat_id: int, language: ReplyLanguage, then: Round) -> None:
        self.bot.register(chat_id, language)
        self.go_round(then)

    @rule(chat_id=CHATS, act=st.sampled_from(["stop", "put off", "hand in", "write again"]), then=ROUNDS)
    def choose(self, chat_id: int, act: str, then: Round) -> None:
        bot, call, chat = self.bot, self.bot.call.id, self.bot.chats.get(chat_id)
        until = plan.later_at(bot.deadline, bot.now)
        if chat and act == "stop":
            bot.act(chat_id, registrations.unregister(call, chat_id))
            chat.stop()
        elif chat and act == "put off" and chat.waits_for_the_deadline and until:
            bot.act(chat_id, registrations.put_off(call, chat_id, until))
            chat.later = until
        elif chat and act == "hand in" and chat.waits_for_the_deadline:
            bot.act(chat_id, registrations.has_submitted(call, chat_id))
            chat.has_submitted = True
        elif chat and act == "write again":
            bot.act(chat_id, lambda _: None)
        self.go_round(then)

    @rule(chat_id=CHATS, step=STEPS, then=ROUNDS)
    def switch_a_step(self, chat_id: int, step: str, then: Round) -> None:
        chat = self.bot.chats.get(chat_id)
        if chat and chat.waits_for_the_deadline and not self.bot.deadline.is_over(self.bot.now):
            self.bot.act(chat_id, registrations.switch(self.bot.call.id, chat_id, step, now=self.bot.now))
            chat.off ^= {step}
        self.go_round(then)

    @rule(chat_id=CHATS, is_told=st.booleans(), then=ROUNDS)
    def block(self, chat_id: int, is_told: bool, then: Round) -> None:  # noqa: FBT001  drawn
        if chat_id in self.bot.chats:
            self.bot.chats[chat_id].is_blocked = True
            if is_told:
                self.bot.do(people.shut_out(self.bot.call.id, chat_id))
        self.go_round(then)

    # Owners

    @rule(move=MOVES, is_confirmed=st.booleans(), then=ROUNDS)
    def propose(self, move: timedelta | None, is_confirmed: bool, then: Round) -> None:  # noqa: FBT001
        """None: to cancel the call; else a deadline so long after now."""
        deadline = self.bot.deadline
        instant = self.bot.now + (move or timedelta(0))
        is_possible = not deadline.cancelled if move is None else instant != deadline.instant
        if is_possible:  # the owners' handler refuses the rest
            local = instant.astimezone(deadline.aware.tzinfo).replace(tzinfo=None)
            self.proposals.append(self.bot.propose(None if move is None else local))
        if is_possible and is_confirmed:
            assert self.bot.confirm(self.proposals[-1])
        self.go_round(then)

    @rule(before_the_last=st.integers(1, 2), then=ROUNDS)
    def confirm(self, before_the_last: int, then: Round) -> None:
        for number in self.proposals[-before_the_last:][:1]:
            self.bot.confirm(number)
        self.go_round(then)

    # Time, and the bot

    @rule(hours=st.integers(-240, 240), then=ROUNDS)
    def the_clock_goes_wrong_or_is_put_right(self, hours: int, then: Round) -> None:
        if not self.claimed:
            change = -self.wrong_by if self.wrong_by else timedelta(hours=hours)
            self.was_wrong, self.wrong_by = True, self.wrong_by + change
            self.bot.now += change
        self.go_round(then)

    @rule(then=ROUNDS)
    def go_round(self, then: Round) -> None:
        if not self.claimed:  # what is claimed is requested at once: no time goes by between
            self.sleep(then.nap)
        self.bot.plan_all()
        busy = {one.chat_id for one in self.under_way()}
        for sending in self.bot.do(self.bot.claiming(busy, len(then.outcomes))).sendings:
            self.bot.check_claim(sending, clock_was_right=not self.was_wrong)
            self.claimed.append(sending)
        for outcome, is_delivered in then.outcomes if then.early != "after claiming" else ():
            if self.claimed:
                self.request(self.claimed.pop(0), outcome, is_delivered)
        while self.requested and not then.early:
            self.bot.do(sendings.finish(*self.requested.pop(0), now=self.bot.now))

    def sleep(self, nap: timedelta | None) -> None:
        steps = plan.moments(self.bot.deadline, self.bot.call.steps)
        moments = [*(one.sent_at for one in steps), *(chat.later for chat in self.bot.chats.values() if chat.later)]
        soon = min((one for one in moments if one > self.bot.now), default=self.bot.now + timedelta(hours=14))
        self.bot.now = soon if nap is None else self.bot.now + nap

    def request(self, sending: Sending, outcome: Outcome, is_delivered: bool) -> None:  # noqa: FBT001  drawn
        chat = self.bot.chats[sending.chat_id]
        chat.is_blocked |= isinstance(outcome, Unreachable)
        if chat.is_blocked:
            outcome, is_delivered = Unreachable("blocked"), False
        self.requested.append((sending, self.bot.request(sending, outcome, delivered=is_delivered)))

    @rule(busy=st.sampled_from(["", "planning", "claiming"]), then=ROUNDS)
    def kill(self, busy: str, then: Round) -> None:
        """Of what was requested, delivered or not, the bot knows nothing after its new start."""
        self.bot.forget_outcomes([one for one, _ in self.requested])
        self.claimed.clear()
        self.requested.clear()
        self.bot.kill({"planning": self.bot.planning(), "claiming": self.bot.claiming(set())}.get(busy))
        self.go_round(then)

    # What holds at every moment

    def under_way(self) -> list[Sending]:
        return [*self.claimed, *(sending for sending, _ in self.requested)]

    @invariant()
    def nobody_has_two_requests_under_way(self) -> None:
        chats = Counter(one.chat_id for one in self.under_way())
        assert max(chats.values(), default=0) <= 1

    @invariant()
    def nothing_comes_a_third_time(self) -> None:
        assert max(Counter(map(key, self.bot.got)).values(), default=0) <= 2

    @invariant()
    def what_is_claimed_in_the_database_is_what_is_under_way(self) -> None:
        rows = self.bot.db.execute("SELECT id FROM sendings WHERE state = 'claimed'").fetchall()
        assert {row[0] for row in rows} == {one.id for one in self.under_way()}


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_the_delivery_keeps_its_promises_whatever_happens_in_whatever_order() -> None:
    thorough = settings(
        max_examples=300, stateful_step_count=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    run_state_machine_as_test(Contract, settings=thorough)  # pyright: ignore[reportUnknownMemberType]
