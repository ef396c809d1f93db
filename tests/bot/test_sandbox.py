"""The stand-in is as strict as Telegram, with Telegram's own codes and texts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Coroutine
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, Forbidden, RetryAfter

from bot.clock import MovableClock
from bot.sandbox import Limits, Person, Sandbox
from bot.sandbox.markup import parse_html, to_html
from bot.transport.request import AiohttpRequest
from tests.conftest import OPEN, TOKEN

Call = Callable[..., Coroutine[None, None, dict[str, object]]]


@pytest.fixture
async def call(sandbox: Sandbox) -> AsyncGenerator[Call]:
    """Calls a method with a JSON body and returns the envelope."""
    async with aiohttp.ClientSession() as session:

        async def ask(method: str, **params: object) -> dict[str, object]:
            async with session.post(f"{sandbox.url}/bot{TOKEN}/{method}", json=params) as answer:
                body = await answer.json()
                assert body["ok"] == (answer.status == 200)
                return body

        yield ask


@pytest.fixture
def lina(sandbox: Sandbox) -> Person:
    person = sandbox.person("Lina")
    person.says("hello")
    return person


ROWS = {"inline_keyboard": [[{"text": "x", "callback_data": "y"}]]}


def row(**button: str) -> dict[str, object]:
    """A text with one button."""
    return {"text": "x", "reply_markup": {"inline_keyboard": [[{"text": "x"} | button]]}}


def marked(text: str) -> dict[str, object]:
    return {"text": text, "parse_mode": "HTML"}


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"text": ""}, "Bad Request: message text is empty"),
        ({"text": " \n "}, "Bad Request: message text is empty"),
        ({"text": "😀" * 2049}, "Bad Request: message is too long"),
        (marked("<b>x"), "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        (marked("é<x>"), 'Unsupported start tag "x" at byte offset 2'),
        (marked("a</b>"), "Unexpected end tag at byte offset 1"),
        (marked("<b>a</i>"), 'expected "</b>", found "</i>" at byte offset 4'),
        (marked("a < b"), "Unclosed start tag at byte offset 2"),
        (row(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (row(url="nowhere"), "inline keyboard button URL 'nowhere' is invalid"),
        (row(), "Text buttons are unallowed"),
        ({"text": "x", "chat_id": 99}, "Bad Request: chat not found"),
    ],
)
async def test_a_message_that_telegram_refuses_is_refused(
    call: Call, lina: Person, params: dict[str, object], said: str
) -> None:
    answer = await call("sendMessage", **({"chat_id": lina.id} | params))
    assert answer["error_code"] == 400
    assert said in str(answer["description"])


async def test_a_text_of_exactly_4096_units_is_taken(call: Call, lina: Person) -> None:
    assert (await call("sendMessage", chat_id=lina.id, text="😀" * 2048))["ok"]
    markup = f"<b>{'x' * 4096}</b>"
    assert (await call("sendMessage", chat_id=lina.id, text=markup, parse_mode="HTML"))["ok"]


async def test_the_same_edit_twice_is_not_modified(call: Call, lina: Person) -> None:
    sent = await call("sendMessage", chat_id=lina.id, text="one", reply_markup=ROWS)
    key = sent["result"]["message_id"]  # pyright: ignore[reportIndexIssue]
    again = await call("editMessageText", chat_id=lina.id, message_id=key, text="one", reply_markup=ROWS)
    assert str(again["description"]).startswith("Bad Request: message is not modified: specified new message content")
    assert (await call("editMessageText", chat_id=lina.id, message_id=key, text="two"))["ok"]
    assert [(m.text, m.edited, m.buttons) for m in lina.sees()][-1] == ("two", True, ())
    gone = await call("editMessageText", chat_id=lina.id, message_id=4, text="x")
    assert gone["description"] == "Bad Request: message to edit not found"


async def test_a_message_can_be_deleted_for_48_hours(call: Call, lina: Person, clock: MovableClock) -> None:
    keys = [(await call("sendMessage", chat_id=lina.id, text="x"))["result"]["message_id"] for _ in range(2)]  # pyright: ignore[reportIndexIssue]
    assert (await call("deleteMessage", chat_id=lina.id, message_id=keys[0]))["ok"]
    clock.advance(timedelta(hours=49))
    late = await call("deleteMessage", chat_id=lina.id, message_id=keys[1])
    assert late["description"] == "Bad Request: message can't be deleted for everyone"


async def test_a_callback_is_answered_once_and_only_if_it_exists(call: Call, lina: Person) -> None:
    await call("sendMessage", chat_id=lina.id, text="x", reply_markup=ROWS)
    update_id = lina.presses("x")
    query = json.loads(lina.world.updates[update_id])["callback_query"]["id"]
    assert (await call("answerCallbackQuery", callback_query_id=query, text="x" * 201))[
        "description"
    ] == "Bad Request: MESSAGE_TOO_LONG"
    assert (await call("answerCallbackQuery", callback_query_id=query))["ok"]
    for key in (query, "77"):
        assert "query is too old" in str((await call("answerCallbackQuery", callback_query_id=key))["description"])


async def test_people_who_never_wrote_or_blocked_cannot_be_written_to(call: Call, sandbox: Sandbox) -> None:
    person = sandbox.person("Omar")
    silent = await call("sendMessage", chat_id=person.id, text="x")
    assert silent["description"] == "Forbidden: bot can't initiate conversation with a user"
    person.says("hi")
    person.blocks()
    assert (await call("sendMessage", chat_id=person.id, text="x"))[
        "description"
    ] == "Forbidden: bot was blocked by the user"


async def test_unknown_methods_are_404_and_wrong_tokens_401(call: Call, sandbox: Sandbox) -> None:
    assert (await call("makeCoffee"))["error_code"] == 404
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/bot1:x/getMe") as answer:
        assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")


async def test_an_update_that_comes_while_a_long_poll_begins_is_not_overlooked(sandbox: Sandbox, lina: Person) -> None:
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(sandbox.world.arrived(50))
        lina.says("Hello")  # before the other has begun to run
        await waiting


async def test_updates_stay_until_they_are_confirmed(call: Call, lina: Person) -> None:
    lina.says("two")
    first = (await call("getUpdates"))["result"]
    again = (await call("getUpdates", limit=1))["result"]
    assert [u["message"]["text"] for u in first] == ["hello", "two"]  # pyright: ignore[reportGeneralTypeIssues]
    assert again == first[:1]  # pyright: ignore[reportIndexIssue]
    rest = (await call("getUpdates", offset=first[1]["update_id"]))["result"]  # pyright: ignore[reportIndexIssue]
    assert [u["message"]["text"] for u in rest] == ["two"]  # pyright: ignore[reportGeneralTypeIssues]
    last = (await call("getUpdates", offset=-1))["result"]
    assert [u["message"]["text"] for u in last] == ["two"]  # pyright: ignore[reportGeneralTypeIssues]


async def test_a_second_poller_ends_the_first_with_409(call: Call) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(call("getUpdates", timeout=5))
        await asyncio.sleep(0.05)
        tasks.create_task(call("getUpdates"))
    assert first.result()["error_code"] == 409
    assert "terminated by other getUpdates request" in str(first.result()["description"])


async def test_polling_beside_a_webhook_is_409(call: Call) -> None:
    assert (await call("setWebhook", url="http://127.0.0.1:9/x", secret_token="s"))["ok"]
    assert "can't use getUpdates method while webhook is active" in str((await call("getUpdates"))["description"])
    assert (await call("getWebhookInfo"))["result"]["url"] == "http://127.0.0.1:9/x"  # pyright: ignore[reportIndexIssue]
    assert (await call("deleteWebhook"))["ok"]
    assert (await call("getUpdates"))["ok"]
    assert "HTTPS" in str((await call("setWebhook", url="http://example.org"))["description"])


async def test_the_31st_message_of_a_second_is_429_with_the_time_to_wait() -> None:
    sandbox = Sandbox(token=TOKEN, clock=MovableClock(OPEN), limits=Limits(chat=None))
    await sandbox.start()
    person = sandbox.person("Lina")
    person.says("x")
    async with aiohttp.ClientSession() as session:
        codes: list[int] = []
        body: dict[str, object] = {}
        for _ in range(31):
            params = {"chat_id": str(person.id), "text": "x"}
            async with session.post(f"{sandbox.url}/bot{TOKEN}/sendMessage", data=params) as answer:
                body = await answer.json()
                codes.append(answer.status)
    await sandbox.stop()
    assert codes == [200] * 30 + [429]
    assert body["parameters"] == {"retry_after": 1}
    assert body["description"] == "Too Many Requests: retry after 1"


async def test_the_framework_understands_every_refusal(sandbox: Sandbox, lina: Person) -> None:
    async with Bot(TOKEN, f"{sandbox.url}/bot", request=AiohttpRequest(), get_updates_request=AiohttpRequest()) as bot:
        assert bot.username == sandbox.world.username
        with pytest.raises(BadRequest):
            await bot.send_message(1, "x")
        lina.blocks()
        with pytest.raises(Forbidden):
            await bot.send_message(lina.id, "x")
        lina.blocks(blocked=False)
        sandbox.faults.too_many_requests(5)
        with pytest.raises(RetryAfter):
            await bot.send_message(lina.id, "x")
        with pytest.raises(EndPointNotFound):
            await bot.do_api_request("nothing")


async def test_files_are_taken_as_uploads_and_by_their_id(sandbox: Sandbox, lina: Person) -> None:
    files = f"{sandbox.url}/file/bot"
    one, other = AiohttpRequest(), AiohttpRequest()
    async with Bot(TOKEN, f"{sandbox.url}/bot", files, request=one, get_updates_request=other) as bot:
        sent = await bot.send_document(lina.id, b"%PDF-1.4", filename="a.pdf", caption="the <file>")
        assert sent.document is not None
        again = await bot.send_document(lina.id, sent.document.file_id)
        assert again.document == sent.document
        content = await (await bot.get_file(sent.document.file_id)).download_as_bytearray()
        assert bytes(content) == b"%PDF-1.4"
        with pytest.raises(BadRequest, match=r"[Cc]aption is too long"):
            await bot.send_document(lina.id, sent.document.file_id, caption="x" * 1025)


async def test_forum_topics_are_for_forums(call: Call, sandbox: Sandbox, lina: Person) -> None:
    plain, forum = sandbox.group("Plain", [lina]), sandbox.group("Forum", [lina], forum=True)
    assert (await call("createForumTopic", chat_id=plain.id, name="x"))[
        "description"
    ] == "Bad Request: the chat is not a forum"
    topic = (await call("createForumTopic", chat_id=forum.id, name="x"))["result"]
    sent = await call("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic["message_thread_id"])  # pyright: ignore[reportIndexIssue]
    assert sent["result"]["message_thread_id"] == topic["message_thread_id"]  # pyright: ignore[reportIndexIssue]


def test_markup_survives_the_way_to_the_page() -> None:
    text, entities = parse_html('<b>a &lt;&amp; <i>é😀</i></b> <a href="https://x.example/?a=1&amp;b=2">l</a>')
    assert text == "a <& é😀 l"
    assert to_html(text, entities) == (
        "<b>a &lt;&amp; <i>é😀</i></b> "
        '<a href="https://x.example/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">l</a>'
    )


def test_hostile_text_is_shown_and_not_run_on_the_page() -> None:
    assert to_html("<script>x</script>", []) == "&lt;script&gt;x&lt;/script&gt;"


async def test_another_web_page_cannot_drive_the_sandbox(sandbox: Sandbox, lina: Person) -> None:
    body = {"person": lina.id, "chat": lina.id, "text": "x"}
    async with aiohttp.ClientSession() as session:
        async with session.post(f"{sandbox.url}/sandbox/send", data=json.dumps(body)) as answer:
            assert answer.status == 403
        headers = {"Host": "evil.example"}
        async with session.post(f"{sandbox.url}/sandbox/send", json=body, headers=headers) as answer:
            assert answer.status == 403
        async with session.post(f"{sandbox.url}/sandbox/send", json=body | {"person": 4}) as answer:
            assert answer.status == 400
        async with session.post(f"{sandbox.url}/sandbox/send", json=body) as answer:
            assert answer.status == 200
