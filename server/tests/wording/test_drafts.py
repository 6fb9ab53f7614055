"""A started text says what the record knows, leaves blanks for the rest, and can be finished."""

import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.incidents.normal import normal_form
from afterword.kit.errors import BadInput
from afterword.wording.drafts import BLANK, blanks, starting_text
from afterword.wording.queries import check
from conftest import NOON
from wording.records import COMPLETE, changed

CONTACT = "support@larkpost.example"
WRITTEN = ("closure", "summary", "follow_up")
ANSWERS = {
    "how many customers, of how many?": "1,798 of our 4,860 customers",
    "what could people not do?": "labels could not be printed",
    "when it began, with the time zone": "08:12 UTC on 4 March 2026",
    "when it ended, with the time zone": "14:24 UTC on 4 March 2026",
    "since when, with the time zone?": "14:24 UTC on 4 March 2026",
    "when, with the time zone?": "18:30 UTC on 4 March 2026",
    "what works again?": "label printing",
    "what still fails, and until when?": "is slow, and we expect it back by 20:00 UTC",
    "what did it cost the people affected?": "a parcel without a label missed its lorry",
    "what you will publish and by when, or: no more will follow": (
        "we publish what happened and what we change by 9 March 2026, 17:00 UTC"
    ),
    "date and time, UTC": "9 March 2026, 17:00 UTC",
    "how you checked": "every waiting parcel compared with the list of labels",
    "which data?": "addresses on labels",
    "what was missed?": "it covered one of our two queues",
    "what, why, what it stops": (
        "queues stop accepting work at 80% full, because a full queue held labels back"
    ),
    "why does it matter here, and what does it stop or catch?": (
        "This matters because a full queue held labels back, so now we hear of it before you do"
    ),
    "date": "18 March 2026",
    "name": "Dana",
    "what this account felt, in its own figures": "204 of your parcels left a day late",
    "result and credit, or: you have no service level": "you have no service level with us",
    "your name and role": "Priya Nair, Account Manager",
}
LESS_KNOWN: dict[str, dict[str, Any]] = {
    "all known": {},
    "cause confirmed": {"cause": {"confidence": "confirmed"}},
    "cause unknown": {"cause": {"confidence": "unknown", "text": None}},
    "customers estimated": {
        "customers": {"affected": None, "total": None, "percent": 12.5, "basis": "estimated"}
    },
    "customers unknown": {
        "customers": {"affected": None, "total": None, "percent": None, "basis": "unknown"}
    },
    "data unknown": {
        "data": {
            "confidentiality": "unknown",
            "loss": "unknown",
            "integrity": "unknown",
            "checked_how": None,
        }
    },
    "data lost": {"data": {"loss": "confirmed", "categories": ["draft parcels"]}},
    "data perhaps seen": {"data": {"confidentiality": "possible"}},
    "no symptom, no end, no measure": {
        "times": {"impact_ended": None, "mitigated": None, "watch_until": None},
        "symptoms": [],
        "measures": [],
    },
    "over midnight": {
        "times": {"impact_ended": "2026-03-05T01:00:00Z", "watch_until": "2026-03-06T01:00:00Z"}
    },
    "never before, done": {
        "previous": [],
        "measures": [{"text": "queues stop at 80% full", "status": "done"}],
    },
}


def filled(text: str) -> str:
    return BLANK.sub(lambda found: ANSWERS[found[0][len("[blank: ") : -1]], text)


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("known", LESS_KNOWN, ids=str)
def test_a_started_text_with_its_blanks_filled_passes_the_checker(kind: str, known: str) -> None:
    record = changed(**LESS_KNOWN[known])
    _, body = starting_text(kind, record, CONTACT)
    findings = check(filled(body), kind, record).errors()
    assert findings == [], body


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_started_text_from_a_complete_record_earns_no_warning_either(kind: str) -> None:
    _, body = starting_text(kind, COMPLETE, CONTACT)
    findings = [
        (f.rule, f.quote) for f in check(filled(body), kind, COMPLETE).findings
        if f.severity != "suggestion"
    ]  # fmt: skip
    assert findings == []


@pytest.mark.parametrize("kind", [*WRITTEN, "data_notice", "note", "correction"])
def test_a_text_with_blanks_is_stopped(kind: str) -> None:
    _, body = starting_text(kind, COMPLETE, CONTACT)
    assert blanks(body)
    assert "LEK-10" in {f.rule for f in check(body, kind, COMPLETE).errors()}


def test_a_closure_of_a_complete_record_states_its_figures() -> None:
    title, body = starting_text("closure", COMPLETE, CONTACT)
    assert title == "Resolved: Parcels were not labelled"
    assert "from 08:12 to 14:24 UTC (6 hours 12 minutes)" in body
    assert "1,798 of 4,860 customers were affected (37%)." in body
    assert "No data was lost, changed or shown to anyone else." in body
    assert CONTACT in body


def test_an_unknown_data_effect_is_never_written_as_none() -> None:
    for effect in ("confidentiality", "loss", "integrity"):
        record = changed(data={effect: "unknown"})
        for kind in (*WRITTEN, "data_notice", "note"):
            _, body = starting_text(kind, record, CONTACT)
            assert "We are still checking whether data was" in body
            assert "No data was lost, changed or shown" not in body


