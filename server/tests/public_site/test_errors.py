"""What Django says when it has nothing to say: the built page, in words, without a database."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from afterword.public_site.errors import server_error
from afterword.site_builder.actions import build_all
from publishing.press import a_page

pytestmark = pytest.mark.django_db


def answer_to(failure: Exception, path: str = "/subscribe/") -> HttpResponse:
    try:
        try:
            raise failure
        except type(failure) as cause:
            raise RuntimeError("while answering") from cause
    except RuntimeError:
        return server_error(RequestFactory().get(path))


def test_the_address_of_statuspages_uptime_page_leads_to_the_parts(client: Client) -> None:
    answer = client.get("/uptime")
    assert (answer.status_code, answer["Location"]) == (301, "/#parts")


def test_an_unknown_address_gets_the_page_built_for_it(site_dir: Path, now: datetime) -> None:
    a_page(now)
    build_all(now=now)
    answer = Client().get("/no/such/page/")
    assert (answer.status_code, answer.content) == (404, (site_dir / "404.html").read_bytes())


def test_a_database_that_is_gone_is_a_503_and_anything_else_a_500(
    site_dir: Path, now: datetime
) -> None:
    a_page(now)
    build_all(now=now)
    gone = answer_to(OperationalError("unable to open database file"))
    assert (gone.status_code, gone.headers["Retry-After"]) == (503, "60")
    assert b"not available right now" in gone.content
    broken = answer_to(ImproperlyConfigured("secret words of a setting"))
    assert broken.status_code == 500
    assert b"Something on our side broke" in broken.content
    assert b"secret words" not in broken.content


def test_before_anything_is_built_the_words_are_plain_text(site_dir: Path) -> None:
    answer = answer_to(OperationalError("unable to open database file"))
    assert answer.status_code == 503
    assert answer.content.decode().startswith("This part of the site is not available")


def test_programs_get_json(site_dir: Path) -> None:
    answer = Client().get("/api/v2/nothing.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/json")


def test_what_a_failure_says_is_true_whoever_reads_it(site_dir: Path, now: datetime) -> None:
    """Nobody is told of a failure, and one after the commit has kept what was sent."""
    a_page(now)
    build_all(now=now)
    for name in ("500.html", "503.html"):
        words = " ".join((site_dir / name).read_text().split())
        assert "we have been told" not in words
        assert "Nothing you sent" not in words
        assert "may or may not have been kept: look before you send it again" in words
