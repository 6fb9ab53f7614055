"""Is it over? Was I affected? Is my data safe? Answered from published facts, never guessed."""

from datetime import UTC, datetime
from typing import Any

import pytest

from afterword.publishing.models import PublicIncident
from afterword.site_builder.answers import customers_in_words, in_one_line, three_answers
from afterword.site_builder.facts import Customers
from publishing.press import public_record

BEGAN = datetime(2026, 3, 4, 8, 12, tzinfo=UTC)


def incident(**changes: Any) -> PublicIncident:
    given: dict[str, Any] = {
        "incident_id": "inv", "kind": "incident", "title": "Invoices were not sent",
        "status": "resolved", "impact": "major", "started_at": BEGAN,
        "resolved_at": datetime(2026, 3, 4, 14, 24, tzinfo=UTC), "is_open": False,
        "month": "2026-03", "called_off": False, "facts": {}, "components": [],
        "newest_at": datetime(2026, 3, 4, 15, 0, tzinfo=UTC),
    }  # fmt: skip
    return PublicIncident(**{**given, **changes})


def answers(**changes: Any) -> list[tuple[str, str, str]]:
    return [(a.sign, a.short, str(a.more)) for a in three_answers(incident(**changes))]


def test_a_complete_record_answers_all_three() -> None:
    over, affected, data = answers(facts=public_record())
    assert over[:2] == ("yes", "Yes.")
    assert "14:24 UTC</time>, after 6 hours 12 minutes." in over[2]
    assert "18:30 UTC" in over[2]
    assert affected[:2] == ("part", "1,798 of 4,860 customers (37%) were.")
    assert "invoices sent from Larkbridge were not delivered" in affected[2]
    assert "Invoice sending" in affected[2]
    assert "Sign-in" not in affected[2]
    assert data[:2] == ("yes", "Yes.")
    assert "every queued invoice compared with the sent log" in data[2]


@pytest.mark.parametrize(
    ("newest", "said"),
    [
        (datetime(2026, 3, 4, 15, 0, tzinfo=UTC), "We are keeping watch until"),
        (datetime(2026, 3, 4, 18, 30, tzinfo=UTC), "We kept watch until"),
        (datetime(2026, 3, 6, 9, 0, tzinfo=UTC), "We kept watch until"),
    ],
)
def test_a_watch_that_lay_ahead_of_our_last_word_is_not_told_as_over(
    newest: datetime, said: str
) -> None:
    over = answers(facts=public_record(), newest_at=newest)[0]
    assert f'{said} <time class="at" datetime="2026-03-04T18:30:00Z">' in over[2]
    assert over[2].count("watch") == 1


@pytest.mark.parametrize(
    ("customers", "while_it_lasts", "after"),
    [
        ({"percent": 100.0}, "Yes: everyone is.", "Yes: everyone was."),
        ({"affected": 1, "total": None}, "1 customer is.", "1 customer was."),
        ({"affected": 7, "total": None}, "7 customers are.", "7 customers were."),
    ],
)
def test_how_many_are_affected_is_told_in_the_tense_of_the_incident(
    customers: dict[str, Any], while_it_lasts: str, after: str
) -> None:
    unknown = {"affected": None, "total": None, "percent": None, "basis": "measured"}
    facts = public_record(customers=unknown | customers)
    live = answers(facts=facts, is_open=True, status="identified", resolved_at=None)
    assert live[1][1] == while_it_lasts
    assert answers(facts=facts)[1][1] == after


def test_without_a_record_we_say_that_we_do_not_know() -> None:
    _, affected, data = answers()
    assert affected[:2] == ("unknown", "We do not know yet.")
    assert data[:2] == ("unknown", "We do not know yet.")


def test_an_imported_history_claims_nothing_it_was_not_told() -> None:
    _, affected, data = answers(imported=True)
    assert affected[:2] == ("unknown", "Not recorded.")
    assert data[1] == "Not recorded."


