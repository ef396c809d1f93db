"""Numbers as sentences, and as what is drawn; all of it in the language of who reads it."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.insight.chart import Bars, Part, Picture, Stack, Tile
from bot.messages import CAPTION_LIMIT
from bot.rules.counts import QUESTIONS, Insight, Outcome
from bot.texts import Texts
from faq import Call, formatting
from faq.call import Kind
from faq.languages import RIGHT_TO_LEFT, Language, ReplyLanguage
from faq.markup import Html, escape, isolate, utf16_length

_TOPICS, _SILENCES, _NAMED = 5, 5, 3
"""How many are drawn, and how many are named in the lines beside the picture."""

_LONGEST_NAME = 60
"""Characters of a topic or question in a line of several; the picture cuts by itself."""

_LONGEST_QUOTE = _LONGEST_NAME - 6
"""The same of a question within its marks and its isolation."""

_MOST_COLUMNS = 45
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Words:
    """What is said of an insight to a reader."""

    texts: Texts
    call: Call
    language: ReplyLanguage

    def say(self, key: str, **values: str | int) -> Html:
        """A sentence as markup."""
        return self.texts.say(self.language, key, **values)

    def plain(self, key: str, **values: str | int) -> str:
        """A sentence for where markup is not read: a picture, a table."""
        said = (
            self.say(key, **values).replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")
        )
        return html.unescape(said)

    def quote(self, text: str) -> str:
        """What somebody asked, in marks, kept from turning what stands around it: it may be in any language."""
        own = Html if self.language in RIGHT_TO_LEFT else isolate  # there every variable is isolated
        return html.unescape(self.say("insight-quote", text=own(escape(text))))

    def number(self, value: int) -> str:
        """A number with its thousands apart."""
        return formatting.number(value, self.language)

    def day(self, day: date) -> str:
        """A day in full."""
        return formatting.short_day(day, self.language)

    def topic(self, entry: str) -> str:
        """A topic's title; of one that is gone, its id."""
        found = self.call.entries.get(entry)
        return found.questions[self.language] if found else entry

    def spoken(self, language: str) -> str:
        """The name of a language that people ask in."""
        return self.texts.name_of(language, self.language)

    def title(self, insight: Insight) -> str:
        """The days that it is about."""
        return self.plain("insight-title", since=self.day(insight.period.since), until=self.day(insight.period.until))

    @property
    def zone(self) -> str:
        """The zone by whose hours the questions were counted."""
        return self.call.facts["zone"][self.language] if "zone" in self.call.facts else "UTC"

    def figures(self, insight: Insight) -> list[Html]:
        """How many people, registrations and questions."""
        found, levels = insight.outcomes, insight.levels
        return [
            self.say("insight-people", people=levels.people, new=insight.new, unreachable=levels.unreachable,
                     muted=levels.muted),
            self.say("insight-registrations", registered=levels.registered, next=levels.next_edition),
            self.say("insight-questions-line", questions=insight.questions, answered=found[Outcome.ANSWERED],
                     suggested=found[Outcome.SUGGESTED], silent=found[Outcome.SILENT], human=found[Outcome.HUMAN]),
        ]  # fmt: skip

    def languages(self, insight: Insight) -> list[Html]:
        """The line of languages, if anything was asked."""
        named = [(self.spoken(code), number) for code, number in insight.languages.items()]
        return [self.say("insight-languages-line", list=self.listed(named))] if named else []

    def lines(self, insight: Insight) -> list[Html]:
        """All that the picture shows, for who can't see it."""
        most = (
            ("insight-topics-line", topics(self, insight)[:_NAMED]),
            ("insight-silences-line", silences(self, insight)[:_NAMED]),
        )
        named = [self.say(key, list=self.listed(named)) for key, named in most if named]
        return [*self.figures(insight), *self.languages(insight), *named]

    @staticmethod
    def short(name: str, most: int = _LONGEST_NAME) -> str:
        """A topic or question that stands in a sentence."""
        return name if len(name) <= most else name[: most - 1].rstrip() + "…"

    def listed(self, named: Iterable[tuple[str, int]]) -> Html:
        """Names with their numbers, in one line that runs as its language does, whatever the names are written in."""
        is_rtl = self.language in RIGHT_TO_LEFT
        own, begin = (isolate, "\N{RIGHT-TO-LEFT MARK}") if is_rtl else (Html, "")
        line = " · ".join(f"{own(escape(self.short(name)))} ({self.number(n)})" for name, n in named)
        return Html(f"{begin}{line}")


