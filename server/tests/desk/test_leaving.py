"""Letting a text leave at a time, stopping it, and not waiting for its rest."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.audience.models import Subscriber, SubscriberState
from afterword.audit.models import Entry
from afterword.followups.actions import decide
from afterword.publishing.actions import let_out
from afterword.publishing.models import Departure, Publication
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.models import Statement
from desk.office import HONEST, TITLE, has_inline_code, seen, signed_in, written
from statements.world import for_the_page_only


def path(statement: Statement) -> str:
    return f"/desk/statements/{statement.public_id}/publish/"


@pytest.fixture
def closure(recorded: SimpleNamespace, clock: Any) -> Statement:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    return statement


@pytest.fixture
def letter(recorded: SimpleNamespace, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Statement:
    """An approved text of a kind that rests, written just now."""
    statement = start(
        actor=recorded.wanda, now=clock.now(), incident=recorded.incident, kind="closure"
    )
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=statement, title=TITLE, body=HONEST,
        based_on=1,
    )  # fmt: skip
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    monkeypatch.setattr("afterword.publishing.cool_off._RESTS", frozenset({"closure"}))
    for_the_page_only(recorded, clock.now())
    return statement


def test_a_time_is_chosen_shown_everywhere_and_can_be_cancelled(
    recorded: SimpleNamespace, closure: Statement, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    client = signed_in(recorded.pia)
    before = Publication.objects.count()
    post = {"revision": "2", "do": "at", "leave_at": "2026-03-18 15:00"}
    page = seen(client.post(path(closure), post, follow=True))
    assert "It leaves by itself 18 Mar 2026, 15:00 UTC in 3 hours" in page.words
    assert has_inline_code(page) == []
    assert "Publish now" not in page.words
    others = seen(client.get("/desk/")).words.partition("Waits for somebody else")[2]
    assert "The closure leaves by itself" in others
    departure = Departure.objects.get()
    # A writer who sees a mistake stops it.
    signed_in(recorded.wanda).post(f"{path(closure)}{departure.pk}/cancel/")
    clock.advance(hours=4)
    assert let_out(now=clock.now()) == []
    assert Publication.objects.count() == before
    assert "Publish now" in seen(client.get(path(closure))).words


def test_what_did_not_leave_says_why_where_people_look(
    recorded: SimpleNamespace, closure: Statement, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    post = {"revision": "2", "do": "at", "leave_at": "2026-03-18 15:00"}
    signed_in(recorded.pia).post(path(closure), post)
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=closure, title=TITLE,
        body=f"{HONEST} More.", based_on=2,
    )  # fmt: skip
    clock.advance(hours=4)
    let_out(now=clock.now())
    why = "the text changed after it was scheduled (revision 2 → 3)."
    assert (
        f"It was to leave by itself and did not: {why}"
        in seen(signed_in(recorded.wanda).get("/desk/")).words
    )
    assert (
        f"It was to leave 18 Mar 2026, 15:00 UTC and did not: {why}"
        in seen(signed_in(recorded.pia).get(path(closure))).words
    )


@pytest.mark.parametrize("when", ["", "soon", "2026-03-18 11:00"])
def test_a_time_that_cannot_be_is_refused(
    recorded: SimpleNamespace, closure: Statement, when: str
) -> None:
    post = {"revision": "2", "do": "at", "leave_at": when}
    assert signed_in(recorded.pia).post(path(closure), post).status_code == 422
    assert not Departure.objects.exists()


def test_a_text_that_rests_leaves_after_its_rest_unless_somebody_says_why_not(
    recorded: SimpleNamespace, letter: Statement, clock: Any
) -> None:
    client = signed_in(recorded.pia)
    assert "Let it leave 18 Mar 2026, 13:00 UTC" in seen(client.get(path(letter))).words
    before = Publication.objects.count()
    client.post(path(letter), {"revision": "2"})
    assert Publication.objects.count() == before
    assert Departure.objects.get().leave_at == clock.now() + timedelta(hours=1)
    signed_in(recorded.pia).post(f"{path(letter)}{Departure.objects.get().pk}/cancel/")
    assert client.post(path(letter), {"revision": "2", "do": "hurry"}).status_code == 422
    hurry = {"revision": "2", "do": "hurry", "reason": "The press calls at noon."}
    assert client.post(path(letter), hurry).status_code == 302
    assert Publication.objects.count() == before + 1
    entry = Entry.objects.get(verb="publishing.skip_rest")
    assert entry.detail["reason"] == "The press calls at noon."


def test_what_goes_to_many_can_be_cancelled_for_five_minutes(
    recorded: SimpleNamespace, closure: Statement, clock: Any
) -> None:
    now = clock.now()
    Subscriber.objects.bulk_create(
        Subscriber(
            page=recorded.page, email=f"r{n}@mail.example", state=SubscriberState.ACTIVE,
            created_at=now, confirmed_at=now,
        )
        for n in range(101)
    )  # fmt: skip
    decide(
        actor=recorded.pia, now=now, incident=recorded.incident, segment="everyone",
        level="subscribers", reason="Everybody saw it fail.",
    )  # fmt: skip
    client = signed_in(recorded.pia)
    words = seen(client.get(path(closure))).words
    assert "It is mailed to many, so it can be cancelled for five minutes." in words
    before = Publication.objects.count()
    client.post(path(closure), {"revision": "2"})
    assert Publication.objects.count() == before
    assert let_out(now=now + timedelta(minutes=5, seconds=-1)) == []
    assert len(let_out(now=now + timedelta(minutes=5))) == 1
