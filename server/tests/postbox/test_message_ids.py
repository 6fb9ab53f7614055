"""A Message-ID stays what it was for a letter, and the letter is found by it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils.crypto import salted_hmac

from afterword.postbox.actions import (
    Addressed,
    claim,
    forget_recipients,
    key_tries,
    post,
    record_results,
)
from afterword.postbox.message_ids import known_as, message_key
from afterword.postbox.models import Attempt, Letter, LetterState
from afterword.postbox.outcomes import Outcome, Result
from postbox.letters import a_message, people, posted

pytestmark = pytest.mark.django_db
ADA = "ada@mail.example"


@pytest.fixture
def on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("tries have keys on PostgreSQL alone")


def left(now: datetime) -> list[Letter]:
    """Hand over all that is due, and return it."""
    letters = claim(now=now, limit=100, lease_seconds=60)
    record_results(
        results=[
            Result(each.pk, each.lease_until, Outcome.ACCEPTED, now, 250, "", each.rfc_message_id)
            for each in letters
        ]
    )
    return list(Letter.objects.filter(pk__in=[each.pk for each in letters]).order_by("pk"))


def indexes_of(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, table))


def test_a_message_id_is_what_earlier_versions_gave_the_same_letter(now: datetime) -> None:
    """A letter that is written again after a restore must be known as the one that left."""
    (letter,) = posted(now, [ADA])
    said = f"publication:1\n{ADA}\nemail"
    digest = salted_hmac("afterword.letter", said, algorithm="sha256").hexdigest()
    assert letter.rfc_message_id.startswith(f"<{digest[:40]}@")


def test_letters_that_left_are_known_by_their_message_ids(now: datetime) -> None:
    posted(now, people(5))
    one, other, *_ = left(now)
    found = known_as([other.rfc_message_id, one.rfc_message_id, "<nobody@mail.example>"])
    assert list(found.order_by("pk")) == [one, other]


def test_a_letter_is_known_while_a_sender_has_it() -> None:
    """Mail about it may come back before what became of it is written down."""
    now = datetime.now(UTC)
    (letter,) = posted(now, [ADA])
    assert claim(now=now, limit=1, lease_seconds=600)
    assert list(known_as([letter.rfc_message_id])) == [letter]


def test_each_database_has_the_index_that_costs_it_little() -> None:
    on_letters = "letters_by_message_id" in indexes_of("postbox_letter")
    on_tries = "tries_by_message_key" in indexes_of("postbox_attempt")
    assert (on_letters, on_tries) == (
        connection.vendor == "sqlite", connection.vendor == "postgresql",
    )  # fmt: skip


@pytest.mark.usefixtures("on_postgresql")
def test_tries_of_an_older_version_learn_their_key(now: datetime) -> None:
    posted(now, people(3))
    letters = left(now)
    Attempt.objects.filter(letter__in=letters[:2]).update(message_key=None)
    assert list(known_as(ids_of(letters))) == letters[2:]
    assert key_tries() == 2
    assert list(known_as(ids_of(letters)).order_by("pk")) == letters
    keys = Attempt.objects.order_by("letter").values_list("message_key", flat=True)
    assert list(keys) == [message_key(each) for each in ids_of(letters)]
    assert key_tries() == 0


@pytest.mark.usefixtures("on_postgresql")
def test_letters_are_found_by_the_index_however_little_is_known_of_the_tries() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "tries_by_message_key" in Attempt.objects.filter(message_key__in=[1, 2]).explain()


def ids_of(letters: Sequence[Letter]) -> list[str]:
    return [each.rfc_message_id for each in letters]


def test_whoever_was_forgotten_gets_no_second_letter_about_the_same(now: datetime) -> None:
    posted(now, [ADA])
    left(now)
    forget_recipients(about="publication:1")
    later = now + timedelta(days=90)
    posted_again = Letter.objects.filter(about="publication:1")
    post_again(later, ADA, "bob@mail.example")
    assert sorted(posted_again.values_list("state", flat=True)) == [
        LetterState.SENT, LetterState.WAITING,
    ]  # fmt: skip
    assert not posted_again.filter(recipient=ADA).exists()
    post_again(later, ADA, about="publication:2")
    assert Letter.objects.filter(about="publication:2", recipient=ADA).exists()


def post_again(now: datetime, *recipients: str, about: str = "publication:1") -> None:
    post(
        now=now, message=a_message(now), about=about,
        letters=[Addressed(each) for each in recipients], spare_forgotten=True,
    )  # fmt: skip
