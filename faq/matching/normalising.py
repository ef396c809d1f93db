"""One normaliser for all languages, and the consonant skeleton in which both scripts of Darija meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_FOLDED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىئیې", "ي"),
        "ؤ": "و",
        "ة": "ه",
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("گڭݣ", "ك"),
        "پ": "ب",
        "ڤ": "ف",
        "چ": "ش",
        "ء": None,
        "ـ": None,
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ı": "i",
    }
)
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"([^\W\d_])\1+")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_SENTENCE_END = re.compile(r"[.!?؟…;؛\n\r]+(?=\s|$|[^\w])|\n+")
_LONGEST = 4096
"""Characters that are looked at; Telegram lets no message be longer."""

_LONGEST_WORD = 40

_CONSONANTS = str.maketrans(
    {
        **dict.fromkeys("بpب", "b"),
        **dict.fromkeys("تطثt", "t"),
        **dict.fromkeys("جj", "j"),
        **dict.fromkeys("حه7h", "h"),
        **dict.fromkeys("خ5", "x"),
        **dict.fromkeys("دضd", "d"),
        **dict.fromkeys("رr", "r"),
        **dict.fromkeys("زذظz", "z"),
        **dict.fromkeys("سصsc", "s"),
        "ش": "c",
        **dict.fromkeys("ع3", "3"),
        **dict.fromkeys("غ8", "g"),
        **dict.fromkeys("فfv", "f"),
        **dict.fromkeys("قكqkg9", "k"),
        **dict.fromkeys("لl", "l"),
        **dict.fromkeys("مm", "m"),
        **dict.fromkeys("نn", "n"),
        **dict.fromkeys("وw", "w"),
        **dict.fromkeys("يy", "y"),
        **dict.fromkeys("اaeiou2", None),
    }
)
_DIGRAPHS = (
    ("tch", "ش"),
    ("ch", "ش"),
    ("sh", "ش"),
    ("kh", "خ"),
    ("gh", "غ"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("qu", "k"),
    ("ou", "o"),
    ("x", "ش"),
    ("ca", "ka"),
    ("co", "ko"),
    ("cu", "ku"),
)
_CLUSTER_C = re.compile(r"c(?=[^eiy]|$)")
_INNER_GLIDES = re.compile(r"(?<!^)[wy]")


def plain(text: str) -> str:
    """A text without case, accents, letter forms, invisible characters or repeated letters; its punctuation stays.

    Doing it twice changes nothing.
    """
    text = unicodedata.normalize("NFKC", text[:_LONGEST]).casefold().translate(_FOLDED)
    text = unicodedata.normalize("NFD", text[:_LONGEST])
    kept = unicodedata.normalize("NFC", "".join(map(_plain, text)))
    return _RUN.sub(r"\1", kept.translate(_FOLDED))


def words(text: str) -> list[str]:
    """The words of a text."""
    return plain_words(plain(text))


def plain_words(text: str) -> list[str]:
    """The words of a text that is plain already, each no longer than people's words are."""
    return [word[:_LONGEST_WORD] for word in _WORD.findall(text)]


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in {"Mn", "Me", "Cf", "Cs", "Co", "Cn"}:
        return ""
    if category == "Nd":
        return str(unicodedata.digit(character))
    return character


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic letters."""
    return _ARABIC.search(word) is not None


def stem(word: str) -> str:
    """An Arabic word without the light prefixes that are written to it; any other word as it is."""
    if not is_arabic(word):
        return word
    for prefix in ("وال", "فال", "بال", "كال", "لل", "ال"):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:  # noqa: PLR2004  what is left is a root
            return word[len(prefix) :]
    return word


def skeleton(word: str) -> str:
    """The consonants of a word, the same in both scripts: ``wra9`` and ``وراق`` are both ``wrk``."""
    if is_arabic(word):
        word = stem(word)
    elif not word.isdigit():
        for latin, letter in _DIGRAPHS:
            word = word.replace(latin, letter)
        word = _CLUSTER_C.sub("k", word)
    else:
        return word
    bones = _RUN.sub(r"\1", word.translate(_CONSONANTS))
    return _INNER_GLIDES.sub("", bones)


def sentences(text: str) -> list[str]:
    """The sentences of a plain text with the signs that end them, blank ones left out."""
    found: list[str] = []
    start = 0
    for end in [*(sign.end() for sign in _SENTENCE_END.finditer(text)), len(text)]:
        if _WORD.search(sentence := text[start:end]):
            found.append(sentence.strip())
        start = end
    return found
