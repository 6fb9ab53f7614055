"""The demo tells a believable story on whatever day it is made, through the real verbs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from afterword.audience.models import Subscriber
from afterword.audit.queries import broken_links
from afterword.commitments.models import Commitment
from afterword.components.models import Component
from afterword.demo import company
from afterword.demo.actions import seed
from afterword.demo.before import HISTORY
from afterword.demo.stories import STORIES, THIS_MORNING
from afterword.demo.telling import Figures
from afterword.incidents.models import Case, Incident, Recurrence
from afterword.incidents.queries import current_record
from afterword.incidents.record import gaps
from afterword.postbox.models import Letter
from afterword.postmortems.models import ActionItem, Postmortem
from afterword.publishing.models import Publication
from afterword.statements.models import Review, Statement
from afterword.wording.queries import check

NOW = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


def nothing(done: int, of: int) -> None:
    return


def told() -> list[tuple[str, str, str]]:
    rows = Publication.objects.order_by("number")
    return list(rows.values_list("kind", "title", "body"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "now",
    [
        datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC),
        datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC),
        datetime(2026, 7, 5, 4, 0, tzinfo=UTC),
    ],
)
def test_every_text_passes_the_checks_whatever_day_it_is(now: datetime) -> None:
    seen: list[tuple[int, int]] = []
    seed(now=now, progress=lambda done, of: seen.append((done, of)))
    # Progress counts up to the whole.
    assert [done for done, _ in seen] == list(range(1, seen[-1][1] + 1))
    assert Statement.objects.exclude(state="published").count() == 0
    assert not Publication.objects.filter(published_at__gt=now).exists()
    assert not Publication.objects.exclude(accepted=[]).exists()


@pytest.mark.django_db
def test_what_a_visitor_finds_and_the_same_day_tells_the_same_story() -> None:
    with transaction.atomic():
        seed(now=NOW, progress=nothing)
        first = told()
        transaction.set_rollback(True)
    page = seed(now=NOW, progress=nothing)
    assert told() == first
    _history_is_long_enough(page.name)
    _one_case_waits()
    _promises_went_as_promises_go()
    _texts_were_approved_by_another_person()
    _two_incidents_were_looked_into()
    _letters_go_nowhere_real()
    assert list(broken_links()) == []
    assert not Component.objects.exclude(status="operational").exists()


def _history_is_long_enough(name: str) -> None:
    assert name == "Brambleworth"
    assert 30 <= Incident.objects.count() <= 40
    assert Component.objects.filter(is_group=False).count() == 11
    oldest = Incident.objects.order_by("started_at")[0].started_at
    assert timedelta(days=530) < NOW - oldest < timedelta(days=560)
    assert Incident.objects.filter(kind="maintenance", status="scheduled").exists()
    imported = Publication.objects.filter(imported=True)
    assert imported.filter(body__contains="never happens again").exists()
    times = list(Publication.objects.order_by("number").values_list("published_at", flat=True))
    assert times == sorted(times)


def _one_case_waits() -> None:
    incident = Incident.objects.get(title=THIS_MORNING.title)
    assert (incident.status, incident.severity) == ("resolved", 1)
    assert NOW - timedelta(minutes=30) < incident.resolved_at < NOW
    assert Case.objects.get(incident=incident).closed_at is None
    assert not Statement.objects.filter(incident=incident).exists()
    record = current_record(incident)
    assert record is not None
    assert record.data["customers"]["affected"] == 517
    assert {"data.loss", "symptoms", "security.malicious"} <= set(gaps(record.data))
    still_open = Case.objects.filter(closed_at=None).exclude(incident=incident)
    assert still_open.count() == 2


def _promises_went_as_promises_go() -> None:
    kept = Commitment.objects.filter(state="done")
    assert kept.count() >= 8
    assert kept.filter(changes__after__due__isnull=False, changes__note__contains="weeks").exists()
    assert Commitment.objects.filter(state="dropped").exclude(dropped_because="").count() == 1
    late = Commitment.objects.filter(due__lt=NOW.date(), done_on=None).exclude(state="dropped")
    assert late.count() == 1
    again = Publication.objects.get(kind="summary", title__contains="second time")
    first = Incident.objects.get(title="The ticket shop stopped selling")
    assert f"{first.started_at.day} {first.started_at:%B %Y}" in again.body
    (same_as,) = again.facts["record"]["previous"]
    assert same_as["id"] == first.public_id, "both pages link to each other"
    assert Recurrence.objects.get(incident__public_id=again.incident_id).is_same


def _texts_were_approved_by_another_person() -> None:
    for review in Review.objects.select_related("revision__author"):
        assert review.reviewer != review.revision.author
    kinds = set(Statement.objects.values_list("kind", flat=True))
    assert kinds == {"closure", "summary", "data_notice", "follow_up"}


def _two_incidents_were_looked_into() -> None:
    final, waits = Postmortem.objects.order_by("incident__started_at")
    assert (final.state, waits.state) == ("final", "in_review")
    assert final.reader is not None
    assert final.reader != final.revisions.latest("number").author
    assert waits.reader is None
    assert ActionItem.objects.filter(postmortem=final).exclude(state="done").count() == 0
    assert ActionItem.objects.filter(postmortem=waits, state="open").count() == 2
    # What stays inside is in nothing that left, down to the names of machines.
    inside = ("shop-worker-2", "orders-db-1", "api-server-7", "on a train")
    assert not [b for _, _, b in told() for word in inside if word in b]


def _letters_go_nowhere_real() -> None:
    assert Subscriber.objects.filter(state="active").count() == 40
    addresses = set(Letter.objects.values_list("recipient", flat=True))
    assert addresses
    assert all(address.endswith(".example") for address in addresses)
    waiting = Letter.objects.filter(state="waiting")
    assert waiting.count() == 40 * len(THIS_MORNING.said)
    old = Letter.objects.exclude(state="waiting")
    assert set(old.values_list("state", flat=True)) == {"sent"}
    notice = Publication.objects.get(kind="data_notice")
    assert notice.audience == "list"
    assert Letter.objects.filter(message__subject__contains=notice.title).count() == 12


@pytest.mark.django_db
def test_many_words_from_before_would_not_pass_today() -> None:
    found = [check(said.words, "update", None).findings for past in HISTORY for said in past.said]
    assert sum(bool(findings) for findings in found) >= 10


def test_nothing_in_the_demo_is_real() -> None:
    texts = [company.SLA_CUSTOMERS, company.DATA_AFFECTED, *company.SUBSCRIBERS]
    for story in STORIES:
        written = (story.closure, story.summary, story.sla_letter, story.data_letter)
        texts += [w.body for w in written if w is not None]
    addresses = [a for text in texts for a in re.findall(r"[\w.-]+@([\w.-]+)\b", text)]
    assert addresses
    assert all(host.endswith(".example") for host in addresses)


def test_a_place_nobody_fills_is_an_error_of_the_writer() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        "{nonsense}".format_map(Figures())
