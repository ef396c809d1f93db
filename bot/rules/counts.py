"""What is counted of a call: how often, never who."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    SUGGESTED = "suggested"
    SILENT = "silent"
    HUMAN = "human"
    SHOWN = "shown"
    """No question: a topic that was chosen by a button or a command, or that came second in a message."""


QUESTIONS = (Outcome.ANSWERED, Outcome.SUGGESTED, Outcome.SILENT, Outcome.HUMAN)
"""What counts as a question."""

_WISHES = frozenset({Outcome.ANSWERED, Outcome.SHOWN})
"""What says that somebody wanted to know of a topic."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many questions of one day, in one language, with one outcome, about one topic ('': none)."""

    day: date
    language: str
    outcome: Outcome
    entry: str
    number: int


@dataclass(frozen=True, slots=True)
class Levels:
    """How many there are at one time.

    People who wrote, those of them that can't be reached, those that want no announcements, and the chats that are
    registered for the deadline and for the next edition.
    """

    people: int = 0
    unreachable: int = 0
    muted: int = 0
    registered: int = 0
    next_edition: int = 0


@dataclass(frozen=True, slots=True)
class Unheard:
    """A question that could not be answered, as its askers put it, and how often it came."""

    text: str
    number: int
    languages: tuple[str, ...] = ()


_OF_A_PERSON = re.compile(r"\S+@\S+|@\w+|\+?\d(?:[\s.-]?\d){6,}")
"""An address, a name on Telegram, a telephone or identity number."""

_LONGEST = 180
"""Characters of a question that are shown in an account; Fluent takes no value of more than 1,000 with its markup."""


def masked(text: str) -> str:
    """What somebody asked, without what points at a person, as one line."""
    return " ".join(_OF_A_PERSON.sub("…", text[: 2 * _LONGEST]).split())[:_LONGEST]


@dataclass(frozen=True, slots=True)
class Period:
    """Days of the call's legal calendar, both ends included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        """How many days that is."""
        return (self.until - self.since).days + 1

    @classmethod
    def of_days(cls, days: int, until: date) -> Period:
        """So many days, the last of them included."""
        return cls(until - timedelta(days=days - 1), until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insight:
    """All that is counted of a period.

    ``levels`` are those at its end, ``by_day`` those of the days before; ``new`` people wrote for the first time.
    ``sent`` counts what went out unasked, by kind and state; ``answer_times`` are seconds from a question to the
    office until its answer.
    """

    period: Period
    counts: tuple[Count, ...] = ()
    hours: Mapping[int, int] = field(default_factory=dict[int, int])
    levels: Levels = Levels()
    by_day: Mapping[date, Levels] = field(default_factory=dict[date, Levels])
    new: int = 0
    sent: Mapping[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])
    unheard: tuple[Unheard, ...] = ()
    answer_times: tuple[float, ...] = ()

    @property
    def outcomes(self) -> Mapping[Outcome, int]:
        """How the questions went, in the order of `QUESTIONS`."""
        found = Counter[Outcome]()
        for count in self.counts:
            found[count.outcome] += count.number
        return {outcome: found[outcome] for outcome in QUESTIONS}

    @property
    def questions(self) -> int:
        """How many questions there were."""
        return sum(self.outcomes.values())

    @property
    def languages(self) -> Mapping[str, int]:
        """How many questions there were in each language, the most frequent first."""
        found = Counter[str]()
        for count in self._questions():
            found[count.language] += count.number
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def days(self) -> Mapping[date, Mapping[str, int]]:
        """How many questions each day had, by language."""
        found: dict[date, Counter[str]] = {}
        for count in self._questions():
            found.setdefault(count.day, Counter())[count.language] += count.number
        return found

    @property
    def topics(self) -> Mapping[str, int]:
        """How often each topic was wanted, the most wanted first."""
        found = Counter[str]()
        for count in self.counts:
            if count.outcome in _WISHES and count.entry:
                found[count.entry] += count.number
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened."""
        return not (self.counts or self.new or self.sent or self.unheard)

    def went_out(self, kind: str, state: str = "sent") -> int:
        """How many messages of a kind came to this end."""
        return self.sent.get((kind, state), 0)

    def _questions(self) -> list[Count]:
        return [count for count in self.counts if count.outcome in QUESTIONS]
