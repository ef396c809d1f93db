"""A spreadsheet of questions and answers, as an office keeps it, becomes a call folder."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from faq.languages import Language, ReplyLanguage, reply_language
from faq.problems import CallError, Problem

COLUMNS = ("entry", "language", "question", "answer")
_HAND = "sheet"
_LONGEST_TITLE = 60


@dataclass
class _Row:
    """What the rows of one entry add up to."""

    questions: dict[Language, list[str]] = field(default_factory=dict[Language, list[str]])
    answers: dict[ReplyLanguage, str] = field(default_factory=dict[ReplyLanguage, str])


def convert(sheet: Path, folder: Path) -> int:
    """Make a call folder from a CSV file (UTF-8, with ``,`` or ``;``); return how many entries it has.

    Raises:
        CallError: rows are wrong, each named with its line, or the folder already holds a call. Nothing is written.

    """
    if (folder / "call.toml").exists():
        raise CallError([Problem(folder / "call.toml", 0, "is there already", "choose an empty folder")])
    problems: list[Problem] = []
    entries = _gather(_rows(sheet, problems), sheet, problems)
    if not entries and not problems:
        problems.append(Problem(sheet, 0, "has no rows", f"give it the columns {', '.join(COLUMNS)}"))
    if problems:
        raise CallError(problems)
    languages = [lang for lang in ReplyLanguage if any(lang in row.answers for row in entries.values())]
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _files(entries, languages, folder.name).items():
        (folder / name).write_text(text, "utf-8")
    return len(entries)


def _rows(sheet: Path, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    try:
        text = sheet.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(sheet, 0, f"can't be read: {error}", "save it as CSV in UTF-8"))
        return []
    head = text.partition("\n")[0]
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        problems.append(Problem(sheet, 1, f"column {', '.join(missing)} is missing", "name it in the first row"))
        return []
    return [(reader.line_num, {key: (row.get(key) or "").strip() for key in COLUMNS}) for row in reader]


def _gather(rows: Iterable[tuple[int, dict[str, str]]], sheet: Path, problems: list[Problem]) -> Mapping[str, _Row]:
    entries: dict[str, _Row] = {}
    for line, row in rows:
        if row["language"] not in set(Language):
            problems.append(
                Problem(sheet, line, f"language {row['language']!r}", f"choose among {', '.join(Language)}")
            )
            continue
        if not row["entry"] or not row["question"]:
            problems.append(Problem(sheet, line, "no entry or no question", "fill both in, or delete the row"))
            continue
        language = Language(row["language"])
        entry = entries.setdefault(row["entry"], _Row())
        entry.questions.setdefault(language, []).append(row["question"])
        if row["answer"]:
            first = entry.answers.setdefault(reply_language(language), row["answer"])
            if first != row["answer"]:
                problems.append(
                    Problem(sheet, line, f"a second answer for {row['entry']} in {language}", "leave one of the two")
                )
    problems += [
        Problem(sheet, 0, f"entry {key} has no answer", "write it on one of its rows")
        for key, row in entries.items()
        if not row.answers
    ]
    return entries


def _files(entries: Mapping[str, _Row], languages: Iterable[ReplyLanguage], name: str) -> Mapping[str, str]:
    languages = list(languages)
    head = [
        f"id = {_quoted(name)}",
        f"languages = {json.dumps([str(lang) for lang in languages])}",
        "topics = []",
    ]
    files = {"call.toml": "\n".join(head) + "\n", "phrasings.toml": _phrasings(entries)}
    for lang in languages:
        files[f"{lang}.toml"] = "\n".join(_answers(key, row, lang) for key, row in entries.items())
    return files


def _answers(key: str, row: _Row, language: ReplyLanguage) -> str:
    """One entry in one language; where the sheet gives none, the answer it gives stands in."""
    said = row.answers.get(language) or next(iter(row.answers.values()))
    asked = next((texts[0] for lang, texts in row.questions.items() if reply_language(lang) is language), key)
    title = asked if len(asked) <= _LONGEST_TITLE else asked[: _LONGEST_TITLE - 1] + "…"
    plain = said.replace("&", "&amp;").replace("<", "&lt;").replace("{", "(").replace("}", ")")
    return f"[{_quoted(key)}]\nquestion = {_quoted(title)}\nanswer = {_quoted(plain)}\n"


def _phrasings(entries: Mapping[str, _Row]) -> str:
    lines: list[str] = []
    for key, row in entries.items():
        for language, texts in row.questions.items():
            lines += [f"[{_quoted(key)}.{language}]", f"{_HAND} = ["]
            lines += [f"    {_quoted(text)}," for text in texts]
            lines += ["]", ""]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    """A TOML string; JSON's escapes are a subset of TOML's, but for DEL, which no one writes."""
    return json.dumps(text, ensure_ascii=False)