def test_a_summary_names_the_parts_and_regions_that_were_hit_and_no_others() -> None:
    record = changed(regions={"affected": ["EU"]})
    _, body = starting_text("summary", record, CONTACT)
    assert "It affected Label printing. It affected customers in EU." in body
    assert "Sign-in" not in body


def test_a_suspected_cause_is_not_written_as_certain() -> None:
    _, body = starting_text("summary", COMPLETE, CONTACT)
    assert "So far we believe that the list of waiting labels filled up." in body


def test_an_estimate_is_called_one() -> None:
    customers = {"affected": 1800, "total": 4860, "percent": None, "basis": "estimated"}
    record, problems = normal_form(changed(customers=customers), now=NOON)
    assert not problems
    assert (
        "About 1,800 of 4,860 customers were affected (37%)."
        in (starting_text("closure", record, CONTACT)[1])
    )


def test_a_closure_while_a_part_is_down_does_not_say_resolved() -> None:
    record = changed()
    record["components"][0]["state_now"] = "degraded_performance"
    title, body = starting_text("closure", record, CONTACT)
    assert title.startswith("Not resolved yet")
    assert body.startswith("Not resolved yet: Label printing ")


def test_nothing_internal_of_the_record_enters_a_text() -> None:
    for kind in (*WRITTEN, "data_notice", "note", "correction"):
        text = " ".join(starting_text(kind, COMPLETE, CONTACT))
        for secret in ("Noor Haddad", "lab-prod-03", "OPS", "Fernway", "Innerhost", "queue-full"):
            assert secret not in text


def test_every_figure_in_a_text_stands_in_the_record() -> None:
    for kind in WRITTEN:
        _, body = starting_text(kind, COMPLETE, CONTACT)
        figures = set(re.findall(r"\d[\d,.]*\d|\d", BLANK.sub("", body)))
        known = {"4", "2026", "08", "12", "14", "24", "6", "1,798", "4,860", "37", "18", "30", "80"}
        assert figures <= known


def test_a_kind_nobody_writes_is_refused() -> None:
    with pytest.raises(BadInput):
        starting_text("poem", COMPLETE, CONTACT)


@given(st.data())
def test_any_hole_in_the_record_leaves_a_text_and_not_an_error(data: st.DataObject) -> None:
    record = copy.deepcopy(COMPLETE)
    for section in data.draw(st.sets(st.sampled_from([k for k in COMPLETE if k != "schema"]))):
        value = record[section]
        if isinstance(value, dict):
            for key in data.draw(st.sets(st.sampled_from(sorted(value)))):
                value[key] = None
        else:
            record[section] = None
    normal, problems = normal_form(record, now=NOON)
    if problems:
        return
    for kind in (*WRITTEN, "data_notice", "note", "correction"):
        title, body = starting_text(kind, normal, "")
        assert title
        assert body
        assert "None" not in title + body


PROMISED = (
    {"what": "Queues stop accepting work at 80% full.", "why": "A full queue held labels back",
     "effect": "A full queue is noticed before labels are late", "state": "planned",
     "due": "2026-04-18"},
    {"what": "Every label is counted twice a day", "why": "Nobody saw that labels were missing.",
     "effect": "A missing label is found within hours", "state": "done", "due": None},
    {"what": "A second queue", "why": "One was not enough", "effect": "Half the load each",
     "state": "dropped", "due": None},
)  # fmt: skip


@pytest.mark.parametrize("kind", ["summary", "follow_up"])
def test_what_is_promised_is_said_with_its_reason_its_effect_and_its_day(kind: str) -> None:
    _, body = starting_text(kind, COMPLETE, CONTACT, PROMISED)
    assert (
        "- We will change this by 18 April 2026: Queues stop accepting work at 80% full. Why it "
        "matters: A full queue held labels back. What it does: A full queue is noticed before "
        "labels are late.\n"
    ) in body
    assert "- We have now changed this: every label is counted twice a day. Why it matters" in body
    assert "A second queue" not in body
    assert not [b for b in blanks(body) if "what does it stop" in b]
    assert any("matter here" in b for b in blanks(starting_text(kind, COMPLETE, CONTACT)[1]))


def test_a_summary_drafted_from_promises_passes_once_its_blanks_are_filled() -> None:
    record = changed(measures=[])
    title, body = starting_text("summary", record, CONTACT, PROMISED)
    filled = re.sub(r"\[blank: ([^\]]*)\]", lambda found: ANSWERS[found[1]], body)
    stopped = check(f"{title}\n\n{filled}", "summary", record).errors()
    assert [(one.rule, one.quote) for one in stopped] == []


def test_a_letter_does_not_begin_with_a_greeting_for_every_letter_greets_by_name() -> None:
    _, body = starting_text("follow_up", COMPLETE, CONTACT)
    assert "Hello" not in body
    assert body.startswith(starting_text("note", COMPLETE, CONTACT)[1][:20])
