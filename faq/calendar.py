"""The deadline as an entry for people's calendars (iCalendar, RFC 5545)."""

# pyright: basic

from __future__ import annotations

from datetime import UTC, datetime

from icalendar import Alarm, Calendar, Event

from faq.call import Call
from faq.deadline import Deadline
from faq.languages import ReplyLanguage


def entry(call: Call, deadline: Deadline, *, language: ReplyLanguage, now: datetime) -> str:
    """The text of an .ics file, made at ``now`` (aware).

    Its UID stays the same for ever and its SEQUENCE grows with each change of the deadline, so that a calendar which
    is given it again moves the entry it has. The time is given in UTC: zone files of phones are as stale as others'.
    """
    title = call.sentences[language]["calendar"].format(call=call.title[language])
    event = Event()
    event.add("uid", f"deadline-{call.id}@guichet")
    event.add("sequence", deadline.version - 1)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", deadline.instant)
    event.add("summary", title)
    event.add("status", "CANCELLED" if deadline.cancelled else "CONFIRMED")
    for step in () if deadline.cancelled else call.steps:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -step)
        event.add_component(alarm)
    calendar = Calendar()
    calendar.add("prodid", "-//Guichet//Guichet//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical().decode()
