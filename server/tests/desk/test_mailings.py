"""The pages of mailings: how far each is, who is left out, and holding one."""

import re
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from typer.testing import CliRunner

from afterword.accounts.models import Role
from afterword.audience.actions.coming_back import stop_refused
from afterword.audience.actions.lists import freeze_list
from afterword.audience.actions.subscribers import choose_components, choose_moments, unsubscribe
from afterword.audience.models import Segment, Subscriber
from afterword.audit.models import Entry
from afterword.cli.main import app
from afterword.components.actions import create_component
from afterword.components.models import Page
from afterword.fanout.actions import expand_due, pause
from afterword.fanout.in_turn import told_in_turn
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.postbox.actions import OVERTAKEN, claim, end_rest, record_results, rest
from afterword.postbox.actions.results import Result
from afterword.postbox.models import Letter
from afterword.postbox.outcomes import Outcome
from afterword.publishing.actions import announce_incident
from desk.office import person, signed_in
from fanout.published import publish, subscribed

ADDRESSES = [f"reader{n}@mail.example" for n in range(6)]


@pytest.fixture
def mailing(office: SimpleNamespace, clock: Any) -> Mailing:
    """A first word to six readers, all of it still to leave."""
    now: datetime = clock.now()
    subscribed(office.page, now - timedelta(hours=1), *ADDRESSES)
    expand_due(now=now)
    Letter.objects.all().delete()
    office.first = announce_incident(
        actor=office.ada, now=now, page=office.page, title="Exports fail",
        body="Exports fail since 11:40 UTC.", components={},
    )  # fmt: skip
    expand_due(now=now)
    return Mailing.objects.get(publication=office.first)


def at(mailing: Mailing, what: str = "") -> str:
    return f"/desk/mailings/{mailing.pk}/{what}"


def seen(client: Client, where: str) -> str:
    answer = client.get(where)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def form_of(client: Client, where: str, act: str) -> dict[str, str]:
    """Return the hidden fields of the form that posts to ``act``."""
    page = client.get(where).content.decode()
    form = re.search(rf'<form method="post" action="{act}".*?</form>', page, re.DOTALL)
    assert form is not None, f"no form leads to {act}"
    return dict(re.findall(r'type="hidden" name="(form_key|do)" value="([^"]*)"', form[0]))


