"""Six digits of somebody of the office: the code by which they confirm something, and never a question."""

from __future__ import annotations

from bot.rules.roles import Act
from bot.store import drafts
from handlers.staff import deadline
from handlers.staff.broadcasts import confirming
from handlers.turn import Handler, Turn


def among_colleagues(otherwise: Handler) -> Handler:
    """A handler for six digits in the staff chat: who is awaited to type a code is sent to the private chat.

    The code itself is not looked at, and stands: the others who read it can't confirm anything by it.
    """

    async def hear(turn: Turn) -> None:
        call = turn.services.call.id
        waiting = await turn.services.store.read(lambda db: drafts.awaiting(db, call, turn.user_id))
        if waiting or await deadline.waits_for_code(turn):
            turn.say(turn.text_of("staff-code-private"), reply_to=turn.message_id)
        else:
            await otherwise(turn)

    return hear


async def type_code(turn: Turn) -> None:
    """Give a code to what waits for it: a broadcast whose code it is, else a deadline, else a broadcast in vain.

    That of an earlier request is no guess: nothing that waits is void because of it.
    """
    call, text = turn.services.call.id, deadline.digits(turn.text)
    waiting = await turn.services.store.read(lambda db: drafts.awaiting(db, call, turn.user_id))
    if not turn.services.roles.may(turn.user_id, Act.CONFIRM_BROADCAST) or not turn.is_own_word:
        waiting = []
    is_known = any(one.code == text for one in waiting)
    if not is_known and await turn.services.store.read(lambda db: drafts.is_old_code(db, call, turn.user_id, text)):
        confirming.refuse_old(turn)
    elif waiting and (is_known or not await deadline.waits_for_code(turn)):
        await confirming.type_code(turn, waiting, text)
    else:
        await deadline.type_code(turn, text)
