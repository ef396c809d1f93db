"""What a button carries: a verb, an argument and the language of the message it stands under, within 64 bytes."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Self

from bot.messages import Button
from faq.languages import ReplyLanguage

_SEPARATOR = "|"
_PARTS = 3
_NUMBER = re.compile(r"[0-9]{1,18}")
"""The number of a row; a longer one is that of no row of any database."""


@unique
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
    # what staff see of the figures
    STATS = "stats"
    EXPORT = "export"
    REPORT = "report"
    # what was published, and publishing it
    QUESTIONS = "questions"
    QUESTION = "question"
    WAIT = "wait"
    PUBLISH = "publish"
    QA_PANEL = "qa"
    QA_QUESTION = "qa-question"
    QA_ANSWER = "qa-answer"
    QA_WAIVE = "qa-waive"
    QA_PRIVATE = "qa-private"
    QA_GO = "qa-go"
    QA_CORRECT = "qa-correct"
    QA_MATERIAL = "qa-material"
    QA_SLIP = "qa-slip"
    QA_ALL = "qa-all"
    QA_DIGEST = "qa-digest"
    QA_DIGEST_GO = "qa-digest-go"
    QA_ERRATUM = "qa-erratum"
    QA_SAME = "qa-same"
    QA_SAME_GO = "qa-same-go"
    # the desk: questions to a person
    ASK_OFFICE = "ask"
    SEND_QUESTION = "send"
    LEAVE_OFFICE = "leave-office"
    REPLY_OFFICE = "reply"
    SEND_ANSWER = "answer"
    TAKE_BACK = "take-back"
    SHOW_QUESTION = "show-question"
    # announcements
    BROADCAST = "broadcast"
    SETTLE = "settle"
    # learning
    CHOSEN = "chosen"
    UNANSWERED = "unanswered"
    ALIKE = "alike"
    SAME = "same"
    SAME_SURELY = "same-surely"
    ANOTHER = "another"
    NOT_OURS = "not-ours"
    REOPEN = "reopen"
    TAPPED = "tapped"
    ADD_TAPPED = "add-tapped"
    DROP_TAPPED = "drop-tapped"
    MODEL = "model"
    EDIT = "edit"
    WRITE = "write"
    PUT_LIVE = "put-live"
    LEAVE = "leave"
    HISTORY = "history"
    UNDO = "undo"
    NEW_ENTRY = "new-entry"
    PART = "part"
    WAIVE = "waive"
    MAKE = "make"


def mark(name: str) -> str:
    """A name that may be long, as a button carries it."""
    return f"{zlib.crc32(name.encode()):08x}"


def named(names: Iterable[str], found: str) -> str | None:
    """The one of these names that a button's mark stands for, if it is still there."""
    return next((name for name in names if mark(name) == found), None)


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
