"""What changes so that it does not happen the same way again."""

from typing import Final

from plaintalk.concrete import content
from plaintalk.cues.promises import measure_of
from plaintalk.document import Document
from plaintalk.finding import State
from plaintalk.pattern import Pattern, words
from plaintalk.text import Sentence

PREVENTION_WORDS: Final = (
    "bumped flipped tripled triple doubled installed renewed retired scheduled pinned ordered make fix use coordinate hide enforce configure standardize standardise develop develop cron alerts jobs checks configured enabled created i instead avoid avoids resilient resilience working learn analyzing committed learnings action roll rolls "
    "scaled expand expanded capacity upgrading removes adds sets set separate write document rotated "
    "added add adding changed change changing removed remove removing blocked blocks block limited "
    "limit limits require requires required test tests tested testing split alert alerts alerting "
    "stop stops copy copies check checks move moved moving replace replaced replacing update "
    "updated upgrade upgraded implemented implement implementing introduced introduce introducing "
    "increase increased increasing reduce reduced migrate migrating automate automated improve "
    "improved improving prevent preventing build building deploy deployed rewrite review "
    "reviewing done future again steps measures page pages switch adding ensure monitoring "
    "redundancy enable enabled disable disabled plan planning planned will fix we progress by under way ready due place date step already since longer now today tomorrow forward then monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december jan feb mar apr jun jul aug sept oct nov dec should extra patched reset closed # beef beefing beefed deeper analysis safer stronger harden hardening hardened additional tightened investigation audit look"
)
_CHANGE: Final = (
    r"(?:add|chang|remov|block|limit|requir|test|split|alert|stop|copy|copi|check|mov|replac|updat|upgrad"
    r"|implement|introduc|increas|reduc|migrat|automat|build|deploy|rewrit|switch|enabl|disabl"
    r"|improv|page|set|creat|separat|rais|lower|isolat|extend|expand|adopt|writ|audit|includ|refus"
    r"|harden|tighten|adjust|tun|configur|document|bump|flip|tripl|doubl|install|renew|rotat|retir|decommission|schedul|pin|order|purchas)"
)
_MEASURE = Pattern(
    rf"\b(?:i|i've|i have|i'm|i am|i'll|we|we've|we have|we are|we're|we will|we'll|we also|have|has been|have been|will be|are|is|now"
    rf"|will|to|plan to|going to|done:|also|and) (?:now |also |already |since |been |be |going to )*{_CHANGE}"
    r"(?:e|es|ed|d|ned|ting|ing|s|ping|pping|ped|y|ied|ten)?\b"
)
_AS_A_NOUN = Pattern(
    r"\b(?:plan(?:ning|s|ned)?|schedul\w+|order\w*|start\w*|going) (?:to (?:do|perform|carry out|have|make|start) )?(?:an? |the )(?:[\w-]+ ){1,3}?(?:upgrade|migration|replacement|move|switch|rewrite|expansion)\b"
)
"""A change told as a noun: "planning a memory upgrade"."""
_FUTURE_OR_AFTER = Pattern(
    r"\b(?:now|will|we'll|going to|planning|plan(?:s|ned)? (?:to|for)|by \d|are (?:\w+ing|also)|we're|prevent|future|so that"
    rf"|we(?:'ve| have) (?:\w+ ){{0,2}}?{_CHANGE}(?:e|es|ed|d|ned|ped|ied|ten|t)?"
    r"|from now on|done:|done |since then|again|avoid|next time|before it|as a (?:direct )?result of this|instead of|after this|since (?:this|the) (?:incident|outage)|to (?:catch|stop|detect|reduce))\b"
)
_VAGUE = Pattern(
    r"\b(?:taking|take|taken|took) (?:\w+ ){0,3}?(?:steps|measures|action)"
    r"|\b(?:steps|measures|safeguards) (?:have been|will be|are being|were)? ?(?:taken|implemented|put)"
    r"|\b(?:improv\w+|enhanc\w+|review\w*|investigat\w+|strengthen\w*) (?:\w+ ){0,4}?"
    r"(?:monitoring|alerting|process\w*|safeguards|testing|resilience|reliability|procedures|systems"
    r"|infrastructure|tooling|practices)"
    r"|\b(?:working (?:on|to|with|towards?|hard|closely|\w+ly)|looking|analy[sz]ing|exploring|investing|invest(?:ed|ments?)|committed|thoughts|measures|more resilient|long-?term|lessons?|learn\w*)\b[^.]{0,60}?(?:improv\w+|prevent\w*|avoid\w*|resilien\w+|solutions?|plans?|faster|quickly|detect|limit|ensure|future|again|applied)\b"
    r"|\b(?:have|has|had|'ve) (?:since |also |now |already )*(?:been )?(?:patched|closed|hardened|reset|tightened|strengthened|secured|upgraded|beefed up|improved)\b|\b(?:extra|additional|more|further|better|new|tighter|stricter|stronger) (?:\w+ )?(?:checks?|safeguards?|controls?|protections?|measures?|precautions?|monitoring|tests?|security|redundancy|capacity)\b"
    r"|\b(?:beef|toughen|shor|tighten|harden|strengthen|firm)(?:ing|ed)? (?:\w+ )?(?:up|things|our|the)\b|\b(?:continu\w+|ongoing|deeper|further|full|thorough|formal|still performing an?|conducting an?) (?:\w+ ){0,3}?(?:investigation|analysis|review|audit|post-?mortem)\b|\b(?:will|'ll) (?:also )?look (?:at|into) (?!you)\w+|\bpreventi(?:ve|tive|tative|on) (?:actions?|measures?|steps)\b|\bpreventative (?:actions?|measures?)\b"
    r"|\bmore resilient\b|\bmeasures (?:are|have|were|being)\b"
    r"|\bdo(?:ing)? (?:everything|all|our best|our utmost|whatever|what)\b[^.;]{0,50}\b(?:prevent|avoid|ensure|mitigate|stop)\b|\bhow (?:we|to) (?:can |could |might )?(?:\w+ )?(?:prevent|avoid)\b"
)
_AIM: Final = Pattern(
    r"\b(?:prevent|avoid)\w* (?:\w+ ){0,4}?(?:future|again|similar|recurr\w+|reoccurr\w+|repeats?)\b"
)
"""That it shall not happen again; a change is told only with what changes."""
_TELLING: Final = 2
"""Words that name what changes."""
_RESPONSE = Pattern(
    r"\b(?:for now|tonight|recovering|(?:moving|moved|rout\w+|shift\w+) (?:all |the |our )?traffic|(?:post|page|incident|status|thread|entry|notice|ticket) (?:\w+ )?will be updated|once we have|more information|looking into (?:it|this|the (?:issue|problem|matter))|potential fix|(?:working on )?(?:getting|resolving|restoring|fixing) (?:this|it|everything)|all hands on deck|(?:users|customers|maintainers|you|everyone|everybody) (?:\w+ )?should|working (?:on|towards?) (?:this|a|an|the) (?:\w+ )?(?:fault|fix|issue|problem|resolution|outage|solution to the)|as soon as the|(?:keep|stay) tuned|(?:will|'ll|look to|to|be|are) (?:\w+ ){0,2}?updat(?:e|ing) (?:you|this|the status|everyone|as|one|when|once|again|here|in|with|on)|'ll update|look to update"
    r"|(?:implemented|deployed|applied|identified|rolled out|are implementing|released|implementing|deploying) (?:a|the) fix(?! (?:so|which|that))|operating normally|not able to|unable to|keeping this"
    r"|what (?:happened|we are changing|changes|will change)|we are (?:monitoring|investigating|continuing)|rolled back|roll(?:ing)? back|restarted|"
    r"will (?:provide|share|post|update|continue to (?:monitor|provide)|keep)|reverted|being implemented"
    r"|what we (?:\w+ )?changed?|will (?:\w+ )?(?:write to|call|phone|tell|refund|pay|publish)|(?:wrote|written|writing) to|stopped the|without a test|(?:checked|compared|read|reviewed|searched|looked through) (?:the |all |every |our )?(?:\w+ )?(?:logs?|records|accounts|sign-ins)|(?:which|that) (?:has |have |had )?(?:restored|resolved|mitigated|recovered|allowed [^.;]{1,40} to recover)|manual intervention|healthy again|we're down|shifted (?:our )?focus|(?:investigating|identified|monitoring) -|fix (?:has been|was|is being) (?:implemented|deployed|rolled))\b"
)

