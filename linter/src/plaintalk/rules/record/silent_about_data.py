"""REC-09: the record says that data was hit; the text is silent."""

from collections.abc import Iterator

from plaintalk.cues.data import denial, speaks_of_data
from plaintalk.document import Document
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule, examples

_WORDS = {"confidentiality": "exposed", "loss": "lost", "integrity": "altered"}


def _needs(record: Record) -> str | None:
    if all(effect == "unknown" for effect in record.data.effects.values()):
        return "the record does not say what happened to data"
    return None


def _speaks_of_data(document: Document, record: Record) -> bool:
    """Whether a sentence answers, and not only because a component is called "Card payments"."""
    if document.element("data").state != "answered":
        return False
    named = {name.lower() for part in record.components for name in (part.name, *part.aliases)}
    names = sorted(filter(None, named), key=lambda name: (-len(name), name))
    for sentence in document.text.sentences:
        if sentence.role in ("text", "item", "subject"):
            words = document.scan[sentence.start : sentence.end]
            without = words
            for name in names:
                without = without.replace(name, "it")
            if denial(document, sentence) if without == words else speaks_of_data(without):
                return True
    return False


def _survey(document: Document) -> Iterator[Hit]:
    record = document.record
    if record is None:
        return
    hit = [
        f"{_WORDS[name]} ({effect})"
        for name, effect in record.data.effects.items()
        if effect in ("possible", "confirmed")
    ]
    if hit and not _speaks_of_data(document, record):
        message = f"The record says data was {', '.join(hit)}; the text is silent."
        yield Hit(*document.text.first_line, message=message)


_LOST = {"schema": "plaintalk-record/1", "data": {"loss": "confirmed", "confidentiality": "none"}}
_NONE = {
    "schema": "plaintalk-record/1",
    "data": {"loss": "none", "confidentiality": "none", "integrity": "none"},
}

RULE = Rule(
    id="REC-09",
    name="silent-about-data",
    category="record",
    severity="error",
    message="The record says that data was affected; the text is silent.",
    better="one sentence: which data, what happened to it, how you know",
    source="PD, GDPR",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    record_field="data",
    needs=_needs,
    survey=_survey,
    bad=(
        Example("Uploads failed from 08:12 to 14:24 UTC.", record=_LOST),
        Example(
            "Card payments were not affected.",
            record={**_LOST, "components": [{"name": "Card payments", "impact": "none"}]},
        ),
        *examples(
            "Uploads failed. We think that our data centre lost power.",
            "Uploads failed. An entry in our name servers was wrong.",
            record=_LOST,
        ),
    ),
    good=(
        Example("Edits made from 08:45 to 11:55 UTC were lost.", record=_LOST),
        Example("Uploads failed from 08:12 to 14:24 UTC.", record=_NONE),
    ),
)
