"""LEK-01: something that looks like a live secret."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes, start_of_run, words
from plaintalk.rule import ALL_KINDS, Hit, Rule, examples

_SHAPES = Shapes(
    (("begin",), r"-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----"),
    (("",), r"A(?:KIA|SIA)[0-9A-Z]{16}\b"),
    (("_",), r"gh[pousr]_[A-Za-z0-9]{20,255}\b"),
    (("_",), r"github_pat_[A-Za-z0-9_]{20,255}\b"),
    (("glpat",), r"glpat-[A-Za-z0-9_-]{15,64}\b"),
    (("_",), r"[spr]k_(?:live|test)_[A-Za-z0-9]{10,128}\b"),
    (("sk",), r"sk-[A-Za-z0-9_-]{20,200}\b"),
    (("xoxa", "xoxb", "xoxe", "xoxp", "xoxr", "xoxs"), r"xox[abeprs]-[A-Za-z0-9-]{10,200}\b"),
    (("",), r"AIza[0-9A-Za-z_-]{30,64}\b"),
    (("",), r"eyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{4,2000}"),
    (("@",), r"://[^\s/:@]{1,64}:[^\s/@]{1,128}@[^\s/]{1,200}"),
)
_ASSIGNED = later(r"[:=][ \t]{0,3}[\"']?(?P<value>[^\s\"',;<>]{6,200})")
_NAMED = later(
    r"(?:password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret)"
    r"[\"']?[ \t]{0,3}\Z"
)
_NAME_WORDS = words("password passwd pwd secret key apikey token")
_DUMMY = later(
    r"(?i)example|xxxx|\*\*\*|\.\.\.|<|redacted|your[_-]|changeme|dummy|placeholder|\[|\{\{|reset|manager|required"
)
_PLAIN_WORD = later(r"[a-z]+[.!?]?\Z|[A-Z][a-z]+[.!?]?\Z")


def _survey(document: Document) -> Iterator[Hit]:
    low, raw = document.text.low, document.text.raw
    for found in _SHAPES.finditer(document.vocabulary(), low, raw):
        start = found.start()
        if found.group().startswith(":"):
            start = start_of_run(raw, start, "+")
        elif start and raw[start - 1].isalnum():
            continue
        if not _DUMMY.search(raw, start, found.end()):
            yield Hit(start, found.end())
    if not document.vocabulary().isdisjoint(_NAME_WORDS):
        yield from _assigned(raw, low)


def _assigned(raw: str, low: str) -> Iterator[Hit]:
    """Values set for a name that says what they are: `password=…`."""
    for found in _ASSIGNED.finditer(raw):
        named = _NAMED.search(low, max(0, found.start() - 24), found.start())
        if not named or _PLAIN_WORD.match(found["value"]):
            continue
        if not _DUMMY.search(raw, named.start(), found.end()):
            yield Hit(named.start(), found.end())


RULE = Rule(
    id="LEK-01",
    name="secret",
    category="leak",
    severity="error",
    message="This looks like a live secret. Remove it, then rotate it.",
    better=None,
    source="SEED",
    kinds=ALL_KINDS,
    survey=_survey,
    two_person_override=True,
    bad=examples(
        "The job used the key AKIAQ7ZB3MKD9WTRX2PL.",
        "We set password=hT7-kk29-zz and restarted.",
        "It connected to postgres://app:hT7kk29zz@db/main.",
    ),
    good=examples(
        "We have rotated every key and password.",
        "Password: required on every sign-in.",
        "Set API_KEY=your-key-here in the settings.",
    ),
)