_PLAN_TITLE = Pattern(
    r"\b(?:opportunities|resulting actions?|recommendations|moving for?ward|how (?:am i|are we|will we|we(?: are|'re|'ll| will)?) (?:fix|prevent|avoid)\w*|short[- ]term|long[- ]term|immediate actions?|tasks|to-?dos?|action items?|actions|next steps|prevent\w*|chang\w+|what we(?: are|'re)? (?:doing|changing)|improvements?|follow-?ups?|remediation|done|lessons|going forward|future|measures|corrective)\b"
)


def prevention(document: Document, sentence: Sentence) -> State | None:
    """A change that is done, under way or dated, with the thing that changes named."""
    known: dict[int, State | None] = document.memory.setdefault("prevention", {})
    if sentence.index not in known:
        known[sentence.index] = _judge(document, sentence)
    return known[sentence.index]


def _judge(document: Document, sentence: Sentence) -> State | None:
    if is_change(document, sentence) or _holds_from_now(document, sentence):
        return "answered"
    vague = document.find(_VAGUE, sentence) or document.find(_AIM, sentence)
    return "partly" if vague and not document.find(_RESPONDS, sentence) else None


_RESPONDS: Final = Pattern(
    r"\b(?:to|towards?) (?:a |an |the |its )?(?:\w+ )?(?:resolution|resolv\w+|restor\w+|recover\w*|rectif\w+)\b|\bto fix (?:this|the|it)\b|\b(?:asap|implement(?:ing)? a fix)\b"
)
_FROM_NOW: Final = Pattern(
    r"\b(?:from now on|from (?:today|tomorrow|next \w+|this \w+)|going forward,?|in future,?|(?:from|since|starting|as of|effective|beginning)(?: on| from)? (?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? |monday |tuesday |wednesday |thursday |friday |saturday |sunday )?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|then|monday|tuesday|wednesday|thursday|friday|saturday|sunday)(?: \d{1,2})?)\b"
)
_KEEPS_TO: Final = Pattern(
    r"\b(?:every|each|all|a second|two|always|by themselves|automatically|before|must|has to|have to|needs?|is (?:\w+ )?(?:matched|checked|compared|tested|blocked|refused|limited|confirmed|renewed|counted|kept|stored|copied|reviewed|approved|signed|on our)|are (?:\w+ )?(?:matched|checked|compared|tested|blocked|refused|limited|confirmed|renewed|counted|kept|stored|copied|reviewed|approved|signed)"
    r"|checks?|compares?|tests?|blocks?|refuses?|limits?|stops?|renews?|alerts?|warns?|requires?|asks?|keeps?|copies|watches|will|has been on|have been on|spare|gets? a)\b"
)
_OF_THE_STATE: Final = Pattern(
    r"\b(?:failed|unable|errors?|could not|couldn't|resolved|restored|normal(?:ly)?|operating|operational|stable|without (?:any |an? )?(?:errors?|problems?|issues?)|working|back|recovered|delayed|slow|down|experienced|unavailable|impacted|investigat\w+|updates?|publish|report|monitor\w*|open (?:from|without)|available)\b"
)


