"""The plan of reminders: only the newest step, only to who was there before it, nothing after the deadline."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.reminders import STOP, due, name_of, newest_due, next_due_at
from bot.store.people import Registration
from faq import Call
from faq.deadline import Deadline
from faq.languages import ReplyLanguage
from handlers.buttons import Press, Verb

INSTANT = datetime(2025, 7, 24, 14, tzinfo=UTC)
DEADLINE = Deadline(local=datetime(2025, 7, 24, 15), zone="Africa/Casablanca", instant=INSTANT)  # noqa: DTZ001
STEPS = (*(timedelta(days=d) for d in (30, 14, 7, 3, 1)), timedelta(hours=3))

moments = st.datetimes(datetime(2025, 6, 1), datetime(2025, 8, 1), timezones=st.just(UTC))  # noqa: DTZ001


def person(registered_at: datetime, chat_id: int = 1) -> Registration:
    return Registration(chat_id, ReplyLanguage.FR, registered_at)


def steps_sent(registered_at: datetime, now: datetime) -> list[str]:
    return [r.step for r in due(DEADLINE, STEPS, [person(registered_at)], now)]


@given(moments, moments)
def test_nothing_is_due_after_the_deadline_and_never_more_than_one_step(registered_at: datetime, now: datetime) -> None:
    steps = steps_sent(registered_at, now)
    assert len(steps) <= (1 if now < INSTANT else 0)


@given(moments, moments)
def test_a_step_that_was_passed_before_registering_is_not_sent(registered_at: datetime, now: datetime) -> None:
    newest = newest_due(DEADLINE, STEPS, now)
    if steps_sent(registered_at, now):
        assert newest is not None
        assert registered_at <= INSTANT - newest


def test_a_late_comer_gets_only_the_later_steps() -> None:
    joined = INSTANT - timedelta(days=2)
    assert steps_sent(joined, INSTANT - timedelta(days=2)) == []
    assert steps_sent(joined, INSTANT - timedelta(days=1)) == ["1d"]


def test_after_a_week_of_sleep_only_the_newest_step_is_sent() -> None:
    assert steps_sent(INSTANT - timedelta(days=40), INSTANT - timedelta(days=2)) == ["3d"]


def test_the_next_step_is_the_nearest_one_ahead() -> None:
    now = INSTANT - timedelta(days=7)
    assert next_due_at(DEADLINE, STEPS, now) == INSTANT - timedelta(days=3)
    assert next_due_at(DEADLINE, STEPS, INSTANT - timedelta(hours=1)) is None


def test_steps_are_named_as_the_call_folder_writes_them(call: Call) -> None:
    assert [name_of(step) for step in call.steps] == ["30d", "14d", "7d", "3d", "1d", "3h"]


def test_the_stop_button_under_a_reminder_is_one_that_the_handlers_know() -> None:
    press = Press.read(STOP.format(language=ReplyLanguage.AR))
    assert press == Press(Verb.STOP, "", ReplyLanguage.AR)
