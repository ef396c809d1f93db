"""What only the office may ask for: the right, the place and the person are looked at before anything is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.rules.roles import Act
from bot.store import audit
from handlers.turn import Handler, Turn

Refusal = Callable[[Turn, Act], str | None]


@dataclass(frozen=True, slots=True)
class Guarded:
    """A handler for who has the right to ``act``; ``refusal`` gives the sentence that says why somebody else can't.

    They are told so, and the attempt is written down; of a stranger's words only the button they forged.
    """

    act: Act
    handler: Handler
    refusal: Refusal

    async def __call__(self, turn: Turn) -> None:
        """Handle a turn, or refuse it."""
        key = self.refusal(turn, self.act)
        if key is None:
            await self.handler(turn)
            return
        call, pressed = turn.services.call.id, turn.query.data if turn.query else None
        turn.change(audit.note(turn.user_id, self.act, call=call, now=turn.now, refused=key, pressed=pressed))
        turn.say(turn.text_of(key))


def refused(turn: Turn, act: Act) -> str | None:
    """The sentence that says why this person can't do this here and in this way; None where they can."""
    if not turn.services.roles.may(turn.user_id, act):
        return "staff-denied"
    if not (turn.is_private or turn.services.office.is_chat(turn.chat_id)):
        return "staff-elsewhere"
    return None if turn.is_own_word else "staff-not-own"


def staff(act: Act, refusal: Refusal = refused) -> Callable[[Handler], Guarded]:
    """A handler for who has the right to ``act``, in private or in the staff chat, by a word of their own."""

    def guarded_by_right(handler: Handler) -> Guarded:
        return Guarded(act, handler, refusal)

    return guarded_by_right
