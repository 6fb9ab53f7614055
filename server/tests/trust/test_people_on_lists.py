"""Everybody on the lists of an incident counts, once, and still does when the lists are gone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import forget_lists, freeze_list
from afterword.audience.models import RecipientList, Segment
from afterword.components.models import Page
from afterword.incidents.models import Incident, RecordVersion, Recovery
from afterword.postbox.actions import forget_recipients
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import Publication
from afterword.trust.measure import Measure
from afterword.trust.periods import quarter
from afterword.trust.report import report
from trust.histories import a_page

OVER = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
KEEP = timedelta(days=90)
LATER = OVER + KEEP + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return a_page()


@pytest.fixture(autouse=True)
def incident(page: Page) -> Incident:
    incident = Incident.objects.create(
        page=page, public_id="inv-1", title="Mail was late", severity=3, status="resolved",
        started_at=OVER - timedelta(hours=2), created_at=OVER, updated_at=OVER,
    )  # fmt: skip
    Recovery.objects.create(page=page, incident=incident, severity=3, at=OVER)
    return incident


def people(*numbers: int) -> list[tuple[str, str]]:
    return [(f"p{n}@l.example", "") for n in numbers]


def freeze(page: Page, *numbers: int, segment: Segment = Segment.DATA) -> RecipientList:
    return freeze_list(
        actor=MACHINE, now=OVER, page=page, incident_ref="inv-1", segment=segment,
        members=people(*numbers),
    )  # fmt: skip


def mail(page: Page, frozen: RecipientList, numbers: Iterable[int]) -> str:
    """Send a letter to some of a list, and return what it is about."""
    number = Publication.objects.count() + 1
    left = Publication.objects.create(
        page=page, number=number, kind="follow_up", incident_id="inv-1", source_id=f"s{number}",
        title="T", body="B", html="B", display_at=OVER, published_at=OVER, previous_hash="",
        hash=f"{number:064}", audience="list", recipient_list=frozen.public_id,
    )  # fmt: skip
    about = f"publication:{left.pk}:{left.hash[:12]}"
    for n in numbers:
        message = Message.objects.create(
            key=f"k{number}-{n}", stream="status", sender="a@l.example", subject="S", text="T",
            created_at=OVER,
        )  # fmt: skip
        Letter.objects.create(
            message=message, about=about, recipient=f"p{n}@l.example", next_at=OVER,
            rfc_message_id=f"<{number}-{n}@l.example>", created_at=OVER, state="sent",
            sent_at=OVER,
        )  # fmt: skip
    return about


def reached(page: Page) -> Measure:
    made = report(page, quarter(2026, 1), now=LATER)
    return next(each for each in made.measures if each.code == "affected_reached")


def said(page: Page) -> list[tuple[str, int, int]]:
    return [(each.in_full, each.part, each.whole) for each in reached(page).items]


def test_a_list_that_was_forgotten_counts_as_it_did(page: Page) -> None:
    mail(page, freeze(page, *range(9)), [1, 2])
    before = said(page)
    assert before == [("2 of 9 reached", 2, 9)]
    assert forget_lists(now=LATER, keep=KEEP) == 9
    assert said(page) == before


def test_a_list_that_an_older_version_froze_is_measured_before_it_is_forgotten(
    page: Page,
) -> None:
    mail(page, freeze(page, *range(9)), [1, 2])
    RecipientList.objects.update(size=None, first_listed=None)
    assert said(page) == [("2 of 9 reached", 2, 9)]
    forget_lists(now=LATER, keep=KEEP)
    assert said(page) == [("2 of 9 reached", 2, 9)]


def test_of_a_list_forgotten_long_ago_nobody_knows_how_many_were_on_it(page: Page) -> None:
    mail(page, freeze(page, *range(9)), [1, 2])
    mail(page, freeze(page, *range(20, 24), segment=Segment.SLA), range(20, 24))
    forget_lists(now=LATER, keep=KEEP)
    RecipientList.objects.filter(segment=Segment.DATA).update(size=None, first_listed=None)
    assert said(page) == [("not known: nobody kept how many were on its lists", 0, 0)]


def test_where_nobody_made_a_list_it_is_not_known_who_was_reached(
    page: Page, incident: Incident
) -> None:
    """Who makes no list reaches nobody, and is not left out for that."""
    assert said(page) == [("not known: nobody made a list of those affected", 0, 0)]
    assert reached(page).not_known == 1
    freeze(page)
    assert said(page) == [("not known: nobody was on its lists", 0, 0)]
    RecordVersion.objects.create(
        incident=incident, version=1, hash="h", saved_at=OVER, data={"customers": {"affected": 0}}
    )
    assert said(page) == [("its record names nobody affected", 0, 0)]
    assert reached(page).not_known == 0, "nobody was owed a letter"
    RecordVersion.objects.create(
        incident=incident, version=2, hash="h", saved_at=OVER, data={"customers": {"affected": 3}}
    )
    assert reached(page).not_known == 1


def test_whoever_moves_to_another_list_is_still_one_person(page: Page) -> None:
    freeze(page, 1, 2, segment=Segment.SLA)
    mail(page, freeze(page, 1), [1])
    assert said(page) == [("1 of 2 reached", 1, 2)]
    freeze(page, 2, segment=Segment.SLA)
    assert said(page) == [("1 of 2 reached", 1, 2)]


def test_who_was_written_to_twice_was_reached_once(page: Page) -> None:
    for segment in (Segment.SLA, Segment.HIGH):
        mail(page, freeze(page, 1, 2, segment=segment), [1])
    assert said(page) == [("1 of 2 reached", 1, 2)]


def test_an_address_that_was_forgotten_in_one_letter_is_not_another_person(page: Page) -> None:
    mail(page, freeze(page, 1, 2, segment=Segment.SLA), [1])
    about = mail(page, freeze(page, 1, 2), [1])
    assert forget_recipients(about=about) == 1
    assert forget_lists(now=LATER, keep=KEEP) == 2
    assert said(page) == [("1 of 2 reached", 1, 2)]


def test_a_smaller_list_in_the_place_of_a_larger_one_makes_nothing_better(page: Page) -> None:
    mail(page, freeze(page, *range(9)), [1, 2])
    freeze(page, 1, 2)
    assert said(page) == [("2 of 9 reached", 2, 9)]


def test_letters_of_a_list_reach_no_more_than_were_on_it(page: Page) -> None:
    mail(page, freeze(page, 1, 2, 3, segment=Segment.SLA), [1])
    mail(page, freeze(page, 1), [7, 8, 9])
    assert said(page) == [("2 of 3 reached", 2, 3)]
