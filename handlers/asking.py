"""A question in plain words, and an answer chosen by a button."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import assert_never

from bot.buttons import Press, Verb, mark, named
from bot.learning.grouping import kept
from bot.messages import Button, Rows
from bot.rules.counts import Outcome
from bot.store import Change, all_of, counting, given, unanswered
from bot.store.unanswered import Question
from faq import Answer, Decision, Nothing, Suggest, answering
from faq.call import Kind
from faq.lessons import in_words
from faq.markup import Html
from handlers import desk
from handlers.turn import Turn

REMINDERS, PERSON, GREETING, DEADLINE = "reminders", "human", "greeting", "deadline"
"""Domain topics (faq/domain/topics) whose answers have buttons of their own."""

_MOST_RELATED = 2

_LONGEST_NUMBER = 16
"""Digits of a question's number."""

_OUTCOMES = {Answer: Outcome.ANSWERED, Suggest: Outcome.SUGGESTED, Nothing: Outcome.SILENT}


async def ask(turn: Turn) -> None:
    """Answer, offer the nearest entries, or say that nothing fits."""
    decision = await turn.services.decide(turn.text)
    if not turn.has_chosen:
        turn.language = turn.services.call.language(decision.reply)
    if not turn.is_of_office:
        turn.aside(_counted(turn, decision))
    match decision:
        case Answer():
            answer(turn, decision.entries)
        case Suggest():
            number = _kept(turn, decision)
            offers = tuple((_offer(turn, entry, number),) for entry in decision.entries)
            person = () if PERSON in decision.entries else person_button(turn)
            rows = (*offers, (menu_button(turn), *person), *desk.send_buttons(turn, Outcome.SUGGESTED))
            turn.say(turn.text_of("suggest"), rows=rows, reply_to=_asked_in(turn))
        case Nothing():
            _kept(turn, decision)
            menu = (menu_button(turn), *person_button(turn))
            rows = (*desk.send_buttons(turn, Outcome.SILENT), menu, *wait_buttons(turn))
            turn.say(turn.text_of("nothing"), rows=rows, reply_to=_asked_in(turn))
        case _:
            assert_never(decision)


def _asked_in(turn: Turn) -> int | None:
    """The message that a reply is tied to, so that a button under it can send the same words to the office."""
    return turn.message_id if desk.can_ask(turn) else None


def _kept(turn: Turn, decision: Suggest | Nothing) -> int:
    """Keep a question that was not answered, for the office to learn from; return its number, which none can guess."""
    number = secrets.randbits(53)
    if not turn.is_of_office and (text := kept(turn.text)) and in_words(text):
        question = Question(
            id=number,
            text=text,
            language=decision.language,
            asked_at=turn.now,
            suggested=isinstance(decision, Suggest),
            offers=decision.entries if isinstance(decision, Suggest) else tuple(filter(None, (decision.best,))),
        )
        turn.aside(unanswered.note(turn.services.call.id, question))
    return number


def _offer(turn: Turn, entry: str, number: int) -> Button:
    """A button that shows an entry, and tells what the question with this number meant."""
    title = turn.services.call.entries[entry].questions[turn.language]
    return Press(Verb.CHOSEN, f"{number}.{mark(entry)}", turn.language).button(title)


async def choose(turn: Turn) -> None:
    """The answer to an offer that was tapped; the question is remembered as one that means it."""
    number, _, found = (turn.press.argument if turn.press else "").partition(".")
    entry = named(turn.services.call.entries, found)
    if entry is None:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
        return
    if number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER:
        turn.aside(unanswered.choose(turn.services.call.id, int(number), entry))
    show_topic(turn, entry)


def _counted(turn: Turn, decision: Decision) -> Change:
    """Count a question, and the further topics that it asked for."""
    call, language = turn.services.call, decision.language
    first, *others = decision.entries if isinstance(decision, Answer) else ("",)
    return all_of(
        [
            counting.asked(call, _OUTCOMES[type(decision)], language, first, now=turn.now),
            *(counting.asked(call, Outcome.SHOWN, language, entry, now=turn.now) for entry in others),
        ]
    )


