"""What people do, and what they see: the hands and eyes of the tests and of the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.sandbox.files import ATTACHMENTS, described, keep
from bot.sandbox.markup import Entity, found_entities, parse_html, to_html
from bot.sandbox.sending import CONTENT
from bot.sandbox.standing import answered, place
from bot.sandbox.state import BOT_ID, Chat, Json, User, World


@dataclass(frozen=True, slots=True)
class ShownButton:
    """A button as a person sees it."""

    text: str
    data: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as a person sees it."""

    message_id: int
    from_bot: bool
    text: str
    html: str
    buttons: tuple[tuple[ShownButton, ...], ...]
    edited: bool
    photo: str | None = None
    """The file id of a picture."""
    document: str | None = None
    """The name of a document."""
    thread: int | None = None
    """The forum topic that it stands in."""
    answers: int | None = None
    """The message that it answers."""

    @property
    def labels(self) -> list[str]:
        """The texts of all buttons."""
        return [button.text for row in self.buttons for button in row]


def shown(message: Json) -> Shown:
    """A stored message as people see it."""
    text = str(message.get("text") or message.get("caption") or "")
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return Shown(
        message_id=message["message_id"],
        from_bot=message["from"]["id"] == BOT_ID,
        text=text,
        html=to_html(text, message.get("entities") or message.get("caption_entities") or []),
        buttons=tuple(tuple(ShownButton(b["text"], b.get("callback_data"), b.get("url")) for b in row) for row in rows),
        edited="edit_date" in message,
        photo=message["photo"][-1]["file_id"] if "photo" in message else None,
        document=message["document"].get("file_name") if "document" in message else None,
        thread=message.get("message_thread_id"),
        answers=_answers(message),
    )


def _answers(message: Json) -> int | None:
    """The message that another answers; in a topic, its beginning is none."""
    key: int | None = message.get("reply_to_message", {}).get("message_id")
    return None if key == message.get("message_thread_id") else key


