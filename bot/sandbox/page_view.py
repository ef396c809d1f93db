"""What the page shows of a message."""

from __future__ import annotations

from typing import Any, cast

from bot.sandbox.people import shown
from bot.sandbox.state import Chat, Json

_QUOTED = 120
"""Characters of a message that are quoted over its answer."""

_NAMES = {"voice": "Message vocal", "sticker": "Autocollant", "location": "Position", "contact": "Contact"}


def for_page(message: Json, chat: Chat) -> Json:
    """A message with everything that the page shows."""
    seen = shown(message)
    document = cast("dict[str, Any]", message.get("document") or {})
    kinds = [name for kind, name in _NAMES.items() if kind in message]
    return {
        "id": seen.message_id,
        "from": "bot" if seen.from_bot else message["from"]["id"],
        "name": message["from"]["first_name"],
        "html": seen.html or (f"[{', '.join(kinds)}]" if kinds else ""),
        "text": seen.text,
        "dir": "auto",
        "buttons": [[{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in seen.buttons],
        "photo": _photo(message["photo"][-1]) if seen.photo else None,
        "document": {
            "name": document.get("file_name", ""),
            "size": document.get("file_size", 0),
            "url": f"/sandbox/files/{document['file_id']}",
        }
        if document
        else None,
        "edited": seen.edited,
        "pinned": seen.message_id in chat.pinned,
        "forwarded": _author(message),
        "date": message["date"],
        "topic": seen.thread,
        "topic_name": chat.topics.get(seen.thread or 0),
        "answers": _quoted(message["reply_to_message"]) if seen.answers else None,
    }


def _photo(size: Json) -> Json:
    return {"url": f"/sandbox/files/{size['file_id']}", "width": size["width"], "height": size["height"]}


def _quoted(message: Json) -> Json:
    """A message as it stands over its answer."""
    text = shown(message).text or ("Photo" if "photo" in message else "Document" if "document" in message else "…")
    return {"id": message["message_id"], "name": message["from"]["first_name"], "text": text[:_QUOTED]}


def _author(message: Json) -> str | None:
    """Who wrote what was handed on."""
    return message.get("forward_origin", {}).get("sender_user", {}).get("first_name")
