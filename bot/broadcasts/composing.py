"""A message as staff write it becomes one as the bot sends it: markup, buttons, length, and what is wrong with it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import urlsplit

from bot.buttons import Press, Verb
from bot.messages import CAPTION_LIMIT, TEXT_LIMIT, Button, File, Message, Rows
from bot.texts import Texts
from faq.languages import ReplyLanguage
from faq.markup import Html, as_text, utf16_length
from faq.tags import KNOWN, markup_faults

_MOST_BUTTONS = 10
_LONGEST_LABEL = 64
_LONGEST_PIECE = 64
_FOREIGN = frozenset({"p", "br", "div", "span", "font", "h1", "h2", "h3", "h4", "ul", "ol", "li", "img", "table", "hr"})
"""What people also write who know HTML; Telegram takes none of them."""

_TYPED = re.compile(r"&lt;(/?([a-zA-Z][a-zA-Z0-9-]*)(?:\s(?:(?!&lt;|&gt;|[<>]).)*)?/?)&gt;")
"""Something in angle brackets that was typed, as it stands in a text of which everything typed is escaped."""

_SPOILER = re.compile(r'<span class="tg-spoiler">(.*?)</span>', re.DOTALL)
_EMOJI = re.compile(r"</?tg-emoji[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_BUTTON = re.compile(r"(.+?)\s\|\s(https?://\S+)")
_PLACEHOLDER = re.compile(r"\{[a-z_]+(?:\.[^{}\s]+)?\}", re.IGNORECASE)
"""What answers fill in; an announcement is frozen as it was confirmed, so its readers would read the braces."""


_NOTHING = Html("")


class Fault(StrEnum):
    """Why a text can't be sent; each is a sentence of the bot."""

    EMPTY = "broadcast-empty"
    MARKUP = "broadcast-markup"
    PLACEHOLDER = "broadcast-placeholder"
    LONG = "broadcast-long"
    ADDRESS = "broadcast-address"


class ComposeError(Exception):
    """A text that can't be sent; ``values`` are what its sentence says about it."""

    def __init__(self, fault: Fault, **values: str | int) -> None:
        """Because of ``fault``."""
        super().__init__(fault, values)
        self.fault = fault
        self.values = values


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the bot adds to a text: a ``head`` above it, and ``reserved`` characters that the sender may need."""

    head: Html = _NOTHING
    reserved: int = 0
    is_caption: bool = False
    """It has to fit under a file although it has none itself: that of the copy which it is written over."""


def compose(texts: Texts, language: ReplyLanguage, written: Html, file: File | None, frame: Frame) -> Message:
    """The message that every reader of a language gets.

    Lines ``Label | https://...`` at its end become buttons; the last button is the one that ends all this.

    Raises:
        ComposeError: Telegram would refuse it, or it would not read as it was meant.

    """
    if found := _PLACEHOLDER.search(as_text(written)):
        raise ComposeError(Fault.PLACEHOLDER, piece=found[0][:_LONGEST_PIECE])
    lines, buttons = _buttons(_markup(written).strip().split("\n"))
    text = "\n".join(lines).strip()
    if not text and file is None:
        raise ComposeError(Fault.EMPTY)
    if faults := markup_faults(text, KNOWN):
        raise ComposeError(Fault.MARKUP, line=faults[0].line, piece=faults[0].piece)
    whole = Html("\n\n".join(part for part in (frame.head, text) if part))
    limit = CAPTION_LIMIT if file or frame.is_caption else TEXT_LIMIT
    if (over := utf16_length(whole) + frame.reserved - limit) > 0:
        raise ComposeError(Fault.LONG, over=over, limit=limit)
    return Message(whole, (*buttons, (_stop(texts, language),)), file)


def for_reader(texts: Texts, message: Message, language: ReplyLanguage) -> Message:
    """The message with its last button, which is the bot's own, in the language of its reader."""
    stop = _stop(texts, language)
    return replace(message, rows=tuple((stop,) if _is_stop(row) else row for row in message.rows))


def _is_stop(row: tuple[Button, ...]) -> bool:
    press = Press.read(row[0].data or "")
    return press is not None and press.verb is Verb.STOP


def _stop(texts: Texts, language: ReplyLanguage) -> Button:
    return Press(Verb.STOP, "", language).button(texts.plain(language, "broadcast-stop"))


def visible(message: Message) -> int:
    """How many characters of a message people see."""
    return len(html.unescape(_TAG.sub("", message.text)))


def _markup(written: Html) -> str:
    """The text with its formatting; tags that somebody typed count as such, any other sign is only a sign."""
    text = _EMOJI.sub("", _SPOILER.sub(r"<tg-spoiler>\1</tg-spoiler>", written))
    return _TYPED.sub(_tag, text)


def _tag(found: re.Match[str]) -> str:
    if found[2].lower() not in KNOWN | _FOREIGN:
        return found[0]
    return f"<{found[1].replace('&quot;', chr(34)).replace('&#x27;', chr(39))}>"


def _buttons(lines: list[str]) -> tuple[list[str], Rows]:
    """The lines of the text, and the buttons that its last lines stand for, each in a row of its own."""
    rows: list[tuple[Button, ...]] = []
    while lines and len(rows) < _MOST_BUTTONS and (found := _BUTTON.fullmatch(_plain(lines[-1]))):
        lines = lines[:-1]
        rows.insert(0, (Button(text=found[1][:_LONGEST_LABEL], url=_address(found[2])),))
    return lines, tuple(rows)


def _address(url: str) -> str:
    try:
        place = urlsplit(url).hostname or ""
    except ValueError:
        place = ""
    if "." not in place:
        raise ComposeError(Fault.ADDRESS, address=url[:200])
    return url


def _plain(line: str) -> str:
    return html.unescape(_TAG.sub("", line)).strip()
