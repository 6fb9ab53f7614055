"""A first text says what the record knows, leaves blanks for the rest, and passes once filled."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plaintalk
from plaintalk.cli import main
from tests.facts import INVOICES, invoices, mapping

LONG = ("closure", "summary", "follow_up", "data_notice")
CONTACT = "support@larkpost.example"
LATER = "9 June 2027, 17:00 UTC"
ANSWERS = {
    "how many customers, of how many?": "1,798 of our 4,860 customers",
    "what could people not do?": "labels could not be printed",
    "when it began, with the time zone": "08:12 UTC on 4 March 2026",
    "when it ended, with the time zone": "14:24 UTC on 4 March 2026",
    "since when, with the time zone?": "14:24 UTC on 4 March 2026",
    "when, with the time zone?": "18:30 UTC on 4 March 2026",
    "what failed": "Labels could not be printed",
    "what works again?": "label printing",
    "what still fails, and until when?": "is slow, and we expect it back by 9 June 2027, 20:00 UTC",
    "what did it cost the people affected?": "a parcel without a label missed its lorry",
    "date and time, UTC": LATER,
    "how you checked": "every waiting parcel compared with the list of labels",
    "which data?": "addresses on labels",
    "what was missed?": "it covered one of our two queues",
    "what, why, what it stops": (
        "queues stop accepting work at 80% full, because a full queue held labels back"
    ),
    "why does it matter here, and what does it stop or catch?": (
        "This matters because a full queue held labels back, so now we hear of it before you do"
    ),
    "date": "9 June 2027",
    "name": "Dana",
    "what this account felt, in its own figures": "204 of your parcels left a day late",
    "result and credit, or: you have no service level": "you have no service level with us",
    "your name and role": "Priya Nair, Account Manager",
    "what happened to whose data": "What happened to the addresses on your labels",
    "what somebody could do with it": (
        "Somebody who saw a label could know your address and that you ordered from us."
    ),
    "what was done, and whether the authority was told, with dates": (
        "On 9 June 2027 we closed the page and told the data protection authority"
    ),
    "the most useful step": "Be wary of letters that mention your parcel.",
    "how to reach you": CONTACT,
}
UNKNOWN = st.sampled_from(["none", "possible", "confirmed", "unknown"])
CHANGES = ["Queues stop accepting work at 80% full.", "Every release meets a full queue in a test."]
BASIS = st.sampled_from(["measured", "estimated", "unknown"])


def filled(text: str) -> str:
    return plaintalk.BLANK.sub(lambda found: ANSWERS[found[0][len("[blank: ") : -1]], text)


def graver(text: str, kind: str, record: plaintalk.Record, *severities: str) -> list[str]:
    report = plaintalk.check(text, kind=kind, record=record)
    return [f"{f.rule} {f.quote!r}" for f in report.findings if f.severity in severities]


@st.composite
def records(draw: st.DrawFn) -> plaintalk.Record:
    began = datetime(2026, 3, 4, 8, 12, tzinfo=UTC) + timedelta(
        minutes=draw(st.integers(0, 500_000))
    )
    ended = began + timedelta(minutes=draw(st.integers(1, 4_000)))
    watched = ended + timedelta(minutes=draw(st.integers(60, 1_000)))
    total = draw(st.integers(2, 100_000))
    affected = draw(st.integers(1, total))
    data = {key: draw(UNKNOWN) for key in ("confidentiality", "loss", "integrity")}
    times = {"impact_began": began, "impact_ended": ended, "watch_until": watched}
    hidden = draw(st.sets(st.sampled_from(sorted(times))))
    lags = draw(st.booleans())
    components = [
        {
            "name": "Label printing",
            "impact": draw(st.sampled_from(["major_outage", "partial_outage"])),
            "began": None if "impact_began" in hidden else began.isoformat(),
            "ended": None if "impact_ended" in hidden else ended.isoformat(),
            "state_now": "degraded_performance" if lags else "operational",
        },
        {"name": "Sign-in", "impact": "none", "state_now": "operational"},
        {"name": "Parcel tracking", "impact": "degraded_performance", "state_now": "operational"},
    ]
    places = draw(st.sampled_from([[], ["Norway"], ["Norway", "Chile"]]))
    return plaintalk.load_record(
        mapping(
            incident={"title": "Labels could not be printed", "status": "resolved", "severity": 1},
            times={
                "zone": "UTC",
                **{key: at.isoformat() for key, at in times.items() if key not in hidden},
            },
            components=draw(st.sampled_from([components, components[:2], components[:1], []])),
            regions={
                "affected": places,
                "all": ["Chile", "Norway", "Portugal"],
                "basis": "measured" if places else "unknown",
            },
            customers=draw(
                st.sampled_from(
                    [
                        {"affected": affected, "total": total, "basis": "measured"},
                        {"affected": affected, "total": total, "basis": "estimated"},
                        {"percent": round(100 * affected / total, 1), "basis": "measured"},
                        {"basis": "unknown"},
                    ]
                )
            ),
            symptoms=draw(st.sampled_from([[], ["labels could not be printed"]])),
            data={
                **data,
                "people": draw(st.none() | st.integers(1, 9_999)),
                "people_basis": draw(BASIS),
                "checked_how": draw(st.sampled_from([None, "every label compared with the list"])),
                "categories": draw(st.sampled_from([[], ["addresses on labels"]])),
            },
            cause={
                "text": draw(st.sampled_from([None, "The list of waiting labels filled up."])),
                "confidence": draw(st.sampled_from(["confirmed", "suspected", "unknown"])),
            },
            measures=draw(
                st.lists(
                    st.fixed_dictionaries(
                        {
                            "text": st.sampled_from(CHANGES),
                            "status": st.sampled_from(
                                ["planned", "in_progress", "done", "dropped"]
                            ),
                            "due": st.sampled_from([None, "2027-06-09"]),
                        }
                    ),
                    max_size=2,
                    unique_by=lambda one: one["text"],
                )
            ),
            previous=draw(st.sampled_from([[], [{"date": "2026-01-14", "title": "Late labels"}]])),
        )
    )


@settings(deadline=None, max_examples=150)
@given(records(), st.sampled_from(LONG), st.sampled_from([None, "", CONTACT]))
def test_a_draft_with_its_blanks_filled_passes(
    record: plaintalk.Record, kind: str, contact: str | None
) -> None:
    title, body = plaintalk.draft(kind, record, contact)
    assert "None" not in title + body
    assert graver(filled(body), kind, record, "error") == []


@pytest.mark.parametrize("kind", LONG)
def test_a_draft_from_a_complete_record_earns_no_warning_either(kind: str) -> None:
    record = invoices(
        symptoms=["invoices you sent were not delivered"],
        data={
            "confidentiality": "none", "loss": "none", "integrity": "none", "people": 612,
                        "people_basis": "measured", "checked_how": "every invoice compared with the sent log",
        },
    )  # fmt: skip
    _, body = plaintalk.draft(kind, record, CONTACT)
    assert graver(filled(body), kind, record, "error", "warning") == []


def unknown_facts(record: plaintalk.Record, kind: str) -> dict[str, bool]:
    """For every fact that a kind of draft tells: the blank that asks for it, and if it is open."""
    times, customers, data, cause = record.times, record.customers, record.data, record.cause
    counted = customers.basis != "unknown"
    figures = customers.affected is not None or customers.share is not None
    facts = {
        "when it began, with the time zone": times.impact_began is None,
        "when it ended, with the time zone": times.impact_ended is None,
        "what could people not do?": not record.symptoms,
        "how you checked": data.untouched and not data.checked_how,
    }
    if kind != "data_notice" or data.people is None:
        facts["how many customers, of how many?"] = not (counted and figures)
    open_effects = {"possible", "confirmed"} & set(data.effects.values())
    if kind == "data_notice" or open_effects:
        facts["which data?"] = not data.categories
    lags = any(part.state_now == "degraded_performance" for part in record.components)
    if kind == "closure" and not lags:
        facts["when, with the time zone?"] = times.watch_until is None
    if kind in ("summary", "follow_up"):
        facts["date and time, UTC"] = (
            not cause.text or cause.confidence != "confirmed" or "unknown" in data.effects.values()
        )
        facts["what was missed?"] = bool(record.previous)
    if kind != "closure":
        kept = [one for one in record.measures if one.status != "dropped"]
        facts["what, why, what it stops"] = not kept
    return facts


@settings(deadline=None, max_examples=100)
@given(records(), st.sampled_from(LONG))
def test_each_fact_that_the_record_lacks_leaves_its_blank_and_no_known_one_does(
    record: plaintalk.Record, kind: str
) -> None:
    left = {one[len("[blank: ") : -1] for one in plaintalk.blanks(plaintalk.draft(kind, record)[1])}
    for question, is_open in unknown_facts(record, kind).items():
        assert (question in left) is is_open, question


@settings(deadline=None, max_examples=30)
@given(records(), st.sampled_from(plaintalk.DRAFTED))
def test_a_draft_with_blanks_is_stopped(record: plaintalk.Record, kind: str) -> None:
    _, body = plaintalk.draft(kind, record)
    assert plaintalk.blanks(body)
    checked_as = "note" if kind == "correction" else kind
    assert "LEK-10" in " ".join(graver(body, checked_as, record, "error"))


@given(records())
@settings(deadline=None, max_examples=50)
def test_no_figure_is_invented(record: plaintalk.Record) -> None:
    for kind in plaintalk.DRAFTED:
        _, body = plaintalk.draft(kind, record)
        if record.customers.basis == "unknown":
            assert "customers were affected" not in body
        if "unknown" in record.data.effects.values():
            assert "No data was lost, changed or shown" not in body
        if record.duration_seconds is None:
            assert not re.search(r"\(\d+ (?:days?|hours?|minutes?)", body)


def test_an_empty_record_is_all_blanks_and_no_claims() -> None:
    for kind in plaintalk.DRAFTED:
        title, body = plaintalk.draft(kind, plaintalk.load_record(mapping()))
        assert not re.search(r"\d", plaintalk.BLANK.sub("", title + body).replace("1. ", ""))


def test_a_record_that_says_nobody_checked_the_data_never_reads_as_safe() -> None:
    for effect in ("confidentiality", "loss", "integrity"):
        data = {**INVOICES["data"], effect: "unknown"}
        for kind in (*LONG, "note"):
            assert (
                "We are still checking whether data was"
                in plaintalk.draft(kind, invoices(data=data))[1]
            )


def test_a_closure_while_a_part_is_down_does_not_say_resolved() -> None:
    part = {**INVOICES["components"][0], "state_now": "degraded_performance"}
    title, body = plaintalk.draft("closure", invoices(components=[part]))
    assert title.startswith("Not resolved yet: ")
    assert body.startswith("Not resolved yet: Invoice sending ")


def test_a_kind_nobody_writes_is_refused() -> None:
    with pytest.raises(ValueError, match="closure, summary"):
        plaintalk.draft("poem", invoices())


@pytest.mark.parametrize("kind", LONG)
def test_the_command_writes_a_text_that_passes_once_filled(
    capfd: Any, tmp_path: Path, kind: str
) -> None:
    record = tmp_path / "record.json"
    record.write_text(json.dumps(INVOICES), "utf-8")
    assert main(["draft", "--kind", kind, "--record", str(record), "--contact", CONTACT]) == 0
    out, err = capfd.readouterr()
    assert err == ""
    assert CONTACT in out
    assert graver(filled(out), kind, invoices(), "error") == []
