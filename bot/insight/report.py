"""The account of a call: who asked what, what went out, and what the next edition's text should say."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.insight.words import Words, silences, topics
from bot.messages import TEXT_LIMIT
from bot.rules.counts import Insight, Outcome
from faq import answering, formatting
from faq.markup import Html, utf16_length

_TOPICS, _SILENCES, _HOURS = 10, 15, 3
_LONGEST_NAME, _LONGEST_QUOTE = 120, 116
"""Characters of a topic, and of a question within its marks."""


def report(words: Words, insight: Insight, *, now: datetime) -> Html:
    """The report as one message; what does not fit stands in the workbook that comes with it."""
    missing, wanted = silences(words, insight, longest=_LONGEST_QUOTE), topics(words, insight)
    lesson = [words.say("report-next"), *_items(words, missing[:_SILENCES])]
    if len(missing) > _SILENCES:
        lesson.append(words.say("report-more", number=len(missing) - _SILENCES))
    asked = [words.say("report-topics"), *_items(words, wanted[:_TOPICS])]
    return _fitting(
        _head(words, now),
        [*words.figures(insight), *words.languages(insight), *_load(words, insight), *_went_out(words, insight)],
        asked if wanted else [],
        lesson if missing else [words.say("report-next-rare" if _was_open(insight) else "report-next-none")],
    )


def _was_open(insight: Insight) -> bool:
    """Whether anything was asked that the bot could not answer from the text."""
    return bool(insight.unheard) or any(insight.outcomes[one] for one in (Outcome.SILENT, Outcome.HUMAN))


def _head(words: Words, now: datetime) -> list[Html]:
    """The call, and where it stands."""
    call, language = words.call, words.language
    status = answering.status(call, language=language, now=now)
    today = words.day(call.local(now).date())
    return [words.say("report-head", call=call.title[language], day=today, status=status)]


def _load(words: Words, insight: Insight) -> list[Html]:
    """When most was asked, and how many people there were at most: those who were forgotten since are not lost."""
    said: list[Html] = []
    peak = max((one.people for one in insight.by_day.values()), default=0)
    if peak > insight.levels.people:
        registered = max(one.registered for one in insight.by_day.values())
        said.append(words.say("report-peak", people=peak, registered=registered))
    if days := {day: sum(counts.values()) for day, counts in insight.days.items()}:
        busiest = max(days, key=lambda day: (days[day], day))
        hours = sorted(insight.hours.items(), key=lambda pair: (-pair[1], pair[0]))[:_HOURS]
        named = words.listed((f"{hour:02}:00", number) for hour, number in hours)
        said.append(
            words.say("report-load", day=words.day(busiest), number=days[busiest], hours=named, zone=words.zone)
        )
    return said


def _went_out(words: Words, insight: Insight) -> list[Html]:
    """What was sent unasked, and how soon the office answered."""
    said = [
        words.say(
            "report-sent",
            reminders=insight.went_out("reminder"),
            broadcasts=insight.went_out("broadcast"),
            staff=insight.went_out("staff"),
            unreachable=sum(number for (_, state), number in insight.sent.items() if state == "unreachable"),
        )
    ]
    if times := insight.answer_times:
        spoken = formatting.duration(
            timedelta(seconds=statistics.median(times)),
            words.language,
            sentences=words.call.sentences[words.language],
        )
        said.append(words.say("report-answers", number=len(times), time=spoken))
    return said


def _items(words: Words, named: Iterable[tuple[str, int]]) -> list[Html]:
    return [words.say("report-item", name=words.short(name, _LONGEST_NAME), number=number) for name, number in named]


def _fitting(*parts: list[Html]) -> Html:
    """Parts with a line between them; where Telegram would not take them, without the last lines."""
    lines = [line for part in parts if part for line in (*part, Html(""))][:-1]
    while utf16_length(text := "\n".join(lines)) > TEXT_LIMIT:
        lines.pop()
    return Html(text)
