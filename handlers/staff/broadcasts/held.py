"""What may have been delivered or not: nobody can know, so staff decide whether it is sent once more."""

from __future__ import annotations

from bot.broadcasts.reports import moment
from bot.buttons import Press, Verb
from bot.messages import Button
from bot.rules.outbox import Kind
from bot.rules.roles import Act
from bot.store import audit, settling
from bot.store.database import Database
from bot.store.settling import Unclear
from faq.markup import Html
from handlers.turn import Turn

_KINDS = {
    Kind.REPLY: "held-reply",
    Kind.REMINDER: "held-reminder",
    Kind.BROADCAST: "held-broadcast",
    Kind.AMEND: "held-broadcast",
    Kind.STAFF: "held-staff",
    Kind.FAREWELL: "held-reply",
}
_SENT, _AGAIN = "sent", "again"


async def show(turn: Turn) -> None:
    """``/held``: how many of what."""
    call = turn.services.call
    found = await turn.services.store.read(lambda db: settling.unclear(db, call.id))
    if not found:
        turn.say(turn.text_of("held-none"))
        return
    lines = [turn.text_of("held"), *(_line(turn, one) for one in found)]
    turn.say(Html("\n".join(lines)), rows=tuple(_buttons(turn, one) for one in found[:_MOST]))


_MOST = 20


def _name(turn: Turn, one: Unclear) -> str:
    return turn.label(_KINDS[one.kind], number=one.step.partition(":")[2])


def _line(turn: Turn, one: Unclear) -> Html:
    since = moment(turn.services.call, one.since, turn.language)
    return turn.text_of("held-line", what=_name(turn, one), count=one.count, since=since)


def _buttons(turn: Turn, one: Unclear) -> tuple[Button, ...]:
    choices = [(_SENT, "button-held-sent"), *([(_AGAIN, "button-held-again")] if one.can_repeat else [])]
    return tuple(
        Press(Verb.SETTLE, f"{what}:{one.kind}:{one.step}", turn.language).button(
            turn.label(key, what=_name(turn, one))
        )
        for what, key in choices
    )


async def settle(turn: Turn) -> None:
    """A button under that list."""
    what, _, rest = (turn.press.argument if turn.press else "").partition(":")
    kind, _, name = rest.partition(":")
    call = turn.services.call.id
    found = await turn.services.store.read(lambda db: settling.unclear(db, call))
    meant = next((one for one in found if one.kind == kind and one.step == name), None)
    if meant is None or what not in {_SENT, _AGAIN} or (what == _AGAIN and not meant.can_repeat):
        turn.say(turn.text_of("held-gone"))
        return
    act = settling.send_again if what == _AGAIN else settling.count_as_delivered
    settle_them = act(call, meant.kind, name, now=turn.now)

    def change(db: Database) -> None:
        count = settle_them(db)  # a colleague may have been quicker
        note = {"did": what, "kind": kind, "step": name, "count": count, "before": "held"}
        audit.note(turn.user_id, Act.SETTLE, call=call, now=turn.now, **note)(db)

    turn.change(change)
    key = "held-again" if what == _AGAIN else "held-sent"
    turn.say(turn.text_of(key, count=meant.count, what=_name(turn, meant)))
