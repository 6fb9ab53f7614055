"""Who left is counted when they left, and nothing that is done later takes them out again."""

from datetime import datetime, timedelta
from importlib import import_module
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.bringing import import_subscriber_file
from afterword.audience.actions.coming_back import take_in
from afterword.audience.actions.subscribers import confirm, unsubscribe
from afterword.audience.actions.suppressions import lift_suppression, suppress
from afterword.audience.links import confirmation_of
from afterword.audience.models import OptOut, Subscriber, Suppression
from afterword.components.models import Page
from afterword.kit.append_only import protect, release
from afterword.postbox.actions import forget_recipients
from afterword.postbox.message_ids import message_key
from afterword.postbox.models import Attempt, CameBack, Letter, Message
from afterword.postbox.reports import Kind, Report
from afterword.publishing.models import Publication
from afterword.trust.leaving import leaving
from afterword.trust.periods import Period
from trust.histories import a_page

BEGAN = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADA, EVE = "ada@mail.example", "eve@mail.example"
pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> Page:
    return a_page()


def publication(page: Page, number: int = 1) -> Publication:
    return Publication.objects.create(
        page=page, number=number, kind="note", incident_id="inv-1", source_id=f"s{number}",
        title="T", body="B", html="B", display_at=BEGAN, published_at=BEGAN, previous_hash="",
        hash=f"{page.pk:032}{number:032}",
    )  # fmt: skip


def subscribed(page: Page, email: str = ADA) -> Subscriber:
    return Subscriber.objects.create(page=page, email=email, created_at=BEGAN, state="active")


def letter(page: Page, to: str, at: datetime, *, about: str = "", state: str = "sent") -> Letter:
    message, _ = Message.objects.get_or_create(
        key="k",
        defaults={
            "stream": "status", "sender": "a@l.example", "subject": "S", "text": "T",
            "created_at": BEGAN,
        },
    )  # fmt: skip
    if not about:
        of = Publication.objects.filter(page=page).first() or publication(page)
        about = f"publication:{of.pk}:{of.hash[:12]}"
    number = Letter.objects.count()
    found = Letter.objects.create(
        message=message, about=f"{about}{number}", recipient=to,
        rfc_message_id=f"<{number}@l.example>", next_at=at, created_at=at, state=state,
        sent_at=at if state == "sent" else None, lease_until=at if state == "claimed" else None,
    )  # fmt: skip
    if state == "sent":
        key = message_key(found.rfc_message_id)
        Attempt.objects.create(letter=found, at=at, outcome="accepted", message_key=key)
    return found


def leave(at: datetime, email: str = ADA) -> None:
    unsubscribe(now=at, token=Subscriber.objects.get(email=email).token)


def come_back(at: datetime, email: str = ADA) -> None:
    reader = Subscriber.objects.get(email=email)
    confirm(now=at, token=confirmation_of(reader.token, at - timedelta(minutes=1)))


def complain(about: Letter, at: datetime) -> None:
    report = Report(
        kind=Kind.COMPLAINT, status="", said="abuse", message_ids=(about.rfc_message_id,),
        sent_to=(), tokens=(),
    )  # fmt: skip
    take_in(now=at, report=report, digest=f"{about.pk} {at}", trusted=True)


def held_back(page: Page, at: datetime, reason: str = "asked", email: str = ADA) -> None:
    suppress(actor=MACHINE, now=at, page=page, email=email, reason=reason)


def lift(page: Page, at: datetime, email: str = ADA) -> None:
    assert lift_suppression(actor=MACHINE, now=at, page=page, email=email)


def gone(page: Page, first: datetime = BEGAN, days: int = 40) -> list[tuple[datetime, str]]:
    period = Period(first.date(), (first + days * DAY).date())
    return [(each["at"], each["how"]) for each in leaving(page, period)]


@pytest.mark.parametrize("reason", ["asked", "complained"])
def test_lifting_a_suppression_takes_nobody_out_of_a_past_period(page: Page, reason: str) -> None:
    letter(page, ADA, BEGAN)
    held_back(page, BEGAN + DAY, reason)
    before = gone(page)
    assert before == [(BEGAN + DAY, reason)]
    lift(page, BEGAN + 2 * DAY)
    assert not Suppression.objects.exists()
    assert gone(page) == before


def test_leaving_again_does_not_move_when_somebody_left_first(page: Page) -> None:
    subscribed(page)
    letter(page, ADA, BEGAN)
    leave(BEGAN + DAY)
    leave(BEGAN + 2 * DAY)
    assert OptOut.objects.count() == 1, "who has left already does not leave again"
    come_back(BEGAN + 30 * DAY)
    letter(page, ADA, BEGAN + 50 * DAY)
    leave(BEGAN + 60 * DAY)
    assert gone(page) == [(BEGAN + DAY, "unsubscribed")]
    assert gone(page, BEGAN + 41 * DAY) == [(BEGAN + 60 * DAY, "unsubscribed")]
    assert gone(page, days=90) == [(BEGAN + DAY, "unsubscribed")], "once in a period"


