"""LEK-19: numbers of the ticket desk and names of machines: "INC0042059", "`exports-7`"."""

from collections.abc import Iterator
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching

_NUMBER: Final = later(r"\d{3,}\b")
_DESK: Final = later(
    r"\b(?:(?:INC|PRB|CHG|MIR|REQ|RITM|S?C?TASK|PBI|CRQ|WO|SR)-?"
    r"|(?i:(?:ticket|problem|change|case|work order|service request) (?:number|no\.?|id|ref|reference|#):? ?#?)[A-Z]{0,6}-?)\Z"
)
_RUNS: Final = r"(?:runs|ran|hosts|hosted|serves|served|went (?:down|offline)|crashed|rebooted|was (?:rebooted|restarted|down|unreachable|overloaded|drained|cordoned|rebuilt|replaced|updated)|is (?:down|our|the (?:server|host|node|machine))|specifically|to use more|froze|hung|failed|stopped responding|and all other)"
_MACHINE: Final = later(
    rf"`(?P<name>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)`,? (?:which |who |that )?{_RUNS}\b"
    r"|\b(?:on|onto|off|host|server|node|machine|box|vm) `(?P<name2>[a-z][a-z0-9]*(?:-[a-z0-9]+)*)`(?=[ .,;)]? ?(?:from|to|was|which|specifically|had|and|has|were|using|,|\.|$|\n))"
)
_PLACE: Final = Pattern(
    r"\b(?:in|inside|from|into) (?:an?|the|our|my) (?:[\w-]+ ){0,3}?(?:closet|basement|server room|garage|attic|cage|broom cupboard)\b"
    r"|\b(?:alerts?|alarms?|pages|pagers?|war ?room|incident (?:bridge|thread|room))(?: \w+){0,3} (?:firing |posted |shared |opened |came |went |raised |started |created |sent )?(?:in|on|via|to|over) (?:the |our |an? |internal |private )*(?:slack|discord|teams|mattermost|pagerduty|opsgenie|zoom|hangouts?|google meet|jira|servicenow|victorops)\b"
    r"|\b(?:hackmd|google|notion|confluence|internal|private|coda|quip|dropbox paper) (?:\w+ )?(?:post-?mortem |retro\w* |incident )?(?:docs?|documents?|page|write-?up)\b"
    r"|\b(?:pagerduty|opsgenie|victorops|nagios|icinga|zabbix|datadog|prometheus|alertmanager|statuscake|pingdom)(?:,? (?:and )?\w+)? (?:will |would |to |shall |lets? |can |should |alerted|paged|woke|notified|called|fired|rang)(?:\w+ ){0,3}?\w*"
)
_NOT_HOSTS: Final = frozenset(
    [
        "main",
        "master",
        "production",
        "staging",
        "latest",
        "stable",
        "true",
        "false",
        "null",
        "none",
        "root",
        "admin",
        "localhost",
        "develop",
        "dev",
        "test",
        "default",
    ]
)


_DESKS: Final = words("inc prb chg mir req ritm task sctask ctask pbi crq wo sr")
_NUMBERS: Final = words("number id ref reference")
_PLACES: Final = words(
    "closet basement room garage attic cage cupboard slack discord teams mattermost pagerduty opsgenie zoom "
    "hangouts meet jira servicenow victorops hackmd google notion confluence wiki private coda quip "
    "dropbox internal nagios icinga zabbix datadog prometheus alertmanager statuscake pingdom"
)


def _survey(document: Document) -> Iterator[Hit]:
    raw, said = document.text.raw, document.vocabulary()
    named = not _DESKS.isdisjoint(said) or not _NUMBERS.isdisjoint(said)
    for found in _NUMBER.finditer(raw) if named else ():
        desk = _DESK.search(raw, max(0, found.start() - 40), found.start())
        if desk:
            yield Hit(desk.start(), found.end())
    if "`" in raw:
        for found in _MACHINE.finditer(raw):
            if (found["name"] or found["name2"]) not in _NOT_HOSTS:
                yield Hit(*found.span())


RULE = Rule(
    id="LEK-19",
    name="inside-numbers",
    category="leak",
    severity="warning",
    message="Readers cannot look this up, and it maps your inside. Say what it did for them.",
    better='"the machine that sends invoices"',
    source="PD",
    survey=_survey,
    triggers=_PLACES,
    look=matching(_PLACE),
    bad=examples(
        "Ticket number: INC0042059.",
        "Problem record PRB0010141 was opened.",
        "The certificate on `hagrid` had run out.",
        "The server stands in a locked closet.",
        "Alerts were firing in Slack.",
    ),
    good=examples(
        "The machine that sends invoices was full.",
        "Set `retries` to 3 and try again.",
        "The fault is listed as CVE-2021-44228.",
        "Follow us on Mastodon for updates.",
    ),
)
