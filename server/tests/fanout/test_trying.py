"""Letters as files before they leave: the same words to the same people, and nothing is touched."""

import email
import email.policy
import io
import re
import zipfile
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.subscribers import choose_digest, unsubscribe
from afterword.audience.models import Subscriber
from afterword.cli.dry_run import dry_run
from afterword.fanout.actions import expand_due, letters_of
from afterword.fanout.actions.trying import MOST
from afterword.fanout.queries import about_of
from afterword.followups.actions import decide
from afterword.kit.errors import NotAllowed, WrongState
from afterword.postbox.envelope import envelope_of
from afterword.postbox.models import Letter
from afterword.publishing.actions import announce_update, publish_statement, would_leave
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review, override, save_revision, start
from afterword.statements.models import Statement
from afterword.statements.queries import blocking_findings, findings
from fanout.published import subscribed
from statements.world import HONEST, build, change_record

pytestmark = pytest.mark.django_db
READERS = ("kim@reader.example", "lee@reader.example", "left@reader.example")


@pytest.fixture
def world(now: datetime, clock: object) -> SimpleNamespace:
    """A company with readers, one of whom left, customers, and a decided plan."""
    company = build(now)
    announce_update(
        actor=MACHINE, now=now, incident=company.incident, status="resolved",
        body="Invoices are being sent again, and we watch them.",
    )  # fmt: skip
    expand_due(now=now)
    kim, _, left = subscribed(company.page, now, *READERS)
    unsubscribe(now=now, token=left.token)
    Subscriber.objects.filter(pk=kim.pk).update(language="de", zone="Europe/Berlin")
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,components,contact_name,contact_email\n"
            "a1,Fernway,99.9,10,Invoice sending,Mira,mira@fernway.example\n"
            "a2,Oakline,99.5,5,Invoice sending,Sam,sam@oakline.example\n"
        ),
    )  # fmt: skip
    change_record(
        company, now, sla=[
            {"account": "a1", "target": 99.9, "actual": 99.16, "breached": True},
            {"account": "a2", "target": 99.5, "actual": 99.16, "breached": True},
        ],
    )  # fmt: skip
    for segment, level in (("everyone", "subscribers"), ("sla", "targeted")):
        decide(
            actor=company.pia, now=now, incident=company.incident, segment=segment, level=level,
            reason="They could not send invoices.",
        )  # fmt: skip
    company.now = now
    company.client = Client()
    company.client.force_login(company.pia)
    return company


def text(world: SimpleNamespace, kind: str) -> Statement:
    made = start(actor=world.noor, now=world.now, incident=world.incident, kind=kind)
    save_revision(
        actor=world.noor, now=world.now, statement=made, title="What it did to you", based_on=1,
        body=HONEST,
    )  # fmt: skip
    return made


def tried(world: SimpleNamespace, statement: Statement, **more: Any) -> list[Any]:
    publication = would_leave(statement=statement, now=world.now)
    return list(letters_of(actor=world.pia, now=world.now, publication=publication, **more))


def publish(world: SimpleNamespace, statement: Statement) -> Publication:
    for found in blocking_findings(statement, findings(statement)):
        override(
            actor=world.bo, now=world.now, statement=statement, rule=found.rule, quote=found.quote,
            reason="The plan of changes follows in a letter of its own on Friday.",
        )  # fmt: skip
    ask_review(actor=world.noor, now=world.now, statement=statement)
    approve(actor=world.bo, now=world.now, statement=statement)
    return publish_statement(actor=world.pia, now=world.now, statement=statement)


def every_row() -> str:
    """Return every row of every table but sessions and sign-ins, as text."""
    spared = {"accounts.desksession", "accounts.person"}
    models = [each for each in apps.get_models() if each._meta.label_lower not in spared]
    return "\n".join(serializers.serialize("json", each.objects.order_by("pk")) for each in models)


