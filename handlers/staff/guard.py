"""What only the office may ask for: the right, the place and the person are looked at before anything is done."""

from __future__ import annotations

from collections.abc import Callable

from bot.roles import Act
from bot.store import audit
from handlers.turn import Handler, Turn


def staff(act: Act) -> Callable[[Handler], Handler]:
    """A handler for who has the right to ``act``, in private or in the staff chat, by a word of their own.

    Anybody else is told so, and the attempt is written down; of a stranger's words only the button they forged.
    """

    def guarded_by_right(handler: Handler) -> Handler:
        async def guarded(turn: Turn) -> None:
            if refusal := refused(turn, act):
                turn.change(
                    audit.note(
                        turn.user_id,
                        act,
                        call=turn.services.call.id,
                        now=turn.now,
                        refused=refusal,
                        pressed=turn.query.data if turn.query else None,
                    )
                )
                turn.say(turn.text_of(refusal))
            else:
                await handler(turn)

        return guarded

    return guarded_by_right


def refused(turn: Turn, act: Act) -> str | None:
    """The sentence that says why this person can't do this here and in this way; None where they can."""
    if not turn.services.roles.may(turn.user_id, act):
        return "staff-denied"
    if not (turn.is_private or turn.services.office.is_chat(turn.chat_id)):
        return "staff-elsewhere"
    return None if turn.is_own_word else "staff-not-own"
