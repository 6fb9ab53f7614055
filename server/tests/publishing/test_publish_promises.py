"""Promises are kept in public: the page follows them after the summary is long out."""

from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.commitments.actions import change, promise
from afterword.commitments.models import Commitment
from afterword.desk.promises_told import told_of
from afterword.kit.errors import NotAllowed, TextRejected, WrongState
from afterword.publishing import queries
from afterword.publishing.actions import correct, publish_promises, publish_statement
from afterword.publishing.actions.promises import sentence_on
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_pending
from afterword.statements.actions import approve, ask_review, save_revision, start
from statements.world import HONEST, TITLE, build, for_the_page_only

LATER = timedelta(days=20)


def promised(company: SimpleNamespace, now: datetime, **more: Any) -> Commitment:
    given = {
        "what": "Queues stop accepting work at 80% full",
        "why": "A full queue held back every invoice.",
        "effect": "An engineer is called before invoices are late.",
        "mechanism": "prevent",
        "due": date(2026, 4, 18),
        "owner_name": "Quentin Secretname",
    }
    return promise(actor=company.noor, now=now, incident=company.incident, **{**given, **more})


def close(company: SimpleNamespace, now: datetime) -> Publication:
    statement = start(actor=company.noor, now=now, incident=company.incident, kind="closure")
    save_revision(
        actor=company.noor, now=now, statement=statement, title=TITLE, body=HONEST, based_on=1
    )
    ask_review(actor=company.noor, now=now, statement=statement)
    approve(actor=company.bo, now=now, statement=statement)
    return publish_statement(actor=company.pia, now=now, statement=statement)


@pytest.fixture
def company(db: None, now: datetime) -> SimpleNamespace:
    company = for_the_page_only(build(now), now)
    company.promise = promised(company, now)
    return company


def test_a_kept_promise_is_told_and_the_old_words_stay(
    company: SimpleNamespace, now: datetime, site_dir: Path
) -> None:
    closure = close(company, now)
    change(actor=company.noor, now=now + LATER, commitment=company.promise, state="done")
    told = publish_promises(actor=company.pia, now=now + LATER, incident=company.incident)
    assert told.title == "A promise is kept"
    assert told.body == "Done on 7 April 2026: Queues stop accepting work at 80% full."
    closure.refresh_from_db()
    assert closure.commitments[0]["state"] == "planned"
    assert told.commitments[0]["state"] == "done"
    build_pending(now=now + LATER)
    path = site_dir / "incidents" / company.incident.public_id / "index.html"
    page = path.read_text()
    assert "on 7 April 2026" in page.split("What we promised")[1].split("</section>")[0]
    assert "Promise update: <bdi>A promise is kept</bdi>" in page
    assert "Secretname" not in page


def test_saying_the_same_again_says_nothing(company: SimpleNamespace, now: datetime) -> None:
    close(company, now)
    with pytest.raises(WrongState, match="says all of this already"):
        publish_promises(actor=company.pia, now=now + LATER, incident=company.incident)
    noted = publish_promises(
        actor=company.pia, now=now + LATER, incident=company.incident,
        note="The test of the limit takes place on 9 April 2026.",
    )  # fmt: skip
    assert noted.body == "The test of the limit takes place on 9 April 2026."
    assert Publication.objects.count() == 2


def test_what_was_retracted_is_owed_to_readers_again(
    company: SimpleNamespace, now: datetime
) -> None:
    close(company, now)
    change(actor=company.noor, now=now + LATER, commitment=company.promise, state="in_progress")
    told = publish_promises(actor=company.pia, now=now + LATER, incident=company.incident)
    gone = correct(
        actor=company.noor, now=now + LATER, incident=company.incident, number=told.number,
        weight="retraction", right="This text named the wrong day, so it is gone.",
    )  # fmt: skip
    ask_review(actor=company.noor, now=now + LATER, statement=gone)
    approve(actor=company.bo, now=now + LATER, statement=gone)
    publish_statement(actor=company.pia, now=now + LATER, statement=gone)
    everything = list(Publication.objects.order_by("number"))
    assert told_of([company.promise], everything).changed == [company.promise]
    again = publish_promises(actor=company.pia, now=now + LATER, incident=company.incident)
    assert again.commitments[0]["state"] == "in_progress"


def test_promises_first_go_out_with_a_reviewed_text(
    company: SimpleNamespace, now: datetime
) -> None:
    with pytest.raises(WrongState, match="first go out with its closure or summary"):
        publish_promises(actor=company.pia, now=now, incident=company.incident)
    with pytest.raises(NotAllowed):
        publish_promises(actor=company.noor, now=now, incident=company.incident)
    assert not Publication.objects.exists()


def test_subscribers_hear_of_it_only_when_asked(company: SimpleNamespace, now: datetime) -> None:
    close(company, now)
    change(actor=company.noor, now=now + LATER, commitment=company.promise, state="in_progress")
    quiet = publish_promises(actor=company.pia, now=now + LATER, incident=company.incident)
    change(
        actor=company.noor, now=now + LATER, commitment=company.promise, state="dropped",
        dropped_because="The queue itself was replaced.",
    )  # fmt: skip
    loud = publish_promises(
        actor=company.pia, now=now + LATER, incident=company.incident, notify=True
    )
    assert loud.body.endswith("Why: The queue itself was replaced.")
    assert quiet not in queries.unsent_publications()
    assert loud in queries.unsent_publications()


def test_a_promise_that_says_never_again_does_not_get_through_the_door(
    company: SimpleNamespace, now: datetime
) -> None:
    promised(company, now, effect="This will never happen again.")
    with pytest.raises(TextRejected, match="The promise “Queues stop"):
        close(company, now)
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"state": "planned", "due": "2026-04-18"}, "Planned, due 18 April 2026: Test it."),
        ({"state": "planned", "due": None}, "Planned: Test it."),
        ({"state": "in_progress", "due": "2026-05-01"}, "In progress, due 1 May 2026: Test it."),
        ({"state": "done", "done_on": "2026-05-01"}, "Done on 1 May 2026: Test it."),
        ({"state": "dropped", "dropped_because": "No use."}, "Dropped: Test it. Why: No use."),
    ],
)
def test_one_sentence_for_each_state(facts: dict[str, Any], sentence: str) -> None:
    assert sentence_on({"what": "Test it.", "done_on": None, **facts}) == sentence
