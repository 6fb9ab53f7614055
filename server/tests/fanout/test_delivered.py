"""Delivered promises: one letter to those who got the summary, and the truth if it comes undone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from afterword.accounts.actions import create_person
from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.subscribers import (
    choose_components,
    choose_moments,
    unsubscribe,
)
from afterword.audience.actions.suppressions import suppress
from afterword.commitments import queries as commitments
from afterword.commitments.actions import change, promise
from afterword.commitments.models import Commitment
from afterword.components.models import Page
from afterword.fanout.actions import expand_due, expanding
from afterword.fanout.actions.steering import cancel
from afterword.fanout.models import Mailing
from afterword.fanout.queries import about_of
from afterword.fanout.together import count_hearing
from afterword.incidents.actions import hold_case, open_incident
from afterword.incidents.models import Incident
from afterword.kit.errors import NotAllowed, WrongState
from afterword.postbox.models import Letter
from afterword.publishing.actions import delivered, publish_promises, tell_delivered
from afterword.publishing.models import Audience, Publication, PublicationKind
from fanout.published import a_page, publish, subscribed

pytestmark = pytest.mark.django_db
ADA, BOB, EVE, KAI = (f"{name}@mail.example" for name in ("ada", "bob", "eve", "kai"))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def page(now: datetime) -> Page:
    return a_page(now - 10 * DAY)


def promised(page: Page, now: datetime, title: str, *whats: str) -> list[Commitment]:
    incident = open_incident(
        actor=MACHINE, now=now, page=page, title=title, body="It failed.",
    )  # fmt: skip
    return promised_too(incident, now, *whats)


def promised_too(incident: Incident, now: datetime, *whats: str) -> list[Commitment]:
    return [
        promise(
            actor=MACHINE, now=now, incident=incident, what=what, why="It filled up unseen.",
            effect="It is seen before anybody waits.", mechanism="detect", due=date(2026, 6, 1),
        )
        for what in whats
    ]  # fmt: skip


def summarised(page: Page, now: datetime, promises: list[Commitment], **more: Any) -> Publication:
    incident = promises[0].incident
    publish(page, now, title=incident.title, incident_id=incident.public_id, audience="page")
    views = [commitments.public_view(each) for each in promises]
    return publish(
        page, now, kind=PublicationKind.SUMMARY, title=incident.title, body="What happened.",
        incident_id=incident.public_id, commitments=views, **more,
    )  # fmt: skip


def keep(now: datetime, *promises: Commitment) -> None:
    for each in promises:
        change(actor=MACHINE, now=now, commitment=each, state="done")


def told(page: Page, now: datetime, *incidents: Incident) -> list[Publication]:
    found = tell_delivered(
        actor=MACHINE, now=now, page=page, incident_ids=[each.public_id for each in incidents]
    )
    expand_due(now=now)
    return found


def rolf(now: datetime) -> Person:
    return create_person(
        actor=MACHINE, now=now, email="r@lark.example", name="Rolf",
        password="a long enough password", roles=[Role.REVIEWER],
    )  # fmt: skip


def written_to(*publications: Publication) -> list[str]:
    abouts = [about_of(each) for each in publications]
    found = Letter.objects.filter(about__in=abouts)
    return sorted(found.values_list("recipient", flat=True))


def test_only_those_who_got_the_summary_hear_of_it_and_once(page: Page, now: datetime) -> None:
    subscribed(page, now - HOUR, ADA, BOB)
    alarm, drill = promised(page, now, "Payments failed", "An alarm at 80%", "A monthly drill")
    summarised(page, now, [alarm, drill])
    expand_due(now=now)
    subscribed(page, now + HOUR, EVE)
    keep(now + DAY, alarm, drill)
    (offer,) = delivered(page=page, now=now + DAY)
    assert count_hearing([offer.summary]) == ([2], 2)
    assert offer.sentences == [
        "Done on 19 March 2026: An alarm at 80%.", "Done on 19 March 2026: A monthly drill."
    ]  # fmt: skip
    (note,) = told(page, now + DAY, alarm.incident)
    assert (note.title, note.audience) == ("2 promises are kept", Audience.SUBSCRIBERS)
    assert written_to(note) == [ADA, BOB]
    expand_due(now=now + 2 * DAY)
    assert delivered(page=page, now=now + 2 * DAY) == []
    with pytest.raises(WrongState, match="know all of this already"):
        told(page, now + 2 * DAY, alarm.incident)
    assert written_to(note) == [ADA, BOB]


def test_what_was_not_shown_to_whoever_sends_it_does_not_leave_with_it(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - HOUR, ADA)
    alarm, drill = promised(page, now, "Payments failed", "An alarm at 80%", "A monthly drill")
    summarised(page, now, [alarm, drill])
    expand_due(now=now)
    (secret,) = promised_too(alarm.incident, now + HOUR, "A second provider")
    keep(now + DAY, alarm, secret)
    change(
        actor=MACHINE, now=now + DAY, commitment=drill, state="dropped",
        dropped_because="It taught us nothing.",
    )  # fmt: skip
    (offer,) = delivered(page=page, now=now + DAY)
    assert offer.sentences == ["Done on 19 March 2026: An alarm at 80%."]
    (note,) = told(page, now + DAY, alarm.incident)
    assert (note.title, note.body) == ("A promise is kept", offer.sentences[0])
    assert {view["what"]: view["state"] for view in note.commitments} == {
        "An alarm at 80%": "done", "A monthly drill": "planned"
    }  # fmt: skip
    text = Letter.objects.get(about=about_of(note)).message.text
    assert "taught us nothing" not in text
    assert "second provider" not in text


def test_several_incidents_leave_as_one_letter_that_tells_each_reader_their_own(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 2)
    subscribed(page, now - HOUR, ADA)
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summarised(page, now, [alarm])
    expand_due(now=now)
    subscribed(page, now + HOUR, BOB)
    (limit,) = promised(page, now + DAY, "Exports were <slow>", "A limit for each account")
    summarised(page, now + DAY, [limit])
    expand_due(now=now + DAY)
    unsubscribe(now=now + DAY, token=subscribed(page, now, EVE)[0].token)
    (rest,) = promised(page, now + 2 * DAY, "Search was down", "A second index")
    summarised(page, now + 2 * DAY, [rest])
    expand_due(now=now + 2 * DAY)
    keep(now + 3 * DAY, alarm, limit, rest)
    offers = delivered(page=page, now=now + 3 * DAY)
    assert count_hearing([each.summary for each in offers]) == ([1, 2, 2], 2)
    first, second, third = told(page, now + 3 * DAY, alarm.incident, limit.incident, rest.incident)
    assert written_to(first, second, third) == [ADA, BOB]
    assert (written_to(first), written_to(second), written_to(third)) == ([ADA], [BOB], [])
    of_ada = Letter.objects.get(about=about_of(first)).message
    for words in (of_ada.text, of_ada.html):
        assert all(w in words for w in ("An alarm at 80%", "A limit for each", "A second index"))
    assert "Exports were &lt;slow&gt;" in of_ada.html
    of_bob = Letter.objects.get(about=about_of(second)).message.text
    assert "An alarm at 80%" not in of_bob
    assert "A limit for each account" in of_bob
    assert "A second index" in of_bob


def test_who_left_chose_otherwise_or_may_not_be_written_to_is_left_alone(
    page: Page, now: datetime
) -> None:
    _, bob, eve, _ = subscribed(page, now - HOUR, ADA, BOB, EVE, KAI)
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summarised(page, now, [alarm])
    expand_due(now=now)
    unsubscribe(now=now + HOUR, token=bob.token)
    choose_components(now=now + HOUR, token=eve.token, component_ids=["exports"], whole_page=False)
    suppress(actor=MACHINE, now=now + HOUR, page=page, email=KAI, reason="complained")
    keep(now + DAY, alarm)
    (offer,) = delivered(page=page, now=now + DAY)
    assert count_hearing([offer.summary]) == ([1], 1)
    assert written_to(*told(page, now + DAY, alarm.incident)) == [ADA]


def test_a_letter_waits_for_the_end_of_its_readers_night(page: Page, now: datetime) -> None:
    (ada,) = subscribed(page, now - HOUR, ADA)
    choose_moments(now=now, token=ada.token, wants="every", zone="Asia/Tokyo")
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summarised(page, now, [alarm])
    expand_due(now=now)
    keep(now + DAY, alarm)
    (note,) = told(page, now + DAY, alarm.incident)  # 21:00 in Tokyo
    letter = Letter.objects.get(about=about_of(note))
    assert letter.next_at == datetime(2026, 3, 19, 23, 0, tzinfo=UTC)


def test_a_promise_that_comes_undone_is_told_to_those_who_heard_it_was_kept(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - HOUR, ADA)
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summarised(page, now, [alarm])
    expand_due(now=now)
    keep(now + DAY, alarm)
    (kept,) = told(page, now + DAY, alarm.incident)
    change(actor=MACHINE, now=now + 2 * DAY, commitment=alarm, state="in_progress")
    (offer,) = delivered(page=page, now=now + 2 * DAY)
    assert (offer.kept, offer.sentences) == (
        0, ["In progress, due 1 June 2026: An alarm at 80%."]
    )  # fmt: skip
    (undone,) = told(page, now + 2 * DAY, alarm.incident)
    kept.refresh_from_db()
    assert kept.body == "Done on 19 March 2026: An alarm at 80%."
    assert undone.title == "What became of our promises"
    assert written_to(undone) == [ADA]
    keep(now + 3 * DAY, alarm)
    assert [each.kept for each in delivered(page=page, now=now + 3 * DAY)] == [1]


def test_what_was_told_to_everybody_subscribed_is_not_offered_again(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - HOUR, ADA)
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summarised(page, now, [alarm])
    keep(now + DAY, alarm)
    publish_promises(actor=MACHINE, now=now + DAY, incident=alarm.incident)
    assert len(delivered(page=page, now=now + DAY)) == 1
    publish_promises(
        actor=MACHINE, now=now + DAY, incident=alarm.incident, note="As promised.", notify=True
    )
    assert delivered(page=page, now=now + DAY) == []


@pytest.mark.parametrize("why", ["page only", "no summary", "long ago", "held"])
def test_nothing_is_offered_where_nobody_got_a_summary_or_it_is_no_news(
    page: Page, now: datetime, why: str
) -> None:
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    if why != "no summary":
        audience = Audience.PAGE if why == "page only" else Audience.SUBSCRIBERS
        summarised(page, now, [alarm], audience=audience)
    keep(now + DAY, alarm)
    if why == "held":
        hold_case(
            actor=rolf(now), now=now, incident=alarm.incident, reason="Counsel reads it first.",
            look_again_on=date(2026, 4, 1),
        )  # fmt: skip
    at = now + (32 if why == "long ago" else 1) * DAY
    assert delivered(page=page, now=at) == []


def test_a_crash_between_two_letters_writes_nobody_twice(
    page: Page, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expanding, "BATCH", 1)
    subscribed(page, now - HOUR, ADA, BOB, EVE)
    (alarm,), (limit,) = (promised(page, now, t, t) for t in ("Payments failed", "Exports failed"))
    for each in (alarm, limit):
        summarised(page, now, [each])
    expand_due(now=now)
    keep(now + DAY, alarm, limit)
    notes = tell_delivered(
        actor=MACHINE, now=now + DAY, page=page,
        incident_ids=[alarm.incident.public_id, limit.incident.public_id],
    )  # fmt: skip
    steps = iter([False, True])
    expand_due(now=now + DAY, should_stop=lambda: next(steps, True))
    assert len(written_to(*notes)) == 1
    for _ in range(2):
        expand_due(now=now + DAY)
    assert written_to(*notes) == [ADA, BOB, EVE]


def two_together(page: Page, now: datetime) -> tuple[list[Publication], list[Publication]]:
    """Ada and Bob are told of two incidents in one letter, Eve of the second; returns the summaries
    and the notes.
    """
    subscribed(page, now - HOUR, ADA, BOB)
    (alarm,) = promised(page, now, "Payments failed", "An alarm at 80%")
    summaries = [summarised(page, now, [alarm])]
    expand_due(now=now)
    subscribed(page, now + HOUR, EVE)
    (limit,) = promised(page, now + 2 * HOUR, "Exports failed", "A limit")
    summaries.append(summarised(page, now + 2 * HOUR, [limit]))
    expand_due(now=now + 2 * HOUR)
    keep(now + DAY, alarm, limit)
    return summaries, told(page, now + DAY, alarm.incident, limit.incident)


def retract(page: Page, now: datetime, wrong: Publication) -> None:
    publish(
        page, now, kind=PublicationKind.CORRECTION, corrects=wrong, weight="retraction",
        incident_id=wrong.incident_id, body="It named a customer, so it is gone.",
    )  # fmt: skip
    expand_due(now=now)


def waiting(note: Publication) -> list[str]:
    found = Letter.objects.filter(about=about_of(note), state="waiting").order_by("pk")
    return [each.message.text for each in found.select_related("message")]


@pytest.mark.parametrize("what", ["note", "summary", "run"])
def test_what_one_of_several_incidents_takes_back_is_taken_out_of_the_letters_about_all(
    page: Page, now: datetime, what: str
) -> None:
    summaries, (first, second) = two_together(page, now)
    both = waiting(first)
    assert len(both) == 2
    assert all("An alarm at 80%" in text and "A limit" in text for text in both)
    if what == "run":
        run = Mailing.objects.get(publication=second)
        cancel(actor=MACHINE, now=now + DAY, mailing=run, reason="It is not so.")
    else:
        retract(page, now + DAY, second if what == "note" else summaries[1])
    alone = waiting(first)
    assert len(alone) == 2
    assert all("An alarm at 80%" in text for text in alone)
    assert not any("A limit" in text or "Exports failed" in text for text in alone)
    assert waiting(second) == []


def test_a_letter_about_what_is_taken_back_does_not_leave(page: Page, now: datetime) -> None:
    summaries, (first, second) = two_together(page, now)
    retract(page, now + DAY, summaries[0])
    assert (waiting(first), len(waiting(second))) == ([], 1)


def test_what_was_retracted_before_its_letters_were_written_is_in_none(
    page: Page, now: datetime
) -> None:
    subscribed(page, now - HOUR, ADA)
    (alarm,), (limit,) = (
        promised(page, now, title, what)
        for title, what in (("Payments failed", "An alarm at 80%"), ("Exports failed", "A limit"))
    )
    _, wrong = (summarised(page, now, [each]) for each in (alarm, limit))
    expand_due(now=now)
    keep(now + DAY, alarm, limit)
    first, second = tell_delivered(
        actor=MACHINE, now=now + DAY, page=page,
        incident_ids=[alarm.incident.public_id, limit.incident.public_id],
    )  # fmt: skip
    retract(page, now + DAY, wrong)
    assert [("An alarm at 80%" in text, "A limit" in text) for text in waiting(first)] == [
        (True, False)
    ]
    assert waiting(second) == []


def test_a_new_title_of_one_incident_reaches_the_letters_that_tell_of_several(
    page: Page, now: datetime
) -> None:
    _, (first, second) = two_together(page, now)
    publish(
        page, now + DAY, kind=PublicationKind.CORRECTION, corrects=second, weight="title",
        incident_id=second.incident_id, title="Downloads stopped", body="Downloads stopped",
    )  # fmt: skip
    expand_due(now=now + DAY)
    found = waiting(first)
    assert len(found) == 2
    assert all("Downloads stopped" in text and "Exports failed" not in text for text in found)


def test_it_takes_a_publisher(page: Page, now: datetime) -> None:
    wanda = create_person(
        actor=MACHINE, now=now, email="w@lark.example", name="Wanda",
        password="a long enough password", roles=[Role.WRITER],
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        tell_delivered(actor=wanda, now=now, page=page, incident_ids=[])
