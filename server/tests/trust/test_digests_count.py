"""Whoever got a letter that speaks of an incident was written to about it: a digest, or one letter
on what was promised after several.
"""

from datetime import datetime, timedelta
from importlib import import_module
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afterword.accounts.actions import create_person
from afterword.accounts.models import Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import choose_digest, unsubscribe
from afterword.audience.models import Subscriber
from afterword.components.models import Page
from afterword.fanout.actions import cancel, expand_due
from afterword.fanout.models import DigestContent, DigestEntry, Mailing
from afterword.incidents.models import Incident, Recovery
from afterword.postbox.actions import claim, record_results
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome, Result
from afterword.publishing.actions import tell_delivered
from afterword.publishing.models import Publication, PublicationKind
from afterword.trust import rows
from afterword.trust.letters_together import letters_told_together
from afterword.trust.measure import Measure
from afterword.trust.periods import quarter_of
from afterword.trust.report import report
from afterword.trust.rows import gather
from fanout.published import a_page, publish, subscribed
from fanout.test_delivered import keep, promised_too, retract, summarised

pytestmark = pytest.mark.django_db
DAILY, ONCE = "daily@mail.example", "once@mail.example"
DAY = timedelta(days=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return with_two_readers(now, slow_over_at=now)


def with_two_readers(now: datetime, *, slow_over_at: datetime) -> Page:
    """Two incidents are over; one of its two readers chose a digest a day."""
    page = a_page(now - 10 * DAY)
    daily, _ = subscribed(page, now - DAY, DAILY, ONCE)
    choose_digest(now=now, token=daily.token, digest="daily")
    Letter.objects.all().delete()
    for name, over_at in (("slow", slow_over_at), ("late", now)):
        incident = Incident.objects.create(
            page=page, public_id=name, title=name, severity=3, status="resolved",
            started_at=now - DAY, created_at=now - DAY, updated_at=now,
        )  # fmt: skip
        Recovery.objects.create(page=page, incident=incident, severity=3, at=over_at)
    return page


def note(page: Page, now: datetime, about: str) -> Publication:
    return publish(page, now, kind=PublicationKind.NOTE, incident_id=about, title=f"On {about}")


def morning(now: datetime) -> datetime:
    return now.replace(hour=8, minute=0) + DAY


def leave(at: datetime) -> None:
    expand_due(now=at)
    for each in claim(now=at, limit=20, lease_seconds=600):
        record_results(results=[Result(each.pk, each.lease_until, Outcome.ACCEPTED, at, 250, "")])


def measured(page: Page, code: str, now: datetime) -> Measure:
    return report(page, quarter_of(now.date()), now=now + 5 * DAY).measure(code)


def counted(page: Page, code: str, now: datetime) -> dict[str, tuple[int, int]]:
    return {each.about: (each.part, each.whole) for each in measured(page, code, now).items}


def test_a_digest_counts_as_a_letter_about_each_incident_it_speaks_of(
    page: Page, now: datetime
) -> None:
    for about in ("slow", "slow", "late"):
        note(page, now, about)
    leave(now)
    assert counted(page, "mailed_beyond", now) == {"slow": (2, 2), "late": (1, 1)}
    leave(morning(now))
    assert Letter.objects.filter(state="sent").count() == 4
    # Two at once and one digest, however much it says; and one of each.
    assert counted(page, "mailed_beyond", now) == {"slow": (3, 3), "late": (2, 2)}
    assert counted(page, "opt_outs", now) == {"slow": (0, 3), "late": (0, 2)}


def test_who_leaves_after_a_digest_is_held_against_it(page: Page, now: datetime) -> None:
    note(page, now, "slow")
    leave(now)
    leave(morning(now))
    Letter.objects.exclude(recipient=DAILY).delete()
    unsubscribe(now=now + 3 * DAY, token=Subscriber.objects.get(email=DAILY).token)
    summary = measured(page, "opt_outs", now).summary()
    assert (summary.part, summary.whole) == (1, 1)
    # What the digests told is known without any of their readers.
    Subscriber.objects.all().delete()
    assert not DigestEntry.objects.exists()
    summary = measured(page, "opt_outs", now).summary()
    assert (summary.part, summary.whole) == (1, 1)


def test_a_digest_that_did_not_leave_told_nobody(page: Page, now: datetime) -> None:
    gone, _ = note(page, now, "slow"), note(page, now, "late")
    expand_due(now=now)
    expand_due(now=morning(now))
    pia = create_person(
        actor=MACHINE, now=now, email="pia@larkbridge.example", name="Pia",
        password="a long enough password", roles=[Role.PUBLISHER],
    )  # fmt: skip
    run = Mailing.objects.select_related("publication__page").get(publication=gone)
    cancel(actor=pia, now=morning(now), mailing=run, reason="It was wrong.")
    for minutes in (1, 2, 3):
        leave(morning(now) + timedelta(minutes=minutes))
    assert counted(page, "mailed_beyond", now) == {"late": (2, 2)}


def test_what_digests_told_before_this_was_kept_is_filled_in(page: Page, now: datetime) -> None:
    for about in ("slow", "late"):
        note(page, now, about)
    leave(now)
    leave(morning(now))
    note(page, morning(now), "slow")
    leave(morning(now) + timedelta(hours=1))
    written = set(DigestContent.objects.values_list("about", "publication"))
    assert len(written) == 2, "what has not left in a digest is in none"
    DigestContent.objects.all().delete()
    import_module("afterword.fanout.migrations.0009_what_digests_tell").fill(apps, None)
    assert set(DigestContent.objects.values_list("about", "publication")) == written


def kept_together(page: Page, now: datetime) -> list[Publication]:
    """Both readers, who chose letters at once, got both summaries, and hear of both in one letter;
    a third got that of ``late`` alone.
    """
    for each in Subscriber.objects.all():
        choose_digest(now=now, token=each.token, digest="none")
    promises = []
    for name, readers in (("slow", ()), ("late", ("third@mail.example",))):
        subscribed(page, now, *readers)
        (one,) = promised_too(Incident.objects.get(public_id=name), now, f"A limit for {name}")
        summarised(page, now, [one])
        promises.append(one)
        leave(now)
    keep(now + DAY, *promises)
    return tell_delivered(
        actor=MACHINE, now=now + DAY, page=page, incident_ids=["slow", "late"]
    )  # fmt: skip


def test_a_letter_on_promises_kept_after_several_counts_for_each_of_them(
    page: Page, now: datetime
) -> None:
    kept_together(page, now)
    assert counted(page, "mailed_beyond", now) == {"slow": (2, 2), "late": (3, 3)}, "summaries"
    leave(now + DAY)
    assert Letter.objects.filter(state="sent", about__startswith="publication:").count() == 8
    assert counted(page, "mailed_beyond", now) == {"slow": (4, 4), "late": (6, 6)}
    assert counted(page, "opt_outs", now) == {"slow": (0, 4), "late": (0, 6)}


def test_a_letter_about_what_was_over_in_another_quarter_counts_for_what_it_tells_too(
    now: datetime,
) -> None:
    page = with_two_readers(now, slow_over_at=now - 100 * DAY)
    kept_together(page, now)
    leave(now + DAY)
    assert counted(page, "mailed_beyond", now) == {"late": (6, 6)}


def test_what_was_taken_out_of_a_letter_before_it_left_told_nobody(
    page: Page, now: datetime
) -> None:
    _, late = kept_together(page, now)
    expand_due(now=now + DAY)
    retract(page, now + DAY, late)
    leave(now + DAY)
    assert counted(page, "mailed_beyond", now) == {"slow": (4, 4), "late": (3, 3)}


def test_notes_that_leave_as_one_cost_two_questions_and_others_none(
    page: Page, now: datetime
) -> None:
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            gather(page, quarter_of(now.date()), now=now + 5 * DAY)
        return len(asked)

    kept_together(page, now)
    leave(now + DAY)
    together = questions()
    with patch.object(rows, "letters_told_together", return_value={}):
        assert together - questions() == 2
    other = a_page(now - 10 * DAY)
    with CaptureQueriesContext(connection) as asked:
        assert letters_told_together(other, []) == {}
    assert len(asked) == 0
