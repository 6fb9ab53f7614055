"""LEK-02: private addresses, internal host names, bucket addresses."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes, start_of_run
from plaintalk.rule import PUBLIC, Example, Hit, Rule, examples

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_SHAPES = Shapes(
    (
        ("192.168", "172."),
        rf"1(?:92\.168|72\.(?:1[6-9]|2\d|3[01]))\.{_OCTET}\.{_OCTET}(?![\w]|\.\d)",
    ),
    (("10.",), rf"10\.{_OCTET}\.{_OCTET}\.{_OCTET}(?:/\d{{1,2}})?(?![\w]|\.\d)"),
    (
        ("internal", "local", "lan", "corp", "intranet", "localdomain"),
        r"\.(?:internal|local|lan|corp|intranet|localdomain)\b(?!/\w)",
    ),
    (("int", "intra", "mgmt", "ipmi", "oob"), r"\.(?:int|intra|mgmt|ipmi|oob)\.[a-z]"),
    (
        ("prod", "prd", "stg", "staging", "dev", "qa", "uat"),
        r"-(?:prod|prd|stg|staging|dev|qa|uat)(?:-[a-z0-9]{1,24}){0,2}-?\d{1,4}\b",
    ),
    (("int", "intra", "mgmt", "ipmi", "oob"), r"\.(?:int|intra|mgmt|ipmi|oob)\.[a-z]"),
    (
        ("prod", "prd", "stg", "staging"),
        r"(?:prod|prd|stg|staging)-(?:[a-z0-9]{1,24}-){1,3}\d{1,4}\b",
    ),
    (("arn",), r"arn:aws[a-z-]{0,10}:[a-z0-9-]{1,30}:[^\s,;)]{1,200}"),
    (("://",), r"(?:s3|gs|gcs|wasbs?|abfss?)://[^\s,;)]{3,200}"),
)
_FILES = later(r"\.(?:env|settings|gitlab-ci|docker-compose|config|php|json|ya?ml)\.local\b")


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    hosts = document.profile.hosts
    if document.record is not None:
        hosts = (*hosts, *document.record.lexicon.hosts)
    for host in hosts:
        at = low.find(host.lower())
        if host and at >= 0:
            yield Hit(at, at + len(host))
    for found in _SHAPES.finditer(document.vocabulary(), low, low):
        start = found.start()
        if found.group()[0] in "-.":
            start = start_of_run(low, start, "-" if found.group()[0] == "-" else "-.")
            if start == found.start() or not low[start].isalnum():
                continue
        elif start > 0 and (low[start - 1].isalnum() or low[start - 1] in "._"):
            continue
        if not _FILES.search(low, start, found.end()):
            yield Hit(start, found.end())


RULE = Rule(
    id="LEK-02",
    name="internal-address",
    category="leak",
    severity="error",
    message="Internal address. Attackers collect these, and readers cannot use them.",
    better='"one of our servers"',
    source="PD",
    kinds=PUBLIC,
    survey=_survey,
    bad=(
        *examples(
            "The database pg-prod-03 ran out of space.",
            "Traffic to 10.4.2.17 was dropped.",
            "Files were read from s3://acme-exports/2026.",
            "The job on queue.eu.internal stopped.",
        ),
        Example(
            "The server heron stopped answering.",
            record={"schema": "plaintalk-record/1", "lexicon": {"hosts": ["heron"]}},
        ),
    ),
    good=examples(
        "One of our servers ran out of space.",
        "Version 10.4.2 of the app is not affected.",
        "Clients that call 203.0.113.9 can keep doing so.",
        "The local time was 09:00 UTC.",
    ),
)
