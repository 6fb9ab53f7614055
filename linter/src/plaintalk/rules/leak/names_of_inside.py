"""LEK-22: what things, teams and tickets are called inside: `snake_case`, "PAY-771", "lb-fra-1"."""

import re
from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, Shapes, start_of_run, words
from plaintalk.rule import PUBLIC, Hit, Rule, examples
from plaintalk.text import FILLER, Sentence

_SHAPES: Final = Shapes(
    (("_",), r"_[a-z0-9]"),
    (("-",), r"-(?:[a-z]{0,4}\d{1,3})\b(?![-%:]|\.\d)"),
)
_SNAKE: Final = later(r"[a-z][a-z0-9]{1,30}(?:_[a-z0-9]{1,30}){1,6}(?![\w(@/=])")
_RUN: Final = later(r"[\w-]+")
_TICKET_NUMBER: Final = later(r"-\d{2,6}\b")
_TICKET: Final = later(
    r"(?<![\w/#.-])(?!CVE|CWE|EIP|ERC|BIP|CIP|PEP|JEP|KB|MS|RFC|ISO|DIN|UTF|AES|SHA|GHSA|HTTP|TLS|COVID|USB|GPT|RTX|UTC|GMT|EN|PM|CO|MD|BA|LH|KL|AF)[A-Z]{2,6}\Z"
)
_TICKET_CUE: Final = later(
    r"(?i)\b(?:tickets?|issues?|jira|epic|story|task|runbook|playbook|case|bug|change|tracked|filed|logged|see|cf|follow-?up|closed|solved|opened|done|under|card|post-?mortem|work order|backlog)\b[^.;\n|]{0,30}\Z"
)
_TICKET_AFTER: Final = later(
    r"(?i)\A[^.;\n|]{0,40}\b(?:ticket|epic|issue|runbook|backlog|jira|has been (?:opened|closed|solved|amended|filed)|to (?:solved|done|closed)|is (?:open|closed|done))\b"
)
_HOST: Final = later(r"(?:[a-z]{2,14}[0-9]{0,2}-){1,3}[a-z]{0,4}[0-9]{1,3}(?![\w-])")
_ZONE: Final = later(
    r"(?:us|eu|ap|ca|sa|me|af|il|mx|cn)-(?:gov-)?(?:north|south|east|west|central)\w*-\d"
)
_HOST_PART: Final = later(
    r"(?:^|-)(?:db|sql|mysql|pg|postgres|redis|kafka|zk|elasticsearch|es|data|web|app|api|vm|kvm|esx|srv|lb|proxy|cache|worker|mail|mx|smtp|nfs|san|nas|storage|backup|node|host|router|rtr|sw|switch|fw|gw|vpn|dc|ad|ldap|dns|ns|k8s|master|primary|replica|slave|shard|broker|queue|mq|rabbit|consumer|ingest|etl|batch|cron|jump|bastion|ci|build|runner|prod|prd|stg|staging|dev|test|qa|uat|int|mgmt|mon|log|logs|search|auth|sso|iam|pay|core|edge|pop|cdn|fra|ams|lon|nyc|sin|dub|par|ber|muc|sto|hel|osl|cph|zrh|mad|mil|waw|prg|vie|bru)(?:[0-9]{0,2})(?:-|$)"
)
_THING: Final = Pattern(
    r"\b(?:job|lambda|cron ?job|bucket|cluster|namespace|workspace|topic|flag|role|pipeline|repo(?:sitory)?|branch|schema|stored procedure|queue) (?=[\w.-]*[a-z][-_.][a-z0-9])[a-z][\w.-]{3,40}"
)
_NAMED: Final = Pattern(
    r"\b(?:project|operation|codename|code name|team|squad|tribe|(?:service|system|tool|script|job|framework) called|in-house (?:tool|system|framework)|playbook) [a-z][\w.-]{2,40}"
)
_GIVEN: Final = later(
    r"(?:Project|Operation|Codename|Team|Squad|Tribe|[Cc]alled|[Nn]amed|tool|system|framework|codename|code name|playbook) [A-Z][a-z]{2,14}\Z"
)
_GIVEN_TEAM: Final = later(r"(?:Team|Squad|Tribe) [A-Z]")
_IN_HOUSE: Final = Pattern(
    r"\b(?:in-house|our (?:own )?(?:internal |new |old |replacement|toggle|deploy\w*|build|billing|ledger|next|secret)|owns?|replacement for|on-?call|deploy\w*|internally|migrat\w+|pods?|service|code|codebase|rewrite|backend|squad|is the team|was switched|goes live|went live|is planned|budget)\b"
)
_ADVICE: Final = later(
    r"(?i)\b(?:you|your|please|yourself|set|option|setting|parameter|variable|error (?:code )?|api|sdk|endpoint|field|header|returns?|response|status|version|update to|upgrade|flight|model|part number|train|form|bus|room|gate|ward|road|licen[cs]e plate|standard|order|invoice|course|class|seat)\b"
)


