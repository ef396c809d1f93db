"""What is wrong with a call folder, said so that a person who edits it finds the line and knows what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``line`` counts from 1; 0 means the file as a whole."""

    file: Path
    line: int
    what: str
    remedy: str
    is_error: bool = True

    def __str__(self) -> str:
        """The line that a person reads."""
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {'' if self.is_error else 'warning: '}{self.what}; {self.remedy}"


class CallError(Exception):
    """A call folder can't be used; every reason is listed, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Carry all problems; the text lists them a line each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
