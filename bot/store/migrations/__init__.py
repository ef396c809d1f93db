"""The shape of the database, step by step: each step and the record of it are one transaction.

A step that has been released is never changed; a new one is added behind it. The order of the imports is theirs.
"""

# ruff: isort: off
from bot.store.migrations.steps import migrations
from bot.store.migrations import counter
from bot.store.migrations import office
from bot.store.migrations import broadcasts
from bot.store.migrations import desk
from bot.store.migrations import learning
from bot.store.migrations import publishing
from bot.store.migrations import insight
from bot.store.migrations import account
from bot.store.migrations import announcing
from bot.store.migrations import campaigns
from bot.store.migrations import answered_words
from bot.store.migrations import given
# ruff: isort: on

__all__ = [
    "account",
    "announcing",
    "answered_words",
    "broadcasts",
    "campaigns",
    "counter",
    "desk",
    "given",
    "insight",
    "learning",
    "migrations",
    "office",
    "publishing",
]
