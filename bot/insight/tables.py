"""The figures as files for a spreadsheet: a workbook, and one list with everything in it."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

from bot.insight.words import Words, silences
from bot.rules.counts import QUESTIONS, Insight, Outcome
from faq.languages import RIGHT_TO_LEFT

Cell = str | int | date
Rows = tuple[tuple[Cell, ...], ...]

_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes a cell for a formula by, also in the wide letters of East Asia."""

_DAY, _LANGUAGE, _KIND, _OUTCOME, _TOPIC, _NUMBER = (
    "insight-column-day", "insight-column-language", "insight-column-kind", "insight-column-outcome",
    "insight-column-topic", "insight-column-number",
)  # fmt: skip
_PLACES = (_DAY, "insight-column-hour", _LANGUAGE, _KIND, _OUTCOME, _TOPIC)
"""The columns that say what a number is of."""

_SHEET_NAME = 31
"""Characters that Excel allows."""

_WIDTHS = 16, 48
"""Characters that a column shows: of most, and of those with text."""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of the workbook; its ``columns`` are the keys of their names."""

    title: str
    columns: tuple[str, ...]
    rows: Rows


def tables(words: Words, insight: Insight) -> list[Table]:
    """Everything that is counted, a sheet a subject."""
    return [subject(words, insight) for subject in (_days, _hours, _topics, _silences, _people, _sent)]


def xlsx(words: Words, insight: Insight, *, now: datetime) -> bytes:
    """The workbook."""
    packed = io.BytesIO()
    book: Any = Workbook(packed, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": words.title(insight), "created": now.replace(tzinfo=None)})
    formats = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for table in tables(words, insight):
        sheet = book.add_worksheet(table.title[:_SHEET_NAME])
        if words.language in RIGHT_TO_LEFT:
            sheet.right_to_left()
        _write(sheet, table, [words.plain(name) for name in table.columns], formats)
    book.close()
    return packed.getvalue()


def _write(sheet: Any, table: Table, header: Sequence[str], formats: tuple[Any, Any]) -> None:
    """Fill a sheet; texts are never read as formulas."""
    bold, dated = formats
    sheet.freeze_panes(1, 0)
    for column, name in enumerate(header):
        is_text = any(isinstance(row[column], str) for row in table.rows)
        sheet.set_column(column, column, _WIDTHS[is_text])
        sheet.write_string(0, column, name, bold)
    for number, row in enumerate(table.rows, 1):
        for column, cell in enumerate(row):
            match cell:
                case str():
                    sheet.write_string(number, column, harmless(cell))
                case date():
                    sheet.write_datetime(number, column, cell, dated)
                case _:
                    sheet.write_number(number, column, cell)


def as_csv(words: Words, insight: Insight) -> bytes:
    """One list, a number a row, as a French Excel opens it: with a byte order mark, and semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(map(words.plain, ("insight-column-table", *_PLACES, "insight-column-measure", _NUMBER)))
    for table in tables(words, insight):
        for row in table.rows:
            writer.writerows(_numbers(words, table, dict(zip(table.columns, row, strict=True))))
    return text.getvalue().encode("utf-8-sig")


def _numbers(words: Words, table: Table, row: Mapping[str, Cell]) -> Iterator[tuple[Cell, ...]]:
    """A row of a table as rows of the list: each of its numbers, with all that says what it is of."""
    place = [row.get(name, "") for name in _PLACES]
    for name, cell in row.items():
        if isinstance(cell, int):
            found = (table.title, *place, words.plain(name))
            yield (*(harmless(one) if isinstance(one, str) else one for one in found), cell)


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, on one line."""
    visible = [sign for sign in text if unicodedata.category(sign) != "Cf"]
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in visible).split())
    return f"'{line}" if line.startswith(_FORMULA) else line


def _days(words: Words, insight: Insight) -> Table:
    """Questions by day, language and outcome; of which topic they were stands in a table of its own."""
    found = Counter[tuple[date, str, Outcome]]()
    for count in insight.counts:
        if count.outcome in QUESTIONS:
            found[count.day, count.language, count.outcome] += count.number
    rows = [
        (day, words.spoken(language), words.plain("insight-outcome", outcome=outcome), number)
        for (day, language, outcome), number in sorted(found.items())
    ]
    return Table(words.plain("insight-sheet-days"), (_DAY, _LANGUAGE, _OUTCOME, _NUMBER), tuple(rows))


def _topics(words: Words, insight: Insight) -> Table:
    entries = words.call.entries
    rows = [
        (
            words.plain("insight-answer-kind", kind=entries[entry].kind) if entry in entries else "",
            words.topic(entry),
            number,
        )
        for entry, number in insight.topics.items()
    ]
    return Table(words.plain("insight-sheet-topics"), (_KIND, _TOPIC, _NUMBER), tuple(rows))


def _silences(words: Words, insight: Insight) -> Table:
    """What the text does not say; of questions also those that came once."""
    rows = silences(words, insight, alone=True)
    return Table(words.plain("insight-sheet-silences"), (_TOPIC, _NUMBER), tuple(rows))


def _people(words: Words, insight: Insight) -> Table:
    days = {**insight.by_day, insight.period.until: insight.levels}
    rows = [
        (day, one.people, one.unreachable, one.muted, one.registered, one.next_edition)
        for day, one in sorted(days.items())
    ]
    names = ("insight-column-people", "insight-column-unreachable", "insight-column-muted",
             "insight-column-registered", "insight-column-next")  # fmt: skip
    return Table(words.plain("insight-sheet-registrations"), (_DAY, *names), tuple(rows))


def _hours(words: Words, insight: Insight) -> Table:
    rows = [(f"{hour:02}:00", number) for hour, number in sorted(insight.hours.items())]
    return Table(words.plain("insight-sheet-hours"), ("insight-column-hour", _NUMBER), tuple(rows))


def _sent(words: Words, insight: Insight) -> Table:
    rows = [
        (words.plain("insight-sending", kind=kind), words.plain("insight-state", state=state), number)
        for (kind, state), number in sorted(insight.sent.items())
    ]
    return Table(words.plain("insight-sheet-sent"), (_KIND, _OUTCOME, _NUMBER), tuple(rows))
