"""What a text tells of an event by the shape of its sentences, where no listed word says it.

Whoever can write about any product may name any thing and any mishap. What stays the same is the
grammar: what went wrong stands in the past tense and is said of a named thing, why it went wrong is
a second such sentence or is joined to the first ("as", "so", "after"), who was hit is a number of
something or a group told apart by a place or a habit. These are asked for only where the lists of
`questions` leave an answer open.
"""

from collections.abc import Iterable
from typing import Final

from plaintalk.concrete import GENERIC
from plaintalk.cues.questions import SYMPTOM
from plaintalk.document import MISSING, NUMERAL, Document, Evidence
from plaintalk.pattern import Pattern, Tokens, words
from plaintalk.text import Sentence
from plaintalk.vocabulary import FOLK, PEOPLE

_IRREGULAR: Final = words(
    "was were had did went came got gave took ran sent saw led fell broke cut hit shut left lost kept held "
    "stood drew drank let made meant thought told sold blew burst threw grew knew wore tore stole froze "
    "rang sang sank spoke woke wrote began forgot became stuck struck hung spun slid shot sat lay fled felt "
    "dealt crept built bent bought brought caught fought taught paid said put set overran overrode "
    "overwrote withdrew swept bit flew rose drove chose bled fed swung sought spent slept wound ate hid "
    "couldn didn wasn weren hadn wouldn could"
)
"""Verbs in the past tense that do not end in "ed"; of "wasn't" stands its first part."""
_NO_VERB: Final = words(
    "need feed speed indeed bed shed seed embed exceed proceed succeed red led hundred kindred sacred naked "
    "wicked rugged affected impacted concerned"
)
_NOT_FINITE_AFTER: Final = words(
    "have has is are be been being ve will to the a an our your their its this that these those all any "
    "every each no fully now re s by of with some new and"
)
"""Before a word in "ed", one that makes it no past tense: "has restored", "the restored"."""
_OF_THE_RESPONSE: Final = words(
    "thank thanks sorry apologise apologize apologies apology apologised regret regrets appreciate "
    "understanding restored resolved fixed repaired recovered mitigated remedied corrected refunded "
    "replaced informed contacted investigated monitored notified alerted complained noticed "
    "discovered detected learned learnt spotted wrote asked offered promised compensated credited "
    "reimbursed reset rolled reverted restarted affected impacted unaffected impact concerned influenced "
    "involved will won would please should might hope believe trust assure rest counted checked "
    "compared reviewed searched marginal hardly slight"
)
"""Words of a sentence that tells how it ended, what we did about it, or what we think of it."""
_DENIALS: Final = words("no nothing none nobody neither only never not at luckily fortunately")
"""First words of a sentence that says what did not happen, or how little did."""
_PLAIN: Final = GENERIC | words(
    "thank thanks patience sorry apologise apologize apologies apology regret inconvenience dear team regards hello hi "
    "all january february march april may june july august september october november december jan feb "
    "mar apr jun jul aug sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday "
    "utc gmt est pst cet cest pdt edt today yesterday tomorrow morning noon afternoon evening night hour "
    "hours minute minutes day days week weeks date subject title update resolved monitoring identified "
    "investigating fixed restored recovered resolution fix fixes rollback normal normally working back "
    "operational completed complete closed over done matter status page bearing bear waiting wait loyalty "
    "understanding ll ve re t s d m don doesn didn isn wasn aren weren couldn hasn haven won began begin "
    "started ended finished says said say know knew think see saw seen get got gets share shared post "
    "posted until since open down once than then here there am pm nothing noone nobody little stand delay "
    "delays report reports note numbers degradation degraded latency slow slowness delayed experienced experiencing "
    "intermittent intermittently elevated seeing believe sincerely apologies aware continued monitor happened"
)
"""Words that name no part of any product and no group of people."""
_FEWEST: Final = 2
"""Named things in a sentence that tells of an event."""


def _names(listed: Iterable[str]) -> int:
    """How many words of a sentence name something."""
    return sum(1 for word in listed if len(word) > 1 and word not in _PLAIN)