def comparable(raw: bytes, token: str) -> dict[str, str]:
    """Return what a mail says, without what tells a dry run from a letter."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    found = {name: str(mail[name]) for name in mail if name not in {"Message-ID", "Content-Type"}}
    for kind in ("plain", "html"):
        part = mail.get_body((kind,))
        assert part is not None
        found[kind] = part.get_content()
    if token:
        return {name: value.replace(token, "dry-run") for name, value in found.items()}
    return found


@pytest.mark.parametrize("kind", ["closure", "follow_up"])
def test_what_is_tried_is_what_leaves_then(world: SimpleNamespace, kind: str) -> None:
    statement = text(world, kind)
    before = {each.recipient: each for each in tried(world, statement)}
    left = publish(world, statement)
    expand_due(now=world.now)
    letters = Letter.objects.filter(about=about_of(left), channel="email")
    after = {each.recipient: each for each in letters.select_related("message")}
    assert set(before) == set(after)
    assert len(after) == 2
    for recipient, letter in after.items():
        token = str(letter.fill.get("token", ""))
        sent = comparable(envelope_of(letter.message).fill(letter), token)
        tried_one = comparable(before[recipient].raw, "")
        for name in sent:
            assert tried_one[name].splitlines() == sent[name].splitlines(), name
        assert tried_one.keys() == sent.keys()
        assert str(letter.rfc_message_id).encode() not in before[recipient].raw
        assert not token or token.encode() not in before[recipient].raw


@pytest.mark.parametrize("kind", ["closure", "follow_up"])
def test_nothing_is_written_and_nothing_could_be_sent(world: SimpleNamespace, kind: str) -> None:
    statement = text(world, kind)
    where = f"/desk/statements/{statement.public_id}/letters.zip"
    before = every_row()
    with CaptureQueriesContext(connection) as asked:
        assert len(tried(world, statement)) == 2
    writes = [q["sql"] for q in asked if re.match(r"\s*(INSERT|UPDATE|DELETE)", q["sql"], re.I)]
    assert writes == []
    assert world.client.get(where).status_code == 200
    assert every_row() == before
    assert expand_due(now=world.now).begun == 0
    assert not Letter.objects.filter(about__startswith="publication:").exists()


def test_the_desk_hands_out_an_archive_of_mails(world: SimpleNamespace) -> None:
    statement = text(world, "follow_up")
    page = world.client.get(f"/desk/statements/{statement.public_id}/publish/")
    where = f"/desk/statements/{statement.public_id}/letters.zip"
    assert where in page.content.decode()
    answer = world.client.get(where)
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["0001.eml", "0002.eml"]
        mail = email.message_from_bytes(archive.read("0001.eml"), policy=email.policy.default)
    assert mail["To"] == "mira@fernway.example"
    assert "Hello Mira," in comparable(bytes(mail), "")["plain"]
    assert world.client.get(where).content == answer.content


def test_only_who_may_see_recipients_sees_them(world: SimpleNamespace) -> None:
    statement = text(world, "follow_up")
    publication = would_leave(statement=statement, now=world.now)
    with pytest.raises(NotAllowed):
        letters_of(actor=world.noor, now=world.now, publication=publication)
    client = Client()
    client.force_login(world.noor)
    where = f"/desk/statements/{statement.public_id}/"
    assert client.get(where + "letters.zip").status_code == 403
    assert "letters.zip" not in client.get(where + "publish/").content.decode()


def test_digests_and_those_with_a_letter_of_their_own_are_left_out(world: SimpleNamespace) -> None:
    kim = Subscriber.objects.get(email=READERS[0])
    subscribed(world.page, world.now, "mira@fernway.example")
    summary = text(world, "summary")
    assert {each.recipient for each in tried(world, summary)} == set(READERS[:2])
    choose_digest(now=world.now, token=kim.token, digest="daily")
    whom = {each.recipient for each in tried(world, text(world, "note"))}
    assert READERS[1] in whom
    assert "mira@fernway.example" not in whom


def test_there_are_a_hundred_and_no_more(world: SimpleNamespace) -> None:
    kept = {"page": world.page, "state": "active", "confirmed_at": world.now}
    Subscriber.objects.bulk_create(
        Subscriber(email=f"r{n}@reader.example", created_at=world.now, **kept) for n in range(120)
    )
    statement = text(world, "closure")
    assert len(tried(world, statement)) == MOST
    assert len(tried(world, statement, most=10**6)) == MOST
    assert len(tried(world, statement, most=3)) == 3


def test_who_gets_it_has_to_be_decided_first_and_what_left_cannot_be_tried(
    world: SimpleNamespace,
) -> None:
    notice = text(world, "data_notice")
    with pytest.raises(WrongState):
        tried(world, notice)
    closure = text(world, "closure")
    publish(world, closure)
    with pytest.raises(WrongState, match="left already"):
        tried(world, closure)


def test_the_command_writes_them_into_a_folder_of_their_own(
    world: SimpleNamespace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    statement, folder = text(world, "follow_up"), tmp_path / "letters"
    dry_run(text=statement.public_id, folder=folder, most=1)
    assert [each.name for each in folder.iterdir()] == ["0001.eml"]
    assert "letters in" in capsys.readouterr().out
    import typer

    with pytest.raises(typer.Exit):
        dry_run(text=statement.public_id, folder=folder, most=1)
    assert "not empty" in capsys.readouterr().err
