"""A question and the office's answer become public: what they may look like, how they read, and who asked the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.desk.words import cleaned
from bot.store.errata import Erratum
from bot.store.prefilled import Told
from bot.store.publication_drafts import Draft, Questions
from bot.store.publications import PREFIX, Publication
from bot.texts import Texts
from faq import Call, answering
from faq.byhand import gives_deadline
from faq.call import Phrasing
from faq.languages import Language, ReplyLanguage
from faq.lessons import DESK, Lesson, LessonKind, taught
from faq.markup import Html, escape, plain, utf16_length
from faq.matching.normalising import words as words_of

LONGEST_QUESTION = 300
"""UTF-16 units of a public question as markup; what was asked at more length is put in fewer words."""

LONGEST_ANSWER = 2400
"""UTF-16 units of a public answer with its markup: with question, source and an erratum it fits into one message."""

_LONGEST_TITLE = 60
_LONGEST_BEFORE = 500
"""UTF-16 units of what a corrected answer said before, as an erratum quotes it."""

_ENTRY = re.compile(f"{PREFIX}([0-9]{{1,9}})")
_OWN_TO_MESSAGES = re.compile(r"</?tg-[^>]*>")
"""Tags of what only messages have (hidden words, drawn emoji), which no answer of a call may use."""

_OF_THE_MINUTE = re.compile(r"\{(?:time_left|status)\}[ \n]*")
"""The facts that each minute changes before the deadline, sentences of their own, with the space behind them."""

_MOVING = frozenset({"deadline", "time_left", "status", "history"})
"""The facts that may have been others when an answer was read."""

_MOST_WORDS = 60
_SAME = 0.8
"""Share of words that two questions have in common, of all their words, to count as the same."""


def entry_of(number: int) -> str:
    """The entry under which a publication is known to the matcher."""
    return f"{PREFIX}{number}"


def number_of(entry: str) -> int | None:
    """The publication that an entry belongs to; None for any other entry."""
    found = _ENTRY.fullmatch(entry)
    return int(found[1]) if found else None


def takes_questions(call: Call, now: datetime) -> bool:
    """Whether questions to a person are still taken at ``now``."""
    return call.questions_until is None or now < call.questions_until


def clean_question(text: str) -> str:
    """A question in one line, without marks that would turn the text around it; empty where it is too long."""
    line = " ".join(cleaned(text).split())
    return line if utf16_length(escape(line)) <= LONGEST_QUESTION else ""


def clean_answer(text: Html, call: Call, *, language: ReplyLanguage, now: datetime) -> Html:
    """An answer whose braces stay braces, but for the call's own facts; empty where it is too long."""
    text = Html(_OWN_TO_MESSAGES.sub("", text))
    unknown = set(answering.unknown_placeholders(text, call))
    kept = answering.PLACEHOLDER.sub(
        lambda found: f"&#123;{found[1]}&#125;" if found[1] in unknown else found[0], cleaned(text)
    )
    filled = answering.fill(kept, call, language=language, now=now)
    return Html(kept if max(utf16_length(kept), utf16_length(filled)) <= LONGEST_ANSWER else "")


def missing(draft: Draft, call: Call) -> tuple[ReplyLanguage, ...]:
    """The languages in which a version is neither there nor waived."""
    return tuple(one for one in call.languages if not draft.has(one) and one not in draft.waived)


def is_complete(draft: Draft, call: Call) -> bool:
    """Whether a draft can become public: every version is there or waived, one is there, and none would go stale."""
    there = [one for one in call.languages if draft.has(one)]
    return bool(there) and not missing(draft, call) and not any(is_dated(draft, one, call) for one in there)


def is_dated(draft: Draft, language: ReplyLanguage, call: Call) -> bool:
    """Whether a version's answer gives the deadline's day by hand: it would stay there when the deadline moves."""
    return gives_deadline(draft.answers.get(language, ""), call)


def whole(draft: Draft) -> Draft:
    """The draft without versions that lack their question or their answer."""
    return replace(
        draft,
        questions={one: text for one, text in draft.questions.items() if draft.has(one)},
        answers={one: text for one, text in draft.answers.items() if draft.has(one)},
    )


