"""The trust pages in a real browser, with titles nobody planned for."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from afterword.accounts.models import Role
from afterword.incidents.models import Incident
from browsing import Chromium
from desk.office import person, signed_in
from trust.two_years import Company

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DAYS = "first=2024-01-01&last=2024-06-30"
PAGES = (
    f"/desk/trust/?{DAYS}", f"/desk/trust/evidence/?{DAYS}", f"/desk/trust/coverage/?{DAYS}",
    f"/desk/trust/report/customer/?{DAYS}",
)  # fmt: skip
MESSY = ("A" * 90, "<script>alert(1)</script> & “quotes”", "تعذّر إرسال الفواتير", "Mail was late")


@pytest.fixture
def pages(db: None, clock: Any) -> list[str]:
    """The pages as they stand, each with its style sheet in it."""
    page = Company(recovers=True, seed=7).page
    for place, each in enumerate(Incident.objects.filter(page=page)):
        Incident.objects.filter(pk=each.pk).update(title=MESSY[place % len(MESSY)])
    client = signed_in(person(clock.now(), "Pia", Role.PUBLISHER))
    return [with_styles(client.get(where).content.decode()) for where in PAGES]


def with_styles(html: str) -> str:
    found = finders.find("desk/desk.css")
    styles = f"<style>{Path(str(found)).read_text()}</style>"
    written, times = re.subn(r'<link rel="stylesheet"[^>]*>', lambda _: styles, html)
    assert times == 1
    return written


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_nothing_lies_beyond_the_edge_and_axe_finds_nothing(
    pages: list[str], chromium: Chromium, width: int, scheme: Any
) -> None:
    seen = SimpleNamespace(wide={}, faults={})
    with chromium.open() as browser:
        size = {"width": width, "height": 800}
        with browser.new_context(viewport=size, color_scheme=scheme) as context:
            tab = context.new_page()
            for where, html in zip(PAGES, pages, strict=True):
                tab.set_content(html)
                tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
                seen.wide[where] = tab.evaluate("document.documentElement.scrollWidth")
                found = Axe().run(tab).response
                seen.faults[where] = [each["id"] for each in found["violations"]]
    assert seen.wide == dict.fromkeys(PAGES, width)
    assert seen.faults == {where: [] for where in PAGES}