def test_asking_again_does_not_move_when_somebody_asked_first(page: Page) -> None:
    reader = subscribed(page)
    letter(page, ADA, BEGAN)
    held_back(page, BEGAN + DAY)
    Subscriber.objects.filter(pk=reader.pk).update(confirmed_at=BEGAN + 2 * DAY)
    held_back(page, BEGAN + 3 * DAY)
    assert gone(page) == [(BEGAN + DAY, "asked")]
    assert gone(page, BEGAN + 2 * DAY) == [(BEGAN + 3 * DAY, "asked")]


def test_who_asks_after_mail_came_back_has_left_and_is_held_for_that(page: Page) -> None:
    letter(page, ADA, BEGAN)
    held_back(page, BEGAN + HOUR, "bounced")
    assert gone(page) == []
    for _ in range(2):
        held_back(page, BEGAN + DAY)
    held_back(page, BEGAN + 2 * DAY, "bounced")
    assert OptOut.objects.count() == 1
    assert gone(page) == [(BEGAN + DAY, "asked")]
    assert Suppression.objects.get().reason == "asked"


@pytest.mark.parametrize("how", ["unsubscribed", "asked", "complained"])
def test_who_is_erased_stays_counted_and_nothing_names_them(page: Page, how: str) -> None:
    subscribed(page)
    about = letter(page, ADA, BEGAN)
    {
        "unsubscribed": lambda: leave(BEGAN + DAY),
        "asked": lambda: held_back(page, BEGAN + DAY),
        "complained": lambda: complain(about, BEGAN + DAY),
    }[how]()
    assert gone(page) == [(BEGAN + DAY, how)]
    (row,) = OptOut.objects.values()
    assert ADA not in str(row), "no address is kept beside the outbox's"
    Subscriber.objects.all().delete()
    Suppression.objects.all().delete()
    assert forget_recipients(about=about.about) == 1
    assert not Letter.objects.filter(recipient=ADA).exists()
    assert gone(page) == [(BEGAN + DAY, how)]


def test_somebody_whose_address_was_deleted_from_one_letter_is_still_one_person(
    page: Page,
) -> None:
    subscribed(page)
    first = letter(page, ADA, BEGAN)
    held_back(page, BEGAN + HOUR)
    letter(page, ADA, BEGAN + DAY)
    leave(BEGAN + 2 * DAY)
    forget_recipients(about=first.about)
    assert gone(page) == [(BEGAN + HOUR, "asked")]


def test_of_a_letter_in_a_senders_hands_it_counts_once_it_is_known_to_have_left(
    page: Page,
) -> None:
    subscribed(page)
    sending = letter(page, ADA, BEGAN, state="claimed")
    leave(BEGAN + HOUR)
    assert gone(page) == []
    Letter.objects.filter(pk=sending.pk).update(state="sent", sent_at=BEGAN, lease_until=None)
    assert gone(page) == [(BEGAN + HOUR, "unsubscribed")]


def test_a_complaint_counts_where_its_reader_is_subscribed_or_its_letter_is_from(
    page: Page,
) -> None:
    other = a_page()
    publication(other)
    subscribed(page)
    complain(letter(other, ADA, BEGAN), BEGAN + DAY)
    complain(letter(page, EVE, BEGAN), BEGAN + DAY)
    complain(letter(other, EVE, BEGAN, about=f"digest:{other.pk}:x"), BEGAN + 2 * DAY)
    assert gone(page) == [(BEGAN + DAY, "complained")] * 2
    assert gone(other) == [(BEGAN + DAY, "complained"), (BEGAN + 2 * DAY, "complained")]


def test_who_left_elsewhere_counts_only_if_they_had_mail_of_ours(page: Page) -> None:
    letter(page, ADA, BEGAN)
    rows = "".join(f"{each},unsubscribed,{BEGAN + DAY:%Y-%m-%dT%H:%MZ}\n" for each in (ADA, EVE))
    import_subscriber_file(
        actor=MACHINE, now=BEGAN + 2 * DAY, page=page, source="file",
        csv_text=f"email,state,unsubscribed_at\n{rows}zoe@mail.example,active,\n",
    )  # fmt: skip
    assert Subscriber.objects.count() == 3
    assert gone(page) == [(BEGAN + DAY, "unsubscribed")]
    assert OptOut.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audience_optout SET at = CURRENT_TIMESTAMP", "DELETE FROM audience_optout"],
)
def test_the_database_refuses_to_change_what_was_written_down(page: Page, statement: str) -> None:
    subscribed(page)
    letter(page, ADA, BEGAN)
    leave(BEGAN + DAY)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert gone(page) == [(BEGAN + DAY, "unsubscribed")]