def _is_told_in_the_past(listed: list[str]) -> bool:
    before = ""
    for word in listed:
        if word in _IRREGULAR or (
            word.endswith("ed") and word not in _NO_VERB and before not in _NOT_FINITE_AFTER
        ):
            return True
        before = word
    return False


def _may_be(here: Tokens) -> bool:
    """Whether "may" stands in a sentence and is no month."""
    return "may" in here and NUMERAL not in here


def _tells_an_event(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says of a named thing what it did or what was done to it."""
    listed, here = document.listed[sentence.index], document.words(sentence)
    return (
        bool(listed)
        and listed[0] not in _DENIALS
        and here.isdisjoint(_OF_THE_RESPONSE)
        and not _may_be(here)
        and _is_told_in_the_past(listed)
        and _names(listed) >= _FEWEST
    )


_JOINED: Final = Pattern(
    r"(?:, |\b)(?:because|since|after|as)(?! (?:of|from|well|soon|usual|a result|part|to|possible|expected|normal|planned|always|long|much|many|it should|such|the (?:start|first|last|beginning)|then|late|early|\d)\b) (?:(?:the|a|an|our|its|their|one|two|some|no|it|they|we) )?[\w'-]+ (?:[\w'-]+ ){0,6}?(?:was|were|had|did|has|is|are|went|came|got|gave|took|ran|sent|saw|led|fell|broke|cut|hit|shut|left|lost|kept|held|stood|let|made|meant|blew|burst|grew|wore|froze|began|became|struck|hung|lay|put|set|wasn't|weren't|didn't|couldn't|\w{3,}ed)\b"
    r"|, (?:since|because|as) (?!well\b|soon\b|usual|a result|part\b|planned|expected|always|long\b|much\b|many\b|it should|such\b|it must\b|you\b|the (?:start|first|last|beginning)|then\b|\d|of\b|from\b|to\b|it were\b)(?:[\w'-]+ ){2}[\w'-]+"
    r"|, (?:and )?so (?!that\b|far\b|we\b|please\b|you\b)(?:[\w'-]+ ){1,6}?(?:was|were|had|did|could|couldn't|went|got|ran|stood|fell|lost|\w{3,}ed|didn't|wasn't|weren't)\b"
    r"|: (?:an? |the |our |its )?(?:[\w'-]+ ){1,5}?(?:was|were|had|did|returns?|went|ran|broke|is|stood|lost|read|\w{3,}ed)\b"
    r"|\bsince (?:the |our |an? )(?:[\w-]+ ){0,3}?(?:update|release|change|version|move|switch|migration|upgrade|reform|rebuild|redesign)\b"
    r"|\b(?:an?|the|our|one) (?:[\w'-]+ ){0,3}?(?:release|update|upgrade|version|build|patch|change|deploy|deployment|migration|import|export|backup|job|run|script|rule|filter|robot|bot|model|code|program|parser|template|translation|setting|switch|test|restart|clean-?up|sync|mail-?out|employee|technician|supplier|provider|courier|contractor|virus|worm|storm|attack|mistake|error|fault|bug|surge|spike|explosion|leak|loop|mismatch|backlog|outage) (?:[^,.;:]{0,40} )?(?:took|ran|sent|cut|hit|shut|left|lost|put|set|let|made|broke|gave|led|kept|held|filled|locked|turned|cancelled|canceled|deleted|removed|blocked|stopped|overwrote|mixed|doubled|sorted|moved|changed|closed|switched|brought|threw|dropped|slowed|starved|triggered|exhausted|held up|knocked|evicted|amplified|stalled|emptied|reset|misread|answered|disabled|enabled)\b"
)
"""A clause that says why, joined to what it explains."""


def explanation(document: Document) -> Evidence:
    """Why it happened, told without a word for "cause".

    Either a joined clause says so, or beside the sentence with the symptom another one tells of
    something that happened.
    """
    told = document.element("symptom").sentence
    for sentence in document.text.sentences:
        if sentence.role == "heading" or not _tells_an_event(document, sentence):
            continue
        if document.find(_JOINED, sentence):
            return Evidence("answered", sentence)
        if told is None:
            told = sentence
        elif told is not sentence and not document.find(SYMPTOM, sentence):
            return Evidence("answered", sentence)
    return MISSING


WORKS_AGAIN: Final = Pattern(
    r"\b(?:can|could)(?! (?:not|never)\b) (?:now )?(?:be )?\w+|\bagain\b|\b(?:is|are|'s) (?:\w+ )?(?:open|on|up|live|online|back|visible|right|over|unblocked)\b"
    r"|\b(?:works?|loads?|syncs?|runs?|plays?|shows?|succeeds?|flows?)\b|\b(?:has|have) (?:been |now |\w+ly )*(?:gone|lifted|cleared|remedied|restored|resolved|resumed|reopened|mended|abolished|corrected)\b"
    r"|\b(?:restored|resumed|resolved|cleared|reopened|mended|lifted)\b"
)
_UNFELT: Final = words(
    "thank thanks sorry apologise apologize apologies regret please will ll would hope refunded credited "
    "compensated offered"
)
_IS: Final = words("is are has have can cannot was were does do don isn aren")


def felt(document: Document) -> Evidence:
    """What people felt: a thing that something happened to, or that works again."""
    for sentence in document.text.sentences:
        if _tells_an_event(document, sentence):
            return Evidence("answered", sentence)
    part = _of_a_part(document)
    return Evidence("partly", part) if part else MISSING


def _of_a_part(document: Document) -> Sentence | None:
    """The first sentence that says of a named thing how it is or was."""
    for sentence in document.text.sentences:
        listed = document.listed[sentence.index]
        here = document.words(sentence)
        if not here.isdisjoint(_UNFELT) or not _names(listed):
            continue
        if (
            _names(listed) >= _FEWEST
            or sentence.role in ("heading", "subject", "label")
            or not here.isdisjoint(_IS)
            or _is_told_in_the_past(listed)
            or document.find(WORKS_AGAIN, sentence)
        ):
            return sentence
    return None


_NO_HARM: Final = words(
    "refunded refund checked tested reviewed visited contacted informed hired trained wrote written restored reset "
    "offered credited compensated thank thanks will ll counted paused sorry might would"
)
_MONTH: Final = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_MEASURED: Final = r"(?:minutes?|mins?|hours?|hrs?|days?|seconds?|weeks?|months?|years?|times|steps|versions?|metres|euros?|pounds|dollars|degrees|items?|things|points|ms|errors|codes|responses|retries|attempts|copies|reasons|stages|parts|names)"
_COUNTED: Final = Pattern(
    rf"(?<![\w.,:/-])\d[\d.,]* ?(?:%|per ?cent) of (?!the time\b)\w+"
    rf"|(?<![\w.,:/-])(?!(?:19|20)\d\d\b)\d[\d,]* (?!{_MEASURED}\b|{_MONTH}\b|and\b|to\b|of\b|in\b|at\b|on\b)(?:of (?:our |the )?)?(?:(?!{_MEASURED}\b)[a-z'-]+ )?(?!{_MEASURED}\b)[a-z]{{3,}}s\b"
)
"""A number of something, wherever it stands in a sentence that tells what went wrong."""
_GROUP: Final = Pattern(
    r"\b(?:all|both|every|half of|a third of|a quarter of|two thirds of|most of) (?!of\b|this\b|that\b|is\b|are\b|day\b|night\b|time\b|has\b|have\b|the time\b|systems\b|two\b|three\b|four\b|five\b|ten\b)(?:of )?(?:our |the |your )?[a-z'-]{3,}"
    rf"|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:of (?:our |the )?)?(?!{_MEASURED}\b)(?:[a-z'-]+ )?(?!{_MEASURED}\b)[a-z]{{3,}}s\b|\byour (?:\w+ )?(?!patience\b|understanding\b|trust\b|support\b)[a-z]+s\b"
    rf"|\b(?!(?:this|its|was|is|has|does|as|us|thus|plus|yes|always|perhaps|less|status|hours|minutes|days|weeks|months|years|times|thanks|apologies|steps|reports|errors|issues|problems|delays|outages|updates|rates|failures|names)\b)[a-z]{{3,}}s (?:who|whose|with|using|without|from|under|in|on|hosted in) (?!(?:this|that|it|us|you|time|order|our|error|some|what|where|which|general|{_MONTH}|\w+day)\b|\d)(?:the |an? )?[a-z]+"
)
"""A group told apart, where it is what the sentence is about."""
_PLAN: Final = Pattern(
    r"\b(?:enterprise|business|premium|free|pro|basic|beta|starter) (?:plan|tier|channel|tariff|edition|customers|users)\b|\b(?:plan|tier|channel|edition|tariff|version) only\b|\b(?:zone|region|cluster|wave|wing|ward|floor|district|hall|terminal) [a-z0-9]\b|\bin version \d"
)
_DESCRIBED: Final = Pattern(
    rf"\b(?:{PEOPLE}|{FOLK}) (?:who|whose) (?!(?:are|were|had been|have been|experienced|noticed|reported|let|wrote|told|waited|helped|may|might) )[a-z]+"
)
"""People told apart by what they do."""
_NO_SUBJECT: Final = words(
    "we our is are has have not no because since some small few subset minority handful"
)
"""Words behind which a group is not what a sentence is about."""


def _is_the_subject(document: Document, sentence: Sentence, at: int) -> bool:
    """Whether no verb stands before an offset."""
    before = document.flat[sentence.start : at].split()
    return _NO_SUBJECT.isdisjoint(before) and not _is_told_in_the_past(before)


def _names_a_group(document: Document, sentence: Sentence) -> bool:
    if any(document.find(one, sentence) for one in (_COUNTED, _PLAN, _DESCRIBED)):
        return True
    found = document.find(_GROUP, sentence)
    return found is not None and _is_the_subject(document, sentence, found.start())


_ALL_UP: Final = Pattern(
    r"\ball (?:the |our |of our |\w+ )?(?:services?|systems?|servers?|sites?|components?|nodes?) (?:are|is|were|have been|should be) (?:now |again |fully )*(?:working|up|back|online|operational|running|restored|normal|reachable|available|recovered|fine)"
)


def whom(document: Document) -> Evidence:
    """Who was hit: so many of something, a group told apart, or at least a part of the product."""
    for sentence in document.text.sentences:
        here = document.words(sentence)
        if not here.isdisjoint(_NO_HARM) or _may_be(here):
            continue
        if not _names_a_group(document, sentence) or document.find(_ALL_UP, sentence):
            continue
        if (
            "again" in here
            or document.find(SYMPTOM, sentence)
            or _tells_an_event(document, sentence)
        ):
            return Evidence("answered", sentence)
    part = _of_a_part(document)
    return Evidence("partly", part) if part else MISSING


_NEW_HABIT: Final = Pattern(
    r"\b(?:is|are) now (?:\w+ly |also |always )?(?!affected|impacted|resolved|restored|fixed|recovered|closed|completed|mitigated|confirmed|identified|deployed|complet|expected|delayed|degraded|stabili|being|seen|believed|caught|cleared|reopened|finished|monitored)(?:\w+ed|done|read|put|kept|held|sent|made|built|written|drawn|taken|given|set|shown|run)\b"
    r"|\b(?:is|are) (?:\w+ed|done|read|put|kept|held|sent|made|written|taken|given|set|shown|run) (?:\w+ )?(?:now|once|first|twice|only|automatically|by (?:itself|themselves|two))\b"
    r"|\b(?:can't|cannot) (?!affect|impact|see\b|use\b|be\b)(?:[\w-]+ ){1,7}?(?:any ?more|any longer)\b|\b(?:has|have) no (?:\w+ )?(?:access|right|permission)s? (?:any ?more|any longer|now)\b|\b(?:is|are) no longer (?:possible|allowed|accepted|needed|shared|stored|used|able|sent|made|read|kept)\b"
    r"|\bnow (?:\w+ly |also |always )?(?:gets?|goes|looks?|needs?|asks?|covers?|drops?|returns?|rings?|prints?|moves?|publish(?:es)?|carr(?:y|ies)|takes?|waits?|buys?|calls?|reads?|counts?|compares?|refuses?|rejects?|shows?|sends?|uses?|stops?|warns?|checks?|has|have|runs?|keeps?|starts?|holds?|come|comes|tests?|stays?|must|lists?|writes?|requires?|restarts?|scans?|splits?|limits?|blocks?)\b(?! (?:been|normal\w*|as (?:usual|expected|normal)|again|fine|access|stable|completed?|confirmed|identified|resolved|restored|recovered|fixed|implemented|deployed)\b)"
    r"|\b(?:switched|turned) off for\b|\b(?:in|from|since|with) version \d[\d.]* (?:on|onwards?|drops?)\b|\brenaming\b"
)
"""What is done differently from now on, in the present tense."""
_NO_HABIT: Final = words(
    "you please monitoring investigating investigate thank thanks sorry resolved restored recovered normal normally "
    "available operational stable working know believe aware error latency"
)
_PLEDGED: Final = Pattern(
    r"\b(?:guarantee\w*|promis\w+|never (?:again|\w+)|not (?:\w+ ){1,3}?(?:again|any ?more|any longer)|no (?:\w+ ){1,6}?(?:any ?more|any longer|again|ever)|for good|once and for all|for all time|(?:will|'ll|can) (?:not|no longer|never) (?:\w+ ){0,4}?(?:\w+)|won't|can(?:no|')t (?:\w+ ){1,4}?(?:again|any ?more|any longer)|impossible|beyond reproach|(?:error|fault|sabotage|fool)-(?:free|proof)|free of errors)\b"
    r"|\b(?:has|have|'ve|is|are|be|been|being) (?:\w+ly |been |also |now |already )*(?:set in motion|put in place|taken (?:\w+ )?(?:precautions|steps|measures|to)|arranged|revisited|strengthened|improved|upgraded|enhanced|sharpened|adapted|overhauled|internali[sz]ed|envisaged|tightened|intensified|optimi[sz]ed|refreshed|paid down|sensiti[sz]ed|reminded|stepped up|upped|put on a new|given (?:\w+ ){1,4}?a)\b"
    r"|\b(?:we'll|we will|we are|we're|will|intends? to|aims? to|want to|wants to|going to|working to|is to|shall) (?:\w+ )?(?:raise|improve|strengthen|consider|see|reflect|continue to mature|liaise|focus|learn|take (?:more|better|greater) care|be (?:more|better|improved|maintained|reviewed|examined|strengthened|taken|put|raised|paid|weighed|free|critically)|do better|pay|press|examine|rethink|work on|look at|explor\w+|hold\w*|invest\w*|press\w*|sharpen|receive|have better|arrive at|get (?:better|right))\b"
    r"|\b(?:more|better|greater) (?:care|attention|thorough\w*|conscientious\w*|careful\w*|vigilan\w+|awareness|conversations|dependable|reliable|robust|resilien\w+)\b|\b(?:upped|stepped up|raised) our\b|\bis a (?:focus|priority)\b|\b(?:can|could|to) be (?:done|made) (?:\w+ )?better\b|\bdone differently\b|\b(?:further|additional|several|more|extra|various) (?:\w+ )?(?:hardening|precautions?|measures?|gates?|steps|training)\b|\bevery(?:thing| effort) is being done\b|\bputting in the work\b|\bget(?:ting)? better\b|\bfresh attention\b"
)
"""A vow that it will not happen again, or an intention without a thing to do."""
_NOT_PLEDGED: Final = words(
    "update updates you please monitoring monitor investigating investigate identified resolve resolving restore "
    "conducted sorry fix thank"
)
_VOWED: Final = Pattern(
    r"\b(?:guarantees?|guaranteed|(?:we|you) (?:have our|can|hereby)? ?(?:promise|warrant|vow|pledge)|we hereby|(?:will|'ll) (?:never|not|no longer) (?!function|run|open|start|return|resume|come|be able|update|be charged|need|have to|send|know|affect|be affected|be impacted|work|receive|be available|be possible)|won't (?!need|be able|work|affect|be charged|be affected|know|receive)|will (?:stay|remain) (?!open until|here|closed until|unavailable|down|offline|available)|never (?:\w+ )?again|(?:in|for) the (?:future|long run)|for good|for ever|for all time|once and for all|free of (?:errors|faults|bugs)|cannot (?:happen|occur|recur|lose|fail|break|go wrong)|has (?:been )?abolished|no chance|second to none)\b"
)
"""A vow that it will not happen again."""
_INTENDED: Final = Pattern(
    r"\b(?:will|we'll|'ll|shall|going to|intends? to|intend to|aims? to|wants? to|(?:is|are|needs?) to be) (?:also |soon |now |further |soon be )?(?:be )?(?!(?:be|probabl\w+|likely|wait\w*|function|able|also|continu\w+|provid\w+|updat\w+|post\w*|shar\w+|keep\w*|monitor\w*|inform\w*|contact\w*|writ\w+|tell\w*|told|refund\w*|credit\w*|publish\w*|open\w*|clos\w+|speak\w*|return\w*|receiv\w+|see|get|answer\w*|call\w*|send\w*|sent|show\w*|notif\w*|arriv\w+|need\w*|find|resolv\w+|restor\w+|recover\w*|fix\w*|repair\w*|replac\w+|work\w*|deliver\w*|pay|paid|process\w*|run|help\w*|follow\w*|announc\w+|report\w*|know|hear|say|give|happen\w*|let|a|an|the|in|at|on|back|available|unavailable|normal\w*|complet\w+|tak\w+ (?:a|an|until|\d|some|about|up)|no|not|never|lost|ready|done|delayed|affected|impacted|there|here|investigat\w+|looking|mitigat\w+|experienc\w+|start\w*|stop\w*|end|reach\w*|catch\w*|drop\w*|retr\w+|sen\w*|respond\w*|appear\w*|remain\w*|stay\w*|come|go|do|have|use|access\w*|log|sign|apologi\w+|bring\w*|put|leave|hold)\b)[a-z]{3,}"
    r"|\b(?:is|are) being (?!investigat|restor|process|sent|work|resolv|mitigat|deploy|roll|monitor|look|contact|inform|deliver|fix|repair|replac|redirect|rerout|address|handl|migrat|affect|impact|asked|held|queued|moved|applied|implemented)[a-z]{3,}(?:ed|en|ne|wn)\b"
)
"""What will be done or is being done, where it is neither talk nor the repair."""


def measure(document: Document) -> Evidence:
    """What changes: a habit that is new, or at least a vow or an intention."""
    best = MISSING
    for sentence in document.text.sentences:
        here = document.words(sentence)
        if (
            here.isdisjoint(_NO_HABIT)
            and document.find(_NEW_HABIT, sentence)
            and _names(document.listed[sentence.index]) >= _FEWEST
        ):
            return Evidence("answered", sentence)
        if best.sentence is None and (
            document.find(_VOWED, sentence)
            or (
                here.isdisjoint(_NOT_PLEDGED)
                and (document.find(_PLEDGED, sentence) or document.find(_INTENDED, sentence))
            )
        ):
            best = Evidence("partly", sentence)
    return best


_BACK: Final = Pattern(
    r"\b(?:works?|working|loads?|syncs?|runs?|plays?|takes?|accepts?|reach(?:es)?|arrives?|arriving|goes|go|get|gets|updates?|shows?|sends?|have|has|is|are|am|start|starts|can|opens?|prints?|delivers?|receives?|flows?|fly|flies|carry|carries|treated|responds?|counts?|rings?|it's|that's|they're) (?:[\w'-]+,? ){0,9}?again\b"
    r"|\bcan (?:now )?(?:be )?(?!not\b|never\b|you\b|we\b|i\b|only\b|happen\b|see\b)\w+ (?:[\w'-]+ ){0,7}?again\b"
    r"|\b(?:is|are) (?:now |all |fully |finally )*(?:open|unblocked|mended|gone|past)(?! (?:for|to|on|from|until|at|about|source|today|only|and)\b)|\b(?:is|are) (?:now |both |all )*(?:online|back online|on)(?=\W*\Z)"
    r"|\b(?:has|have) (?:now |been |all |finally |\w+ly )*(?:gone(?! (?:up|down|through|out|live|wrong))|lifted|remedied|reopened|mended|abolished|put (?:\w+ )?right|cleared(?: up)?)\b|\bputs? (?:this|that|it|things) right\b"
    r"|\b(?:do|does)(?: not|n't) (?:[\w-]+ ){1,4}?(?:any ?more|any longer)(?=\W*\Z)|\ball systems (?:are )?(?:normal|up|go|green)\b"
    r"|\A\W*(?:done|closed|fixed|solved|over)\W*\Z|\b(?:were|was|been) (?:on time|fast|well)\b"
)
"""A thing that does what it had stopped doing."""
_NOT_BACK: Final = words(
    "offered offer restart restore start to isn wasn doesn aren not never no if when until once before after will ll would should could happen happens happened may might try please "
    "sorry nobody nothing cannot can why expect hope believe fail fails failed failing unavailable still error errors "
    "was were had happening occur occurs down experiencing slow seeing investigating monitoring partly partially"
)
_STILL_BACK: Final = _NOT_BACK - words("can was were had no not")
_MAY_DO: Final = Pattern(
    r"\A(?:\W*\w+:? )?(?:[\w'-]+ ){1,5}?can (?:now )?be \w+(?=\W*\Z)|\A(?:[\w'-]+ ){1,5}?(?:works?|loads?|syncs?|runs?|(?:is|are) (?:now |all |both )*(?:open|right|visible|complete|correct|empty|fast|whole|steady|clean|accurate))\b"
)
"""In a closing message, that a thing can be used says that it could not."""


_MOST: Final = 7
"""Words of a sentence that says no more than that a thing does what it is for."""
_NO_PRESENT: Final = words(
    "we i you our your it this that they he she no not never thank thanks sorry apologies please only who why what how "
    "of some few slight small minor problem problems issue issues incident outage fault as is are has have subject title "
    "stutter stutters flicker flickers lag lags crawl crawls without out late slow wrong less loses lose drops drop stops stop breaks break hangs hang takes take all uptime"
)


def _is_a_plain_present(document: Document, sentence: Sentence) -> bool:
    """Whether a sentence says shortly, in the present tense, what a thing does: "files sync"."""
    listed = document.listed[sentence.index]
    return (
        sentence.role == "text"
        and document.scan[sentence.end - 1] in ".!"
        and 1 < len(listed) <= _MOST
        and document.words(sentence).isdisjoint(_NO_PRESENT)
        and not _is_told_in_the_past(listed)
        and _names(listed) > 0
        and document.find(SYMPTOM, sentence) is None
    )


def over(document: Document) -> Evidence:
    """That it is over, said of the thing that works again."""
    closes = document.kind == "closure"
    for sentence in document.text.sentences:
        here = document.words(sentence)
        if not here.isdisjoint(_STILL_BACK):
            continue
        if document.find(_BACK, sentence) or (
            closes and (document.find(_MAY_DO, sentence) or _is_a_plain_present(document, sentence))
        ):
            return Evidence("answered", sentence)
    return MISSING


_HOUR: Final = r"(?:noon|midnight|midday|\d{1,2}(?:[:.]\d\d)?)(?: ?[ap]\.?m\b\.?)?"
_HOURS: Final = Pattern(
    rf"\b(?:from|between) {_HOUR} (?:to|until|till|and|through) {_HOUR}(?![\w%:.]*\d)(?![a-z])(?! ?(?:{_MONTH}|{_MEASURED}|st|nd|rd|th|of|%|percent|per|gb|mb|kb|users?|customers?|requests?)\b)"
    rf"|\b\d{{1,2}} ?[–-] ?{_HOUR}(?<=m)\b"
)
_NOT_THE_HARM: Final = words(
    "open staffed reach call phone available will may might please maintenance planned"
)


def hours(document: Document) -> Evidence:
    """From one hour to another, where they are written without minutes."""
    for sentence in document.text.sentences:
        if sentence.index not in document.digits or not document.find(_HOURS, sentence):
            continue
        if not document.words(sentence).isdisjoint(_NOT_THE_HARM):
            continue
        if document.find(SYMPTOM, sentence) or _is_told_in_the_past(
            document.listed[sentence.index]
        ):
            return Evidence("answered", sentence)
    return MISSING