@pytest.mark.parametrize("value", ["unknown", "possible", "confirmed"])
@pytest.mark.parametrize("effect", ["confidentiality", "loss", "integrity"])
def test_one_effect_that_is_not_none_is_never_a_yes(effect: str, value: str) -> None:
    sign, short, more = answers(facts=public_record(**{f"data__{effect}": value}))[2]
    assert (sign, short) == {
        "unknown": ("unknown", "We do not know yet."),
        "possible": ("part", "We cannot rule out harm."),
        "confirmed": ("no", "Not all of it."),
    }[value]
    word = {"confidentiality": "seen", "loss": "lost", "integrity": "changed"}[effect]
    assert word in more.split("No data was")[0]


@pytest.mark.parametrize("broken", [None, "none", [], {"loss": "none"}, {"loss": 3}])
def test_facts_that_are_missing_or_malformed_are_unknown_and_not_none(broken: object) -> None:
    sign, _, _ = answers(facts=public_record(data=broken))[2]
    assert sign == "unknown"


@pytest.mark.parametrize(
    ("status", "short", "words"),
    [
        ("investigating", "Not yet.", "looking for the cause"),
        ("identified", "Not yet.", "We know the cause"),
        ("monitoring", "Almost.", "we are watching"),
    ],
)
def test_while_it_lasts_the_answer_is_not_yes(status: str, short: str, words: str) -> None:
    over = answers(status=status, is_open=True, resolved_at=None)[0]
    assert over[0] != "yes"
    assert over[1] == short
    assert words in over[2]


def test_planned_work_says_when_and_not_whether_data_is_safe() -> None:
    given = answers(
        kind="maintenance", status="scheduled", is_open=True, resolved_at=None,
        scheduled_for=datetime(2026, 3, 9, 22, 0, tzinfo=UTC),
        scheduled_until=datetime(2026, 3, 9, 23, 0, tzinfo=UTC),
    )  # fmt: skip
    assert len(given) == 2
    assert given[0][1] == "It is planned."
    assert "9 March 2026, 22:00 UTC" in given[0][2]


@pytest.mark.parametrize(
    ("customers", "words"),
    [
        (Customers(1798, 4860, 37.0, "measured"), "1,798 of 4,860 customers (37%)"),
        (Customers(1798, None, None, "measured"), "1,798 customers"),
        (Customers(1, None, None, "measured"), "1 customer"),
        (Customers(300, 4860, 6.2, "estimated"), "about 300 of 4,860 customers (6.2%)"),
        (Customers(None, 4860, 37.0, "measured"), "37% of customers"),
        (Customers(0, 4860, 0.0, "measured"), "no customers"),
        (Customers(None, 4860, None, "unknown"), ""),
    ],
)
def test_numbers_are_given_as_known(customers: Customers, words: str) -> None:
    assert customers_in_words(customers) == words


def test_everyone_and_nobody_are_said_plainly() -> None:
    everyone = public_record(customers__affected=4860, customers__percent=100.0)
    assert answers(facts=everyone)[1][:2] == ("no", "Yes: everyone was.")
    nobody = public_record(customers__affected=0, customers__percent=0.0)
    assert answers(facts=nobody)[1][:2] == ("yes", "No.")


def test_unknown_numbers_name_the_parts_and_admit_the_gap() -> None:
    unknown = {"affected": None, "total": 4860, "percent": None, "basis": "unknown"}
    sign, short, more = answers(facts=public_record(customers=unknown))[1]
    assert (sign, short) == ("part", "If you used this.")
    assert "we do not know yet" in more


def test_one_line_sums_up_and_never_calls_unknown_data_unaffected() -> None:
    told = [str(piece) for piece in in_one_line(incident(facts=public_record()))]
    assert told == [
        "6 hours 12 minutes",
        "1,798 of 4,860 customers (37%)",
        "no data affected",
    ]
    unsure = in_one_line(incident(facts=public_record(data__loss="unknown")))
    assert str(unsure[-1]) == "effect on data not known yet"
    assert "data" not in " ".join(str(piece) for piece in in_one_line(incident()))


def test_markup_in_facts_is_text() -> None:
    evil = "<script>alert(1)</script>"
    record = public_record(
        symptoms=[evil], components=[{"name": evil, "impact": "major_outage"}],
        data={"loss": "confirmed", "categories": [evil], "checked_how": evil},
        regions={"affected": [evil]},
    )  # fmt: skip
    for _, short, more in answers(facts=record):
        assert "<script" not in short + more
