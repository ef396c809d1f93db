"""Who may what, from where: every command and button of the office by everybody, in every way to say it.

What is expected stands in two small tables below, written by hand. The commands, buttons and awaited messages are those
that the bot has: a new one is in the matrix at once, and one that is not guarded fails.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.buttons import Press, Verb
from bot.clock import MovableClock
from bot.current import CurrentCall
from bot.learning.grouping import Grouper
from bot.learning.matching import CurrentMatcher
from bot.messages import Message
from bot.office import Office
from bot.rules.outbox import NotSent, Outcome
from bot.rules.plan import Purpose
from bot.rules.roles import Roles
from bot.sandbox import Sandbox
from bot.services import Services
from bot.store import Store, expecting, registrations
from bot.texts import Texts
from bot.transport.connecting import build_application
from bot.transport.dispatch import Dispatcher
from faq import Call, Matcher
from faq.languages import ReplyLanguage
from handlers import COMMANDS, EXPECTED, PRESSES, commands, register
from handlers.staff.guard import Guarded
from handlers.turn import Handler
from tests.conftest import OPEN, TOKEN

pytestmark = pytest.mark.timeout(60)  # thousands of cells


Json = dict[str, Any]
OWNER, STAFF, FORMER, APPLICANT = 11, 12, 13, 14
DESK, ELSEWHERE, CHANNEL = -1001, -1002, -1003
ROLES = {"owner": OWNER, "staff": STAFF, "former staff": FORMER, "applicant": APPLICANT, "unknown": None}

DONE, SILENT = "done", "silent"
DENIED, OUT_OF_PLACE, NOT_OWN = "staff-denied", "staff-elsewhere", "staff-not-own"
REFUSALS = {DENIED, OUT_OF_PLACE, NOT_OWN, "amend-denied", "amend-private"}

OWNERS_ONLY = {"change-deadline", "confirm-broadcast", "unfreeze", "read-audit"}
"""The acts that staff may not do; all others they may."""
ONLY_IN_PRIVATE = {"change-deadline"}
"""The acts that do not count in the staff chat either, and have a wording of their own."""

ANONYMOUS, CHANNEL_BOT, TELEGRAM = 1087968824, 136817688, 777000
"""Whose name Telegram gives to who writes as a group, as a channel, and where a channel's post comes to its group."""
_ORIGIN: Json = {"type": "user", "date": 1, "sender_user": {"id": OWNER, "is_bot": False, "first_name": "Owner"}}
_CHANNEL: Json = {"id": CHANNEL, "type": "channel", "title": "News"}
_DESK: Json = {"id": DESK, "type": "supergroup", "title": "Desk"}
_FORWARDED: Json = {"message_id": 1, "date": 1, "chat": _DESK, "text": "x", "forward_origin": _ORIGIN}
_BOT: Json = {"id": 99, "is_bot": True, "first_name": "Other", "username": "otherbot"}


@dataclass(frozen=True)
class Way:
    """A way to say something: where, what Telegram adds to it, as what kind of update, and whose name it gives.

    ``verdict`` is what somebody is told who has the right.
    """

    verdict: str
    chat: int | None = None
    more: Json | None = None
    kind: str = "message"
    author: int | None = None


