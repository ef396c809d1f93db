"""What owners do, and what they are to read: the words of a change are made from the call, not copied."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from bot.sandbox import Person, Shown
from bot.sandbox.markup import parse_html
from faq import Call, answering
from faq.deadline import Amendment
from faq.languages import ReplyLanguage

NOTICE = "https://www.example.org/avis"
OLD = datetime(2025, 7, 24, 14, tzinfo=UTC)
NEW = datetime(2025, 7, 31, 14, tzinfo=UTC)
LONGER = f"/newdeadline 31/07/2025 15:00 {NOTICE}"
ON_SUNDAY = date(2025, 7, 20)
"""The day on which every test begins."""


def amended(call: Call, *locals_: datetime | None, announced: date = ON_SUNDAY) -> Call:
    """The call after changes of its deadline to these legal times (None: cancelled), all announced on one day."""
    return call.amended(
        Amendment(version=number, local=local, announced=announced, source=NOTICE, decided_at=OLD)
        for number, local in enumerate(locals_, 2)
    )


def longer(call: Call, *, announced: date = ON_SUNDAY) -> Call:
    """The call after `LONGER`."""
    return amended(call, datetime(2025, 7, 31, 15), announced=announced)  # noqa: DTZ001  legal times are naive


def plain(text: str) -> str:
    """Markup as people read it."""
    return parse_html(text)[0]


def read(text: str) -> str:
    """A text without the marks that keep right-to-left and left-to-right words in order, which nobody sees."""
    return text.replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")


def notice(call: Call, language: str) -> str:
    """What the last change of a call's deadline reads like."""
    return plain(answering.notice_text(call, language=ReplyLanguage(language)))


def moment(call: Call, instant: datetime, language: str = "fr") -> str:
    """An instant as people read it."""
    return plain(answering.moment_text(call, instant, language=ReplyLanguage(language)))


_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def code_in(preview: Shown) -> str:
    """The code by which a lone owner confirms."""
    return _CODE.findall(preview.text)[-1]


async def changes(owner: Person, request: str) -> Shown:
    """A lone owner asks for a change and confirms it; the bot's last word on it."""
    owner.says(request)
    owner.says(code_in(await owner.hears(lambda message: bool(_CODE.search(message.text)))))
    return await owner.hears()
