"""The audit finds out whoever touches it: ten thousand random tamperings, and the clumsy ones by name."""

# ruff: noqa: S311, S608  dice of a test, and its own names of columns

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store import audit, chain, verifying
from bot.store.chain import START, Head
from bot.store.database import Database
from bot.store.migrations import migrations
from tests.conftest import OPEN

LINES = 12
TAMPERINGS = 10_000
COLUMNS = ("at", "who", "act", "detail", "call", "hash")
Tampering = Callable[[Database, random.Random], None]


@pytest.fixture(scope="module")
def written() -> bytes:
    """A database with lines in three scripts, as the bot makes it."""
    db = Database(memory=True)
    migrations.apply(db)
    for n in range(LINES):
        word = ("délai <b>", "الأجل", "it's \N{WASTEBASKET}", None)[n % 4]
        audit.note(7 + n % 3, f"act-{n % 5}", call="c" * (1 + n % 2), now=OPEN + timedelta(hours=n), was=n, word=word)(
            db
        )
    content = db.conn.serialize()
    db.close()
    return content


@pytest.fixture(scope="module")
def unguarded(written: bytes) -> bytes:
    """The same after what somebody does first who holds the file: the triggers are dropped."""
    with closing(copy_of(written)) as db:
        for name, _ in triggers(db):
            db.execute(f"DROP TRIGGER {name}")
        return db.conn.serialize()


def copy_of(written: bytes) -> Database:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(written)
    return Database(connection)


def triggers(db: Database) -> list[tuple[str, str]]:
    return db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()


def anywhere(db: Database, dice: random.Random) -> int:
    return dice.choice([row[0] for row in db.execute("SELECT id FROM audit")])


def edits(db: Database, dice: random.Random) -> None:
    """One value becomes another, also one that only looks the same."""
    key, column = anywhere(db, dice), dice.choice(COLUMNS)
    (old,) = db.execute(f"SELECT {column} FROM audit WHERE id = ?", (key,)).fetchone()
    text = str(old)
    cut = dice.randrange(len(text) + 1)
    new = dice.choice(
        [
            text[:cut] + dice.choice("0aé\0 ") + text[cut:],
            text[:cut] + text[cut + 1 :],
            text.upper(),
            text.encode(),
            "",
            dice.randrange(100),
            dice.random() * 100,
            dice.randbytes(4),
        ]
    )
    db.execute(f"UPDATE audit SET {column} = ? WHERE id = ?", (new, key))


def breaks_a_text(db: Database, dice: random.Random) -> None:
    """Bytes that are no text, declared to be one."""
    column = dice.choice([one for one in COLUMNS if one != "who"])
    db.execute(
        f"UPDATE audit SET {column} = CAST(? AS TEXT) WHERE id = ?", (b"\xff" + dice.randbytes(3), anywhere(db, dice))
    )


def deletes(db: Database, dice: random.Random) -> None:
    """Lines go, from the middle or from either end; sometimes the rest is numbered anew."""
    keys = [row[0] for row in db.execute("SELECT id FROM audit")]
    first = dice.choice([1, dice.choice(keys), len(keys)])
    last = dice.choice([first, dice.choice(keys), len(keys)])
    db.execute("DELETE FROM audit WHERE id BETWEEN ? AND ?", sorted((first, last)))
    if dice.random() < 0.3:
        for number, (key,) in enumerate(db.execute("SELECT id FROM audit ORDER BY id").fetchall(), 1):
            db.execute("UPDATE audit SET id = ? WHERE id = ?", (number, key))


def moves_the_head(db: Database, dice: random.Random) -> None:
    """The recorded head is set back to an earlier line, or to none, and the lines behind it go."""
    key = dice.choice([0, anywhere(db, dice) - 1])
    row = db.execute("SELECT hash FROM audit WHERE id = ?", (key,)).fetchone()
    db.execute("UPDATE audit_head SET last = ?, hash = ?", (key, row[0] if row else START))
    if dice.random() < 0.8:
        db.execute("DELETE FROM audit WHERE id > ?", (key,))


def spoils_the_head(db: Database, dice: random.Random) -> None:
    db.execute(
        dice.choice(
            [
                "DELETE FROM audit_head",
                "DROP TABLE audit_head",
                "UPDATE audit_head SET last = last + 1",
                "UPDATE audit_head SET hash = upper(hash) || 'x'",
                "UPDATE audit_head SET hash = CAST(hash AS BLOB)",
                "UPDATE audit_head SET last = last + 0.5",
            ]
        )
    )


def adds(db: Database, dice: random.Random) -> None:
    """A line that nobody wrote, with a hash that fits or one that doesn't."""
    last = db.execute("SELECT last FROM audit_head").fetchone()[0]
    number = dice.choice([last + 1, last + 2, 0, -3])
    line = (number, "2025", 7, "freeze", "{}", "c")
    before = db.execute("SELECT hash FROM audit WHERE id = ?", (number - 1,)).fetchone()
    own = chain.hash_of(before[0] if before else START, line)
    db.execute("INSERT INTO audit (id, at, who, act, detail, call, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", (*line, own))


