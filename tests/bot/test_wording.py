"""What reminders say: the date that holds and the time that is left, whether worded anew or remembered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.deadline.reminders import Wording, word
from bot.rules.plan import CHANGE
from bot.texts import Texts
from faq import Call, find, load, zones
from faq.deadline import Amendment
from faq.languages import ReplyLanguage

zones.pin()
TEXTS = Texts()
CALL = load(find("clusters-2025"))
INSTANT = datetime(2025, 7, 24, 14, tzinfo=UTC)


def extended(call: Call, days: int) -> Call:
    local = datetime(2025, 7, 24, 15) + timedelta(days=days)  # noqa: DTZ001
    version = call.deadline.version + 1 if call.deadline else 1
    decided_at = INSTANT - timedelta(days=20)
    return call.amended(
        [
            Amendment(
                version=version, local=local, announced=date(2025, 7, 1), source="https://x.y", decided_at=decided_at
            )
        ]
    )


@given(
    st.lists(
        st.tuples(
            st.floats(1, 40 * 86400), st.sampled_from(["7d", "later:x", CHANGE]), st.sampled_from(list(ReplyLanguage)),
            st.integers(0, 1),
        ),
        min_size=2, max_size=8,
    )
)  # fmt: skip
def test_remembered_words_are_those_that_would_be_said_now(sent: list[tuple[float, str, ReplyLanguage, int]]) -> None:
    calls = [extended(CALL, 3), extended(extended(CALL, 3), 9)]
    wording = Wording(TEXTS)
    for seconds, step, language, which in sent:
        for wait in (0, 0.4, 59, 60):
            now = INSTANT - timedelta(seconds=seconds) + timedelta(seconds=wait)
            call = calls[which]
            assert wording.of(call, step, language, now=now) == word(TEXTS, call, step, language, now=now)


def test_the_news_of_a_cancelled_call_says_no_time_left() -> None:
    cancelled = CALL.amended(
        [Amendment(version=2, local=None, announced=date(2025, 7, 1), source="https://x.y", decided_at=INSTANT)]
    )
    said = word(TEXTS, cancelled, CHANGE, ReplyLanguage.FR, now=INSTANT - timedelta(days=2)).text
    assert "annulé" in said
    assert "il reste" not in said
