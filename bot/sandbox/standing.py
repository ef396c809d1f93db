"""Where a message stands: in which topic of a forum, and what it answers."""

from __future__ import annotations

from bot.sandbox.state import Chat, Json, World

ICON_COLOR = 7322096


def answered(world: World, chat: Chat, message_id: int) -> Json | None:
    """The message that another one answers, as it stands in that one; Telegram does not nest them further."""
    message = chat.messages.get(message_id)
    if message is not None:
        return {key: value for key, value in message.items() if key != "reply_to_message"}
    return _opening(world, chat, message_id) if message_id in chat.topics else None


def place(world: World, chat: Chat, thread: int | None, replied: Json | None) -> Json:
    """The fields that say where a message stands.

    An answer stands in the topic of what it answers. In a topic, what answers nothing answers the message with which
    the topic began: so Telegram has it, and a bot must not take that for an answer to something it said.
    """
    thread = thread or (replied or {}).get("message_thread_id")
    if thread and chat.forum:
        replied = replied or _opening(world, chat, thread)
        return {"message_thread_id": thread, "is_topic_message": True, "reply_to_message": replied}
    return {"reply_to_message": replied} if replied else {}


def _opening(world: World, chat: Chat, thread: int) -> Json:
    """The service message with which a topic begins; its id is the topic's."""
    return {
        "message_id": thread,
        "date": int(world.clock.now().timestamp()),
        "chat": world.chat_json(chat),
        "from": world.bot(),
        "message_thread_id": thread,
        "is_topic_message": True,
        "forum_topic_created": {"name": chat.topics[thread], "icon_color": ICON_COLOR},
    }
