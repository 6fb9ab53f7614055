"""Who gets a letter, each letter as its recipient reads it, and its files to hand on."""

import io
import json
import zipfile
from datetime import datetime
from types import SimpleNamespace

import pytest
from django.test import Client

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.models import RecipientListMember
from afterword.followups.actions import decide
from afterword.statements.actions import save_revision, start
from statements.world import HONEST, build, change_record

pytestmark = pytest.mark.django_db
TITLE = "What it did to you, and what we change"
ODD = "*stars*, `#evil()`, <b>tags</b> and \\backslash"


@pytest.fixture
def world(now: datetime, clock: object) -> SimpleNamespace:
    company = build(now)
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,components,contact_name,contact_email\n"
            "a1,Fernway & <Sons>,99.9,10,Invoice sending,Mira,mira@fernway.example\n"
            "a2,Oakline,99.5,5,Invoice sending,Sam,sam@oakline.example\n"
        ),
    )  # fmt: skip
    change_record(
        company, now, sla=[
            {"account": "a1", "target": 99.9, "actual": 99.16, "breached": True},
            {"account": "a2", "target": 99.5, "actual": 99.16, "breached": True},
        ],
    )  # fmt: skip
    decide(
        actor=company.pia, now=now, incident=company.incident, segment="sla", level="targeted",
        reason="They could not send invoices.",
    )  # fmt: skip
    letter = start(actor=company.noor, now=now, incident=company.incident, kind="follow_up")
    save_revision(
        actor=company.noor, now=now, statement=letter, title=TITLE, based_on=1,
        body=f"{HONEST}\n\n## What we change\n\n1. A limit\n2. An alarm\n\n{ODD}",
    )  # fmt: skip
    company.case = f"/desk/cases/{company.incident.public_id}/letters/"
    company.mira = next(each for each in RecipientListMember.objects.all() if each.name == "Mira")
    company.client = Client()
    company.client.force_login(company.pia)
    return company


def test_a_publisher_finds_somebody_and_reads_their_letter(world: SimpleNamespace) -> None:
    everybody = world.client.get(world.case).content.decode()
    assert "mira@fernway.example" in everybody
    assert "sam@oakline.example" in everybody
    found = world.client.get(world.case, {"q": "OAKLINE"}).content.decode()
    assert "mira@fernway.example" not in found
    assert "sam@oakline.example" in found
    shown = world.client.get(f"{world.case}{world.mira.pk}/").content.decode()
    for said in (
        "Hello Mira,", "For Fernway &amp; &lt;Sons&gt; it began 17 March 2026, 08:12 UTC",
        "Your credit: 10% of the fee", "Their own figures agree with the record.",
    ):  # fmt: skip
        assert said in shown
    assert "Oakline" not in shown


def test_a_letter_says_that_its_figures_are_others_by_now(
    world: SimpleNamespace, now: datetime
) -> None:
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
        csv_text="account_id,began\na1,2026-03-17T09:00:00Z\n",
    )  # fmt: skip
    shown = world.client.get(f"{world.case}{world.mira.pk}/").content.decode()
    assert "Their figures changed since the list was frozen" in shown
    assert "Their own figures agree with the record." not in shown


def test_figures_that_the_record_denies_are_shown_in_red(world: SimpleNamespace) -> None:
    world.mira.figures = {**world.mira.figures, "seconds": 60 * 60 * 9}
    world.mira.save()
    shown = world.client.get(f"{world.case}{world.mira.pk}/").content.decode()
    assert "The record says otherwise" in shown
    assert "<b>Fernway &amp; &lt;Sons&gt;: 9 hours</b> From 17 March 2026, 08:12 UTC to" in shown


def test_a_letter_goes_along_in_every_form(world: SimpleNamespace) -> None:
    def taken(form: str) -> bytes:
        answer = world.client.get(f"{world.case}{world.mira.pk}/letter.{form}")
        assert answer.status_code == 200
        assert f".{form}" in answer.headers["Content-Disposition"]
        return answer.content

    html, markdown = taken("html").decode(), taken("md").decode()
    assert "<li>For Fernway &amp; &lt;Sons&gt; it began" in html
    assert "<b>tags" not in html
    assert "- For Fernway & \\<Sons\\> it began" in markdown
    told = json.loads(taken("json"))
    assert told["own_figures"]["reached"] == "99.16"
    assert told["title"] == TITLE
    with zipfile.ZipFile(io.BytesIO(taken("zip"))) as archive:
        assert sorted(archive.namelist()) == [
            "letter.html", "letter.json", "letter.md", "letter.pdf",
        ]  # fmt: skip
    assert taken("zip") == taken("zip")

    pdf = taken("pdf")
    assert pdf.startswith(b"%PDF-1.7")
    for tagged in (b"/StructTreeRoot", b"/Marked true", b"/Lang(en)", b"<pdfuaid:part>1"):
        assert tagged in pdf


def test_what_is_not_there_and_who_may_not_look(world: SimpleNamespace) -> None:
    assert world.client.get(f"{world.case}{world.mira.pk}/letter.exe").status_code == 404
    assert world.client.get(f"{world.case}999999/").status_code == 404
    world.client.force_login(world.bo)
    assert world.client.get(world.case).status_code == 403


def test_the_plan_says_when_a_frozen_list_is_no_longer_the_one_it_would_be(
    world: SimpleNamespace, now: datetime
) -> None:
    plan = f"/desk/cases/{world.incident.public_id}/follow-up/"
    assert b"decide again to take" not in world.client.get(plan).content
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
        csv_text="account_id,failed\na1,7\n",
    )  # fmt: skip
    shown = world.client.get(plan).content.decode()
    assert "1 person now: decide again to take the new list" in shown
    assert "1 person of accounts that were not affected" in shown
