"""A reply of the office is on its way to everybody: it is begun with, and worded in each language."""

from __future__ import annotations

import secrets
from dataclasses import replace

from bot.buttons import Press, Verb
from bot.messages import Button
from bot.publishing import publishing
from bot.rules.roles import Act
from bot.store import answers, expecting, publications
from bot.store import publication_drafts as drafts
from bot.store.answers import Answered
from bot.store.publication_drafts import Draft, Fate
from faq.languages import ReplyLanguage
from faq.markup import utf16_length
from handlers.published import number_in
from handlers.staff.publishing.giving import after_rows
from handlers.staff.publishing.previewing import change, note, pressed_version, settle, show
from handlers.turn import Turn

QUESTION, ANSWER = "qa-question", "qa-answer"
"""What the next message of a member of staff is taken for."""


def publish_buttons(turn: Turn, answer: int) -> tuple[Button, ...]:
    """The button under an answer of the office that offers to publish it."""
    if not turn.services.roles.may(turn.user_id, Act.PUBLISH):
        return ()
    return (Press(Verb.PUBLISH, str(answer), turn.language).button(turn.label("qa-button-publish")),)


async def open_(turn: Turn) -> None:
    """Begin with an answer of the office, or go on where somebody began."""
    number = number_in(turn.press.argument) if turn.press else None
    call = turn.services.call
    found = await turn.services.store.read(lambda db: answers.answered(db, number or 0))
    if found is None:
        turn.say(turn.text_of("qa-taken-back"))
        return
    draft = await turn.services.store.read(lambda db: drafts.of_answer(db, call.id, found.id))
    if draft is None:
        draft = _begun(turn, found)
        turn.change(drafts.begin(call.id, draft, by=turn.user_id, now=turn.now))
        note(turn, begun=draft.id, answer=found.id)
    elif draft.state is Fate.PUBLIC:
        public = await turn.services.store.read(lambda db: publications.of_answer(db, call.id, found.id))
        if public is not None:
            turn.say(turn.text_of("qa-already", number=str(public.number)), rows=after_rows(turn, public.number))
        return
    elif draft.state is Fate.PRIVATE:
        draft = change(turn, draft, replace(draft, state=Fate.OPEN))
        note(turn, reopened=draft.id)
    await show(turn, draft, draft.language)
    await settle(turn)


def _begun(turn: Turn, found: Answered) -> Draft:
    """A draft with what was asked and answered, as far as it is fit to be read by everybody."""
    language = turn.services.call.language(found.language)
    text = publishing.clean_answer(found.answer, turn.services.call, language=language, now=turn.now)
    return Draft(
        id=secrets.randbits(53),
        language=language,
        questions={language: publishing.clean_question(found.text)},
        answers={language: text},
        answer=found.id,
    )


async def tab(turn: Turn) -> None:
    """The version in another language."""
    draft, language = await pressed_version(turn)
    if draft is None:
        turn.say(turn.text_of("qa-gone"))
    else:
        await show(turn, draft, language, over=True)


async def ask_question(turn: Turn) -> None:
    """Ask for the question's wording in a language."""
    await _ask(turn, QUESTION)


async def ask_answer(turn: Turn) -> None:
    """Ask for the answer's."""
    await _ask(turn, ANSWER)


async def _ask(turn: Turn, what: str) -> None:
    draft, language = await pressed_version(turn)
    if draft is None:
        turn.say(turn.text_of("qa-gone"))
        return
    argument = f"{draft.id}.{language}"
    turn.change(expecting.expect(turn.services.call.id, turn.user_id, turn.chat_id, what, argument, now=turn.now))
    name = turn.name_of(language)
    if what == QUESTION:
        prompt = turn.text_of("qa-ask-question", name=name, most=publishing.LONGEST_QUESTION)
    else:
        prompt = turn.text_of("qa-ask-answer", name=name, most=publishing.LONGEST_ANSWER)
    turn.say(prompt)


async def hear_question(turn: Turn) -> None:
    """The question as everybody will read it."""
    draft, language = await _expected(turn)
    text = publishing.clean_question(turn.text)
    if draft is None:
        return
    if not turn.text.strip():
        turn.say(turn.text_of("qa-only-text"))
    elif not text:
        turn.say(turn.text_of("qa-too-long", most=publishing.LONGEST_QUESTION, length=utf16_length(turn.text.strip())))
    else:
        await _worded(turn, draft, replace(draft, questions={**draft.questions, language: text}), language)


async def hear_answer(turn: Turn) -> None:
    """The answer as everybody will read it."""
    draft, language = await _expected(turn)
    written, file = turn.written
    if draft is None:
        return
    text = publishing.clean_answer(written, turn.services.call, language=language, now=turn.now)
    if file is not None or not written.strip():
        turn.say(turn.text_of("qa-only-text"))
    elif not text:
        turn.say(turn.text_of("qa-too-long", most=publishing.LONGEST_ANSWER, length=utf16_length(written)))
    else:
        await _worded(turn, draft, replace(draft, answers={**draft.answers, language: text}), language)


async def _expected(turn: Turn) -> tuple[Draft | None, ReplyLanguage]:
    """The open draft that a message is for; where there is none any more, that is said."""
    number, _, code = turn.expected.partition(".")
    call = turn.services.call.id
    draft = await turn.services.store.read(lambda db: drafts.of(db, call, int(number)))
    if draft is None or draft.state is not Fate.OPEN:
        turn.change(expecting.clear(call, turn.user_id))
        turn.say(turn.text_of("qa-gone"))
        draft = None
    return draft, ReplyLanguage(code)


async def _worded(turn: Turn, before: Draft, after: Draft, language: ReplyLanguage) -> None:
    after = change(turn, before, replace(after, waived=after.waived - {language}))
    note(turn, draft=before.id, worded=language)  # not the words: an audit can't forget who they might name
    turn.change(expecting.clear(turn.services.call.id, turn.user_id))
    await show(turn, after, language)
    await settle(turn)


async def waive(turn: Turn) -> None:
    """Do without a version that is missing."""
    draft, language = await pressed_version(turn)
    if draft is None or draft.has(language):
        turn.say(turn.text_of("qa-gone"))
        return
    after = change(turn, draft, replace(draft, waived=draft.waived | {language}))
    note(turn, draft=draft.id, waived=language)
    await show(turn, after, language, over=True)
    await settle(turn)
