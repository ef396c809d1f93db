"""What a model is made from: a call's phrasings and strangers with their classes, as plain values that can travel."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from faq.call import Call, Phrasing
from faq.languages import Language
from faq.matching.features import Ints

NONE = "none"
"""The class of the strangers: sentences that are nobody's business here."""


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
        groups = [*asked, *call.unanswered.values(), call.strangers]
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
        """A hash of everything that a model depends on: the texts, and this package's own code."""
        digest = hashlib.sha256()
        for path in sorted(Path(__file__).parent.glob("*.py")):
            digest.update(path.read_bytes())
        digest.update(self.written())
        return digest.hexdigest()[:32]
