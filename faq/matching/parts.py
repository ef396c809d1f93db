"""Where a plain text may be cut: into sentences, into stretches where it runs on, and into two questions."""

from __future__ import annotations

from itertools import combinations

from faq.matching.normalising import plain_words, sentences, words

_MOST_SENTENCES = 8
_WINDOW, _STRIDE = 14, 7
"""Words of a stretch of dictation without punctuation, and how far the next one begins."""

_FEWEST = 2
"""Words that a question has at least."""

_SHORT = 12
"""A sentence of so few words with a word between two halves may be two questions that name only what they want."""

_LONGEST_PAIR = 60
"""Words of a sentence that is still looked at for two questions in it."""

_MOST_PAIRS = 8

_BETWEEN = frozenset(
    words(
        "et aussi puis ensuite sinon egalement and also then plus besides w u o wa hta 7ta و ثم أيضا كذلك زائد حتى زيد"
    )
)
"""Words that stand between two questions and belong to neither."""

_ASKING = frozenset(
    words(
        "quand comment combien quel quelle quels quelles qui pourquoi quoi what when where how who which why"
        " wach wash wax ouach fin fen feen chhal ch7al chehal kifach kifash kifax chkoun imta fo9ach fou9ach waqtach"
        " chnou chno achno ach ما ماذا متى أين كيف كم من هل لماذا فين فاين شحال شنو أشنو اش واش شكون كيفاش إمتى فوقاش"
        " علاش"
    )
)
"""Words that a question begins with; in Arabic letters also with `و` written to them."""

_HELPING = frozenset(words("est peut puis faut dois is are can could do does should"))
"""Verbs that a question may begin with, and that stand in the middle of others."""


def stretches(text: str) -> list[str]:
    """The sentences of a text, or windows over it where it runs on; none where it is but one short sentence."""
    found = sentences(text)[-_MOST_SENTENCES:]
    if len(found) > 1:
        return found
    tokens = plain_words(text)
    if len(tokens) <= _WINDOW + _STRIDE:
        return []
    starts = [*range(len(tokens) - _WINDOW, 0, -_STRIDE), 0][:_MOST_SENTENCES]
    return [" ".join(tokens[start : start + _WINDOW]) for start in reversed(starts)]


def question_pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of sentences that both ask, in their order."""
    return list(combinations(_asking(text), 2))[:_MOST_PAIRS]


def question_cuts(text: str) -> list[tuple[str, str]]:
    """The ways to read one sentence of a text as two questions."""
    return [cut for part in _asking(text) or [text] for cut in _cuts(part)][:_MOST_PAIRS]


def _asking(text: str) -> list[str]:
    return [part for part in sentences(text)[-_MOST_SENTENCES:] if _asks(part)]


def _asks(part: str) -> bool:
    """Whether a stretch of text looks like a question."""
    return "?" in part or "؟" in part or any(_opens(token) or token in _HELPING for token in plain_words(part))


def _opens(token: str) -> bool:
    return token in _ASKING or (token.startswith("و") and token[1:] in _ASKING)


def _cuts(part: str) -> list[tuple[str, str]]:
    """A sentence cut at a word between two questions, or before one that opens the second."""
    tokens = plain_words(part)[:_LONGEST_PAIR]
    cuts: list[tuple[str, str]] = []
    for at in range(_FEWEST, len(tokens) - _FEWEST + 1):
        between = tokens[at] in _BETWEEN
        left, right = tokens[:at], tokens[at + between :]
        if len(right) < _FEWEST:
            continue
        both_ask = any(map(_opens, left)) and (_opens(right[0]) or (between and right[0] in _HELPING))
        both_name = between and len(tokens) <= _SHORT
        if both_ask or both_name:
            cuts.append((" ".join(left), " ".join(right)))
    return cuts
