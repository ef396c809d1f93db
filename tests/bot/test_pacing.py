"""Pacing: the limits are kept whatever is asked for, and a 429 is obeyed to the end."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.pacing import Pacer


@given(st.integers(1, 50), st.lists(st.floats(0, 0.2), min_size=20, max_size=120))
def test_no_second_holds_more_than_the_rate(rate: int, pauses: list[float]) -> None:
    pacer, now, sent = Pacer(rate), 100.0, list[float]()
    for chat, pause in enumerate(pauses):
        now += pause
        now += pacer.wait_seconds(now)
        pacer.spend(now, chat + 1)
        sent.append(now)
    busiest = max(sum(1 for t in sent if start <= t < start + 0.999) for start in sent)
    assert busiest <= rate + max(1, rate // 25)


def test_the_full_rate_is_used_when_there_is_enough_to_send() -> None:
    pacer, now = Pacer(28), 0.0
    for chat in range(281):
        now += pacer.wait_seconds(now)
        pacer.spend(now, chat + 1)
    assert 10.0 <= now < 10.3, "97 % of the rate or more"


def test_what_is_allowed_at_once_is_one_at_telegrams_rate_and_a_batch_at_a_raised_one() -> None:
    assert Pacer(28).allowance(100.0) == 1
    pacer = Pacer(1000)
    assert pacer.allowance(100.0) == 29
    for chat in range(29):
        pacer.spend(100.0, chat + 1)
    assert pacer.allowance(100.0) == 0


def test_a_chat_gets_a_short_burst_and_then_one_message_a_second() -> None:
    pacer = Pacer(1000)
    waits: list[float] = []
    now = 0.0
    for _ in range(7):
        wait = pacer.chat_wait_seconds(now, 7)
        waits.append(round(wait, 2))
        now += wait
        pacer.spend(now, 7)
    assert waits == [0, 0, 0, 0, 0, 5, 0]


def test_a_group_gets_twenty_messages_a_minute() -> None:
    pacer, now = Pacer(1000), 0.0
    for _ in range(41):
        now += pacer.chat_wait_seconds(now, -5)
        pacer.spend(now, -5)
    assert now >= 120


def test_a_429_is_obeyed_to_its_end_even_if_a_shorter_one_follows() -> None:
    pacer = Pacer(30)
    pacer.be_silent(0.0, 10.0)
    pacer.be_silent(1.0, 2.0)
    assert pacer.wait_seconds(5.0) == 5.0
    assert pacer.wait_seconds(10.0) == 0.0


def rate_at(pacer: Pacer, now: float) -> float:
    """Messages a second that the pacer allows from ``now`` on, measured over twenty after what may be caught up."""
    while pacer.wait_seconds(now) == 0:
        pacer.spend(now, 999)
    began = now = now + pacer.wait_seconds(now)
    for chat in range(20):
        pacer.spend(now, 1000 + chat)
        now += pacer.wait_seconds(now)
    return 20 / (now - began)


def test_after_a_429_half_the_rate_is_used_which_then_grows_back_evenly() -> None:
    pacer = Pacer(100)
    pacer.obey(0.0, 5.0)
    assert pacer.wait_seconds(4.9) > 0
    assert 49 < rate_at(pacer, 5.0) < 52
    assert 73 < rate_at(pacer, 20.0) < 76
    assert 98 < rate_at(pacer, 60.0) < 99


def test_several_429s_of_one_storm_slow_down_once() -> None:
    pacer = Pacer(100)
    for n in range(20):
        pacer.obey(n / 100, 5.0)
    assert 49 < rate_at(pacer, 5.2) < 52


def test_no_storm_brings_the_rate_below_one_a_second() -> None:
    pacer, now = Pacer(30), 0.0
    for _ in range(20):
        pacer.obey(now, 1.0)
        now += 1.0
    assert pacer.wait_seconds(now) == 0
    pacer.spend(now, 1)
    assert pacer.wait_seconds(now) <= 1.0


def test_chats_that_need_not_wait_are_not_busy() -> None:
    pacer = Pacer(1000)
    for _ in range(5):
        pacer.spend(0.0, 7)
    pacer.spend(0.0, 8)
    assert pacer.busy_chats(0.5) == {7}
    assert pacer.busy_chats(5.0) == set()


@given(
    st.sampled_from([5, 28, 60]),
    st.floats(0, 0.04),
    st.lists(st.tuples(st.floats(0, 0.4), st.floats(0, 0.4)), min_size=10, max_size=60),
)
@settings(deadline=None, max_examples=100)
def test_no_second_at_the_far_side_is_too_full_however_long_each_message_is_on_its_way(
    rate: int, way: float, jitters: list[tuple[float, float]]
) -> None:
    pacer, now = Pacer(rate), 0.0
    arrived: list[float] = []
    answers: list[tuple[float, int]] = []
    for chat in range(rate * 3):
        while wait := pacer.wait_seconds(now):
            soonest = min([now + max(wait, 1e-6), *(at for at, _ in answers)])
            now = max(now, soonest)
            for at, other in sorted(one for one in answers if one[0] <= now):
                pacer.answered(at, other)
                answers.remove((at, other))
        # every fifth message meets no hindrance, so that the shortest way is known
        there, back = jitters[chat % len(jitters)] if chat % 5 else (0.0, 0.0)
        pacer.spend(now, chat + 1)
        arrived.append(now + way + there)
        answers.append((now + 2 * way + there + back, chat + 1))
    arrived.sort()
    fullest = max(sum(start <= at < start + 1.0 for at in arrived) for start in arrived)
    assert fullest <= rate
