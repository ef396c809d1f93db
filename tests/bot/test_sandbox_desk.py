"""What the staff desk leans on: files, edits, deletions and forums are refused as Telegram refuses them."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import AsyncGenerator, Generator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from PIL import Image
from telegram import Bot, BotCommandScopeChat, BotCommandScopeChatAdministrators, Message, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.clock import MovableClock
from bot.sandbox import Limits, Person, Sandbox
from bot.sandbox.markup import parse_html, to_html, typed
from bot.sandbox.profile import commands_for
from bot.sandbox.samples import SAMPLES
from bot.sandbox.state import BOT_ID, Chat
from bot.transport.request import AiohttpRequest
from tests.conftest import OPEN, TOKEN

PICTURE = SAMPLES["picture"][1]
FORMATTED = '<b>a</b> <i>b</i> <span class="tg-spoiler">c</span> <a href="https://x.example/">d</a>'


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncGenerator[Bot]:
    """The framework's own bot, whose errors are the stand-in's words."""
    one, other = AiohttpRequest(), AiohttpRequest()
    async with Bot(TOKEN, f"{sandbox.url}/bot", request=one, get_updates_request=other) as bot:
        yield bot


@pytest.fixture
def lina(sandbox: Sandbox) -> Person:
    person = sandbox.person("Lina")
    person.says("hello")
    return person


@contextmanager
def refused(words: str) -> Generator[None]:
    """What happens in the block is a Bad Request with exactly these words; the framework makes them small."""
    with pytest.raises(BadRequest) as caught:
        yield
    assert caught.value.message.lower() == words.lower()


def as_told(sandbox: Sandbox, update_id: int) -> Message:
    """What the bot reads of an update."""
    message = Update.de_json(json.loads(sandbox.world.updates[update_id]), None).effective_message
    assert message is not None
    return message


def picture(kind: str, width: int, height: int) -> bytes:
    """A real picture of this size."""
    written = BytesIO()
    Image.new("RGB", (width, height)).save(written, kind)
    return written.getvalue()


async def test_a_photo_is_a_real_picture_of_sane_size(bot: Bot, lina: Person) -> None:
    sent = await bot.send_photo(lina.id, picture("JPEG", 640, 480))
    assert (sent.photo[-1].width, sent.photo[-1].height) == (640, 480)
    for content, said in (
        (b"GIF89a" + bytes(20), "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xe0", "IMAGE_PROCESS_FAILED"),
        (picture("PNG", 2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
    ):
        with refused(said):
            await bot.send_photo(lina.id, content)


async def test_a_file_is_sent_as_what_it_is_for_as_long_as_it_is_known(bot: Bot, lina: Person) -> None:
    photo = (await bot.send_photo(lina.id, PICTURE, caption="<b>é</b>", parse_mode=ParseMode.HTML)).photo[-1].file_id
    with refused("can't use file of type Photo as Document"):
        await bot.send_document(lina.id, photo)
    with refused("can't use file of type Document as Photo"):
        await bot.send_photo(lina.id, "sample")
    assert lina.sees()[-1].photo == photo
    copied = await bot.copy_message(lina.id, lina.id, lina.sees()[1].message_id)
    assert [(m.html, m.photo) for m in lina.sees() if m.message_id == copied.message_id] == [("<b>é</b>", photo)]
    lina.world.files.pop(photo)
    with refused("wrong file identifier/HTTP URL specified"):
        await bot.send_photo(lina.id, photo)


async def test_a_caption_counts_without_its_markup(bot: Bot, lina: Person) -> None:
    longest = f"<b>{'&amp;' * 1024}</b>"
    sent = await bot.send_photo(lina.id, PICTURE, caption=longest, parse_mode=ParseMode.HTML)
    with refused("message caption is too long"):
        await bot.edit_message_caption(lina.id, sent.message_id, caption=longest + "x", parse_mode=ParseMode.HTML)


async def test_texts_and_captions_are_edited_each_in_its_own_way(bot: Bot, lina: Person) -> None:
    text, photo = await bot.send_message(lina.id, "x"), await bot.send_photo(lina.id, PICTURE, caption="x")
    with refused("there is no text in the message to edit"):
        await bot.edit_message_text("y", lina.id, photo.message_id)
    with refused("there is no caption in the message to edit"):
        await bot.edit_message_caption(lina.id, text.message_id, caption="y")
    with refused("message can't be edited"):
        await bot.edit_message_text("y", lina.id, lina.sees()[0].message_id)
    await bot.edit_message_caption(lina.id, photo.message_id)
    assert [m.text for m in lina.sees()] == ["hello", "x", ""]


async def test_what_is_gone_or_old_or_of_others_is_not_deleted(bot: Bot, sandbox: Sandbox, lina: Person) -> None:
    group = sandbox.group("Plain", [lina])
    lina.says("in the group", chat=group.id)
    theirs = lina.sees(group.id)[-1].message_id
    with refused("message can't be deleted"):
        await bot.delete_message(group.id, theirs)
    sent = [(await bot.send_message(lina.id, "x")).message_id for _ in range(3)]
    assert await bot.delete_message(lina.id, sent[0])
    with refused("message to delete not found"):
        await bot.delete_message(lina.id, sent[0])
    assert await bot.delete_messages(lina.id, sent[:2])
    with refused("too many message identifiers specified"):
        await bot.delete_messages(lina.id, list(range(101)))
    clock = sandbox.world.clock
    assert isinstance(clock, MovableClock)
    clock.advance(timedelta(hours=49))
    with refused("message can't be deleted for everyone"):
        await bot.delete_message(lina.id, sent[2])


async def test_an_answer_to_what_is_gone_is_refused_unless_that_is_allowed(bot: Bot, lina: Person) -> None:
    with refused("message to be replied not found"):
        await bot.send_message(lina.id, "x", reply_parameters=ReplyParameters(4))
    sent = await bot.send_message(lina.id, "x", reply_parameters=ReplyParameters(4, allow_sending_without_reply=True))
    assert sent.reply_to_message is None
    answer = await bot.send_message(lina.id, "y", reply_parameters=ReplyParameters(sent.message_id))
    assert answer.reply_to_message == sent
    assert lina.sees()[-1].answers == sent.message_id
    asked = lina.sees()[0].message_id
    lina.deletes(asked)
    with refused("message to be replied not found"):
        await bot.send_message(lina.id, "x", reply_parameters=ReplyParameters(asked))


async def test_pinning_and_topics_need_an_administrator(bot: Bot, sandbox: Sandbox, lina: Person) -> None:
    plain, forum = sandbox.group("Plain", [lina]), sandbox.group("Forum", [lina], forum=True)
    said = [(chat, (await bot.send_message(chat.id, "x")).message_id) for chat in (plain, forum)]
    with refused("not enough rights to manage pinned messages in the chat"):
        await bot.pin_chat_message(plain.id, said[0][1])
    assert await bot.pin_chat_message(forum.id, said[1][1])
    pinned = (await bot.get_chat(forum.id)).pinned_message
    assert pinned is not None
    assert pinned.message_id == said[1][1]
    with refused("message to pin not found"):
        await bot.pin_chat_message(forum.id, 4)
    forum.admins.discard(BOT_ID)
    with refused("not enough rights to create a topic"):
        await bot.create_forum_topic(forum.id, "x")


async def test_what_stands_in_a_topic_says_so(bot: Bot, sandbox: Sandbox, lina: Person) -> None:
    forum = sandbox.group("Forum", [lina], forum=True)
    topic = (await bot.create_forum_topic(forum.id, "Question 1")).message_thread_id
    for thread in (1, 4):
        with refused("message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=thread)
    asked = await bot.send_message(forum.id, "x", message_thread_id=topic)
    plain = as_told(sandbox, lina.says("beside it", chat=forum.id, thread=topic))
    answer = as_told(sandbox, lina.says("to it", chat=forum.id, reply_to=asked.message_id))
    general = as_told(sandbox, lina.says("elsewhere", chat=forum.id))
    assert [(m.message_thread_id, bool(m.is_topic_message)) for m in (plain, answer, general)] == [
        (topic, True),
        (topic, True),
        (None, False),
    ]
    assert plain.reply_to_message is not None
    assert plain.reply_to_message.forum_topic_created is not None
    assert answer.reply_to_message is not None
    assert answer.reply_to_message.message_id == asked.message_id
    assert [m.answers for m in lina.sees(forum.id)] == [None, None, asked.message_id, None]
    back = await bot.send_message(forum.id, "y", reply_parameters=ReplyParameters(plain.message_id))
    assert back.message_thread_id == topic
    await bot.delete_forum_topic(forum.id, topic)
    assert [m.text for m in lina.sees(forum.id)] == ["elsewhere"]
    with pytest.raises(LookupError):
        lina.says("too late", chat=forum.id, thread=topic)


async def test_formatting_comes_to_the_bot_and_back_as_it_was(bot: Bot, sandbox: Sandbox, lina: Person) -> None:
    told = as_told(sandbox, lina.says_html(FORMATTED))
    assert told.text_html == FORMATTED
    await bot.send_message(lina.id, told.text_html, parse_mode=ParseMode.HTML)
    text, entities = parse_html("<blockquote expandable>q</blockquote> <b>c</b>")
    caption = as_told(sandbox, lina.sends("photo", caption=text, entities=entities))
    assert caption.caption_html == "<blockquote expandable>q</blockquote> <b>c</b>"
    await bot.send_photo(lina.id, caption.photo[-1].file_id, caption=caption.caption_html, parse_mode=ParseMode.HTML)
    first, second = lina.sees()[-3], lina.sees()[-1]
    assert first.html.startswith('<b>a</b> <i>b</i> <span class="spoiler">c</span> <a href="https://x.example/"')
    assert (second.html, second.photo) == ("<blockquote>q</blockquote> <b>c</b>", "picture")
    with refused('can\'t parse entities: Tag "span" must have class "tg-spoiler" at byte offset 0'):
        await bot.send_message(lina.id, "<span>x</span>", parse_mode=ParseMode.HTML)


def test_people_edit_their_own_texts_and_captions_only(sandbox: Sandbox, lina: Person) -> None:
    group = sandbox.group("Plain", [lina])
    other = sandbox.person("Omar")
    lina.sends("document", caption="<one>", file=("plan.txt", b"x"), chat=group.id)
    mine = lina.sees(group.id)[-1]
    assert (mine.text, mine.document) == ("<one>", "plan.txt")
    edited = as_told(sandbox, lina.edits(mine.message_id, "two /stop", chat=group.id))
    assert (edited.caption, edited.text) == ("two /stop", None)
    assert [entity.type for entity in edited.caption_entities] == ["bot_command"]
    with pytest.raises(LookupError):
        other.edits(mine.message_id, "three", chat=group.id)


def test_what_is_not_ones_own_word_shows_that_it_is_not(sandbox: Sandbox, lina: Person) -> None:
    group = sandbox.group("Plain", [lina])
    other = sandbox.person("Omar")
    other.sends("photo", caption="<b>")
    for update_id in (
        lina.forwards("x", other, chat=group.id),
        lina.forwards_message(other.sees()[-1].message_id, source=other.id, chat=group.id),
        lina.says_via_bot("x", chat=group.id),
        lina.says_as_group("x", group.id),
    ):
        told = as_told(sandbox, update_id)
        assert told.chat.id == group.id
        assert told.forward_origin or told.via_bot or told.sender_chat
    assert lina.sees(group.id)[1].photo == "picture"


def test_links_in_what_people_type_are_found_and_hostile_ones_do_not_run() -> None:
    text, entities = parse_html('<a href="">a</a> &lt;script&gt;')
    assert (text, entities) == ("a <script>", [])
    assert to_html(text, [{"type": "url", "offset": 0, "length": 1}]) == "a &lt;script&gt;"


def test_the_people_of_the_page_and_their_places(sandbox: Sandbox) -> None:
    office = sandbox.populate()
    people: dict[str, Any] = {user.first_name: user for user in sandbox.world.users.values()}
    assert [user.language_code for user in people.values() if user.role == "applicant"] == ["fr", "ar", "en"]
    assert office.owners == {people["Bureau 1"].id, people["Bureau 2"].id}
    team = sandbox.world.chats[office.staff_chat]
    assert (team.title, team.forum, set(team.members)) == ("Équipe", True, office.owners)


async def test_another_run_gives_other_numbers_to_other_messages(sandbox: Sandbox) -> None:
    people = sandbox.populate()
    assert max(people.owners) < 10_000
    owner = Person(sandbox.world, sandbox.world.users[min(people.owners)])
    owner.says("x")
    assert owner.sees()[-1].message_id >= 10_000_000


@pytest.mark.parametrize(
    ("marks", "html"),
    [
        ("**a & b** __c__", "<b>a &amp; b</b> <i>c</i>"),
        ("||x|| `<y>` ~~z~~", '<span class="spoiler">x</span> <code>&lt;y&gt;</code> <s>z</s>'),
        ("https://x.example/a__b__c 2 ** 3 ** 4", "https://x.example/a__b__c 2 ** 3 ** 4"),
        ("**a __b** c__ &lt;", "**a __b** c__ &amp;lt;"),
    ],
)
def test_marks_that_people_type_become_formatting(marks: str, html: str) -> None:
    assert to_html(*typed(marks)) == html


async def test_the_page_refuses_files_that_telegram_would_refuse(sandbox: Sandbox, lina: Person) -> None:
    body: dict[str, object] = {"person": lina.id, "chat": lina.id, "caption": "<b>x</b>"}
    long = picture("PNG", 2100, 100)
    async with aiohttp.ClientSession(sandbox.url) as session:
        for content, status in ((PICTURE, 200), (b"plain", 200), (long, 400), (b"", 400)):
            file = {"name": "<a>.bin", "content": b64encode(content).decode()}
            async with session.post("/sandbox/attach", json=body | {"file": file}) as answer:
                assert answer.status == status
        async with session.post("/sandbox/send", json=body | {"text": "x", "thread": 4}) as answer:
            assert answer.status == 400
    assert [(m.photo is not None, m.document, m.html) for m in lina.sees()[1:]] == [
        (True, None, "&lt;b&gt;x&lt;/b&gt;"),
        (False, "<a>.bin", "&lt;b&gt;x&lt;/b&gt;"),
    ]


async def test_a_menu_of_commands_is_the_narrowest_that_applies(bot: Bot, sandbox: Sandbox, lina: Person) -> None:
    omar = sandbox.person("Omar")
    group = sandbox.group("Staff", [lina, omar])
    await bot.set_my_commands([("all", "x")])
    await bot.set_my_commands([("group", "x")], scope=BotCommandScopeChat(group.id))
    await bot.set_my_commands([("admin", "x")], scope=BotCommandScopeChatAdministrators(group.id))
    seen = [commands_for(sandbox.world, one.id, chat) for one in (lina, omar) for chat in _chats(sandbox, one, group)]
    assert [menu[0]["command"] for menu in seen] == ["admin", "all", "group", "all"]


def _chats(sandbox: Sandbox, person: Person, group: Chat) -> list[Chat]:
    return [group, sandbox.world.chats[person.id]]


async def test_the_tally_has_a_line_for_each_message_that_was_delivered_and_none_for_edits(tmp_path: Path) -> None:
    clock = MovableClock(OPEN, announced=False)
    sandbox = Sandbox(token=TOKEN, clock=clock, limits=Limits.none(), tally=tmp_path / "tally")
    person = sandbox.person("Lina")
    person.says("x")
    await sandbox.start()
    one, other = AiohttpRequest(), AiohttpRequest()
    async with Bot(TOKEN, f"{sandbox.url}/bot", request=one, get_updates_request=other) as bot:
        sent = await bot.send_photo(person.id, PICTURE, caption="plan")
        await bot.edit_message_caption(person.id, sent.message_id, caption="other")
        await bot.send_document(person.id, "sample")
        await bot.delete_message(person.id, sent.message_id)
    await sandbox.stop()
    lines = [json.loads(line) for line in (tmp_path / "tally").read_text("utf-8").splitlines()]
    assert [(line["method"], line["text"]) for line in lines] == [("sendPhoto", "plan"), ("sendDocument", None)]
    assert [name for name, _ in sandbox.api.calls][-4:] == [
        "sendphoto",
        "editmessagecaption",
        "senddocument",
        "deletemessage",
    ]
