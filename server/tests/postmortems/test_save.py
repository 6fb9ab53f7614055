from typing import Any

import pytest
from django.apps import apps
from django.db import models

from afterword.accounts.models import Person, Role
from afterword.accounts.permissions import MACHINE
from afterword.incidents.models import Incident
from afterword.kit.errors import BadInput, Conflict, NotAllowed
from afterword.postmortems.actions import save
from afterword.postmortems.content import Content
from afterword.postmortems.models import PostmortemRevision
from afterword.postmortems.queries import exists_for, latest
from afterword.wording.queries import check, knows_internal_text
from conftest import NOON
from incidents.building import a_page, a_person, a_resolved_incident

pytestmark = pytest.mark.django_db
REVIEW = (
    "At 08:12 the on-duty engineer saw the quetzalcanary alarm and restarted the label queue by "
    "hand, which cleared it for six minutes before it filled up a second time."
)


@pytest.fixture
def incident() -> Incident:
    return a_resolved_incident(a_page(NOON), NOON)


@pytest.fixture
def ines() -> Person:
    return a_person("Ines", Role.INVESTIGATOR, now=NOON)


def write(incident: Incident, actor: Any, body: str = REVIEW, **given: Any) -> PostmortemRevision:
    return save(actor=actor, now=NOON, incident=incident, content=Content(body=body), **given)


def test_a_review_is_saved_in_numbered_revisions(incident: Incident, ines: Person) -> None:
    assert not exists_for(incident)
    assert write(incident, ines).number == 1
    assert write(incident, ines).number == 1
    assert write(incident, ines, REVIEW + " More.").number == 2
    assert exists_for(incident)
    newest = latest(incident, ines)
    assert newest is not None
    assert newest.body.endswith("More.")


def test_only_those_who_investigate_may_write_or_read_it(incident: Incident, ines: Person) -> None:
    write(incident, ines)
    roles = [r for r in Role if r not in {Role.INVESTIGATOR, Role.ADMIN}]
    others = a_person("Olaf", *roles, now=NOON)
    with pytest.raises(NotAllowed, match="Investigator"):
        write(incident, others)
    with pytest.raises(NotAllowed, match="Investigator"):
        latest(incident, others)
    assert latest(incident, MACHINE) is not None


def test_two_writers_at_once_lose_nothing(incident: Incident, ines: Person) -> None:
    write(incident, ines, based_on=0)
    with pytest.raises(Conflict, match="kept as revision 2"):
        write(incident, ines, "Something else entirely.", based_on=0)
    assert latest(incident, ines).body == "Something else entirely."


def test_its_words_are_in_no_table_but_its_own(incident: Incident, ines: Person) -> None:
    write(incident, ines)
    found = [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values_list(*_columns(model))
        if "quetzalcanary" in repr(row)
    ]
    assert found == ["postmortems.PostmortemRevision"]


def _columns(model: type[models.Model]) -> list[str]:
    return [f.attname for f in model._meta.concrete_fields]


def test_what_is_copied_from_it_is_found_without_reading_it(
    incident: Incident, ines: Person
) -> None:
    write(incident, ines)
    assert knows_internal_text(incident.public_id)
    text = "Resolved. We restarted the label queue by hand, which cleared it for six minutes."
    (finding,) = [
        f for f in check(text, "closure", None, incident_ref=incident.public_id).findings
        if f.rule == "LEK-11"
    ]  # fmt: skip
    assert finding.severity == "warning"
    assert finding.quote == text[finding.start : finding.end]
    assert finding.quote == "restarted the label queue by hand, which cleared it for six minutes"


def test_a_review_saved_anew_forgets_the_words_it_dropped(incident: Incident, ines: Person) -> None:
    write(incident, ines)
    write(incident, ines, "Nothing of the earlier text is left in this one, not a single run.")
    checked = check(REVIEW, "summary", None, incident_ref=incident.public_id)
    assert "LEK-11" not in {f.rule for f in checked.findings}


@pytest.mark.parametrize("body", ["", "  ", "x" * 200_001, "nul \x00", None])
def test_bad_input_is_named(incident: Incident, ines: Person, body: Any) -> None:
    with pytest.raises(BadInput) as refused:
        write(incident, ines, body)
    assert list(refused.value.problems) == ["body"]
    assert not exists_for(incident)
    assert not knows_internal_text(incident.public_id)
