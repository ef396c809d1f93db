"""What a call for projects says, and what people mean by their words. Pure: no Telegram, no database, no clock."""

from faq.call import Call, Entry
from faq.loading import find, load
from faq.matching import Answer, Decision, Matcher, Nothing, Suggest, TrainingError, default_cache
from faq.problems import CallError

__all__ = [
    "Answer",
    "Call",
    "CallError",
    "Decision",
    "Entry",
    "Matcher",
    "Nothing",
    "Suggest",
    "TrainingError",
    "default_cache",
    "find",
    "load",
]