WAYS = {
    "in private": Way(DONE),
    "in the staff chat": Way(DONE, DESK),
    "in another group": Way(OUT_OF_PLACE, ELSEWHERE),
    "forwarded": Way(NOT_OWN, more={"forward_origin": _ORIGIN}),
    "forwarded to the staff chat": Way(NOT_OWN, DESK, {"forward_origin": _ORIGIN}),
    "through another bot": Way(NOT_OWN, more={"via_bot": _BOT}),
    "through another bot in the staff chat": Way(NOT_OWN, DESK, {"via_bot": _BOT}),
    "as the group": Way(DENIED, DESK, {"sender_chat": _DESK}, author=ANONYMOUS),
    "as the group, with one's own id": Way(NOT_OWN, DESK, {"sender_chat": _DESK}),
    "as a channel": Way(DENIED, DESK, {"sender_chat": _CHANNEL}, author=CHANNEL_BOT),
    "as a channel, with one's own id": Way(NOT_OWN, DESK, {"sender_chat": _CHANNEL}),
    "a channel's post in the staff chat": Way(
        DENIED,
        DESK,
        {"sender_chat": _CHANNEL, "is_automatic_forward": True, "forward_origin": _ORIGIN},
        author=TELEGRAM,
    ),
    "in a channel": Way(SILENT, CHANNEL, {"sender_chat": _CHANNEL}, "channel_post"),
    "edited": Way(SILENT, more={"edit_date": 2}, kind="edited_message"),
    "edited in the staff chat": Way(SILENT, DESK, {"edit_date": 2}, "edited_message"),
    "edited in a channel": Way(SILENT, CHANNEL, {"sender_chat": _CHANNEL, "edit_date": 2}, "edited_channel_post"),
    "from a business account": Way(SILENT, more={"business_connection_id": "b"}, kind="business_message"),
    "in answer to a forwarded message": Way(DONE, more={"reply_to_message": _FORWARDED}),
    "in answer to one in the staff chat": Way(DONE, DESK, {"reply_to_message": _FORWARDED}),
}
PRESSED = {
    "in private": Way(DONE),
    "in the staff chat": Way(DONE, DESK),
    "in another group": Way(OUT_OF_PLACE, ELSEWHERE),
    "in another group under a forwarded message": Way(OUT_OF_PLACE, ELSEWHERE, {"forward_origin": _ORIGIN}),
    "in a channel": Way(OUT_OF_PLACE, CHANNEL, {"sender_chat": _CHANNEL}),
    "under a message that is too old": Way(DONE, more={"date": 0}),
    "under a message of the inline mode": Way(DONE, kind="inline"),
}


def expected(way: Way, act: str, role: str) -> str:
    """What a guarded handler for ``act`` is to say, by the tables above."""
    if way.verdict == SILENT:
        return SILENT
    is_private_only = act in ONLY_IN_PRIVATE
    if way.author or role not in ({"owner"} if act in OWNERS_ONLY else {"owner", "staff"}):
        return "amend-denied" if is_private_only else DENIED
    if is_private_only and (way.verdict != DONE or way.chat is not None):
        return "amend-private"
    return way.verdict


def chat_json(chat: int) -> Json:
    if chat > 0:
        return {"id": chat, "type": "private", "first_name": "X"}
    return next((one for one in (_CHANNEL, _DESK) if one["id"] == chat), _DESK | {"id": chat, "title": "Elsewhere"})


@dataclass
class Counter:
    """The bot's handlers behind the real dispatcher, and what they left in the database."""

    store: Store
    dispatcher: Dispatcher
    call: str
    numbers: Iterator[int]
    texts: Texts

    async def verdict(self, way: Way, user: int, update: Callable[[int], Json], language: ReplyLanguage) -> str:
        """What came of one update: the refusal that was noted and said, or that it was done, or that nothing was."""
        number, chat = next(self.numbers), way.chat or user
        body = {"update_id": number} | update(number)
        audited, sent = await self._marks()
        await self.dispatcher.handle(body)
        lines, said = await self._since(audited, sent, chat)
        refusals = [refused for who, refused in lines if refused in REFUSALS and who == (way.author or user)]
        if not refusals:
            return DONE if said else SILENT
        assert len(refusals) == 1
        assert [Message.from_json(one).text for one in said] == [self.texts.say(language, refusals[0])]
        return refusals[0]

    async def _marks(self) -> tuple[int, int]:
        query = "SELECT (SELECT ifnull(max(id), 0) FROM audit), (SELECT ifnull(max(id), 0) FROM sendings)"
        return await self.store.read(lambda db: db.execute(query).fetchone())

    async def _since(self, audited: int, sent: int, chat: int) -> tuple[list[tuple[int, str | None]], list[str]]:
        rows = "SELECT who, json_extract(detail, '$.refused') FROM audit WHERE id > ?"
        payloads = "SELECT payload FROM sendings WHERE id > ? AND chat_id = ?"
        return await self.store.read(
            lambda db: (
                db.execute(rows, (audited,)).fetchall(),
                [row[0] for row in db.execute(payloads, (sent, chat))],
            )
        )


