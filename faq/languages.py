"""The languages people ask in, the languages we answer in, and what ties them."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """What a question is written in; Darija is two, one for each script."""

    FR = "fr"
    AR = "ar"
    ARY = "ary"
    ARY_LATN = "ary-latn"
    EN = "en"


class ReplyLanguage(StrEnum):
    """What an answer is written in. Its order is the order in which languages are offered."""

    FR = "fr"
    AR = "ar"
    EN = "en"


OWN_NAMES = {ReplyLanguage.FR: "Français", ReplyLanguage.AR: "العربية", ReplyLanguage.EN: "English"}
"""Each language's name in its own spelling: a reader finds only that one."""

LOCALES = {ReplyLanguage.FR: "fr_MA", ReplyLanguage.AR: "ar_MA", ReplyLanguage.EN: "en"}
"""The Babel locale that dates, durations and numbers are written in."""

RIGHT_TO_LEFT = frozenset({ReplyLanguage.AR})

_REPLIES = {
    Language.FR: ReplyLanguage.FR,
    Language.AR: ReplyLanguage.AR,
    Language.ARY: ReplyLanguage.AR,
    Language.ARY_LATN: ReplyLanguage.AR,
    Language.EN: ReplyLanguage.EN,
}


def reply_language(language: Language, *, half_french: bool = False) -> ReplyLanguage:
    """The language that answers a message: Darija gets Arabic or, where it is half French, French."""
    if language is Language.ARY_LATN and half_french:
        return ReplyLanguage.FR
    return _REPLIES[language]


def from_client(code: str | None) -> ReplyLanguage | None:
    """The reply language for an IETF tag such as ``fr-MA`` that a chat program reports, if we have it."""
    primary = (code or "").split("-")[0].lower()
    return ReplyLanguage(primary) if primary in set(ReplyLanguage) else None