def swaps(db: Database, dice: random.Random) -> None:
    """Two lines change places, with or without their hashes."""
    one, other = dice.sample([row[0] for row in db.execute("SELECT id FROM audit")], 2)
    columns = COLUMNS if dice.random() < 0.5 else COLUMNS[:-1]
    rows = {
        key: db.execute(f"SELECT {', '.join(columns)} FROM audit WHERE id = ?", (key,)).fetchone()
        for key in (one, other)
    }
    for key, source in ((one, other), (other, one)):
        db.execute(f"UPDATE audit SET {', '.join(f'{c} = ?' for c in columns)} WHERE id = ?", (*rows[source], key))


def doubles(db: Database, dice: random.Random) -> None:
    """The table is made anew without its rules, so that a number can stand twice, or a value be of another kind."""
    db.execute("CREATE TABLE loose (id, at, who, act, detail, call, hash)")
    db.execute("INSERT INTO loose SELECT id, at, who, act, detail, call, hash FROM audit")
    db.execute("DROP TABLE audit")
    db.execute("ALTER TABLE loose RENAME TO audit")
    key = anywhere(db, dice)
    db.execute(
        dice.choice(
            [
                "INSERT INTO audit SELECT * FROM audit WHERE id = ?",
                "UPDATE audit SET who = CAST(who AS TEXT) WHERE id = ?",
                "UPDATE audit SET who = CAST(who AS REAL) WHERE id = ?",
                "UPDATE audit SET who = NULL WHERE id = ?",
                "UPDATE audit SET id = CAST(id AS TEXT) WHERE id = ?",
                "UPDATE audit SET id = id + 0.0 WHERE id = ?",
                "UPDATE audit SET id = NULL WHERE id = ?",
                "UPDATE audit SET detail = CAST(detail AS BLOB) WHERE id = ?",
            ]
        ),
        (key,),
    )


def forges(db: Database, dice: random.Random) -> None:
    """Everything is written anew from some line on, with hashes, head and count that fit: only a known head tells."""
    rows = db.execute("SELECT id, at, who, act, detail, call FROM audit ORDER BY id").fetchall()
    start = dice.randrange(len(rows))
    kept = [*rows[:start], (*rows[start][:2], rows[start][2] + 1, *rows[start][3:]), *rows[start + 1 :]]
    if dice.random() < 0.3:
        kept.pop(dice.randrange(len(kept)))
    db.execute("DELETE FROM audit")
    before = START
    for number, row in enumerate(kept, 1):
        line = (number, *row[1:])
        before = chain.hash_of(before, line)
        db.execute(
            "INSERT INTO audit (id, at, who, act, detail, call, hash) VALUES (?, ?, ?, ?, ?, ?, ?)", (*line, before)
        )
    db.execute("UPDATE audit_head SET last = ?, hash = ?", (len(kept), before))
    db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'audit'", (len(kept),))


WAYS: tuple[Tampering, ...] = (
    edits, breaks_a_text, deletes, moves_the_head, spoils_the_head, adds, swaps, doubles, forges,
)  # fmt: skip


def state(db: Database) -> list[object]:
    """Everything that the audit holds, with the kind of each value."""
    db.conn.text_factory = bytes
    tables = [
        row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE name LIKE 'audit%' AND type = 'table'")
    ]
    return [
        (table, [[(type(v), v) for v in row] for row in db.execute(f"SELECT * FROM {table.decode()}")])
        for table in tables
    ]


def tampered(unguarded: bytes, number: int, before: list[object]) -> tuple[Tampering, Database]:
    """A copy that somebody touched; a tampering that changed nothing is thrown again."""
    for attempt in range(100):
        dice = random.Random(number + attempt * TAMPERINGS)
        way, db = WAYS[number % len(WAYS)], copy_of(unguarded)
        with contextlib.suppress(sqlite3.Error):  # the table's own rules forbid it
            way(db, dice)
        if state(db) != before:
            return way, db
        db.close()
    raise AssertionError(number)


def test_an_untouched_audit_is_whole_and_names_its_head(written: bytes) -> None:
    with closing(copy_of(written)) as db:
        head = chain.head(db)
        assert verifying.verify(db, head) == verifying.Verdict(head, ())
        assert head.last == LINES


@pytest.mark.timeout(60)
@pytest.mark.parametrize("tenth", range(10))
def test_every_tampering_is_found(written: bytes, unguarded: bytes, tenth: int) -> None:
    with closing(copy_of(written)) as db:
        known, before = chain.head(db), state(db)
    missed: list[str] = []
    for number in range(tenth, TAMPERINGS, 10):
        way, db = tampered(unguarded, number, before)
        with closing(db):
            verdict = verifying.verify(db, known if way is forges else None)
        if all("trigger" in fault for fault in verdict.faults):  # those are gone in every copy
            missed.append(f"{way.__name__} {number}")
    assert missed == []


