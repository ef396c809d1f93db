"""What is kept of a person: told, shown as a file, and erased."""

from __future__ import annotations

from bot.buttons import Press, Verb
from bot.rules import privacy
from bot.store import erasing
from faq import answering
from faq.markup import Html
from handlers.turn import Turn


async def tell(turn: Turn) -> None:
    """Say what is kept, for how long, and what can be done about it."""
    deadline = turn.services.call.deadline
    until = Html("")
    if deadline is not None:
        erased = answering.day_text(turn.services.call, privacy.erased_at(deadline), language=turn.language)
        until = turn.text_of("privacy-until", erased=erased)
    text = turn.text_of("privacy", until=until, months=privacy.NEXT_EDITION.days // 30, days=privacy.REPLIES.days)
    mine = Press(Verb.MY_DATA, "", turn.language).button(turn.label("button-mydata"))
    forget = Press(Verb.FORGET, "", turn.language).button(turn.label("button-forget"))
    turn.say(text, rows=((mine,), (forget,)))


async def my_data(turn: Turn) -> None:
    """Everything that is kept of this chat, as a file."""
    kept = await turn.services.store.read(lambda db: erasing.everything_of(db, turn.chat_id))
    forget = Press(Verb.FORGET, "", turn.language).button(turn.label("button-forget"))
    if kept:
        turn.say(turn.text_of("mydata"), rows=((forget,),), file=privacy.as_file(kept))
    else:
        turn.say(turn.text_of("mydata-nothing"))


async def ask_to_forget(turn: Turn) -> None:
    """The first of two taps."""
    yes = Press(Verb.FORGET_ALL, "", turn.language).button(turn.label("button-forget-all"))
    turn.say(turn.text_of("forget-ask"), rows=((yes,),))


async def forget(turn: Turn) -> None:
    """The second tap: everything goes at once, and so does this answer once it is sent."""
    turn.change(erasing.erase(turn.chat_id))
    turn.say_farewell(turn.text_of("forgotten"))
