"""REC-15: a measure told as done, while the record says planned."""

from plaintalk.cues.promises import measure_of
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.phrasing import format_day
from plaintalk.record import Record
from plaintalk.rule import Example, Hit, Rule
from plaintalk.text import Sentence

_DONE = Pattern(
    r"\b(?:we(?:'ve| have| now| already| also)|has been|have been|now|done|already|was|were|today|we (?:\w+ )?(?:\w+ed|set|split|cut|put|gave|built|made|wrote|rewrote|brought|took|ran|moved|taught|made|held|drew|shut|sent|bought|found|let|threw|kept|got|rebuilt|wired|swapped|tore|dropped)|our \w+|is in place|are in place|in place|live|finished|complete[d]?)\b|\bdone\b"
)
_OPEN = Pattern(
    r"\b(?:will|we'll|by \d|by (?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|the end)|plan\w*|going to|working on|are (?:adding|moving|changing|building|testing|\w+ing)|want to|intend\w*|commit to|next|soon|due|target|before (?:the end|\d|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])|(?:have|'ve|has) (?:\w+ )?(?:promised|committed|agreed|decided|pledged|vowed|resolved|undertaken|begun)|done by|expect this|(?:are|'re) (?:busy|still|currently|now)|in progress|under way|to be|not yet|until then)\b"
)


def _needs(record: Record) -> str | None:
    return None if record.measures else "the record lists no measures"


_DONE_LABEL = Pattern(r"\bdone\b")
_OPEN_LABEL = Pattern(r"\b(?:by|will|planned|next)\b")


def _label_is_done(document: Document, sentence: Sentence) -> bool:
    return document.stands_under(sentence, _DONE_LABEL)


def _is_listed_as_open(document: Document, sentence: Sentence) -> bool:
    """Whether it is a list item under "Next:", or stands in the paragraph that the label opens."""
    title = sentence.under
    if title is None:
        return False
    reaches = title.role != "label" or sentence.role == "item" or sentence.block == title.block + 1
    return reaches and document.stands_under(sentence, _OPEN_LABEL)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    record = document.record
    if record is None:
        return None
    measure = measure_of(document, sentence)
    if measure is None or measure.status not in ("planned", "in_progress"):
        return None
    scan = document.scan
    done = _DONE.search(scan, sentence.start, sentence.end) or _label_is_done(document, sentence)
    if not done or _OPEN.search(scan, sentence.start, sentence.end):
        return None
    if _is_listed_as_open(document, sentence):
        return None
    state = measure.status.replace("_", " ")
    due = f", due {format_day(measure.due)}" if measure.due else ""
    return Hit(
        sentence.start,
        sentence.end,
        message=f"You say done; the record says {state}{due}.",
        suggestion=f"the future{due and ', with the date: by ' + format_day(measure.due) if measure.due else ', with a date'}",
    )


def _measure(status: str) -> dict[str, object]:
    return {
        "schema": "plaintalk-record/1",
        "measures": [
            {
                "text": "queues stop accepting work at 80% full",
                "status": status,
                "due": "2026-03-18",
            }
        ],
    }


RULE = Rule(
    id="REC-15",
    name="says-done-too-early",
    category="record",
    severity="error",
    message="You say done; the record says otherwise.",
    better="the future, with the date",
    source="SCH",
    triggers=words(
        "taught made held drew shut sent bought found let threw kept got rebuilt wired swapped we finished complete completed in our have has now done added already been since ve changed moved stops today built introduced doubled split set limited renewed released copied blocked replaced removed"
    ),
    look=_look,
    idle=lambda record: (
        not any(one.status in ("planned", "in_progress") for one in record.measures)
    ),
    needs=_needs,
    record_field="measures",
    bad=(
        Example("Our queues now stop accepting work at 80% full.", record=_measure("planned")),
        Example(
            "**By 9 May:** we will renew it.\n\nOur queues now stop accepting work at 80% full.",
            record=_measure("planned"),
        ),
        Example(
            "Done: both queues stop accepting work when 80% full.", record=_measure("in_progress")
        ),
    ),
    good=(
        Example("Our queues now stop accepting work at 80% full.", record=_measure("done")),
        Example(
            "By 18 March 2026 our queues will stop accepting work at 80% full.",
            record=_measure("planned"),
        ),
    ),
)
