"""Text that Telegram takes as HTML: made in one place, so that nothing a person typed is ever read as a tag."""

from __future__ import annotations

import html
import re

_FIRST_STRONG, _POP = "\u2068", "\u2069"
_TAG = re.compile(r"<[^>]*>")


class Html(str):
    """Text that is already markup. Anything else has to pass through `escape` first."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Plain text as markup that shows it unchanged; halves of a broken character become U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Html(html.escape(whole, quote=False))


def link(text: str, url: str) -> Html:
    """A link; both parts are plain text."""
    return Html(f'<a href="{html.escape(url)}">{escape(text)}</a>')


def plain(markup: Html) -> str:
    """Markup as it is read, in one line."""
    return " ".join(as_text(markup).split())


def as_text(markup: Html) -> str:
    """Markup as it is read, line by line."""
    return html.unescape(_TAG.sub("", markup))


def isolate(markup: Html) -> Html:
    """The same text, kept from reordering the right-to-left sentence around it (U+2068 ... U+2069)."""
    return Html(f"{_FIRST_STRONG}{markup}{_POP}")


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, which is how Telegram counts every limit."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
