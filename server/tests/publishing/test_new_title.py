"""A title that said too much is replaced wherever it stood, in the open; the log stays whole."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.lists import freeze_list
from afterword.audience.models import Segment
from afterword.desk.case_view import gather
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of
from afterword.incidents.models import Incident
from afterword.incidents.queries import current_record
from afterword.kit.errors import BadInput, WrongState
from afterword.postbox.models import Letter
from afterword.publishing import queries
from afterword.publishing.actions import announce_incident, announce_update, correct
from afterword.publishing.actions.statement import publish_statement
from afterword.publishing.chain import first_break
from afterword.publishing.log_lines import Verdict, compare, verify
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_all, build_pending
from afterword.statements.actions import approve, ask_review, save_revision
from afterword.statements.models import Statement
from fanout.published import subscribed
from publishing.press import a_page, public_record, word
from site_builder.reading import bytes_of
from statements.world import build

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OLD, NEW = "Brockhurst Ltd cannot send invoices", "Some customers cannot send invoices"
REASON = "The earlier title named a customer."


@pytest.fixture
def company(now: datetime) -> SimpleNamespace:
    """A company with a second incident, whose title names a customer."""
    found = build(now)
    first = announce_incident(
        actor=found.ada, now=now, page=found.page, title=OLD,
        body="Invoices are not being sent. We are looking for the cause.",
        components={found.sending: "major_outage"},
    )  # fmt: skip
    found.first = first
    found.named = Incident.objects.get(public_id=first.incident_id)
    announce_update(
        actor=found.ada, now=now + HOUR, incident=found.named, status="resolved",
        body="Invoices are being sent again.",
    )  # fmt: skip
    return found


def started(company: SimpleNamespace, now: datetime, title: str = NEW) -> Statement:
    return correct(
        actor=company.noor, now=now, incident=company.named, number=company.first.number,
        weight="title", right=title,
    )  # fmt: skip


def retitled(
    company: SimpleNamespace, now: datetime, title: str = NEW, reason: str = REASON
) -> Publication:
    statement = started(company, now, title)
    save_revision(
        actor=company.noor, now=now, statement=statement, title=title, body=reason,
        based_on=statement.revisions.count(),
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return publish_statement(actor=company.pia, now=now, statement=statement)


def log_of(site_dir: Path) -> Verdict:
    raw = b"".join(part.read_bytes() for part in sorted((site_dir / "log").glob("*.jsonl")))
    return verify(raw.decode().removesuffix("\n").split("\n"))


def test_the_old_title_is_in_no_built_byte_and_the_log_is_whole(
    company: SimpleNamespace, site_dir: Path, settings: Any, now: datetime, tmp_path: Path
) -> None:
    build_all(now=now)
    assert any(b"Brockhurst" in raw for raw in bytes_of(site_dir).values())
    earlier = log_of(site_dir)
    new = retitled(company, now + 2 * HOUR)
    build_pending(now=now)
    stepwise = bytes_of(site_dir)
    for path, raw in stepwise.items():
        assert b"Brockhurst" not in raw, path
    page = stepwise[f"incidents/{company.named.public_id}/index.html"]
    assert f'href="#word-{new.number}">Title changed'.encode() in page
    assert REASON.encode() in page
    assert json.loads(stepwise["api/v2/incidents.json"])["incidents"][0]["name"] == NEW
    settings.SITE_DIR = tmp_path / "whole"
    build_all(now=now)
    assert bytes_of(settings.SITE_DIR) == stepwise

    verdict = log_of(site_dir)
    assert verdict.whole, verdict.broken
    assert verdict.withheld == {1: f"title {new.number}", 2: f"title {new.number}"}
    assert compare(earlier, verdict) == []
    assert first_break(Publication.objects.order_by("number")) is None


def test_the_incident_and_its_record_have_the_new_title_and_nothing_has_drifted(
    company: SimpleNamespace, now: datetime
) -> None:
    retitled(company, now + 2 * HOUR)
    company.named.refresh_from_db()
    record = current_record(company.named)
    assert record is not None
    assert (company.named.title, record.data["incident"]["title"]) == (NEW, NEW)
    assert not gather(company.page, company.named, now + 3 * HOUR).drift.is_there
    later = announce_update(
        actor=company.ada, now=now + 3 * HOUR, incident=company.named, status="resolved",
        body="It stayed over.",
    )  # fmt: skip
    assert later.title == NEW


def test_a_second_new_title_withdraws_the_first_and_the_reason_can_be_retracted(
    company: SimpleNamespace, site_dir: Path, now: datetime
) -> None:
    first = retitled(company, now + 2 * HOUR, "Quillfeather invoices are late")
    second = retitled(company, now + 3 * HOUR, reason="It named somebody called Ostrowska.")
    retraction = correct(
        actor=company.noor, now=now + 4 * HOUR, incident=company.named, number=second.number,
        weight="retraction", right="It said more than it should have.",
    )  # fmt: skip
    ask_review(actor=company.noor, now=now, statement=retraction)
    approve(actor=company.bo, now=now, statement=retraction)
    publish_statement(actor=company.pia, now=now + 4 * HOUR, statement=retraction)
    build_all(now=now)
    for path, raw in bytes_of(site_dir).items():
        assert b"Brockhurst" not in raw, path
        assert b"Quillfeather" not in raw, path
        assert b"Ostrowska" not in raw, path
    assert queries.incident(company.page, company.named.public_id).title == NEW
    verdict = log_of(site_dir)
    assert verdict.whole, verdict.broken
    assert set(verdict.withheld) == {1, 2, first.number, second.number}


def test_a_title_inside_the_titles_facts_and_quotes_of_other_texts_goes_too(now: datetime) -> None:
    page = a_page(now)
    word(page, "inv", now, title=OLD)
    summary = word(
        page, "inv", now + HOUR, kind="summary", status="resolved", title=OLD,
        text_title=f"What happened when {OLD.lower()}", record=public_record(title=OLD),
    )  # fmt: skip
    word(
        page, "inv", now + HOUR, kind="translation", status="resolved", title=OLD, language="de",
        text_title="Warum Brockhurst keine Rechnungen sandte", corrects=summary,
    )  # fmt: skip
    word(
        page, "inv", now + 2 * HOUR, kind="correction", status="resolved", title=OLD,
        corrects=summary, correction={"weight": "fact", "wrote": f"{OLD} since 8:12"},
        text_title=f"What happened when {OLD.lower()}",
    )  # fmt: skip
    word(
        page, "inv", now + 3 * HOUR, kind="correction", status="resolved", title=NEW,
        corrects=summary, correction={"weight": "title", "lines": [1, 2, 3, 4]}, body=REASON,
    )  # fmt: skip
    shown = queries.publications_of(page, "inv")
    spoken = [said for each in shown for said in each.translations.values()]
    assert len(spoken) == 1
    assert "brockhurst" not in str([(p.title, p.facts) for p in (*shown, *spoken)]).lower()
    assert shown[1].title == f"What happened when {NEW}"
    assert queries.incident(page, "inv").facts["title"] == NEW


def test_letters_that_have_not_left_get_the_new_title(
    company: SimpleNamespace, now: datetime
) -> None:
    subscribed(company.page, now - HOUR, "ada@mail.example")
    people = freeze_list(
        actor=MACHINE, now=now, page=company.page, segment=Segment.DATA,
        incident_ref=company.named.public_id, members=[("bob@mail.example", "")],
    )  # fmt: skip
    to_list = word(
        company.page, company.named.public_id, now + HOUR, kind="data_notice", title=OLD,
        audience="list", recipient_list=people.public_id, status="resolved",
    )  # fmt: skip
    expand_due(now=now + HOUR)
    retitled(company, now + 2 * HOUR)
    expand_due(now=now + 2 * HOUR)
    waiting = Letter.objects.filter(state="waiting").select_related("message")
    assert waiting.filter(about=about_of(company.first)).exists()
    assert waiting.filter(about=about_of(to_list)).exists()
    for letter in waiting:
        message = letter.message
        assert "Brockhurst" not in message.subject + message.text + message.html


@pytest.mark.parametrize(
    ("title", "body", "because"),
    [
        (OLD, REASON, "the one readers have"),
        (NEW, "It named Brockhurst, which did not agree.", "repeats “Brockhurst”"),
    ],
)
def test_what_is_no_new_title_is_refused_at_review(
    company: SimpleNamespace, now: datetime, title: str, body: str, because: str
) -> None:
    statement = started(company, now)
    save_revision(
        actor=company.noor, now=now, statement=statement, title=title, body=body, based_on=1
    )
    with pytest.raises(WrongState, match=because):
        ask_review(actor=company.noor, now=now, statement=statement)


def test_a_title_that_is_too_long_is_refused_and_a_slip_in_it_is_no_typo_of_one_text(
    company: SimpleNamespace, now: datetime
) -> None:
    with pytest.raises(BadInput):
        started(company, now, "x" * 256)
    with pytest.raises(BadInput, match="title of the incident"):
        correct(
            actor=company.noor, now=now, incident=company.named, number=company.first.number,
            weight="typo", wrote="Ltd", right="Limited",
        )  # fmt: skip


def test_a_log_that_withholds_a_line_the_new_title_does_not_name_is_broken(
    company: SimpleNamespace, site_dir: Path, now: datetime
) -> None:
    other = word(company.page, "other", now + HOUR, body="Something else altogether.")
    new = retitled(company, now + 2 * HOUR)
    build_all(now=now)
    lines = (site_dir / "log" / "000001.jsonl").read_text().splitlines()
    value = json.loads(lines[other.number - 1])
    hidden = {
        "hash": value["hash"], "number": other.number, "previous": value["previous"],
        "withheld": {"because": "title", "by": new.number},
    }  # fmt: skip
    lines[other.number - 1] = json.dumps(hidden, sort_keys=True, separators=(",", ":"))
    assert "takes back nothing" in verify(lines).broken[0]
