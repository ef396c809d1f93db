"""The plan of reminders: only the newest step, only what people were not told yet, nothing at night or too late."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import plan
from bot.rules.plan import CHANGE, Registration, awake, is_quiet, later_at, moments, name_of
from faq import Call
from faq.deadline import Amendment, Deadline
from faq.languages import ReplyLanguage

INSTANT = datetime(2025, 7, 24, 14, tzinfo=UTC)
DEADLINE = Deadline(local=datetime(2025, 7, 24, 15), zone="Africa/Casablanca", instant=INSTANT)  # noqa: DTZ001
STEPS = (*(timedelta(days=d) for d in (30, 14, 7, 3, 1)), timedelta(hours=3))
LONG_AGO = INSTANT - timedelta(days=60)

some_time = st.datetimes(datetime(2025, 6, 1), datetime(2025, 8, 20), timezones=st.just(UTC))  # noqa: DTZ001
hours = st.datetimes(datetime(2025, 1, 1), datetime(2030, 12, 31, 23)).map(  # noqa: DTZ001
    lambda at: at.replace(minute=0, second=0, microsecond=0)
)


def person(told_at: datetime = LONG_AGO, **choices: object) -> Registration:
    return Registration(chat_id=1, language=ReplyLanguage.FR, told_at=told_at, **choices)  # pyright: ignore[reportArgumentType]


def due(who: Registration, now: datetime, deadline: Deadline = DEADLINE) -> list[str]:
    return [one.step for one in plan.plan(deadline, moments(deadline, STEPS), who, now).due]


def changed(local: datetime | None, decided_at: datetime, deadline: Deadline = DEADLINE) -> Deadline:
    return deadline.amended(
        Amendment(
            version=deadline.version + 1, local=local, announced=date(2025, 7, 1), source="u", decided_at=decided_at
        )
    )


@given(some_time, some_time)
def test_nothing_is_due_after_the_deadline_and_never_more_than_one_step(told_at: datetime, now: datetime) -> None:
    assert len(due(person(told_at), now)) <= (1 if now < INSTANT else 0)


@given(some_time, some_time)
def test_a_step_that_was_passed_before_somebody_was_told_the_date_is_not_sent(told_at: datetime, now: datetime) -> None:
    for name in due(person(told_at), now):
        assert told_at <= INSTANT - next(step for step in STEPS if name_of(step) == name)


@given(some_time, some_time)
def test_something_new_is_due_only_at_the_moments_that_were_announced(told_at: datetime, now: datetime) -> None:
    reached, who = moments(DEADLINE, STEPS), person(told_at)
    following = plan.plan(DEADLINE, reached, who, now).next_at
    before = due(who, now)
    if following:
        assert due(who, following - timedelta(seconds=1)) in (before, [])
    else:
        assert due(who, max(now, INSTANT - timedelta(seconds=1))) in (before, [])


def test_a_late_comer_gets_only_the_later_steps() -> None:
    joined = INSTANT - timedelta(days=2)
    assert due(person(joined), joined) == []
    assert due(person(joined), INSTANT - timedelta(days=1)) == ["1d"]


def test_after_a_week_of_sleep_only_the_newest_step_is_sent() -> None:
    assert due(person(), INSTANT - timedelta(days=2)) == ["3d"]


def test_a_reminder_is_of_no_use_once_the_next_one_is_reached() -> None:
    found = plan.plan(DEADLINE, moments(DEADLINE, STEPS), person(), INSTANT - timedelta(days=7))
    assert [one.expires_at for one in found.due] == [INSTANT - timedelta(days=3)]
    last = plan.plan(DEADLINE, moments(DEADLINE, STEPS), person(), INSTANT - timedelta(hours=1))
    assert [one.expires_at for one in last.due] == [INSTANT]


def test_a_step_that_is_switched_off_is_not_sent_and_the_one_before_it_holds_longer() -> None:
    who = person(off=frozenset({"3d"}))
    assert due(who, INSTANT - timedelta(days=2)) == ["7d"]


def test_who_handed_in_gets_no_reminder_but_every_change() -> None:
    who = person(submitted=True)
    assert due(who, INSTANT - timedelta(days=2)) == []
    now = INSTANT - timedelta(days=2)
    assert due(who, now, changed(datetime(2025, 8, 7, 15), now)) == [CHANGE]  # noqa: DTZ001


def test_later_means_nothing_until_the_next_morning_and_one_reminder_then() -> None:
    pressed = INSTANT - timedelta(days=3, hours=-2)
    until = datetime(2025, 7, 22, 8, tzinfo=UTC)
    assert later_at(DEADLINE, pressed) == until, "09:00 in Morocco, UTC+1 that summer"
    who = person(later=until)
    assert due(who, until - timedelta(seconds=1)) == []
    assert due(who, until) == ["later:2025-07-22T08:00"]
    assert due(who, INSTANT - timedelta(days=1)) == ["1d"]


@given(st.lists(st.tuples(some_time, st.none() | some_time, st.booleans()), min_size=2, max_size=12), some_time)
def test_people_planned_together_get_what_each_would_get_alone(
    people: list[tuple[datetime, datetime | None, bool]], now: datetime
) -> None:
    morning = later_at(DEADLINE, INSTANT - timedelta(days=5))
    crowd = [
        person(told_at, later=morning if later else None, submitted=submitted) for told_at, later, submitted in people
    ]
    reached = moments(DEADLINE, STEPS)
    together = plan.plans(DEADLINE, reached, crowd, now)
    assert together == [(one, plan.plan(DEADLINE, reached, one, now)) for one in crowd]


def test_who_chose_again_after_a_later_does_not_take_it_from_who_still_waits_for_theirs() -> None:
    morning = datetime(2025, 7, 20, 8, tzinfo=UTC)
    chose_again = person(morning + timedelta(seconds=1), later=morning)
    waits = person(morning - timedelta(hours=20), later=morning)
    found = plan.plans(DEADLINE, moments(DEADLINE, STEPS), [chose_again, waits], morning + timedelta(seconds=5))
    assert [[due.step for due in one.due] for _, one in found] == [[], ["later:2025-07-20T08:00"]]


def test_later_on_the_last_day_is_an_hour_and_never_after_the_deadline() -> None:
    assert later_at(DEADLINE, INSTANT - timedelta(hours=5)) == INSTANT - timedelta(hours=4)
    assert later_at(DEADLINE, INSTANT - timedelta(minutes=59)) is None


def test_a_later_of_the_last_day_waits_for_the_morning_when_the_deadline_has_moved_away() -> None:
    pressed = datetime(2025, 7, 24, 5, 30, tzinfo=UTC)  # 06:30 in Morocco, on the last day
    longer = changed(datetime(2025, 8, 7, 15), pressed)  # noqa: DTZ001
    who = person(later=pressed + timedelta(hours=1), told_at=pressed, version=3)
    quiet = longer.amended(
        Amendment(version=3, local=longer.local, announced=date(2025, 7, 1), source="u", decided_at=pressed)
    )
    assert awake(quiet, pressed + timedelta(hours=1)) == datetime(2025, 7, 24, 8, tzinfo=UTC)
    assert due(who, pressed + timedelta(hours=1), quiet) == []
    assert due(who, datetime(2025, 7, 24, 8, tzinfo=UTC), quiet) == ["later:2025-07-24T06:30"]


def test_a_later_beyond_a_shortened_deadline_does_not_keep_the_reminders_back() -> None:
    now = INSTANT - timedelta(days=6)
    shorter = changed(datetime(2025, 7, 21, 15), now)  # noqa: DTZ001
    who = person(later=INSTANT - timedelta(days=2), version=2)
    assert due(who, shorter.instant - timedelta(days=1), shorter) == ["1d"]


def test_a_change_is_told_to_who_was_told_another_date_and_steps_that_it_passes_are_not_sent() -> None:
    now = INSTANT - timedelta(days=2)
    longer = changed(datetime(2025, 8, 7, 15), now)  # noqa: DTZ001
    assert due(person(), now, longer) == [CHANGE]
    assert due(person(now, version=2), now, longer) == []
    assert due(person(version=2), now + timedelta(hours=1), longer) == [], "thirty days before was passed by the change"
    assert due(person(version=2), longer.instant - timedelta(days=14), longer) == ["14d"]


def test_a_cancelled_call_is_told_and_reminds_nobody() -> None:
    now = INSTANT - timedelta(days=4)
    cancelled = changed(None, now)
    assert due(person(), now, cancelled) == [CHANGE]
    assert due(person(version=2), INSTANT - timedelta(days=1), cancelled) == []
    assert due(person(), INSTANT + timedelta(days=5), cancelled) == [CHANGE], "who could not be reached hears it late"


def test_a_reopened_call_reminds_again() -> None:
    opened = changed(datetime(2025, 9, 1, 12), INSTANT, changed(None, INSTANT - timedelta(days=4)))  # noqa: DTZ001
    assert due(person(version=3), opened.instant - timedelta(days=3), opened) == ["3d"]


@given(some_time)
def test_nobody_is_written_to_at_night_before_the_last_day(now: datetime) -> None:
    at = awake(DEADLINE, now)
    assert at >= now
    if at < INSTANT - timedelta(days=1):
        assert 9 <= at.astimezone(DEADLINE.aware.tzinfo).hour < 19
    assert not is_quiet(DEADLINE, at)


def test_a_deadline_at_midnight_moves_its_steps_to_the_morning_but_not_the_last_ones() -> None:
    midnight = Deadline(
        local=datetime(2025, 7, 24, 23, 59),  # noqa: DTZ001
        zone="Africa/Casablanca",
        instant=datetime(2025, 7, 24, 22, 59, tzinfo=UTC),
    )
    sent = {step.name: step.sent_at for step in moments(midnight, STEPS)}
    assert sent["7d"] == datetime(2025, 7, 18, 8, tzinfo=UTC)
    assert sent["1d"] == midnight.instant - timedelta(days=1)
    assert sent["3h"] == midnight.instant - timedelta(hours=3)


def test_an_extension_on_the_eve_of_the_old_deadline_is_told_at_night() -> None:
    night = INSTANT - timedelta(hours=14)
    assert not is_quiet(changed(datetime(2025, 8, 7, 15), night), night)  # noqa: DTZ001
    assert is_quiet(changed(datetime(2025, 8, 7, 15), night), night + timedelta(days=3))  # noqa: DTZ001


def test_steps_are_named_as_the_call_folder_writes_them(call: Call) -> None:
    assert [name_of(step) for step in call.steps] == ["30d", "14d", "7d", "3d", "1d", "3h"]
