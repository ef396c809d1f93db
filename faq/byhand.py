"""What a text gives by hand although the call knows it as a fact: it would stay as it is when the fact changes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import get_month_names

from faq.answering import PLACEHOLDER
from faq.call import Call
from faq.languages import LOCALES, ReplyLanguage
from faq.markup import Html, as_text
from faq.matching.normalising import plain
from faq.ordinals import in_words

_MONTHS_OF = (*LOCALES.values(), "fr", "ar", "ar_DZ", "ar_LB")
"""Where the names of months are taken from: Arabic has those of the Maghreb, of Egypt and of the Levant."""

_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")
"""Each language has short names, and names that stand alone."""

_BETWEEN = str.maketrans(
    {
        **dict.fromkeys("\N{FRACTION SLASH}\N{DIVISION SLASH}\N{ARABIC DATE SEPARATOR}\\|", "/"),
        **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}_", "-"),
        **dict.fromkeys("\N{MIDDLE DOT}\N{BULLET}", "."),
        "\N{ARABIC COMMA}": ",",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)

_MAY = re.compile(
    r"(\b(?:on|by|until|before|from) (?:\d\d? )?may\b)|"
    r"\bmay(?= (?:\d+ )?(?!(?:at|by|before|until|and|or|to|of|in|is|noon|midnight)\b)[a-z])"
)
"""The month where it must be one, or the verb: that is written small, and another verb or a noun follows."""

_TELEPHONE = re.compile(r"\+\d(?:[ .-]?\d){7,11}(?!\d)|(?<!\d)0\d([ .-])\d\d(?:\1\d\d){3}(?!\d)")

_NTH = r"(?:st|nd|rd|th|er|e|eme|°|o)?"
_GAP = r"[ .,/()-]{0,4}"
_AND = r"(?:,? (?:et|and|au|a|to|ou|or|و|الي|حتي) ?| ?[,/&-] ?)"
_OTHERS = rf"(?:{_AND}\d\d?{_NTH}){{0,2}}"
"""Other days of the same month that a day stands before: "du 24 au 30 juillet"."""

_OF = ("day", "jour", "of", "de", "du", "ce", "the", "mois", "month", "من", "شهر")
_YEARS = ("de", "of", "year", "edition", "de l'an", "de l'année", "سنة", "عام")
_UNTIL = ("le", "au", "until", "by", "before", "avant", "قبل", "يوم")
_HOUR = r"(?=,? (?:(?:علي )?الساعه|(?:a |at )?\d\d? ?(?:h(?:eures?)?\b|h\d|:\d|[ap]\.?m\b)))"

_FEWEST_DIGITS = 10
"""A number from here on has two digits, and so can't be half of a fraction or of a measure unseen."""

_MONTHS = 12


def by_hand(text: str, call: Call, language: ReplyLanguage) -> list[tuple[str, str]]:
    """The call's facts that a text gives by hand, each with the placeholder that would follow a change of it."""
    written = PLACEHOLDER.sub(" ", text).casefold()
    named = [(fact[language], f"{{facts.{key}}}") for key, fact in call.facts.items() if key != "zone"]
    named += [(urlsplit(url).netloc, f"{{links.{key}}}") for key, url in call.links.items()]
    if call.deadline is not None:
        local = call.deadline.local
        named += [(said, "{deadline}") for said in (f"{local:%H:%M}", f"{local:%H}h{local:%M}")]
    found = {placeholder: said for said, placeholder in reversed(named) if said and said.casefold() in written}
    return [(said, placeholder) for placeholder, said in found.items()]


