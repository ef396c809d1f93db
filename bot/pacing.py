"""How long to wait before the next send: pure, monotonic seconds in, seconds out."""

from __future__ import annotations

from collections import deque

_WINDOW = 1.0
_CHAT_BURST = 3
_CATCH_UP = 0.04
"""Seconds of lateness that may be caught up at once: at 28 a second one message, at 1,000 a batch of forty."""

_GROUP_WINDOW = 60.0
_GROUP_LIMIT = 20
"""Messages a minute to one group (Telegram, Bots FAQ, "My bot is hitting limits")."""


class Pacer:
    """Keeps under Telegram's limits: so many messages a second in all, one a second a chat, twenty a minute a group.

    Every ``now`` is a monotonic reading in seconds, never a time of day.
    """

    def __init__(self, rate: float) -> None:
        """Allow ``rate`` messages a second, spaced evenly."""
        self._gap = _WINDOW / rate
        self._burst = max(1, int(rate * _CATCH_UP))
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
        return min(self._burst, int((now - self._next) / self._gap) + 1)

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
        self._next = max(self._next, now - self._burst * self._gap) + self._gap
        sent = self._recent.setdefault(chat_id, deque(maxlen=_GROUP_LIMIT if chat_id < 0 else _CHAT_BURST))
        sent.append(now)

    def be_silent(self, now: float, seconds: float) -> None:
        """Obey a 429: nothing goes out for ``seconds``, whatever else is said meanwhile."""
        self._silent_until = max(self._silent_until, now + seconds)

    def busy_chats(self, now: float) -> set[int]:
        """The chats that have to wait; those that don't are forgotten."""
        if now >= self._tidy_at:
            self._tidy_at = now + _WINDOW
            self._recent = {c: s for c, s in self._recent.items() if s[-1] + _memory(c) > now}
        return {chat_id for chat_id in self._recent if self.chat_wait_seconds(now, chat_id) > 0}


def _memory(chat_id: int) -> float:
    """Seconds after which a message to a chat no longer counts."""
    return _GROUP_WINDOW if chat_id < 0 else _CHAT_BURST * _WINDOW
