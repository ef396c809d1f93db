"""A question in plain words, and an answer chosen by a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from bot.counts import Outcome
from bot.messages import Button, Rows
from bot.store import Change, all_of, counting
from faq import Answer, Decision, Nothing, Suggest, answering
from faq.markup import Html
from handlers import desk
from handlers.buttons import Press, Verb
from handlers.turn import Turn

REMINDERS, PERSON, GREETING, DEADLINE = "reminders", "human", "greeting", "deadline"
"""Domain topics (faq/domain/topics) whose answers have buttons of their own."""

_MOST_RELATED = 2

_OUTCOMES = {Answer: Outcome.ANSWERED, Suggest: Outcome.SUGGESTED, Nothing: Outcome.SILENT}


async def ask(turn: Turn) -> None:
    """Answer, offer the nearest entries, or say that nothing fits."""
    decision = await turn.services.decide(turn.text)
    if not turn.has_chosen:
        turn.language = turn.services.call.language(decision.reply)
    turn.aside(_counted(turn, decision))
    match decision:
        case Answer():
            answer(turn, decision.entries)
        case Suggest():
            offers = tuple((entry_button(turn, entry),) for entry in decision.entries)
            person = () if PERSON in decision.entries else person_button(turn)
            rows = (*offers, (menu_button(turn), *person), *desk.send_buttons(turn))
            turn.say(turn.text_of("suggest"), rows=rows, reply_to=_asked_in(turn))
        case Nothing():
            rows = (*desk.send_buttons(turn), (menu_button(turn), *person_button(turn)))
            turn.say(turn.text_of("nothing"), rows=rows, reply_to=_asked_in(turn))
        case _:
            assert_never(decision)


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


def _asked_in(turn: Turn) -> int | None:
    """The message that a reply is tied to, so that a button under it can send the same words to the office."""
    return turn.message_id if desk.can_ask(turn) else None


async def show(turn: Turn) -> None:
    """The answer that a button stands for."""
    if turn.press is None or turn.press.argument not in turn.services.call.entries:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    else:
        show_topic(turn, turn.press.argument)


def show_topic(turn: Turn, entry: str) -> None:
    """Say the answer of an entry that was chosen by a button or a command."""
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
