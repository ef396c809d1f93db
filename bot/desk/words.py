"""The rules of the desk, and its words: what the office reads of a question, and its asker of an answer. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.buttons import Press, Verb
from bot.messages import Button, File, Message
from bot.store.answers import Answered
from bot.store.questions import Asker, Question, Talk
from bot.texts import Texts
from faq import Call, answering
from faq.languages import ReplyLanguage
from faq.markup import Html, escape, isolate, plain, utf16_length

LONGEST = 3000
"""UTF-16 units, as markup, of a question: with what is said around it, it still fits into one message."""

MOST_AN_HOUR = 15
"""Words of one asker that are passed on within an hour."""

CAN_BE_TAKEN_BACK = timedelta(hours=48)
"""How long a bot may delete its message (Bot API, deleteMessage)."""

_WRITING_LASTS = timedelta(hours=1)
"""After this time a message is for the bot again: who was asked for their question has forgotten it."""

_TALK_LASTS = timedelta(hours=72)
"""After this time without a word, plain words are for the bot again."""

_TOLD_AGAIN = timedelta(hours=1)
"""An asker whose words are passed on is told so, but not at each of them."""

_QUOTED = 150
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]")
"""Characters that turn the order of a whole text round, or are none."""


def talk_of(asker: Asker | None, *, now: datetime) -> Talk:
    """Whom a person's plain words are for at this moment."""
    if asker is None or asker.talk is Talk.QUIET:
        return Talk.QUIET
    lasts = _WRITING_LASTS if asker.talk is Talk.WRITING else _TALK_LASTS
    return asker.talk if now - asker.since <= lasts else Talk.QUIET


def is_to_be_told(asker: Asker, *, now: datetime) -> bool:
    """Whether an asker is told once more that their words go to the office."""
    return asker.told_at is None or now - asker.told_at > _TOLD_AGAIN


def cleaned(text: str) -> str:
    """What somebody typed, without what would turn the words around it."""
    return _DIRECTIONS.sub("", text).strip()


def is_too_long(text: str) -> bool:
    """Whether a question would not fit into one message together with what is said around it."""
    return utf16_length(escape(text)) > LONGEST


def beginning(text: str) -> Html:
    """The beginning of a question, on one line."""
    line, used = " ".join(text.split()), 0
    for at, character in enumerate(line):
        used += utf16_length(escape(character))
        if used > _QUOTED:
            return escape(f"{line[:at].rstrip()}…")
    return escape(line)


def quoted(text: str) -> Html:
    """The same within a sentence: it runs as its own letters do, and turns no mark around it."""
    return isolate(beginning(text))


@dataclass(frozen=True, slots=True)
class Words:
    """What is said about questions and answers in one language."""

    call: Call
    texts: Texts
    language: ReplyLanguage

    def say(self, key: str, **values: str | int) -> Html:
        """A sentence of the bot."""
        return self.texts.say(self.language, key, **values)

    def button(self, key: str, verb: Verb, argument: int | str = "") -> tuple[Button, ...]:
        """A row of one button."""
        return (Press(verb, str(argument), self.language).button(self.texts.plain(self.language, key)),)

    def named(self, question: Question) -> str:
        """What the reader calls the language of a question."""
        return self.texts.name_of(question.language, self.language)

    def topic(self, question: Question) -> str:
        """The name of an asker's topic."""
        return self.texts.plain(self.language, "desk-topic", asker=question.asker, spoken=self.named(question))

    def question(self, question: Question, *, lead: Html | None = None) -> Message:
        """A question as the office reads it: a number and words, never who asked."""
        head = self.say(
            "desk-question" if question.follows is None else "desk-word",
            number=question.number,
            asker=question.asker,
            spoken=self.named(question),
        )
        edited = self.say("desk-edited") if question.edited else Html("")
        body = Html(f"<blockquote>{escape(question.text)}</blockquote>")
        return Message(_lines(lead, head, edited, body, self.say("desk-how")))

    def receipt(self, number: int) -> Html:
        """What the asker is told once a question is on its way."""
        hours = self.call.office_hours.get(self.language)
        when = self.say("desk-hours", hours=hours) if hours else self.say("desk-hours-unknown")
        return self.say("desk-receipt", number=number, hours=when)

    def answer(self, number: int, question: str, text: Html, file: File | None, *, corrected: bool = False) -> Message:
        """An answer as its asker reads it, with the question that it belongs to.

        Raises:
            ValueError: it is longer than Telegram takes.

        """
        head = self.say("desk-answer", number=number)
        quote = Html(f"<blockquote>{beginning(question)}</blockquote>")
        mark = self.say("desk-corrected") if corrected else None
        return Message(_lines(head, quote, text, mark), file=file)

    def goes(self, number: int, question: str, *, waits: bool = False) -> Html:
        """To whom an answer goes, said under it; ``waits``: not before the freeze ends."""
        goes = self.say("desk-goes", number=number, question=quoted(question))
        return _lines(goes, self.say("desk-frozen") if waits else None)

    def twice(self, before: Answered) -> Html:
        """That a question has been answered already: when, and how."""
        said = quoted(plain(before.answer) or (before.file.name if before.file else ""))
        return self.say("desk-twice", number=before.question, answer=said, at=self.moment(before.at))

    def outdated(self, question: Question) -> Html:
        """That a question was changed while its answer was written, and what it says now."""
        body = Html(f"<blockquote>{escape(question.text)}</blockquote>")
        return _lines(self.say("desk-outdated", number=question.number), body)

    def moment(self, at: datetime) -> Html:
        """An instant for people."""
        return answering.moment_text(self.call, at, language=self.language)


def _lines(*parts: Html | None) -> Html:
    return Html("\n".join(part for part in parts if part))
