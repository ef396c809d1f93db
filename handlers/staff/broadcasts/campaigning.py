"""What every act on a broadcast needs: a line in the audit, and a commit that nobody overtook."""

from __future__ import annotations

from bot.messages import Message
from bot.rules.outbox import ImpossibleStepError
from bot.rules.roles import Act
from bot.store import Change, audit, drafts, sendings
from bot.store.broadcasts import Broadcast, OvertakenError
from bot.store.database import Database
from faq.languages import ReplyLanguage
from handlers.turn import Turn


def note(turn: Turn, broadcast: Broadcast, *, act: Act = Act.BROADCAST, **detail: object) -> Change:
    """A line of the audit about this turn's act on a broadcast."""
    call = turn.services.call.id
    known = {"broadcast": broadcast.id, "revision": broadcast.revision}
    return audit.note(turn.user_id, act, call=call, now=turn.now, **known, **detail)


def tell_asked(turn: Turn, broadcast: Broadcast, key: str) -> None:
    """Say to the others who were asked to confirm it that this is over; to be called before what ends it."""
    services, now = turn.services, turn.now

    def word(language: ReplyLanguage) -> Message:
        return Message(services.texts.say(language, key, number=broadcast.id))

    def change(db: Database) -> None:
        others = sorted({*drafts.asked(db, broadcast.id)} - {turn.user_id})
        sendings.plan_in_own_languages(services.call, others, word, now=now)(db)

    turn.change(change)


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
