"""What cannot wait for a second person: by name, with a reason, and read by somebody afterwards."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Role
from afterword.audit.models import Entry
from afterword.kit.errors import NotAllowed, TextRejected
from afterword.publishing.actions import publish_unread
from afterword.publishing.models import Publication
from afterword.statements.actions import save_revision, start
from afterword.statements.models import Bypass, Statement
from desk.office import BRIEF, TITLE, has_inline_code, person, seen, signed_in, written
from statements.world import for_the_page_only

WHY = "Everybody who reviews is on a plane until noon."


def path(statement: Statement, act: str = "publish/") -> str:
    return f"/desk/statements/{statement.public_id}/{act}"


@pytest.fixture
def draft(recorded: SimpleNamespace, clock: Any) -> Statement:
    for_the_page_only(recorded, clock.now())
    return written(recorded, clock.now())


@pytest.fixture
def gone(recorded: SimpleNamespace, draft: Statement) -> Statement:
    post = {"revision": "2", "do": "unread", "reason": WHY}
    answer = signed_in(recorded.pia).post(path(draft), post)
    assert answer["Location"] == recorded.case
    return draft


def test_it_leaves_by_name_with_a_reason_and_waits_to_be_read(
    recorded: SimpleNamespace, gone: Statement
) -> None:
    assert Publication.objects.filter(source_id=gone.public_id).exists()
    assert Entry.objects.get(verb="statements.bypass").detail["reason"] == WHY
    asked = seen(signed_in(recorded.rolf).get("/desk/")).words
    assert "Read what left unread: the closure" in asked
    assert f"Pia let it out: {WHY}" in asked
    # Not by who wrote it, not by who let it out.
    for own in (recorded.wanda, recorded.pia):
        mine = seen(signed_in(own).get("/desk/")).words.partition("Waits for somebody else")[0]
        assert "Read what left unread" not in mine


def test_the_case_stays_open_until_somebody_has_read_it(
    recorded: SimpleNamespace, gone: Statement
) -> None:
    refused = signed_in(recorded.wanda).post(f"{recorded.case}close/")
    assert "Reading what left unread" in seen(refused).words
    page = seen(signed_in(recorded.rolf).get(path(gone, "review/")))
    assert "It left unread." in page.words
    assert has_inline_code(page) == []
    signed_in(recorded.rolf).post(path(gone, "read-afterwards/"), {"do": "stands"})
    bypass = Bypass.objects.get()
    assert (bypass.read_by, bypass.stands) == (recorded.rolf, True)
    assert "Read what left unread" not in seen(signed_in(recorded.rolf).get("/desk/")).words
    refused = signed_in(recorded.wanda).post(f"{recorded.case}close/")
    assert "Reading what left unread" not in seen(refused).words


def test_what_does_not_stand_says_what(recorded: SimpleNamespace, gone: Statement) -> None:
    client = signed_in(recorded.rolf)
    assert client.post(path(gone, "read-afterwards/"), {"do": "falls"}).status_code == 422
    client.post(path(gone, "read-afterwards/"), {"do": "falls", "comment": "It was 37%."})
    assert "it does not stand. It was 37%." in seen(client.get(path(gone, "review/"))).words


@pytest.mark.parametrize("who", ["wanda", "pia"])
def test_nobody_reads_afterwards_what_they_wrote_or_let_out(
    recorded: SimpleNamespace, gone: Statement, who: str
) -> None:
    answer = signed_in(getattr(recorded, who)).post(
        path(gone, "read-afterwards/"), {"do": "stands"}
    )
    assert answer.status_code == 403
    assert Bypass.objects.get().read_at is None


@pytest.mark.parametrize("reason", ["", "too short a why"])
def test_a_thin_reason_lets_nothing_out(
    recorded: SimpleNamespace, draft: Statement, reason: str
) -> None:
    before = Publication.objects.count()
    post = {"revision": "2", "do": "unread", "reason": reason}
    assert signed_in(recorded.pia).post(path(draft), post).status_code == 422
    draft.refresh_from_db()
    assert (Publication.objects.count(), draft.state) == (before, "draft")


def test_the_checks_of_the_text_are_not_bypassed(
    recorded: SimpleNamespace, draft: Statement, clock: Any
) -> None:
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=draft, title=TITLE, body=BRIEF, based_on=2
    )
    with pytest.raises(TextRejected):
        publish_unread(actor=recorded.pia, now=clock.now(), statement=draft, reason=WHY)
    assert "It cannot wait" not in seen(signed_in(recorded.pia).get(path(draft))).words


def test_a_letter_never_leaves_unread(recorded: SimpleNamespace, clock: Any) -> None:
    both = person(clock.now(), "Bea", Role.WRITER, Role.PUBLISHER)
    letter = start(actor=both, now=clock.now(), incident=recorded.incident, kind="follow_up")
    with pytest.raises((NotAllowed, TextRejected)):
        publish_unread(actor=both, now=clock.now(), statement=letter, reason=WHY)
    assert not Bypass.objects.exists()


def test_only_a_publisher_lets_a_text_out_unread(
    recorded: SimpleNamespace, draft: Statement
) -> None:
    post = {"revision": "2", "do": "unread", "reason": WHY}
    assert signed_in(recorded.wanda).post(path(draft), post).status_code == 403
    assert not Bypass.objects.exists()