_NOW: Final = Pattern(
    r"\b(?:now|from now on)\b|\b(?:since|from) (?:then|that day|today|yesterday|last \w+|this \w+|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[^.;]{0,60}\b(?:for us|is|are|has|have|prints?|runs?|carries|holds?|checks?|keeps?)\b|\bno longer (?:needs?|depends?|relies|uses?|accepts?|allows?|lets?|runs?|shares?|stores?)\b"
)
_NO_HABIT: Final = Pattern(
    r"\b(?:we (?:are|have|can|know|believe|think|expect|see|also) now|we now (?:know|believe|think|see|expect|understand|have (?:confirmed|identified|restored|fixed))|now (?:that|know|believe|aware|confident|seeing|investigat\w+|monitor\w+|clos\w+|working|available|complete\w*|over|safe|happy|satisfied|looking|in the process|being|(?:\w+ )?(?:resolved|restored|fixed|recovered|back|stable|operational|normal\w*|online|up|ok|fine|correct|closed|open|running|processing|loading|responding|functioning|accessible|live))"
    r"|(?:is|are|has|have|been|be|should|was|were|everything|all|again|still|until|right|by|just|for) now|(?:looking|working|investigating|checking) (?:[\w-]+ ){0,4}?now|now(?=\W*\Z)|until now|will|would|could|please|you|your|not yet|apologi\w+|sorry|error rates?|latency|service|services|(?:operational|recovered|restored|resolved|mitigated|identified|fixed|deployed|rolled back|confirmed|seeing|available|online|safe|stable|normal\w*|working|closed|monitoring|investigating))\b"
)
_NOW_WORDS: Final = words("now longer since from")
_NOW_HELD: Final = Pattern(
    r"\b(?:are|is|have|has) now (?:\w+ )?(?:in a|checked|matched|compared|limited|separate\w*|random|blocked|refused|kept|stored|copied|encrypted|logged|watched|tested|reviewed|approved|split|shown|listed|counted|signed|required|locked|set to|part of|a|an|two|three)\b"
)


