"""A call for projects as frozen values: what it says, where that stands, and what people ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from faq.deadline import Amendment, Deadline
from faq.languages import Language, ReplyLanguage


class Kind(StrEnum):
    """What sort of answer an entry gives."""

    STATED = "stated"
    NOT_STATED = "not-stated"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to ask, in one language, from one hand (the voice it was written in).

    ``line`` is where it stands in its text file, counted from 1; 0 where it comes from a table.
    """

    text: str
    language: Language
    hand: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that answers rest on. An unofficial one is always named as such."""

    id: str
    title: Mapping[ReplyLanguage, str]
    url: str | None
    official: bool
    checked: date


@dataclass(frozen=True, slots=True)
class Citation:
    """Where in a source an answer stands; ``paragraph`` counts from 1, None means the whole."""

    source: str
    paragraph: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that applicants ask for, and the command word that brings it."""

    id: str
    command: str
    entry: str
    url: str
    title: Mapping[ReplyLanguage, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing people ask, with its answer in every language of the call.

    ``questions`` are the short titles that menus and buttons show. ``answers`` hold Telegram HTML with ``{fact}``
    placeholders; ``closed`` replaces an answer once the deadline is past, where it is given. ``group`` is the part of
    the menu that it stands in.
    """

    id: str
    kind: Kind
    group: str
    questions: Mapping[ReplyLanguage, str]
    answers: Mapping[ReplyLanguage, str]
    closed: Mapping[ReplyLanguage, str] = field(default_factory=dict[ReplyLanguage, str])
    citations: tuple[Citation, ...] = ()
    related: tuple[str, ...] = ()
    phrasings: tuple[Phrasing, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Everything the bot knows of one call.

    ``steps`` are the times before the deadline at which reminders go out. ``sentences`` are the few that answers are
    put together with (status, source line ...); ``groups`` are the menu's parts in their order. ``profiles`` are
    what people may say they are, so that announcements for the ones or the others reach them. ``office_hours`` say
    when the office can be reached, where that is known. ``unanswered`` are the domain's topics that this call says
    nothing about: the matcher knows them, so as not to take them for another.
    ``strangers`` are sentences that are nobody's business here, ``elsewhere`` tails of questions for other counters.
    """

    id: str
    title: Mapping[ReplyLanguage, str]
    deadline: Deadline | None
    languages: tuple[ReplyLanguage, ...]
    steps: tuple[timedelta, ...]
    facts: Mapping[str, Mapping[ReplyLanguage, str]]
    links: Mapping[str, str]
    documents: tuple[Document, ...]
    sources: Mapping[str, Source]
    groups: Mapping[str, Mapping[ReplyLanguage, str]]
    sentences: Mapping[ReplyLanguage, Mapping[str, str]]
    entries: Mapping[str, Entry]
    office_hours: Mapping[ReplyLanguage, str] = field(default_factory=dict[ReplyLanguage, str])
    profiles: Mapping[str, Mapping[ReplyLanguage, str]] = field(default_factory=dict[str, Mapping[ReplyLanguage, str]])
    unanswered: Mapping[str, tuple[Phrasing, ...]] = field(default_factory=dict[str, tuple[Phrasing, ...]])
    strangers: tuple[Phrasing, ...] = ()
    elsewhere: tuple[Phrasing, ...] = ()
    lexicon: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def language(self, wanted: ReplyLanguage | None) -> ReplyLanguage:
        """The wanted language if this call answers in it, else its first."""
        return wanted if wanted is not None and wanted in self.languages else self.languages[0]

    def local(self, instant: datetime) -> datetime:
        """An instant by the legal time of this call; by UTC where it has no deadline."""
        return instant.astimezone(self._zone)

    def midnight(self, day: date) -> datetime:
        """The instant at which a legal day begins."""
        return datetime.combine(day, time(), self._zone)

    @property
    def _zone(self) -> tzinfo:
        return ZoneInfo(self.deadline.zone) if self.deadline else UTC

    def amended(self, amendments: Iterable[Amendment]) -> Call:
        """The same call with its deadline moved by ``amendments``, in the order of their versions.

        Raises:
            ValueError: an amendment means no one moment in the call's zone.

        """
        deadline = self.deadline
        for amendment in sorted(amendments, key=lambda a: a.version):
            if deadline is not None and amendment.version > deadline.version:
                deadline = deadline.amended(amendment)
        return replace(self, deadline=deadline)
