"""A canvas for people who read from left to right or from right to left: what is drawn at its start mirrors itself."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources

from arabic_reshaper import ArabicReshaper  # pyright: ignore[reportMissingTypeStubs]
from bidi.algorithm import get_display  # pyright: ignore[reportMissingTypeStubs]
from PIL import Image, ImageDraw, ImageFont

Colour = str
"""``#rrggbb``."""

_COLOURS = 64
"""Of the finished picture: flat areas and grey edges of letters need no more, and a small file is sent sooner."""

_LAST_DRAWN = 0x2E80
"""From here on there are signs of scripts that the font does not hold; Arabic's joined forms lie far behind."""

_CLOSING = re.compile(r"\s?[»”]$")
"""A quotation's end, which stays when what it says is cut."""

_RESHAPER = ArabicReshaper({"delete_harakat": True, "support_ligatures": True, "ARABIC LIGATURE ALLAH": False})


class Align(StrEnum):
    """Which part of a text stands at its place."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Canvas:
    """A white picture. Every x is counted from where its readers begin a line."""

    def __init__(self, width: int, height: int, *, right_to_left: bool = False) -> None:
        """Begin with nothing on it."""
        self.width = width
        self._right_to_left = right_to_left
        self._image = Image.new("RGB", (width, height), "white")
        self._draw = ImageDraw.Draw(self._image)

    def box(  # noqa: PLR0913  a place and a size
        self, x: float, y: float, width: float, height: float, colour: Colour, *, radius: int = 0
    ) -> None:
        """A filled rectangle; it is at least a pixel wide and high."""
        left = self.width - x - width if self._right_to_left else x
        corners = (left, y, left + max(width, 1) - 1, y + max(height, 1) - 1)
        if radius:
            self._draw.rounded_rectangle(corners, radius, fill=colour)
        else:
            self._draw.rectangle(corners, fill=colour)

    def line(self, points: Sequence[tuple[float, float]], colour: Colour, *, width: int = 3) -> None:
        """A line through points."""
        placed = [(self._place(x), y) for x, y in points]
        self._draw.line(placed, fill=colour, width=width, joint="curve")

    def text(  # noqa: PLR0913  how a text stands
        self,
        x: float,
        y: float,
        text: str,
        size: int,
        colour: Colour,
        *,
        bold: bool = False,
        align: Align = Align.START,
        room: float | None = None,
    ) -> float:
        """Write a line whose capitals begin at ``y``; cut to ``room``. Return its width."""
        font = _font(size, bold=bold)
        drawn = self._fitted(text, font, room)
        width = font.getlength(drawn)
        shift = {Align.START: 0.0, Align.MIDDLE: width / 2, Align.END: width}[align]
        left = self._place(x - shift) - (width if self._right_to_left else 0)
        self._draw.text((left, y), drawn, fill=colour, font=font, anchor="la")
        return width

    def size_within(self, room: float, text: str, size: int, *, bold: bool = False) -> int:
        """The largest size up to ``size`` at which a line has room uncut; not below half of it."""
        whole, sizes = self._shaped(_plain(text)), range(size, size // 2, -1)
        return next((one for one in sizes if _font(one, bold=bold).getlength(whole) <= room), size // 2)

    def png(self) -> bytes:
        """The picture as a file."""
        packed = io.BytesIO()
        self._image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(packed, "PNG")
        return packed.getvalue()

    def _place(self, x: float) -> float:
        return self.width - x if self._right_to_left else x

    def _fitted(self, text: str, font: ImageFont.FreeTypeFont, room: float | None) -> str:
        """A text ready to draw, shortened from its end where there is no room for it."""
        plain = _plain(text)
        whole = self._shaped(plain)
        if room is None or font.getlength(whole) <= room:
            return whole
        marked = _CLOSING.search(plain)
        end = f"…{marked[0]}" if marked else "…"
        fits, too_long = 0, len(plain)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if font.getlength(self._shaped(plain[:middle].rstrip() + end)) <= room:
                fits = middle
            else:
                too_long = middle
        return self._shaped(plain[:fits].rstrip() + end)

    def _shaped(self, text: str) -> str:
        """The glyphs of a text from left to right: Arabic letters joined, then brought into the order of the eye.

        A text runs in the direction of its own first letter, so that a French title stands whole among Arabic ones;
        numbers run in that of the picture.
        """
        has_letters = any(sign.isalpha() for sign in text)
        own = "R" if self._right_to_left else "L"
        return str(get_display(_RESHAPER.reshape(text), base_dir=None if has_letters else own))


def _plain(text: str) -> str:
    """One line without what can't be drawn or would disturb the order of its neighbours."""
    visible = [sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf"]
    return " ".join("".join(sign if _is_drawn(sign) else " " for sign in visible).split())


def _is_drawn(sign: str) -> bool:
    return ord(sign) < _LAST_DRAWN and not unicodedata.category(sign).startswith("C")


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    file = io.BytesIO((resources.files("bot.insight") / "fonts" / name).read_bytes())
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
