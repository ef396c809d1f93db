"""Sign up for reminders, for news of the next edition, and stop both."""

from __future__ import annotations

from bot import reminders
from bot.store import people
from bot.store.people import Purpose
from faq import answering
from faq.deadline import Deadline, Phase
from faq.markup import Html
from handlers.asking import menu_button
from handlers.buttons import Press, Verb
from handlers.turn import Turn


async def offer(turn: Turn) -> None:
    """Say what would be sent and what is kept, and ask for a yes."""
    call, language = turn.services.call, turn.language
    deadline = call.deadline
    if deadline is None:
        turn.say(turn.status)
    elif deadline.phase(turn.now) is Phase.CLOSED:
        yes = Press(Verb.REGISTER, Purpose.NEXT_EDITION, language).button(turn.label("button-next-edition"))
        turn.say(turn.text_of("remind-closed", status=turn.status), rows=((yes,),))
    else:
        yes = Press(Verb.REGISTER, Purpose.DEADLINE, language).button(turn.label("button-yes-remind"))
        text = turn.text_of(
            "remind-offer",
            deadline=answering.deadline_text(call, language=language),
            left=answering.time_left_text(call, language=language, now=turn.now),
            steps=answering.steps_text(call, language=language),
        )
        turn.say(text, rows=((yes,),))


async def register(turn: Turn) -> None:
    """Register the chat for what the pressed button says; for what is still possible if time has passed it by."""
    deadline = turn.services.call.deadline
    if turn.press is None or turn.press.argument not in set(Purpose) or deadline is None:
        turn.say(turn.text_of("stale-button"), rows=((menu_button(turn),),))
    elif deadline.phase(turn.now) is Phase.CLOSED and turn.press.argument == Purpose.DEADLINE:
        await offer(turn)
        return
    else:
        purpose = Purpose(turn.press.argument)
        call = turn.services.call.id
        turn.change(people.register(call, turn.chat_id, purpose, turn.language, now=turn.now))
        stop = Press(Verb.STOP, "", turn.language).button(turn.label("button-stop"))
        turn.say(_confirmation(turn, purpose, deadline), rows=((stop,),))


async def stop(turn: Turn) -> None:
    """End all registrations of this chat with one tap."""
    call = turn.services.call.id
    registered = await turn.services.store.read(lambda db: people.purposes_of(db, call, turn.chat_id))
    turn.change(people.unregister(call, turn.chat_id))
    turn.say(turn.text_of("stopped" if registered else "nothing-to-stop"))


def _confirmation(turn: Turn, purpose: Purpose, deadline: Deadline) -> Html:
    if purpose is Purpose.NEXT_EDITION:
        return turn.text_of("next-edition-done")
    call, language = turn.services.call, turn.language
    closing = answering.deadline_text(call, language=language)
    following = reminders.next_due_at(deadline, call.steps, turn.now)
    if following is None:
        return turn.text_of("remind-done-last", deadline=closing)
    first = answering.moment_text(call, following, language=language)
    return turn.text_of("remind-done", next=first, deadline=closing)
