"""stub to be written"""
from pathlib import Path
from faq.problems import Problem
def check(folder: Path, text: Path | None) -> list[Problem]:
    return []
