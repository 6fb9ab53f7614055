"""Names in internal text: found in a public one by salted hashes, and nothing kept of them."""

from typing import Any

import pytest

from afterword.wording.actions import remember_internal_text
from afterword.wording.models import InternalText
from afterword.wording.named import Named
from afterword.wording.queries import check, needs_second_person
from conftest import NOON
from wording.records import changed

pytestmark = pytest.mark.django_db
INSIDE = (
    "Mark Otter saw quay-prod-02 fill up (OPS-9911, over UTF-8 labels); the password was "
    "password=hunter2secret and petra.otter@larkpost.example was told."
)


@pytest.fixture(autouse=True)
def remembered() -> None:
    names = [Named("person", "Mark"), Named("customer", "Wren Bakery"), Named("host", "harrier")]
    remember_internal_text(incident_ref="one", text=INSIDE, now=NOON, names=names)


def leaks(text: str, record: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    found = check(text, "closure", record, incident_ref="one").findings
    assert all(f.quote == text[f.start : f.end] for f in found if f.category == "leak")
    return [(f.rule, f.severity, f.quote) for f in found if f.category == "leak"]


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("Mark", "LEK-04"), ("Wren Bakery", "LEK-05"), ("harrier", "LEK-02"), ("Harrier", "LEK-02"),
        ("quay-prod-02", "LEK-02"), ("OPS-9911", "LEK-03"), ("hunter2secret", "LEK-01"),
        ("petra.otter@larkpost.example", "LEK-06"),
    ],
)  # fmt: skip
def test_a_name_of_the_inside_is_an_error_at_its_place(name: str, rule: str) -> None:
    assert [found for found in leaks(f"🦊 A word about {name}.") if found[1] == "error"] == [
        (rule, "error", name)
    ]


@pytest.mark.parametrize("text", ["It left a mark.", "A wren bakery.", "UTF-8", "OPS 99112", "Ma"])
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert leaks(text) == []


def test_the_name_of_a_component_is_the_public_s_too() -> None:
    record = changed()
    record["components"][0]["name"] = "Harrier"
    assert leaks("A word about harrier.", record) == []


def test_another_incident_knows_nothing_of_it() -> None:
    assert (
        check("A word about Mark.", "closure", None, incident_ref="two").findings
        == check("A word about Mark.", "closure", None).findings
    )


def test_only_hashes_and_their_kinds_are_kept() -> None:
    kept = repr(list(InternalText.objects.values_list()))
    for word in ("Mark", "Otter", "Wren", "harrier", "hunter2", "9911", "larkpost"):
        assert word not in kept, word


def test_a_secret_of_the_inside_takes_two_people_to_let_through() -> None:
    (finding,) = [f for f in check("It is hunter2secret.", "closure", None, "one").findings
                  if f.rule == "LEK-01"]  # fmt: skip
    assert finding.needs_two
    assert needs_second_person("LEK-01")
