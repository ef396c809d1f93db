"""Six digits of somebody of the office: the code by which they confirm something, and never a question."""

from __future__ import annotations

from bot.rules.roles import Act
from bot.store import drafts
from handlers.staff import deadline
from handlers.staff.broadcasts import confirming
from handlers.turn import Turn


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
