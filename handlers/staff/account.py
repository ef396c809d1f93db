"""What was done in the office's name: the last lines of the audit, and its head, in words."""

from __future__ import annotations

from bot.messages import TEXT_LIMIT
from bot.store import audit, chain
from bot.store.audit import Line
from faq import answering
from faq.markup import Html, utf16_length
from handlers.staff import recounting
from handlers.turn import Turn

_MOST_LINES = 10
_ROOM = TEXT_LIMIT - 400
"""Units for the lines, so that the head below them has its place."""


async def show(turn: Turn) -> None:
    """``/audit``: the last lines of this call, newest first, and the head of the whole."""
    call = turn.services.call.id
    head, lines = await turn.services.store.read(lambda db: (chain.head(db), audit.latest(db, _MOST_LINES, call=call)))
    said: list[Html] = []
    for line in reversed(lines):
        row = _in_words(turn, line)
        if utf16_length("\n".join([*said, row])) > _ROOM:
            break
        said.append(row)
    turn.say(
        turn.text_of("audit-title") if said else turn.text_of("audit-empty"),
        Html("\n".join(said)),
        turn.text_of("audit-head", count=head.last, head=f"{head.last}:{head.hash}"),
    )


def _in_words(turn: Turn, line: Line) -> Html:
    call = turn.services.call
    moment = answering.moment_text(call, line.at, language=turn.language)
    key = "audit-refused" if line.detail.get("refused") else "audit-line"
    said = turn.text_of(
        key, number=str(line.number), at=moment, who=_who(turn, line.who), what=turn.text_of("audit-act", act=line.act)
    )
    done = recounting.detail(turn, line.act, line.detail)
    return Html(" ".join([said, turn.text_of("audit-detail", detail=done)])) if done else said


def _who(turn: Turn, who: int) -> Html:
    """Who acted; of somebody who is not of the office no number is shown."""
    if who == audit.NOBODY:
        return turn.text_of("audit-bot")
    if who in turn.services.roles.everyone:
        return turn.text_of("audit-office", number=str(who))
    return turn.text_of("audit-stranger")
