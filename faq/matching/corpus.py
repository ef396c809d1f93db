"""What a model is made from: a call's phrasings and strangers with their classes, as plain values that can travel."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from bisect import bisect
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faq.call import Call, Phrasing
from faq.languages import Language
from faq.matching.features import Ints

NONE = "none"
"""The class of the strangers: sentences that are nobody's business here."""

_FRAME = (2, 8)
"""Words of a phrasing that a tail from elsewhere is put to: the fewest and the most."""

_TAIL_HANDS = 5


@dataclass(frozen=True, slots=True)
class Corpus:
    """All texts of a call, each with its class: the entries, the domain's other topics, and last the strangers."""

    texts: tuple[Phrasing, ...]
    classes: Ints
    entries: tuple[str, ...]
    unanswered: tuple[str, ...]
    lexicon: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, call: Call) -> Corpus:
        """The corpus of a call; the strangers are a class also where there are none."""
        asked = [entry.phrasings for entry in call.entries.values()]
        groups = [*asked, *call.unanswered.values(), (*call.strangers, *_near_misses(call))]
        classes = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
        texts = tuple(phrasing for group in groups for phrasing in group)
        return cls(texts, classes, tuple(call.entries), tuple(call.unanswered), call.lexicon)

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.names)

    @property
    def strange(self) -> npt.NDArray[np.bool_]:
        """Which texts are strangers."""
        return self.classes == self.count - 1

    @property
    def names(self) -> tuple[str, ...]:
        """The classes' names in their order."""
        return (*self.entries, *self.unanswered, NONE)

    def written(self) -> bytes:
        """The corpus as JSON."""
        rows = [[p.text, p.language, p.hand, int(n)] for p, n in zip(self.texts, self.classes, strict=True)]
        whole = {"entries": self.entries, "unanswered": self.unanswered, "lexicon": dict(self.lexicon), "texts": rows}
        return json.dumps(whole).encode()

    @classmethod
    def read(cls, data: bytes) -> Corpus:
        """The corpus that `written` gave."""
        content = json.loads(data)
        texts = tuple(Phrasing(text, Language(language), hand) for text, language, hand, _ in content["texts"])
        classes = np.array([n for *_, n in content["texts"]], np.int32)
        lexicon = {concept: tuple(said) for concept, said in content["lexicon"].items()}
        return cls(texts, classes, tuple(content["entries"]), tuple(content["unanswered"]), lexicon)

    @property
    def key(self) -> str:
        """A hash of everything that a model depends on: the texts, this package's own code, and what it runs on."""
        digest = hashlib.sha256()
        digest.update(repr((sys.version_info[:2], version("numpy"), version("scikit-learn"), list(Language))).encode())
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
        digest.update(self.written())
        return digest.hexdigest()[:32]


def _near_misses(call: Call) -> Iterator[Phrasing]:
    """Questions for other counters in the words of our own: a short phrasing of the call's with a tail from elsewhere.

    They are dealt out to hands of their own, so that a trial meets tails that its model has never seen.
    """
    frames: dict[str, list[tuple[int, str]]] = {}
    for entry in call.entries.values():
        for phrasing in entry.phrasings:
            if _FRAME[0] <= len(phrasing.text.split()) <= _FRAME[1]:
                frame = phrasing.text.rstrip(" ?؟.!")
                frames.setdefault(phrasing.language, []).append((_place(frame), frame))
    for ring in frames.values():
        ring.sort()
    for number, tail in enumerate(call.elsewhere):
        hand = f"{tail.hand} {number % _TAIL_HANDS}"
        yield Phrasing(tail.text, tail.language, hand)
        if ring := frames.get(tail.language):
            _, frame = ring[bisect(ring, (_place(tail.text), "")) % len(ring)]
            yield Phrasing(f"{frame} {tail.text}", tail.language, hand)


def _place(text: str) -> int:
    """Where a text stands on the ring from which frames are chosen: one more or less moves but its neighbours."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
