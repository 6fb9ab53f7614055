"""LEK-18: who did what and where they were: "Ayla was asleep", "the three of us were away"."""

from typing import Final

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, examples, matching
from plaintalk.text import Sentence

_NAME: Final = r"(?P<name>[A-Z][a-z]+(?:[A-Z][a-z]+)*[A-Z]{0,2}|`?@[A-Za-z][\w-]{1,30}`?)"
_CREW: Final = (
    r"(?:took the lead|showed up|turned up|woke up|got up|was (?:next in|asleep|paged|away|travelling|already (?:on|awake|keyed|looking|there))"
    r"|set to work|drove (?:to|out|in|over|down)|went (?:in|down|over|out) (?:to|and)|had to (?:go|drive|come(?! first\b)|travel|walk|get up|be woken)"
    r"|jumped (?:in|on)|stepped in|logged (?:in|on)|came online|is on (?:holiday|vacation|leave|call)|was on (?:holiday|vacation|leave|call)"
    r"|(?:physically|manually) (?:turn|reboot|restart|replac|power|swap|connect)\w*)"
)
_DOES: Final = Pattern(rf"\b{_CREW}\b")
_WHO: Final = later(rf"(?<![\w@./`-]){_NAME} (?:then |also |finally |quickly |and \w+ )?\Z")
_REACH: Final = 60
_WHERE: Final = Pattern(
    r"\b(?:(?:the )?(?:two|three|four|both|all|most|some|several|rest) of us|(?:key |several |all |our |the |most |both |two |main |lead |senior )+(?:admins?|administrators?|engineers?|operators?|staff|people|developers?|maintainers?|sysadmins?|moderators?|technicians?)|everyone|everybody|nobody|i|we|he|she)"
    r"(?:'s|'m|'re)? (?:\w+ )?(?:(?:was|were|is|are|being|had been|am) )?(?:all |both |still |fast |away |already )*"
    r"(?:asleep|sleeping|out of (?:town|the office|office|the country|reach)|attending (?:an?|the|our)|travell?ing|in bed|on (?:a|the|my|our) (?:plane|flight|train|beach|road|way home)|abroad|camping|at (?:an?|the|my) (?:conference|wedding|party|funeral|dinner|meeting|summit|retreat)|without (?:internet|reception|a laptop))\b"
    r"|\b(?:additional|extra|more|off-duty|backup) (?:staff|personnel|engineers|technicians|people|hands|crew|experts)(?: \w+){0,2} (?:arriv\w+|called in|brought in|flown in|pulled in|rushed|on (?:their|the) way)\b"
    r"|\b(?:bolster|beef up|strengthen|increase|reinforce|reduce|cut) (?:our |the )(?:\w+ )?(?:staff|staffing|headcount|team)\b"
    r"|\b(?:level|tier|l)[ -]?[23] (?:\w+ ){0,2}?(?:admins?|system admins?|engineers?|technicians?|support|noc|team|escalation)\b"
    r"|\bi (?:did not|didn't|never) (?:receive|get|see|hear|notice) (?:the|any|an|that|a) (?:\w+ )?(?:notices?|alerts?|alarms?|pages?|e-?mails?|messages?|notifications?|calls?|texts?|sms)\b"
    r"|\bmy (?:\w+ )?(?:paypal|credit card|bank account|card|illness|health|doctor|landlord|employer|studies|exams?|pocket|savings|email (?:checking )?routine)\b"
    r"|\b(?:ran|used|charged) my (?:own )?card\b|\b(?:energy|health|family|personal|money|mental health) (?:crisis|emergency|problems|matters|issues|reasons)\b"
    r"|\b(?:can|could|can't|cannot|couldn't|not|unable to|able to)(?: \w+)? (?:financially )?afford (?:to |an? |the |more |another |multiple |extra |two )(?!be\b|lose\b|wait\b|let\b|such\b)"
    r"|\bfinancially\b"
    r"|\binternal (?:\w+ ){0,2}?(?:channel|chat|thread|bridge|ticket|wiki|meeting|mailing list|group chat|runbook|escalation|war room|standup)\b"
    r"|\b(?:specialists?|experts?|engineers?|technicians?|staff|admins?|administrators?|colleagues|operators?)(?: \w+)? (?:was|were|is|are)(?:(?:n't| not)(?: \w+)? (?:present|on[- ]site)|(?:n't| not)?(?: \w+)? (?:reachable|unreachable|unavailable|off work|off duty|short-staffed|working from home|in the (?:office|data ?cent(?:er|re)|building|country)|in quarantine|sick))\b"
)
_PRONOUN: Final = Pattern(r"\b(?:he|she|his|her|himself|herself)\b")
_PERSONAL: Final = later(
    r"(?<![\w@./`-])(?<![.!?:] )(?P<name>[A-Z][a-z]{2,14})(?:'s|\u2019s)? (?:[a-z]+ ){0,5}(?:his|her|he|she|himself|herself)\b"
    r"|^(?P<first>[A-Z][a-z]{2,14})(?:'s|\u2019s)? (?:[a-z]+ ){0,5}(?:his|her|he|she|himself|herself)\b"
)
"""A name and, right behind it, "he" or "her": a person is spoken of."""
_LETTER: Final = later(r"(?i)\b(?:dear|mrs?|ms|attacker|patient|claimant|former|founder)\b")
_COMPANY: Final = words(
    "google amazon aws microsoft github cloudflare azure slack stripe apple facebook meta oracle "
    "linode digitalocean ovh hetzner fastly heroku docker redis postgres mysql kubernetes nginx "
    "it this that they we you he she support engineers everyone everybody nobody customers users "
    "service services traffic system systems server servers"
)
_NO_NAMES: Final = words(
    "the then when after before while although though because since once our your his her their every each "
    "some one another nobody everybody monday tuesday wednesday thursday friday saturday sunday january "
    "february march april may june july august september october november december however instead "
    "unfortunately luckily later finally also yesterday today during and but for from with without"
)
_PUBLIC: Final = later(
    r"(?i)\b(?:follow|tweet|contact|reach|ask|thank\w*|credit\w*|customers?|users?|if you|your)\b"
)


