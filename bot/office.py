"""The people who run the call: who they are at this moment, and where they are told something."""

from __future__ import annotations

from pathlib import Path

from bot.rules.roles import Roles


class Office:
    """Who may do what, as the settings say now, and the chat where staff work together, if there is one."""

    def __init__(self, roles: Roles, chat_id: int | None = None, *, watched: Path | None = None) -> None:
        """Begin with these ``roles``; they are read again whenever the ``watched`` file of settings changes."""
        self.roles = roles
        self.chat_id = chat_id
        self.watched = watched

    def is_chat(self, chat_id: int) -> bool:
        """Whether this is the chat where staff work together."""
        return chat_id == self.chat_id

    @property
    def told(self) -> tuple[int, ...]:
        """The chats that are told what concerns the office: the staff chat, or without one each owner."""
        return (self.chat_id,) if self.chat_id is not None else tuple(sorted(self.roles.owners))

    @property
    def chats(self) -> frozenset[int]:
        """Every chat of the office: those that are written to even while all sending is frozen."""
        return self.roles.everyone | frozenset(self.told)
