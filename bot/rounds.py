"""What goes on beside the conversations: done again and again, whatever fails in between."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import NoReturn

from bot.store import StoreError, UnusableStoreError

logger = logging.getLogger(__name__)


async def forever(go_round: Callable[[], Awaitable[object]], *, trouble: str, pause: float = 10.0) -> NoReturn:
    """Go round until cancelled; a round waits by itself for what it looks after.

    A round that fails is told to the operator as ``trouble`` and made up for after ``pause`` seconds: the other loops
    and the conversations go on all the same.

    Raises:
        UnusableStoreError: nothing can be read or written any more.

    """
    while True:
        try:
            await go_round()
        except UnusableStoreError:
            raise
        except StoreError as error:
            logger.error("%s, next try in %.0f s: %s", trouble, pause, error)  # noqa: TRY400  the message says it all
            await asyncio.sleep(pause)
        except Exception:
            logger.exception("%s, next try in %.0f s", trouble, pause)
            await asyncio.sleep(pause)
