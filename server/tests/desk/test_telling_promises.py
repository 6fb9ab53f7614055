"""What became of the promises: said on the page from the desk, and owed until it is."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.commitments.actions import change, promise
from afterword.commitments.models import Commitment
from afterword.commitments.queries import of_incident, public_view
from afterword.fanout.actions import expand_due
from afterword.fanout.queries import about_of
from afterword.postbox.models import Letter
from afterword.publishing.actions import publish_statement
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review
from desk.office import seen, signed_in, values_of, written
from fanout.published import publish, subscribed
from statements.world import for_the_page_only

TELL = "Tell readers how the promises stand"


def promised(office: SimpleNamespace, now: Any, what: str) -> Commitment:
    return promise(
        actor=office.wanda, now=now, incident=office.incident, what=what,
        why="Nobody noticed the full queue for hours.",
        effect="A full queue is noticed within minutes.",
        mechanism="detect", due=date(2026, 5, 1),
    )  # fmt: skip


def closed(office: SimpleNamespace, now: Any) -> None:
    statement = written(office, now)
    ask_review(actor=office.wanda, now=now, statement=statement)
    approve(actor=office.rolf, now=now, statement=statement)
    for_the_page_only(office, now)
    publish_statement(actor=office.pia, now=now, statement=statement)


@pytest.fixture
def public(recorded: SimpleNamespace, clock: Any) -> Any:
    """A company whose closure is out with one promise."""
    recorded.promise = promised(recorded, clock.now(), "A full queue raises an alarm")
    closed(recorded, clock.now())
    recorded.where = f"{recorded.case}commitments/"
    recorded.tell = f"{recorded.case}tell-promises/"
    return recorded


def drop(office: SimpleNamespace, clock: Any) -> None:
    change(
        actor=office.wanda, now=clock.advance(days=1), commitment=office.promise,
        state="dropped", dropped_because="The new queue cannot fill up",
    )  # fmt: skip


def words(client: Any, path: str) -> str:
    return seen(client.get(path)).words


def test_a_dropped_promise_is_owed_to_readers_until_they_are_told(
    public: SimpleNamespace, clock: Any, site_dir: Path
) -> None:
    client = signed_in(public.pia)
    assert "readers not told yet" not in words(client, public.case)
    drop(public, clock)
    case = words(client, public.case)
    assert "changed, readers not told yet" in case
    assert "1 promise has changed; tell readers." in case
    assert TELL in case
    assert TELL in words(client, "/desk/")
    page = client.get(public.where)
    assert "Dropped: A full queue raises an alarm. Why: The new queue cannot fill up." in (
        seen(page).words
    )
    note = "We rebuilt the queue instead."
    post = {"note": note, "form_key": values_of(page)["form_key"]}
    answers = [client.post(public.tell, post) for _ in range(2)]
    assert [a["Location"] for a in answers] == [public.where] * 2
    told = Publication.objects.get(kind="commitment_update")
    assert told.audience == "page"
    assert note in told.body
    built = (site_dir / "incidents" / public.incident.public_id / "index.html").read_text()
    assert "The new queue cannot fill up" in built
    assert "readers not told yet" not in words(client, public.case)
    assert TELL not in words(client, "/desk/")


def test_readers_are_written_to_only_when_asked(public: SimpleNamespace, clock: Any) -> None:
    drop(public, clock)
    signed_in(public.pia).post(public.tell, {"notify": "on"})
    assert Publication.objects.get(kind="commitment_update").audience == "subscribers"


def test_a_promise_made_after_the_closure_is_shown_as_not_public_yet(
    public: SimpleNamespace, clock: Any
) -> None:
    promised(public, clock.advance(days=1), "Two people watch the queue")
    client = signed_in(public.pia)
    assert "not public yet" in words(client, public.case)
    assert "Planned, due 1 May 2026: Two people watch the queue." in words(client, public.where)


def test_the_first_promise_can_follow_a_closure_that_had_none(
    recorded: SimpleNamespace, clock: Any
) -> None:
    closed(recorded, clock.now())
    promised(recorded, clock.advance(days=1), "Two people watch the queue")
    answer = signed_in(recorded.pia).post(f"{recorded.case}tell-promises/", {})
    assert answer.status_code == 302
    assert len(Publication.objects.get(kind="commitment_update").commitments) == 1


def test_before_the_closure_promises_wait_for_it(recorded: SimpleNamespace, clock: Any) -> None:
    promised(recorded, clock.now(), "Two people watch the queue")
    client = signed_in(recorded.pia)
    assert "Publish how they stand" not in words(client, f"{recorded.case}commitments/")
    assert client.post(f"{recorded.case}tell-promises/", {}).status_code == 409


def test_a_note_that_says_too_much_is_stopped_with_what_was_found(
    public: SimpleNamespace, clock: Any
) -> None:
    drop(public, clock)
    note = "We guarantee that this will never happen again."
    answer = signed_in(public.pia).post(public.tell, {"note": note})
    assert answer.status_code == 422
    page = seen(answer)
    assert "OVR-0" in page.words
    assert note in page.words
    assert not Publication.objects.filter(kind="commitment_update").exists()


def test_saying_the_same_again_is_refused_in_words(public: SimpleNamespace) -> None:
    answer = signed_in(public.pia).post(public.tell, {})
    assert answer.status_code == 409
    assert "The page says all of this already" in seen(answer).words


def test_who_may_not_publish_is_offered_nothing_and_refused(
    public: SimpleNamespace, clock: Any
) -> None:
    drop(public, clock)
    client = signed_in(public.wanda)
    assert "Publish how they stand" not in words(client, public.where)
    assert client.post(public.tell, {}).status_code == 403


def test_a_kept_promise_after_everything_else_keeps_the_case_open_until_told(
    public: SimpleNamespace, clock: Any
) -> None:
    change(actor=public.wanda, now=clock.advance(days=1), commitment=public.promise, state="done")
    client = signed_in(public.wanda)
    answer = client.post(f"{public.case}close/")
    assert answer.status_code == 409
    assert "Corrections and promises" in seen(answer).words


def summarised(office: SimpleNamespace, now: Any) -> Publication:
    """Publish a summary of the incident by mail, with the promises as they are."""
    views = [public_view(each) for each in of_incident(office.incident)]
    return publish(
        office.page, now, kind="summary", title=office.incident.title, body="What happened.",
        incident_id=office.incident.public_id, commitments=views,
    )  # fmt: skip


def test_a_kept_promise_is_offered_to_those_who_got_the_summary_and_leaves_once(
    public: SimpleNamespace, clock: Any
) -> None:
    subscribed(public.page, clock.now(), "ada@mail.example", "bob@mail.example")
    summarised(public, clock.now())
    expand_due(now=clock.now())
    publisher, offered = signed_in(public.pia), "Tell who got the summary"
    assert "Nothing waits to be told" in words(publisher, "/desk/delivered/")
    assert offered not in words(publisher, "/desk/")
    change(actor=public.wanda, now=clock.advance(days=1), commitment=public.promise, state="done")
    assert offered in words(publisher, "/desk/")
    page = publisher.get("/desk/delivered/")
    assert "1 promise, 2 people" in seen(page).words
    assert "Done on 19 March 2026: A full queue raises an alarm." in seen(page).words
    post = {"incident": public.incident.public_id, "form_key": values_of(page)["form_key"]}
    for _ in range(2):
        assert publisher.post("/desk/delivered/", post)["Location"] == "/desk/delivered/"
    expand_due(now=clock.now())
    note = Publication.objects.get(kind="commitment_update")
    letters = Letter.objects.filter(about=about_of(note))
    assert letters.count() == 2
    assert offered not in words(publisher, "/desk/")
    assert TELL not in words(publisher, "/desk/")


def test_telling_nothing_is_refused_in_words_and_takes_a_publisher(
    public: SimpleNamespace, clock: Any
) -> None:
    answer = signed_in(public.pia).post("/desk/delivered/", {})
    assert answer.status_code == 409
    assert "know all of this already" in seen(answer).words
    assert signed_in(public.wanda).post("/desk/delivered/", {}).status_code == 403
