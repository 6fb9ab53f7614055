"""REC-05: a count or a share of customers that is not the record's."""

from collections.abc import Iterator

from plaintalk.cues.counts import (
    COUNT,
    CUSTOMERS,
    IN_WORDS,
    LEAD,
    NUMBER,
    agrees,
    value_of,
    written_counts,
)
from plaintalk.cues.data_people import is_of_data_people
from plaintalk.cues.matters import clause_of, may_be_of_impact, names_nothing_else
from plaintalk.cues.other_matters import is_planned
from plaintalk.document import Document
from plaintalk.figures import number_of
from plaintalk.pattern import Match, Pattern, words
from plaintalk.phrasing import affected_short, format_percent
from plaintalk.record import Record
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence
from plaintalk.vocabulary import NUMBER_WORD

_PEOPLE = words(
    "user users customer customers affected impacted hit you base everyone total many account accounts client clients subscriber subscribers people organizations organisations workspace workspaces merchants shop shops "
    "store stores teams companies businesses tenants members those all them"
)
_LABEL = r"[a-z]+(?: [a-z]+){0,4}(?:: | ?\| )"
_BEHIND = Pattern(
    rf"\b{CUSTOMERS}(?: \((?:about |around |roughly |nearly |over |some )?(?P<count>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?)(?: (?:of|out of) {NUMBER})?\)|, (?P<count2>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?) (?:in all|in total|altogether)\b)"
    rf"|\b(?:of|among|out of|looking at) (?:our |all |the )*{NUMBER} {CUSTOMERS}, {LEAD}(?P<count4>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?)(?: or so|\+|-odd)?(?: of (?:them|these|those|you))? (?:were|was|could|saw|had|lost|ran|got|felt)\b"
    rf"|\bnumber of (?:\w+ )?{CUSTOMERS} (?:\w+ )?(?:(?:who|that|which) [^.,;]{{1,40}}? )?(?:is|was|stands at|came to|stood at|comes to) {LEAD}(?P<count3>{NUMBER})(?![\w%])"
    rf"|\b(?:{CUSTOMERS} (?:hit|down|without|involved|concerned|hurt|locked out)|(?:hit|who was hit)): {LEAD}(?P<count6>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?)(?![\w%]| ?%| per)"
    rf"|\b(?:{CUSTOMERS} (?:affected|impacted|hit)|(?:affected|impacted) {CUSTOMERS}): {LEAD}(?P<count5>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?)(?![\w%]| ?%| per)"
)
_SHARE = Pattern(
    rf"(?<![\w.,])(?P<value>\d{{1,3}}(?:\.\d+)?)(?: ?%| percent\b| per cent\b| pct\b)(?: (?:of )?(?:all |our |the |its |those |these )*(?:[\w-]+ ){{0,2}}?(?P<noun>{CUSTOMERS})\b| of (?:those|all|them|you|everyone|the total|the lot|the whole|our (?:customer |user )?base|the (?:customer |user )?base|us)\b)"
    rf"|\b(?:of|among|out of) (?:(?:all|our|the|your|every|each) )*(?:[\w-]+ )?(?:{CUSTOMERS}|user|customer|account)(?: we (?:have|host|serve))?, {LEAD}(?P<value7>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b|pct\b)"
    rf"|\b{CUSTOMERS}, (?:or|that is|i\.e\.) {LEAD}(?P<value3>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b|pct\b)"
    rf"|\b(?:share|percentage|proportion|part) of (?:our |the |all )*{CUSTOMERS}(?: (?:affected|hit|impacted))?(?: (?:is|was|stands at|came to)|:) {LEAD}(?P<value6>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b|pct\b)"
    rf"|\b{CUSTOMERS}[^.!?()%]{{0,40}}\((?:[^()%]{{0,20}}[ ~])?(?P<value4>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b)"
    rf"|(?<![\w.,]){NUMBER} (?:of|out of) {NUMBER} \((?:[^()%]{{0,20}} )?(?P<value5>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b)"
    r"|(?P<noun2>customers|users|accounts|people|workspaces|shops|stores|clients|subscribers) ?\((?:about |around |roughly |nearly |over |some )?(?P<value2>\d{1,3}(?:\.\d+)?) ?(?:%|percent|per cent)"
)
_WORDED = Pattern(
    r"\b(?P<share>half|(?:a|one|two|three|four|five|six|seven|eight|nine)[ -](?:half|thirds?|quarters?|fifths?|tenths?)|most|the majority)"
    rf" of (?:all |our |the |its )*(?:(?:[\w-]+ ){{0,2}}?{CUSTOMERS}|you|total|(?:customer |user )?base)\b"
    rf"|\b(?:of|among) (?:our |all |the )*{CUSTOMERS}, {LEAD}(?P<share2>half|(?:a|one|two|three|four|five|six|seven|eight|nine)[ -](?:half|thirds?|quarters?|fifths?|tenths?)|most|the majority) (?:were|was|could|had|saw|lost)\b"
)
_IN_TEN = Pattern(
    rf"(?<![\w.,:-])(?P<part>{NUMBER_WORD}|\d{{1,3}}) (?:in|out of) (?:every )?(?P<whole>{NUMBER_WORD}|\d{{1,4}})(?: of)? (?:all |our |the |its )*(?:(?:[\w-]+ )??{CUSTOMERS}|you)\b"
)
_ALL = Pattern(
    r"\b(?P<all>all|every|each|none|no)(?: of)?(?: our| the)? (?P<noun>users?|customers?|accounts?|clients?|subscribers?|workspaces?|shops?|stores?) (?:were|was|could|couldn't|had|lost|saw|experienced|received|got|is|are)\b(?! not (?:affected|impacted))"
)
_SHARE_OF = Pattern(
    r"(?:%|\b(?:percent|per cent|half|thirds?|quarters?|fifths?|tenths?|most|majority|number|share|in \w+)) of \Z"
)
_WHOLES = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
_OTHER = Pattern(
    r"\b(?:contacted|reported|wrote|notified|(?<!all\s)told|asked|replied|emailed|e-mailed|tickets?|at most|called|phoned|rang|got in touch|complained|opened|raised|filed|asked|signed up|joined|are with us|instead of (?:the )?\d|would (?:reach|affect)|could (?:reach|affect)|not affected|unaffected|were fine|(?:saw|had|noticed|felt|experienced|reported|suffered) (?:no|nothing|none)\b|no (?:problems?|trouble|impact|effect|difference|errors?)|unharmed|untouched|(?<!not\s)work(?:ed|ing)? (?:as usual|normally)|could still|still (?:could|work\w*)|without (?:any |a )?(?:problems?|errors?|trouble|issue)|kept working|remain\w*|credit(?:ed|s)?)\b"
)
_FELT = Pattern(
    r"\b(?:affect\w*|impact\w*|could not|couldn't|unable|fail\w*|unavailable|lost|saw|errors?|delayed|late|not|hit|concern\w*|notic\w*|encounter\w*|ran into|run into|had to|locked|reached|were|was|wait\w*|got|could|nothing worked|let down|spared|trouble|disrupt\w*|down|without|slow\w*|stopped|experienced|who|felt|reached|receiving end|wrong end|caught up|on hold|cut off|in the dark|suffer\w*|hurt|declined|refused|offline|lived? with|live with|stood|sat|turned away|blocked)\b"
)


