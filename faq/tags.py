"""Markup as strictly as Telegram reads it: what it would refuse, and where that stands."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from typing import NamedTuple

IN_ANSWERS = frozenset({"b", "strong", "i", "em", "u", "s", "a", "code", "pre", "blockquote"})
"""Tags that answers may use (Bot API, "HTML style", less what no answer needs)."""

KNOWN = IN_ANSWERS | {"ins", "strike", "del", "tg-spoiler"}
"""Every tag that Telegram knows and the bot may send."""

_ENTITIES = frozenset({"amp", "lt", "gt", "quot"})
_HREF = re.compile(r"""<a href=(["'])(?:https?://|tg://|mailto:)(?:(?!\1)[^<>])+\1>""", re.IGNORECASE)
"""A link; of one to any other kind of address Telegram shows the words alone."""
_LANGUAGE = re.compile(r"""<code class="language-[^"<>]*">""")
_EXPANDABLE = "<blockquote expandable>"


class Fault(NamedTuple):
    """Something that Telegram would refuse: its line (from 1), the piece, and what is wrong in a sentence."""

    line: int
    piece: str
    what: str


class _Markup(HTMLParser):
    def __init__(self, tags: AbstractSet[str]) -> None:
        super().__init__(convert_charrefs=False)
        self.tags = tags
        self.open: list[tuple[str, int]] = []
        self.faults: list[Fault] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        piece = self.get_starttag_text() or tag
        if tag not in self.tags or not self._is_plain(tag, piece, bool(attrs)):
            self._refuse(piece, f"Telegram refuses {piece}")
        self.open.append((tag, self.getpos()[0]))

    def _is_plain(self, tag: str, piece: str, has_attributes: bool) -> bool:  # noqa: FBT001  a yes or no of the parser
        if tag == "a":
            return _HREF.fullmatch(piece) is not None
        return not has_attributes or piece == _EXPANDABLE or _LANGUAGE.fullmatch(piece) is not None

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop()[0] != tag:
            self._refuse(f"</{tag}>", f"</{tag}> closes nothing that is open")

    def handle_entityref(self, name: str) -> None:
        if name not in _ENTITIES:
            self._refuse(f"&{name};", f"Telegram does not know &{name};")

    def handle_data(self, data: str) -> None:
        if "<" in data or "&" in data:
            self._refuse(data.strip()[:30], f"a bare < or & in {data.strip()[:30]!r}")

    def _refuse(self, piece: str, what: str) -> None:
        self.faults.append(Fault(self.getpos()[0], piece, what))


def markup_faults(text: str, tags: AbstractSet[str] = IN_ANSWERS) -> list[Fault]:
    """What Telegram would refuse in a text that may use these ``tags``."""
    markup = _Markup(tags)
    markup.feed(text)
    markup.close()
    unclosed = [Fault(line, f"<{tag}>", f"<{tag}> is not closed") for tag, line in markup.open]
    return markup.faults + unclosed