async def show(turn: Turn) -> None:
    """The answer that a button stands for."""
    if turn.press is None or turn.press.argument not in turn.services.call.entries:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    else:
        show_topic(turn, turn.press.argument)


def show_topic(turn: Turn, entry: str) -> None:
    """Say the answer of an entry that was chosen by a button or a command."""
    if not turn.is_of_office:
        turn.aside(counting.asked(turn.services.call, Outcome.SHOWN, turn.language, entry, now=turn.now))
    answer(turn, (entry,))


def answer(turn: Turn, entries: Sequence[str]) -> None:
    """Say the answers of entries, in order, as one message with the buttons that fit the last."""
    call = turn.services.call
    replies = [answering.answer(call, entry, language=turn.language, now=turn.now) for entry in entries]
    parts: list[Html] = []
    for reply in replies:
        if len(replies) > 1:
            parts.append(Html(f"<b>{answering.title(call, reply.entry, language=turn.language)}</b>"))
        parts += [reply.text, Html(f"<i>{reply.source}</i>") if reply.source else Html("")]
    related = [other for reply in replies for other in reply.related if other not in entries]
    turn.say(*parts, rows=_rows(turn, entries[-1], related))
    _remember(turn, entries)


def _remember(turn: Turn, entries: Sequence[str]) -> None:
    """Keep which answers a person was given, so that they hear of it when one of them is corrected."""
    call, language = turn.services.call, turn.language
    editions = {
        entry: answering.edition(answering.said(call, call.entries[entry], language=language, now=turn.now))
        for entry in entries
        if call.entries[entry].kind is not Kind.SERVICE
    }
    if turn.is_private and editions:
        turn.aside(given.give(call.id, turn.chat_id, editions, language, now=turn.now))


def _rows(turn: Turn, entry: str, related: Sequence[str]) -> Rows:
    call = turn.services.call
    links = [
        (Button(text=document.title[turn.language], url=document.url),)
        for document in call.documents
        if document.entry == entry or document.entry in related
    ]
    topics = [(entry_button(turn, other),) for other in list(dict.fromkeys(related))[:_MOST_RELATED]]
    if entry == GREETING:
        return ((menu_button(turn),),)
    if entry == DEADLINE and call.deadline and not call.deadline.is_over(turn.now):
        topics.append((Press(Verb.CALENDAR, "", turn.language).button(turn.label("button-calendar")),))
    last = [*remind_buttons(turn, stoppable=entry == REMINDERS), *(person_button(turn) if entry != PERSON else ())]
    return (*(desk.ask_buttons(turn) if entry == PERSON else ()), *links, *topics, *((button,) for button in last))


def entry_button(turn: Turn, entry: str) -> Button:
    """A button that shows an entry's answer."""
    return Press(Verb.ENTRY, entry, turn.language).button(turn.services.call.entries[entry].questions[turn.language])


def menu_button(turn: Turn) -> Button:
    """A button that shows all topics."""
    return Press(Verb.MENU, "", turn.language).button(turn.label("button-menu"))


def person_button(turn: Turn) -> tuple[Button, ...]:
    """A button that leads to a person, where the call says how."""
    if PERSON not in turn.services.call.entries:
        return ()
    return (Press(Verb.ENTRY, PERSON, turn.language).button(turn.label("button-person")),)


def remind_buttons(turn: Turn, *, stoppable: bool) -> tuple[Button, ...]:
    """Buttons that lead to reminders, or after the deadline to news of the next edition, and that end them."""
    deadline = turn.services.call.deadline
    if deadline is None:
        return ()
    key = "button-next-edition" if deadline.is_over(turn.now) else "button-remind"
    offer = Press(Verb.OFFER, "", turn.language).button(turn.label(key))
    stop = Press(Verb.STOP, "", turn.language).button(turn.label("button-stop"))
    return (offer, stop) if stoppable else (offer,)


def wait_buttons(turn: Turn) -> Rows:
    """A row with the button of who wants to hear when the question that a message answers is answered."""
    if not turn.is_private:
        return ()
    return ((Press(Verb.WAIT, "", turn.language).button(turn.label("qa-button-wait")),),)
