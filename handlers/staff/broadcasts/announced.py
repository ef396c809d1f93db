"""What left its author's hands: called off, paused, cancelled, looked at afterwards, corrected."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.broadcasts import reports
from bot.buttons import Press, Verb
from bot.messages import Message
from bot.rules.campaign import How, Stage
from bot.store import broadcasts, copies, drafts, freezing
from bot.store.broadcasts import Broadcast
from faq.markup import Html
from handlers.staff.broadcasts import broadcast as composing
from handlers.staff.broadcasts.campaigning import commit, gone, note
from handlers.staff.broadcasts.drafting import audience_label, load
from handlers.turn import Turn

_PAGE = 8
_DELETABLE = timedelta(hours=48)
"""How long Telegram lets a bot delete its messages."""


async def press(turn: Turn) -> None:
    """A button that is about a broadcast: its number is looked up, then the act is done or refused."""
    name, _, rest = (turn.press.argument if turn.press else "").partition(":")
    number, _, value = rest.partition(":")
    if name == "list":
        await show_list(turn)
        return
    call = turn.services.call.id
    is_number = number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER
    found = await turn.services.store.read(lambda db: broadcasts.of(db, call, int(number))) if is_number else None
    if found is not None and name in composing.ACTS:
        await composing.press(turn, name, found, value)
    elif found is not None and name in ACTS:
        await ACTS[name](turn, found)
    else:
        gone(turn)


_LONGEST_NUMBER = 15


async def show_list(turn: Turn) -> None:
    """``/broadcasts``: all of them, newest first."""
    skip = turn.press.argument.partition(":")[2] if turn.press else ""
    start = int(skip) if skip.isascii() and skip.isdigit() and len(skip) < _LONGEST_NUMBER else 0
    call, language = turn.services.call, turn.language
    found = await turn.services.store.read(lambda db: broadcasts.listed(db, call.id, most=_PAGE + 1, skip=start))
    if not found:
        turn.say(turn.text_of("broadcast-list-empty"))
        return
    rows = [(Press(Verb.BROADCAST, f"open:{one.id}", language).button(_label(turn, one)),) for one in found[:_PAGE]]
    if len(found) > _PAGE:
        older = Press(Verb.BROADCAST, f"list:{start + _PAGE}", language).button(turn.label("button-broadcast-older"))
        rows.append((older,))
    turn.say(turn.text_of("broadcast-list"), rows=tuple(rows), over=turn.query is not None)


def _label(turn: Turn, one: Broadcast) -> str:
    state = turn.label(reports.STAGES[one.stage])
    return turn.label(
        "broadcast-line",
        number=one.id,
        state=state,
        audience=audience_label(turn.services, one.audience, turn.language),
        sent=one.report.sent if one.report else one.expected,
    )


async def show(turn: Turn, one: Broadcast) -> None:
    """One of them: what it said, what came of it, what can be done about it."""
    services, language = turn.services, turn.language
    if one.stage in {Stage.DRAFT, Stage.ASKED}:  # called off, or never confirmed: it is its author's
        gone(turn)
        return
    draft = await load(services, one)
    for text in draft.texts.values():
        turn.say(text.text, file=text.file)
    texts, call, rate = services.texts, services.call, services.send_rate
    tally = one.report or await services.store.read(lambda db: copies.tally(db, one.id))
    frozen = await services.store.read(lambda db: freezing.holds(db, call.id))
    if one.stage in {Stage.SENDING, Stage.PAUSED}:
        message = reports.progress(texts, call, one, tally, language, rate=rate, frozen=frozen)
    elif one.stage is Stage.SCHEDULED:
        message = reports.due(texts, call, one, language, frozen=frozen)
    else:
        report = reports.report(texts, call, one, tally, language)
        message = Message(report, reports.after_words(texts, one, language))
    turn.say(message.text, rows=message.rows)


async def call_off(turn: Turn, one: Broadcast) -> None:
    """Take back what was confirmed and has not begun; it is a draft again."""
    if one.stage is not Stage.SCHEDULED:
        gone(turn)
        return
    turn.change(drafts.take_back(turn.services.call.id, one, now=turn.now))
    turn.change(note(turn, one, did="called off", approved_by=one.approved_by, starts_at=one.starts_at))
    await _say_and_tell(turn, one, "broadcast-called-off")


async def pause(turn: Turn, one: Broadcast) -> None:
    """Send nothing more for now."""
    await _lead(turn, one, Stage.SENDING, Stage.PAUSED, "broadcast-paused")


async def resume(turn: Turn, one: Broadcast) -> None:
    """Go on."""
    await _lead(turn, one, Stage.PAUSED, Stage.SENDING, "broadcast-resumed", went_on_at=turn.now)


async def cancel(turn: Turn, one: Broadcast) -> None:
    """Send nothing more at all; a report follows."""
    await _lead(turn, one, one.stage, Stage.CANCELLED, "broadcast-cancelled")


async def _lead(turn: Turn, one: Broadcast, before: Stage, after: Stage, key: str, **columns: object) -> None:
    if one.stage is not before or one.stage not in {Stage.SENDING, Stage.PAUSED}:
        gone(turn)
        return
    turn.change(broadcasts.move(turn.services.call.id, one, after, **columns))
    turn.change(note(turn, one, did=after, before=before))
    await _say_and_tell(turn, one, key)


async def _say_and_tell(turn: Turn, one: Broadcast, key: str) -> None:
    turn.say(turn.text_of(key, number=one.id))
    if one.chat_id != turn.chat_id and one.chat_id in turn.services.office.chats:
        said: Html = turn.services.texts.say(one.language, key, number=one.id)
        turn.tell(one.chat_id, one.language, Message(said))
    await commit(turn)


def _correct(how: How) -> Callable[[Turn, Broadcast], Awaitable[None]]:
    async def begin(turn: Turn, one: Broadcast) -> None:
        """Begin a draft that says something to those whom this one reached."""
        if not (one.stage is Stage.DONE or (one.stage is Stage.CANCELLED and one.report is not None)):
            gone(turn)
            return
        services, call = turn.services, turn.services.call
        new = drafts.begin(
            call.id, turn.user_id, turn.chat_id, turn.language, now=turn.now,
            audience=f"reached:{one.id}", how=how, corrects=one.id,
        )  # fmt: skip
        found = await services.store.write(new)
        is_this = found.corrects == one.id and found.how is how
        said = [] if is_this else [turn.text_of("broadcast-other-draft")]
        if is_this:
            turn.change(note(turn, found, did="begun", how=how, corrects=one.id))
        if how is How.DELETE and one.started_at and turn.now - one.started_at > _DELETABLE:
            said.append(turn.text_of("broadcast-too-old"))
        await composing.show(turn, await load(services, found), *said)

    return begin


ACTS: dict[str, Callable[[Turn, Broadcast], Awaitable[None]]] = {
    "open": show,
    "calloff": call_off,
    "pause": pause,
    "resume": resume,
    "cancel": cancel,
    "correct": _correct(How.CORRECT),
    "edit": _correct(How.EDIT),
    "delete": _correct(How.DELETE),
}
"""What any member of staff who may announce does with one of them."""
