"""What the bot says, as data: it is stored before it is sent, and no Telegram type is needed to make it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """What goes with a message: ``content`` of our own, or what Telegram holds already under a ``file_id``.

    Raises:
        ValueError: neither or both are given, or the name holds what can't be printed.

    """

    name: str
    content: bytes | None = None
    file_id: str | None = None
    is_picture: bool = False

    def __post_init__(self) -> None:
        """Check where the file is made."""
        if (self.content is None) == (self.file_id is None):
            message = f"file {self.name!r} needs either content or an id"
            raise ValueError(message)
        if not self.name.isprintable():
            message = f"file {self.name!r} has a name that can't be sent"
            raise ValueError(message)

    @classmethod
    def of_text(cls, name: str, text: str) -> File:
        """A text file."""
        return cls(name=name, content=text.encode())


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one chat; with a ``file``, its caption.

    ``replaces`` is an own message that it is written over, or where that can't be done sent anew unless it
    ``only_replaces``; with ``swaps_file`` its file takes the place of what stood there. ``deletes`` is an own message
    that is taken away, and nothing is said instead. In a forum it goes to the topic ``thread``; where that is None and
    ``topic`` is given, a topic of this name is opened for it. ``reply_to`` is the message that it answers.

    Raises:
        ValueError: the text is longer than Telegram takes.

    """

    text: Html
    rows: Rows = ()
    file: File | None = None
    replaces: int | None = None
    only_replaces: bool = False
    swaps_file: bool = False
    deletes: int | None = None
    thread: int | None = None
    topic: str | None = None
    reply_to: int | None = None

    def __post_init__(self) -> None:
        """Check the length where the message is made; markup only makes the real text shorter."""
        limit = CAPTION_LIMIT if self.file else TEXT_LIMIT
        if utf16_length(self.text) > limit:
            message = f"a message of {utf16_length(self.text)} UTF-16 units; Telegram takes {limit}"
            raise ValueError(message)

    def to_json(self) -> str:
        """The form that the outbox stores."""
        rows = [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in self.rows]
        given = {name: getattr(self, name) for name in _PLACES if getattr(self, name)}
        file = {"file": _file_to_json(self.file)} if self.file else {}
        return json.dumps({"text": self.text, "rows": rows} | file | given, ensure_ascii=False)

    @classmethod
    def from_json(cls, stored: str) -> Message:
        """A message as `to_json` stored it."""
        raw = json.loads(stored)
        rows = tuple(tuple(Button(**b) for b in row) for row in raw["rows"])
        file = _file_from_json(raw["file"]) if "file" in raw else None
        return cls(Html(raw["text"]), rows, file, **{name: raw[name] for name in _PLACES if name in raw})


_PLACES = ("replaces", "only_replaces", "swaps_file", "deletes", "thread", "topic", "reply_to")
"""The parts of a message that say where it goes."""


def _file_to_json(file: File) -> dict[str, object]:
    content = None if file.content is None else base64.b64encode(file.content).decode()
    return {"name": file.name, "content": content, "file_id": file.file_id, "is_picture": file.is_picture}


def _file_from_json(raw: dict[str, Any] | list[str]) -> File:
    """A file as `_file_to_json` gave it, or the pair of name and text that an earlier version stored."""
    if isinstance(raw, list):
        return File.of_text(*raw)
    content = None if raw["content"] is None else base64.b64decode(raw["content"])
    return File(name=raw["name"], content=content, file_id=raw["file_id"], is_picture=raw["is_picture"])