@pytest.fixture
async def desk(sandbox: Sandbox, tmp_path: Path, call: Call, matcher: Matcher) -> AsyncGenerator[Counter]:
    """The handlers as the bot registers them; nothing is sent, for what is queued shows what was said."""
    sandbox.group("Desk", [sandbox.person("Owner", user_id=OWNER)], chat_id=DESK)
    sandbox.group("Elsewhere", [sandbox.person("Staff", user_id=STAFF)], chat_id=ELSEWHERE)
    store = Store(tmp_path / "g.db")
    store.open()
    current = CurrentCall(call, store)
    await current.settle()
    office = Office(Roles.of({OWNER}, {STAFF, FORMER}), DESK)
    application = build_application(TOKEN, sandbox.url)
    dispatcher, texts = Dispatcher(application), Texts()

    async def send_nothing(chat_id: int, message: Message) -> Outcome:
        return NotSent(f"{chat_id}: {message.text}", 0.0)

    clock = MovableClock(OPEN, announced=False)
    services = Services(
        clock=clock, current=current, matcher=CurrentMatcher(matcher, current), grouper=Grouper(store, clock, current),
        texts=texts, store=store, office=office, wake_sender=lambda: None, settled=dispatcher.settled,
        send_unrecorded=send_nothing, send_rate=28.0,
    )  # fmt: skip
    register(application, services)
    await application.initialize()
    await store.write(
        registrations.register(call.id, APPLICANT, Purpose.DEADLINE, ReplyLanguage.FR, version=1, now=OPEN)
    )
    office.roles = Roles.of({OWNER}, {STAFF})
    yield Counter(store, dispatcher, call.id, count(1), texts)
    await application.shutdown()
    await application.bot.request.shutdown()
    store.close()


def person(user: int, language: str) -> Json:
    return {"id": user, "is_bot": user > 10**6, "first_name": "<b>'; DROP", "language_code": language}


def says(way: Way, user: int, text: str, language: str) -> Callable[[int], Json]:
    """An update in which somebody writes ``text``."""
    entity = [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}] if text[0] == "/" else []
    message: Json = {"date": 1, "chat": chat_json(way.chat or user), "text": text, "entities": entity} | (
        way.more or {}
    )
    author: Json = {} if "channel" in way.kind else {"from": person(way.author or user, language)}
    return lambda number: {way.kind: {"message_id": number} | author | message}


def presses(way: Way, user: int, data: str, language: str) -> Callable[[int], Json]:
    """An update in which somebody presses a button, or forges a press."""
    under: Json = {"date": 1, "chat": chat_json(way.chat or user), "text": "x", "from": _BOT} | (way.more or {})
    query: Json = {"id": "1", "from": person(user, language), "chat_instance": "1", "data": data}
    if way.kind == "inline":
        return lambda number: {"callback_query": query | {"inline_message_id": str(number)}}
    return lambda number: {"callback_query": query | {"message": {"message_id": number} | under}}


def forged(verb: Verb, language: ReplyLanguage) -> str:
    """The data of a button that does something with number 1."""
    return Press(verb, "1", language).button("x").data or ""


def guarded(table: dict[Any, Handler]) -> dict[Any, Guarded]:
    return {key: handler for key, handler in table.items() if isinstance(handler, Guarded)}


def user_of(role: str, number: int) -> int:
    return ROLES[role] or 10_000 + number


