"""The emergency brake: any member of staff stops all sending, an owner lets it go on."""

from __future__ import annotations

from bot.messages import Message
from bot.rules.roles import Act
from bot.store import audit, freezing
from faq.languages import ReplyLanguage
from handlers.turn import Turn


async def freeze(turn: Turn) -> None:
    """Stop everything that goes out, but for what is said to the office."""
    call = turn.services.call.id
    turn.change(freezing.freeze(call, turn.user_id, now=turn.now))
    turn.change(audit.note(turn.user_id, Act.FREEZE, call=call, now=turn.now))
    turn.say(turn.text_of("frozen"))
    turn.tell_office(lambda language: _news(turn, language, "frozen-news"))


async def unfreeze(turn: Turn) -> None:
    """Let everything go out that waited."""
    call = turn.services.call.id
    held = await turn.services.store.read(lambda db: freezing.of(db, call))
    if held is None:
        turn.say(turn.text_of("not-frozen"))
        return
    turn.change(freezing.unfreeze(call))
    turn.change(audit.note(turn.user_id, Act.UNFREEZE, call=call, now=turn.now, frozen_by=held.by, frozen_at=held.at))
    turn.say(turn.text_of("unfrozen"))
    turn.tell_office(lambda language: _news(turn, language, "unfrozen-news"))


def _news(turn: Turn, language: ReplyLanguage, key: str) -> Message:
    return Message(turn.services.texts.say(language, key))
