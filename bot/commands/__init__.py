"""What ``python -m bot`` is asked for on the command line."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from bot.commands.auditing import read_head
from bot.store.chain import Head

_SHOWN = 20
_MOST_SHOWN = 10**6


def read(arguments: Sequence[str]) -> argparse.Namespace:
    """What is to be done (``command``: None to run, "plan", "lessons", "audit verify", "audit show") and how.

    Raises:
        SystemExit: it is not understood, or help was asked for; that has been printed.

    """
    parser = argparse.ArgumentParser(
        "python -m bot", description="The bot; without a command it runs until it is stopped.", allow_abbrev=False
    )
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    plan = commands.add_parser("plan", help="what will be sent to how many and when")
    plan.set_defaults(command="plan")
    taught = commands.add_parser("lessons", help="what staff taught, a line each in JSON, for python -m faq export")
    taught.set_defaults(command="lessons")
    audit = commands.add_parser("audit", help="what staff did or tried to do, and whether anybody touched the record")
    kinds = audit.add_subparsers(metavar="WHAT", required=True)
    verify = kinds.add_parser("verify", help="find any edit, deletion or swap; exit code 1 where there is one")
    verify.set_defaults(command="audit verify")
    verify.add_argument(
        "--head",
        type=_head,
        metavar="NUMBER:HASH",
        help="a head that was sent to the staff chat: the record must pass through it",
    )
    show = kinds.add_parser("show", help="the last lines")
    show.set_defaults(command="audit show")
    show.add_argument("most", nargs="?", type=_count, default=_SHOWN, metavar="N", help=f"how many (default {_SHOWN})")
    return parser.parse_args(arguments)


def _head(text: str) -> Head:
    try:
        return read_head(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= _MOST_SHOWN):
        message = f"{text!r} is no number from 1 to {_MOST_SHOWN}"
        raise argparse.ArgumentTypeError(message)
    return int(text)
