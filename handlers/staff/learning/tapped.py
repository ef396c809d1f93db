"""Offers that people tapped: what they had asked is what the entry is asked by, if staff say so."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Press, Verb, mark
from bot.store import unanswered
from bot.store.unanswered import Asked, State
from faq.markup import Html
from handlers.staff.learning import teaching
from handlers.staff.learning.teaching import button, entry_of, title
from handlers.staff.learning.unanswered import clashes_of, listed, sight, teach
from handlers.turn import Turn

_PAGE = 10
"""Entries that are listed: those that were tapped last."""

_TEXTS = 5
"""Texts that are shown whole, and settled; with the clashes of each they fit into one message."""


async def show(turn: Turn) -> None:
    """The entries that were tapped, or what was asked before one of them was."""
    entry = entry_of(turn, turn.press.argument if turn.press else "")
    if entry is not None:
        await _show_texts(turn, entry)
        return
    call = turn.services.call
    found = await turn.services.store.read(lambda db: unanswered.tapped(db, call.id, start=0, most=_PAGE))
    rows = tuple(
        (Press(Verb.TAPPED, mark(name), turn.language).button(f"{title(turn, name)} ({count})"),)
        for name, count in found
        if name in call.entries
    )
    back = button(turn, "button-unanswered", Verb.UNANSWERED, "0")
    turn.say(turn.text_of("tapped-head" if rows else "tapped-none"), rows=(*rows, back), over=True)


async def _show_texts(turn: Turn, entry: str) -> None:
    if texts := await _texts(turn, entry):
        await _show(turn, entry, texts)
    else:
        turn.say(turn.text_of("teach-overtaken"))


async def _show(turn: Turn, entry: str, texts: Sequence[Asked], *before: Html) -> None:
    in_sight = f"{mark(entry)}.{sight(texts)}"
    rows = (
        button(turn, "button-add-tapped", Verb.ADD_TAPPED, in_sight),
        button(turn, "button-drop-tapped", Verb.DROP_TAPPED, in_sight),
        button(turn, "button-tapped", Verb.TAPPED, ""),
    )
    clashes = await clashes_of(turn, entry, texts)
    head = turn.text_of("tapped-texts", entry=title(turn, entry))
    turn.say(*before, head, listed(texts), *clashes, rows=rows, over=True)


async def _texts(turn: Turn, entry: str) -> list[Asked]:
    call = turn.services.call.id
    return await turn.services.store.read(lambda db: unanswered.tapped_texts(db, call, entry, most=_TEXTS))


async def settle(turn: Turn) -> None:
    """Teach what was asked before an entry was tapped, or leave it; where it is not what was shown, show it anew."""
    found, _, seen = (turn.press.argument if turn.press else "").partition(".")
    entry = entry_of(turn, found)
    texts = entry and await _texts(turn, entry)
    if not entry or not texts:
        turn.say(turn.text_of("teach-overtaken"))
        return
    if sight(texts) != seen:
        await _show(turn, entry, texts, turn.text_of("teach-look-again"))
        return
    is_wanted = turn.press is not None and turn.press.verb is Verb.ADD_TAPPED
    asked = [one.text for one in texts]
    state = State.TAUGHT if is_wanted else State.DISMISSED
    turn.change(unanswered.settle_tapped(turn.services.call.id, entry, asked, state))
    if is_wanted:
        await teach(turn, entry, texts, None)
        return
    turn.change(teaching.note(turn, entry=entry, not_taught=asked))
    turn.say(turn.text_of("tapped-dropped"), rows=(button(turn, "button-tapped", Verb.TAPPED, ""),), over=True)
