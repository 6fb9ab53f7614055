"""History from elsewhere goes on the page and to nobody's mailbox, as often as one likes."""

from datetime import datetime, timedelta

import pytest

from afterword.accounts.permissions import MACHINE
from afterword.incidents.actions import ImportedUpdate, import_incident
from afterword.incidents.models import Incident
from afterword.incidents.queries import updates_of
from afterword.publishing import queries
from afterword.publishing.actions import publish_imported
from afterword.publishing.models import Publication
from publishing.press import a_page

pytestmark = pytest.mark.django_db


def imported(now: datetime, bodies: list[str]) -> Incident:
    page = queries.Page.objects.first() or a_page(now)
    began = now - timedelta(days=300)
    statuses = ["investigating", "monitoring", "resolved"]
    incident, _ = import_incident(
        actor=MACHINE, now=now, page=page, public_id="old1", title="Slow <b>sign-in</b>",
        status=statuses[len(bodies) - 1], impact="minor", started_at=began,
        resolved_at=began + timedelta(hours=2) if len(bodies) == 3 else None,
        source="elsewhere",
        updates=[
            ImportedUpdate(f"u{n}", statuses[n], body, began + timedelta(hours=n))
            for n, body in enumerate(bodies)
        ],
    )  # fmt: skip
    return incident


def test_an_import_is_shown_with_its_own_times_and_never_sent(now: datetime) -> None:
    incident = imported(now, ["Slow.", "Better.", "Over."])
    made = publish_imported(actor=MACHINE, now=now, incident=incident, updates=updates_of(incident))
    assert [p.body for p in made] == ["Slow.", "Better.", "Over."]
    assert {(p.imported, p.audience) for p in made} == {(True, "page")}
    assert not queries.unsent_publications().exists()
    shown = queries.incident(incident.page, "old1")
    assert shown.updated_at == now - timedelta(days=300) + timedelta(hours=2)


def test_a_second_import_publishes_only_what_is_new(now: datetime) -> None:
    first = imported(now, ["Slow.", "Better."])
    publish_imported(actor=MACHINE, now=now, incident=first, updates=updates_of(first))
    again = imported(now, ["Slow.", "Better."])
    assert publish_imported(actor=MACHINE, now=now, incident=again, updates=updates_of(again)) == []
    grown = imported(now, ["Slow.", "Better.", "Over."])
    made = publish_imported(actor=MACHINE, now=now, incident=grown, updates=updates_of(grown))
    assert [p.body for p in made] == ["Over."]
    assert Publication.objects.count() == 3


def test_foreign_html_keeps_its_words_and_loses_its_teeth(now: datetime) -> None:
    evil = (
        "<script>alert(1)</script><p onclick=x()>Slow <b>today</b><br>"
        '<a href="javascript:x()">a</a> <a href="https://example.org/">b</a></p>'
        "<iframe src=//evil.example></iframe>"
    )
    incident = imported(now, [evil])
    (made,) = publish_imported(
        actor=MACHINE, now=now, incident=incident, updates=updates_of(incident)
    )
    for tooth in ("script", "onclick", "javascript:", "iframe", "alert"):
        assert tooth not in made.html
    assert "Slow <b>today</b><br>" in made.html
    assert 'href="https://example.org/"' in made.html
