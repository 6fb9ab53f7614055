"""DEF-14: "we responded immediately"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Hit, Rule, before, examples, matching, one_of
from plaintalk.text import Sentence
from plaintalk.vocabulary import NUMBER_WORD

_FAST = r"(?:quickly|immediately|promptly|swiftly|rapidly|instantly|speedily|expeditiously|very fast|right away|without delay|in no time|in record time)"
_ENDED = r"(?:resolved|remedied|fixed|caught|restored|mitigated|remediated|contained|corrected|repaired|rectified|solved|handled|dealt with|recovered)"
_PATTERN = Pattern(
    rf"\b(?:team|teams|engineers?|we|staff|everyone|technicians|colleagues|experts) (?:\w+ ){{0,3}}?(?:responded|worked|acted|reacted|moved|jumped|mobili[sz]ed|been working|are working|is working|working|working) (?:(?!as\b)\w+ ){{0,2}}?(?:{_FAST}|tirelessly|diligently|around the clock|fast|hard|into action|day and night|through(?:out)? the (?:night|weekend)|over the weekend|in shifts|all night|late into|non-?stop|relentlessly|feverishly|flat out|at full speed|professionally)\b"
    r"|\b(?:tirelessly|around the clock|round the clock|diligently|relentlessly|day and night|in record time|with lightning speed|at lightning speed|without hesitation)\b"
    rf"|\b(?P<told>(?:quickly|immediately|promptly|swiftly|rapidly) (?:\w+ )?(?:identified|detected|responded|acted|addressed|took action|took steps|jumped|{_ENDED}))\b"
    rf"|\b(?:is|was|were|been|be|and|incident|issue|problem|outage) (?:\w+ and )?{_ENDED}(?: and \w+)? (?:it |this |the (?:issue|problem) )?(?:quickly|promptly|swiftly|rapidly|very fast|speedily|within no time|in no time)\b"
    rf"|\b(?:was|were|been|able to) (?:quickly|promptly|swiftly|rapidly|immediately) (?:\w+ and )?(?:{_ENDED})\b"
    r"|\b(?:prompt|swift|rapid|speedy|quick|fast|immediate) (?:\w+ )?(?:resolution|response|action|reaction|remediation|intervention|thinking|turnaround)\b|\bbrevity of\b"
    r"|\b(?:remediation|fix|resolution|recovery|repair|mitigation) (?:once|itself|was|took|only|occurred)(?: \w+){0,3} (?:only|quick|fast|swift|within)\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:to|can|could|not|more|how|help\w*|should|will|be|must|ability to|us to|please|needs? to|faster|didn't|did not|for|after a|after|allow\w*|enabl\w+|ensure|require[sd]?|take|took|taking|improve|your|you|and our|customers|users|prevented|hindered|slowed|limited|delayed|as|with)(?: more| a| an)? \Z"
)
_NOT_IN = Pattern(rf"\d\d:\d\d|\b(?:\d+|{NUMBER_WORD}) (?:minutes?|seconds?|hours?)\b")
_EXCUSED = Pattern(r"\b(?:once|while|whilst|although|though|delayed|complex\w*)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _NOT_BEFORE):
        return False
    timed = document.find(_NOT_IN, sentence)
    return not timed or document.find(_EXCUSED, sentence) is not None


_ONGOING = Pattern(
    r"\b(?:are|is|will be) (?:\w+ ){0,2}?working\b|\A(?:diligently|around the clock|round the clock)\Z"
)


def _tell(_document: Document, _: Sentence, found: Match) -> Hit:
    # "Quickly identified" and "working hard" are mostly how the story goes on.
    ongoing = _ONGOING.search(found.group()) is not None
    return Hit(*found.span(), severity="suggestion" if found["told"] or ongoing else None)


_QUICK = Pattern(
    rf"\b(?:(?:was|were|been) able to|managed to|could) (?:{_FAST} )(?:[\w-]+ (?:and )?){{1,2}}|\b(?:was|were|been) able to (?:[\w'-]+ ){{1,9}}?(?:{_FAST})\b"
    rf"|\b(?:staff|team|teams|engineers?|technicians?|crew|colleagues|experts|specialists|organi[sz]ation|company|department|provider|people|we|i) (?:have |has |had |then |all )?(?:{_FAST} )?(?:sprang|jumped|leapt|swung|rallied|rushed|mobili[sz]ed|raced|dropped everything|scrambled)\b"
    rf"|\b(?:staff|team|teams|engineers?|technicians?|crew|colleagues|experts|specialists|we|they|people|department) (?:[\w']+ ){{0,5}}?(?:work(?:ed|ing)?|stayed|laboured|toiled|gave up|put in) (?:[\w']+ ){{0,4}}?(?:outside (?:of )?(?:normal|office|working|business|regular) hours|after hours|overtime|extra hours|long hours|without (?:a )?(?:break|sleep|rest)|until (?:late|the early)|every (?:minute|hour)|hand in hand|their (?:evening|weekend|holiday)s?|at full (?:speed|stretch)|under (?:great |high |enormous )?pressure|with all hands)\b"
    rf"|\b(?:matter|issue|problem|incident|fault|outage|situation|error|service|everything|breach|attack|posting) (?:was|were|has been|had been|is) (?:then |also )?(?:{_FAST} )(?:and (?:\w+ly )?)?(?!notic|detect|discover|identif|notif|inform|disabl|stopp|block|report|reset|isolat|paus|remov)(?:\w+ed|dealt with|put right|under control)\b"
    rf"|\b(?:acted|reacted|responded|moved|worked) (?:with (?:speed|urgency|care|determination|professionalism|the (?:utmost|greatest) \w+)|at once|in (?:no time|seconds)|decisively|professionally|{_FAST})\b|\b(?:mobili[sz]ed) (?:at once|immediately|quickly|our|all|every|the)\b|\bacting (?:quickly|fast|swiftly|promptly|decisively|immediately)\b"
    r"|\b(?:response|reaction|repair|recovery|handling|intervention|action|resolution) (?:was|has been|came) (?:\w+ )?(?:swift|quick|fast|prompt|effective|immediate|decisive|exemplary|professional|rapid)\b|\b(?:fought|battled|toiled|laboured|sweated|slaved) (?:\w+ )?(?:through|all|day|until|against|hard|for)\b"
)


_SAID_OF_NEXT = Pattern(
    r"\b(?:should|must|will|would|to|not|n't|too|did not|could have|so that|if|helps?|lets?|allows?|please|you|customers|users) (?:\w+ )?\Z"
)
_TIMED = Pattern(rf"\d\d:\d\d|\b(?:\d+|{NUMBER_WORD}) (?:minutes?|seconds?|hours?)\b|\bnot\b|n't\b")


def _keep_quick(document: Document, sentence: Sentence, found: Match) -> bool:
    if before(document, sentence, found, _SAID_OF_NEXT, 24):
        return False
    return document.find(_TIMED, sentence) is None


RULE = Rule(
    id="DEF-14",
    name="praises-its-speed",
    category="defensive",
    severity="warning",
    message="Praising yourself invites a check of the clock. Give the times.",
    better='"We noticed at 08:50 UTC, 38 minutes in"',
    source="BEN",
    triggers=words(
        "quickly immediately tirelessly promptly swiftly swift rapid rapidly diligently "
        "prompt instantly clock fast hard speedy timely jumped brevity speedily expeditiously "
        "immediate delay time night nonstop non stop relentlessly feverishly flat speed "
        "lightning hesitation professionally action intervention once remediation fix "
        "resolution recovery repair mitigation away round quick weekend shifts late worked able managed could staff team teams engineer engineers technician technicians crew sprang leapt swung rallied rushed mobilised mobilized raced dropped scrambled acted reacted responded moved acting outside overtime hours stayed laboured toiled gave evening evenings holiday holidays break sleep rest matter issue problem incident fault outage situation error breach attack response reaction handling fought battled toiled sweated slaved"
    ),
    look=one_of(matching(_PATTERN, _keep, _tell), matching(_QUICK, _keep_quick)),
    bad=examples(
        "Our repair was quick and effective.",
        "The library was able to restore its catalogue promptly.",
        "Our crew stayed without a break.",
        "The matter was swiftly put right.",
        "We acted with the utmost care.",
        "Our engineers responded immediately and worked tirelessly.",
        "The fault was caught and remedied quickly by our staff.",
        "The team quickly identified the fault.",
        "Thanks to the prompt resolution, all is well.",
    ),
    good=examples(
        "The crew stayed until 23:40 UTC.",
        "We did not act quickly enough.",
        "The library was able to restore its catalogue.",
        "We noticed at 08:50 UTC, 38 minutes in.",
        "The new check helps us to respond quickly.",
        "After a quick mitigation we saw recovery by 10:02 UTC.",
    ),
)