def _is_a_new_habit(document: Document, sentence: Sentence) -> bool:
    """Whether it is told what is done differently now: "the form now refuses a full day"."""
    if document.words(sentence).isdisjoint(_NOW_WORDS):
        return False
    if document.find(_NOW_HELD, sentence):
        return document.find(_VAGUE, sentence) is None
    return (
        document.find(_NOW, sentence) is not None
        and document.find(_NO_HABIT, sentence) is None
        and document.find(_VAGUE, sentence) is None
    )


def _holds_from_now(document: Document, sentence: Sentence) -> bool:
    """Whether a new habit is told with its beginning: "from 1 March two people get a message"."""
    return _is_a_new_habit(document, sentence) or (
        document.find(_FROM_NOW, sentence) is not None
        and document.find(_KEEPS_TO, sentence) is not None
        and document.find(_OF_THE_STATE, sentence) is None
        and document.find(_VAGUE, sentence) is None
    )


def is_change(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence names a change that is done, under way or dated, and not vaguely."""
    known: dict[int, bool] = document.memory.setdefault("changes", {})
    if sentence.index not in known:
        known[sentence.index] = _names_a_change(document, sentence)
    return known[sentence.index]


_PLEDGE = Pattern(
    r"\b(?:we (?:will|'ll|plan to|want to|intend to|commit to|are going to|are (?!investigating|monitoring|continuing|working)\w+ing|have started)|we'll|we're (?!investigating|monitoring|continuing|working)\w+ing|is to|in progress|under way|underway|in place|ready by|on our list|what comes next|done|we(?: have|'ve)? (?:already |also |since |now )?(?:\w+ed|put|gave|made|set|split|built|wrote|rewrote|cut|brought))\b"
)
_TALK = Pattern(
    r"\b(?:publish|report|share|say|tell|write|post|confirm|know|contact|update|inform|announce|follow up|hold|present|provide|send|answer|reply|do so|hear|apologi[sz]e|fixed|resolved|restored|restarted|rolled|reverted|identified|investigated|monitored|noticed|confirmed|learned|missed|failed|released|mitigated|deployed|implemented|applied|recovered|received|experienced|suffered|endured|had an?|lost|spotted|apologi[sz]ed|regretted|refunded|started to see|started seeing|observed|discovered|stopped)\b"
)
_STATED_DAY = Pattern(
    r"(?<![\w.])(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec) \d{1,2})\b|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}-[a-z]{3,9}-\d{4}\b|\bq[1-4]\b|\b(?:next|this) (?:week|month|quarter)\b|\bend of (?:the |this |next )?(?:week|month|quarter|year|(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec))\b"
)


def _is_dated_pledge(document: Document, sentence: Sentence) -> bool:
    """Whether we say of anything but talk that it is done or will be done by a day."""
    if not document.find(_STATED_DAY, sentence) or not document.find(_PLEDGE, sentence):
        return False
    return document.find(_TALK, sentence) is None


def _is_of_the_record(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence with a pledge speaks of a measure that the record lists."""
    record = document.record
    if record is None or not record.measures or measure_of(document, sentence) is None:
        return False
    return sentence.role == "item" or bool(
        document.find(_PLEDGE, sentence) or document.find(_STATED_DAY, sentence)
    )


def _names_a_change(document: Document, sentence: Sentence) -> bool:
    if _is_of_the_record(document, sentence) or _is_dated_pledge(document, sentence):
        return True
    planned = document.stands_under(sentence, _PLAN_TITLE)
    if planned and document.find(_TASK, sentence) and not document.find(_VAGUE, sentence):
        return True
    if not (planned and sentence.role == "item") and not (
        (document.find(_MEASURE, sentence) or document.find(_AS_A_NOUN, sentence))
        and (planned or document.find(_FUTURE_OR_AFTER, sentence))
        and not document.find(_RESPONSE, sentence)
    ):
        return False
    if document.find(_VAGUE, sentence):
        return _mechanism(document, sentence)
    if document.find(_AIM, sentence) is None:
        return True
    said = document.scan[sentence.start : sentence.end]
    return len(content(said)) >= _TELLING or _mechanism(document, sentence)


_TASK = Pattern(
    r"\A[\W_]*(?:\|\s*)?(?:add|make|move|migrate|implement|stop|hide|fix|update|change|replace|remove|enforce|require|limit|rotate|split|create|configure|enable|disable|schedule|coordinate|alert|block|upgrade|automate|standardi[sz]e|use|set(?: up)?|build|write|document|develop|introduce|test|separate|increase|reduce|extend) (?:[\w`'/-]+ ){2,}"
    r"|\b(?:cron|alerts?|checks?|tests?|monitors?|limits?|jobs?|rules?|backups?) (?:[\w-]+ ){0,4}?(?:scheduled|added|configured|created|enabled|set up)\b"
    r"|[-–—] done\W*\Z|\| ?(?:in progress|done|assigned|completed?)\b"
)
"""A thing to do, or done, in the clipped words of a list."""
_MECHANISM = Pattern(
    r"\b(?:so that|so (?:we|it|a|an|the|that)|which (?:will|now|stops|blocks|alerts|prevents|means)|when|before (?!they impact|it impacts|this)"
    r"|within \d|within (?:one|two|five|ten)|instead of|if (?:it|the|a|an|we)|at \d|by (?:\w+ing|checking)"
    r"|that (?:blocks?|stops?|alerts?|checks?|refuses?|detects?|catch(?:es)?|verif(?:y|ies)|will|would|prevents?))\b"
)


def _mechanism(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says how a change works."""
    return document.find(_MECHANISM, sentence) is not None


def has_mechanism(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says what a change will notice or stop, when, or how fast."""
    return _mechanism(document, sentence)