@pytest.fixture(autouse=True)
def nothing_goes_wrong(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Not one exception, whatever is thrown at the handlers."""
    yield
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []


@dataclass(frozen=True)
class Spoken:
    """Something to say or press for each handler of a table, and the ways in which that can be done."""

    table: dict[Any, Handler]
    ways: dict[str, Way]
    update: Callable[[Way, int, Any, ReplyLanguage], Callable[[int], Json]]

    async def by(
        self, role: str, desk: Counter, *, first: Callable[[Way, int, Any], Awaitable[None]] | None = None
    ) -> AsyncIterator[tuple[str, str, Way, str]]:
        """Every cell by somebody of a role, what is done ``first`` before each: its name, act, way, and what came."""
        cells = [(key, handler, name) for key, handler in guarded(self.table).items() for name in self.ways]
        for number, (key, handler, name) in enumerate(cells):
            way, user, language = self.ways[name], user_of(role, number), list(ReplyLanguage)[number % 3]
            if first is not None:
                await first(way, user, key)
            verdict = await desk.verdict(way, user, self.update(way, user, key, language), language)
            yield f"{key} {name}", handler.act, way, verdict


SAID = Spoken(COMMANDS, WAYS, lambda way, user, word, language: says(way, user, f"/{word} 1", language))
BUTTONS = Spoken(
    PRESSES, PRESSED, lambda way, user, verb, language: presses(way, user, forged(verb, language), language)
)
AWAITED = Spoken(EXPECTED, WAYS, lambda way, user, _, language: says(way, user, "merci", language))


@pytest.mark.parametrize("role", list(ROLES))
@pytest.mark.parametrize("spoken", [SAID, BUTTONS], ids=["commands", "buttons"])
async def test_every_command_and_button_of_the_office_by_everybody_in_every_way(
    desk: Counter, spoken: Spoken, role: str
) -> None:
    wrong = [
        f"{cell}: {verdict}, not {want}"
        async for cell, act, way, verdict in spoken.by(role, desk)
        if verdict != (want := expected(way, act, role))
    ]
    assert wrong == []


@pytest.mark.parametrize("role", list(ROLES))
async def test_every_message_that_staff_were_asked_for_by_everybody_in_every_way(desk: Counter, role: str) -> None:
    """Who is not of the office asks a question with it, or says nothing to us; nothing is ever awaited of them."""

    async def expect(way: Way, user: int, what: str) -> None:
        chat = way.chat or user
        await desk.store.write(expecting.expect(desk.call, way.author or user, chat, what, "1", now=OPEN))

    wrong: list[str] = []
    async for cell, act, way, verdict in AWAITED.by(role, desk, first=expect):
        is_awaited = role in {"owner", "staff"} and not way.author and way.chat in {None, DESK}
        want = expected(way, act, role) if is_awaited else None
        if verdict != want and REFUSALS & {verdict, want}:
            wrong.append(f"{cell}: {verdict}, not {want}")
    assert wrong == []


def made_of(handler: object) -> Iterator[object]:
    """A handler and every function that it is wrapped around, up to what is guarded."""
    yield handler
    for cell in getattr(handler, "__closure__", None) or ():
        if callable(cell.cell_contents):
            yield from made_of(cell.cell_contents)


@pytest.mark.parametrize("table", [COMMANDS, PRESSES, EXPECTED], ids=["commands", "buttons", "awaited messages"])
def test_whatever_is_of_the_office_is_guarded(table: dict[Any, Handler]) -> None:
    of_office = {
        key
        for key, handler in table.items()
        for part in made_of(handler)
        if not isinstance(part, Guarded) and str(getattr(part, "__module__", "")).startswith("handlers.staff")
    }
    assert of_office == set()


def test_the_help_for_the_office_lists_every_command_of_the_office() -> None:
    listed = {one.word for one in commands.of_office(Texts(), ReplyLanguage.FR, lambda _: True)}
    assert listed == set(guarded(COMMANDS))
    for_staff = {one.word for one in commands.of_office(Texts(), ReplyLanguage.FR, partial(Roles.of((), {1}).may, 1))}
    assert listed - for_staff == {word for word, one in guarded(COMMANDS).items() if one.act in OWNERS_ONLY}


def test_the_matrix_is_not_small() -> None:
    handled = sum(len(guarded(spoken.table)) * len(spoken.ways) for spoken in (SAID, BUTTONS, AWAITED))
    assert handled * len(ROLES) >= 500
    assert {"newdeadline", "freeze", "unfreeze", "audit"} <= set(guarded(COMMANDS))
