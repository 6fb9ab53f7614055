"""The last look and the leaving: counts first, then the page, at once."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import confirm, subscribe
from afterword.audience.links import confirmation_of
from afterword.audience.models import Segment
from afterword.fanout.actions import cancel, expand_due, pause
from afterword.fanout.models import Mailing
from afterword.followups.actions import decide
from afterword.followups.queries import lines_in_force
from afterword.postbox.models import Letter
from afterword.publishing.models import Publication
from afterword.statements.actions import approve, ask_review, save_revision, start
from afterword.statements.models import Statement
from desk.office import HONEST, TITLE, seen, signed_in, values_of, written
from fanout.published import publish
from statements.world import for_the_page_only


def path(statement: Statement) -> str:
    return f"/desk/statements/{statement.public_id}/publish/"


@pytest.fixture
def approved(recorded: SimpleNamespace, clock: Any) -> Statement:
    statement = written(recorded, clock.now())
    ask_review(actor=recorded.wanda, now=clock.now(), statement=statement)
    approve(actor=recorded.rolf, now=clock.now(), statement=statement)
    return statement


def readers(office: SimpleNamespace, now: Any, count: int) -> None:
    for number in range(count):
        one = subscribe(now=now, page=office.page, email=f"reader{number}@fernway.example")
        confirm(now=now, token=confirmation_of(one.token, now))


def test_the_page_says_who_will_get_it_before_anybody_does(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    readers(recorded, clock.now(), 3)
    decide(
        actor=recorded.pia, now=clock.now(), incident=recorded.incident, segment="everyone",
        level="subscribers", reason="Everybody saw it fail.",
    )  # fmt: skip
    before = Publication.objects.count()
    page = seen(signed_in(recorded.pia).get(path(approved)))
    assert "3 confirmed subscribers" in page.words
    assert "Publish and send to 3" in page.words
    assert Publication.objects.count() == before


def test_a_summary_says_before_it_leaves_who_waits_for_a_letter_that_nobody_has_published(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    now, incident = clock.now(), recorded.incident
    decide(
        actor=recorded.pia, now=now, incident=incident, segment="everyone", level="subscribers",
        reason="Everybody saw it fail.",
    )  # fmt: skip
    summary = start(actor=recorded.wanda, now=now, incident=incident, kind="summary")
    client = signed_in(recorded.pia)
    assert "letter of their own" not in seen(client.get(path(summary))).words
    people = freeze_list(
        actor=recorded.pia, now=now, page=recorded.page, incident_ref=incident.public_id,
        segment=Segment.SLA, members=[("a@fernway.example", ""), ("b@fernway.example", "")],
    )  # fmt: skip
    words = seen(client.get(path(summary))).words
    assert "2 people wait for a letter of their own that is not published" in words
    assert "(Customers with an SLA: 2)" in words
    assert "letter of their own" not in seen(client.get(path(approved))).words, "all get a closure"
    publish(
        recorded.page, now, kind="follow_up", audience="list", recipient_list=people.public_id,
        incident_id=incident.public_id,
    )  # fmt: skip
    assert "letter of their own" not in seen(client.get(path(summary))).words
    expand_due(now=now)
    run = Mailing.objects.get(publication__recipient_list=people.public_id)
    pause(actor=recorded.ada, now=now, mailing=run, reason="Somebody looks at the list.")
    words = seen(client.get(path(summary))).words
    assert "2 people still wait for a letter that is published and held" in words
    Letter.objects.filter(recipient="a@fernway.example").update(state="sent", sent_at=now)
    words = seen(client.get(path(summary))).words
    assert "1 person still waits for a letter that is published and held" in words
    cancel(actor=recorded.ada, now=now, mailing=run, reason="They are the wrong people.")
    assert "published and held" not in seen(client.get(path(summary))).words


def test_until_somebody_decides_who_gets_it_nothing_leaves(
    recorded: SimpleNamespace, approved: Statement
) -> None:
    client = signed_in(recorded.pia)
    words = seen(client.get(path(approved))).words
    assert "nobody has decided yet whether subscribers are written to" in words
    assert "Decide who gets it first" in words
    refused = client.post(path(approved), {"revision": "2"})
    assert refused.status_code == 409
    assert "Decide it in the follow-up plan" in seen(refused).words


def test_the_proposal_is_decided_in_one_press_on_the_way_to_publishing(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    readers(recorded, clock.now(), 2)
    client = signed_in(recorded.pia)
    page = seen(client.get(path(approved)))
    assert "Decide as proposed" in page.words
    chosen = {k: v for k, v in values_of(client.get(path(approved))).items() if k != "revision"}
    plan = f"/desk/cases/{recorded.incident.public_id}/follow-up/"
    answer = client.post(plan, chosen)
    assert answer["Location"] == path(approved)
    line = lines_in_force(recorded.incident)["everyone"]
    assert line.level == line.proposed
    assert line.reason
    assert "Decide as proposed" not in seen(client.get(path(approved))).words
    assert client.post(path(approved), {"revision": "2"}).status_code == 302


def test_where_to_go_after_deciding_is_no_address_from_outside(
    recorded: SimpleNamespace, approved: Statement
) -> None:
    plan = f"/desk/cases/{recorded.incident.public_id}/follow-up/"
    told = {"segment": "everyone", "level": "page", "reason": "The page will do."}
    away = told | {"then_publish": "//elsewhere.example/"}
    assert signed_in(recorded.pia).post(plan, away)["Location"] == plan


def test_publishing_puts_it_on_the_built_page_before_the_answer_comes(
    recorded: SimpleNamespace, approved: Statement, site_dir: Any, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    answer = signed_in(recorded.pia).post(path(approved), {"revision": "2"})
    assert answer["Location"] == recorded.case
    built = site_dir / "incidents" / recorded.incident.public_id / "index.html"
    assert TITLE in built.read_text()
    case = seen(signed_in(recorded.pia).get(recorded.case)).words
    assert "The closure is published." in case


def test_publishing_twice_is_refused_and_publishes_once(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    client = signed_in(recorded.pia)
    client.post(path(approved), {"revision": "2"})
    count = Publication.objects.count()
    assert client.post(path(approved), {"revision": "2"}).status_code == 409
    assert Publication.objects.count() == count
    assert "published already" in seen(client.get(path(approved))).words


def test_what_nobody_approved_says_why_and_offers_no_button(
    recorded: SimpleNamespace, clock: Any
) -> None:
    statement = written(recorded, clock.now())
    client = signed_in(recorded.pia)
    page = seen(client.get(path(statement)))
    assert "Nobody has approved this text yet." in page.words
    assert "disabled" in next(b for b in page.all("button") if "primary" in str(b.get("class")))
    assert client.post(path(statement), {"revision": "2"}).status_code == 409


def test_a_finding_that_stands_in_many_places_is_said_once(
    recorded: SimpleNamespace, clock: Any
) -> None:
    body = "A small number of users saw errors. A small number of users wrote to us."
    client = signed_in(recorded.pia)
    words = seen(client.get(path(written(recorded, clock.now(), body)))).words
    assert words.count("stands on “A small number of users”") == 1


def test_a_text_saved_since_the_page_was_opened_is_shown_again_not_published(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    save_revision(
        actor=recorded.wanda, now=clock.now(), statement=approved, title=TITLE,
        body=HONEST + " And more.", based_on=2,
    )  # fmt: skip
    before = Publication.objects.count()
    answer = signed_in(recorded.pia).post(path(approved), {"revision": "2"}, follow=True)
    assert "The text changed since you opened this page" in seen(answer).words
    assert Publication.objects.count() == before


@pytest.mark.parametrize("who", ["wanda", "rolf", "ines"])
def test_only_publishers_publish(recorded: SimpleNamespace, approved: Statement, who: str) -> None:
    client = signed_in(getattr(recorded, who))
    assert "Publishing needs the role Publisher" in seen(client.get(path(approved))).words
    assert client.post(path(approved), {"revision": "2"}).status_code == 403


def test_a_published_text_is_read_not_edited(
    recorded: SimpleNamespace, approved: Statement, clock: Any
) -> None:
    for_the_page_only(recorded, clock.now())
    signed_in(recorded.pia).post(path(approved), {"revision": "2"})
    client = signed_in(recorded.wanda)
    editor = client.get(f"/desk/statements/{approved.public_id}/")
    assert editor["Location"].endswith("/review/")
    assert "It is never changed" in seen(client.get(editor["Location"])).words
    again = {"title": TITLE, "body": "new", "based_on": "2", "do": "save"}
    refused = client.post(f"/desk/statements/{approved.public_id}/", again)
    assert refused.status_code == 409
    assert "never changed" in seen(refused).words