def test_a_mailing_says_how_far_it_is_and_what_servers_answered(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    held = claim(now=now, limit=4, lease_seconds=600, worker="test")
    outcomes = [
        (Outcome.ACCEPTED, 250, "kept"), (Outcome.REFUSED, 550, "no reader1@mail.example here"),
        (Outcome.DEFERRED, 451, "busy"),
    ]  # fmt: skip
    record_results(
        results=[
            Result(one.pk, one.lease_until, outcome, now, code, answer)
            for one, (outcome, code, answer) in zip(held, outcomes, strict=False)
        ]
    )
    said = seen(signed_in(office.ada), at(mailing))
    for part in ("Sent 1", "Being sent 1", "Waiting 3", "Given up 1", "All of them 6"):
        assert part in said
    assert "tried again 1" in said
    assert "1: no reader1@mail.example here" in said
    rita = signed_in(person(now, "Rita", Role.RESPONDER))
    assert "reader1@mail.example" not in seen(rita, at(mailing)), "an address is not everybody's"
    assert "no r…@mail.example here" in seen(rita, at(mailing))
    assert "Exports fail" in seen(rita, "/desk/mailings/")


def test_a_mailing_says_why_letters_were_withdrawn(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    publish(office.page, now, incident_id=office.first.incident_id)
    expand_due(now=now)
    claim(now=now + timedelta(hours=1), limit=20, lease_seconds=60, in_order=told_in_turn)
    said = seen(signed_in(office.ada), at(mailing))
    assert "Withdrawn before sending 6" in said
    assert f"Why letters were withdrawn 6: {OVERTAKEN}" in said


def test_the_part_that_changes_is_fetched_again_until_all_is_over(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    client = signed_in(office.ada)
    again = f'hx-get="{at(mailing, "progress/")}"'
    assert again in client.get(at(mailing)).content.decode()
    assert again in client.get(at(mailing, "progress/")).content.decode()
    Letter.objects.all().update(state="sent", sent_at=clock.now())
    over = client.get(at(mailing, "progress/")).content.decode()
    assert "hx-get" not in over
    assert "Every letter has left or ended" in over


def test_who_gets_none_of_it_is_counted_by_why(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    other = create_component(actor=office.ada, now=now, page=office.page, name="Other part")
    gone, elsewhere, fewer, *_ = Subscriber.objects.order_by("pk")
    unsubscribe(now=now, token=gone.token)
    choose_components(
        now=now, token=elsewhere.token, component_ids=[other.public_id], whole_page=False
    )
    choose_moments(now=now, token=fewer.token, wants="after", zone="")
    said = seen(signed_in(office.ada), at(mailing))
    for part in ("1 unsubscribed", "1 chose other components", "1 chose fewer messages"):
        assert part in said


def test_pausing_twice_by_a_double_click_is_done_once_and_stands_on_the_first_page(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    rita = person(clock.now(), "Rita", Role.RESPONDER)
    client = signed_in(rita)
    form = form_of(client, at(mailing), at(mailing, "pause/")) | {"reason": "Wrong region."}
    for _ in range(2):
        answer = client.post(at(mailing, "pause/"), form)
        assert (answer.status_code, answer["Location"]) == (302, at(mailing))
    assert Entry.objects.filter(verb="fanout.pause").count() == 1
    assert claim(now=clock.now(), limit=9, lease_seconds=60, worker="test") == []
    said = seen(client, "/desk/")
    assert "Decide on a paused mailing · Exports fail" in said
    assert "Paused by Rita: Wrong region." in said
    assert "Resuming needs the role Publisher" in seen(client, at(mailing))


def test_a_correction_says_that_it_waits_for_the_paused_mailing(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    pause(actor=office.ada, now=now, mailing=mailing, reason="It names the wrong region.")
    wrong = publish(office.page, now, kind="correction", corrects=office.first, title="Corrected")
    expand_due(now=now)
    correction = Mailing.objects.get(publication=wrong)
    said = seen(signed_in(office.ada), at(correction))
    assert "Waits for another mailing" in said
    assert "Resume or cancel that one first" in said


def test_a_publisher_resumes_and_cancels(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    client, steer = signed_in(office.pia), at(mailing, "steer/")
    form = form_of(client, at(mailing), at(mailing, "pause/"))
    client.post(at(mailing, "pause/"), form | {"reason": "Wait."})
    form = form_of(client, at(mailing), steer)
    assert form["do"] == "resume"
    client.post(steer, form | {"reason": "Checked."})
    assert len(claim(now=clock.now(), limit=2, lease_seconds=60, worker="test")) == 2
    form = form_of(client, at(mailing), steer)
    assert form["do"] == "cancel"
    for _ in range(2):
        client.post(steer, form | {"reason": "It is not true."})
    assert claim(now=clock.now(), limit=9, lease_seconds=60, worker="test") == []
    said = seen(client, at(mailing))
    assert "Cancelled. Pia: It is not true." in said
    assert "Decide on a paused mailing" not in seen(client, "/desk/")
    assert Entry.objects.filter(verb="fanout.cancel").count() == 1


def test_what_cannot_be_done_is_said_with_what_to_do(
    office: SimpleNamespace, mailing: Mailing
) -> None:
    client = signed_in(office.pia)
    assert client.post(at(mailing, "pause/"), {"reason": ""}).status_code == 422
    assert client.post(at(mailing, "steer/"), {"do": "burn", "reason": "x"}).status_code == 422
    refused = client.post(at(mailing, "steer/"), {"do": "resume", "reason": "x"})
    assert refused.status_code == 409
    assert "neither paused nor waiting" in refused.content.decode()


def test_a_mailing_above_the_ceiling_is_agreed_to_by_somebody_else(
    office: SimpleNamespace, clock: Any, settings: Any
) -> None:
    settings.SECOND_PERSON_ABOVE = 3
    now = clock.now()
    subscribed(office.page, now - timedelta(hours=1), *ADDRESSES)
    expand_due(now=now)
    said = announce_incident(
        actor=office.ada, now=now, page=office.page, title="Exports fail",
        body="Exports fail since 11:40 UTC.", components={},
    )  # fmt: skip
    expand_due(now=now)
    mailing = Mailing.objects.get(publication=said)
    mine, others = signed_in(office.ada), signed_in(office.pia)
    assert "somebody else has to agree" in seen(mine, at(mailing))
    assert "Agree to a large mailing · Exports fail" in seen(others, "/desk/")
    form = form_of(others, at(mailing), at(mailing, "steer/"))
    assert form["do"] == "agree"
    assert mine.post(at(mailing, "steer/"), form | {"reason": "Sure."}).status_code == 403
    assert others.post(at(mailing, "steer/"), form | {"reason": "Six it is."}).status_code == 302
    letters = Letter.objects.filter(about__startswith=f"publication:{said.pk}:")
    assert set(letters.values_list("state", flat=True)) == {"waiting"}


def test_a_mailing_of_another_page_is_not_there(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    Mailing.objects.filter(pk=mailing.pk).exists()
    from afterword.accounts.permissions import MACHINE
    from afterword.components.actions import create_page
    from fanout.published import publish

    other: Page = create_page(
        actor=MACHINE, now=clock.now(), name="Fernway", url="https://status.fernway.example"
    )
    theirs = publish(other, clock.now())
    expand_due(now=clock.now())
    client = signed_in(office.ada)
    found = Mailing.objects.get(publication=theirs)
    for where in (at(found), at(found, "progress/")):
        assert client.get(where).status_code == 404
    assert "Card payments failed" not in seen(client, "/desk/mailings/")


def test_a_rest_after_trouble_is_shown_and_can_be_ended(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    why = "421 4.7.0 reader1@mail.example: too many, come back later"
    rest(channel="email", now=now, until=now + timedelta(seconds=40), because=why)
    Letter.objects.all().update(next_at=now + timedelta(seconds=30), last_answer=why)
    client = signed_in(office.pia)
    assert "421 4.7.0 reader1@mail.example: too many" in seen(client, at(mailing))
    assert claim(now=now, limit=9, lease_seconds=60, worker="test") == []
    assert client.post("/desk/mailings/try-again/").status_code == 302
    assert len(claim(now=now, limit=9, lease_seconds=60, worker="test")) == 6
    entry = Entry.objects.get(verb="fanout.try_again_now")
    assert entry.detail == {"rested_because": why}
    assert end_rest(channel="email", now=now) is None
    assert "tried again at once" in seen(client, "/desk/mailings/")


def test_a_rest_of_webhooks_is_shown_with_why_and_until_when_and_can_be_ended(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    why = "What becomes of letters cannot be written to the journal: no room"
    rest(channel="hooks", now=now, until=now + timedelta(seconds=40), because=why)
    client = signed_in(office.pia)
    for where in ("/desk/hooks/", "/desk/mailings/"):
        page = seen(client, where)
        assert "Sending to webhooks and chat rooms rests until" in page
        assert why in page
    assert client.post("/desk/mailings/try-again/", {"channel": "fax"}).status_code == 422
    assert client.post("/desk/mailings/try-again/", {"channel": "hooks"}).status_code == 302
    assert end_rest(channel="hooks", now=now) is None


@pytest.fixture
def gave_up(office: SimpleNamespace, mailing: Mailing, clock: Any) -> Mailing:
    """The same, taken by the server but for two, who were stopped for it."""
    now = clock.now()
    held = sorted(claim(now=now, limit=9, lease_seconds=60, worker="t"), key=lambda c: -c.pk)
    record_results(
        results=[
            Result(each.pk, each.lease_until, Outcome.ACCEPTED, now, 250)
            if n < 4
            else Result(each.pk, each.lease_until, Outcome.REFUSED, now, 550, "5.1.1 unknown user")
            for n, each in enumerate(held)
        ]
    )
    stop_refused(now=now)
    return mailing


def test_what_was_given_up_is_sent_again_from_the_desk_and_once(
    office: SimpleNamespace, gave_up: Mailing, clock: Any
) -> None:
    client, mend = signed_in(office.pia), at(gave_up, "mend/")
    said = seen(client, at(gave_up))
    assert "2 letters were given up. None of them can be sent again." in said
    assert "2 get no more mail" in said
    assert "For 2 addresses a server said" in said
    form = form_of(client, at(gave_up), mend)
    assert form["do"] == "lift"
    done = client.post(mend, form | {"reason": "It had lost its table."}, follow=True)
    assert "2 addresses get mail again" in done.content.decode()
    form = form_of(client, at(gave_up), mend)
    assert form["do"] == "again"
    assert "2 of them can be sent again" in seen(client, at(gave_up))
    for _ in range(2):
        client.post(mend, form | {"reason": "The relay is mended.", "expected": "2"})
    assert len(claim(now=clock.now(), limit=9, lease_seconds=60, worker="t")) == 2
    entry = Entry.objects.get(verb="fanout.send_again")
    assert entry.detail["reason"] == "The relay is mended."
    rita = signed_in(person(clock.now(), "Rita", Role.RESPONDER))
    assert rita.post(mend, form | {"reason": "x"}).status_code == 403


def test_what_was_given_up_is_sent_again_from_the_command_line(
    office: SimpleNamespace, gave_up: Mailing, clock: Any
) -> None:
    def run(*words: str, typed: str = "") -> str:
        return CliRunner().invoke(app, ["mailings", *words], input=typed).output

    number, why = str(gave_up.pk), ("--reason", "The relay is mended.")
    assert "4 sent, 0 to leave, 2 given up" in run("list")
    assert "0 of them can be sent again" in run("send-again", number, "--dry-run")
    assert "Reason is empty" in run("lift-quarantines", number, "--yes")
    assert "2 get mail again" in run("lift-quarantines", number, *why, "--yes")
    assert "Aborted" in run("send-again", number, *why, typed="n\n")
    assert claim(now=clock.now(), limit=9, lease_seconds=60, worker="t") == []
    assert "2 will be sent again" in run("send-again", number, *why, typed="y\n")
    assert "Nothing that this run gave up" in run("send-again", number, *why, "--yes")
    assert len(claim(now=clock.now(), limit=9, lease_seconds=60, worker="t")) == 2


@pytest.mark.parametrize("at_once", [True, False])
def test_who_cancels_a_letter_to_a_list_says_whether_its_people_get_the_summary_instead(
    office: SimpleNamespace, clock: Any, at_once: bool
) -> None:
    now: datetime = clock.now()
    subscribed(office.page, now - timedelta(hours=1), *ADDRESSES[:2])
    people = freeze_list(
        actor=office.ada, now=now, page=office.page, incident_ref="pay1", segment=Segment.SLA,
        members=[(ADDRESSES[0], "")],
    )  # fmt: skip
    letter = publish(
        office.page, now, kind="follow_up", audience="list", recipient_list=people.public_id
    )
    expand_due(now=now)
    summary = publish(office.page, now, kind="summary", title="Cards were refused")
    expand_due(now=now)
    run = Mailing.objects.get(publication=letter)
    client = signed_in(office.ada)
    assert "“Cards were refused” passed them over because of this letter" in seen(client, at(run))
    form = {
        "do": "cancel", "reason": "The wrong people.",
        "form_key": form_of(client, at(run), at(run, "steer/"))["form_key"],
    }  # fmt: skip
    client.post(at(run, "steer/"), form | ({"instead": "yes"} if at_once else {}))
    if not at_once:
        assert "has had neither this letter nor “Cards were refused”" in seen(client, at(run))
        client.post(at(run, "steer/"), form_of(client, at(run), at(run, "steer/")))
    expand_due(now=now)
    got = Letter.objects.filter(about=about_of(summary)).values_list("recipient", flat=True)
    assert set(got) == set(ADDRESSES[:2])
    said = seen(client, at(run))
    assert "did not get it and subscribed has been given" in said
    assert "Send them the text for everybody" not in said


@pytest.mark.parametrize("takes_another", [True, False])
def test_answers_that_differ_in_the_address_alone_are_told_as_one(
    office: SimpleNamespace, mailing: Mailing, clock: Any, takes_another: bool
) -> None:
    """Also where so many were refused that the server is not believed, and they are held back."""
    now = clock.now()
    held = claim(now=now, limit=6, lease_seconds=600, worker="test")
    alike = 2 if takes_another else 5
    said = [f"5.1.1 <{one.recipient}>: no such user" for one in held[:alike]] + ["5.7.1 policy"]
    if takes_another:
        got = held[3]
        record_results(results=[Result(got.pk, got.lease_until, Outcome.ACCEPTED, now, 250, "ok")])
    record_results(
        results=[
            Result(one.pk, one.lease_until, Outcome.REFUSED, now, 550, answer)
            for one, answer in zip(held, said, strict=False)
        ]
    )
    words = seen(signed_in(office.ada), at(mailing)).replace("&lt;", "<").replace("&gt;", ">")
    assert f"{alike}: 5.1.1 <…@…>: no such user" in words
    assert "1: 5.7.1 policy" in words


def test_a_correction_says_how_many_read_it_on_top_of_what_it_corrects(
    office: SimpleNamespace, mailing: Mailing, clock: Any
) -> None:
    now = clock.now()
    about = about_of(mailing.publication)
    Letter.objects.filter(about=about, recipient__in=ADDRESSES[:2]).update(
        state="sent", sent_at=now
    )
    correction = publish(
        office.page, now, kind="correction", corrects=mailing.publication, weight="fact",
        incident_id=mailing.publication.incident_id,
    )  # fmt: skip
    expand_due(now=now)
    run = Mailing.objects.get(publication=correction)
    said = seen(signed_in(office.ada), at(run))
    assert "4 more letters have it on top of the text that it corrects" in said
    assert "All of them 2" in said
    assert "on top of the text" not in seen(signed_in(office.ada), at(mailing))
