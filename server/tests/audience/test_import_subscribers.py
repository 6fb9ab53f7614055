"""Readers who gave their consent elsewhere come in confirmed, once, without a mail."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from afterword.accounts.permissions import MACHINE
from afterword.audience.actions.bringing import import_subscriber_file, import_subscribers
from afterword.audience.actions.reports import Report
from afterword.audience.actions.subscribers import unsubscribe
from afterword.audience.actions.suppressions import suppress
from afterword.audience.models import Subscriber
from afterword.audience.queries.subscribers import subscribers_as_csv
from afterword.audit.models import Entry
from afterword.cli.main import app
from afterword.components.actions import create_component, create_page
from afterword.components.models import Page
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
