"""Methods about the bot, its commands, chats and members."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, cast

from bot.sandbox.errors import bad_request
from bot.sandbox.sending import chat_of
from bot.sandbox.state import BOT_ID, Chat, Json, World

Params = Mapping[str, Any]

_WORD = re.compile(r"[a-z0-9_]{1,32}")
_TEXTS = {"Name": ("name", 64), "Description": ("description", 512), "ShortDescription": ("short_description", 120)}


def _scope(params: Params) -> tuple[str, str]:
    raw = params.get("scope") or {"type": "default"}
    scope = cast("Json", json.loads(raw) if isinstance(raw, str) else raw)
    return json.dumps(scope, sort_keys=True), str(params.get("language_code") or "")


def set_commands(world: World, params: Params) -> bool:
    """SetMyCommands by scope and language."""
    raw: object = params.get("commands") or []
    commands = cast("list[Json]", json.loads(raw) if isinstance(raw, str) else raw)
    for command in commands:
        if not _WORD.fullmatch(str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:  # noqa: PLR2004  Bot API, BotCommand
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if len(commands) > 100:  # noqa: PLR2004  Bot API, setMyCommands
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    world.commands[_scope(params)] = commands
    world.tell({"type": "commands"})
    return True


def get_commands(world: World, params: Params) -> list[Json]:
    """GetMyCommands."""
    return world.commands.get(_scope(params), [])


def delete_commands(world: World, params: Params) -> bool:
    """DeleteMyCommands."""
    world.commands.pop(_scope(params), None)
    return True


def commands_for(world: World, person: int, chat: Chat) -> list[Json]:
    """The commands that a person sees in a chat: the narrowest scope first, their language before everybody's."""
    language = world.users[person].language_code.split("-")[0]
    for scope in _scopes_of(person, chat):
        for code in (language, ""):
            found = world.commands.get((json.dumps(scope, sort_keys=True), code))
            if found:
                return found
    return []


def _scopes_of(person: int, chat: Chat) -> list[Json]:
    """The scopes that apply to a person in a chat, the narrowest first."""
    here: Json = {"chat_id": chat.id}
    if chat.type == "private":
        return [here | {"type": "chat"}, {"type": "all_private_chats"}, {"type": "default"}]
    is_admin = person in chat.admins
    return [
        here | {"type": "chat_member", "user_id": person},
        *([here | {"type": "chat_administrators"}] if is_admin else []),
        here | {"type": "chat"},
        *([{"type": "all_chat_administrators"}] if is_admin else []),
        {"type": "all_group_chats"},
        {"type": "default"},
    ]


def set_text(world: World, params: Params, which: str) -> bool:
    """setMyName, setMyDescription, setMyShortDescription."""
    key, most = _TEXTS[which]
    text = str(params.get(key) or "")
    if len(text) > most:
        raise bad_request(f"BOT_{'INFO' if which == 'Name' else 'DESCRIPTION'}_TOO_LONG")
    world.profile[which, str(params.get("language_code") or "")] = text
    world.tell({"type": "profile"})
    return True


def get_text(world: World, params: Params, which: str) -> Json:
    """getMyName, getMyDescription, getMyShortDescription."""
    language = str(params.get("language_code") or "")
    found = world.profile.get((which, language)) or world.profile.get((which, ""), "")
    return {_TEXTS[which][0]: found}


def get_chat(world: World, params: Params) -> Json:
    """GetChat."""
    chat = chat_of(world, params)
    pinned = {"pinned_message": chat.messages[chat.pinned[-1]]} if chat.pinned else {}
    return (
        world.chat_json(chat)
        | pinned
        | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    )


_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _member(world: World, chat: Chat, user_id: int) -> Json:
    status = "administrator" if user_id in chat.admins else "member"
    rights = dict.fromkeys(_RIGHTS, True) if status == "administrator" else {}
    return {"status": status, "user": world.bot() if user_id == BOT_ID else world.users[user_id].as_json()} | rights


_RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


def get_member(world: World, params: Params) -> Json:
    """GetChatMember."""
    chat = chat_of(world, params)
    user_id = int(params.get("user_id") or 0)
    if user_id not in {*chat.members, BOT_ID}:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return _member(world, chat, user_id)


def get_administrators(world: World, params: Params) -> list[Json]:
    """GetChatAdministrators: those who are no bots."""
    chat = chat_of(world, params)
    return [_member(world, chat, user_id) for user_id in sorted(chat.admins - {BOT_ID})]
