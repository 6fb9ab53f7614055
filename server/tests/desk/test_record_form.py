"""Between the record and what people type: nothing is guessed, nothing is lost."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from afterword.desk.record_changes import changed_facts
from afterword.desk.record_form import read_form, read_moment, typed_from

RECORD: dict[str, Any] = {
    "schema": "plaintalk-record/1",
    "incident": {"id": "i1", "title": "Invoices were late", "status": "resolved", "severity": 2},
    "times": {
        "zone": "UTC",
        "impact_began": "2026-03-04T08:12:33Z",
        "impact_ended": None,
        "basis": {"impact_began": "measured"},
    },
    "components": [
        {"name": "Sending", "aliases": ["mail"], "impact": "major_outage",
         "began": "2026-03-04T08:12:00Z", "ended": None, "state_now": "operational", "kept": 1},
        {"name": "Sign-in", "aliases": [], "impact": "none", "began": None, "ended": None,
         "state_now": "operational"},
    ],
    "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
    "regions": {"affected": [], "all": ["EU", "US"], "basis": "measured"},
    "symptoms": ["invoices were not delivered"],
    "data": {"confidentiality": "none", "loss": "unknown", "integrity": "possible",
             "categories": ["invoices"], "people": 12, "people_basis": "estimated",
             "checked_how": None},
    "security": {"malicious": "no"},
    "cause": {"fingerprint": "queue-full", "text": "a queue", "confidence": "suspected",
              "third_party": None, "vendor": None, "vendor_may_be_named": False},
    "measures": [{"text": "stays"}],
    "sla": [{"account": "Fernway", "target": 99.9, "actual": 99.1, "breached": True,
             "credit": "10%"}],
    "previous": [{"date": "2026-01-14", "title": "Invoices were late"}],
    "lexicon": {"hosts": ["inv-prod-03"], "other_words": ["kept"]},
    "legal_hold": False,
    "extra": {"kept": True},
}  # fmt: skip


def sent(**changes: str) -> dict[str, str]:
    return {**typed_from(RECORD), **changes}


def test_a_form_sent_back_untouched_gives_the_very_same_record() -> None:
    reading = read_form(sent(), RECORD)
    assert reading.problems == {}
    assert reading.data == RECORD


def test_the_record_the_form_was_made_from_is_never_changed_in_place() -> None:
    before = copy.deepcopy(RECORD)
    read_form(sent(symptoms="other"), RECORD)
    assert before == RECORD


def test_fields_that_were_not_sent_stay_as_they_are() -> None:
    assert read_form({}, RECORD).data == RECORD


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-03-04 08:12", "2026-03-04T08:12:00Z"),
        ("2026-03-04T09:12+01:00", "2026-03-04T08:12:00Z"),
        ("2026-03-04T08:12:07Z", "2026-03-04T08:12:07Z"),
        ("2026-03-04 8:12 UTC", "2026-03-04T08:12:00Z"),
        ("2026-03-04T08:12:07.123456789Z", "2026-03-04T08:12:07Z"),
    ],
)
def test_times_are_read_as_people_paste_them(typed: str, meant: str) -> None:
    assert read_moment(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["yesterday", "2026-02-30 08:12", "2026-03-04", "08:12", "2026-03-04 25:00",
     "<b>", "２０２６-03-04 08:12"],
)  # fmt: skip
def test_what_is_no_time_is_refused_in_words_and_kept_as_typed(typed: str) -> None:
    reading = read_form(sent(**{"times.impact_ended": typed}), RECORD)
    assert reading.problems["times.impact_ended"].startswith("is not a d")
    assert reading.typed["times.impact_ended"] == typed
    assert reading.data["times"]["impact_ended"] is None


@pytest.mark.parametrize(
    ("typed", "meant"), [("1,798", 1798), ("1 798", 1798), ("1'798", 1798), ("0", 0)]
)
def test_counts_are_read_with_their_separators(typed: str, meant: int) -> None:
    assert read_form(sent(**{"customers.affected": typed}), RECORD).data["customers"][
        "affected"
    ] == (meant)


@pytest.mark.parametrize("typed", ["about 5", "-1", "1e9", "٣", "1.5", "9" * 16])
def test_what_is_no_count_is_refused(typed: str) -> None:
    assert "customers.affected" in read_form(sent(**{"customers.affected": typed}), RECORD).problems


def test_an_emptied_figure_is_unknown_never_nought() -> None:
    reading = read_form(
        sent(**{"customers.affected": "", "customers.percent": "", "data.people": ""}), RECORD
    )
    assert reading.problems == {}
    assert reading.data["customers"]["affected"] is None
    assert reading.data["customers"]["basis"] == "unknown"
    assert reading.data["data"]["people"] is None
    assert reading.data["data"]["people_basis"] == "unknown"


def test_a_figure_just_filled_in_is_an_estimate_until_somebody_says_more() -> None:
    reading = read_form(sent(**{"times.impact_ended": "2026-03-04 14:24"}), RECORD)
    assert reading.data["times"]["basis"]["impact_ended"] == "estimated"


def test_a_figure_left_in_place_and_called_unknown_is_a_contradiction() -> None:
    reading = read_form(sent(**{"times.basis.impact_began": "unknown"}), RECORD)
    assert "marked unknown" in reading.problems["times.impact_began"]


def test_the_share_is_worked_out_from_the_counts() -> None:
    reading = read_form(sent(**{"customers.affected": "2430"}), RECORD)
    assert reading.data["customers"]["percent"] == 50.0


def test_a_share_alone_may_be_known() -> None:
    changes = {"customers.affected": "", "customers.total": "", "customers.percent": "37,5 %"}
    reading = read_form(sent(**changes), RECORD)
    assert reading.problems == {}
    assert reading.data["customers"] == {
        "affected": None, "total": None, "percent": 37.5, "basis": "measured",
    }  # fmt: skip


def test_a_row_whose_name_is_emptied_goes_and_the_rest_moves_up() -> None:
    reading = read_form(sent(**{"components[0].name": ""}), RECORD)
    assert [c["name"] for c in reading.data["components"]] == ["Sign-in"]
    assert reading.typed["components[0].name"] == "Sign-in"


def test_a_new_row_is_added_and_a_spare_one_is_not() -> None:
    changes = {
        "components[2].name": "Reports", "components[2].impact": "degraded_performance",
        "components[3].name": "", "components[3].impact": "unknown",
    }  # fmt: skip
    reading = read_form(sent(**changes), RECORD)
    assert [c["name"] for c in reading.data["components"]] == ["Sending", "Sign-in", "Reports"]


def test_a_problem_in_a_row_is_reported_where_the_row_stands_now() -> None:
    changes = {"components[0].name": "", "components[1].began": "soon"}
    reading = read_form(sent(**changes), RECORD)
    assert list(reading.problems) == ["components[0].began"]
    assert reading.typed["components[0].began"] == "soon"


def test_whether_a_service_level_was_breached_is_unknown_until_somebody_says_none() -> None:
    bare = RECORD | {"sla": None}
    assert typed_from(bare)["sla_known"] == "unknown"
    assert read_form(typed_from(bare), bare).data["sla"] is None
    assert read_form({**typed_from(bare), "sla_known": "none"}, bare).data["sla"] == []


def test_three_answers_stay_three_answers() -> None:
    for typed, meant in (("yes", True), ("no", False), ("unknown", None)):
        assert read_form(sent(**{"cause.third_party": typed}), RECORD).data["cause"][
            "third_party"
        ] is (meant)
    for typed, wrong in (("yes", True), ("no", False), ("unknown", "unknown")):
        reading = read_form(sent(wrong_results=typed), RECORD | {"wrong_results": None})
        assert reading.data["wrong_results"] in ({wrong} if wrong != "unknown" else {None, wrong})
    assert (
        read_form(sent(**{"security.malicious": "unknown"}), RECORD).data["security"]["malicious"]
        == "unknown"
    )


def test_a_choice_nobody_offered_is_refused() -> None:
    assert "data.loss" in read_form(sent(**{"data.loss": "nothing"}), RECORD).problems


def test_thousands_of_rows_are_refused_and_the_first_are_kept() -> None:
    many = {f"previous[{n}].date": "2026-01-14" for n in range(2000)}
    reading = read_form(sent(**many), RECORD)
    assert "2,000 rows" in reading.problems["previous"]


def test_text_longer_than_a_record_holds_is_refused_at_its_field() -> None:
    assert "limit" in read_form(sent(symptoms="x" * 10_001), RECORD).problems["symptoms"]


def test_the_example_of_the_format_survives_the_form(shared_fixtures: Path) -> None:
    example = json.loads((shared_fixtures.parent / "record.example.json").read_text())
    reading = read_form(typed_from(example), example)
    assert reading.problems == {}
    assert changed_facts(example, reading.data) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"customers.affected": "1900"}, [
            ("Customers affected", "1,798", "1,900"), ("Percent affected", "37%", "39.1%"),
        ]),
        ({"data.people": ""}, [
            ("People whose data it was", "12", ""),
            ("People whose data it was, how it is known", "estimated", "unknown"),
        ]),
        ({"times.impact_began": "2026-03-04 08:14"}, [
            ("Impact began", "4 Mar 2026, 08:12:33 UTC", "4 Mar 2026, 08:14 UTC"),
        ]),
        ({"components[0].impact": "degraded_performance"}, [
            ("Component 1: How badly", "major outage", "degraded performance"),
        ]),
        ({"sla[0].actual": "98.75"}, [("Account 1: Reached, percent", "99.1%", "98.75%")]),
        ({"previous[0].date": "2026-01-15"}, [
            ("Earlier incident 1: Date", "14 January 2026", "15 January 2026"),
        ]),
        ({"sla[0].account": "", "sla[0].target": "", "sla[0].actual": "", "sla[0].credit": ""}, [
            ("Was a service level breached for any account?", "see the accounts below",
             "unknown — not the same as none"),
            ("Account 1: Account", "Fernway", ""),
            ("Account 1: Agreed, percent", "99.9%", ""),
            ("Account 1: Reached, percent", "99.1%", ""),
            ("Account 1: Breached", "yes", ""),
            ("Account 1: Credit", "10%", ""),
        ]),
    ],
    ids=["count and percent", "no longer known", "moment", "choice", "row", "day", "row removed"],
)  # fmt: skip
def test_what_changed_is_told_as_the_rest_of_the_desk_tells_it(
    typed: dict[str, str], told: list[tuple[str, str, str]]
) -> None:
    after = read_form(sent(**typed), RECORD).data
    assert sorted(changed_facts(RECORD, after)) == sorted(told)


def test_a_figure_that_is_none_is_told_as_it_was_written() -> None:
    before = RECORD | {"customers": {"affected": "many", "total": 4860, "percent": "most"}}
    told = {label: was for label, was, _ in changed_facts(before, RECORD)}
    assert (told["Customers affected"], told["Percent affected"]) == ("many", "most")


@pytest.mark.parametrize(
    "typed",
    ["0001-01-01 00:00", "1969-12-31 23:59", "9999-12-31 23:59", "9999-12-31 23:59 -23:59",
     "0001-01-01 00:00 +23:59"],
)  # fmt: skip
def test_a_year_mistyped_is_told_apart_from_a_malformed_time(typed: str) -> None:
    with pytest.raises(ValueError, match="check the year"):
        read_moment(typed)
