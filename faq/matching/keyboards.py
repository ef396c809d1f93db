"""Messages typed with the keyboard in the wrong alphabet, such as `يثمضه` for `delai`, put right.

The layouts are those of PCs sold in Morocco and abroad: Arabic (101), French AZERTY and US QWERTY, key by key.
"""

from __future__ import annotations

_ARABIC = "ض ص ث ق ف غ ع ه خ ح ج د ش س ي ب ل ا ت ن م ك ط ئ ء ؤ ر لا ى ة و ز ظ".split()
_AZERTY = "a z e r t y u i o p ^ $ q s d f g h j k l m ù w x c v b n , ; : !".split()
_QWERTY = "q w e r t y u i o p [ ] a s d f g h j k l ; ' z x c v b n m , . /".split()
_LAM_ALEF = _ARABIC.index("لا")


def retyped(text: str) -> list[str]:
    """What a text would read if the other alphabet had been meant, a reading a layout."""
    lowered = text.casefold()
    if any("\u0620" <= letter <= "\u064a" for letter in lowered):
        return [_swapped(lowered, _ARABIC, latin) for latin in (_AZERTY, _QWERTY)]
    return [_swapped(lowered, latin, _ARABIC) for latin in (_AZERTY, _QWERTY)]


def _swapped(text: str, typed: list[str], meant: list[str]) -> str:
    key = dict(zip(typed, meant, strict=True))
    if typed is _ARABIC:  # one key writes two letters
        text = text.replace(_ARABIC[_LAM_ALEF], meant[_LAM_ALEF])
    return "".join(key.get(letter, letter) for letter in text)
