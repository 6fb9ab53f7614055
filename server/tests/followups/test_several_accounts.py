"""Whoever stands for several accounts that were hit has one letter, and reads of each of them."""

import io
import json
from datetime import datetime
from types import SimpleNamespace

import pytest
from pypdf import PdfReader

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.customers import import_customers
from afterword.audience.actions.impacts import import_impacts
from afterword.audience.models import FurtherAccount
from afterword.audience.queries.customers import figures_on, members, recipients_of_accounts
from afterword.fanout.actions import remove_customer
from afterword.fanout.own_figures import lengths_in, own_sections, shape_of
from afterword.fanout.pack.letter import Recipient, Said, letter_to
from afterword.fanout.pack.pdf import pdf_of
from afterword.followups import queries
from afterword.followups.actions import decide
from afterword.followups.figures_held import figures_findings
from afterword.followups.models import PlanLine
from afterword.followups.queries import recipients_for
from afterword.kit.errors import WrongState
from afterword.kit.typesetting import can_set_pdf
from afterword.statements.actions import start
from statements.world import change_record

APRIL = datetime.fromisoformat("2026-04-02T09:00:00Z")


@pytest.fixture
def world(company: SimpleNamespace, now: datetime) -> SimpleNamespace:
    """Rosa stands for three accounts, of which one was not hit."""
    import_customers(
        actor=MACHINE, now=now, page=company.page,
        csv_text=(
            "account_id,name,sla_target,sla_credit,contact_name,contact_email\n"
            "b1,Alder,99.9,10,Rosa,rosa@agency.example\n"
            "b2,Birch,99.95,25,Rosa,rosa@agency.example\n"
            "b3,Cedar,99.5,5,Rosa,rosa@agency.example\n"
            "b4,Nobody’s,99.5,5,,\n"
        ),
    )  # fmt: skip
    change_record(company, now, sla=None)
    measured(company, now)
    return company


def measured(world: SimpleNamespace, now: datetime, alder: str = "09:00") -> None:
    import_impacts(
        actor=MACHINE, now=now, page=world.page, incident_ref=world.incident.public_id,
        csv_text=(
            "account_id,began,ended,failed\n"
            f"b1,2026-03-17T{alder}:00Z,2026-03-17T10:00:00Z,7\n"
            "b2,2026-03-17T09:30:00Z,2026-03-17T11:30:00Z,90\n"
            "b4,2026-03-17T09:30:00Z,2026-03-17T11:30:00Z,1\n"
        ),
    )  # fmt: skip


def decided(world: SimpleNamespace, now: datetime) -> PlanLine:
    return decide(
        actor=world.pia, now=now, incident=world.incident, segment="sla", level="targeted",
        reason="They could not send invoices.",
    )  # fmt: skip


def listed(world: SimpleNamespace, now: datetime) -> str:
    recipients = decided(world, now).recipients
    assert recipients
    return recipients.public_id


def test_one_letter_has_the_figures_of_each_account_that_was_hit(world, now) -> None:
    [rosa] = members(listed(world, now), 0, 9)
    assert [ref for ref, _ in rosa.accounts] == ["b2", "b1"]
    to = Recipient("Rosa", "", "", rosa.accounts)
    said = Said("follow_up", world.incident.public_id, "What it did", "It is over.", "en")
    letter = letter_to(world.page, said, to, APRIL)
    alder = letter.markdown.partition("### Alder")[2]
    birch = letter.markdown.partition("### Birch")[2].partition("### ")[0]
    assert "For Alder it began 17 March 2026, 09:00 UTC" in alder
    assert "Your credit: 10% of the fee" in alder
    assert "2 hours" in birch
    assert "Your credit: 25% of the fee" in birch
    assert "Cedar" not in letter.markdown
    for form in (letter.words.text, letter.words.html):
        assert [form.count(each) for each in ("Birch", "Alder", "need not ask")] == [2, 2, 2]
        assert "\ue000" not in form
    if can_set_pdf():
        read = PdfReader(io.BytesIO(pdf_of(letter, "2 April 2026", "Your own figures")))
        printed = " ".join(page.extract_text() for page in read.pages)
        assert [printed.count(each) for each in ("Birch", "Alder", "need not ask")] == [2, 2, 2]
    told = json.loads(letter.as_json(to))
    assert told["own_figures"]["account"] == "Birch"
    assert [each["account"] for each in told["further_accounts"]] == ["Alder"]


def test_the_plan_counts_accounts_beside_people_and_names_who_hears_nothing(world, now) -> None:
    found = queries.outlook(world.incident, queries.plan_of(world.incident), now)
    assert (len(found.letters["sla"]), found.accounts["sla"]) == (1, 2)
    assert found.unheard == ["Nobody’s"]
    line = decided(world, now)
    assert (line.count, line.accounts) == (1, 2)


def test_figures_of_every_account_are_held_against_the_record_and_frozen(world, now) -> None:
    where = listed(world, now)
    assert figures_on(where).keys() == {"b1", "b2"}
    assert recipients_of_accounts(where, ["b1"]) == {"b1": ["Rosa"]}
    letter = start(actor=world.noor, now=now, incident=world.incident, kind="follow_up")
    change_record(world, now, times={"impact_began": "2026-03-17T09:10:00Z"})
    assert [one.quote for one in figures_findings(letter)] == [
        "Alder: began 17 March 2026, 09:00 UTC"
    ]
    change_record(world, now, times={"impact_began": "2026-03-17T08:12:00Z"})
    measured(world, now, alder="09:05")
    with pytest.raises(WrongState, match="Alder changed since the list was frozen"):
        recipients_for(world.incident, "follow_up", "sla")


def test_a_removed_customer_leaves_no_figures_in_what_others_read(world, now) -> None:
    old = listed(world, now)
    decided(world, now)
    assert FurtherAccount.objects.filter(account="b1").count() == 2
    remove_customer(actor=world.ada, now=now, page=world.page, account_id="b1", despite_owed=True)
    # What is owed still says so; the list that was replaced does not.
    [left] = FurtherAccount.objects.filter(account="b1")
    assert left.member.recipient_list.public_id != old


def test_letters_of_one_shape_share_their_words_however_many_accounts_there_are() -> None:
    full = {"account": "A", "failed": 1, "loss": "much"}
    sections = own_sections([{"account": "B", "failed": 2}, *[full] * 400], "", "", APRIL)
    assert shape_of(sections) == "2x400.1"
    assert lengths_in("2x400.1") == [2] * 400 + [1]
    assert (shape_of(own_sections([full], "", "", APRIL)), lengths_in("5")) == ("2", [5])
    assert lengths_in("") == []
