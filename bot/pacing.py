"""How long to wait before the next send: pure, monotonic seconds in, seconds out."""

from __future__ import annotations

from collections import deque

_WINDOW = 1.0
_CHAT_BURST = 5
_MARGIN = 0.985
"""The share of the allowed rate that is used: messages don't arrive as evenly as they leave."""

_CATCH_UP = 0.03
"""Seconds of lateness that may be caught up at once: at 28 a second one message, at 1,000 a batch of thirty."""

_BACK_OFF = 0.5
"""What a 429 leaves of the rate."""

_RECOVERY = 1 / 60
"""The share of the whole rate that is won back each second: from half to all in half a minute."""

_SLOWEST = 1.0
"""Messages a second below which no 429 brings the rate."""

_GROUP_WINDOW = 60.0
_GROUP_LIMIT = 20
"""Messages a minute to one group (Telegram, Bots FAQ, "My bot is hitting limits")."""


class Pacer:
    """Keeps under Telegram's limits: so many messages a second in all, one a second a chat, twenty a minute a group.

    A private chat may get up to five at once, as many as five seconds allow: people press several buttons in a row.
    After a 429 nothing goes out for as long as Telegram asked, then half the rate, which grows back evenly (additive
    increase, multiplicative decrease). Every ``now`` is a monotonic reading in seconds, never a time of day.
    """

    def __init__(self, rate: float) -> None:
        """Allow ``rate`` messages a second, spaced evenly."""
        self._full = rate * _MARGIN
        self._rate = self._full
        self._rated_at = 0.0
        self._next = 0.0
        self._silent_until = 0.0
        self._tidy_at = 0.0
        self._recent: dict[int, deque[float]] = {}

    def wait_seconds(self, now: float) -> float:
        """Seconds until any message may go out."""
        return max(self._next - now, self._silent_until - now, 0.0)

    def allowance(self, now: float) -> int:
        """How many messages may go out now."""
        if self.wait_seconds(now):
            return 0
        rate = self._rate_at(now)
        return min(_burst(rate), int((now - self._next) * rate) + 1)

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
        sent = self._recent.setdefault(chat_id, deque(maxlen=_GROUP_LIMIT if chat_id < 0 else _CHAT_BURST))
        sent.append(now)

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

    def busy_chats(self, now: float) -> set[int]:
        """The chats that have to wait; those that don't are forgotten."""
        if now >= self._tidy_at:
            self._tidy_at = now + _WINDOW
            self._recent = {c: s for c, s in self._recent.items() if s[-1] + _memory(c) > now}
        return {chat_id for chat_id in self._recent if self.chat_wait_seconds(now, chat_id) > 0}

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
