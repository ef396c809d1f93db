"""The asker's side of the desk: a question to a person, further words about it, and back to the bot."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.buttons import Press, Verb
from bot.desk import asking as letters
from bot.desk.asking import Asked
from bot.desk.words import MOST_AN_HOUR, cleaned, is_too_long, talk_of
from bot.messages import Button, Rows
from bot.publishing.publishing import takes_questions
from bot.rules.counts import Outcome
from bot.store import questions
from bot.store.questions import Asker, Talk
from handlers.published import until
from handlers.turn import Handler, Turn

_HOUR = timedelta(hours=1)
_UNANSWERED = {Outcome.SILENT, Outcome.SUGGESTED}
"""What a question may have been counted as that goes to the office after all."""


async def offer(turn: Turn) -> None:
    """``/ask``, or its button: take the next message as a question; one that stands behind the command at once."""
    if not can_ask(turn):
        turn.say(turn.text_of("desk-nobody" if turn.is_private else "desk-private"))
    elif not takes_questions(turn.services.call, turn.now):
        turn.say(until(turn))
    elif turn.press is None and turn.argument:
        await _ask(turn, turn.argument, turn.message_id)
    else:
        _turn_to(turn, Talk.WRITING)
        turn.say(turn.text_of("desk-write"), rows=(_row(turn, Verb.LEAVE_OFFICE, "button-desk-leave"),))


async def send_question(turn: Turn) -> None:
    """The button under a silent reply: the question that it answers goes to the office as it stands."""
    if turn.answered_text and can_ask(turn):
        argument = turn.press.argument if turn.press else ""
        counted = Outcome(argument) if argument in _UNANSWERED else None
        await _ask(turn, turn.answered_text, turn.answered_id, counted=counted)
    else:
        await offer(turn)


async def leave(turn: Turn) -> None:
    """Plain words are for the bot again; what was asked stays with the office."""
    if turn.is_private:
        _turn_to(turn, Talk.QUIET)
    turn.say(turn.text_of("desk-left"), rows=(_row(turn, Verb.MENU, "button-menu"),))


async def resume(turn: Turn) -> None:
    """The button under the office's answer: plain words go to the office, about the same question."""
    call, number = turn.services.call.id, turn.press.number if turn.press else None
    question = await turn.services.store.read(lambda db: questions.of(db, call, number or 0))
    if question is None or question.chat_id != turn.chat_id:
        await offer(turn)
        return
    _turn_to(turn, Talk.TALKING, about=question.number)
    turn.change(questions.tell_again(call, turn.chat_id))
    turn.say(
        turn.text_of("desk-resume", number=question.number), rows=(_row(turn, Verb.LEAVE_OFFICE, "button-desk-leave"),)
    )


def listening(otherwise: Handler) -> Handler:
    """A handler that gives plain words to the office while somebody talks to it, and else to ``otherwise``."""

    async def listen(turn: Turn) -> None:
        call = turn.services.call.id
        asker = await turn.services.store.read(lambda db: questions.asker(db, call, turn.chat_id))
        talk = talk_of(asker, now=turn.now)
        if asker is None or talk is Talk.QUIET or not turn.services.office.told:
            await otherwise(turn)
        elif not turn.text:
            turn.say(turn.text_of("desk-only-text"), rows=(_row(turn, Verb.LEAVE_OFFICE, "button-desk-leave"),))
        elif talk is Talk.WRITING or asker.about is None:
            await _ask(turn, turn.text, turn.message_id)
        else:
            await _pass_on(turn, asker)

    return listen


async def edited(turn: Turn) -> None:
    """An asker changed a message: if it was a question to the office, the office sees the new words.

    Other spaces between the same words are nothing new; other words are a new question, where none is taken any more.
    """
    call, number = turn.services.call.id, turn.message_id or 0
    question = await turn.services.store.read(lambda db: questions.by_message(db, call, turn.chat_id, number))
    text = cleaned(turn.argument if turn.text.startswith("/") else turn.text)
    if question is None or text.split() in ([], question.text.split()):
        return
    if is_too_long(text):
        turn.say(turn.text_of("desk-too-long"))
    elif question.follows is None and not takes_questions(turn.services.call, turn.now):
        turn.say(until(turn))
    else:
        turn.change(letters.edit(turn.services.desk(turn.now), question, text, again=turn.update_id))


async def _ask(turn: Turn, text: str, message_id: int | None, *, counted: Outcome | None = None) -> None:
    """Put a question to the office, in the language that it is written in, as long as it takes any."""
    if not takes_questions(turn.services.call, turn.now):
        _turn_to(turn, Talk.QUIET)
        turn.say(until(turn))
        return
    if not await _accepts(turn, text):
        return
    if not turn.has_chosen and turn.press is None:
        turn.language = turn.services.call.language((await turn.services.decide(cleaned(text))).reply)
    turn.change(letters.ask(turn.services.desk(turn.now), replace(_asked(turn, text, message_id), counted=counted)))


async def _pass_on(turn: Turn, asker: Asker) -> None:
    if await _accepts(turn, turn.text):
        asked = _asked(turn, turn.text, turn.message_id)
        turn.change(letters.pass_on(turn.services.desk(turn.now), asker, asked))


def _asked(turn: Turn, text: str, message_id: int | None) -> Asked:
    return Asked(chat_id=turn.chat_id, message_id=message_id, text=cleaned(text), language=turn.language)


async def _accepts(turn: Turn, text: str) -> bool:
    """Whether a text can be passed on; where not, its asker is told why."""
    call, since = turn.services.call.id, turn.now - _HOUR
    sent = await turn.services.store.read(lambda db: questions.count_since(db, call, turn.chat_id, since))
    if not cleaned(text):
        turn.say(turn.text_of("desk-only-text"))
    elif is_too_long(cleaned(text)):
        turn.say(turn.text_of("desk-too-long"))
    elif sent >= MOST_AN_HOUR:
        turn.say(turn.text_of("desk-too-many"))
    else:
        return True
    return False


def _turn_to(turn: Turn, talk: Talk, *, about: int | None = None) -> None:
    turn.change(questions.turn_to(turn.services.call.id, turn.chat_id, talk, about=about, now=turn.now))


def can_ask(turn: Turn) -> bool:
    """Whether this chat can turn to a person: a private one, where somebody is there to answer."""
    return turn.is_private and bool(turn.services.office.told)


def ask_buttons(turn: Turn) -> Rows:
    """A row with the button that leads to a person."""
    return (_row(turn, Verb.ASK_OFFICE, "button-desk-ask"),) if can_ask(turn) else ()


def send_buttons(turn: Turn, counted: Outcome) -> Rows:
    """A row with the button that sends the question which a message answers, and what it was ``counted`` as."""
    return (_row(turn, Verb.SEND_QUESTION, "button-desk-send", counted),) if can_ask(turn) else ()


def _row(turn: Turn, verb: Verb, key: str, argument: str = "") -> tuple[Button, ...]:
    return (Press(verb, argument, turn.language).button(turn.label(key)),)
