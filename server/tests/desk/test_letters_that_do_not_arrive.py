"""The first page says when letters do not arrive: sending rests, or a run gave some up."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from afterword.accounts.models import Role
from afterword.audience.actions.lists import Listed, freeze_list
from afterword.audience.models import Segment
from afterword.fanout.actions import expand_due
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of, trouble
from afterword.postbox.actions import end_rest, rest
from afterword.postbox.actions.ordering import rest_about
from afterword.postbox.models import Letter
from afterword.publishing.models import Audience
from desk.office import person, signed_in
from fanout.published import publish, subscribed


def seen(client: Client) -> str:
    answer = client.get("/desk/")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def told(office: SimpleNamespace, now: datetime, people: int, gave_up: int) -> Mailing:
    """Publish to so many readers, of whose letters so many were given up and the others left."""
    subscribed(office.page, now - timedelta(hours=1), *(f"r{n}@x.example" for n in range(people)))
    said = publish(office.page, now, incident_id="exp9", title="Exports were late")
    expand_due(now=now)
    mailing = Mailing.objects.get(publication=said)
    letters = Letter.objects.filter(about=about_of(said)).order_by("pk")
    letters.update(state="sent", sent_at=now)
    lost = list(letters.values_list("pk", flat=True))[:gave_up]
    Letter.objects.filter(pk__in=lost).update(state="failed", sent_at=None)
    return mailing


def test_that_sending_rests_stands_on_the_first_page_until_somebody_has_it_tried(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    client = signed_in(office.pia)
    assert "Nothing leaves by mail" not in seen(client)
    rest(channel="email", now=now, until=now + timedelta(hours=1), because="421 r1@x.example busy")
    assert "Nothing leaves by mail · Sending rests The last answer: 421 r1@x.example" in seen(
        client
    )
    rita = signed_in(person(now, "Rita", Role.RESPONDER))
    assert "421 r…@x.example busy" in seen(rita), "an address is not everybody's"
    end_rest(channel="email", now=now)
    assert "Nothing leaves by mail" not in seen(client)


def test_that_a_run_gave_letters_up_stands_on_the_first_page(
    office: SimpleNamespace, clock: Any
) -> None:
    mailing = told(office, clock.now(), 8, 3)
    client = signed_in(office.pia)
    said = seen(client)
    assert "Letters were given up · Exports were late 3 letters of 8 did not arrive." in said
    page = client.get("/desk/").content.decode()
    assert f'href="/desk/mailings/{mailing.pk}/#given-up"' in page
    clock.advance(days=3, minutes=1)
    assert "Letters were given up" not in seen(client), "they are too old to be sent again"


def test_that_a_server_refuses_the_words_of_one_run_stands_on_the_first_page(
    office: SimpleNamespace, clock: Any
) -> None:
    mailing = told(office, clock.now(), 3, 0)
    about = about_of(mailing.publication)
    rest_about(about=about, now=clock.now(), says="The mail server refuses this text: 554 5.7.1 no")
    said = seen(signed_in(office.pia))
    assert "A mailing is refused · Exports were late The mail server refuses this text: 554" in said


@pytest.mark.parametrize(("people", "gave_up", "stands"), [(8, 2, False), (1, 1, True)])
def test_single_addresses_that_are_gone_do_not_and_all_there_were_do(
    office: SimpleNamespace, clock: Any, people: int, gave_up: int, stands: bool
) -> None:
    told(office, clock.now(), people, gave_up)
    assert ("Letters were given up" in seen(signed_in(office.pia))) is stands


def test_one_letter_that_the_law_demands_stands_there_by_itself(
    office: SimpleNamespace, clock: Any
) -> None:
    now = clock.now()
    people = freeze_list(
        actor=office.ada, now=now, page=office.page, segment=Segment.DATA, incident_ref="exp9",
        members=[Listed(f"d{n}@x.example") for n in range(9)],
    )  # fmt: skip
    said = publish(
        office.page, now, kind="data_notice", audience=Audience.LIST, incident_id="exp9",
        recipient_list=people.public_id,
    )  # fmt: skip
    expand_due(now=now)
    letters = Letter.objects.filter(about=about_of(said))
    letters.update(state="sent", sent_at=now)
    letters.filter(recipient="d1@x.example").update(state="failed", sent_at=None)
    assert "1 letter of 9 did not arrive. The law or a contract demands" in seen(
        signed_in(office.pia)
    )


def test_what_keeps_letters_from_arriving_is_one_question_where_nothing_does(
    office: SimpleNamespace, clock: Any
) -> None:
    with CaptureQueriesContext(connection) as asked:
        found = trouble(office.page, clock.now())
    assert (found.held, found.gave_up, found.rests) == ([], [], [])
    assert len(asked.captured_queries) == 1
