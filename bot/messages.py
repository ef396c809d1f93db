"""What the bot says, as data: it is stored before it is sent, and no Telegram type is needed to make it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from faq.markup import Html, utf16_length

TEXT_LIMIT = 4096
"""UTF-16 units of a message's text after its markup is read (Bot API, sendMessage)."""

CAPTION_LIMIT = 1024
"""UTF-16 units of the text that goes with a file (Bot API, sendDocument)."""

DATA_LIMIT = 64
"""Bytes of a button's callback data (Bot API, InlineKeyboardButton)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button under a message: it opens ``url`` or sends ``data`` back to the bot.

    Raises:
        ValueError: neither or both are given, or ``data`` is over 64 bytes.

    """

    text: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        """Check what Telegram would refuse, where the button is made."""
        if (self.data is None) == (self.url is None):
            message = f"button {self.text!r} needs either data or url"
            raise ValueError(message)
        if self.data is not None and not 1 <= len(self.data.encode()) <= DATA_LIMIT:
            message = f"button {self.text!r}: data {self.data!r} is not 1 to {DATA_LIMIT} bytes"
            raise ValueError(message)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A small text file that goes with a message."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one chat; with a ``file``, its caption. ``replaces`` is an own message that it is written over.

    Raises:
        ValueError: the text is longer than Telegram takes.

    """

    text: Html
    rows: Rows = ()
    file: File | None = None
    replaces: int | None = None

    def __post_init__(self) -> None:
        """Check the length where the message is made; markup only makes the real text shorter."""
        limit = CAPTION_LIMIT if self.file else TEXT_LIMIT
        if utf16_length(self.text) > limit:
            message = f"a message of {utf16_length(self.text)} UTF-16 units; Telegram takes {limit}"
            raise ValueError(message)

    def to_json(self) -> str:
        """The form that the outbox stores."""
        rows = [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in self.rows]
        more: dict[str, object] = {"file": [self.file.name, self.file.text]} if self.file else {}
        more |= {"replaces": self.replaces} if self.replaces else {}
        return json.dumps({"text": self.text, "rows": rows} | more, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> Message:
        """A message as `to_json` stored it."""
        raw = json.loads(stored)
        rows = tuple(tuple(Button(**b) for b in row) for row in raw["rows"])
        file = File(*raw["file"]) if "file" in raw else None
        return cls(Html(raw["text"]), rows, file, raw.get("replaces"))