_PRIVATE_MATTER: Final = Pattern(r"(?:energy|health|family|personal|money|mental health) ")
_OF_THE_CREW: Final = Pattern(
    r"\b(?:i|we|my|he|she|his|her|us|engineers?|admins?|administrators?|maintainers?|founder|colleagues?|lead|developers?|operators?|technicians?|due|because|owing|some)\b"
)


def _somewhere(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a place is told of the crew, and not of readers."""
    if _PRIVATE_MATTER.match(found.group()) and not _OF_THE_CREW.search(
        document.scan, sentence.start, sentence.end
    ):
        return False
    return not _PUBLIC.search(
        document.text.raw, max(sentence.start, found.start() - _REACH), found.start()
    )


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_WHERE, _somewhere)(document, sentence)
    if hit is not None:
        return hit
    raw = document.text.raw
    for found in document.each(_DOES, sentence):
        who = _WHO.search(raw, max(sentence.start, found.start() - _REACH), found.start())
        if who is None or who["name"].strip("`@").lower() in _COMPANY:
            continue
        if not _PUBLIC.search(raw, max(sentence.start, who.start() - _REACH), who.start()):
            return Hit(who.start(), found.end())
    return _by_name(document, sentence)


_PRONOUNS: Final = frozenset(("he", "she", "his", "her", "himself", "herself"))


def _by_name(document: Document, sentence: Sentence) -> Hit | None:
    """A colleague's name followed by "he" or "her", as no company and no month has it."""
    if document.words(sentence).isdisjoint(_PRONOUNS):
        return None
    said = document.text.raw[sentence.start : sentence.end]
    for found in _PERSONAL.finditer(said):
        name = (found["name"] or found["first"]).lower()
        if name in _COMPANY or name in _NO_NAMES or _LETTER.search(said):
            continue
        if not _PUBLIC.search(said):
            return Hit(sentence.start + found.start(), sentence.start + found.end())
    return None


RULE = Rule(
    id="LEK-18",
    name="names-the-crew",
    category="leak",
    severity="warning",
    message="Who was where belongs in the internal review. Say what the service did, and when.",
    better='"nobody acted on the alarm for 5 hours; it now rings a second phone"',
    source="PD",
    triggers=words(
        "asleep sleeping town reach office country attending travelling traveling bed plane flight train beach road "
        "abroad camping conference wedding party funeral dinner meeting summit retreat reception laptop "
        "additional extra backup arriving called brought flown pulled rushed way bolster strengthen staffing headcount "
        "level tier noc receive hear paypal credit bank card illness health doctor landlord employer "
        "studies exams pocket savings crisis emergency personal family afford financially internal present "
        "site unreachable reachable unavailable duty quarantine sick home lead showed turned woke got next paged away "
        "set drove went had jumped stepped logged came holiday vacation leave physically manually keyed alarm alert notice page he she his her himself herself"
    ),
    look=_look,
    patterns=(_WHERE, _DOES, _PRONOUN),
    bad=examples(
        "Sanna checked her phone before lunch and found the full disk.",
        "Sanna took the lead and found the full disk.",
        "Unfortunately our admins were asleep.",
        "The two of us were attending a fair when it broke.",
        "More technicians are on their way to the hall.",
        "I did not get the alarm until noon.",
        "We cannot afford another server at the moment.",
    ),
    good=examples(
        "Every guest got his or her money back.",
        "The court for family matters could not take new cases.",
        "Requests for leave in family emergencies were not passed on.",
        "Dear Ms Norrland, your daughter can use her card again.",
        "Nobody acted on the alarm for 5 hours; it now rings a second phone.",
        "Everyone can sign in again.",
        "You may have to go to the settings page.",
        "We cannot afford to lose your trust.",
        "Google had to go through all its zones.",
    ),
)
