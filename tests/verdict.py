"""Whether delivery kept its contract: what the far side counted, against what the database holds and the plan lists."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.rules.outbox import State
from bot.texts import Texts
from faq.languages import ReplyLanguage

_TEXTS = Texts()
REHEARSAL, REPEAT = (_TEXTS.plain(ReplyLanguage.EN, key) for key in ("rehearsal", "repeat"))


class Policy(StrEnum):
    """What is to become of a message of unclear delivery: repeated once and marked, or held for staff."""

    REMINDER = "reminder"
    BROADCAST = "broadcast"

    @property
    def tries(self) -> int:
        """How often one message may be sent, and so how often its delivery has to be unclear before it is held."""
        return 2 if self is Policy.REMINDER else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known when the storm is over.

    ``delivered`` is the far side's tally (chat, text) in its order, ``rows`` the database's (chat, state), and
    ``listed`` the chats that the plan names as held. ``unclear`` counts how often a chat's message was on its way when
    the bot was killed; ``faults`` more times the far side broke an exchange, nobody knows with which chat.
    """

    people: Collection[int]
    delivered: Iterable[tuple[int, str]]
    rows: Collection[tuple[int, str]]
    listed: Collection[int]
    unclear: Mapping[int, int] = field(default_factory=dict[int, int])
    faults: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """How many fared how, and what was breached."""

    once: int
    marked: int
    held: int
    held_undelivered: int
    lost: int
    doubled: int
    breaches: tuple[str, ...]


def judge(policy: Policy, seen: Evidence, *, also: Iterable[str] = ()) -> Verdict:
    """Hold the contract against the evidence; ``also`` are breaches that were seen before."""
    heard = defaultdict[int, list[str]](list)
    for chat_id, text in seen.delivered:
        heard[chat_id].append(text)
    held = set(seen.listed)
    twice = {chat_id for chat_id, texts in heard.items() if len(texts) > 1}
    doubled = {chat_id for chat_id in twice if policy.tries == 1 or not _is_marked(heard[chat_id])}
    lost = set(seen.people) - set(heard) - held
    found = {
        "got nothing and are not listed as held": lost,
        "got it twice without being told": doubled,
        "are strangers": set(heard) - set(seen.people),
        "are listed as held, but not held in the database, or the other way round": held
        ^ {chat_id for chat_id, state in seen.rows if state == State.HELD},
        "stand as sent, but got nothing": {chat_id for chat_id, state in seen.rows if state == State.SENT} - set(heard),
        "are neither sent nor held": {c for c, state in seen.rows if state not in {State.SENT, State.HELD}},
        "have not exactly one row": _not_once(seen),
    }
    breaches = [f"{len(chats)} {what}: {sorted(chats)[:5]}" for what, chats in found.items() if chats]
    return Verdict(
        once=len(heard) - len(twice),
        marked=len(twice - doubled),
        held=len(held),
        held_undelivered=len(held - set(heard)),
        lost=len(lost),
        doubled=len(doubled),
        breaches=(*also, *breaches, *_unexplained(policy, seen, twice, held)),
    )


def is_repeat(text: str) -> bool:
    """Whether a text begins with the mark of a repeat; only that of a rehearsal may stand before it."""
    return text.removeprefix(REHEARSAL).lstrip().startswith(REPEAT)


def _is_marked(texts: list[str]) -> bool:
    """Whether of two texts the second says that it is a repeat."""
    return len(texts) == Policy.REMINDER.tries and is_repeat(texts[1])


def _not_once(seen: Evidence) -> set[int]:
    rows = Counter(chat_id for chat_id, _ in seen.rows)
    return {chat_id for chat_id in {*seen.people, *rows} if rows[chat_id] != 1}


def _unexplained(policy: Policy, seen: Evidence, twice: set[int], held: set[int]) -> list[str]:
    """Repeats and held messages for which neither a kill nor an injected fault gave a reason."""
    reasons = dict.fromkeys(twice, 1) | dict.fromkeys(held, policy.tries)
    missing = sum(max(0, wanted - seen.unclear.get(chat_id, 0)) for chat_id, wanted in reasons.items())
    if missing <= seen.faults:
        return []
    return [f"{missing} repeats or held messages have no kill as their reason, but only {seen.faults} faults were made"]
