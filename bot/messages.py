"""What the bot says, as data: it is stored before it is sent, and no Telegram type is needed to make it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from faq.markup import Html, utf16_length

TEXT_LIMIT = 4096
"""UTF-16 units of a message's text after its markup is read (Bot API, sendMessage)."""

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
class Message:
    """One message to one chat.

    Raises:
        ValueError: the text is longer than Telegram takes.

    """

    text: Html
    rows: Rows = ()

    def __post_init__(self) -> None:
        """Check the length where the message is made; markup only makes the real text shorter."""
        if utf16_length(self.text) > TEXT_LIMIT:
            message = f"a message of {utf16_length(self.text)} UTF-16 units; Telegram takes {TEXT_LIMIT}"
            raise ValueError(message)

    def to_json(self) -> str:
        """The form that the outbox stores."""
        rows = [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in self.rows]
        return json.dumps({"text": self.text, "rows": rows}, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> Message:
        """A message as `to_json` stored it."""
        raw = json.loads(stored)
        return cls(Html(raw["text"]), tuple(tuple(Button(**b) for b in row) for row in raw["rows"]))