SWAP = (
    "UPDATE audit SET id = 99 WHERE id = 4",
    "UPDATE audit SET id = 4 WHERE id = {0}",
    "UPDATE audit SET id = {0} WHERE id = 99",
)


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (["UPDATE audit SET detail = '{}' WHERE id = 5"], "line 5 was changed"),
        (["DELETE FROM audit WHERE id = 5"], "line 5 is missing"),
        (["DELETE FROM audit WHERE id > 8"], "line 9 is missing: the recorded head is line 12"),
        (["DELETE FROM audit"], "line 1 is missing: the recorded head is line 12"),
        ([one.format(9) for one in SWAP], "line 4 was swapped with line 9"),
        ([one.format(5) for one in SWAP], "line 4 was swapped with line 5"),
        (["INSERT INTO audit (id, at, who, act, detail) VALUES (0, '', 0, '', '')"], "line 0 was added"),
        (["INSERT INTO audit (id, at, who, act, detail) VALUES (13, '', 0, '', '')"], "line 13 was changed"),
        (["UPDATE audit_head SET hash = 'x'"], "the recorded head, line 12, does not fit the last line, 12"),
        (["DELETE FROM audit_head"], "the recorded head is missing"),
        (["DROP TABLE audit_head"], "the audit is not as it was made: no such table: audit_head"),
        (
            [
                "UPDATE audit_head SET last = 0, hash = printf('%064d', 0)",
                "DELETE FROM audit",
            ],
            "line 1 is missing: the database has numbered others than 0",
        ),
    ],
)
def test_what_was_done_is_said(unguarded: bytes, statements: list[str], fault: str) -> None:
    with closing(copy_of(unguarded)) as db:
        for statement in statements:
            db.execute(statement)
        assert verifying.verify(db).faults[0] == fault


def test_a_log_that_was_written_anew_as_a_whole_is_found_by_a_head_that_was_sent(unguarded: bytes) -> None:
    with closing(copy_of(unguarded)) as db:
        known = chain.head(db)
        forges(db, random.Random(1))
        assert all("trigger" in fault for fault in verifying.verify(db).faults)
        assert "its hash is not that of the head you hold" in verifying.verify(db, known).faults[0]
        assert "its hash is not" in verifying.verify(db, Head(known.last, known.hash[:16])).faults[0]
        later = Head(known.last + 1, known.hash)
        assert verifying.verify(db, later).faults[0].startswith("line 13 is missing")


def test_triggers_that_were_dropped_changed_or_added_are_named(written: bytes) -> None:
    with closing(copy_of(written)) as db:
        db.execute("DROP TRIGGER audit_never_DELETE")
        db.execute("DROP TRIGGER audit_never_UPDATE")
        db.execute("CREATE TRIGGER audit_never_UPDATE BEFORE UPDATE ON audit BEGIN SELECT 1; END")
        db.execute("CREATE TRIGGER quiet AFTER INSERT ON audit BEGIN DELETE FROM audit WHERE id = NEW.id; END")
        assert verifying.verify(db).faults == (
            "the trigger audit_never_DELETE was dropped or changed",
            "the trigger audit_never_UPDATE was dropped or changed",
            "a trigger quiet was put on the audit",
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET act = 'x' WHERE id = 3",
        "DELETE FROM audit WHERE id = 12",
        "INSERT OR REPLACE INTO audit (id, at, who, act, detail) VALUES (12, '', 0, '', '')",
        "INSERT INTO audit (at, who, act, detail) VALUES ('', 0, '', '')",
        "INSERT INTO audit (id, at, who, act, detail) VALUES (15, '', 0, '', '')",
        "UPDATE audit_head SET last = 3",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_itself_refuses_whatever_is_not_adding(written: bytes, statement: str) -> None:
    with closing(copy_of(written)) as db:
        with pytest.raises(sqlite3.IntegrityError, match="audit"):
            db.execute(statement)
        assert verifying.verify(db).is_whole


def test_lines_written_before_there_was_a_chain_are_chained_and_the_old_sendings_kept(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(Database(sqlite3.connect(path, isolation_level=None))) as db:
        migrations.apply(db, stop_before="m007_office")
        for who in (7, 8):
            db.execute("INSERT INTO audit (at, who, act, detail) VALUES ('2025', ?, 'newdeadline', '{}')", (who,))
        db.execute(
            "INSERT INTO sendings (call, chat_id, kind, priority, state, step, deadline_version, planned_at, "
            "not_before) VALUES ('c', 5, 'reminder', 1, 'planned', '1d', 1, '2025', '2025')"
        )
        assert "earlier version" in verifying.verify(db).faults[0]
        migrations.apply(db)
        audit.note(9, "freeze", call="c", now=OPEN)(db)
        assert verifying.verify(db).is_whole
        assert [row[0] for row in db.execute("SELECT who FROM audit ORDER BY id")] == [7, 8, 9]
        assert db.execute("SELECT chat_id, step, state, author FROM sendings").fetchall() == [
            (5, "1d", "planned", None)
        ]
