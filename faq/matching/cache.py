"""Models on disk, by the hash of what they were made from; one that is missing is trained."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from faq.matching.corpus import Corpus
from faq.matching.model import Model, read
from faq.matching.worker import TrainingError, trained

_KEPT = 8
"""Models that are kept, the newest; one is about 40 MB."""


def default_cache() -> Path:
    """Where models are kept between starts: ``$XDG_CACHE_HOME/guichet``, else ``~/.cache/guichet``."""
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "guichet"


def model_of(corpus: Corpus, cache: Path | None) -> Model:
    """The model of a corpus: from ``cache`` if it is there and whole, else trained and put there.

    A cache that can't be written costs the next start a training and nothing else.

    Raises:
        TrainingError: the training failed.

    """
    path = cache and cache / f"{corpus.key}.npz"
    stored = _stored(path) if path else None
    if stored is not None:
        return stored
    data = trained(corpus)
    model = read(data)
    if model is None:
        message = f"the training wrote no model but {len(data)} bytes"
        raise TrainingError(message)
    if path:
        _store(path, data)
    return model


def _stored(path: Path) -> Model | None:
    try:
        return read(path.read_bytes())
    except OSError:
        return None


def _store(path: Path, data: bytes) -> None:
    """Write beside the final name and rename, so that nobody ever reads half a model; forget the oldest."""
    beside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        for old in sorted(path.parent.glob("*.npz"), key=lambda model: model.stat().st_mtime)[:-_KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        with suppress(OSError):
            beside.unlink()
