"""An administrator gives the page its colours, logo and address, and every page has them."""

import re
from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from afterword.components.models import Look
from afterword.kit import clock
from afterword.publishing.models import Publication
from afterword.site_builder.actions import build_pending
from desk.office import seen, signed_in

LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
SENT = {"url": "https://status.larkbridge.example", "accent_light": "#7a1f5c", "accent_dark": ""}


def test_the_worker_builds_every_page_with_new_colours_and_logo(
    office: SimpleNamespace, site_dir: Any
) -> None:
    sent = SENT | {"logo": SimpleUploadedFile("logo.svg", LOGO)}
    answer = signed_in(office.ada).post("/desk/look/", sent)
    assert answer.status_code == 302, seen(answer).words
    build_pending(now=clock.now())
    for name in ("index.html", "history/index.html", "maintenance/index.html", "404.html"):
        built = (site_dir / name).read_text()
        (style,) = re.findall(r'href="/(assets/look\.[0-9a-f]{12}\.css)"', built)
        (logo,) = re.findall(r'src="/(assets/logo\.[0-9a-f]{12}\.svg)"', built)
    assert "--link:#7a1f5c" in (site_dir / style).read_text()
    assert b"<path" in (site_dir / logo).read_bytes()
    signed_in(office.ada).post("/desk/look/", SENT | {"accent_light": "", "no_logo": "on"})
    build_pending(now=clock.now())
    assert not (site_dir / logo).exists()
    assert not (site_dir / style).exists()
    assert "assets/look" not in (site_dir / "index.html").read_text()


def test_a_colour_that_cannot_be_read_names_one_that_can(office: SimpleNamespace) -> None:
    answer = signed_in(office.ada).post("/desk/look/", SENT | {"accent_light": "#ffcc00"})
    assert answer.status_code == 422
    assert "The nearest that can be read is #" in seen(answer).words
    assert not Look.objects.exists()


def test_a_hostile_logo_is_refused_at_its_field(office: SimpleNamespace) -> None:
    hostile = b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"
    sent = SENT | {"logo": SimpleUploadedFile("logo.svg", hostile)}
    answer = signed_in(office.ada).post("/desk/look/", sent)
    assert answer.status_code == 422
    assert "Declares entities" in seen(answer).words


def test_only_an_administrator_changes_it(office: SimpleNamespace) -> None:
    answer = signed_in(office.wanda).post("/desk/look/", SENT)
    assert answer.status_code == 403
    assert "Look of the page" in seen(signed_in(office.wanda).get("/desk/look/")).words


def test_a_new_address_is_in_every_absolute_link(office: SimpleNamespace, site_dir: Any) -> None:
    signed_in(office.ada).post("/desk/look/", SENT | {"url": "https://up.larkbridge.example"})
    build_pending(now=clock.now())
    published = Publication.objects.first()
    assert published is not None
    ident = published.incident_id
    assert "https://up.larkbridge.example/" in (site_dir / "history.atom").read_text()
    built = (site_dir / "incidents" / ident / "index.html").read_text()
    assert f'rel="canonical" href="https://up.larkbridge.example/incidents/{ident}/"' in built
