"""What the office is told of the counter's use: when it asks, every week, and after the deadline."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

from bot.insight import tables
from bot.insight.chart import draw
from bot.insight.report import report
from bot.insight.words import Words, caption, picture
from bot.messages import File, Message
from bot.routines import Routine
from bot.rules.counts import Insight, Period
from bot.services import Services
from bot.store import Change, all_of, counting, insight, routines, sendings
from faq import Call
from faq.deadline import Phase
from faq.languages import ReplyLanguage

Messages = tuple[Message, ...]

_MORNING, _AFTER_MIDNIGHT = time(9), time(0, 5)
_MONDAY, _WEEK = 0, 7

_REPORTED_WITHIN = timedelta(days=7)
"""Of a call that closed longer ago, no report is sent unasked: the bot was started, or its clock set, long after."""


async def all_days(services: Services) -> Period:
    """Since the first day of which anything was counted."""
    call = services.call
    today = call.local(services.clock.now()).date()
    first = await services.store.read(lambda db: insight.first_day(db, call.id))
    return Period(min(first or today, today), today)


def last_days(call: Call, days: int, *, now: datetime) -> Period:
    """So many days, today included."""
    return Period.of_days(days, call.local(now).date())


async def counted(services: Services, period: Period) -> Insight:
    """What was counted in a period."""
    call = services.call
    return await services.store.count(lambda db: insight.of(db, call, period, services.roles.everyone))


async def stats(services: Services, language: ReplyLanguage, period: Period) -> Message:
    """The picture, and its lines."""
    found, words = await counted(services, period), Words(services.texts, services.call, language)
    return await asyncio.to_thread(_drawn, words, found, "insight-head")


async def workbook(services: Services, language: ReplyLanguage, period: Period) -> Message:
    """All figures as an Excel file."""
    found, words = await counted(services, period), Words(services.texts, services.call, language)
    content = await asyncio.to_thread(partial(tables.xlsx, words, found, now=services.clock.now()))
    return _file(words, found, "xlsx", content)


async def values(services: Services, language: ReplyLanguage, period: Period) -> Message:
    """All figures as one list."""
    found, words = await counted(services, period), Words(services.texts, services.call, language)
    return _file(words, found, "csv", await asyncio.to_thread(tables.as_csv, words, found))


async def account(services: Services, language: ReplyLanguage) -> tuple[Message, Message]:
    """The report on the whole call: a text, and its figures."""
    return await asyncio.to_thread(
        _reported,
        Words(services.texts, services.call, language),
        await counted(services, await all_days(services)),
        services.clock.now(),
    )


def _drawn(words: Words, found: Insight, head: str) -> Message:
    title = words.day(found.period.since), words.day(found.period.until)
    text = caption(words, words.say(head, since=title[0], until=title[1]), found)
    return Message(
        text, file=File(name=f"{found.period.until}.png", content=draw(picture(words, found)), is_picture=True)
    )


def _file(words: Words, found: Insight, ending: str, content: bytes) -> Message:
    period = found.period
    text = words.say("insight-export", since=words.day(period.since), until=words.day(period.until))
    return Message(text, file=File(name=f"guichet-{period.since}-{period.until}.{ending}", content=content))


def _reported(words: Words, found: Insight, now: datetime) -> tuple[Message, Message]:
    content = tables.xlsx(words, found, now=now)
    file = File(name=f"guichet-{found.period.until}.xlsx", content=content)
    return Message(report(words, found, now=now)), Message(words.say("report-file"), file=file)


class Digests:
    """What is done without being asked."""

    def __init__(self, services: Services) -> None:
        """Tell the office of ``services``."""
        self._services = services

    def routines(self) -> list[Routine]:
        """The hours at which it is done."""
        return [
            Routine("counts", _AFTER_MIDNIGHT, self.close_yesterday),
            Routine("weekly", _MORNING, self.week, weekday=_MONDAY),
            Routine("end", _MORNING, self.end),
        ]

    async def close_yesterday(self, now: datetime) -> Change:
        """Keep how things stood when the day ended."""
        call = self._services.call
        return counting.close_day(call, _day_before(call, now), self._services.roles.everyone)

    async def week(self, now: datetime) -> Change:
        """The seven days that are over; where nothing happened, so in one line."""
        services = self._services
        found = await counted(services, Period.of_days(_WEEK, _day_before(services.call, now)))
        said = await self._in_every_language(partial(_week, found))
        return self._told(said, now)

    async def end(self, now: datetime) -> Change | None:
        """The report on the call, once for each deadline, on a morning after it."""
        services, call = self._services, self._services.call
        deadline = call.deadline
        if deadline is None or deadline.phase(now) is not Phase.CLOSED or now - deadline.instant > _REPORTED_WITHIN:
            return None
        name, today = f"report:{deadline.version}", call.local(now).date()
        closed = deadline.local.date()
        if closed == today or await services.store.read(lambda db: routines.is_done(db, call.id, name, closed)):
            return None
        found = await counted(services, await all_days(services))
        said = await self._in_every_language(lambda words: _reported(words, found, now))
        return all_of([routines.done(call.id, name, today), self._told(said, now)])

    async def _in_every_language(self, word: Callable[[Words], Messages]) -> Mapping[ReplyLanguage, Messages]:
        """Made before anything is stored, for what is drawn must not hold up who writes."""
        services, call = self._services, self._services.call
        return {
            language: await asyncio.to_thread(word, Words(services.texts, call, language))
            for language in call.languages
        }

    def _told(self, said: Mapping[ReplyLanguage, Messages], now: datetime) -> Change:
        """Messages to the office, to each place in its language."""
        services = self._services
        return all_of(
            [
                sendings.plan_in_own_languages(
                    services.call, services.office.told, lambda language, n=n: said[language][n], now=now
                )
                for n in range(len(next(iter(said.values()))))
            ]
        )


def _week(found: Insight, words: Words) -> Messages:
    if found.is_empty:
        since, until = words.day(found.period.since), words.day(found.period.until)
        return (Message(words.say("insight-quiet-week", since=since, until=until)),)
    return (_drawn(words, found, "insight-week"),)


def _day_before(call: Call, now: datetime) -> date:
    return call.local(now).date() - timedelta(days=1)
