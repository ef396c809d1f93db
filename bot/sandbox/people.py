"""What people do, and what they see: the hands and eyes of the tests and of the page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.markup import found_entities, to_html
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
    )


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

    def says(self, text: str, *, chat: int | None = None, reply_to: int | None = None) -> int:
        """Write a text; return the update's id."""
        entities = found_entities(text)
        return self._sends({"text": text} | ({"entities": entities} if entities else {}), chat, reply_to)

    def sends(self, kind: str, *, chat: int | None = None, caption: str = "") -> int:
        """Send a photo, a voice message, a sticker or a document, with a caption."""
        return self._sends(ATTACHMENTS[kind] | ({"caption": caption} if caption else {}), chat, None)

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

    def edits(self, message_id: int, text: str, *, chat: int | None = None) -> int:
        """Change an own message."""
        message = self.world.chats[chat or self.id].messages[message_id]
        message |= {"text": text, "edit_date": self._date()}
        self.world.tell({"type": "edited", "chat": message["chat"]["id"], "message_id": message_id})
        return self.world.push("edited_message", message)

    def forwards(self, text: str, author: Person) -> int:
        """Hand on to the bot what somebody else wrote."""
        origin: Json = {"type": "user", "date": self._date(), "sender_user": author.user.as_json()}
        return self._sends({"text": text, "entities": found_entities(text), "forward_origin": origin}, None, None)

    def says_as_group(self, text: str, chat: int) -> int:
        """Write in a group's name, as its administrators may: nobody sees who it was."""
        nobody: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
        group = self.world.chat_json(self.world.chats[chat])
        content: Json = {"from": nobody, "sender_chat": group, "text": text, "entities": found_entities(text)}
        return self._sends(content, chat, None)

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

    def _sends(self, content: Json, chat_id: int | None, reply_to: int | None) -> int:
        chat = self.world.chats[chat_id or self.id]
        chat.started = True
        message: Json = {"from": self.user.as_json()} | content
        if reply_to is not None and reply_to in chat.messages:
            message["reply_to_message"] = chat.messages[reply_to]
        return self.world.push("message", self.world.add(chat, message))


_FILE: Json = {"file_id": "sample", "file_unique_id": "usample", "file_size": 3}
ATTACHMENTS: dict[str, Json] = {
    "photo": {"photo": [_FILE | {"file_id": "picture", "width": 90, "height": 90}]},
    "voice": {"voice": _FILE | {"duration": 3, "mime_type": "audio/ogg"}},
    "sticker": {
        "sticker": _FILE
        | {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "🙂"}
    },
    "document": {"document": _FILE | {"file_name": "document.pdf", "mime_type": "application/pdf"}},
    "location": {"location": {"latitude": 34.02, "longitude": -6.83}},
    "contact": {"contact": {"phone_number": "+212", "first_name": "X"}},
}
"""Made-up things to send."""


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
    """A new group; its first member is its administrator."""
    number = chat_id or -(10**12 + world.new_id())
    chat = Chat(number, "supergroup", title, [p.id for p in members], {members[0].id}, forum=forum, started=True)
    world.chats[number] = chat
    world.tell({"type": "people"})
    return chat