def gives_deadline(text: str, call: Call, *, is_markup: bool = True) -> bool:
    """Whether a text gives the day of the deadline, in any of our languages: in figures, or with its month's name.

    The same day of another year is another day; a day without a year is the deadline's. In doubt it is a date: a wrong
    refusal costs other words, a date that is missed stays there when the deadline moves. Titles are no markup.
    """
    if call.deadline is None:
        return False
    written = PLACEHOLDER.sub(" ", text)
    written = _as_compared(as_text(Html(written)) if is_markup else written)
    wanted = call.deadline.local.date()
    return any(
        (found[1] or f"{wanted.year}") in {f"{wanted.year}", f"{wanted:%y}"}
        for form in (*_named_forms(wanted), *_forms_in_figures(wanted))
        for found in re.finditer(form, written)
    )


def _as_compared(text: str) -> str:
    """A text in plain letters, with one sign for all that are alike, and without what only looks like a date."""
    written = plain(_MAY.sub(lambda found: found[1] or "can", text)).translate(_BETWEEN)
    return " ".join(_TELEPHONE.sub(" ", written).split())


def _named_forms(wanted: date) -> list[str]:
    """How people write a day with its month's name, as patterns; each has a group for the year, if one stands there."""
    spelled = _one_of(re.escape(plain(one)).replace(r"\-", "[ -]") for one in in_words(wanted.day))
    day = rf"(?:(?<!\d)(?<!\d[:h])0?{wanted.day}{_NTH}|(?<![\w-])(?<!vingt )(?<!twenty ){spelled})"
    name = _one_of(_names(wanted.month, _MONTHS_OF))
    leading = _one_of(_names(wanted.month, [one for one in _MONTHS_OF if not one.startswith("fr")]))
    of = rf"(?:{_one_of(_OF)} ){{0,6}}[بل]?"
    return [
        rf"{day}{_OTHERS}{_GAP}{of}{name}\b\.?{_later()}",
        rf"\b{leading}\b\.?[ ,-]+(?:the )?(?:\d\d?{_NTH}{_AND})?{day}(?![\d:]|h\d){_later()}",
        rf"\b{name}\b\.?[ ,-]+(?:le )?{day}(?![\d:]|h\d| [^\W\d]){_later()}",  # no "juillet 24 dossiers"
    ]


def _forms_in_figures(wanted: date) -> list[str]:
    """The same for a day in figures only."""
    day, month = f"0?{wanted.day}", f"0?{wanted.month}"
    begin, between, year = r"(?<!\d)(?<!\d[.,])", r"(?: ?[/.,-] ?| )", r"(\d{4}|\d\d)(?![\d:]|[.,]\d)"
    bare = rf"{day}/0{wanted.month}" if wanted.month < _FEWEST_DIGITS else f"{wanted:%d/%m}"
    short = rf"{day} ?[/.-] ?{month}"
    forms = [
        rf"{begin}{day}{_OTHERS}{between}{month}{between}{year}",
        rf"(?<!\d)(?=(\d{{4}})){wanted.year}{between}{month}{between}{day}(?!\d)",
        rf"(?<![\d/])(?<!loi )(?<!n° )(?<!no ){bare}(?![\d/])()",
        rf"(?<![\d/.]){short}{_HOUR}()",
        rf"\b{_one_of(_UNTIL)} {short}(?!\d| ?[/.,-] ?\d| \d{{4}}| ?%)()",
        rf"{begin}{day}{_NTH} (?:{_one_of(_OF)} )*{_one_of(('mois', 'month', 'شهر'))} {month}(?!\d){_later()}",
    ]
    if wanted.day > _MONTHS:  # no month: the order of the two is free
        forms.append(rf"{begin}{month}{between}{day}{between}{year}")
    return forms


def _later() -> str:
    """The year that may follow."""
    return rf"(?:[ ,./()-]+(?:{_one_of(_YEARS)} )*(\d{{4}})(?!\d))?"


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(plain, words), key=len, reverse=True))})"


def _names(month: int, locales: Iterable[str]) -> set[str]:
    """What a month is called, as patterns over plain letters."""
    return {
        re.escape(plain(get_month_names(width, context, locale)[month]).strip("."))
        for width in _WIDTHS
        for context in _CONTEXTS
        for locale in locales
    }