def _survey(document: Document) -> Iterator[Hit]:
    low, raw = document.text.low, document.text.raw
    read_to = 0
    for found in _SHAPES.finditer(document.vocabulary(), low, raw):
        # A run is looked at once, however many signs that join it has.
        if found.start() < read_to:
            continue
        start = start_of_run(low, found.start(), "-_")
        run = _RUN.match(raw, start)
        read_to = run.end() if run else found.end()
        if document.scan[start] == FILLER or raw[start - 1 : start] in _JOINED:
            continue
        one = _SNAKE.match(raw, start) or _host(raw, start)
        if one and not _advises(document, *one.span()):
            yield Hit(*one.span())
    if "-" in raw:
        yield from _tickets(document)


def _host(raw: str, start: int) -> re.Match[str] | None:
    found = _HOST.match(raw, start)
    if found is None or _ZONE.match(found.group()):
        return None
    return found if _HOST_PART.search(found.group()) else None


def _advises(document: Document, start: int, end: int) -> bool:
    """Whether readers know a name, for they are told to set it or what answers with it."""
    raw = document.text.raw
    before = raw[max(0, start - 80) : start].rpartition(". ")[2]
    return _ADVICE.search(before + raw[end : end + 60].partition(". ")[0]) is not None


def _tickets(document: Document) -> Iterator[Hit]:
    """Numbers as trackers give them, where the words around speak of a tracker."""
    raw = document.text.raw
    for found in _TICKET_NUMBER.finditer(raw):
        project = _TICKET.search(raw, max(0, found.start() - 7), found.start())
        if project is None:
            continue
        start, end = project.start(), found.end()
        before, after = raw[max(0, start - 60) : start], raw[end : end + 60]
        if _TICKET_CUE.search(before) or _TICKET_AFTER.search(after):
            yield Hit(start, end)


_JOINED: Final = frozenset((".", "/", "@", ":", "#", "\\", "{"))


def _look(document: Document, sentence: Sentence) -> Hit | None:
    """A name that only insiders know: of a project, a team, a job or a store of data."""
    for found in document.each(_THING, sentence):
        return Hit(*found.span())
    for found in document.each(_NAMED, sentence):
        said = document.text.raw[found.start() : found.end()]
        if _GIVEN.match(said) and (_GIVEN_TEAM.match(said) or document.find(_IN_HOUSE, sentence)):
            return Hit(*found.span())
    return None


RULE = Rule(
    id="LEK-22",
    name="names-of-inside",
    category="leak",
    severity="warning",
    message="A name or number that only insiders know. Say what it does for readers.",
    better='"the job that sends the invoices"',
    source="PD",
    kinds=PUBLIC,
    survey=_survey,
    triggers=words(
        "branch bucket called cluster code codename cron cronjob flag framework house job lambda namespace operation pipeline playbook project queue repo "
        "repository role schema squad stored system team topic tribe workspace"
    ),
    look=_look,
    patterns=(_THING, _NAMED),
    bad=examples(
        "The flag send_second_letter stood on true.",
        "The disk of cache-lon-2 was full.",
        "The work is tracked under DOCK-418.",
        "Project Heron, our replacement for the till, went live too early.",
        "The job nightly-letter-run stopped at 02:00.",
        "Team Badger owns the tills.",
    ),
    good=examples(
        "The job that sends the invoices stopped at 02:00.",
        "Set `send_second_letter` to false in your settings.",
        "The weakness is listed as CVE-2021-44228.",
        "Train RE-418 leaves from platform 7.",
        "The letter says {end_day} where a day should stand.",
        "The library named Heron after its founder is closed.",
    ),
)
