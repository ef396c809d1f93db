"""How long to wait before the next send: pure, monotonic seconds in, seconds out."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Set as AbstractSet

_WINDOW = 1.0
_CHAT_BURST = 5
_MARGIN = 0.985
"""The share of the allowed rate that is used: messages don't arrive as evenly as they leave."""

_JITTER = 0.002
"""Seconds that are kept free between what leaves a window and what comes into it."""

_CATCH_UP = 0.03
"""Seconds of lateness that may be caught up at once: at 28 a second one message, at 1,000 a batch of thirty."""

_TOGETHER = 0.01
"""Seconds whose messages leave together, and share a commit: at 28 a second one, at 1,000 a batch of nine."""

_FORGETTING = 0.01
"""The share by which the shortest way is thought to grow each second, so that one that has grown is believed."""

_BACK_OFF = 0.5
"""What a 429 leaves of the rate."""

_RECOVERY = 1 / 60
"""The share of the whole rate that is won back each second: from half to all in half a minute."""

_SLOWEST = 1.0
"""Messages a second below which no 429 brings the rate."""

_GROUP_WINDOW = 60.0
_GROUP_LIMIT = 20
"""Messages a minute to one group (Telegram, Bots FAQ, "My bot is hitting limits")."""


class _Window:
    """How many messages the far side may have counted in the last second, however long each was on its way.

    One that is under way counts. One that was answered counts from the latest moment at which it can have arrived: its
    answer, less the shortest way there and back. So neither a slow connection nor a busy machine makes a second too
    full: a message that may have come late keeps its place for longer.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._under_way: dict[int, float] = {}
        self._answered: deque[float] = deque()
        self._shortest = math.inf
        self._answered_at = 0.0

    def leave(self, now: float, chat_id: int) -> None:
        """A message to this chat sets out."""
        self._under_way[chat_id] = now

    def answer(self, now: float, chat_id: int) -> None:
        """The message to this chat was answered; nothing is known of it where that took longer than a second."""
        left = self._under_way.pop(chat_id, None)
        if left is not None:
            believed = self._shortest * (1 + _FORGETTING * (now - self._answered_at))
            self._shortest, self._answered_at = min(believed, now - left), now
        self._answered.append(now)

    def room(self, now: float) -> int:
        """How many more the last second holds."""
        while self._answered and self._answered[0] <= now - self._age:
            self._answered.popleft()
        while self._under_way and (oldest := next(iter(self._under_way.items())))[1] <= now - _WINDOW:
            del self._under_way[oldest[0]]
        return self._most - len(self._answered) - len(self._under_way)

    def wait_seconds(self, now: float) -> float:
        """Seconds until there may be room; more than none while there is not."""
        if self.room(now) > 0:
            return 0.0
        soonest = [self._answered[0] + self._age] if self._answered else []
        soonest += [next(iter(self._under_way.values())) + _WINDOW] if self._under_way else []
        return max(min(soonest) - now, _JITTER / 2)

    @property
    def _age(self) -> float:
        """Seconds after its answer at which a message surely left the second."""
        return _WINDOW + _JITTER - min(self._shortest, _WINDOW)


class Pacer:
    """Keeps under Telegram's limits: so many messages a second in all, one a second a chat, twenty a minute a group.

    A private chat may get up to five at once, as many as five seconds allow: people press several buttons in a row.
    After a 429 nothing goes out for as long as Telegram asked, then half the rate, which grows back evenly (additive
    increase, multiplicative decrease). Every ``now`` is a monotonic reading in seconds, never a time of day.
    """

    def __init__(self, rate: float) -> None:
        """Allow ``rate`` messages a second, spaced evenly."""
        self._full = rate * _MARGIN
        self._window = _Window(max(1, math.ceil(rate)))
        self._rate = self._full
        self._rated_at = 0.0
        self._next = 0.0
        self._silent_until = 0.0
        self._tidy_at = 0.0
        self._recent: dict[int, deque[float]] = {}
        self._busy: set[int] = set()

    def wait_seconds(self, now: float) -> float:
        """Seconds until messages may go out: one, or at a high rate as many as leave together."""
        rate = self._rate_at(now)
        together = max(1, int(rate * _TOGETHER))
        paced = self._next + (together - 1) / rate - now
        return max(paced, self._silent_until - now, self._window.wait_seconds(now), 0.0)

    def allowance(self, now: float) -> int:
        """How many messages may go out now."""
        if self.wait_seconds(now):
            return 0
        rate = self._rate_at(now)
        return min(_burst(rate), int((now - self._next) * rate) + 1, self._window.room(now))

    def chat_wait_seconds(self, now: float, chat_id: int) -> float:
        """Seconds until a message to this chat may go out."""
        sent = self._recent.get(chat_id)
        if not sent:
            return 0.0
        if chat_id < 0:
            return max(
                sent[-1] + _WINDOW - now, sent[0] + _GROUP_WINDOW - now if len(sent) >= _GROUP_LIMIT else 0.0, 0.0
            )
        return max(sent[0] + _CHAT_BURST * _WINDOW - now, 0.0) if len(sent) >= _CHAT_BURST else 0.0

    def spend(self, now: float, chat_id: int) -> None:
        """Count a message that goes out now."""
        rate = self._rate_at(now)
        self._next = max(self._next, now - _burst(rate) / rate) + 1 / rate
        self._window.leave(now, chat_id)
        sent = self._recent.setdefault(chat_id, deque(maxlen=_GROUP_LIMIT if chat_id < 0 else _CHAT_BURST))
        sent.append(now)
        if self.chat_wait_seconds(now, chat_id):
            self._busy.add(chat_id)

    def answered(self, now: float, chat_id: int) -> None:
        """The message that went out to this chat was answered, whatever the answer, or given up."""
        self._window.answer(now, chat_id)

    def be_silent(self, now: float, seconds: float) -> None:
        """Nothing goes out for ``seconds``, whatever else is said meanwhile."""
        self._silent_until = max(self._silent_until, now + seconds)

    def obey(self, now: float, seconds: float) -> None:
        """A 429 came that asks for ``seconds``: be silent for so long, then slower.

        Several that come while it lasts are answers to messages that had left already, and slow us down only once.
        """
        if now >= self._silent_until:
            self._rate = max(self._rate_at(now) * _BACK_OFF, min(_SLOWEST, self._full))
        self.be_silent(now, seconds)
        self._rated_at = self._silent_until

    def busy_chats(self, now: float) -> AbstractSet[int]:
        """The chats that have to wait; those that don't are forgotten."""
        if now >= self._tidy_at:
            self._tidy_at = now + _WINDOW
            self._recent = {c: s for c, s in self._recent.items() if s[-1] + _memory(c) > now}
        self._busy = {chat_id for chat_id in self._busy if self.chat_wait_seconds(now, chat_id) > 0}
        return self._busy

    def _rate_at(self, now: float) -> float:
        """Messages a second at this moment; what a 429 took grows back from the end of its silence on."""
        if self._rate < self._full and now > self._rated_at:
            self._rate = min(self._full, self._rate + self._full * _RECOVERY * (now - self._rated_at))
            self._rated_at = now
        return self._rate


def _burst(rate: float) -> int:
    """How many messages may leave together at a rate."""
    return max(1, int(rate * _CATCH_UP))


def _memory(chat_id: int) -> float:
    """Seconds after which a message to a chat no longer counts."""
    return _GROUP_WINDOW if chat_id < 0 else _CHAT_BURST * _WINDOW
