"""The deadline moved: what was asked for is read, shown, confirmed, and then holds everywhere at once."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.rules import plan
from bot.store.amendments import Proposal
from faq.deadline import Amendment, Deadline, instant_of

_CANCEL = frozenset({"cancel", "annuler", "إلغاء"})
"""What may stand in the place of a date: the call is cancelled."""

PROPOSAL_LASTS = timedelta(hours=24)

_FARTHEST = timedelta(days=3 * 365)
"""A deadline later than this is a slip of the finger."""

_LONGEST_ADDRESS = 400
"""Characters as they stand in a message: an owner sees the address once, and once more in each language's notice."""

_DAY = re.compile(r"(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4}))")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]")
"""A name as machines have one, in any script: no figures alone, no port or sign of markup."""
_HOUR = re.compile(r"(\d{1,2})(?::|h|H)(\d{2})?")


class Fault(StrEnum):
    """Why a change that was asked for can't be made; each is a sentence of the bot."""

    USAGE = "amend-usage"
    NO_DATE = "amend-no-date"
    NO_ADDRESS = "amend-no-address"
    UNKNOWN_ZONE = "amend-unknown-zone"
    IMPOSSIBLE = "amend-impossible"
    PAST = "amend-past"
    FAR = "amend-far"
    SAME = "amend-same"
    UNDATED = "amend-undated"


class AmendmentError(Exception):
    """A change that can't be made; ``what`` is the part of the request that is wrong."""

    def __init__(self, fault: Fault, what: str = "") -> None:
        """Because of ``fault``."""
        super().__init__(fault, what)
        self.fault = fault
        self.what = what


@dataclass(frozen=True, slots=True)
class Request:
    """A new legal time, or None to cancel the call, and the address of the notice that says so."""

    local: datetime | None
    source: str


def read(text: str, deadline: Deadline | None, *, now: datetime) -> Request:
    """What ``31/07/2025 15:00 https://...`` or ``cancel https://...`` asks for; a zone may follow the hour.

    Raises:
        AmendmentError: it asks for nothing that can be done.

    """
    if deadline is None:
        raise AmendmentError(Fault.UNDATED)
    words = text.split()
    if not words:
        raise AmendmentError(Fault.USAGE)
    addresses = [word for word in words if _is_address(word)]
    if len(addresses) != 1:
        raise AmendmentError(Fault.NO_ADDRESS)
    rest = [word for word in words if word not in addresses]
    if len(rest) == 1 and rest[0].lower() in _CANCEL:
        if deadline.cancelled:
            raise AmendmentError(Fault.SAME)
        return Request(None, addresses[0])
    local = legal_time(rest, deadline.zone)
    _check(local, deadline, now=now)
    return Request(local, addresses[0])


def _check(local: datetime, deadline: Deadline, *, now: datetime) -> None:
    """See that a legal time can be a deadline at ``now``.

    Raises:
        AmendmentError: it can't.

    """
    instant = _instant(local, deadline.zone)
    if instant <= now:
        raise AmendmentError(Fault.PAST, f"{local:%Y-%m-%d %H:%M}")
    if instant - now > _FARTHEST:
        raise AmendmentError(Fault.FAR, f"{local:%Y-%m-%d %H:%M}")
    if instant == deadline.instant and not deadline.cancelled:
        raise AmendmentError(Fault.SAME)


def _is_address(word: str) -> bool:
    try:
        parts = urlsplit(word)
        host = parts.hostname or ""
    except ValueError:
        return False
    return len(html.escape(word)) <= _LONGEST_ADDRESS and parts.scheme == "https" and bool(_HOST.fullmatch(host))


def legal_time(words: Sequence[str], zone: str) -> datetime:
    """The naive day and hour in a call's ``zone``; another zone may be named behind them.

    Raises:
        AmendmentError: it is no day and hour, or of a zone that does not exist.

    """
    if not 2 <= len(words) <= 3:  # noqa: PLR2004  a day, an hour, perhaps a zone
        raise AmendmentError(Fault.NO_DATE)
    day, hour = _DAY.fullmatch(words[0]), _HOUR.fullmatch(words[1])
    if not day or not hour:
        raise AmendmentError(Fault.NO_DATE)
    year, month, number = (int(n) for n in (day.group(1, 2, 3) if day[1] else day.group(6, 5, 4)))
    try:
        local = datetime(year, month, number, int(hour[1]), int(hour[2] or 0))  # noqa: DTZ001  legal times are naive
    except ValueError as error:
        raise AmendmentError(Fault.IMPOSSIBLE, " ".join(words[:2])) from error
    if len(words) == 2 or words[2] == zone:  # noqa: PLR2004
        return local
    try:
        other = ZoneInfo(words[2])
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise AmendmentError(Fault.UNKNOWN_ZONE, words[2]) from error
    return _instant(local, other.key).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _instant(local: datetime, zone: str) -> datetime:
    try:
        return instant_of(local, zone)
    except ValueError as error:
        raise AmendmentError(Fault.IMPOSSIBLE, f"{local:%Y-%m-%d %H:%M}") from error


@dataclass(frozen=True, slots=True)
class Moved:
    """A step before the deadline: when it is sent as things stand, and when after the change; None: not at all."""

    step: timedelta
    before: datetime | None
    after: datetime | None


def moved(deadline: Deadline, new: Deadline, steps: Sequence[timedelta], *, now: datetime) -> list[Moved]:
    """What a change does to each step that is still ahead, under the old deadline or the new one."""

    def ahead(of: Deadline, step: timedelta) -> datetime | None:
        at = of.instant - step
        return None if of.cancelled or at <= now else plan.awake(of, at)

    rows = [Moved(step, ahead(deadline, step), ahead(new, step)) for step in steps]
    return [row for row in rows if row.before or row.after]


def amendment(proposal: Proposal, deadline: Deadline, *, now: datetime) -> Amendment:
    """The amendment that a proposal becomes when it is confirmed at ``now``."""
    return Amendment(
        version=proposal.base_version + 1,
        local=proposal.local,
        announced=now.astimezone(ZoneInfo(deadline.zone)).date(),
        source=proposal.source,
        decided_at=now,
        instant=instant_of(proposal.local, deadline.zone) if proposal.local else None,
    )


def is_expired(proposal: Proposal, deadline: Deadline, *, now: datetime) -> bool:
    """Whether a proposal can't be confirmed any more: a day old, or its date went by."""
    too_old = now - proposal.proposed_at > PROPOSAL_LASTS
    return too_old or (proposal.local is not None and instant_of(proposal.local, deadline.zone) <= now)
