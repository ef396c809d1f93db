"""The calendar entry: one entry for ever, moved by each change, at an hour that no phone can misread."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Alarm, Calendar, Event

from faq import Call, calendar
from faq.deadline import Amendment, Deadline
from faq.languages import ReplyLanguage
from tests.conftest import OPEN

LANGUAGES = list(ReplyLanguage)


def deadline_of(call: Call) -> Deadline:
    assert call.deadline is not None
    return call.deadline


def changed(deadline: Deadline, local: datetime | None) -> Deadline:
    return deadline.amended(
        Amendment(
            version=deadline.version + 1,
            local=local,
            announced=date(2025, 7, 1),
            source="https://a.b/",
            decided_at=OPEN,
        )
    )


def read(call: Call, deadline: Deadline, language: ReplyLanguage = ReplyLanguage.FR) -> Event:
    """The only event of the file, as a calendar program reads it."""
    whole = Calendar.from_ical(calendar.entry(call, deadline, language=language, now=OPEN))
    (event,) = whole.walk("VEVENT")
    assert isinstance(event, Event)
    return event


def _before(alarm: Alarm) -> timedelta:
    assert isinstance(alarm.TRIGGER, timedelta)
    return alarm.TRIGGER


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_entry_is_the_same_whatever_changes_and_in_every_language(call: Call, language: ReplyLanguage) -> None:
    first = deadline_of(call)
    versions = [first, changed(first, datetime(2025, 8, 7, 15)), changed(changed(first, None), first.local)]  # noqa: DTZ001
    assert {str(read(call, one, language)["UID"]) for one in versions} == {str(read(call, first)["UID"])}


def test_another_call_has_another_entry(call: Call, tiny: Call) -> None:
    other = read(tiny, deadline_of(tiny), ReplyLanguage.EN)
    assert other["UID"] != read(call, deadline_of(call))["UID"]


def test_each_change_counts_the_sequence_up(call: Call) -> None:
    deadline, found = deadline_of(call), []
    for local in (datetime(2025, 8, 7, 15), None, datetime(2025, 9, 1, 12)):  # noqa: DTZ001
        found.append(read(call, deadline)["SEQUENCE"])
        deadline = changed(deadline, local)
    assert [*found, read(call, deadline)["SEQUENCE"]] == [0, 1, 2, 3]


def test_the_hour_is_given_in_utc_so_that_no_phone_needs_zone_data(call: Call) -> None:
    text = calendar.entry(call, deadline_of(call), language=ReplyLanguage.FR, now=OPEN)
    assert "DTSTART:20250724T140000Z\r\n" in text
    assert "TZID" not in text
    assert read(call, deadline_of(call)).start == datetime(2025, 7, 24, 14, tzinfo=UTC)


def test_an_extension_moves_the_entry(call: Call) -> None:
    longer = changed(deadline_of(call), datetime(2026, 10, 1, 15))  # noqa: DTZ001
    assert read(call, longer).start == datetime(2026, 10, 1, 15, tzinfo=UTC), "UTC+0 since September 2026"


def test_the_alarms_ring_at_the_steps_of_the_call(call: Call) -> None:
    event = read(call, deadline_of(call))
    alarms = [alarm for alarm in event.walk("VALARM") if isinstance(alarm, Alarm)]
    assert [-_before(alarm) for alarm in alarms] == list(call.steps)
    assert {str(alarm["ACTION"]) for alarm in alarms} == {"DISPLAY"}


def test_a_cancelled_call_is_struck_out_and_rings_no_more(call: Call) -> None:
    event = read(call, changed(deadline_of(call), None))
    assert event["STATUS"] == "CANCELLED"
    assert event.walk("VALARM") == []
    assert read(call, deadline_of(call))["STATUS"] == "CONFIRMED"


def test_a_call_that_was_opened_again_is_confirmed_and_rings(call: Call) -> None:
    opened = changed(changed(deadline_of(call), None), datetime(2025, 9, 1, 12))  # noqa: DTZ001
    assert read(call, opened)["STATUS"] == "CONFIRMED"
    assert len(read(call, opened).walk("VALARM")) == len(call.steps)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_is_the_calls_own_in_each_language(call: Call, language: ReplyLanguage) -> None:
    assert call.title[language] in str(read(call, deadline_of(call), language)["SUMMARY"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_keeps_to_the_form_that_calendar_programs_demand(call: Call, language: ReplyLanguage) -> None:
    text = calendar.entry(call, deadline_of(call), language=language, now=OPEN)
    lines = text.encode().split(b"\r\n")
    assert b"\n" not in b"".join(lines)
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert b"VERSION:2.0" in lines


def test_when_it_was_made_is_told_in_utc(call: Call) -> None:
    now = OPEN.astimezone(deadline_of(call).aware.tzinfo) + timedelta(minutes=1)
    text = calendar.entry(call, deadline_of(call), language=ReplyLanguage.FR, now=now)
    assert "DTSTAMP:20250720T093100Z\r\n" in text