def title(question: str) -> str:
    """A question cut to what a button shows."""
    return cut(question, _LONGEST_TITLE)


def cut(text: str, most: int) -> str:
    """A text of at most so many UTF-16 units as markup; what is left out is marked by "…"."""
    if utf16_length(escape(text)) <= most:
        return text
    length, kept = 1, ""
    for character in text:
        length += utf16_length(escape(character))
        if length > most:
            break
        kept += character
    return f"{kept.rstrip()}…"


@dataclass(frozen=True, slots=True)
class Wording:
    """How publications of a call read."""

    texts: Texts
    call: Call

    def answer(self, number: int, day: datetime, language: ReplyLanguage, text: Html) -> Html:
        """An answer with the line that says where it comes from."""
        on = answering.day_text(self.call, day, language=language)
        source = self.texts.say(language, "qa-source", number=str(number), day=on)
        return Html(f"{text}\n\n<i>{source}</i>")

    def as_served(self, public: Publication) -> Publication:
        """A publication as the counter answers with it, whatever was taught beside it since it was last corrected."""
        entry = self.call.entries.get(entry_of(public.number))
        if entry is None:
            return public
        questions, answers = dict(public.questions), dict(public.answers)
        for language, text in public.questions.items():
            if entry.questions.get(language, "") != title(text):
                questions[language] = entry.questions[language]
        for language in public.answers:
            source = self.answer(public.number, public.published_at, language, Html(""))
            answers[language] = Html(entry.answers[language].removesuffix(source))
        return replace(public, questions=questions, answers=answers)

    def lessons(
        self, number: int, draft: Draft, *, published_at: datetime, was: Publication | None = None
    ) -> list[Lesson]:
        """What makes a draft an entry of the call, or puts an entry of the call right that ``was`` public otherwise.

        A correction reaches also who reads a language that was done without, and is shown another version.
        """
        made = Lesson(
            kind=LessonKind.ENTRY,
            entry=entry_of(number),
            phrasings=_phrasings(draft.questions),
            questions={language: title(text) for language, text in draft.questions.items()},
            answers={
                language: self.answer(number, published_at, language, text) for language, text in draft.answers.items()
            },
        )
        known = self.call.entries.get(made.entry)
        if known is None:
            return [made]
        new = taught(self.call, [made]).entries[made.entry]
        reworded = {one: text for one, text in draft.questions.items() if was and was.questions.get(one) != text}
        put_right = [
            Lesson(kind=LessonKind.QUESTION, entry=made.entry, language=language, text=text)
            for language, text in new.questions.items()
            if known.questions.get(language) != text or language in reworded
        ] + [
            Lesson(kind=LessonKind.ANSWER, entry=made.entry, language=language, text=text)
            for language, text in new.answers.items()
            if known.answers.get(language) != text
        ]
        phrasings = _phrasings(reworded)
        learned = [Lesson(kind=LessonKind.PHRASINGS, entry=made.entry, phrasings=phrasings)] if phrasings else []
        return put_right + learned

    def read(
        self, publication: Publication, language: ReplyLanguage, *, now: datetime, is_sent_later: bool = False
    ) -> Html:
        """A publication as everybody reads it, in their language, or in another that is then named."""
        shown = publication.nearest(language, self.call.languages)
        entry = self.call.entries.get(entry_of(publication.number))
        said = (
            self.answer(publication.number, publication.published_at, shown, publication.answers[shown])
            if entry is None
            else answering.said(self.call, entry, language=shown, now=now)
        )
        mark = Html("") if shown is language else answering.in_language(shown)
        head = self.texts.say(language, "qa-head", number=str(publication.number))
        question = escape(publication.questions[shown])
        said = lasting(said, self.call, now=now) if is_sent_later else said
        answer = answering.fill(said, self.call, language=shown, now=now)
        return Html(f"{head}\n{mark}<b>{question}</b>\n\n{answer}")

    def erratum(self, erratum: Erratum, language: ReplyLanguage, *, now: datetime) -> Html:
        """What people are told to whom an answer was given that reads otherwise now."""
        entry = self.call.entries[erratum.entry]
        after = lasting(answering.said(self.call, entry, language=language, now=now), self.call, now=now)
        before = answering.fill(quotable(erratum.before[language], self.call), self.call, language=language, now=now)
        return self.texts.say(
            language,
            "qa-erratum",
            day=answering.day_text(self.call, erratum.at, language=language),
            question=entry.questions[language],
            before=cut(plain(before), _LONGEST_BEFORE),
            after=answering.fill(after, self.call, language=language, now=now),
        )


