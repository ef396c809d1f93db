"""What a text gives by hand although the call knows it as a fact: it would stay as it is when the fact changes."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal
from urllib.parse import urlsplit

from babel.dates import get_month_names

from faq.answering import PLACEHOLDER
from faq.call import Call
from faq.languages import LOCALES, ReplyLanguage
from faq.markup import Html, as_text
from faq.matching.normalising import plain

_MONTHS_OF = (*LOCALES.values(), "fr", "ar", "ar_DZ", "ar_LB")
"""Where the names of months are taken from: Arabic has those of the Maghreb, of Egypt and of the Levant."""

_WIDTHS: tuple[Literal["wide"], Literal["abbreviated"]] = ("wide", "abbreviated")
_CONTEXTS: tuple[Literal["format"], Literal["stand-alone"]] = ("format", "stand-alone")
"""Each language has short names, and names that stand alone."""

_BETWEEN = str.maketrans(
    {
        **dict.fromkeys("\N{FRACTION SLASH}\N{DIVISION SLASH}\N{ARABIC DATE SEPARATOR}", "/"),
        **dict.fromkeys("\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{MINUS SIGN}", "-"),
    }
)
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


def gives_deadline(text: str, call: Call) -> bool:
    """Whether a text gives the day of the deadline in figures or with its month's name, in any of our languages.

    The same day of another year is another day; a day without a year is the deadline's.
    """
    if call.deadline is None:
        return False
    written = plain(as_text(Html(PLACEHOLDER.sub(" ", text)))).translate(_BETWEEN)
    wanted = call.deadline.local.date()
    return any(
        (found[1] or f"{wanted.year}") in {f"{wanted.year}", f"{wanted:%y}"}
        for form in _forms(wanted)
        for found in re.finditer(form, written)
    )


def _forms(wanted: date) -> list[str]:
    """How people write a day, as patterns over plain text; each has a group for the year, if one stands there."""
    day, month = f"0?{wanted.day}", f"0?{wanted.month}"
    name = f"(?:{'|'.join(sorted(map(re.escape, _names(wanted.month)), key=len, reverse=True))})"
    between, year = r"(?:\s*[/.-]\s*|\s+)", r"(\d{4}|\d\d)(?![\d:])"
    nth = r"(?:st|nd|rd|th|er|e|eme)?"
    of = r"(?:(?:day|jour|of|de|du|mois|من|شهر)\s+){0,4}[بل]?"
    later = r"(?:[\s,،./-]+(?:de\s+|of\s+|سنه\s+|عام\s+)?(\d{4})(?!\d))?"
    bare = rf"{day}/0{wanted.month}" if wanted.month < _FEWEST_DIGITS else f"{wanted:%d/%m}"
    forms = [
        rf"(?<!\d){day}{nth}[\s.,/-]*{of}{name}\b\.?{later}",
        rf"\b{name}\b\.?[\s-]+(?:the\s+)?{day}{nth}(?![\d:]|h\d){later}",
        rf"(?<!\d){day}{between}{month}{between}{year}",
        rf"(?<!\d)(?=(\d{{4}})){wanted.year}{between}{month}{between}{day}(?!\d)",
        rf"(?<![\d/]){bare}(?![\d/])()",
    ]
    if wanted.day > _MONTHS:  # no month: the order of the two is free
        forms.append(rf"(?<!\d){month}{between}{day}{between}{year}")
    return forms


def _names(month: int) -> set[str]:
    """What a month is called, in plain letters."""
    return {
        plain(get_month_names(width, context, locale)[month]).strip(".")
        for width in _WIDTHS
        for context in _CONTEXTS
        for locale in _MONTHS_OF
    }
