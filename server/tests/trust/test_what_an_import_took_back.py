"""Another page may tell of its own incident what it likes; what it takes back leaves a line."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from afterword.accounts.models import Person
from afterword.components.models import Page
from afterword.incidents.actions import ImportedUpdate, import_incident
from afterword.trust.evidence import Evidence, evidence
from afterword.trust.periods import quarter

BEGAN = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def word(number: int, status: str, body: str = "A word.") -> ImportedUpdate:
    at = BEGAN + number * HOUR
    return ImportedUpdate(public_id=f"u{number}", status=status, body=body, display_at=at)


def bring(by: Person, page: Page, now: datetime = BEGAN + DAY, **other: Any) -> None:
    told: dict[str, Any] = {
        "public_id": "inc-1", "title": "Mail was late", "status": "resolved", "impact": "major",
        "started_at": BEGAN, "resolved_at": BEGAN + HOUR,
        "updates": [word(0, "investigating"), word(1, "resolved")], "source": "statuspage",
    }  # fmt: skip
    import_incident(actor=by, now=now, page=page, **(told | other))


def listed(page: Page) -> list[Evidence]:
    found = evidence(page, quarter(2026, 1), now=BEGAN + 90 * DAY)
    return [each for each in found if each.kind == "import"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (
            {"status": "investigating", "resolved_at": None},
            "open again (investigating), which was over",
        ),
        ({"impact": "minor"}, "impact major became minor; severity 2 became 3"),
        (
            {"started_at": BEGAN - 200 * DAY},
            "its beginning 2026-02-03T10:00:00Z became 2025-07-18T10:00:00Z",
        ),
        (
            {"resolved_at": BEGAN + HOUR / 6},
            "its end 2026-02-03T11:00:00Z became 2026-02-03T10:10:00Z",
        ),
        (
            {"updates": [word(0, "investigating"), word(1, "resolved", "It was nothing.")]},
            "1 update edited",
        ),
    ],
)
def test_what_is_taken_back_is_listed_with_who_brought_it_in(
    company: SimpleNamespace, other: dict[str, Any], said: str
) -> None:
    bring(company.ada, company.page)
    assert listed(company.page) == []
    bring(company.ada, company.page, BEGAN + 2 * DAY, **other)
    (line,) = listed(company.page)
    assert (line.at, line.incident, line.title) == (BEGAN + 2 * DAY, "inc-1", "Mail was late")
    assert line.what == f"An import from statuspage changed it: {said}"
    assert line.people == ("Ada",)


def test_how_it_goes_on_elsewhere_is_not_listed(company: SimpleNamespace) -> None:
    begun: dict[str, Any] = {
        "status": "investigating", "impact": "minor", "resolved_at": None,
        "updates": [word(0, "investigating")],
    }  # fmt: skip
    bring(company.ada, company.page, **begun)
    bring(company.ada, company.page, title="Mail is late for many")
    assert listed(company.page) == []


def test_another_page_lists_only_its_own(company: SimpleNamespace) -> None:
    bring(company.ada, company.page)
    bring(company.ada, company.page, impact="none")
    other = Page.objects.create(name="Fernway", url="https://f.example", created_at=BEGAN)
    assert listed(other) == []
    assert len(listed(company.page)) == 1