def topics(words: Words, insight: Insight) -> list[tuple[str, int]]:
    """What people asked of the call, the most frequent first; a greeting, or how to register, is nothing of it.

    Of an entry that is gone there is nothing left to say but its id.
    """
    entries = words.call.entries
    return [
        (words.topic(entry), number)
        for entry, number in insight.topics.items()
        if entry in entries and entries[entry].kind is not Kind.SERVICE
    ]


def silences(
    words: Words, insight: Insight, *, alone: bool = False, longest: int = _LONGEST_QUOTE
) -> list[tuple[str, int]]:
    """What people asked and the text does not say: topics, and questions in their own words, the most frequent first.

    A question that came once is left out unless ``alone``: it is seldom of weight, and may tell who asked.
    """
    entries = words.call.entries
    topics = [
        (words.topic(entry), number)
        for entry, number in insight.topics.items()
        if entry in entries and entries[entry].kind is Kind.NOT_STATED
    ]

    def quoted(text: str) -> str:
        return words.plain("insight-quote", text=text) if alone else words.quote(words.short(text, longest))

    questions = [(quoted(one.text), one.number) for one in insight.unheard if alone or one.number > 1]
    return sorted([*topics, *questions], key=lambda pair: -pair[1])


def caption(words: Words, title: Html, insight: Insight) -> Html:
    """The lines under the picture: as many as Telegram takes."""
    said = title
    for line in words.lines(insight):
        longer = Html(f"{said}\n{line}")
        if utf16_length(longer) > CAPTION_LIMIT:
            break
        said = longer
    return said


def picture(words: Words, insight: Insight) -> Picture:
    """What is drawn."""
    days = _days(words, insight)
    return Picture(
        title=words.title(insight),
        subtitle=words.call.title[words.language],
        tiles=_tiles(words, insight, [sum(column) for column in days.columns]),
        days=days,
        outcomes=Bars(title=words.plain("insight-outcomes"), bars=_outcomes(words, insight)),
        topics=Bars(title=words.plain("insight-topics"), bars=_bars(words, topics(words, insight)[:_TOPICS])),
        silences=Bars(title=words.plain("insight-silences"), bars=_bars(words, silences(words, insight)[:_SILENCES])),
        nothing=words.plain("insight-nothing"),
        right_to_left=words.language in RIGHT_TO_LEFT,
    )


def _tiles(words: Words, insight: Insight, asked: Sequence[int]) -> tuple[Tile, ...]:
    now = insight.levels
    before = [insight.by_day[day] for day in sorted(insight.by_day)]
    levels = [*before, now] if before else []

    def tile(key: str, value: int, curve: Sequence[int]) -> Tile:
        return Tile(words.plain(key), words.number(value), tuple(curve))

    return (
        tile("insight-tile-people", now.people, [one.people for one in levels]),
        tile("insight-tile-registered", now.registered, [one.registered for one in levels]),
        tile("insight-tile-unreachable", now.unreachable, [one.unreachable for one in levels]),
        tile("insight-tile-questions", insight.questions, asked),
    )


def _days(words: Words, insight: Insight) -> Stack:
    """A column a day; of a long period, a column for as many weeks as make few enough columns, the last one whole."""
    period, asked = insight.period, insight.languages
    languages = [str(language) for language in Language if language in asked]
    span = 1 if period.days <= _MOST_COLUMNS else _WEEK * math.ceil(period.days / (_WEEK * _MOST_COLUMNS))
    columns = [[0] * len(languages) for _ in range(math.ceil(period.days / span))]
    for day, counts in insight.days.items():
        for language, number in counts.items():
            columns[-1 - (period.until - day).days // span][languages.index(language)] += number
    most = max((sum(column) for column in columns), default=0)
    return Stack(
        title=words.plain("insight-per-day", days=span),
        columns=tuple(map(tuple, columns)),
        legend=_bars(words, [(words.spoken(code), asked[code]) for code in languages]),
        first=formatting.day_and_month(period.since, words.language),
        last=formatting.day_and_month(period.until, words.language),
        highest=words.plain("insight-highest", number=most),
    )


def _outcomes(words: Words, insight: Insight) -> tuple[Part, ...]:
    def shown(number: int) -> str:
        share = formatting.share(number, insight.questions, words.language)
        return f"{words.number(number)} ({share})"

    return tuple(
        Part(words.plain("insight-outcome", outcome=outcome), insight.outcomes[outcome],
             shown(insight.outcomes[outcome]))
        for outcome in QUESTIONS
    )  # fmt: skip


def _bars(words: Words, named: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    return tuple(Part(name, number, words.number(number)) for name, number in named)