class Person:
    """Somebody with a phone. What they do becomes an update for the bot."""

    def __init__(self, world: World, user: User) -> None:
        """Act as ``user``."""
        self.world = world
        self.user = user
        self._seen = 0

    @property
    def id(self) -> int:
        """Their id, which is also that of their chat with the bot."""
        return self.user.id

    def says(
        self,
        text: str,
        *,
        chat: int | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
        entities: Sequence[Entity] = (),
    ) -> int:
        """Write a text, formatted by ``entities``, in a forum in the topic ``thread``; return the update's id."""
        return self._sends(_written("text", text, entities), chat, reply_to, thread)

    def says_html(
        self, html: str, *, chat: int | None = None, reply_to: int | None = None, thread: int | None = None
    ) -> int:
        """Write a text that is formatted in the app as ``html`` would be."""
        text, entities = parse_html(html)
        return self.says(text, chat=chat, reply_to=reply_to, thread=thread, entities=entities)

    def sends(  # noqa: PLR0913  what goes with a file
        self,
        kind: str,
        *,
        chat: int | None = None,
        caption: str = "",
        entities: Sequence[Entity] = (),
        file: tuple[str, bytes] | None = None,
        reply_to: int | None = None,
        thread: int | None = None,
    ) -> int:
        """Send a photo, a voice message, a sticker or a document: a made-up one, or a ``file`` of name and content."""
        what = described(self.world, keep(self.world, *file, kind), kind) if file else ATTACHMENTS[kind]
        return self._sends(what | _written("caption", caption, entities), chat, reply_to, thread)

    def presses(self, button: str, *, chat: int | None = None, message_id: int | None = None) -> int:
        """Press the newest button with this text or data; ``message_id`` names the message it stands under."""
        place = self.world.chats[chat or self.id]
        for key in sorted(place.messages, reverse=True):
            if message_id not in {None, key}:
                continue
            for found in (b for row in shown(place.messages[key]).buttons for b in row):
                if button in {found.text, found.data} and found.data is not None:
                    return self.calls_back(found.data, place.messages[key])
        message = f"no button {button!r} in sight"
        raise LookupError(message)

    def calls_back(self, data: str, message: Json) -> int:
        """Send callback data, as a button or a forger would."""
        query: Json = {
            "id": str(self.world.new_id()),
            "from": self.user.as_json(),
            "message": message,
            "chat_instance": str(self.id),
            "data": data,
        }
        self.world.queries[query["id"]] = query
        return self.world.push("callback_query", query)

    def edits(
        self,
        message_id: int,
        text: str,
        *,
        chat: int | None = None,
        entities: Sequence[Entity] = (),
        file: Json | None = None,
    ) -> int:
        """Change the text of an own message, or the caption of an own file; a ``file`` may take its place."""
        message = self.world.chats[chat or self.id].messages[message_id]
        if message["from"]["id"] != self.id:
            reason = f"message {message_id} is not by {self.user.first_name}"
            raise LookupError(reason)
        key = "text" if "text" in message and not file else "caption"
        for old in CONTENT if file else (key, _ENTITIES[key]):
            message.pop(old, None)
        message |= file or {}
        message |= _written(key, text, entities) | {"edit_date": self._date()}
        self.world.tell({"type": "edited", "chat": message["chat"]["id"], "message_id": message_id})
        return self.world.push("edited_message", message)

    def deletes(self, message_id: int, *, chat: int | None = None) -> None:
        """Take a message away; Telegram does not tell bots of it."""
        place = self.world.chats[chat or self.id]
        del place.messages[message_id]
        self.world.tell({"type": "deleted", "chat": place.id, "message_id": message_id})

    def forwards(self, text: str, author: Person, *, chat: int | None = None) -> int:
        """Hand on to the bot, or into a ``chat``, what somebody else wrote."""
        origin: Json = {"type": "user", "date": self._date(), "sender_user": author.user.as_json()}
        return self._sends(_written("text", text) | {"forward_origin": origin}, chat)

    def forwards_message(self, message_id: int, *, source: int | None = None, chat: int | None = None) -> int:
        """Hand on a message as it stands in a chat: its text or file with the formatting, and who wrote it."""
        message = self.world.chats[source or self.id].messages[message_id]
        content = {key: message[key] for key in CONTENT if key in message}
        origin: Json = {"type": "user", "date": message["date"], "sender_user": message["from"]}
        return self._sends(content | {"forward_origin": message.get("forward_origin", origin)}, chat)

    def says_via_bot(self, text: str, *, chat: int | None = None) -> int:
        """Send what another bot offered inline: not this person's own word."""
        other: Json = {"id": 7000001, "is_bot": True, "first_name": "Other", "username": "other_bot"}
        return self._sends(_written("text", text) | {"via_bot": other}, chat)

    def says_as_group(self, text: str, chat: int, *, reply_to: int | None = None, thread: int | None = None) -> int:
        """Write in a group's name, as its administrators may: nobody sees who it was."""
        nobody: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        group = self.world.chat_json(self.world.chats[chat])
        content: Json = {"from": nobody, "sender_chat": group} | _written("text", text)
        return self._sends(content, chat, reply_to, thread)

    def blocks(self, *, blocked: bool = True) -> int:
        """Block the bot, or let it write again."""
        self.user.blocked = blocked
        return self._admits(self.world.chats[self.id], "kicked", is_in=not blocked)

    def removes(self, chat: int, *, removed: bool = True) -> int:
        """Remove the bot from a group, or let it in again."""
        group = self.world.chats[chat]
        group.bot_is_member = not removed
        return self._admits(group, "left", is_in=not removed)

    def _admits(self, chat: Chat, out: str, *, is_in: bool) -> int:
        """Tell the bot that it is in a chat now, or that it is ``out``."""
        until: Json = {"until_date": 0} if out == "kicked" else {}
        inside: Json = {"user": self.world.bot(), "status": "member"}
        outside: Json = {"user": self.world.bot(), "status": out} | until
        change: Json = {
            "chat": self.world.chat_json(chat),
            "from": self.user.as_json(),
            "date": self._date(),
            "old_chat_member": outside if is_in else inside,
            "new_chat_member": inside if is_in else outside,
        }
        return self.world.push("my_chat_member", change)

    def _date(self) -> int:
        return int(self.world.clock.now().timestamp())

    def sees(self, chat: int | None = None) -> list[Shown]:
        """All messages of a chat, oldest first."""
        return [shown(m) for _, m in sorted(self.world.chats[chat or self.id].messages.items())]

    async def hears(
        self, expected: Callable[[Shown], bool] = lambda _: True, *, chat: int | None = None, seconds: float = 8.0
    ) -> Shown:
        """The next message of the bot that is as ``expected``; everything before it counts as seen.

        Raises:
            TimeoutError: none came in time; the text says what was seen instead.

        """
        changed = asyncio.Event()
        watch: Callable[[Json], None] = lambda _: changed.set()  # noqa: E731
        self.world.watchers.append(watch)
        try:
            async with asyncio.timeout(seconds):
                while True:
                    for message in self.sees(chat):
                        if message.from_bot and message.message_id > self._seen and expected(message):
                            self._seen = message.message_id
                            return message
                    changed.clear()
                    await changed.wait()
        except TimeoutError:
            last = [m.text[:200] for m in self.sees(chat)[-3:]]
            message = f"{self.user.first_name} waited in vain; last in sight: {last}"
            raise TimeoutError(message) from None
        finally:
            self.world.watchers.remove(watch)

    def _sends(self, content: Json, chat_id: int | None, reply_to: int | None = None, thread: int | None = None) -> int:
        chat = self.world.chats[chat_id or self.id]
        chat.started = True
        if thread is not None and thread not in chat.topics:
            message = f"no topic {thread} in {chat.title}"
            raise LookupError(message)
        replied = answered(self.world, chat, reply_to) if reply_to is not None else None
        message = {"from": self.user.as_json()} | content | place(self.world, chat, thread, replied)
        return self.world.push("message", self.world.add(chat, message))


_ENTITIES = {"text": "entities", "caption": "caption_entities"}


def _written(key: str, text: str, entities: Sequence[Entity] = ()) -> Json:
    """A text or caption as a person typed it: with their formatting, and with what Telegram finds by itself."""
    both = sorted([*entities, *found_entities(text)], key=lambda entity: int(str(entity["offset"])))
    return ({key: text} if text else {}) | ({_ENTITIES[key]: both} if both else {})


def add_person(
    world: World, name: str, language_code: str, *, role: str = "applicant", user_id: int | None = None
) -> Person:
    """A new person with a chat of their own with the bot."""
    user = User(user_id or 5000 + world.new_id(), name, language_code, role)
    world.users[user.id] = user
    world.chats[user.id] = Chat(user.id, "private", name, [user.id])
    world.tell({"type": "people"})
    return Person(world, user)


def add_group(
    world: World, title: str, members: list[Person], *, forum: bool = False, chat_id: int | None = None
) -> Chat:
    """A new group; its first member is its administrator, in a forum the bot too, so that it may open topics."""
    number = chat_id or -(10**12 + world.new_id())
    admins = {members[0].id} | ({BOT_ID} if forum else set[int]())
    chat = Chat(number, "supergroup", title, [p.id for p in members], admins, forum=forum, started=True)
    world.chats[number] = chat
    world.tell({"type": "people"})
    return chat
