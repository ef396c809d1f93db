"""Made-up files that people send."""

from __future__ import annotations

import struct
import zlib


def _png(width: int, height: int) -> bytes:
    """A picture to send: a plain field that grows lighter to the right."""
    line = b"\0" + b"".join(bytes((31, 111, 159 + 90 * x // width)) for x in range(width))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(line * height)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 298 420]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

SAMPLES = {"picture": ("picture.png", _png(320, 200)), "sample": ("document.pdf", _PDF)}
"""A picture of a plain field and a document of one empty page, by their ids."""
