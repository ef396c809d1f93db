"""Which reminders are due to whom, and when: pure logic over the deadline, the steps, a registration and the time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from faq.deadline import LAST_DAY, Deadline
from faq.languages import ReplyLanguage

CHANGE = "change"
"""The step that tells of a changed deadline."""

LATER = "later:"
"""Begins the name of a step that somebody chose by "later"; its moment follows."""

WAKING = (time(9), time(19))
"""Legal hours between which people are written to unasked; on the last day they are at any hour."""

_SNOOZE_ON_THE_LAST_DAY = timedelta(hours=1)

_NEWS_KEPT = timedelta(days=30)
"""How long the news of a cancelled call is worth sending to somebody who could not be reached."""


class Purpose(StrEnum):
    """What a person registered for."""

    DEADLINE = "deadline"
    NEXT_EDITION = "next-edition"


class Registration(NamedTuple):
    """One chat that wants to be told, in which language, and what it chose.

    ``told_at`` is when it registered or chose last, ``version`` that of the deadline which it was told then. ``off``
    names the steps that it switched off, ``later`` is the moment until which it wants to be left alone, and who has
    ``submitted`` gets no reminder any more, but still every change.
    """

    chat_id: int
    language: ReplyLanguage
    told_at: datetime
    purpose: Purpose = Purpose.DEADLINE
    version: int = 1
    off: frozenset[str] = frozenset()
    later: datetime | None = None
    submitted: bool = False


class Step(NamedTuple):
    """A step before the deadline: when it is reached, when it is sent (people sleep), and its name."""

    reached_at: datetime
    sent_at: datetime
    name: str


@dataclass(frozen=True, slots=True)
class Due:
    """Something to send now: the name of its step, and the moment from which it is of no use any more."""

    step: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    """What is due to a registration now, and when to look at it again (None: never)."""

    due: tuple[Due, ...]
    next_at: datetime | None


def name_of(step: timedelta) -> str:
    """A step as it is stored: ``7d`` or ``3h``."""
    return f"{step.days}d" if step >= timedelta(days=1) else f"{int(step.total_seconds() // 3600)}h"


def is_quiet(deadline: Deadline, now: datetime) -> bool:
    """Whether nobody may be written to unasked at ``now``: outside waking hours, unless a last day is running.

    That is the last day of the deadline that holds, or of the one that held before: who hurries has to hear of it.
    """
    before = deadline.before_last_change()
    ends = [deadline.instant] if before is None else [deadline.instant, before]
    if any(end - LAST_DAY <= now < end for end in ends):
        return False
    hour = now.astimezone(ZoneInfo(deadline.zone)).time()
    return not WAKING[0] <= hour < WAKING[1]


def awake(deadline: Deadline, moment: datetime) -> datetime:
    """``moment``, or the first one after it at which people may be written to."""
    if not is_quiet(deadline, moment):
        return moment
    morning = next_morning(deadline.zone, moment)
    last_day = deadline.instant - LAST_DAY
    return min(morning, last_day) if moment <= last_day else morning


def moments(deadline: Deadline, steps: Iterable[timedelta]) -> list[Step]:
    """Every step with the moment it is reached and the one it is sent at, earliest first."""
    found = [(deadline.instant - step, name_of(step)) for step in steps]
    return sorted(Step(at, awake(deadline, at), name) for at, name in found)


def plan(deadline: Deadline, reached: Sequence[Step], person: Registration, now: datetime) -> Plan:
    """What ``person`` is to be sent at ``now``; ``reached`` is what `moments` gives for this deadline.

    Of all steps that were reached only the newest is due, so that a machine that slept sends one reminder and not all
    that it missed. A step that was reached before the person was last told the date, at registration or by the news
    of a change, is not due. Nothing but that news is due once the call is over.
    """
    steps = _steps(deadline, reached, person)
    news = _news(deadline, person)
    due = [Due(CHANGE, news[1])] if news and news[0] <= now < news[1] else []
    ahead = [at for at, _ in steps if at > now]
    if now < deadline.instant and len(ahead) < len(steps):
        due.append(Due(max(step for step in steps if step[0] <= now)[1], min(ahead, default=deadline.instant)))
    return Plan(tuple(due), min([*ahead, *([news[0]] if news and news[0] > now else [])], default=None))


def plans(
    deadline: Deadline, reached: Sequence[Step], people: Iterable[Registration], now: datetime
) -> list[tuple[Registration, Plan]]:
    """The plan of each of ``people``; those to whom the same applies share one, for thousands mostly do."""
    moments_reached = [step.reached_at for step in reached]
    known: dict[tuple[object, ...], Plan] = {}
    found: list[tuple[Registration, Plan]] = []
    for person in people:
        passed = bisect_left(moments_reached, person.told_at)
        is_spent = person.later is not None and person.later < person.told_at
        key = (passed, is_spent, person.version, person.off, person.later, person.submitted, person.purpose)
        if key not in known:
            known[key] = plan(deadline, reached, person, now)
        found.append((person, known[key]))
    return found


def _steps(deadline: Deadline, reached: Sequence[Step], person: Registration) -> list[tuple[datetime, str]]:
    """When a person is sent which step, before the deadline."""
    if person.submitted or deadline.cancelled or person.purpose is not Purpose.DEADLINE:
        return []
    told = max(person.told_at, deadline.since or person.told_at)
    later = person.later if person.later and told <= person.later < deadline.instant else None
    left_alone = awake(deadline, later) if later else None  # the last day it was chosen on may have moved away
    steps = [
        (step.sent_at, step.name)
        for step in reached
        if step.reached_at >= told and step.name not in person.off and (left_alone is None or step.sent_at > left_alone)
    ]
    return [(left_alone, f"{LATER}{later:%Y-%m-%dT%H:%M}"), *steps] if later and left_alone else steps


def _news(deadline: Deadline, person: Registration) -> tuple[datetime, datetime] | None:
    """From when until when the news of a changed deadline is due, for who was told another one."""
    if deadline.since is None or person.version >= deadline.version:
        return None
    return awake(deadline, deadline.since), deadline.since + _NEWS_KEPT if deadline.cancelled else deadline.instant


def switched(person: Registration, step: str, *, now: datetime) -> Registration:
    """The registration with a step turned on that was off, or off that was on."""
    return person._replace(off=person.off ^ {step}, told_at=now)


def later_at(deadline: Deadline, now: datetime) -> datetime | None:
    """The moment that "later" means at ``now``: the next morning, or in an hour on the last day; None if too late."""
    on_the_last_day = now >= deadline.instant - LAST_DAY
    moment = now + _SNOOZE_ON_THE_LAST_DAY if on_the_last_day else next_morning(deadline.zone, now)
    return moment if moment < deadline.instant and not deadline.cancelled else None


def next_morning(zone: str, moment: datetime) -> datetime:
    """The next start of waking hours after ``moment``, in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1 if local.time() >= WAKING[0] else 0)
    return datetime.combine(day, WAKING[0], tzinfo=local.tzinfo).astimezone(UTC)
