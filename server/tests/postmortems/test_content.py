from dataclasses import replace

import pytest

from afterword.postmortems.content import (
    MAX_ENTRIES,
    Content,
    Entry,
    Factor,
    checked,
    content_of,
    merged,
)
from afterword.postmortems.durations import durations
from afterword.postmortems.hints import hints
from afterword.postmortems.outlines import OUTLINES


def entry(at: str, what: str = "Seen.", kind: str = "seen", key: str = "") -> Entry:
    return Entry(key or at, at, kind, what)


def test_the_timeline_is_sorted_in_utc_whatever_zone_it_was_typed_in() -> None:
    typed = Content(timeline=(
        entry("2026-03-04T10:05+01:00", "later"), entry("2026-03-04T08:59Z", "earlier"),
    ))  # fmt: skip
    tidy, problems = checked(typed)
    assert problems == {}
    assert [(e.at, e.what) for e in tidy.timeline] == [
        ("2026-03-04T08:59:00Z", "earlier"), ("2026-03-04T09:05:00Z", "later"),
    ]  # fmt: skip


def test_what_is_stored_comes_back_as_it_was() -> None:
    tidy, _ = checked(
        Content(body="b", luck="l", timeline=(entry("2026-03-04T08:59Z"),), hosts=("harrier",),
                factors=(Factor("", "process", "p"),))
    )  # fmt: skip
    assert content_of(tidy.body, tidy.as_parts()) == tidy
    assert all(each.id for each in (*tidy.timeline, *tidy.factors))


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (Content(body="x" * 200_001), "body"),
        (Content(luck="nul \x00"), "luck"),
        (Content(timeline=(entry("yesterday"),)), "timeline[0].at"),
        (Content(timeline=(entry("2026-03-04T08:59"),)), "timeline[0].at"),
        (Content(timeline=(entry("2026-03-04T08:59Z", kind="blame"),)), "timeline[0].kind"),
        (Content(timeline=(Entry("a", "2026-03-04T08:59Z", "seen", "", "k"),)), "timeline[0].what"),
        (Content(timeline=(entry("2026-03-04T08:59Z"),) * (MAX_ENTRIES + 1)), "timeline"),
        (Content(factors=(Factor("", "root cause", "It."),)), "factors[0].kind"),
        (Content(people=("x" * 121,)), "people"),
    ],
)
def test_what_is_wrong_is_named_at_its_place(content: Content, path: str) -> None:
    assert list(checked(content)[1]) == [path]


def test_lines_and_factors_without_a_word_are_dropped() -> None:
    empty = Content(timeline=(Entry("a", "", "seen", " "),), factors=(Factor("b", "process", ""),))
    assert checked(empty) == (Content(), {})


BASE = Content(
    body="Body.", luck="Luck.",
    timeline=(entry("2026-03-04T08:00:00Z", key="a"), entry("2026-03-04T09:00:00Z", key="b")),
    people=("Petra",),
)  # fmt: skip


def test_two_people_s_work_on_different_things_is_put_together() -> None:
    mine = replace(BASE, body="My body.", people=("Petra", "Ugo"), timeline=(
        *BASE.timeline, entry("2026-03-04T08:30:00Z", key="mine"),
    ))  # fmt: skip
    theirs = replace(BASE, luck="Their luck.", people=("Petra", "Ben"), timeline=(
        replace(BASE.timeline[0], what="Their line."),
    ))  # fmt: skip
    found = merged(BASE, mine, theirs)
    assert found.clashes == ()
    assert (found.content.body, found.content.luck) == ("My body.", "Their luck.")
    assert found.content.people == ("Petra", "Ben", "Ugo")
    assert [(e.id, e.what) for e in found.content.timeline] == [
        ("a", "Their line."), ("mine", "Seen."),
    ]  # fmt: skip


def test_what_both_changed_is_named_and_the_writer_s_stands() -> None:
    mine = replace(BASE, luck="Mine.", timeline=(replace(BASE.timeline[0], what="Mine."),))
    theirs = replace(BASE, luck="Theirs.", timeline=(replace(BASE.timeline[0], what="Theirs."),))
    found = merged(BASE, mine, theirs)
    assert found.clashes == ("luck", "timeline")
    assert found.content.luck == "Mine."
    assert [e.what for e in found.content.timeline] == ["Mine."]


def test_a_line_one_removed_and_the_other_changed_is_kept() -> None:
    mine = replace(BASE, timeline=())
    theirs = replace(BASE, timeline=(replace(BASE.timeline[0], what="Found out."),))
    assert [e.what for e in merged(BASE, mine, theirs).content.timeline] == ["Found out."]


def test_durations_come_from_the_timeline_and_where_it_is_silent_from_the_record() -> None:
    content = Content(timeline=(
        entry("2026-03-04T08:20:00Z", kind="detected", key="a"),
        entry("2026-03-04T08:30:00Z", kind="declared", key="b"),
        entry("2026-03-04T10:00:00Z", kind="mitigated", key="c"),
    ))  # fmt: skip
    record = {"times": {"impact_began": "2026-03-04T08:00:00Z"}}
    found = {each.label: each for each in durations(content, record)}
    assert found["Until noticed"].seconds == 20 * 60
    assert found["Until noticed"].from_record
    assert found["From noticed to declared"].seconds == 10 * 60
    assert not found["From noticed to declared"].from_record
    assert found["In all"].seconds is None
    assert found["In all"].lacks == ("Resolved",)


def test_times_the_wrong_way_round_give_no_duration() -> None:
    content = Content(timeline=(
        entry("2026-03-04T08:20:00Z", kind="declared", key="b"),
        entry("2026-03-04T08:30:00Z", kind="detected", key="a"),
    ))  # fmt: skip
    found = {each.label: each.seconds for each in durations(content, {})}
    assert found["From noticed to declared"] is None


def test_hints_ask_for_what_is_missing_and_fall_silent_when_it_is_there() -> None:
    asked = " ".join(hints(OUTLINES["full"].content, []))
    for wanted in ("8 left", "timeline", "noticed", "two factors", "by whom"):
        assert wanted in asked, asked
    done = Content(
        body="b", went_well="w", luck="l", hard="h",
        timeline=(entry("2026-03-04T08:20:00Z", kind="detected", key="a"),
                  entry("2026-03-04T09:20:00Z", kind="mitigated", key="b")),
        factors=(Factor("x", "technical", "t"), Factor("y", "detection", "d")),
    )  # fmt: skip
    assert hints(done, []) == ["Say what is to be done, by whom and until when."]