def _needs(record: Record) -> str | None:
    customers = record.customers
    if customers.basis == "unknown" or (customers.affected is None and customers.share is None):
        return "the record does not say how many customers were affected"
    return None


_SHARES = words(
    "all every each none no half third quarter thirds quarters fifth fifths tenth tenths majority most "
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if sentence.role in ("label", "heading"):
        return _under(document, sentence)
    if sentence.index not in document.digits and not document.holds(sentence, _SHARES):
        return None
    record = document.record
    if record is None:
        return None
    # Figures are compared before the words around them are read: most of them are right.
    hit = _counts(document, sentence, record) or _shares(document, sentence, record)
    if hit is None or document.find(_OTHER, sentence):
        return None
    if _is_of_data(document, sentence, record):
        return None
    if document.find(_FELT, sentence) or _who_label(document, sentence):
        return hit
    if _LABELLED_SHARE.match(document.scan, sentence.start, hit.start):
        return hit
    if _SUMS_UP.match(document.scan, sentence.start, sentence.end):
        return hit._replace(severity="warning")
    clause = clause_of(document, sentence, hit.start, hit.end)
    likely = may_be_of_impact(document, sentence, clause) or names_nothing_else(
        document, sentence, clause, hit.start, hit.end
    )
    return hit._replace(severity="warning") if likely else None


_LABELLED_SHARE = Pattern(
    rf"\W*(?:share|percentage|proportion|part) of (?:our |the |all )*{CUSTOMERS}(?: \w+)?: "
)
_OF_DATA = Pattern(
    r"\b(?:shown|showed|saw|seen?|visible|exposed|disclosed|leaked|lost|read|accessed)\b[^.;!?]{0,40}\b(?:data|records?|details|information|notes|files|messages|names|addresses|balances)\b"
)


def _is_of_data(document: Document, sentence: Sentence, record: Record) -> bool:
    """Whether a figure says whose data was hit, which is another matter than who was affected."""
    return record.data.people is None and document.find(_OF_DATA, sentence) is not None


def _under(document: Document, label: Sentence) -> Hit | None:
    """What a figure that stands alone under "Affected users:" gets wrong."""
    told = document.text.following(label)
    if told is None or told.under is not label or document.record is None:
        return None
    words = document.words(told)
    if not words.isdisjoint(_PEOPLE) and not words.isdisjoint(_NOUNS):
        return None
    bare = _BARE_FIGURE.match(document.scan, told.start, told.end)
    if bare is None:
        return _share_under(document, told, document.record)
    if not _is_of_customers(document, told, bare.start("count")):
        return None
    return _counts(document, told, document.record, under=True)


_BARE_SHARE = Pattern(
    rf"\W*(?:{_LABEL})?{LEAD}(?P<value>\d{{1,3}}(?:\.\d+)?) ?(?:%|percent\b|per cent\b|pct\b)\W*\Z"
)


def _share_under(document: Document, told: Sentence, record: Record) -> Hit | None:
    """What a share that stands alone under "Customers affected (share):" gets wrong."""
    share = record.customers.share
    found = _BARE_SHARE.match(document.scan, told.start, told.end)
    if share is None or found is None or not document.stands_under(told, _HOW_MANY):
        return None
    at, end = found.span("value")
    decimals = len(found["value"].partition(".")[2])
    slack = 0.5 * 10.0**-decimals + (3.0 if record.customers.basis == "estimated" else 0.02)
    if agrees(document, told, at, float(found["value"]), slack, share):
        return None
    return _tell(document, record, at, end, format_percent(share).rstrip("%"))


_SUMS_UP = Pattern(
    r"\W*(?:(?:that|this|it) (?:is|was|makes|comes to|means|amounts to)\b|(?:in|by) (?:numbers|figures|total|all|the numbers)\b)"
)
_NOUNS = words("users customers accounts clients subscribers people workspaces shops stores")
_WHO_LABEL = Pattern(rf"\b(?:who|affected|impact|scope|hit|how many|{CUSTOMERS})\b")
_BARE_FIGURE = Pattern(
    rf"\W*(?:{_LABEL})?{LEAD}(?P<count>{NUMBER}|{NUMBER_WORD}(?:-{NUMBER_WORD})?)(?: (?:of|out of|/) {NUMBER})?(?: or so|\+|-odd)?(?:,? \([^()]*\))?[^\w%]*\Z"
)
_OTHERS_LABEL = Pattern(
    r"\b(?:tickets?|contacted|reported|reports|calls?|total|all (?:our )?customers|not affected|unaffected)\b"
)


def _who_label(document: Document, sentence: Sentence) -> bool:
    return document.stands_under(sentence, _WHO_LABEL)


def _stated_counts(
    document: Document, sentence: Sentence, under: bool
) -> Iterator[tuple[int, int, tuple[int, int] | None]]:
    """Where counts of customers stand, each with the place of its total ("of 4,860") or None."""
    scan, start = document.scan, sentence.start
    for at, end, total in written_counts(document, sentence):
        if not _is_rollout(document, sentence, at):
            yield at, end, total
    bare = _BARE_FIGURE.match(scan, start, sentence.end)
    inline = bare is not None and _has_label(scan, start, bare.start("count"))
    if bare and (under or inline) and _is_of_customers(document, sentence, bare.start("count")):
        yield *bare.span("count"), None
    for found in document.each(_BEHIND, sentence):
        name = next(name for name, value in found.groupdict().items() if value)
        yield *found.span(name), None


def _is_of_customers(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether a figure that stands alone is under, or behind, a label that asks who was hit."""
    scan = document.scan
    if _has_label(scan, sentence.start, at):
        return _HOW_MANY.search(scan, sentence.start, at) is not None and not _OTHERS_LABEL.search(
            scan, sentence.start, at
        )
    return document.stands_under(sentence, _HOW_MANY) and not document.stands_under(
        sentence, _OTHERS_LABEL
    )


def _has_label(scan: str, start: int, at: int) -> bool:
    """Whether "Customers:", or the first cell of a row, stands before a figure."""
    return ":" in scan[start:at] or "|" in scan[start:at].lstrip("| ")


_HOW_MANY = Pattern(
    rf"\b(?:how many|number|{CUSTOMERS} (?:affected|impacted|hit|down|without|involved|concerned|hurt)|(?:affected|impacted|hit) (?:\w+ )?{CUSTOMERS}|who (?:was|is|were) (?:hit|affected|impacted)|scope)\b"
)
_ROLLOUT = Pattern(r"\b(?:releases?d?|roll\w* out|goes|go|went|first|limited) (?:\w+ )?to \Z")


def _is_rollout(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether a figure is about whom a change reaches, not about whom the incident reached."""
    lead = max(sentence.start, at - 40)
    return is_planned(document, sentence, at) or bool(_ROLLOUT.search(document.scan, lead, at))


_REACHED_ALL = Pattern(r"\b(?:all|every one of|affect\w*|hit|reached|impact\w*)(?: all)? \Z")


def _counts(
    document: Document, sentence: Sentence, record: Record, under: bool = False
) -> Hit | None:
    affected, total = record.customers.affected, record.customers.total
    if affected is None:
        return None
    scan = document.scan
    estimated = affected * 0.1 if record.customers.basis == "estimated" else 0.0
    for at, end, of in _stated_counts(document, sentence, under):
        if is_of_data_people(document, sentence, at, end):
            continue
        value, slack = value_of(scan[at:end])
        known = [(affected, estimated)]
        if total is not None and not of and not _REACHED_ALL.search(scan, sentence.start, at):
            known.append((total, estimated))
        if record.data.people is not None:
            known.append((record.data.people, record.data.people_slack))
        if not any(
            agrees(document, sentence, at, value, slack + more, true) for true, more in known
        ):
            return _tell(document, record, at, end, f"{affected:,}")
        if of and total is not None:
            stated, unit = value_of(scan[of[0] : of[1]])
            if not agrees(document, sentence, of[0], stated, unit, total):
                return _tell(document, record, *of, f"{total:,}")
    return None


def _shares(document: Document, sentence: Sentence, record: Record) -> Hit | None:
    share = record.customers.share
    if share is None:
        return None
    for found in document.each(_SHARE, sentence):
        name = next(name for name, value in found.groupdict().items() if value and "v" in name)
        if _is_rollout(document, sentence, found.start(name)):
            continue
        decimals = len(found[name].partition(".")[2])
        slack = 0.5 * 10.0**-decimals + (0.02 if decimals else 0.01)
        if record.customers.basis == "estimated":
            slack += 3
        if not agrees(document, sentence, found.start(name), float(found[name]), slack, share):
            return _tell(
                document,
                record,
                found.start(name),
                found.end(name),
                format_percent(share).rstrip("%"),
            )
    return _worded(document, sentence, record, share)


def _share_of(found: Match) -> str:
    return found["share"] or found["share2"]


def _fractions(document: Document, sentence: Sentence) -> Iterator[tuple[int, int, float]]:
    """Shares in words with their place, in percent: "two thirds of", "four in ten"."""
    for found in document.each(_WORDED, sentence):
        part, _, whole = _share_of(found).replace("-", " ").rpartition(" ")
        size = _WHOLES.get(whole.rstrip("s")) or _WHOLES.get(whole)
        if size:
            yield (
                *found.span("share" if found["share"] else "share2"),
                100 * (number_of(part or "one") or 1) / size,
            )
    for found in document.each(_IN_TEN, sentence):
        part_value, whole_value = number_of(found["part"]), number_of(found["whole"])
        if part_value and whole_value and part_value <= whole_value:
            yield found.start("part"), found.end("whole"), 100 * part_value / whole_value


def _worded(document: Document, sentence: Sentence, record: Record, share: float) -> Hit | None:
    scan = document.scan
    for at, end, value in _fractions(document, sentence):
        if not agrees(document, sentence, at, value, 3.0, share):
            return _tell(document, record, at, end, None)
    for found in document.each(_WORDED, sentence):
        if _share_of(found) in ("most", "the majority") and share < 50:
            end = found.end("share" if found["share"] else "share2")
            return _tell(document, record, found.start(), end, None)
    for every in document.each(_ALL, sentence):
        if _SHARE_OF.search(scan, max(sentence.start, every.start() - 20), every.start()):
            continue
        if _PLACE.match(scan, sentence.start, every.start()):
            continue
        wrong = share > 0.5 if every["all"] in ("no", "none") else share < 99
        if wrong and not _DENIED.search(scan, every.end(), sentence.end):
            return _tell(document, record, every.start(), every.end("noun"), None)
    return None


_PLACE = Pattern(r"\W*(?:in|at|across|within|for|on) [^,.;:]{1,40},? \Z")
_DENIED = Pattern(
    r"\b(?:spared|excepted|away|escap\w+|unscathed|exempt|later|by \d|again|back|restored|recovered|delivered|sent|informed|told|notified|credited|able)\b"
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
    roles=("text", "item", "subject", "label", "heading"),
    look=_look,
    patterns=(COUNT, IN_WORDS, _BEHIND, _HOW_MANY, _SHARE, _WORDED, _IN_TEN, _ALL),
    needs=_needs,
    record_field="customers",
    bad=examples(
        "This affected 30% of customers.",
        "1,200 customers could not send invoices.",
        "2.4k users were affected.",
        "Half of our customers were affected.",
        "All customers were affected.",
        "1,798 of 9,860 customers were affected.",
        "2 400 customers were affected.",
        "This affected 37% of all customers (2,410).",
        "Twelve customers could not send invoices.",
        "Nine in ten customers were affected.",
        "All 4,860 customers were affected.",
        "Of 4,860 customers, 903 were affected.",
        "Looking at our 4,860 customers, 903 of them were affected.",
        record=_RECORD,
    ),
    good=examples(
        "This affected 1,798 customers, 37% of those active that day.",
        "This affected 37% of customers.",
        "On July 7, 2026, 1,798 accounts could not send invoices.",
        "On 4 March our customers could not send invoices.",
        "By 9 March all customers who could not send will hear from us.",
        "Since March 6, 2026 customers can resend.",
        "About 40% of customers were affected.",
        "More than a third of our customers were affected.",
        "1.8k users were affected.",
        "1 798 of 4 860 customers were affected.",
        "Nearly four in ten customers saw errors.",
        "37% of all customers could not send invoices.",
        "Our team of 12 people could not find the cause at first.",
        "Both queues stop at 80% full.",
        "A mistake like this would reach at most 5% of customers.",
        "12 customers contacted us about errors.",
        "All customers in the EU were affected.",
        record=_RECORD,
    ),
)
