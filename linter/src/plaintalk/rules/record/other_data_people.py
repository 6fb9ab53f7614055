"""REC-25: a number of people whose data was hit that is not the record's."""

from plaintalk.cues.counts import COUNT, IN_WORDS, agrees, value_of, written_counts
from plaintalk.cues.data_people import is_of_data_people
from plaintalk.document import Document
from plaintalk.pattern import words
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_PEOPLE = words(
    "people users customers accounts clients subscribers members organizations organisations companies "
    "businesses workspaces shops stores merchants teams tenants user customer account client you them"
)


def _needs(record: Record) -> str | None:
    if record.data.untouched or record.data.people is not None:
        return None
    return "the record does not say of how many people data was affected"


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if document.record is None or document.record.data.people is None:
        return None
    data = document.record.data
    people = document.record.data.people
    for at, end, _ in written_counts(document, sentence):
        if not is_of_data_people(document, sentence, at, end):
            continue
        value, slack = value_of(document.scan[at:end])
        if not agrees(document, sentence, at, value, slack + data.people_slack, people):
            return Hit(
                at,
                end,
                message=f"Text {document.text.raw[at:end]}; record: data of {people:,} people.",
                suggestion=f"{people:,}, or correct the record",
                replacement=f"{people:,}",
            )
    return None


_RECORD = {
    "schema": "plaintalk-record/1",
    "customers": {"affected": 517, "total": 1238, "percent": 41.8, "basis": "estimated"},
    "data": {
        "confidentiality": "confirmed",
        "loss": "none",
        "integrity": "none",
        "categories": ["seat notes"],
        "people": 31,
        "people_basis": "measured",
    },
}


RULE = Rule(
    id="REC-25",
    name="other-data-people",
    category="record",
    severity="error",
    message="The number of people whose data was affected differs from the record.",
    better="the number in the record",
    source="SCH",
    triggers=_PEOPLE,
    roles=("text", "item", "subject", "label", "heading"),
    look=_look,
    patterns=(COUNT, IN_WORDS),
    needs=_needs,
    record_field="data.people",
    bad=examples(
        "This affected the data of 40 people.",
        "The contact details of about 20 customers were shown to others.",
        "29 customers' personal data was visible.",
        "We are writing to the 33 people whose data was shown.",
        "The seat notes of 517 people were visible.",
        "Orders belonging to 28 customers were disclosed.",
        record=_RECORD,
    ),
    good=examples(
        "This affected the data of 31 people.",
        "The contact details of about 30 customers were shown to others.",
        "31 customers' personal data was visible.",
        "517 customers could not pay, and the seat notes of 31 people were visible.",
        "No data of the 517 affected customers was lost.",
        "Orders of 517 customers were late.",
        record=_RECORD,
    ),
)
