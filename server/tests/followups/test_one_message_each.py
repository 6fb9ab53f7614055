"""Who gets which message, held against rules anybody can read, over people of every kind."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from afterword.audience.models import Segment
from afterword.followups.models import Level
from afterword.followups.people import (
    LETTERS_A_WEEK,
    LETTERS_IN_30_DAYS,
    MOST_SPECIFIC_FIRST,
    WITH_A_LIST,
    Known,
    Plan,
    assign,
)
from afterword.followups.plan import ALLOWED

unsure = st.sampled_from([True, False, None])
a_person = st.builds(
    Known,
    who=st.just(""),
    data=st.booleans(),
    contract=st.booleans(),
    touched=unsure,
    breached=unsure,
    hardest=st.booleans(),
    subscribed=st.booleans(),
    suppressed=st.booleans(),
    muted=st.booleans(),
    week=st.integers(0, 3),
    month=st.integers(0, 5),
)
crowds = st.lists(a_person, max_size=30).map(
    lambda found: [replace(one, who=f"p{n}@x.example") for n, one in enumerate(found)]
)
decisions = st.fixed_dictionaries(
    {segment: st.sampled_from(levels) for segment, levels in ALLOWED.items()}
)


def obvious(person: Known, levels: dict[Segment, Level]) -> str:
    """What one person gets, rule by rule: the slow way, written apart from the plan."""
    letter = {s for s, level in levels.items() if level in {"targeted", "personal"}}
    full = person.suppressed or person.week >= 2 or person.month >= 4
    if person.data and "data_affected" in letter:
        return "data_affected"
    if person.contract and person.touched in {True, None} and "sla" in letter:
        if person.breached in {True, None} or not full:
            return "sla"
    elif person.hardest and "high_impact" in letter and not full:
        return "high_impact"
    mailed = person.subscribed and levels[Segment.EVERYONE] == "subscribers"
    return "everyone" if mailed and not person.muted else "nothing"


def got(plan: Plan, who: str) -> list[Segment]:
    return [segment for segment, letters in plan.letters.items() if who in letters]


@given(crowds, decisions, st.integers(0, 10_000))
def test_everybody_gets_the_one_message_that_fits_them_best_or_is_counted_as_left_out(
    people: Sequence[Known], levels: dict[Segment, Level], others: int
) -> None:
    plan = assign(people, levels, others)
    expected = [obvious(one, levels) for one in people]
    mailed = others if levels[Segment.EVERYONE] == Level.SUBSCRIBERS else 0

    for person, wanted in zip(people, expected, strict=True):
        letters = got(plan, person.who)
        assert letters == ([wanted] if wanted in MOST_SPECIFIC_FIRST else [])
        if letters and letters != [Segment.DATA]:
            affected = person.touched is not False if letters == [Segment.SLA] else person.hardest
            assert affected, "nobody unaffected gets a letter"
        if letters and (person.suppressed or person.week >= LETTERS_A_WEEK):
            assert plan.letters[letters[0]][person.who].must, "only what must be sent passes"
        if person.month >= LETTERS_IN_30_DAYS:
            assert Segment.HIGH not in letters
        if person.data and levels[Segment.DATA] in WITH_A_LIST:
            assert letters == [Segment.DATA], "everyone whose data it was hears of it"

    assert plan.subscribers == expected.count("everyone") + mailed
    assert plan.people + sum(plan.left_out.values()) == len(people) + others
    assert plan.suppressed <= sum(one.suppressed or one.muted for one in people)
    assert assign(list(people), dict(levels), others) == plan


@given(crowds, decisions)
def test_the_order_people_come_in_changes_nothing(
    people: list[Known], levels: dict[Segment, Level]
) -> None:
    forwards, backwards = assign(people, levels), assign(people[::-1], levels)
    assert forwards.letters == backwards.letters
    assert forwards.left_out == backwards.left_out
