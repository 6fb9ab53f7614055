"""What an auditor's list holds: clocks by when they ran out, broken words, letters nobody got."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.models import Person
from afterword.components.models import Page
from afterword.fanout.models import Mailing, MailingState
from afterword.followups.models import PlanLine
from afterword.incidents.clocks import ClockFacts, owed_after
from afterword.incidents.models import Case, Decision, Incident, RecordVersion, Recovery, Update
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import Publication
from afterword.statements.models import Statement
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.missed_clocks import LONGEST_CLOCK
from afterword.trust.periods import Period, quarter, quarter_of
from afterword.trust.report import report
from trust.histories import a_page

OVER = datetime.fromisoformat("2026-02-03T10:00:00+00:00")  # a Tuesday
LATER = OVER + timedelta(days=30)
INTERIM = "The interim summary was due"


@pytest.fixture
def page(db: None) -> Page:
    return a_page()


def over(
    page: Page,
    *,
    severity: int,
    confirmed_after: timedelta | None = None,
    at: datetime | None = OVER,
) -> Incident:
    """Return an incident that was over at ``OVER``, or then, or is not; its cause is confirmed that
    much later."""
    incident = Incident.objects.create(
        page=page, public_id="inv-1", title="Mail was late", severity=severity, status="resolved",
        started_at=OVER - timedelta(hours=1), created_at=OVER, updated_at=OVER,
    )  # fmt: skip
    if at is not None:
        Recovery.objects.create(page=page, incident=incident, severity=severity, at=at)
    _version(incident, 1, OVER, "suspected")
    if confirmed_after is not None:
        _version(incident, 2, OVER + confirmed_after, "confirmed")
    return incident


def _version(incident: Incident, number: int, at: datetime, confidence: str) -> None:
    RecordVersion.objects.create(
        incident=incident, version=number, hash=f"h{number}", saved_at=at,
        data={"cause": {"confidence": confidence}},
    )  # fmt: skip


def summary(page: Page, incident: Incident, at: datetime, *, interim: bool) -> None:
    number = Publication.objects.count() + 1
    Statement.objects.create(
        incident=incident, public_id=f"s{number}", kind="summary", interim=interim,
        state="published", created_at=at, published_at=at,
    )  # fmt: skip
    Publication.objects.create(
        page=page, number=number, kind="summary", incident_id=incident.public_id,
        source_id=f"s{number}", title="T", body="B", html="B", facts={}, display_at=at,
        published_at=at, previous_hash="", hash=f"{number:064}",
    )  # fmt: skip


def interim_clocks(page: Page) -> list[Any]:
    found = evidence(page, quarter(2026, 1), now=LATER)
    return [each for each in found if each.what.startswith(INTERIM)]


@pytest.mark.parametrize(
    ("severity", "due"), [(1, OVER + timedelta(hours=24)), (2, OVER + timedelta(days=2))]
)
def test_an_interim_word_that_never_came_is_a_missed_clock(
    page: Page, severity: int, due: datetime
) -> None:
    over(page, severity=severity)
    (missed,) = interim_clocks(page)
    assert missed.at == due
    assert "has not come" in missed.what


def test_an_interim_word_that_came_late_says_how_late(page: Page) -> None:
    incident = over(page, severity=1)
    summary(page, incident, OVER + timedelta(hours=30), interim=True)
    (missed,) = interim_clocks(page)
    assert "came 6 hours late" in missed.what


@pytest.mark.parametrize("interim", [True, False])
def test_either_summary_in_time_meets_the_interim_clock(page: Page, interim: bool) -> None:
    incident = over(page, severity=1)
    summary(page, incident, OVER + timedelta(hours=20), interim=interim)
    assert interim_clocks(page) == []


def test_no_interim_word_is_owed_when_the_cause_was_known_in_time(page: Page) -> None:
    over(page, severity=1, confirmed_after=timedelta(hours=5))
    assert interim_clocks(page) == []


def test_confirming_the_cause_afterwards_does_not_undo_the_missed_clock(page: Page) -> None:
    over(page, severity=1, confirmed_after=timedelta(hours=25))
    assert len(interim_clocks(page)) == 1


def test_lesser_incidents_owe_no_interim_word(page: Page) -> None:
    over(page, severity=3)
    assert interim_clocks(page) == []


def somebody(name: str = "Mara") -> Person:
    address = f"{name.lower()}@l.example"
    return Person.objects.get_or_create(email=address, defaults={"name": name, "joined_at": OVER})[
        0
    ]


def decided(incident: Incident, after: timedelta, outcome: str = "none", **more: Any) -> None:
    Decision.objects.create(
        incident=incident, outcome=outcome, proposed="none", row=9, reason="Nobody noticed it.",
        decided_by=somebody(), decided_at=OVER + after, **more,
    )  # fmt: skip


def clocks(page: Page, period: Period, name: str, now: datetime = LATER) -> list[Evidence]:
    found = evidence(page, period, now=now)
    return [each for each in found if each.kind == "clock" and each.what.startswith(name)]


FIRST, SECOND = quarter(2026, 1), quarter(2026, 2)


def test_deciding_against_a_summary_when_its_time_is_over_undoes_no_missed_clock(
    page: Page,
) -> None:
    incident = over(page, severity=1)
    decided(incident, timedelta(days=20))
    assert len(clocks(page, FIRST, "The summary")) == 1
    assert len(clocks(page, FIRST, INTERIM)) == 1


def test_deciding_between_two_clocks_takes_away_the_later_one_alone(page: Page) -> None:
    incident = over(page, severity=1)
    decided(incident, timedelta(hours=30))
    assert len(clocks(page, FIRST, INTERIM)) == 1
    assert clocks(page, FIRST, "The summary") == []


def test_a_second_person_who_agrees_too_late_decides_too_late(page: Page) -> None:
    incident = over(page, severity=1)
    decided(
        incident, timedelta(hours=2), second_person=somebody("Timo"),
        confirmed_at=OVER + timedelta(days=9),
    )  # fmt: skip
    assert len(clocks(page, FIRST, "The summary")) == 1


def test_what_was_decided_against_in_time_is_no_missed_clock(page: Page) -> None:
    incident = over(page, severity=1)
    decided(incident, timedelta(hours=2))
    assert clocks(page, FIRST, "The summary") == clocks(page, FIRST, INTERIM) == []


def test_a_clock_is_listed_in_the_period_it_runs_out_in_and_in_no_other(page: Page) -> None:
    end = datetime.fromisoformat("2026-03-30T10:00:00+00:00")
    over(page, severity=3, at=end)
    later = end + timedelta(days=60)
    assert len(clocks(page, FIRST, "The closure", later)) == 1
    assert clocks(page, FIRST, "The summary", later) == []
    (summary_clock,) = clocks(page, SECOND, "The summary", later)
    assert quarter_of(summary_clock.at.date()) == SECOND
    assert clocks(page, SECOND, "The closure", later) == []


MARCH, APRIL = (
    datetime.fromisoformat("2026-03-01T10:00:00+00:00"),
    datetime.fromisoformat("2026-04-01T10:00:00+00:00"),
)


@pytest.mark.parametrize("first_over", [MARCH, MARCH + timedelta(days=16)])
def test_a_summary_that_stands_is_owed_no_second_time_in_the_next_quarter(
    page: Page, first_over: datetime
) -> None:
    """Over and explained in March, open again and over in April: only a closure is owed anew."""
    incident = over(page, severity=2, at=first_over)
    summary(page, incident, first_over + timedelta(days=1), interim=False)
    turned(incident, over_at=APRIL - timedelta(hours=2), came_back=True)
    turned(incident, over_at=APRIL)
    closure(incident, 9, APRIL + timedelta(minutes=10))
    now = APRIL + timedelta(days=90)
    made = report(page, SECOND, now=now)
    assert made.measure("summary_in_time").items == ()
    assert made.measure("time_to_summary").items == ()
    assert made.measure("coverage").items[0].said.startswith("both stand")
    assert [(i.part, i.whole) for i in made.measure("closure_in_time").items] == [(1, 1)]
    assert clocks(page, SECOND, "The", now) == []
    before = report(page, FIRST, now=now).measure("summary_in_time").items
    assert [(i.part, i.whole) for i in before] == [(1, 1)]


@pytest.mark.parametrize("first_over", [MARCH, MARCH + timedelta(days=16)])
def test_what_never_came_is_missed_where_it_was_owed_first_and_in_no_later_quarter(
    page: Page, first_over: datetime
) -> None:
    """A summary, an interim word and letters are owed once; the page lacks them all the same."""
    incident = over(page, severity=2, at=first_over)
    plan_line(incident, timedelta(), "targeted")
    turned(incident, over_at=APRIL - timedelta(hours=2), came_back=True)
    turned(incident, over_at=APRIL)
    now = APRIL + timedelta(days=90)
    for name in ("The summary", INTERIM, "The follow-up", "The service level result"):
        assert len(clocks(page, FIRST, name, now)) == 1, name
        assert clocks(page, SECOND, name, now) == [], name
    for period, counted in ((FIRST, [(0, 1)]), (SECOND, [])):
        made = report(page, period, now=now)
        assert [(i.part, i.whole) for i in made.measure("summary_in_time").items] == counted
        assert made.measure("coverage").items[0].said.startswith("no closure and no summary")


def turned(incident: Incident, *, over_at: datetime, came_back: bool = False) -> None:
    Recovery.objects.create(
        page=incident.page, incident=incident, severity=2, at=over_at, came_back=came_back
    )


def closure(incident: Incident, number: int, at: datetime) -> None:
    Publication.objects.create(
        page=incident.page, number=number, kind="closure", incident_id=incident.public_id,
        source_id=f"c{number}", title="T", body="B", html="B", facts={}, display_at=at,
        published_at=at, previous_hash="", hash=f"{number:064}",
    )  # fmt: skip


def in_time(page: Page) -> list[tuple[int, int]]:
    made = report(page, quarter_of(OVER.date()), now=LATER).measure("closure_in_time")
    return [(each.part, each.whole) for each in made.items]


def covered(page: Page) -> str:
    (item,) = report(page, quarter_of(OVER.date()), now=LATER).measure("coverage").items
    return item.said


def test_what_comes_back_owes_a_closure_each_time_it_is_over(page: Page) -> None:
    """It was closed in time, came back, was over again and never closed."""
    incident = over(page, severity=2)
    closure(incident, 1, OVER + timedelta(minutes=10))
    assert (clocks(page, quarter_of(OVER.date()), "The closure"), in_time(page)) == ([], [(1, 1)])
    assert covered(page).startswith("no summary;")
    turned(incident, over_at=OVER + timedelta(days=1), came_back=True)
    turned(incident, over_at=OVER + timedelta(days=2))
    (missed,) = clocks(page, quarter_of(OVER.date()), "The closure")
    assert missed.at == OVER + timedelta(days=2, hours=1)
    assert in_time(page) == [(1, 1), (0, 1)]
    assert covered(page).startswith("no closure and no summary"), "the old one closes nothing"
    closure(incident, 2, OVER + timedelta(days=2, minutes=30))
    assert (clocks(page, quarter_of(OVER.date()), "The closure"), in_time(page)) == (
        [], [(1, 1), (1, 1)],
    )  # fmt: skip
    assert covered(page).startswith("no summary;")


def test_a_clock_after_a_return_is_listed_though_the_first_time_lies_in_the_quarter_before(
    page: Page,
) -> None:
    april = datetime.fromisoformat("2026-04-07T10:00:00+00:00")
    incident = over(page, severity=2, at=april - timedelta(days=10))
    closure(incident, 1, april - timedelta(days=10))
    turned(incident, over_at=april - timedelta(days=1), came_back=True)
    turned(incident, over_at=april)
    now = april + timedelta(days=60)
    (missed,) = clocks(page, quarter(2026, 2), "The closure", now)
    assert missed.at == april + timedelta(hours=1)


def test_a_summary_is_missed_once_however_often_it_came_back(page: Page) -> None:
    incident = over(page, severity=2)
    for days in (1, 2):
        turned(incident, over_at=OVER + timedelta(days=days), came_back=True)
        turned(incident, over_at=OVER + timedelta(days=days, hours=2))
    assert len(clocks(page, quarter_of(OVER.date()), "The summary")) == 1


@pytest.mark.parametrize(("minutes", "missed"), [(59, 0), (61, 1)])
def test_what_was_open_again_before_its_closure_was_due_owed_none(
    page: Page, minutes: int, missed: int
) -> None:
    incident = over(page, severity=2)
    turned(incident, over_at=OVER + timedelta(minutes=minutes), came_back=True)
    assert len(clocks(page, quarter_of(OVER.date()), "The closure")) == missed
    assert in_time(page) == [(0, missed)]


def test_no_clock_runs_longer_than_is_looked_back() -> None:
    facts = ClockFacts(follow_up_owed=True, sla_owed=True)
    for day in range(7):
        end = OVER + timedelta(days=day)
        for severity in (1, 2, 3, 4):
            for each in owed_after(end, severity, facts):
                assert each.due_at - end < LONGEST_CLOCK


def test_a_missed_clock_names_who_had_the_case(page: Page) -> None:
    incident = over(page, severity=1)
    Case.objects.create(incident=incident, owner=somebody(), opened_at=OVER)
    assert clocks(page, FIRST, "The closure")[0].people == ("Mara",)


def word(incident: Incident, at: datetime, promised: datetime | None) -> None:
    extra = {"next_update_at": promised.isoformat()} if promised else {}
    Update.objects.create(
        incident=incident, status="identified", body="B", created_at=at, display_at=at, extra=extra
    )


@pytest.mark.parametrize(
    ("came_after", "said"),
    [
        (None, "has not come"),
        (timedelta(hours=3), "came 2 hours late"),
        (timedelta(minutes=50), ""),
    ],
)
def test_a_next_word_that_did_not_come_in_time_is_listed_also_while_it_goes_on(
    page: Page, came_after: timedelta | None, said: str
) -> None:
    incident = over(page, severity=2, at=None)
    word(incident, OVER, OVER + timedelta(hours=1))
    if came_after is not None:
        word(incident, OVER + came_after, None)
    found = clocks(page, FIRST, "Readers were promised")
    assert [said in each.what for each in found] == [True] * bool(said)
    assert [each.at for each in found] == [OVER + timedelta(hours=1)] * bool(said)


def test_words_brought_in_from_elsewhere_keep_no_promise_made_here(page: Page) -> None:
    incident = over(page, severity=2, at=None)
    Incident.objects.filter(pk=incident.pk).update(source="statuspage")
    word(incident, OVER - timedelta(hours=1), OVER - timedelta(minutes=30))
    word(incident, OVER, OVER + timedelta(hours=1))
    Update.objects.filter(created_at=OVER).update(author_label="Mara")
    word(incident, OVER + timedelta(minutes=50), None)
    (late,) = clocks(page, FIRST, "Readers were promised")
    assert "has not come" in late.what


def plan_line(incident: Incident, after: timedelta, level: str) -> None:
    PlanLine.objects.create(
        incident=incident, segment="sla", level=level, proposed="targeted", count=3,
        reason="They will read the page.", decided_by=somebody(), decided_at=OVER + after,
    )  # fmt: skip


def test_a_plan_for_fewer_people_than_proposed_is_listed_with_its_reason(page: Page) -> None:
    incident = over(page, severity=2)
    plan_line(incident, timedelta(hours=1), "targeted")
    plan_line(incident, timedelta(hours=2), "page")
    (found,) = [e for e in evidence(page, FIRST, now=LATER) if e.kind == "follow-up"]
    assert found.what == (
        "Customers with an SLA: the page only, where a letter to this group was proposed"
    )
    assert (found.reason, found.people) == ("They will read the page.", ("Mara",))


def test_a_letter_that_was_owed_when_its_time_ran_out_stays_missed_when_the_plan_gets_smaller(
    page: Page,
) -> None:
    incident = over(page, severity=2)
    plan_line(incident, timedelta(hours=1), "targeted")
    plan_line(incident, timedelta(days=20), "page")
    assert len(clocks(page, FIRST, "The follow-up")) == 1
    assert len(clocks(page, FIRST, "The service level result")) == 1


def test_a_letter_planned_away_in_time_is_no_missed_clock(page: Page) -> None:
    incident = over(page, severity=2)
    plan_line(incident, timedelta(hours=1), "targeted")
    plan_line(incident, timedelta(hours=2), "page")
    assert clocks(page, FIRST, "The follow-up") == []


@pytest.mark.parametrize(("audience", "demanded"), [("list", True), ("subscribers", False)])
def test_a_run_of_letters_that_was_cancelled_is_listed(
    page: Page, audience: str, demanded: bool
) -> None:
    left = Publication.objects.create(
        page=page, number=7, kind="follow_up", incident_id="inv-1", source_id="s7", title="To you",
        body="B", html="B", facts={}, display_at=OVER, published_at=OVER, previous_hash="",
        hash="7" * 64, audience=audience,
    )  # fmt: skip
    message = Message.objects.create(
        key="k", stream="notice", sender="a@l.example", subject="S", text="T", created_at=OVER
    )
    for number in range(2):
        Letter.objects.create(
            message=message, about=f"publication:{left.pk}:{left.hash[:12]}", state="withdrawn",
            recipient=f"r{number}@l.example", rfc_message_id=f"<{number}@l.example>", next_at=OVER,
            created_at=OVER,
        )  # fmt: skip
    Mailing.objects.create(
        publication=left, state=MailingState.CANCELLED, because="The figures are wrong.",
        started_at=OVER, steered_at=OVER + timedelta(hours=1), steered_by="Pia",
    )  # fmt: skip
    (found,) = [e for e in evidence(page, FIRST, now=LATER) if e.kind == "letters"]
    assert ("the law or a contract demands" in found.what) == demanded
    assert found.what.endswith("were cancelled; 2 never left")
    assert (found.reason, found.people) == ("The figures are wrong.", ("Pia",))
