"""LEK-01: something that looks like a live secret."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import ALL_KINDS, Hit, Rule, examples

_SECRET = re.compile(
    r"-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----"
    r"|\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|\bgh[pousr]_[A-Za-z0-9]{20,255}\b|\bgithub_pat_[A-Za-z0-9_]{20,255}\b"
    r"|\bglpat-[A-Za-z0-9_-]{15,64}\b"
    r"|\b(?:sk|pk|rk)_(?:live|test)_[A-Za-z0-9]{10,128}\b"
    r"|\bsk-[A-Za-z0-9_-]{20,200}\b"
    r"|\bxox[abeprs]-[A-Za-z0-9-]{10,200}\b"
    r"|\bAIza[0-9A-Za-z_-]{30,64}\b"
    r"|\beyJ[A-Za-z0-9_-]{8,2000}\.[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{4,2000}"
    r"|\b[a-z][a-z0-9+]{1,15}://[^\s/:@]{1,64}:[^\s/@]{1,128}@[^\s/]{1,200}"
    r"|\b(?i:password|passwd|pwd|secret|api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret)"
    r"[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?(?P<value>[^\s\"',;<>]{6,200})"
)
_HINTS = (
    "private key", "akia", "asia", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat", "glpat-",
    "_live_", "_test_", "sk-", "xox", "aiza", "eyj", "://", "passw", "pwd", "secret", "key", "token",
)  # fmt: skip
_DUMMY = re.compile(
    r"(?i)example|xxxx|\*\*\*|\.\.\.|<|redacted|your[_-]|changeme|dummy|placeholder|\[|\{\{|reset|manager|required"
)
_PLAIN_WORD = re.compile(r"[a-z]+[.!?]?\Z|[A-Z][a-z]+[.!?]?\Z")


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    if not any(hint in low for hint in _HINTS):
        return
    for found in _SECRET.finditer(document.text.raw):
        value = found["value"]
        if _DUMMY.search(found.group()) or (value and _PLAIN_WORD.match(value)):
            continue
        yield Hit(*found.span())


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
