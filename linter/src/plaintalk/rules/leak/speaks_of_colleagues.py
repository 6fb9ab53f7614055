"""LEK-23: a colleague spoken of by name, told by what people do and by whose things they are."""

import re
from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.people import any_of
from plaintalk.rule import PUBLIC, Hit, Rule, examples
from plaintalk.text import FILLER, Sentence

_NAME: Final = r"(?P<name>[A-Z][a-z\u00e0-\u017f]{1,14}(?:-[A-Za-z][a-z\u00e0-\u017f]{1,14})?)(?: (?:[A-Z]\.|van|von|de|al|el|da|di|bin)?(?: ?[A-Z][a-z\u00e0-\u017f'-]{1,16}))?"
_ROLE: Final = any_of(
    "engineers? developers? admins? administrators? sysadmins? dbas? sres? operators? technicians? testers? analysts? architects? consultants? contractors? interns? trainees? apprentices? "
    "colleagues? leads? managers? supervisors? foreman clerks? accountants? caretakers? electricians? plumbers? mechanics? nurses? drivers? dispatchers? planners? officers? assistants? secretary "
    "teachers? porters? guards? installers? moderators? maintainers? programmers? team_lead data_chief head_of_[a-z]+ release_manager shift_leader duty_manager on-call"
)
_DEEDS: Final = (
    "phoned texted rang typed clicked forgot thinks believes reckons slept overslept woke drove pushed merged reverted rebooted restarted redeployed patched unplugged mistyped quit resigned "
    "(?:is|was)_(?:restarting|looking|working|fixing|rebuilding|driving|investigating|digging|typing|asleep|ill|sick|paged|woken) (?:is|was)_on_(?:call|duty|holiday|leave|vacation|parental) (?:is|was)_off_(?:sick|duty) "
    "(?:has|had)_(?:gone_home|the_(?:key|password|details)|already|left|quit|resigned|restarted|rebooted|pushed|merged|reverted|a_(?:patch|fix|look)|found_the) "
    "(?:will|would)_(?:look|restart|take_over|fix|rebuild|push|deploy|swap|drive|phone|call_back) "
    "takes?_over took_over handed stepped logged_(?:in|on|into) ssh'd "
    "(?:says|said|noted|told_us|wrote|confirmed|suspects|suggested|mentioned)_(?:that|the|it|he|she|there|this|in|on) "
    "(?:ran|deleted|dropped|changed|edited|copied|approved|reviewed|signed)_(?:the|a|an|off|it|all|his|her|our) noticed_(?:that|the|it) found_(?:the|a|out) knows_(?:how|the|this|about) left_(?:us|the_company|in)"
)
_DID: Final = any_of(_DEEDS)
_THINGS: Final = any_of(
    "laptop machine desk password phone script change commit pr pull_request branch shift key badge holiday login mistake computer notes query hotfix patch idea suggestion fix workaround handover absence departure resignation "
    "wife husband team account keyboard inbox fault wedding illness replacement predecessor successor deputy ssh_key credentials token session terminal"
)
_ACTS: Final = later(
    rf"(?<![\w@./-]){_NAME}(?:,? (?:who|again|himself|herself|then|later|also))? (?:{_DID}|(?:and|&) [A-Z][a-z]+ (?:are|were|have|had|will|restarted|rebuilt|found|swapped|replaced|fixed|took|take))\b"
)
_OWNS: Final = later(rf"(?<![\w@./-]){_NAME}['\u2019]s? (?:\w+ )?{_THINGS}\b")
_GETS: Final = later(
    rf"\b(?i:woke|waking|paged|phoned|rang|pinged|messaged|texted|assigned to|handed (?:over )?to|escalated to|pushed by|merged by|deployed by|written by|reviewed by|approved by|signed off by|caused by|typed by|deleted by|fixed by|found by our|thanks to our|(?:our|the) (?:[\w-]+ )?(?:[\w-]+ )?{_ROLE}),? {_NAME}\b(?! (?:&|Ltd|GmbH|Inc|Group|University|Company))"
)
_CALLED: Final = later(
    rf"(?<![\w@./-]){_NAME},? (?:\(|, )?(?:our|the|a|an|one of our) (?:[\w-]+ ){{0,3}}?{_ROLE}\b"
)
_LISTED: Final = later(
    rf"\b(?:[Oo]wner|[Rr]eviewer|[Aa]ssignee|[Ss]cribe|[Aa]uthor|DRI|IC|[Cc]ommander|[Ll]ead|[Ee]ngineer|[Oo]n-call|[Aa]pprover|[Dd]uty|[Rr]eporter|[Ww]ritten by|[Pp]repared by): ?{_NAME}"
)
_TEAMED: Final = later(
    rf"(?<![\w@./-]){_NAME}(?: (?:and|&) [A-Z][a-z-]+)?,? (?:from|in|of|on) (?:the |our )(?:[\w-]+ ){{0,2}}?(?:team|squad|infra\w*|ops|operations|platform|helpdesk|help desk|IT|devops|SRE|networking|accounting|payroll|second line|back office|night shift|day shift)\b"
)
_TITLED: Final = later(
    r"\b(?:our|the) (?:[\w-]+ ){0,4}?(?:nurses?|clerks?|staff|engineers?|colleagues?|drivers?|teachers?|officers?|technicians?|cleaners?|guards?)[^.;]{0,40}?(?P<name>(?:Mr|Ms|Mrs|Miss)\.? [A-Z][a-z]+)"
)
_BEGUN: Final = (_ACTS, _OWNS, _CALLED, _TEAMED)
"""They begin with the name."""
_LED: Final = (_GETS, _LISTED, _TITLED)
_CAPITAL: Final = later(r"(?<![\w@./-])[A-Z][a-z\u00e0-\u017f]{1,14}")
_ONE: Final = _ROLE.replace("s?", "")
_WORDS: Final = Pattern(
    "|".join(rf"\b{one}\b".replace("_", " ") for one in _DEEDS.split())
    + rf"|'s (?:\w+ )?{_THINGS}\b|\b(?:our|the|a|an|of our) (?:[\w-]+ ){{0,3}}?{_ONE}\b|\b(?:paged|waking|pinged|messaged|texted|assigned to|escalated to|handed (?:over )?to|(?:pushed|merged|deployed|written|reviewed|approved|signed off|caused|typed|deleted|fixed) by)\b"
    r"|\b(?:owner|reviewer|assignee|scribe|author|dri|ic|commander|approver|reporter|written by|prepared by) ?:|\bfrom (?:the |our )(?:[\w-]+ ){0,2}?(?:team|squad|infra|infrastructure|ops|operations|platform|helpdesk|desk|it|devops|sre|networking|accounting|payroll|line|back office|shift)\b|\b(?:nurses?|clerks?|colleagues|staff) (?:[\w-]+,? ){0,6}?(?:mr|ms|mrs|miss)\b"
)
_LEADS: Final = words(
    "woke waking paged phoned rang pinged messaged texted to by our engineer developer admin administrator sysadmin dba sre operator technician tester analyst architect consultant contractor intern trainee colleague lead manager supervisor foreman clerk "
    "accountant caretaker electrician plumber mechanic nurse driver dispatcher planner officer assistant secretary teacher porter guard installer moderator maintainer programmer chief leader owner reviewer assignee scribe author dri ic commander approver duty reporter mr ms mrs miss call"
)
_LAST_WORD: Final = later(r"([A-Za-z]+)[,:.]* \Z")
_NO_NAMES: Final = words(
    "the then when after before while although though because since once our your his her their its it this that these those they we he she you every each some one two three four another nobody everybody somebody someone everyone anyone who whoever what "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december however instead unfortunately luckily later finally also yesterday today during and but for from with without "
    "google amazon aws microsoft github cloudflare azure slack stripe apple facebook meta oracle linode digitalocean ovh hetzner fastly heroku docker redis postgres mysql kubernetes nginx linux windows mac android chrome firefox safari "
    "support engineers engineering operations customers users staff team teams service services traffic system systems server servers security finance marketing sales management legal human a an as at by if in is no not of on or so to up "
    "had has have was were is are did do does will would can could should may might must let please dear yes unless until where why how there here all any both few many more most other such only own same too very just now new old first last next several no-one none data people passengers patients residents drivers nurses teachers parents pupils students guests members visitors "
    "pagerduty opsgenie jira grafana jenkins statuspage bank company hospital school council police parliament government ministry north south east west europe asia america africa london paris berlin dublin frankfurt amsterdam"
)
_PUBLIC: Final = later(
    r"(?i)\b(?:chief|ceo|president|chair\w*|founder|managing director|spokes\w+|protection officer|press|ombuds\w+|minister|mayor|thank\w*|credit\w*|researcher|report(?:ed|s)? (?:to us|by)|customers?|contact|write to|follow|tweet|dear|your|professor|dr\b)"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    said = document.text.raw[sentence.start : sentence.end]
    names = [one.start() for one in _CAPITAL.finditer(said) if _may_name(one.group())]
    if not names:
        return None
    found = _begun(said, names) or _led(said, names)
    if found is None or document.scan[sentence.start + found.start()] == FILLER:
        return None
    return Hit(sentence.start + found.start(), sentence.start + found.end())


def _may_name(word: str) -> bool:
    low = word.lower()
    return low not in _NO_NAMES and _NO_PERSON.match(low) is None


def _begun(said: str, names: list[int]) -> re.Match[str] | None:
    for at in names:
        for pattern in _BEGUN:
            found = pattern.match(said, at)
            if found and _is_a_colleague(found, said):
                return found
    return None


def _led(said: str, names: list[int]) -> re.Match[str] | None:
    for at in names:
        lead = _LAST_WORD.search(said, max(0, at - 20), at)
        if lead and lead[1].lower() in _LEADS:
            for pattern in _LED:
                for found in pattern.finditer(said, max(0, at - 90)):
                    if _is_a_colleague(found, said):
                        return found
    return None


def _is_a_colleague(found: re.Match[str], said: str) -> bool:
    """Whether a name is that of a person, and nobody whom readers are meant to know."""
    first = found["name"].split("-")[0].split(" ")[0].lower()
    if first in _NO_NAMES or _NO_PERSON.match(first):
        return False
    return _PUBLIC.search(said) is None


_NO_PERSON: Final = later(
    r"(?:\w+(?:ing|tion|ment|ness|ity|ers|ors|ists|ance|ence|ware|base|works|soft)|[a-z]+s'?)\Z(?<!nes)(?<!las)(?<!mas)(?<!ris)(?<!kus)(?<!cus)(?<!ars)(?<!ans)(?<!gnes)(?<!ens)(?<!las)(?<!nis)(?<!nas)(?<!ias)"
)


RULE = Rule(
    id="LEK-23",
    name="speaks-of-colleagues",
    category="leak",
    severity="warning",
    message="Names a colleague. Use the role, or leave the person out.",
    better='"our on-duty engineer"',
    source="PD",
    kinds=PUBLIC,
    triggers=words(
        "a already an approved approver asleep assigned assignee author back believes call caused changed clicked commander confirmed copied deleted deploy "
        "deployed details digging dri drive driving dropped drove duty edited escalated fix fixed fixing forgot found from gone handed holiday ic ill infra "
        "infrastructure investigating key knows leave left logged look looking mentioned merged messaged miss mistyped mr mrs ms noted noticed off our over "
        "overslept owner paged parental password patch patched phone phoned pinged prepared push pushed quit ran rang rebooted rebuild rebuilding reckons "
        "redeployed reporter resigned restart restarted restarting reverted reviewed reviewer s said says scribe sick signed slept ssh stepped suggested "
        "suspects swap take texted the thinks told took typed typing unplugged vacation waking woke woken working written wrote"
    ),
    look=_look,
    patterns=(_WORDS,),
    probed=False,
    bad=examples(
        "The alarm woke Ragna, who drove to the yard.",
        "Torvald has gone home with the key.",
        "It ran from Ottoline's laptop.",
        "Our duty technician Ulla Brandt restarted the pump.",
        "Reviewer: Ottoline Marsh.",
        "Ragna from the night shift saw it first.",
    ),
    good=examples(
        "Our on-duty technician restarted the pump.",
        "We thank Ottoline Marsh, who reported this to us.",
        "Google restarted the machines.",
        "Monday's change was taken back.",
        "Our chief executive Ulla Brandt has written to every household.",
    ),
)
