"""An administrator chooses the page's languages and how its uptime is weighed, on the desk."""

from types import SimpleNamespace
from typing import Any

import pytest

from afterword.audit.models import Entry
from afterword.components.queries import weights_of
from afterword.kit import clock
from afterword.site_builder.actions import build_pending
from desk.office import has_inline_code, seen, signed_in

WHERE = "/desk/look/ways/"
WEIGHTS = {"major_outage": 100, "partial_outage": 50, "degraded_performance": 10}


def test_languages_are_chosen_and_the_page_is_there_in_them(
    office: SimpleNamespace, site_dir: Any
) -> None:
    ada = signed_in(office.ada)
    form = seen(ada.get(WHERE))
    assert has_inline_code(form) == []
    answer = ada.post(WHERE, {"first": "en", "others": ["fr", "en"], "speak": "yes"})
    assert answer.status_code == 302, seen(answer).words
    build_pending(now=clock.now())
    office.page.refresh_from_db()
    assert office.page.languages == ["en", "fr"]
    assert 'lang="fr"' in (site_dir / "fr" / "index.html").read_text()[:200]
    ada.post(WHERE, {"first": "en", "speak": "yes"})
    build_pending(now=clock.now())
    assert not (site_dir / "fr" / "index.html").exists()
    assert Entry.objects.filter(verb="components.choose_languages", actor_id=office.ada.pk).exists()


def test_weights_are_set_and_said_on_the_page(office: SimpleNamespace, site_dir: Any) -> None:
    ada = signed_in(office.ada)
    assert ada.post(WHERE, WEIGHTS | {"weigh": "yes"}).status_code == 302
    office.page.refresh_from_db()
    assert weights_of(office.page) == WEIGHTS
    assert 'value="50"' in ada.get(WHERE).content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        WEIGHTS | {"partial_outage": 101, "weigh": "yes"},
        WEIGHTS | {"partial_outage": "", "weigh": "yes"},
        {"first": "xx", "speak": "yes"},
        {"speak": "yes"},
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    office: SimpleNamespace, sent: dict[str, Any]
) -> None:
    answer = signed_in(office.ada).post(WHERE, sent)
    assert answer.status_code == 422
    assert "Not saved yet" in seen(answer).words
    office.page.refresh_from_db()
    assert (office.page.languages, office.page.uptime_weights) == (["en"], {})


def test_only_an_administrator_changes_them(office: SimpleNamespace) -> None:
    wanda = signed_in(office.wanda)
    assert wanda.post(WHERE, {"first": "de", "speak": "yes"}).status_code == 403
    assert wanda.post(WHERE, WEIGHTS | {"weigh": "yes"}).status_code == 403
    assert "An administrator can change this" in seen(wanda.get(WHERE)).words
