"""Files that go with messages: how Telegram keeps and describes them, and which it refuses."""

from __future__ import annotations

import mimetypes
import struct
from typing import cast

from bot.sandbox.errors import bad_request
from bot.sandbox.samples import SAMPLES
from bot.sandbox.state import Json, World

_MEGABYTE = 1024 * 1024
_PHOTO_BYTES, _DOWNLOAD_BYTES = 10 * _MEGABYTE, 20 * _MEGABYTE
_PHOTO_SIDES, _PHOTO_RATIO = 10_000, 20
"""The most that width and height may be together, and how many times the longer may be the shorter (sendPhoto)."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""The markers of JPEG's frames, which hold its size."""


def sent(world: World, given: object, kind: str) -> Json:
    """The part of a message that describes a "photo" or "document", uploaded or known by its id.

    Raises:
        ApiError: Telegram would not take it.

    """
    if isinstance(given, tuple):
        name, content = cast("tuple[str, bytes]", given)
        return described(world, keep(world, name, content, kind), kind)
    file_id = str(given)
    if file_id not in world.files:
        raise bad_request("wrong file identifier/HTTP URL specified")
    is_photo = file_id in world.photos
    if is_photo != (kind == "photo"):
        was, wanted = ("Photo", "Document") if is_photo else ("Document", "Photo")
        raise bad_request(f"can't use file of type {was} as {wanted}")
    return described(world, file_id, kind)


def keep(world: World, name: str, content: bytes, kind: str) -> str:
    """Keep an upload; return its id.

    Raises:
        ApiError: it is empty, or not the picture that it is said to be.

    """
    if not content:
        raise bad_request("file must be non-empty")
    if kind == "photo":
        _check_photo(content)
    file_id = f"{kind}{world.new_id()}"
    world.files[file_id] = (name, content)
    if kind == "photo":
        world.photos.add(file_id)
    return file_id


def described(world: World, file_id: str, kind: str) -> Json:
    """The part of a message that describes a kept file."""
    name, content = world.files[file_id]
    file: Json = {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_size": len(content)}
    if kind == "photo":
        width, height = picture_size(content) or (1, 1)
        return {"photo": [file | {"width": width, "height": height}]}
    mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return {"document": file | {"file_name": name, "mime_type": mime}}


def for_download(world: World, file_id: str) -> Json:
    """What getFile tells of a kept file."""
    if file_id not in world.files:
        raise bad_request("invalid file_id")
    if len(world.files[file_id][1]) > _DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {"file_id": file_id, "file_unique_id": f"u{file_id}", "file_path": file_id}


def _check_photo(content: bytes) -> None:
    if len(content) > _PHOTO_BYTES:
        size = len(content)
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {_PHOTO_BYTES} bytes")
    sides = picture_size(content)
    if sides is None or 0 in sides:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if sum(sides) > _PHOTO_SIDES or max(sides) > _PHOTO_RATIO * min(sides):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG or JPEG; None for anything else."""
    try:
        if content.startswith(_PNG):
            width, height = struct.unpack(">II", content[16:24])
            return width, height
        return _jpeg_size(content) if content.startswith(_JPEG) else None
    except (struct.error, IndexError):
        return None


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """What the first frame of a JPEG says; the segments before it are passed over."""
    at = 2
    while content[at + 1] not in _FRAMES:
        at += 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
    height, width = struct.unpack(">HH", content[at + 5 : at + 9])
    return width, height


_FILE: Json = {"file_id": "sample", "file_unique_id": "usample", "file_size": len(SAMPLES["sample"][1])}
ATTACHMENTS: dict[str, Json] = {
    "photo": {"photo": [_FILE | {"file_id": "picture", "file_unique_id": "upicture", "width": 320, "height": 200}]},
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
