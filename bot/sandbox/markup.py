"""Text as Telegram takes it: HTML into plain text and entities, as strictly as Telegram, and back for the page."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.sandbox.errors import ApiError, bad_request

Entity = dict[str, object]

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
}
_SHOWN = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
_CHARACTER = re.compile(r"&(?:(lt|gt|amp|quot)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_COMMAND = re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?(?![\w/<>])")
_MENTION = re.compile(r"(?<!\w)@\w{3,32}")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")

_TYPED = tuple(
    (re.compile(rf"(?<!\w){mark}(?=\S)(.+?)(?<=\S){mark}(?!\w)", re.DOTALL), tag)
    for mark, tag in ((r"\*\*", "b"), ("__", "i"), ("~~", "s"), (r"\|\|", "tg-spoiler"), ("`", "code"))
)


def units(text: str) -> int:
    """The length in UTF-16 units, by which Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class _Parsing:
    """HTML read so far: the text, the entities that are closed, and the tags that are open."""

    source: str
    text: str = ""
    entities: list[Entity] = field(default_factory=list[Entity])
    open: list[tuple[str, int, Entity]] = field(default_factory=list[tuple[str, int, Entity]])

    def fail(self, what: str, at: int) -> Exception:
        offset = len(self.source[:at].encode("utf-8", "surrogatepass"))
        return bad_request(f"can't parse entities: {what} at byte offset {offset}")

    def tag(self, at: int) -> int:
        """Read the tag at ``at``; return where the text goes on."""
        found = _TAG.match(self.source, at)
        if not found:
            raise self.fail("Unclosed start tag" if ">" not in self.source[at:] else "Unsupported start tag", at)
        name = found[2].lower()
        if found[1]:
            self._close(name, at)
        elif name not in _TAGS:
            raise self.fail(f'Unsupported start tag "{name}"', at)
        else:
            given = {key.lower(): html.unescape(a or b) for key, a, b in _ATTRIBUTE.findall(found[3])}
            if name == "span" and given.get("class") != "tg-spoiler":
                raise self.fail('Tag "span" must have class "tg-spoiler"', at)
            self.open.append((name, units(self.text), _kind(name, given)))
        return found.end()

    def _close(self, name: str, at: int) -> None:
        if not self.open:
            raise self.fail("Unexpected end tag", at)
        expected, start, kind = self.open.pop()
        if expected != name:
            raise self.fail(f'Unmatched end tag, expected "</{expected}>", found "</{name}>"', at)
        length = units(self.text) - start
        if length and kind.get("url", True):  # a link to nowhere is none
            self.entities.append(kind | {"offset": start, "length": length})


def _kind(name: str, given: dict[str, str]) -> Entity:
    """What a tag with these attributes makes of its text."""
    if name == "a":
        return {"type": "text_link", "url": given.get("href", "")}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": given.get("emoji-id", "")}
    return {"type": "expandable_blockquote" if name == "blockquote" and "expandable" in given else _TAGS[name]}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and entities of HTML.

    Raises:
        ApiError: 400, as Telegram words it, with the byte where reading stopped.

    """
    parsing = _Parsing(source)
    at = 0
    while at < len(source):
        if source[at] == "<":
            at = parsing.tag(at)
            continue
        special = _CHARACTER.match(source, at) if source[at] == "&" else None
        if special:
            parsing.text += _NAMED.get(special[1] or "") or chr(
                int(special[2] or special[3] or "fffd", 10 if special[2] else 16)
            )
            at = special.end()
            continue
        end = min((n for n in (source.find("<", at + 1), source.find("&", at + 1)) if n > 0), default=len(source))
        parsing.text += source[at:end]
        at = end
    if parsing.open:
        raise bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{parsing.open[-1][0]}\""
        )
    return parsing.text, sorted(parsing.entities, key=lambda e: (e["offset"], -int(str(e["length"]))))


def found_entities(text: str) -> list[Entity]:
    """What Telegram finds by itself in what people type: commands, mentions and links."""
    return [
        {"type": kind, "offset": units(text[: found.start()]), "length": units(found[0])}
        for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION), ("url", _URL))
        for found in pattern.finditer(text)
    ]


def typed(text: str) -> tuple[str, list[Entity]]:
    """What the app makes of marks that people type: **bold**, __italic__, ~~struck~~, ||hidden|| and `code`."""
    source = html.escape(text, quote=False)
    for pattern, tag in _TYPED:
        source = pattern.sub(rf"<{tag}>\1</{tag}>", source)
    try:
        return parse_html(source)
    except ApiError:  # marks that cross are left as they are
        return text, []


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """A message for the page: safe HTML that shows its entities."""
    raw = text.encode("utf-16-le", "surrogatepass")
    marks: dict[int, list[str]] = {}
    for entity in sorted(entities, key=lambda e: -int(str(e["length"]))):
        start, length = int(str(entity["offset"])), int(str(entity["length"]))
        opening, closing = _tags_of(entity)
        marks.setdefault(start, []).append(opening)
        marks.setdefault(start + length, []).insert(0, closing)
    cuts = sorted({0, len(raw) // 2, *marks})
    parts: list[str] = []
    for cut, following in zip(cuts, [*cuts[1:], cuts[-1]], strict=True):
        parts += marks.get(cut, [])
        parts.append(html.escape(raw[cut * 2 : following * 2].decode("utf-16-le", "replace")))
    return "".join(parts)


def _tags_of(entity: Entity) -> tuple[str, str]:
    kind = str(entity["type"])
    if kind == "text_link":
        url = html.escape(str(entity["url"]))
        return f'<a href="{url}" target="_blank" rel="noopener noreferrer">', "</a>"
    if kind == "spoiler":
        return '<span class="spoiler">', "</span>"
    if kind == "bot_command":
        return '<span class="command">', "</span>"
    tag = _SHOWN.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
