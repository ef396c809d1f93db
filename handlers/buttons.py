"""What a button carries: a verb, an argument and the language of the message it stands under, within 64 bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from bot.messages import Button
from faq.languages import ReplyLanguage

_SEPARATOR = "|"
_PARTS = 3
_NUMBER = re.compile(r"[0-9]{1,18}")
"""The number of a row; a longer one is that of no row of any database."""


class Verb(StrEnum):
    """What a press asks for."""

    MENU = "menu"
    GROUP = "group"
    ENTRY = "entry"
    OFFER = "offer"
    REGISTER = "register"
    STOP = "stop"
    SWITCH = "switch"
    LATER = "later"
    SUBMITTED = "submitted"
    CALENDAR = "calendar"
    PROFILE = "profile"
    MY_DATA = "mydata"
    FORGET = "forget"
    FORGET_ALL = "forget-all"
    APPLY = "apply"
    DROP = "drop"
    LANGUAGE = "language"
    BROADCAST = "broadcast"
    SETTLE = "settle"
    STATS = "stats"
    EXPORT = "export"
    REPORT = "report"
    ASK_OFFICE = "ask"
    SEND_QUESTION = "send"
    LEAVE_OFFICE = "leave"
    REPLY_OFFICE = "reply"
    SEND_ANSWER = "answer"
    TAKE_BACK = "take-back"
    SHOW_QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button, read."""

    verb: Verb
    argument: str
    language: ReplyLanguage

    @property
    def number(self) -> int | None:
        """The argument, where it is the number of a row."""
        return int(self.argument) if _NUMBER.fullmatch(self.argument) else None

    def button(self, text: str) -> Button:
        """The button that leads to this press."""
        return Button(text=text, data=_SEPARATOR.join((self.verb, self.argument, self.language)))

    @classmethod
    def read(cls, data: str) -> Self | None:
        """The press that callback data stands for; None for data that is not ours or is from another version."""
        parts = data.split(_SEPARATOR)
        if len(parts) != _PARTS or parts[0] not in set(Verb) or parts[2] not in set(ReplyLanguage):
            return None
        return cls(Verb(parts[0]), parts[1], ReplyLanguage(parts[2]))
