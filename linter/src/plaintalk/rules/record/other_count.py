"""REC-05: a count or a share of customers that is not the record's."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.phrasing import affected_short, format_percent
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_CUSTOMERS = r"(?:users|customers|accounts|clients|subscribers|people|organi[sz]ations|workspaces|merchants|shops|stores|teams|companies|businesses|tenants|members|merchants)"
_PEOPLE = words(
    "user users customer customers account accounts client clients subscriber subscribers people organizations organisations workspace workspaces merchants shop shops "
    "store stores teams companies businesses tenants members those all them"
)
_COUNT = Pattern(
    r"(?<![\w.,:/%-])(?P<count>\d[\d,]*(?:\.\d+)?(?: ?(?:k|m|million|thousand)\b)?)"
    r"(?: (?:\(\d[\d.]* ?%\) )?(?:of|out of) (?:our |the |its |all )?(?P<total>\d[\d,]*(?:\.\d+)?(?: ?(?:k|m|million|thousand)\b)?))?"
    rf" (?:(?!of\b|in\b|to\b|and\b|minutes?\b|hours?\b)[\w'/-]+ ){{0,3}}?(?P<noun>{_CUSTOMERS})\b"
)
_SHARE = Pattern(
    rf"(?<![\w.,])(?P<value>\d{{1,3}}(?:\.\d+)?)(?: ?%| percent\b| per cent\b)(?: (?:of )?(?:all |our |the |its |those |these )*(?:[\w-]+ ){{0,2}}?(?P<noun>{_CUSTOMERS})\b| of (?:those|all|them)\b)"
    r"|(?P<noun2>customers|users|accounts|people|workspaces|shops|stores|clients|subscribers) ?\((?:about |around |roughly |nearly |over |some )?(?P<value2>\d{1,3}(?:\.\d+)?) ?(?:%|percent)"
)
_WORDED = Pattern(
    r"\b(?P<share>half|(?:a|one) third|two[- ]thirds|(?:a|one) quarter|three[- ]quarters|(?:a|one) fifth|two[- ]fifths|(?:a|one) tenth|most|the majority)"
    rf" of (?:all |our |the |its )*(?:[\w-]+ ){{0,2}}?{_CUSTOMERS}\b"
)
_ALL = Pattern(
    r"\b(?P<all>all|every|each|none|no)(?: of)?(?: our| the)? (?P<noun>users?|customers?|accounts?|clients?|subscribers?|workspaces?|shops?|stores?) (?:were|was|could|couldn't|had|lost|saw|experienced|received|got|is|are)\b(?! not (?:affected|impacted))"
)
_VALUES = {
    "half": 50.0,
    "third": 100 / 3,
    "two thirds": 200 / 3,
    "quarter": 25.0,
    "three quarters": 75.0,
    "fifth": 20.0,
    "two fifths": 40.0,
    "tenth": 10.0,
}
_MORE = Pattern(r"\b(?:more than|over|at least|well over|just over|upwards of) *\Z")
_LESS = Pattern(r"\b(?:less than|fewer than|under|nearly|almost|just under|up to|close to) *\Z")
_ABOUT = Pattern(
    r"(?:\b(?:about|around|approximately|approx\.?|roughly|some|an estimated|estimated|in the region of)|~) *\Z"
)
_OTHER = Pattern(
    r"\b(?:contacted|reported|wrote|notified|told|asked|replied|emailed|e-mailed|tickets?|reach(?:es|ed)?|at most|instead of|would (?:reach|affect)|could (?:reach|affect)|not affected|unaffected|were fine|kept working|remain\w*|credit(?:ed|s)?)\b"
)
_FELT = Pattern(
    r"\b(?:affect\w*|impact\w*|could not|couldn't|unable|fail\w*|unavailable|lost|saw|errors?|delayed|late|not|hit|disrupt\w*|down|without|slow\w*|stopped|experienced|who|felt)\b"
)


def _needs(record: Record) -> str | None:
    customers = record.customers
    if customers.basis == "unknown" or (customers.affected is None and customers.share is None):
        return "the record does not say how many customers were affected"
    return None


_SHARES = words(
    "all every each none no half third quarter thirds quarters fifth tenth majority most"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if sentence.index not in document.numeric and not document.holds(sentence, _SHARES):
        return None
    record = document.record
    if record is None or document.find(_OTHER, sentence):
        return None
    if not document.find(_FELT, sentence) and not _who_label(document, sentence):
        return None
    return _counts(document, sentence, record) or _shares(document, sentence, record)


_WHO_LABEL = Pattern(r"\b(?:who|affected|impact|scope)\b")


def _who_label(document: Document, sentence: Sentence) -> bool:
    return document.stands_under(sentence, _WHO_LABEL)


def _value(word: str) -> tuple[float, float]:
    """A written number and half the unit of its last stated digit."""
    digits = word.replace(",", "").strip()
    factor = 1.0
    for suffix, size in (("thousand", 1e3), ("million", 1e6), ("k", 1e3), ("m", 1e6)):
        if digits.endswith(suffix):
            digits, factor = digits.removesuffix(suffix).strip(), size
            break
    whole, _, decimals = digits.partition(".")
    if decimals or factor > 1:
        unit = 10.0 ** -len(decimals)
    else:
        zeros = len(whole) - len(whole.rstrip("0"))
        unit = 10.0 ** min(zeros, len(whole) - 1) if zeros >= 2 else 1.0
    return float(digits) * factor, unit * factor / 2 if unit * factor > 1 else 0.0


def _agrees(
    document: Document, sentence: Sentence, at: int, value: float, slack: float, true: float
) -> bool:
    lead = max(sentence.start, at - 24)
    if _MORE.search(document.scan, lead, at):
        return value * 0.98 <= true + slack and true <= value * 1.5 + 10
    if _LESS.search(document.scan, lead, at):
        return true <= value + slack and true >= value * 0.6 - 5
    if _ABOUT.search(document.scan, lead, at):
        slack = max(slack, true * 0.1)
    return abs(value - true) <= slack + 1e-9


def _counts(document: Document, sentence: Sentence, record: Record) -> Hit | None:
    affected, total = record.customers.affected, record.customers.total
    if affected is None:
        return None
    estimated = affected * 0.1 if record.customers.basis == "estimated" else 0.0
    for found in _COUNT.finditer(document.scan, sentence.start, sentence.end):
        value, slack = _value(found["count"])
        at = found.start("count")
        known = [affected] if total is None else [affected, total]
        if found["total"]:
            known = [affected]
        if record.data.people is not None:
            known.append(record.data.people)
        if not any(
            _agrees(document, sentence, at, value, slack + estimated, true) for true in known
        ):
            return _tell(document, record, at, found.end("count"), f"{affected:,}")
        if found["total"] and total is not None:
            stated, unit = _value(found["total"])
            place = found.start("total")
            if not _agrees(document, sentence, place, stated, unit, total):
                return _tell(document, record, place, found.end("total"), f"{total:,}")
    return None


def _shares(document: Document, sentence: Sentence, record: Record) -> Hit | None:
    share = record.customers.share
    if share is None:
        return None
    for found in _SHARE.finditer(document.scan, sentence.start, sentence.end):
        name = "value" if found["value"] else "value2"
        decimals = len(found[name].partition(".")[2])
        slack = 0.5 * 10.0**-decimals + (0.02 if decimals else 0.01)
        if record.customers.basis == "estimated":
            slack += 3
        if not _agrees(document, sentence, found.start(name), float(found[name]), slack, share):
            return _tell(
                document,
                record,
                found.start(name),
                found.end(name),
                format_percent(share).rstrip("%"),
            )
    return _worded(document, sentence, record, share)


def _worded(document: Document, sentence: Sentence, record: Record, share: float) -> Hit | None:
    for found in _WORDED.finditer(document.scan, sentence.start, sentence.end):
        word = found["share"].replace("-", " ").removeprefix("a ").removeprefix("one ")
        if word in ("most", "the majority"):
            if share < 50:
                return _tell(document, record, found.start(), found.end("share"), None)
        elif not _agrees(document, sentence, found.start(), _VALUES[word], 3.0, share):
            return _tell(document, record, found.start(), found.end("share"), None)
    for every in _ALL.finditer(document.scan, sentence.start, sentence.end):
        wrong = share > 0.5 if every["all"] in ("no", "none") else share < 99
        if wrong and not _DENIED.search(document.scan, every.end(), sentence.end):
            return _tell(document, record, every.start(), every.end("noun"), None)
    return None


_DENIED = Pattern(
    r"\b(?:later|by \d|again|back|restored|recovered|delivered|sent|informed|told|notified|credited|able)\b"
)


def _tell(document: Document, record: Record, start: int, end: int, fix: str | None) -> Hit:
    figure = affected_short(record.customers)
    return Hit(
        start,
        end,
        message=f"Text {document.text.raw[start:end]}; record {figure}.",
        suggestion=f"{figure}, or correct the record",
        replacement=fix,
    )


_RECORD = {
    "schema": "plaintalk-record/1",
    "customers": {"affected": 1798, "total": 4860, "percent": 37.0, "basis": "measured"},
}


RULE = Rule(
    id="REC-05",
    name="other-count",
    category="record",
    severity="error",
    message="The figure differs from the record.",
    better="the figures in the record",
    source="SCH",
    triggers=_PEOPLE,
    look=_look,
    needs=_needs,
    record_field="customers",
    bad=examples(
        "This affected 30% of customers.",
        "1,200 customers could not send invoices.",
        "2.4k users were affected.",
        "Half of our customers were affected.",
        "All customers were affected.",
        "1,798 of 9,860 customers were affected.",
        record=_RECORD,
    ),
    good=examples(
        "This affected 1,798 customers, 37% of those active that day.",
        "This affected 37% of customers.",
        "About 40% of customers were affected.",
        "More than a third of our customers were affected.",
        "1.8k users were affected.",
        "Both queues stop at 80% full.",
        "A mistake like this would reach at most 5% of customers.",
        "12 customers contacted us about errors.",
        "All customers in the EU were affected.",
        record=_RECORD,
    ),
)
