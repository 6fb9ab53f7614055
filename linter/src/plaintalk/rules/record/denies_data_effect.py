"""REC-10: "no data was lost", while the record leaves it open or says the opposite."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Example, Hit, Rule, matching
from plaintalk.text import Sentence

_THING: Final = r"(?:data|information|records?|files?|content|messages?|payments?|orders?|invoices?|entries|balances?|bookings?|documents?|changes|edits|credentials|passwords?|personal \w+)"
_LOSS: Final = r"(?:lost|gone|went missing|loss|deleted|missing|erased|destroyed|losing)"
_SEEN: Final = r"(?:shown|exposed|exposure|accessed|seen|leaked|leak|stolen|compromised|breach(?:ed)?|viewed|shared|disclosed|visible|taken|misused?)"
_CHANGED: Final = r"(?:changed|altered|corrupt(?:ed|ion)|modified|damaged)"
_ANY: Final = r"(?:affected|impacted|at risk|touched|involved|harmed)"
_DENIAL = Pattern(
    rf"\b(?:no|without(?: any)?|zero) (?:[\w'-]+,? ){{0,3}}?{_THING} (?:[\w'-]+,? ){{0,4}}?(?P<how>{_LOSS}|{_SEEN}|{_CHANGED}|{_ANY})\b"
    rf"|\bno (?:[\w'-]+ ){{0,3}}?(?:risk|impact|effect|threat|loss|harm) (?:to|of|on) (?:[\w'-]+ ){{0,3}}?{_THING}\b"
    rf"|\b(?:your|all|customer|user|the|their|our customers') (?:\w+ )?(?:data|information) (?:is|are|was|were|remains?|remained|has been) (?:\w+ )?(?P<safe>safe|complete|still there|never at risk|not at risk|secure|intact|unaffected|protected|not (?:affected|impacted|touched))\b"
    r"|\b(?:no|not (?:seen|found|have) any|not aware of any|without) (?:\w+ )?(?P<evidence>evidence|indications?|signs?|reason to believe)\b"
    rf"|\b(?:nobody|no one|no other \w+) (?:[\w'-]+ ){{0,5}}?(?:saw|accessed|viewed|opened|copied|read|downloaded) (?:[\w'-]+ ){{0,3}}?(?P<unseen>{_THING}|names?|address(?:es)?)\b"
    rf"|\b(?:your|all|customer|user|the|their|our customers') (?:\w+ )?{_THING} (?:was|were|has been|have been|is|are) (?:not|never|neither) (?P<how3>{_LOSS}|{_SEEN}|{_CHANGED}|{_ANY})\b"
    rf"|\b(?:nobody|no one|no other \w+) (?:[\w'-]+ ){{0,5}}?(?:could|can|was able to) (?:see|access|read|open|view|copy) (?:[\w'-]+ ){{0,3}}?(?P<unseen2>{_THING}|yours|it)\b"
    r"|\b(?:at no (?:point|time)|never) (?:was|were|has|have) (?:[\w'-]+ ){0,3}?(?:data|information|records|accounts?) (?:been )?(?P<never>at risk|visible|exposed|accessible|in danger|lost)\b"
    rf"|\b(?:nothing|none of (?:[\w'-]+ ){{1,4}}?[\w'-]+)(?: (?:you|they|of) (?:[\w'-]+ ){{0,4}}?[\w'-]+)? (?:is|are|was|were|has been|have been|got|went|gets) (?P<how5>{_LOSS}|{_SEEN}|{_CHANGED}|{_ANY})\b"
    rf"|\bno {_THING} (?:[\w'-]+ ){{0,2}}?(?:went|got|have gone|was|were)? ?(?P<how6>missing|leaked|vanished|disappeared|lost|corrupted|out)\b"
    rf"|\b(?:every|each|all)(?: of)? (?:(?:your|the|our) )?(?:[\w'-]+ ){{0,5}}?(?:is|are) (?:still |all )*(?P<kept>there|here|in place|present|accounted for)\b"
    rf"|\b(?:your |the |all )?{_THING} (?:is|are|stayed|remain(?:s|ed)?|were|was) (?:exactly |just )?(?P<unchanged>as (?:you|they) left (?:them|it)|unchanged|unaltered|uncorrupted|undamaged)\b"
    rf"|\b(?:nobody|no one|no other \w+|none) (?:[\w'-]+ ){{0,3}}?(?:got to see|had access|has seen|have seen|(?:was able to|were able to|could|can) (?:see|read|access|view|open|get (?:at|to|into))|ever saw|read|got (?:hold of|at|into)|looked at|saw) (?:[\w'-]+ ){{0,3}}?(?P<unseen3>{_THING}|yours|it|them|anything)\b"
    rf"|\b(?:at no (?:point|time|stage)|never) could (?:[\w'-]+ ){{1,3}}?(?:see|read|access|view|open|get at) (?:[\w'-]+ ){{0,3}}?(?P<unseen4>{_THING}|yours|it|them|anything)\b"
    rf"|\b(?:your|the|all|customer|our \w+)(?: \w+)? {_THING} (?:was|were|is|are) (?:not|never) (?P<how7>{_SEEN}|{_LOSS}|{_CHANGED})\b"
    rf"|\b{_THING}(?:[:,;] (?:it|they|all of it|all of them))? (?:is|are|was|were|stayed|remains?) (?:\w+ )?(?P<safe2>fine|safe|untouched|intact|never at risk|not at risk|unharmed|not (?:affected|touched|impacted))\b"
    rf"|\bnot (?:a single|one) {_THING} (?:is|are|was|were|has been|went) (?P<how8>{_LOSS}|{_SEEN}|{_CHANGED})\b"
    rf"|\b(?:what|everything|whatever|anything) you [^.;!?]{{1,60}}? (?:is|was|has been) (?:not|never) (?:\w+ )?(?P<how9>{_LOSS}|{_SEEN}|{_CHANGED})\b"
    rf"|\ball (?:of )?(?:the |your )?{_THING} [^.;!?]{{0,40}}?(?:is|are) (?:still |all )*(?P<kept2>with us|there|here|in place|present|accounted for)\b"
    rf"|\b(?:all )?{_THING} (?:still )?(?P<holds>hold|holds|show|shows|contain|contains) (?:exactly )?(?:what|all that|everything) (?:you|they) \w+"
    rf"|\bnothing (?:has )?happened to (?:your |the |any |our customers' )?(?:\w+ )?{_THING}\b"
    r"|\bno unauthori[sz]ed access\b|\bnone of (?:it|your data|the data|them) (?:was|were) (?P<how4>lost|exposed|changed|seen)\b"
    r"|\b(?:nothing|no one's data|nobody's data) (?:(?:you|of yours|they) ?(?:\w+ )?)?(?:was|has been) (?P<how2>lost|exposed|leaked|accessed|stolen)\b"
)
_DATA_NEAR = Pattern(
    r"\b(?:data|information|records?|access(?:ed)?|misuse[ds]?|breach|compromis\w+|expos\w+|leak\w*|loss|lost|customers?|customer|accounts?|unauthori[sz]ed)\b"
)
_ONE_MORE_WORD = Pattern(
    rf"[^.!?]*\bnone of (?:it|them|your data|the data) (?:was|were) (?:{_LOSS}|{_SEEN}|{_CHANGED})"
)
_CHECKING = Pattern(
    r"\b(?:whether|if|do not (?:yet )?know|cannot (?:yet )?say|checking) (?:\w+ ){0,3}?\Z"
)
_IS_LOSS = Pattern(rf"{_LOSS}|vanished|disappeared")
_IS_SEEN = Pattern(_SEEN)
_IS_CHANGED = Pattern(_CHANGED)
_NAMES_OF_HOW: Final = (
    "how",
    "how2",
    "how3",
    "how4",
    "how5",
    "how6",
    "how7",
    "how8",
    "how9",
    "safe",
    "never",
)
_OPEN: Final = ("possible", "confirmed", "unknown")


def _denied(found: Match) -> tuple[str, ...]:
    """The effects that the words deny."""
    named = found.groupdict()
    how = next((named[one] for one in _NAMES_OF_HOW if named[one]), "").removeprefix("not ")
    if _IS_LOSS.match(how):
        return ("loss",)
    if _IS_SEEN.match(how):
        return ("confidentiality",)
    if _IS_CHANGED.match(how):
        return ("integrity",)
    if found["kept"] or found["kept2"]:
        return ("loss",)
    if found["unchanged"] or found["holds"]:
        return ("integrity",)
    if (
        any(found[one] for one in ("evidence", "unseen", "unseen2", "unseen3", "unseen4"))
        or "unauthori" in found.group()
    ):
        return ("confidentiality",)
    return ("confidentiality", "loss", "integrity")


def _contradicted(document: Document, found: Match) -> list[str]:
    record = document.record
    if record is None:
        return []
    effects = record.data.effects
    return [f"{name}: {effects[name]}" for name in _denied(found) if effects[name] in _OPEN]


def _is_of_a_component(document: Document, found: Match) -> bool:
    """Whether it is "Card payments were not affected", said of a part of the product."""
    if not (found["safe2"] or found["how3"]):
        return False
    parts = document.record.components if document.record else ()
    return any(
        name and found.group().startswith(name.lower())
        for part in parts
        for name in (part.name, *part.aliases)
    )


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    scan = document.scan
    if _is_of_a_component(document, found):
        return False
    if (found["safe"] or found["safe2"]) and _ONE_MORE_WORD.match(scan, found.end(), sentence.end):
        return False
    if found["evidence"] and not _DATA_NEAR.search(scan, found.start(), sentence.end):
        return False
    if _CHECKING.search(scan, max(sentence.start, found.start() - 40), found.start()):
        return False
    return bool(_contradicted(document, found))


def _tell(document: Document, _: Sentence, found: Match) -> Hit:
    facts = ", ".join(_contradicted(document, found))
    return Hit(*found.span(), message=f"This denies what the record leaves open: {facts}.")


def _data(**effects: str) -> dict[str, object]:
    return {"schema": "plaintalk-record/1", "data": effects}


_CLEAR = _data(confidentiality="none", loss="none", integrity="none")

RULE = Rule(
    id="REC-10",
    name="denies-data-effect",
    category="record",
    severity="error",
    message="This denies what the record leaves open.",
    better="what is known, what is still being checked, and when you will say",
    source="SCH",
    record_field="data",
    triggers=words(
        "no without zero data information evidence indication indications sign signs reason nothing nobody one never none unauthorised unauthorized records files every each all your orders messages what everything not kept hold holds"
    ),
    needs=lambda _: None,
    look=matching(_DENIAL, _keep, _tell),
    idle=lambda record: not any(effect in _OPEN for effect in record.data.effects.values()),
    two_person_override=True,
    bad=(
        Example(
            "No data was lost.",
            record=_data(confidentiality="none", loss="unknown", integrity="none"),
        ),
        Example(
            "Your data is safe.",
            record=_data(confidentiality="possible", loss="none", integrity="none"),
        ),
        Example(
            "You need not worry about your data: it is safe.",
            record=_data(confidentiality="possible", loss="none", integrity="none"),
        ),
        Example(
            "Nobody outside your account saw your data.",
            record=_data(confidentiality="unknown", loss="none", integrity="none"),
        ),
        Example(
            "We have no evidence of misuse.",
            record=_data(confidentiality="confirmed", loss="none", integrity="none"),
        ),
    ),
    good=(
        Example("No data was lost.", record=_CLEAR),
        Example(
            "No data was lost.",
            record=_data(confidentiality="confirmed", loss="none", integrity="none"),
        ),
        Example("We do not yet know whether data was lost.", record=_data(loss="unknown")),
        Example(
            "Your payment details were not visible.",
            record=_data(confidentiality="confirmed", loss="none", integrity="none"),
        ),
    ),
)
