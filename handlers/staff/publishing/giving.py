"""A publication is brought to who asked for it, and staff see what else can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.buttons import Press, Verb
from bot.messages import Message, Rows
from bot.publishing import publishing
from bot.publishing.publishing import Wording
from bot.store import waiting
from bot.store.answers import Answered
from bot.store.posting import Letter
from bot.store.publications import Publication
from bot.store.waiting import Told, Waiting
from faq import Call, answering
from faq.languages import ReplyLanguage
from faq.lessons import Lesson, taught
from faq.markup import Html
from handlers.turn import Turn

_STEP = "public:{number}"
"""The sending that brings a publication to somebody who asked for it; a chat gets one."""


def tell(turn: Turn, after: Call, public: Publication, answered: Answered, waits: Waiting) -> int:
    """Tell who asked that it is public, and who waits for the answer what it is; return how many that are."""
    asker = {answered.chat_id: answered.language}
    give(turn, after, public, asker, "qa-told-asker")
    give(turn, after, public, waits.chats, "qa-told-waiting")  # the asker, if they wait too, has theirs already
    turn.change(waiting.waited(turn.services.call.id, waits.chats, waits.words))
    return len({answered.chat_id, *waits.chats})


def give(  # noqa: PLR0913  what is given, to whom, and why
    turn: Turn,
    after: Call,
    public: Publication,
    chats: Mapping[int, ReplyLanguage],
    key: str,
    *,
    step: str | None = None,
    question: str = "",
) -> None:
    """Send a publication to chats, under a sentence that says why, and remember that it was given to them.

    A chat gets one of each ``step``; without one, one of this publication. The sentence may name their ``question``.
    """
    call, texts = turn.services.call, turn.services.texts
    told = _told(turn, after, public, step or _STEP.format(number=public.number))
    heads = {one: texts.say(one, key, number=str(public.number), question=question) for one in call.languages}
    messages = {one: Message(Html(f"{heads[one]}\n\n{read.text}")) for one, read in told.messages.items()}
    turn.change(waiting.tell(call.id, chats, replace(told, messages=messages), now=turn.now))


async def give_taught(turn: Turn, lesson: Lesson) -> None:
    """Whoever waits for the answer to words that a lesson teaches gets its entry's; staff see how many that are."""
    call = turn.services.call.id
    is_same = publishing.same_as(one.text for one in lesson.phrasings)
    waits = await turn.services.store.read(lambda db: waiting.waiting(db, call, is_same))
    after = taught(turn.services.call, [lesson])
    if not waits.chats or lesson.entry not in after.entries:
        return
    turn.change(waiting.tell(call, waits.chats, _taught(turn, after, lesson.entry), now=turn.now))
    turn.change(waiting.waited(call, waits.chats, waits.words))
    turn.say(turn.text_of("qa-panel-waiting", people=len(waits.chats)))


def _taught(turn: Turn, after: Call, entry: str) -> Told:
    """What an entry answers, as it is brought to who waited for it, in each language."""
    said = {one: answering.said(after, after.entries[entry], language=one, now=turn.now) for one in after.languages}

    def message(language: ReplyLanguage) -> Message:
        head = turn.services.texts.say(language, "qa-told-waiting")
        title = answering.title(after, entry, language=language)
        answer = answering.answer(after, entry, language=language, now=turn.now).text
        return Message(Html(f"{head}\n\n<b>{title}</b>\n\n{answer}"))

    return Told(
        entry=entry,
        messages={one: message(one) for one in after.languages},
        editions={one: answering.edition(text) for one, text in said.items()},
        step=f"taught:{entry}:{turn.update_id}",
        author=turn.user_id,
        version=publishing.version_in(after, said.values()),
    )


def give_anew(turn: Turn, after: Call, public: Publication) -> None:
    """Where a publication is still on its way to who asked for it, they get it as it reads from now on."""
    told = _told(turn, after, public, _STEP.format(number=public.number))
    also = f"{Letter.PUBLIC}:*:{public.number}.*"  # to who asked the same
    turn.change(waiting.reword(turn.services.call.id, told, also=also, now=turn.now))


def _told(turn: Turn, after: Call, public: Publication, step: str) -> Told:
    """A publication as it is brought to people, in each language."""
    wording, entry = Wording(turn.services.texts, after), after.entries[publishing.entry_of(public.number)]
    said = {
        one: answering.said(after, entry, language=public.nearest(one, after.languages), now=turn.now)
        for one in after.languages
    }
    return Told(
        entry=entry.id,
        messages={one: Message(wording.read(public, one, now=turn.now, is_sent_later=True)) for one in after.languages},
        editions={one: answering.edition(text) for one, text in said.items()},
        step=step,
        author=turn.user_id,
        version=publishing.version_in(after, said.values()),
    )


def after_rows(turn: Turn, number: int) -> Rows:
    """What can be done with a publication."""
    return tuple(
        (Press(verb, str(number), turn.language).button(turn.label(key)),)
        for verb, key in (
            (Verb.QA_ALL, "qa-button-all"),
            (Verb.QA_DIGEST, "qa-button-digest"),
            (Verb.QA_SAME, "qa-button-same"),
            (Verb.QA_CORRECT, "qa-button-correct"),
        )
    )
