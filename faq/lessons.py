"""What the desk taught since the call's folder was written: a layer of changes over it, each of which can be undone.

A lesson adds phrasings to an entry, writes one of its texts anew, or makes an entry. `taught` puts lessons over a call
in the order in which they were given; `trainable` is what of it a matcher is trained on.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import cast

from faq.answering import in_language, unknown_placeholders
from faq.call import Call, Entry, Kind, Phrasing
from faq.languages import Language, ReplyLanguage
from faq.matching.normalising import words

DESK, WORD_FOR_WORD = "taught", "taught-word-for-word"
"""The hands of what the desk taught; phrasings of the second are recognised only as they stand, never by likeness."""

OTHER = "other"
"""The part of the menu where entries stand that the desk made."""

Texts = Mapping[ReplyLanguage, str]


class LessonKind(StrEnum):
    """What a lesson changes; the texts are named as in a call folder."""

    PHRASINGS = "phrasings"
    QUESTION = "question"
    ANSWER = "answer"
    CLOSED = "closed"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One change.

    ``phrasings`` belong to the kinds PHRASINGS and ENTRY, ``questions`` and ``answers`` to ENTRY, ``language`` and
    ``text`` (markup with placeholders, but for a QUESTION) to the others.
    """

    kind: LessonKind
    entry: str
    language: ReplyLanguage | None = None
    text: str = ""
    phrasings: tuple[Phrasing, ...] = ()
    questions: Texts = field(default_factory=dict[ReplyLanguage, str])
    answers: Texts = field(default_factory=dict[ReplyLanguage, str])

    def to_json(self) -> str:
        """The form that is stored, and that ``python -m bot lessons`` prints."""
        parts = {
            "kind": self.kind,
            "entry": self.entry,
            "language": self.language,
            "text": self.text,
            "phrasings": [[phrasing.text, phrasing.language, phrasing.hand] for phrasing in self.phrasings],
            "questions": dict(self.questions),
            "answers": dict(self.answers),
        }
        return json.dumps(
            {name: value for name, value in parts.items() if value or name == "entry"}, ensure_ascii=False
        )

    @classmethod
    def from_json(cls, stored: str) -> Lesson:
        """A lesson as `to_json` wrote it.

        Raises:
            ValueError: it is none.

        """
        try:
            raw = cast("dict[str, object]", json.loads(stored))
            language = raw.get("language")
            return cls(
                kind=LessonKind(str(raw["kind"])),
                entry=str(raw["entry"]),
                language=ReplyLanguage(str(language)) if language else None,
                text=str(raw.get("text", "")),
                phrasings=tuple(
                    Phrasing(text, Language(language), hand)
                    for text, language, hand in cast("list[tuple[str, str, str]]", raw.get("phrasings", []))
                ),
                questions=_texts(raw.get("questions")),
                answers=_texts(raw.get("answers")),
            )
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            message = f"no lesson: {stored[:80]!r}"
            raise ValueError(message) from error

    @property
    def trains(self) -> bool:
        """Whether a matcher has to be trained for it to take its whole effect."""
        return any(phrasing.hand != WORD_FOR_WORD for phrasing in self.phrasings)

    def word_for_word(self) -> Lesson:
        """The same, with phrasings that are recognised only as they stand."""
        return replace(self, phrasings=tuple(replace(one, hand=WORD_FOR_WORD) for one in self.phrasings))


def _texts(raw: object) -> Texts:
    given = cast("dict[str, str]", raw or {})
    return {ReplyLanguage(language): text for language, text in given.items()}


def taught(call: Call, lessons: Iterable[Lesson]) -> Call:
    """The call with ``lessons`` put over it in their order.

    One about an entry that is no longer there is left out, and so is one with a fact that the call has no longer.
    """
    entries = dict(call.entries)
    for lesson in lessons:
        if not _can_be_filled(lesson, call):
            continue
        if lesson.kind is LessonKind.ENTRY:
            entries = _without(entries, lesson)
            entries[lesson.entry] = _made(call, lesson)
        elif lesson.entry in entries:
            entries = _without(entries, lesson)
            entries[lesson.entry] = _changed(entries[lesson.entry], lesson)
    return replace(call, entries=entries)


def without_effect(call: Call, lessons: Iterable[Lesson]) -> list[Lesson]:
    """Those ``lessons`` that were left out when ``call`` was taught them."""
    return [one for one in lessons if one.entry not in call.entries or not _can_be_filled(one, call)]


def _can_be_filled(lesson: Lesson, call: Call) -> bool:
    """Whether the call has every fact that a lesson's texts name."""
    return not any(unknown_placeholders(text, call) for text in (lesson.text, *lesson.answers.values()))


def _without(entries: Mapping[str, Entry], lesson: Lesson) -> dict[str, Entry]:
    """The entries without what the desk had taught of the same words before: the newest lesson counts."""
    said = {words for phrasing in lesson.phrasings if (words := in_words(phrasing.text))}
    return {
        key: entry if len(kept := _others(entry, said)) == len(entry.phrasings) else replace(entry, phrasings=kept)
        for key, entry in entries.items()
    }


def _others(entry: Entry, said: Collection[str]) -> tuple[Phrasing, ...]:
    return tuple(one for one in entry.phrasings if not (is_of_desk(one) and in_words(one.text) in said))


def is_of_desk(phrasing: Phrasing) -> bool:
    """Whether the desk taught it."""
    return phrasing.hand in {DESK, WORD_FOR_WORD}


def in_words(text: str) -> str:
    """A text as it is compared word for word."""
    return " ".join(words(text))


def _made(call: Call, lesson: Lesson) -> Entry:
    """A new entry; who reads a language that it lacks gets the one there is, with that language's name over it."""
    source = next((language for language in call.languages if language in lesson.answers), call.languages[0])
    title = lesson.questions.get(source) or next(iter(lesson.questions.values()), lesson.entry)
    stand_in = in_language(source) + lesson.answers.get(source, "")
    return Entry(
        id=lesson.entry,
        kind=Kind.STATED,
        group=OTHER,
        questions={lang: lesson.questions.get(lang) or title for lang in call.languages},
        answers={lang: lesson.answers.get(lang) or stand_in for lang in call.languages},
        phrasings=lesson.phrasings,
    )


def _changed(entry: Entry, lesson: Lesson) -> Entry:
    language = lesson.language
    if language is None:
        known = {phrasing.text for phrasing in entry.phrasings}
        new = [phrasing for phrasing in lesson.phrasings if phrasing.text not in known]
        return replace(entry, phrasings=(*entry.phrasings, *new))
    match lesson.kind:
        case LessonKind.QUESTION:
            return replace(entry, questions={**entry.questions, language: lesson.text})
        case LessonKind.CLOSED:
            return replace(entry, closed={**entry.closed, language: lesson.text})
        case _:
            return replace(entry, answers={**entry.answers, language: lesson.text})


def text_of(entry: Entry, part: LessonKind, language: ReplyLanguage) -> str:
    """A text of an entry as it is stored, with its placeholders; empty where there is none."""
    parts = {
        LessonKind.QUESTION: entry.questions,
        LessonKind.ANSWER: entry.answers,
        LessonKind.CLOSED: entry.closed,
    }
    return parts[part].get(language, "")


def trainable(call: Call) -> Call:
    """The call as a matcher is trained on it: without what is recognised only word for word."""
    entries = {
        key: entry if len(learned) == len(entry.phrasings) else replace(entry, phrasings=learned)
        for key, entry in call.entries.items()
        if (learned := tuple(one for one in entry.phrasings if one.hand != WORD_FOR_WORD))
    }
    return replace(call, entries=entries)
