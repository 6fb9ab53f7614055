"""What people outside said or did is counted by when it was, and by the note that looks worst."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.models import Person
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.opting_out import note_complaint
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import suppress
from afterword.audience.models import Subscriber
from afterword.components.models import Page
from afterword.incidents.models import HeardOutside, Incident, Recovery
from afterword.postbox.models import Letter, Message
from afterword.publishing.models import Publication
from afterword.statements.models import Statement
from afterword.trust.evidence import evidence
from afterword.trust.measure import Item, Measure
from afterword.trust.periods import quarter
from afterword.trust.report import report
from trust.histories import a_page

OVER = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SUMMARY = OVER + DAY
pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return a_page()


@pytest.fixture
def incident(page: Page) -> Incident:
    """Over at ``OVER``; our first word an hour before, 40 customers in a summary a day later."""
    incident = Incident.objects.create(
        page=page, public_id="inv-1", title="Mail was late", severity=3, status="resolved",
        started_at=OVER - 2 * HOUR, created_at=OVER, updated_at=OVER,
    )  # fmt: skip
    Recovery.objects.create(page=page, incident=incident, severity=3, at=OVER)
    publication(page, 1, "update", OVER - HOUR, audience="subscribers")
    Statement.objects.create(
        incident=incident, public_id="s2", kind="summary", state="published", created_at=OVER,
        published_at=SUMMARY,
    )  # fmt: skip
    publication(page, 2, "summary", SUMMARY, facts={"record": {"customers": {"affected": 40}}})
    return incident


def publication(page: Page, number: int, kind: str, at: datetime, **more: Any) -> Publication:
    return Publication.objects.create(
        page=page, number=number, kind=kind, incident_id="inv-1", source_id=f"s{number}", title="T",
        body="B", html="B", display_at=at, published_at=at, previous_hash="",
        hash=f"{number:064}", **more,
    )  # fmt: skip


def noted(incident: Incident, at: datetime, **said: Any) -> None:
    HeardOutside.objects.create(incident=incident, noted_at=at, **said)


def measured(page: Page, code: str, now: datetime = OVER + 40 * DAY) -> Measure:
    return report(page, quarter(2026, 1), now=now).measure(code)


def only(page: Page, code: str) -> Item:
    (item,) = measured(page, code).items
    return item


def test_a_report_that_was_noted_once_is_not_unheard(page: Page, incident: Incident) -> None:
    noted(incident, OVER, first_at=OVER - 2 * HOUR)
    noted(incident, OVER + DAY, first_at=OVER)
    noted(incident, OVER + 2 * DAY, nobody_before=True)
    item = only(page, "told_first")
    assert (item.part, item.whole) == (0, 1)


@pytest.mark.parametrize(("at", "counts"), [(OVER - 2 * HOUR, 0), (OVER, 1)])
def test_that_nobody_spoke_before_us_counts_once_we_have_spoken(
    page: Page, incident: Incident, at: datetime, counts: int
) -> None:
    noted(incident, at, nobody_before=True)
    assert only(page, "told_first").whole == counts


def test_a_note_that_nobody_spoke_first_stands_in_the_auditors_list_with_who_said_so(
    page: Page, incident: Incident
) -> None:
    noor = Person.objects.create(name="Noor", email="noor@l.example", joined_at=OVER)
    noted(incident, OVER, first_at=OVER - 2 * HOUR, noted_by=noor)
    noted(incident, OVER + DAY, nobody_before=True, repeat_questions=0, noted_by=noor)
    noted(incident, OVER + 90 * DAY, nobody_before=True, noted_by=noor)
    found = evidence(page, quarter(2026, 1), now=OVER + 100 * DAY)
    (said,) = [each for each in found if each.kind == "heard"]
    assert (said.at, said.incident, said.people) == (OVER + DAY, "inv-1", ("Noor",))
    assert "nobody outside spoke of it before our own first word" in said.what


@pytest.mark.parametrize(
    ("said", "listed"),
    [
        (
            {"first_at": OVER - HOUR + timedelta(minutes=1)},
            "the first outside who spoke of it did on 3 February 2026, 09:01 UTC, 1 minute after "
            "our own first word",
        ),
        ({"first_at": OVER - HOUR - timedelta(minutes=1)}, ""),
        ({"repeat_questions": 0}, "nobody asked again what the summary answers"),
        ({"repeat_questions": 3}, ""),
        (
            {"first_at": OVER, "repeat_questions": 3},
            "the first outside who spoke of it did on 3 February 2026, 10:00 UTC, 1 hour after our "
            "own first word; questions answered already: 3",
        ),
    ],
)
def test_every_note_that_makes_us_look_good_stands_in_the_auditors_list(
    page: Page, incident: Incident, said: dict[str, Any], listed: str
) -> None:
    """Whoever notes a time a minute after our own word says that we were first, too."""
    noor = Person.objects.create(name="Noor", email="noor@l.example", joined_at=OVER)
    noted(incident, OVER + DAY, noted_by=noor, **said)
    found = evidence(page, quarter(2026, 1), now=OVER + 100 * DAY)
    heard = [(each.at, each.people, each.what) for each in found if each.kind == "heard"]
    assert heard == ([(OVER + DAY, ("Noor",), f"Noted that {listed}")] if listed else [])


def test_questions_count_once_their_72_hours_are_over_and_the_most_ever_noted(
    page: Page, incident: Incident
) -> None:
    noted(incident, SUMMARY + HOUR, repeat_questions=0)
    assert only(page, "repeat_questions").whole == 0, "too early to say"
    noted(incident, SUMMARY + 2 * HOUR, repeat_questions=9)
    noted(incident, SUMMARY + 4 * DAY, repeat_questions=2)
    item = only(page, "repeat_questions")
    assert (item.part, item.whole) == (9, 40)


def test_what_is_not_noted_lowers_the_measure_beside(page: Page, incident: Incident) -> None:
    item = only(page, "outside_noted")
    assert (item.part, item.whole) == (0, 2)
    assert item.said == "not noted: who spoke first and how many asked again"
    early = measured(page, "outside_noted", SUMMARY + DAY).summary()
    assert early.whole == 1, "nobody can count questions of 72 hours before they are over"
    noted(incident, SUMMARY + 4 * DAY, nobody_before=True, repeat_questions=0)
    assert (only(page, "outside_noted").part, only(page, "told_first").whole) == (2, 1)


def reader(page: Page, name: str) -> str:
    email = f"{name}@l.example"
    Subscriber.objects.create(page=page, email=email, created_at=OVER, state="active")
    return email


def leave(name: str, at: datetime) -> None:
    unsubscribe(now=at, token=Subscriber.objects.get(email=f"{name}@l.example").token)


def letter(to: str, at: datetime, *, channel: str = "email", stream: str = "status") -> Letter:
    left = Publication.objects.get(number=1)
    message, _ = Message.objects.get_or_create(
        key=stream,
        defaults={
            "stream": stream, "sender": "a@l.example", "subject": "S", "text": "T",
            "created_at": OVER,
        },
    )  # fmt: skip
    return Letter.objects.create(
        message=message, about=f"publication:{left.pk}:{left.hash[:12]}", recipient=to,
        state="sent", rfc_message_id=f"<{to}@l.example>", next_at=at, created_at=at, sent_at=at,
        channel=channel,
    )  # fmt: skip


def left_and_sent(page: Page) -> tuple[int, int]:
    summary = measured(page, "opt_outs").summary()
    return summary.part, summary.whole


def test_whoever_leaves_within_a_month_of_a_letter_counts_and_nobody_else(
    page: Page, incident: Incident
) -> None:
    for name in ("soon", "late", "before", "stays"):
        letter(reader(page, name), OVER)
    letter(reader(page, "confirmed"), OVER, stream="account")
    letter(reader(page, "by-machine"), OVER, channel="webhook")
    reader(page, "never-got-one")
    leave("before", OVER - HOUR)
    for name in ("confirmed", "by-machine", "never-got-one"):
        leave(name, OVER + DAY)
    assert left_and_sent(page)[0] == 0
    leave("soon", OVER + 3 * DAY)
    leave("late", OVER + 35 * DAY)
    assert left_and_sent(page)[0] == 1


@pytest.mark.parametrize("stream", ["status", "notice", "courtesy"])
def test_whatever_the_letter_was_demanded_by_leaving_after_it_counts(
    page: Page, incident: Incident, stream: str
) -> None:
    letter(reader(page, "soon"), OVER, stream=stream)
    leave("soon", OVER + 3 * DAY)
    assert left_and_sent(page)[0] == 1


def test_webhooks_are_no_letters(page: Page, incident: Incident) -> None:
    letter(reader(page, "one"), OVER)
    letter("https-hook", OVER, channel="webhook")
    assert left_and_sent(page) == (0, 1)
    assert measured(page, "mailed_beyond").summary().whole == 1


def test_a_complaint_counts_once_with_unsubscribing(page: Page, incident: Incident) -> None:
    for name in ("angry", "stays"):
        letter(reader(page, name), OVER)
    leave("angry", OVER + HOUR)
    reported = Letter.objects.get(recipient="angry@l.example")
    for days in (1, 2):
        note_complaint(letter=reported, now=OVER + days * DAY)
    assert left_and_sent(page) == (1, 2)
    said = [each.title for each in measured(page, "opt_outs").items if not each.whole]
    assert said == ["Somebody reported a letter as spam"]


def test_whoever_asked_us_to_write_no_more_left_as_much_and_counts_once(
    page: Page, incident: Incident
) -> None:
    letter(reader(page, "both"), OVER)
    letter("on-a-list@l.example", OVER)
    letter("bounces@l.example", OVER)
    letter("long-ago@l.example", OVER)
    for name, reason, days in (
        ("both", "asked", 1), ("on-a-list", "asked", 3), ("bounces", "bounced", 1),
        ("long-ago", "asked", 35), ("never-got-one", "asked", 1),
    ):  # fmt: skip
        suppress(
            actor=MACHINE, now=OVER + days * DAY, page=page, email=f"{name}@l.example",
            reason=reason,
        )  # fmt: skip
    leave("both", OVER + 2 * DAY)
    said = [each.title for each in measured(page, "opt_outs").items if not each.whole]
    assert said == ["Somebody asked us to write no more"] * 2
