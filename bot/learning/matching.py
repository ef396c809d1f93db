"""The matcher that answers at this moment: what was trained, with what was taught since laid over it."""

from __future__ import annotations

from bot.current import CurrentCall
from faq import Call, Decision, Matcher
from faq.lessons import trainable
from faq.wording import Wording


class CurrentMatcher:
    """Decides by the call as it stands; `swap` puts another trained matcher in."""

    def __init__(self, matcher: Matcher, current: CurrentCall) -> None:
        """Begin with the matcher of the call's folder."""
        self._current = current
        self._served = (matcher, trainable(current.folder))
        self._laid: tuple[Call, Call, Wording] | None = None

    @property
    def trained(self) -> Call:
        """The call as the served matcher knows it."""
        return self._served[1]

    def swap(self, matcher: Matcher, trained: Call) -> None:
        """Serve another matcher, that of the call ``trained``."""
        self._served = (matcher, trained)

    def match(self, text: str) -> Decision:
        """Decide about a message; several threads may ask."""
        call, (matcher, trained) = self._current.call, self._served
        laid = self._laid
        if laid is None or laid[0] is not call or laid[1] is not trained:
            laid = self._laid = (call, trained, Wording(call, trained))
        return laid[2].match(matcher, text)
