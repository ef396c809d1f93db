"""``python -m bot audit``: whether the audit is whole, and what stands in it, read beside a running bot."""

from __future__ import annotations

import json
import re
from pathlib import Path

from bot.store import StoreError, audit, reading, verifying
from bot.store.audit import Line
from bot.store.chain import Head

_HEAD = re.compile(r"(\d{1,15}):([0-9a-f]{16,64})")


def read_head(text: str) -> Head:
    """A head as it was sent to the office: NUMBER:HASH, the hash at least by its first 16 signs.

    The invisible signs that come with it where it is copied from an Arabic message do not matter.

    Raises:
        ValueError: it is not written like that.

    """
    found = _HEAD.fullmatch("".join(sign for sign in text.lower() if sign.isascii() and not sign.isspace()))
    if found is None:
        message = f"{text!r} is no head; it reads NUMBER:HASH, as it was sent to the staff chat"
        raise ValueError(message)
    return Head(int(found[1]), found[2])


def verified(database: Path, known: Head | None) -> tuple[list[str], bool]:
    """What is to be said of the audit, a line each, and whether it is whole. Blocks.

    Raises:
        StoreError: there is no database yet, or it can't be read.

    """
    verdict = reading(database, lambda db: verifying.verify(db, known))
    head = f"{verdict.head.last}:{verdict.head.hash}"
    if verdict.is_whole:
        return [f"{verdict.head.last} lines, head {head}, whole"], True
    return [*verdict.faults, f"NOT WHOLE; it is as it was written up to head {head}"], False


def shown(database: Path, most: int) -> list[str]:
    """The last lines of the audit, a line each. Blocks.

    Raises:
        StoreError: there is no database yet, or it can't be read.

    """
    try:
        return [_row(line) for line in reading(database, lambda db: audit.latest(db, most))]
    except (ValueError, TypeError) as error:
        message = f"the audit is not as it was made ({error}); see python -m bot audit verify"
        raise StoreError(message) from None


def _row(line: Line) -> str:
    """A line in which nothing that a person typed can pretend to be another line."""
    who = line.who if line.who != audit.NOBODY else "bot"
    given = {name: value for name, value in line.detail.items() if value is not None}
    detail = "".join(
        sign if sign.isprintable() else ascii(sign)[1:-1] for sign in json.dumps(given, ensure_ascii=False)
    )
    return f"{line.number}  {line.at:%Y-%m-%d %H:%M:%S}Z  {line.call}  {who}  {line.act}  {detail}"
