"""What people may say they are, if they wish: one of the call's profiles."""

from __future__ import annotations

from bot.buttons import Press, Verb
from bot.messages import Rows
from bot.store import people
from handlers.turn import Turn

_NONE = "-"


async def choose(turn: Turn) -> None:
    """Offer the call's profiles, or remember the one that was pressed."""
    profiles, wanted = turn.services.call.profiles, turn.press.argument if turn.press else ""
    if wanted in profiles:
        turn.change(people.choose_profile(turn.chat_id, wanted))
        turn.say(turn.text_of("profile-chosen", profile=profiles[wanted][turn.language]), over=True)
    elif wanted == _NONE:
        turn.change(people.choose_profile(turn.chat_id, ""))
        turn.say(turn.text_of("profile-none"), over=True)
    else:
        none = Press(Verb.PROFILE, _NONE, turn.language).button(turn.label("button-no-profile"))
        rows = tuple(
            (Press(Verb.PROFILE, key, turn.language).button(title[turn.language]),) for key, title in profiles.items()
        )
        turn.say(turn.text_of("profile-ask"), rows=(*rows, (none,)))


def profile_rows(turn: Turn) -> Rows:
    """A button that leads there, where the call has profiles."""
    if not turn.services.call.profiles:
        return ()
    return ((Press(Verb.PROFILE, "", turn.language).button(turn.label("button-profile")),),)