def test_who_left_before_this_was_kept_is_filled_in(page: Page) -> None:
    """What the migration makes of the rows of before is what the verbs would have written."""
    other = a_page()
    publication(other)
    for email in (ADA, EVE, "zoe@mail.example", "never@mail.example"):
        subscribed(page, email)
    first, _, last = (letter(page, ADA, BEGAN + n * HOUR) for n in (0, 2, 1))
    waits = letter(page, ADA, BEGAN + 2 * HOUR, state="waiting")
    leave(BEGAN + HOUR)
    letter(page, EVE, BEGAN - 40 * DAY)
    leave(BEGAN + HOUR, EVE)
    leave(BEGAN + HOUR, "never@mail.example")
    letter(page, "list@mail.example", BEGAN)
    held_back(page, BEGAN + DAY, email="list@mail.example")
    held_back(page, BEGAN + DAY, "bounced", email="back@mail.example")
    complain(letter(page, "zoe@mail.example", BEGAN), BEGAN + 2 * DAY)
    complain(letter(other, "guest@mail.example", BEGAN), BEGAN + 2 * DAY)
    forged = letter(page, EVE, BEGAN + 2 * HOUR)
    CameBack.objects.create(
        letter=forged, recipient=EVE, kind="complaint", proven=False, at=BEGAN, digest="f"
    )
    written = kept()
    assert len(written) == 6
    assert first.pk not in {each[3] for each in written} and waits.pk not in written
    assert last.pk in {each[3] for each in written}
    counted = gone(page), gone(other)
    assert [len(each) for each in counted] == [3, 1]
    empty()
    import_module("afterword.audience.migrations.0014_opt_outs").fill(apps, None)
    assert kept() == written
    assert (gone(page), gone(other)) == counted


def kept() -> list[tuple[Any, ...]]:
    return sorted(OptOut.objects.values_list("page", "how", "at", "letter"), key=str)


def empty() -> None:
    """Take away the rows that nobody may take away."""
    says = _Says()
    release("audience_optout")(apps, says)
    says.execute("DELETE FROM audience_optout")
    protect("audience_optout")(apps, says)


class _Says:
    """What migrations say their statements to, at once."""

    connection = connection

    def execute(self, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


@settings(
    max_examples=60,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(chance=st.randoms(use_true_random=False))
def test_whatever_people_do_each_time_they_leave_counts_once_in_its_period(chance: Random) -> None:
    with transaction.atomic():
        diary = Diary(chance)
        for _ in range(chance.randint(1, 14)):
            diary.go_on()
        days, first = chance.randint(1, 100), BEGAN + chance.randint(0, 60) * DAY
        assert gone(diary.page, first, days) == diary.left(first, days)
        transaction.set_rollback(True)


class Diary:
    """Two people get letters, leave and come back by the verbs, and who left is noted beside."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.at, self.page = chance, BEGAN, a_page()
        self.people = [subscribed(self.page, each).email for each in (ADA, EVE)]
        self.letters: dict[str, list[Letter]] = {each: [] for each in self.people}
        self.state = dict.fromkeys(self.people, "active")
        self.held = dict.fromkeys(self.people, "")
        self.noted: list[tuple[datetime, str, str]] = []

    def go_on(self) -> None:
        self.at += self.chance.choice([HOUR, DAY, 20 * DAY, 31 * DAY])
        acts = (self.mail, self.mail, self.leave, self.come_back, self.ask, self.lift, self.report)
        self.chance.choice(acts)(self.chance.choice(self.people))

    def note(self, who: str, how: str) -> None:
        if any(self.at - each.created_at <= 30 * DAY for each in self.letters[who]):
            self.noted.append((self.at, who, how))

    def mail(self, who: str) -> None:
        self.letters[who].append(letter(self.page, who, self.at))

    def leave(self, who: str) -> None:
        leave(self.at, who)
        if self.state[who] != "unsubscribed":
            self.note(who, "unsubscribed")
        self.state[who] = "unsubscribed"

    def come_back(self, who: str) -> None:
        come_back(self.at, who)
        if self.state[who] != "active":
            self.state[who], self.held[who] = "active", self.held[who] and "came back"

    def ask(self, who: str) -> None:
        held_back(self.page, self.at, email=who)
        if self.held[who] != "held":
            self.note(who, "asked")
        self.held[who] = "held"

    def lift(self, who: str) -> None:
        if self.held[who]:
            lift(self.page, self.at, who)
        self.held[who] = ""

    def report(self, who: str) -> None:
        if self.letters[who]:
            complain(self.chance.choice(self.letters[who]), self.at)
            self.noted.append((self.at, who, "complained"))
            self.held[who] = self.held[who] or "held"
            self.state[who] = self.state[who].replace("active", "quarantined")

    def left(self, first: datetime, days: int) -> list[tuple[datetime, str]]:
        """Everybody once: when they first complained, or else when they first left."""
        period = Period(first.date(), (first + days * DAY).date())
        found = []
        for who in self.people:
            mine = [
                (at, how) for at, one, how in self.noted
                if one == who and period.began <= at < period.ended
            ]  # fmt: skip
            found += ([each for each in mine if each[1] == "complained"] or mine)[:1]
        return sorted(found)
