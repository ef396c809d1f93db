"""Promises that are kept only if several things happen in an awkward order; each order was found by test_contract."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.rules.outbox import Ambiguous, NotSent, Outcome, Sent, State, Unreachable
from bot.store import people, registrations, sendings
from bot.store.database import Database
from bot.store.sendings import Sending
from faq.languages import ReplyLanguage
from tests.bot.contract import DAY, PAUSE, Bot, the_call

CALL = the_call().id
UNCLEAR, BLOCKED, FLOOD = Ambiguous("timed out"), Unreachable("blocked"), NotSent("429", 1.0)


@pytest.fixture
def bot(tmp_path: Path) -> Generator[Bot]:
    """A bot at the moment of the third step, which is claimed for its one person by `claimed`."""
    bot = Bot(tmp_path / "g.db", the_call().deadline.instant - 8 * DAY)  # pyright: ignore[reportOptionalMemberAccess]
    bot.register(1, ReplyLanguage.FR)
    bot.now = bot.deadline.instant - 7 * DAY
    yield bot
    bot.close()


def claimed(bot: Bot) -> Sending:
    bot.plan_all()
    (sending,) = bot.do(bot.claiming(set())).sendings
    return sending


def meets(bot: Bot, sending: Sending, outcome: Outcome, *, delivered: bool = False) -> State:
    return bot.do(sendings.finish(sending, bot.request(sending, outcome, delivered=delivered), now=bot.now))


def test_a_repeat_says_so_even_if_its_person_blocked_and_unblocked_the_bot_between(bot: Bot) -> None:
    meets(bot, claimed(bot), UNCLEAR, delivered=True)
    bot.now += PAUSE
    meets(bot, claimed(bot), BLOCKED)
    bot.act(1, lambda _: None)
    assert claimed(bot).attempts == 2, "it may have been delivered before, so it has to be marked"


def test_what_was_tried_twice_in_vain_is_not_tried_a_third_time_after_a_block(bot: Bot) -> None:
    meets(bot, claimed(bot), UNCLEAR, delivered=True)
    bot.do(people.shut_out(CALL, 1))
    bot.act(1, lambda _: None)
    bot.now += PAUSE
    assert meets(bot, claimed(bot), UNCLEAR, delivered=True) is State.HELD


def test_a_block_is_no_attempt_for_nothing_was_delivered(bot: Bot) -> None:
    meets(bot, claimed(bot), BLOCKED)
    bot.act(1, lambda _: None)
    assert claimed(bot).attempts == 1


CHOICES: dict[str, Callable[[Bot], Callable[[Database], None]]] = {
    "stopped": lambda _: registrations.unregister(CALL, 1),
    "handed in": lambda _: registrations.has_submitted(CALL, 1),
    "switched this step off": lambda bot: registrations.switch(CALL, 1, "7d", now=bot.now),
    "wants to be left alone": lambda bot: registrations.put_off(CALL, 1, bot.now + timedelta(hours=18)),
}


@pytest.mark.parametrize("outcome", [UNCLEAR, FLOOD, BLOCKED], ids=["unclear", "429", "blocked"])
@pytest.mark.parametrize("choice", list(CHOICES))
def test_what_was_under_way_when_somebody_chose_otherwise_is_not_tried_again(
    bot: Bot, choice: str, outcome: Outcome
) -> None:
    sending = claimed(bot)
    bot.act(1, CHOICES[choice](bot))
    meets(bot, sending, outcome)
    bot.act(1, lambda _: None)
    bot.now += PAUSE
    bot.plan_all()
    assert bot.do(bot.claiming(set())).sendings == ()


def test_what_was_under_way_at_a_kill_is_not_tried_again_for_who_chose_otherwise(bot: Bot) -> None:
    claimed(bot)
    bot.act(1, CHOICES["switched this step off"](bot))
    bot.kill()
    bot.now += PAUSE
    bot.plan_all()
    assert bot.do(bot.claiming(set())).sendings == ()


def test_what_was_under_way_when_the_deadline_changed_is_not_sent_for_the_old_one(bot: Bot) -> None:
    sending = claimed(bot)
    assert bot.confirm(bot.propose(bot.deadline.local + 7 * DAY))
    assert meets(bot, sending, Sent(1), delivered=True) is State.SUPERSEDED
    assert bot.got == []


def test_a_kill_in_the_middle_of_a_change_of_the_deadline_leaves_the_old_one_whole(bot: Bot) -> None:
    number = bot.propose(bot.deadline.local + 7 * DAY)

    def half(db: Database) -> None:
        db.execute("UPDATE proposals SET state = 'applied' WHERE id = ?", (number,))
        registrations.look_at_all(db, CALL)

    bot.kill(half)
    assert bot.deadline.version == 1
    assert bot.confirm(number)
