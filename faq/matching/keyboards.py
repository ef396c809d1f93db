"""Messages typed with the keyboard in the wrong alphabet, such as `يثمضه` for `delai`, put right.

The layouts are those of PCs sold in Morocco and abroad: Arabic (101), French AZERTY and US QWERTY, key by key.
"""

from __future__ import annotations

import unicodedata

_ARABIC = (*"ضصثقفغعهخحجدشسيبلاتنمكطئءؤر", "لا", *"ىةوزظ")
_AZERTY = "azertyuiop^$qsdfghjklmùwxcvbn,;:!"
_QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_TWO_LETTERS = "لا"
"""The one key that writes two letters."""


def retyped(text: str) -> list[str]:
    """What a text would read if the other alphabet had been meant, a reading a layout."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    if any("\u0620" <= letter <= "\u064a" for letter in lowered):
        return [_meant(lowered, dict(zip(_ARABIC, latin, strict=True))) for latin in (_AZERTY, _QWERTY)]
    return [_meant(lowered, dict(zip(latin, _ARABIC, strict=True))) for latin in (_AZERTY, _QWERTY)]


def _meant(text: str, keys: dict[str, str]) -> str:
    if _TWO_LETTERS in keys:
        text = text.replace(_TWO_LETTERS, keys[_TWO_LETTERS])
    return "".join(keys.get(letter, letter) for letter in text)
