"""The catalogue: what incidents are counted under, what repeats, and whether what was done held."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from afterword.components.models import Page
from afterword.incidents.record import CAUSE_CLASSES
from afterword.publishing import finding, queries
from afterword.publishing.actions import catalogue_what_is_missing, turn_measures_held
from afterword.publishing.catalogue import CAUSES, duration_class, part_key
from afterword.publishing.models import CatalogueEntry, PublicPromise, PublicTally
from publishing.press import PROMISES, a_page, public_record, word

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SHOP = [{"id": "shop", "name": "Ticket shop", "status": "major_outage"}]


def over(page: Page, incident_id: str, at: datetime, **more: Any) -> Any:
    """An incident from its first word to a closure with a record, two hours later."""
    part = more.pop("part", "shop")
    hit = [{"id": part, "name": part.title(), "status": "major_outage"}]
    word(page, incident_id, at, components=hit)
    record = public_record(
        components=[{"name": part.title(), "impact": "major_outage"}], duration_seconds=7200,
        cause__class=more.pop("cause", "capacity"), **more.pop("record", {}),
    )  # fmt: skip
    more = {"kind": "closure", "status": "resolved", "record": record, **more}
    return word(page, incident_id, at + timedelta(hours=2), **more)


def test_the_record_and_the_catalogue_know_the_same_causes() -> None:
    assert CAUSES == CAUSE_CLASSES


def test_an_incident_counts_once_in_each_tally_however_often_it_is_told(now: datetime) -> None:
    page = a_page(now)
    over(page, "inv", now)
    word(page, "inv", now + DAY, kind="note", status="resolved")
    assert queries.tally(page, "incidents") == {"2026-03": 1}
    assert queries.tally(page, "cause") == {"capacity": 1}
    assert queries.tally(page, "data") == {"none": 1}
    assert queries.tally(page, "duration") == {"2": 1}
    assert queries.tally(page, "part") == {"shop": 1}
    assert queries.tally(page, "lasted") == {"shop/2": 1}


def test_what_was_published_before_there_was_a_catalogue_is_brought_into_it(
    now: datetime,
) -> None:
    page = a_page(now)
    kept(page, now)
    over(page, "other", now)
    tallies = sorted(PublicTally.objects.filter(number__gt=0).values_list("about", "value"))
    for model in (CatalogueEntry, PublicPromise, PublicTally):
        model.objects.all().delete()
    assert catalogue_what_is_missing(now=now) == 2
    assert catalogue_what_is_missing(now=now) == 0
    again = sorted(PublicTally.objects.filter(number__gt=0).values_list("about", "value"))
    assert again == tallies
    assert verdicts(page) == ["came_back"]


def test_words_that_were_emptied_to_be_folded_anew_are_filled(now: datetime) -> None:
    page = a_page(now)
    over(page, "inv", now)
    words = CatalogueEntry.objects.get().words
    CatalogueEntry.objects.update(words="")
    assert catalogue_what_is_missing(now=now) == 1
    assert CatalogueEntry.objects.get().words == words != ""
    assert finding.find(page, finding.Wanted(words="invoices")).incidents
    assert queries.tally(page, "incidents") == {"2026-03": 1}
    assert catalogue_what_is_missing(now=now) == 0


def test_planned_work_counts_in_no_pattern_but_stands_in_the_lists(now: datetime) -> None:
    page = a_page(now)
    word(page, "plan", now, incident_kind="maintenance", impact="maintenance", status="scheduled",
         scheduled=(now, now), components=SHOP)  # fmt: skip
    assert queries.tally(page, "incidents") == {}
    assert queries.tally(page, "part") == {}
    assert queries.tally(page, "having")["impact/maintenance"] == 1


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "0"), (899, "0"), (900, "1"), (3599, "1"), (3600, "2"), (14400, "3"), (86400, "4"),
     (None, "lasting")],
)  # fmt: skip
def test_durations_fall_into_classes_people_think_in(seconds: int | None, expected: str) -> None:
    assert duration_class(seconds) == expected


def test_the_parts_of_the_record_win_and_keep_the_ids_the_updates_gave_them(now: datetime) -> None:
    page = a_page(now)
    both = [*SHOP, {"id": "api", "name": "API", "status": "partial_outage"}]
    word(page, "inv", now, components=both)
    assert queries.tally(page, "part") == {"api": 1, "shop": 1}
    parts = [{"name": "ticket SHOP", "impact": "major_outage"}, {"name": "API", "impact": "none"}]
    word(page, "inv", now + DAY, kind="summary", record=public_record(components=parts))
    assert queries.tally(page, "part") == {"shop": 1}
    assert finding.part_name(page, "shop") == "ticket SHOP"


@pytest.mark.parametrize("odd", ["", "../up", "a b", "ü", "-x", "x" * 65])
def test_what_cannot_stand_in_an_address_is_filed_under_a_hash(odd: str) -> None:
    assert part_key(odd, "Some part").isalnum()


def test_a_retracted_record_counts_for_nothing(now: datetime) -> None:
    page = a_page(now)
    closure = over(page, "inv", now, record={"data": {"loss": "confirmed"}})
    assert queries.tally(page, "data") == {"affected": 1}
    word(page, "inv", now + DAY, kind="correction", status="resolved", corrects=closure,
         correction={"weight": "retraction"}, body="It was another incident.")  # fmt: skip
    assert queries.tally(page, "data") == {"unknown": 1}
    assert queries.tally(page, "cause") == {"unknown": 1}


@pytest.mark.parametrize(
    ("days", "part", "repeats"), [(30, "shop", 1), (31, "shop", 0), (3, "api", 0)]
)
def test_a_repeat_hits_the_same_part_within_thirty_days(
    now: datetime, days: int, part: str, repeats: int
) -> None:
    page = a_page(now)
    over(page, "first", now)
    over(page, "again", now + days * DAY, part=part)
    assert queries.tally(page, "repeat").get("yes", 0) == repeats
    assert [e.repeat_of for e in finding.repeats(page, 9)] == ["first"] * repeats


def test_repeats_are_seen_in_whatever_order_incidents_arrive(now: datetime) -> None:
    page = a_page(now)
    for days in (20, 0, 10):
        over(page, f"day-{days}", now + days * DAY, imported=True)
    found = {e.incident_id: e.repeat_of for e in CatalogueEntry.objects.all()}
    assert found == {"day-0": "", "day-10": "day-0", "day-20": "day-10"}
    word(page, "day-10", now + 40 * DAY, status="resolved", began=now + 90 * DAY)
    found = {e.incident_id: e.repeat_of for e in CatalogueEntry.objects.all()}
    assert found == {"day-0": "", "day-10": "", "day-20": "day-0"}
    assert queries.tally(page, "repeat") == {"yes": 1}


def kept(page: Page, now: datetime, **more: Any) -> None:
    """A promise of the incident `inv`, done on 8 March 2026."""
    over(page, "inv", now - 20 * DAY, kind="summary", **more)
    at = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    word(page, "inv", at, kind="commitment_update", status="resolved", commitments=PROMISES[:1])


def verdicts(page: Page) -> list[str]:
    return [each.held for each in queries.promises_of(page, "inv")]


@pytest.mark.parametrize(
    ("days", "part", "cause", "verdict"),
    [
        (5, "shop", "capacity", "came_back"),
        (5, "api", "capacity", "watching"),
        (5, "shop", "change", "watching"),
        (-5, "shop", "capacity", "watching"),
        (91, "shop", "capacity", "watching"),
    ],
)
def test_a_measure_did_not_hold_when_the_same_kind_of_cause_hit_the_same_part(
    now: datetime, days: int, part: str, cause: str, verdict: str
) -> None:
    page = a_page(now)
    kept(page, now)
    done = datetime(2026, 3, 8, 12, 0, tzinfo=UTC)
    over(page, "other", done + days * DAY, part=part, cause=cause)
    assert verdicts(page) == [verdict]
    assert queries.tally(page, "held") == {verdict: 1}


def test_a_measure_held_once_its_days_of_watching_are_over(now: datetime) -> None:
    page = a_page(now)
    kept(page, now)
    assert turn_measures_held(now=datetime(2026, 6, 6, 23, 59, tzinfo=UTC)) == 0
    assert turn_measures_held(now=datetime(2026, 6, 7, 0, 0, tzinfo=UTC)) == 1
    assert verdicts(page) == ["held"]
    assert queries.tally(page, "held") == {"held": 1}
    over(page, "late news", datetime(2026, 5, 1, tzinfo=UTC))
    assert verdicts(page) == ["came_back"]


def test_without_a_kind_of_cause_nobody_can_say_whether_a_measure_held(now: datetime) -> None:
    page = a_page(now)
    kept(page, now, cause="unknown")
    assert verdicts(page) == ["unsure"]


def test_a_cause_that_proves_to_be_another_takes_its_verdict_along(now: datetime) -> None:
    page = a_page(now)
    kept(page, now)
    over(page, "other", now)
    assert verdicts(page) == ["came_back"]
    over(page, "other", now + DAY, cause="change")
    assert verdicts(page) == ["watching"]
    again = {**PROMISES[0], "state": "in_progress", "done_on": None}
    word(page, "inv", now + 2 * DAY, kind="commitment_update", commitments=[again])
    assert verdicts(page) == [""]
    assert not PublicTally.objects.filter(about="held", number__gt=0).exists()
