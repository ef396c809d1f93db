"""What the desk taught, laid over a matcher that has not learned it yet: the very words count at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from faq.call import Call
from faq.lessons import in_words, is_of_desk
from faq.matching import Answer, Decision, Matcher, Nothing, Suggest

_CERTAIN = 0.99
"""The chance given to words that stand among an entry's phrasings (as the matcher gives it)."""


class Wording:
    """The desk's words for a call, over a matcher that was trained on ``trained``, an earlier state of it.

    Who asks in the words of a lesson gets its entry; who asks in words that were taken back is asked which entry they
    mean; and no decision names an entry that the call has not.
    """

    def __init__(self, call: Call, trained: Call) -> None:
        """Note what ``call`` has and what ``trained`` had."""
        self._call = call
        self._taught = _by_words(call)
        self._unlearned = _by_words(trained).keys() - self._taught.keys()

    def match(self, matcher: Matcher, text: str) -> Decision:
        """Decide about a message."""
        decision = matcher.match(text)
        said = in_words(text)
        if said and (entry := self._taught.get(said)) is not None:
            return _answer(decision, (entry,), _CERTAIN)
        known = _known(decision, self._call)
        if said in self._unlearned and isinstance(known, Answer):
            return Suggest(
                entries=known.entries, best=known.best, score=known.score, language=known.language, reply=known.reply
            )
        return known


def _by_words(call: Call) -> Mapping[str, str]:
    """The entry that each text of the desk asks for."""
    return {
        in_words(phrasing.text): entry.id
        for entry in call.entries.values()
        for phrasing in entry.phrasings
        if is_of_desk(phrasing)
    }


def _answer(decision: Decision, entries: tuple[str, ...], score: float) -> Answer:
    return Answer(entries=entries, best=entries[0], score=score, language=decision.language, reply=decision.reply)


def _known(decision: Decision, call: Call) -> Decision:
    """A decision without the entries that the call has not."""
    if isinstance(decision, Nothing):
        return decision if decision.best in call.entries else replace(decision, best=None)
    entries = tuple(entry for entry in decision.entries if entry in call.entries)
    if len(entries) == len(decision.entries) and decision.best in call.entries:
        return decision
    if not entries:
        return Nothing(best=None, score=0.0, language=decision.language, reply=decision.reply)
    return replace(decision, entries=entries, best=entries[0])
