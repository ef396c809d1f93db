"""What every act on a broadcast needs: a line in the audit, and a commit that nobody overtook."""

from __future__ import annotations

from bot.rules.outbox import ImpossibleStepError
from bot.rules.roles import Act
from bot.store import Change, audit
from bot.store.broadcasts import Broadcast, OvertakenError
from handlers.turn import Turn


def note(turn: Turn, broadcast: Broadcast, *, act: Act = Act.BROADCAST, **detail: object) -> Change:
    """A line of the audit about this turn's act on a broadcast."""
    call = turn.services.call.id
    known = {"broadcast": broadcast.id, "revision": broadcast.revision}
    return audit.note(turn.user_id, act, call=call, now=turn.now, **known, **detail)


def gone(turn: Turn) -> None:
    """Say that this can't be done with it any more."""
    turn.say(turn.text_of("broadcast-gone"))


async def commit(turn: Turn) -> bool:
    """Record the turn; False, and said so, where somebody else did something with the broadcast meanwhile."""
    try:
        await turn.commit()
    except (OvertakenError, ImpossibleStepError):
        turn.start_over()
        gone(turn)
        return False
    return True
