from datetime import datetime, timedelta

import pytest
from django.db import connection

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.affected import add_affected
from afterword.audience.actions.lists import forget_lists, freeze_list
from afterword.audience.actions.reports import Report
from afterword.audience.models import AffectedPerson, RecipientList, Segment
from afterword.audience.queries.customers import (
    affected_people,
    count_affected,
    count_members,
    members,
    people_on,
)
from afterword.audit.queries import entries_about
from afterword.components.models import Page
from afterword.kit.errors import BadInput


@pytest.fixture
def take(page: Page, now: datetime):
    def take(text: str | bytes, **told: object) -> Report:
        given = {"actor": MACHINE, "now": now, "page": page, "incident_ref": "inc1"}
        return add_affected(csv_text=text, **(given | told))  # type: ignore[arg-type]

    return take


def named(page: Page) -> dict[str, str]:
    return {email: name for email, name, _ in affected_people(page, "inc1")}


def test_people_are_on_the_list_of_one_incident(take, page: Page):
    report = take("email;name\nMira@x.example;Mira\nbo@x.example;\n")
    assert (report.added, report.written) == (2, True)
    assert named(page) == {"mira@x.example": "Mira", "bo@x.example": ""}
    assert count_affected(page, "inc1") == 2
    assert count_affected(page, "inc2") == 0


def test_the_same_people_again_are_not_there_twice(take, page: Page):
    take("email,name\nmira@x.example,Mira\n")
    report = take("email,name\nMIRA@x.example,Mira Holt\nmira@x.example,\nbo@x.example,Bo\n")
    assert (report.added, report.changed, report.duplicates) == (1, 1, 1)
    assert named(page) == {
        "mira@x.example": "Mira Holt",
        "bo@x.example": "Bo",
    }


def test_a_bad_address_keeps_the_whole_list_out_and_names_its_line(take):
    report = take("email\nmira@x.example\nnobody\n")
    assert report.rows_refused == ((3, "'nobody' is not an e-mail address"),)
    assert AffectedPerson.objects.count() == 0
    assert take("email\nmira@x.example\nnobody\n", skip_refused=True).added == 1


def test_a_dry_run_writes_nothing(take):
    assert take("email\nmira@x.example\n", dry_run=True).added == 1
    assert AffectedPerson.objects.count() == 0


def test_a_list_without_addresses_is_refused(take):
    with pytest.raises(BadInput, match="email is missing"):
        take("name\nMira\n")


def test_the_audit_counts_people_and_names_none(take):
    take("email,name\nmira@x.example,Mira\n")
    [entry] = entries_about("incident:inc1")
    assert entry.detail == {"added": 1, "changed": 0, "refused": 0}


def test_a_frozen_list_holds_each_address_once_and_takes_no_later_arrivals(
    take, page: Page, now: datetime
):
    take("email,name\nmira@x.example,Mira\n")
    frozen = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="inc1", segment=Segment.DATA,
        members=[*named(page).items(), ("mira@x.example", "again"), ("bo@x.example", "")],
    )  # fmt: skip
    take("email\nlate@x.example\n", now=now + timedelta(hours=1))
    assert people_on(frozen.public_id) == {"mira@x.example": "Mira", "bo@x.example": ""}
    assert count_members(frozen.public_id) == 2


def test_members_are_read_in_pages(page: Page, now: datetime):
    frozen = freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="inc1", segment=Segment.DATA,
        members=[(f"p{n}@x.example", "") for n in range(5)],
    )  # fmt: skip
    first = members(frozen.public_id, 0, 3)
    rest = members(frozen.public_id, first[-1].pk, 3)
    assert [m.email for m in first + rest] == [f"p{n}@x.example" for n in range(5)]


def test_a_copy_of_the_database_names_nobody(take, page: Page, now: datetime):
    take("email,name\nmira@x.example,Mira\n")
    freeze_list(
        actor=MACHINE, now=now, page=page, incident_ref="inc1", segment=Segment.DATA,
        members=named(page).items(),
    )  # fmt: skip
    tables = ("audience_affectedperson", "audience_recipientlistmember")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table}")
            [row] = cursor.fetchall()
            assert "mira" not in str(row).lower()


def test_lists_of_affected_people_are_deleted_after_the_set_time(take, page: Page, now: datetime):
    take("email\nmira@x.example\n")
    told = {"actor": MACHINE, "now": now, "page": page, "incident_ref": "inc1"}
    of_data = freeze_list(segment=Segment.DATA, members=named(page).items(), **told)
    of_sla = freeze_list(segment=Segment.SLA, members=[("olu@x.example", "")], **told)
    keep = timedelta(days=90)
    assert forget_lists(now=now + keep, keep=keep) == 0
    assert forget_lists(now=now + keep + timedelta(seconds=1), keep=keep) == 2
    assert count_affected(page, "inc1") == 0
    assert (count_members(of_data.public_id), count_members(of_sla.public_id)) == (0, 1)
    assert RecipientList.objects.get(pk=of_data.pk).forgotten_at
    [*_, entry] = entries_about("audience:lists")
    assert entry.detail == {"brought": 1, "frozen": 1}


def test_a_new_list_takes_the_place_of_the_one_before(page: Page, now: datetime):
    told = {"actor": MACHINE, "now": now, "page": page, "incident_ref": "inc1"}
    first = freeze_list(segment=Segment.SLA, members=[("a@x.example", "")], **told)
    second = freeze_list(segment=Segment.SLA, members=[("b@x.example", "")], **told)
    first.refresh_from_db()
    assert (first.replaced_at, second.replaced_at) == (now, None)
