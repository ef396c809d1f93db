"""Announcements as far as a journey does not begin with them: drafted, or confirmed already."""

from __future__ import annotations

from bot.broadcasts.composing import Frame, compose
from bot.rules.campaign import GRACE, How
from bot.sandbox import Sandbox
from bot.store import Store, broadcasts, drafts
from bot.store.broadcasts import Broadcast
from bot.texts import Texts
from faq import Call
from faq.languages import ReplyLanguage
from faq.markup import Html

SECOND, STAFF = 900002, 900010
FR, AR, EN = ReplyLanguage.FR, ReplyLanguage.AR, ReplyLanguage.EN
_TEXTS = Texts()


def label(key: str, language: ReplyLanguage = FR, **values: str | int) -> str:
    return _TEXTS.plain(language, key, **values)


async def drafted(  # noqa: PLR0913
    store: Store,
    bot: Sandbox,
    call: Call,
    text: str = "Réunion <b>demain</b>",
    *,
    author: int = STAFF,
    how: How = How.NEW,
    corrects: int | None = None,
) -> Broadcast:
    """A draft in French alone, as its author writes it. A chat takes five messages at once, then one a second."""
    audience = f"reached:{corrects}" if corrects else "all"
    now = bot.world.clock.now()
    draft = await store.write(
        drafts.begin(call.id, author, author, FR, now=now, audience=audience, how=how, corrects=corrects)
    )
    await store.write(drafts.write(call.id, draft, FR, compose(_TEXTS, FR, Html(text), None, Frame())))
    for language in (AR, EN):
        await store.write(drafts.waive(call.id, await seen(store, call, draft.id), language))
    return await seen(store, call, draft.id)


async def seen(store: Store, call: Call, number: int) -> Broadcast:
    found = await store.read(lambda db: broadcasts.of(db, call.id, number))
    assert found is not None
    return found


async def scheduled(bot: Sandbox, store: Store, call: Call, draft: Broadcast) -> int:
    """The draft, confirmed by an owner; its number."""
    now = bot.world.clock.now()
    await store.write(drafts.ask(call.id, draft, {SECOND: "123456"}, now=now))
    waiting = await seen(store, call, draft.id)
    await store.write(drafts.approve(call.id, waiting, by=SECOND, at=now + GRACE, now=now))
    return draft.id