def lasting(text: str, call: Call, *, now: datetime) -> str:
    """The text of an answer without what each minute changes, for whoever reads it days after it was written."""
    if call.deadline is None or call.deadline.is_over(now):
        return text
    return _OF_THE_MINUTE.sub("", text).rstrip() or "{deadline}"


def quotable(text: str, call: Call) -> str:
    """What an answer said, with "…" for the facts that may have been others then, or are none of the call any more."""
    left_out = _MOVING.union(answering.unknown_placeholders(text, call))
    return answering.PLACEHOLDER.sub(lambda found: "…" if found[1] in left_out else found[0], text)


def editions(call: Call, entry: str) -> dict[str, str]:
    """Every text in which an entry may have answered, by where it stands; the values are its editions."""
    return {place: answering.edition(text) for place, text in every_text(call, entry).items()}


def every_text(call: Call, entry: str) -> dict[str, str]:
    """Every text in which an entry may answer, by where it stands, with its placeholders."""
    known = call.entries.get(entry)
    if known is None:
        return {}
    texts = {f"{language} answer": text for language, text in known.answers.items()}
    return texts | {f"{language} closed": text for language, text in known.closed.items()}


def _phrasings(questions: Questions) -> tuple[Phrasing, ...]:
    return tuple(Phrasing(text, Language(language), DESK) for language, text in questions.items())


def told(call: Call, entry: str, languages: Iterable[ReplyLanguage], changes: int, *, now: datetime) -> Told:
    """The answer of an entry, as an announcement of this moment gives it in each of these languages."""
    said = {one: answering.said(call, call.entries[entry], language=one, now=now) for one in languages}
    return Told(
        entry=entry,
        editions={one: answering.edition(text) for one, text in said.items()},
        changes=changes,
        version=version_in(call, said.values()),
    )


def version_in(call: Call, answers: Iterable[str]) -> int | None:
    """The version of the deadline, where one of these answers names a fact; None where they hold without."""
    is_of_facts = any(answering.PLACEHOLDER.search(text) for text in answers)
    return call.deadline.version if call.deadline and is_of_facts else None


def replaced(before: Call, after: Call, entry: str) -> dict[str, str]:
    """The editions of an entry that are no more, each with the one in its place."""
    old, new = editions(before, entry), editions(after, entry)
    return {old[place]: new[place] for place in old if place in new and old[place] != new[place]}


def changed(before: Call, after: Call, entry: str, *, now: datetime) -> tuple[ReplyLanguage, ...]:
    """The languages in which an entry answers otherwise at ``now``."""
    if entry not in before.entries or entry not in after.entries:
        return ()

    def said(call: Call, language: ReplyLanguage) -> str:
        return answering.said(call, call.entries[entry], language=language, now=now)

    return tuple(one for one in after.languages if said(before, one) != said(after, one))


def normalised(text: str) -> str:
    """The words of a question by which it is compared with others."""
    return " ".join(words_of(text)[:_MOST_WORDS])


def same_as(questions: Iterable[str]) -> Callable[[str], bool]:
    """Whether normalised words ask the same as one of ``questions``: nearly all words are common to both."""
    known = [words for text in questions if (words := frozenset(words_of(text)))]

    def is_same(words: str) -> bool:
        asked = frozenset(words.split())
        return any(len(asked & one) >= _SAME * len(asked | one) for one in known)

    return is_same
