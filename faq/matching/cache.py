"""Models on disk, by the hash of what they were made from; one that is missing is trained."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from faq.matching.corpus import Corpus
from faq.matching.model import Model, read
from faq.matching.worker import TrainingError, trained


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
    """Write beside the final name and rename, so that nobody ever reads half a model."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".tmp", delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError:
        return
