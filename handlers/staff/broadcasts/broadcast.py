"""An announcement is written: a text in each language, for whom, when; seen as it will arrive; then asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.broadcasts.composing import ComposeError, compose
from bot.deadline.amendments import AmendmentError, legal_time
from bot.rules import campaign, plan
from bot.rules.campaign import OPEN, How
from bot.store import audiences, broadcasts, drafts, expecting, sendings
from bot.store.broadcasts import Broadcast
from faq.deadline import instant_of
from faq.languages import ReplyLanguage
from faq.markup import Html
from handlers.staff.broadcasts import confirming
from handlers.staff.broadcasts.campaigning import commit, gone, note, tell_asked
from handlers.staff.broadcasts.drafting import (
    Draft,
    act,
    audience_label,
    buttons,
    frame,
    head_count,
    load,
    missing,
    preview_step,
    summary,
)
from handlers.turn import Turn

TEXT, HOUR = "broadcast-text", "broadcast-hour"
"""What the next message of an author may be for."""

_VOID = "broadcast-void"
"""What who was asked to confirm it reads when its author does something with it."""


async def begin(turn: Turn) -> None:
    """``/broadcast``: a new draft, or the one that its author has open."""
    call, store = turn.services.call, turn.services.store
    found = await store.read(lambda db: broadcasts.draft_of(db, call.id, turn.user_id))
    if found is None:
        new = drafts.begin(call.id, turn.user_id, turn.chat_id, turn.language, now=turn.now)
        found = await store.write(new)  # at once, for its number is needed; a crash leaves an empty draft to go on with
        turn.change(note(turn, found, did="begun"))
    await show(turn, await load(turn.services, found))


async def show(turn: Turn, draft: Draft, *said: Html, over: bool = False) -> None:
    """The panel; where a text is missing, the next message is taken for it."""
    readers = await head_count(turn.services, draft)
    text = summary(turn.services, draft, turn.language, readers=readers, now=turn.now)
    lacking = missing(turn.services, draft)
    if lacking:
        _expect(turn, TEXT, f"{draft.id}:{lacking[0]}")
        said = (*said, turn.text_of("broadcast-write", name=turn.name_of(lacking[0])))
    turn.say(text, *said, rows=buttons(turn.services, draft, turn.language), over=over)


async def take_text(turn: Turn) -> None:
    """A message of the author is the version for the language that was asked for."""
    number, _, name = turn.expected.partition(":")
    draft = await _own(turn, number)
    if draft is None or name not in turn.services.call.languages:
        _forget(turn)
        gone(turn)
        return
    language, (written, file) = ReplyLanguage(name), turn.written
    if (file is None and not turn.text) or turn.is_of_album:
        turn.say(turn.text_of("broadcast-only"))
        return
    try:
        text = compose(turn.services.texts, language, written, file, frame(turn.services, draft, language))
    except ComposeError as error:
        turn.say(turn.text_of(error.fault, **{"name": turn.name_of(language)} | error.values))
        return
    _forget(turn)
    tell_asked(turn, draft.broadcast, _VOID)
    turn.change(drafts.write(turn.services.call.id, draft.broadcast, language, text))
    turn.change(
        note(turn, draft.broadcast, did="text", language=language, before=_said(draft, language), after=text.text)
    )
    after = draft.with_text(language, text)
    _preview(turn, after, language)
    await show(turn, after)
    await commit(turn)


async def take_hour(turn: Turn) -> None:
    """A message of the author is the hour at which it is to go out."""
    draft, deadline = await _own(turn, turn.expected), turn.services.call.deadline
    if draft is None or deadline is None:
        _forget(turn)
        gone(turn)
        return
    try:
        at = instant_of(legal_time(turn.text.split(), deadline.zone), deadline.zone)
    except AmendmentError as error:
        turn.say(turn.text_of(error.fault, what=error.what), turn.text_of("broadcast-hour"))
        return
    if not turn.now < at < turn.now + campaign.FARTHEST:
        turn.say(turn.text_of("broadcast-past" if at <= turn.now else "broadcast-far"))
        return
    _forget(turn)
    await _edit(turn, draft, starts_at=at)


async def text(turn: Turn, draft: Draft, value: str) -> None:
    """Take the next message for a language."""
    if value in turn.services.call.languages:
        _expect(turn, TEXT, f"{draft.id}:{value}")
        turn.say(turn.text_of("broadcast-write", name=turn.name_of(value)))
    else:
        gone(turn)


async def waive(turn: Turn, draft: Draft, value: str) -> None:
    """Do without a language: its readers get another one. What was written in it stays, whatever button is pressed."""
    if value in draft.texts:
        turn.say(turn.text_of("broadcast-written", name=turn.name_of(value)))
        return
    if value not in turn.services.call.languages or not draft.texts:
        turn.say(turn.text_of("broadcast-none-left"))
        return
    language = ReplyLanguage(value)
    tell_asked(turn, draft.broadcast, _VOID)
    turn.change(drafts.waive(turn.services.call.id, draft.broadcast, language))
    turn.change(note(turn, draft.broadcast, did="waived", language=language))
    _forget(turn)
    await show(turn, draft.without(language), over=True)
    await commit(turn)


async def audience(turn: Turn, draft: Draft, _: str) -> None:
    """Offer every audience that there can be."""
    services, language = turn.services, turn.language
    rows = tuple(
        (
            act(
                services,
                draft.id,
                f"to:{one}",
                "broadcast-choice",
                language,
                what=audience_label(services, one, language),
            ),
        )
        for one in await _offered(turn)
    )
    turn.say(turn.text_of("broadcast-choose-audience", number=draft.id), rows=rows, over=True)


async def to(turn: Turn, draft: Draft, value: str) -> None:
    """Take an audience."""
    if draft.broadcast.how is not How.NEW or value not in await _offered(turn):
        gone(turn)
    else:
        await _edit(turn, draft, audience=value)


async def hour(turn: Turn, draft: Draft, _: str) -> None:
    """Offer the hours, and take one that is typed."""
    services, language = turn.services, turn.language
    if services.call.deadline is None:
        turn.say(turn.text_of("broadcast-only-now"))
        return
    _expect(turn, HOUR, str(draft.id))
    now = act(services, draft.id, "at:now", "button-broadcast-now", language)
    morning = act(services, draft.id, "at:morning", "button-broadcast-morning", language)
    turn.say(turn.text_of("broadcast-hour"), rows=((now,), (morning,)))


async def at(turn: Turn, draft: Draft, value: str) -> None:
    """Take an hour that was offered."""
    deadline = turn.services.call.deadline
    _forget(turn)
    if value == "morning" and deadline is not None:
        await _edit(turn, draft, starts_at=plan.next_morning(deadline.zone, turn.now))
    else:
        await _edit(turn, draft, starts_at=None)


async def preview(turn: Turn, draft: Draft, _: str) -> None:
    """Send every version as it will arrive, then the panel again."""
    for language in draft.texts:
        _preview(turn, draft, language)
    await show(turn, draft)


async def drop(turn: Turn, draft: Draft, _: str) -> None:
    """Give the draft up."""
    tell_asked(turn, draft.broadcast, _VOID)
    turn.change(drafts.give_up(turn.services.call.id, draft.broadcast))
    turn.change(note(turn, draft.broadcast, did="dropped"))
    _forget(turn)
    turn.say(turn.text_of("broadcast-dropped", number=draft.id), over=True)
    await commit(turn)


async def withdraw(turn: Turn, draft: Draft, _: str) -> None:
    """Take back that it was asked for."""
    await _edit(turn, draft)


ACTS: dict[str, Callable[[Turn, Draft, str], Awaitable[None]]] = {
    "text": text,
    "waive": waive,
    "audience": audience,
    "to": to,
    "hour": hour,
    "at": at,
    "preview": preview,
    "ask": confirming.ask,
    "withdraw": withdraw,
    "drop": drop,
}
"""What only its author does, and only while it is a draft or waits to be confirmed."""


async def press(turn: Turn, name: str, broadcast: Broadcast, value: str) -> None:
    """A button under the panel."""
    if broadcast.author != turn.user_id or broadcast.stage not in OPEN:
        gone(turn)
    else:
        await ACTS[name](turn, await load(turn.services, broadcast), value)


async def _edit(turn: Turn, draft: Draft, **columns: object) -> None:
    """Record an edit, by which everything that was asked for is void, and show what is there now."""
    tell_asked(turn, draft.broadcast, _VOID)
    turn.change(drafts.edit(turn.services.call.id, draft.broadcast, **columns))
    before = {name: getattr(draft.broadcast, name) for name in columns}
    turn.change(note(turn, draft.broadcast, did="edited", before=before, after=columns))
    await show(turn, draft.edited(**columns), over=turn.query is not None)
    await commit(turn)


def _preview(turn: Turn, draft: Draft, language: ReplyLanguage) -> None:
    """Have a version sent to where its author is now, by the code that sends all copies."""
    message = draft.texts[language]
    step = f"{preview_step(draft, message)}{turn.update_id}"
    here = replace(message, thread=turn.thread)
    plan_it = sendings.plan_reply(
        turn.services.call.id, turn.chat_id, here, language, now=turn.now, step=step, author=turn.user_id
    )
    turn.change(plan_it)


async def _own(turn: Turn, number: str) -> Draft | None:
    """The draft of this person with a number, while it can be written."""
    call = turn.services.call.id
    found = await turn.services.store.read(lambda db: broadcasts.draft_of(db, call, turn.user_id))
    return await load(turn.services, found) if found and str(found.id) == number else None


async def _offered(turn: Turn) -> list[str]:
    """The audiences that a broadcast can be for."""
    profiles = await turn.services.store.read(audiences.profiles)
    by_language = [f"language:{one}" for one in turn.services.call.languages]
    return ["all", "registered", "next-edition", *by_language, *(f"profile:{one}" for one in profiles)]


def _said(draft: Draft, language: ReplyLanguage) -> str | None:
    said = draft.texts.get(language)
    return said.text if said else None


def _expect(turn: Turn, what: str, argument: str) -> None:
    call = turn.services.call.id
    turn.change(expecting.expect(call, turn.user_id, turn.chat_id, what, argument, now=turn.now))


def _forget(turn: Turn) -> None:
    turn.change(expecting.clear(turn.services.call.id, turn.user_id))
