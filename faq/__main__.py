"""python -m faq: try the matcher, measure it, make a call folder from a spreadsheet, check it, train it, export it."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import cast

from faq import Answer, Call, CallError, Decision, Matcher, Nothing, TrainingError, default_cache, find, load, zones
from faq.checking import check
from faq.evaluating import evaluate, left_out, report
from faq.exporting import export, read_lessons
from faq.lessons import without_effect
from faq.spreadsheet import convert

DEFAULT_CALL = "clusters-2025"
_BOT_LESSONS = (sys.executable, "-m", "bot", "lessons")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return the exit code."""
    zones.pin()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except (CallError, TrainingError) as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m faq", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    match = commands.add_parser("match", help="decide about questions: JSON lines in, JSON lines out")
    match.add_argument("--call", default=DEFAULT_CALL, help="name or folder of a call")
    match.set_defaults(run=_match)

    evaluated = commands.add_parser("evaluate", help="measure the matcher by labelled questions: JSON lines")
    evaluated.add_argument(
        "gold",
        type=Path,
        nargs="?",
        help='a line a question: {"text", "lang", "accept": [entry, ...]}; none: the own phrasings, each hand left out',
    )
    evaluated.add_argument("--call", default=DEFAULT_CALL, help="name or folder of a call")
    evaluated.set_defaults(run=_evaluate)

    imported = commands.add_parser("import", help="make a call folder from a CSV spreadsheet")
    imported.add_argument("sheet", type=Path)
    imported.add_argument("folder", type=Path)
    imported.set_defaults(run=_import)

    checked = commands.add_parser("check", help="list what is wrong in a call folder")
    checked.add_argument("call", nargs="?", default=DEFAULT_CALL)
    checked.add_argument("--text", type=Path, help="the call's text: facts that it does not hold are listed")
    checked.add_argument("--every", action="store_true", help="list every phrasing that would not be recognised")
    checked.set_defaults(run=_check)

    exported = commands.add_parser("export", help="write the call folder anew, with what staff taught the running bot")
    exported.add_argument("folder", type=Path, help="an empty folder")
    exported.add_argument("--call", help="name or folder of the call; else the one that the bot serves")
    exported.add_argument("--lessons", type=Path, help="a file of lessons; else what python -m bot lessons prints")
    exported.set_defaults(run=_export)

    trained = commands.add_parser("train", help="train the matcher now, so that the bot starts at once")
    trained.add_argument("call", nargs="?", default=DEFAULT_CALL)
    trained.set_defaults(run=_train)
    return parser


def _match(options: argparse.Namespace) -> int:
    matcher = Matcher.of(load(find(options.call)), cache=default_cache())
    return answer_lines(matcher, (line.decode("utf-8", "replace") for line in sys.stdin.buffer))


def answer_lines(matcher: Matcher, lines: Iterable[str]) -> int:
    """Print a decision for every line; return 1 if a line could not be read, after answering all others."""
    code = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        key: object = None
        try:
            question = json.loads(line)
            if not isinstance(question, dict):
                message = "not a JSON object"
                raise ValueError(message)  # noqa: TRY004, TRY301  one kind of bad line
            fields = cast("dict[str, object]", question)
            key = fields.get("id")
            text = fields.get("text")
            if key is None or not isinstance(text, str):
                message = 'needs "id" and a "text" that is a string'
                raise ValueError(message)  # noqa: TRY301
        except ValueError as error:
            code = 1
            print(json.dumps({"id": key, "error": f"line {number}: {error}"}, ensure_ascii=False))
            continue
        print(json.dumps({"id": key, **described(matcher.match(text))}, ensure_ascii=False), flush=False)
    return code


def described(decision: Decision) -> dict[str, object]:
    """A decision as other programs read it."""
    entries = () if isinstance(decision, Nothing) else decision.entries
    answered = isinstance(decision, Answer)
    return {
        "decision": "answer" if answered else "none" if isinstance(decision, Nothing) else "suggest",
        "entry": decision.best if answered else None,
        "entries": list(entries) if answered else [],
        "best": decision.best,
        "score": round(decision.score, 4),
        "suggestions": [] if answered else list(entries),
        "language": decision.language,
    }


def _evaluate(options: argparse.Namespace) -> int:
    gold: Path | None = options.gold
    call = load(find(options.call))
    if gold is None:
        hands = left_out(call)
        for line in report([one for some in hands.values() for one in some], hands):
            print(line)
        return 0
    try:
        lines = gold.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        print(f"{gold}: can't be read: {error}", file=sys.stderr)
        return 1
    matcher = Matcher.of(call, cache=default_cache())
    asked, problems = evaluate(lines, matcher)
    for problem in problems:
        print(f"{gold}:{problem}", file=sys.stderr)
    for line in report(asked):
        print(line)
    return 1 if problems else 0


def _import(options: argparse.Namespace) -> int:
    count = convert(options.sheet, options.folder)
    print(f"{options.folder}: {count} entries")
    return 0


def _check(options: argparse.Namespace) -> int:
    text: Path | None = options.text
    problems = check(find(options.call), text, every=bool(options.every))
    for problem in problems:
        print(problem)
    errors = sum(problem.is_error for problem in problems)
    print(f"{errors} errors, {len(problems) - errors} warnings")
    return 1 if errors else 0


def _export(options: argparse.Namespace) -> int:
    given: Path | None = options.lessons
    try:
        lines = given.read_text("utf-8") if given else _lessons_of_the_bot()
        folder, lessons = read_lessons(lines.split("\n"))
    except (OSError, ValueError) as error:
        print(f"{given or 'python -m bot lessons'}: {error}", file=sys.stderr)
        return 1
    made = export(find(options.call) if options.call else folder or find(DEFAULT_CALL), lessons, options.folder)
    lost = without_effect(made, lessons)
    print(f"{options.folder}: {len(made.entries)} entries, {len(lessons) - len(lost)} lessons written in")
    if lost:
        entries = ", ".join(sorted({one.entry for one in lost}))
        print(f"{len(lost)} left out, for the folder lacks their entry or a fact that they name: {entries}")
    return 0


def _lessons_of_the_bot() -> str:
    """What the bot's database holds; it may be running.

    Raises:
        ValueError: it could not be read; the text says why.

    """
    done = subprocess.run(_BOT_LESSONS, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603  ours
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return done.stdout


def _train(options: argparse.Namespace) -> int:
    call: Call = load(find(options.call))
    Matcher.of(call, cache=default_cache())
    print(f"{call.id}: the matcher is ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
