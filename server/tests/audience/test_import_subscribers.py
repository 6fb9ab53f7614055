"""Readers who gave their consent elsewhere come in confirmed, once, without a mail."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from typer.testing import CliRunner

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.bringing import import_subscriber_file, import_subscribers
from afterword.audience.actions.reports import Report
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import suppress
from afterword.audience.models import FollowedIncident, Subscriber, Suppression
from afterword.audience.queries.subscribers import (
    Moment,
    Occasion,
    active_subscribers,
    follows,
    newest_subscriber_id,
    subscribers_as_csv,
)
from afterword.audience.queries.suppressions import suppressed_addresses
from afterword.audit.models import Entry
from afterword.cli.main import app
from afterword.components.actions import create_component, create_page
from afterword.components.models import Component, Page
from afterword.kit.errors import BadInput
from afterword.postbox.models import Letter

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture
def fernway() -> Page:
    return create_page(actor=MACHINE, now=NOW, name="Fernway", url="https://status.fernway.example")


def bring(page: Page, *emails: str) -> int:
    return import_subscribers(actor=MACHINE, now=NOW, page=page, emails=emails, source="test")


def test_they_are_active_at_once_and_get_no_mail(fernway: Page) -> None:
    assert bring(fernway, "Ana@Willow.example", "ben@willow.example", "ana@willow.example") == 2
    assert set(Subscriber.objects.values_list("state", flat=True)) == {"active"}
    assert not Letter.objects.exists()
    assert Entry.objects.get(verb="audience.import_subscribers").detail == {"added": 2}


def test_a_second_time_changes_nothing(fernway: Page) -> None:
    bring(fernway, "ana@willow.example")
    entries = Entry.objects.count()
    assert bring(fernway, "ana@willow.example") == 0
    assert Entry.objects.count() == entries


def test_who_has_left_is_not_brought_back(fernway: Page) -> None:
    bring(fernway, "ana@willow.example")
    unsubscribe(now=NOW, token=Subscriber.objects.get().token)
    assert bring(fernway, "ana@willow.example") == 0
    assert Subscriber.objects.get().state == "unsubscribed"


def test_what_is_no_address_keeps_the_whole_list_out(fernway: Page) -> None:
    with pytest.raises(BadInput):
        bring(fernway, "ana@willow.example", "no address")
    assert not Subscriber.objects.exists()


FILE = (
    "email,state,language,zone,wants,components,confirmed_at,unsubscribed_at\n"
    "ana@willow.example,active,en,Europe/Berlin,ends,Payments,2024-05-01T08:00:00Z,\n"
    "ben@willow.example,unsubscribed,,,,,2024-05-01T08:00:00Z,2025-01-01T00:00:00Z\n"
    "cleo@willow.example,quarantined,xx,,,,,\n"
)


def taken(page: Page, text: str, **told: bool) -> Report:
    return import_subscriber_file(
        actor=MACHINE, now=NOW, page=page, csv_text=text, source="old page", **told
    )


def test_a_file_brings_states_and_choices_and_goes_out_as_it_came(fernway: Page) -> None:
    create_component(actor=MACHINE, now=NOW, page=fernway, name="Payments", public_id="payments")
    assert taken(fernway, FILE, dry_run=True).added == 3
    assert not Subscriber.objects.exists()
    assert taken(fernway, FILE).added == 3
    ana, ben, cleo = Subscriber.objects.order_by("email")
    assert (ana.state, ana.zone, ana.wants) == ("active", "Europe/Berlin", "ends")
    assert [each.name for each in ana.components.all()] == ["Payments"]
    assert (ben.state, ben.unsubscribed_at) == ("unsubscribed", datetime(2025, 1, 1, tzinfo=UTC))
    assert (cleo.state, cleo.language) == ("quarantined", "en")
    assert not Letter.objects.exists()
    out = subscribers_as_csv(fernway)
    again = taken(fernway, out)
    assert (again.added, again.unchanged, again.refused) == (0, 3, 0)
    Subscriber.objects.all().delete()
    taken(fernway, out)
    assert subscribers_as_csv(fernway) == out


def test_a_language_that_the_page_does_not_speak_is_not_taken_for_another(fernway: Page) -> None:
    fernway.languages = ["en", "de"]
    rows = "ana@willow.example,de-AT\nben@willow.example,EN_gb\n"
    report = taken(fernway, f"email,language\n{rows}cleo@willow.example,it\n")
    assert report.rows_refused == (
        (4, "language 'it' is none of the page's (en, de); leave it empty for en"),
    )
    assert not Subscriber.objects.exists()
    assert taken(fernway, f"email,language\n{rows}cleo@willow.example,\n").added == 3
    asked = Subscriber.objects.order_by("email").values_list("language", flat=True)
    assert list(asked) == ["de", "en", "en"]


def test_the_choice_of_a_digest_moves_in_and_out(fernway: Page) -> None:
    taken(fernway, "email,digest\nana@willow.example,weekly\nben@willow.example,\n")
    assert list(Subscriber.objects.order_by("email").values_list("digest", flat=True)) == [
        "weekly",
        "none",
    ]
    out = subscribers_as_csv(fernway)
    Subscriber.objects.all().delete()
    taken(fernway, out)
    assert Subscriber.objects.get(email="ana@willow.example").digest == "weekly"
    assert taken(fernway, "email,digest\ncleo@willow.example,hourly\n").refused == 1


def test_who_left_or_asked_for_peace_is_never_brought_back(fernway: Page) -> None:
    taken(fernway, FILE.splitlines()[0] + "\nben@willow.example,unsubscribed,,,,,,\n")
    suppress(actor=MACHINE, now=NOW, page=fernway, email="dia@willow.example", reason="asked")
    report = taken(fernway, "email\nben@willow.example\ndia@willow.example\n")
    assert report.added == 0
    assert Subscriber.objects.get().state == "unsubscribed"
    twice = "email,state\neva@willow.example,unsubscribed\neva@willow.example,active\n"
    taken(fernway, twice)
    assert Subscriber.objects.get(email="eva@willow.example").state == "unsubscribed"


def test_one_bad_row_keeps_the_file_out_and_is_named(fernway: Page) -> None:
    text = (
        "email,state,zone,wants,components,confirmed_at\n"
        "ana@willow.example,active,,,,\n"
        "nobody,,,,,\n"
        "a@willow.example,unconfirmed,,,,\n"
        "b@willow.example,,Mars,,,\n"
        "c@willow.example,,,sometimes,,\n"
        "d@willow.example,,,,Telepathy,\n"
        "e@willow.example,,,,,yesterday\n"
    )
    report = taken(fernway, text)
    assert [line for line, _ in report.rows_refused] == [3, 4, 5, 6, 7, 8]
    assert not Subscriber.objects.exists()
    assert taken(fernway, text, skip_refused=True).added == 1


def test_the_command_tries_writes_and_names_lines(fernway: Page, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("email\nana@willow.example\nnobody\n")
    run = CliRunner().invoke
    refused = run(app, ["people", "import", "subscribers", str(file)])
    assert refused.exit_code == 1
    assert "line 3: 'nobody' is not an e-mail address" in refused.output
    assert "Nothing was written." in refused.output
    assert run(app, ["people", "import", "subscribers", str(file), "--skip-refused"]).exit_code == 0
    assert "ana@willow.example,active" in run(app, ["people", "export", "subscribers"]).output
    assert "which incident" in run(app, ["people", "import", "affected", str(file)]).output


def test_an_address_that_is_suppressed_here_is_not_made_a_reader(fernway: Page) -> None:
    suppress(actor=MACHINE, now=NOW, page=fernway, email="dia@willow.example", reason="complained")
    assert bring(fernway, "dia@willow.example", "ana@willow.example") == 1
    assert Subscriber.objects.get().email == "ana@willow.example"


def test_who_is_suppressed_in_a_file_without_a_time_of_consent_has_not_come_back(
    fernway: Page,
) -> None:
    taken(
        fernway,
        "email,suppressed,suppressed_since\n"
        "ana@willow.example,asked,2025-01-01T00:00:00Z\nben@willow.example,Asked,\n",
    )
    assert Subscriber.objects.count() == 2
    assert heard_by(fernway, "inc1", Moment.FIRST) == set()
    assert Entry.objects.get(verb="audience.import_subscribers").detail["suppressed"] == 2


def test_of_two_rows_the_one_that_asks_for_less_is_believed(fernway: Page) -> None:
    rows = {
        "ana@willow.example": (",,,", ",yes,,inc1"),
        "ben@willow.example": (",,,", ",,asked,"),
        "cleo@willow.example": ("unsubscribed,,,", ",,asked,"),
        "dia@willow.example": ("none,,complained,", ",,,"),
    }
    for first, second in ((0, 1), (1, 0)):
        Subscriber.objects.all().delete()
        Suppression.objects.all().delete()
        lines = [f"{who},{said[n]}" for who, said in rows.items() for n in (first, second)]
        report = taken(fernway, "email,state,only_followed,suppressed,follows\n" + "\n".join(lines))
        assert (report.added, report.duplicates) == (4, 4)
        assert heard_by(fernway, "inc2", Moment.FIRST) == set()
        assert suppressed_addresses(fernway).keys() >= rows.keys() - {"ana@willow.example"}
        states = dict(Subscriber.objects.values_list("email", "state"))
        assert states == {
            "ana@willow.example": "active",
            "ben@willow.example": "active",
            "cleo@willow.example": "unsubscribed",
        }


def test_what_says_nothing_clear_about_follows_and_suppressions_is_refused(fernway: Page) -> None:
    text = (
        "email,state,follows,only_followed,suppressed,suppressed_since\n"
        "a@willow.example,,inc1; INC 2,yes,,\n"
        "b@willow.example,,inc1,perhaps,,\n"
        "c@willow.example,,,,bored,\n"
        "d@willow.example,,,,,2025-01-01T00:00:00Z\n"
        "e@willow.example,none,,,,\n"
        "f@willow.example,,,,asked,yesterday\n"
        "g@willow.example,,inc1; inc1 ;inc2,no,,\n"
    )
    report = taken(fernway, text, skip_refused=True)
    assert [line for line, _ in report.rows_refused] == [2, 3, 4, 5, 6, 7]
    assert follows(Subscriber.objects.get()) == ["inc2", "inc1"]


def heard_by(page: Page, incident: str, moment: Moment, part: str = "payments") -> set[str]:
    found = active_subscribers(
        page=page, after_id=0, up_to_id=newest_subscriber_id(page), limit=100,
        occasion=Occasion(incident, frozenset({part}), moment),
    )  # fmt: skip
    return {each.email for each in found}


def who_hears_what(page: Page) -> list[object]:
    heard = [
        heard_by(page, incident, moment, part)
        for incident in ("inc1", "inc2", "inc3")
        for moment in Moment
        for part in ("payments", "search")
    ]
    digests = Subscriber.objects.filter(page=page).order_by("email").values_list("email", "digest")
    return [heard, dict(digests), suppressed_addresses(page)]


PEOPLE = some.lists(
    some.fixed_dictionaries({
        "state": some.sampled_from(("active", "active", "active", "unsubscribed", "quarantined")),
        "wants": some.sampled_from(("every", "ends", "after")),
        "digest": some.sampled_from(("none", "daily")),
        "only_followed": some.booleans(),
        "follows": some.lists(some.sampled_from(("inc1", "inc2")), unique=True),
        "parts": some.lists(some.sampled_from(("payments", "search")), unique=True),
        "reason": some.sampled_from(("", "asked", "bounced", "complained")),
        # Seconds from the confirmation to the suppression.
        "held_after": some.sampled_from((-3600, 0, 3600)),
        "subscribed": some.booleans(),
    }),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE)
def test_what_goes_out_comes_back_with_the_same_who_hears_what(
    fernway: Page, people: list[dict[str, Any]]
) -> None:
    Component.objects.filter(page=fernway).delete()
    Subscriber.objects.all().delete()
    Suppression.objects.all().delete()
    parts = {
        name: create_component(actor=MACHINE, now=NOW, page=fernway, name=name, public_id=name)
        for name in ("payments", "search")
    }
    agreed = NOW - timedelta(days=9)
    for number, told in enumerate(people):
        email = f"p{number}@willow.example"
        if told["reason"]:
            Suppression.objects.create(
                page=fernway, email=email, reason=told["reason"],
                since=agreed + timedelta(seconds=told["held_after"]),
            )  # fmt: skip
        if not told["subscribed"]:
            continue
        left = agreed if told["state"] == "unsubscribed" else None
        one = Subscriber.objects.create(
            page=fernway, email=email, state=told["state"], wants=told["wants"],
            digest=told["digest"], only_followed=told["only_followed"], created_at=agreed,
            confirmed_at=agreed, unsubscribed_at=left,
        )  # fmt: skip
        one.components.set(parts[name] for name in told["parts"])
        for ref in told["follows"]:
            FollowedIncident.objects.create(subscriber=one, incident_ref=ref, since=agreed)
    before, out = who_hears_what(fernway), subscribers_as_csv(fernway)
    Subscriber.objects.all().delete()
    Suppression.objects.all().delete()
    assert taken(fernway, out).refused == 0
    assert who_hears_what(fernway) == before
    assert subscribers_as_csv(fernway) == out
