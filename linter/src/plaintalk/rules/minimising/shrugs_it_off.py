"""MIN-16: a shrug in the wording: "largely unaffected", "though fairly short", "no big deal"."""

from typing import Final

from plaintalk.document import Document
from plaintalk.frames import first_of, frame
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import EVERYWHERE, Hit, Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import BAD, RUNS

_MOSTLY: Final = r"(?:largely|mostly|mainly|virtually|practically|almost (?:entirely|completely)|essentially|generally|hardly|barely|scarcely|minimally|only (?:slightly|partially|mildly|marginally|lightly|briefly)|just (?:slightly|briefly))"
_WELL: Final = r"(?:unaffected|not affected|unimpacted|unnoticed|unnoticeable|unharmed|unscathed|untouched|harmless|painless|transparent|invisible|functional|usable|available|operational|affected|impacted|noticeable|perceptible|visible|noticed|disrupted|inconvenienced|fine|normal)"
_FAIRLY: Final = r"(?:fairly|relatively|quite|rather|pretty|comparatively|reasonably|very|extremely|mercifully|thankfully|luckily)"
_SLIGHT: Final = r"(?:short|brief|small|minor|mild|harmless|limited|minimal|contained|isolated|short-lived|painless|uneventful|benign|quick)"
_DATA: Final = r"(?:information|details|personal information|personal data|data|credentials|records|content|metadata|fields|capacity|functionality|time|funds|money|history|logs)"
_PATTERN: Final = Pattern(
    rf"\b(?:was|were|is|are|been|remained|remains?|stayed|went|be) {_MOSTLY} {_WELL}\b"
    rf"|\b(?:though|although|albeit|while|however|but|if) (?:it (?:was|is) |they (?:were|are) )?{_FAIRLY} {_SLIGHT}\b"
    rf"|\b(?:{BAD}|cause|breach|leak|attack|exposure)(?: of [\w ]{{1,30}}?)? (?:was|were|is|are|has been|remained) (?:thankfully |fortunately |luckily |only |just |however )*{_FAIRLY} {_SLIGHT}\b"
    r"|\b(?:cause|reason|explanation|story|answer|fix|problem|issue) (?:is|was|turned out to be) (?:\w+ )?(?:simple|straightforward|easy|trivial|mundane|innocent|benign|silly|boring) (?:enough)?"
    rf"|\b(?:window|amount|number|extent|scope|risk|chance|damage|exposure|opportunity|likelihood|period)(?: (?:of|for|in|to)(?: [\w'-]+){{1,8}})? (?:was|is|were|are|remained) (?:\w+ )?(?:small|low|limited|minimal|short|tiny|negligible|minor|contained|slim|brief)\b(?! to\b| by\b)"
    rf"|\b(?:only |just )?an? (?:very |relatively |fairly |rather |extremely |quite )?(?:limited|small|minimal|modest|tiny|insignificant|negligible|minor|little) (?:amount|set|subset|quantity|portion|part|piece|bit|range|scope|slice) of (?:[\w'-]+ ){{0,2}}?{_DATA}\b"
    r"|\b(?:go(?:es|ne)?|going|went|drop(?:ped|s)?|cut|knocked|be|come|came|fall|fell) (?:down|offline|out|off|dark|unresponsive|away|unavailable) (?:very |only |rather |just |quite )?(?:briefly|momentarily|temporarily|for a (?:bit|moment|second|while|short \w+|few \w+))\b"
    r"|\b(?:not|n't|no|never|hardly|neither)(?: (?:that|such|really|in itself|by itself|exactly|an?|too|of))* (?:big|huge|major|serious|large|great) (?:of )?(?:a )?(?:deal|problem|issue|concern|loss|thing|drama|worry|disaster|harm)\b|\bno (?:biggie|biggy|sweat|worries|drama|harm done|real harm)\b|\bnothing (?:too |very |all that |particularly )?(?:serious|major|dramatic|to worry about|unusual|terrible|bad|lost)\b"
    rf"|\b(?:seemingly|apparently|supposedly|fairly|rather|pretty|quite|completely|otherwise|an? |this |some |such )(?: ?\w+)? ?(?:routine|everyday|mundane|garden-variety|run-of-the-mill|innocuous|benign|harmless|humdrum) (?:[\w-]+ )?(?:issues?|problems?|bugs?|glitch(?:es)?|errors?|mistakes?|faults?|failures?|hiccups?|outages?|incidents?)\b"
    r"|\b(?:simply|merely|just|only) (?:necessitat|requir|need|mean|meant|involv|entail|tak)\w* (?:\w+ )?(?:an? |the |some )?(?:\w+ ){0,2}?(?:reboot|restart|refresh|reload|re-?login|sign-?in|wait|retry|click|moment|minutes|patience|delay)\b"
    r"|\b(?:some|many|most|plenty|lots|a few) (?:of you|of our \w+|people|users|customers|visitors)(?: \w+){0,2} (?:no|without|never|little|not any|zero)(?: \w+)? (?:trouble|problems?|issues?|difficult(?:y|ies)|interruption|impact|disruption)\b"
    r"|\b(?:pretty|quite|rather|really|kind of|kinda|somewhat|fairly) (?:interesting|funny|fun|amusing|ironic|cool|neat|hilarious|fascinating|entertaining)\b"
    r"|\b(?P<joke>belly[- ]up|kaput|kaboom|poof|bam|gave up the ghost|bit the dust|kicked the bucket|threw a (?:tantrum|fit|wobbly)|had a (?:tantrum|meltdown|bad (?:day|hair day)|moment|nap)|keeled over|crapped (?:out|itself)|(?:took|taking|take|decided to take) a (?:nap|vacation|break|holiday|tumble|dive|siesta)|went (?:bonkers|haywire|bananas|nuts|kaput|to sleep|walkabout|awol)|what the (?:heck|hell|f\w*|devil)|hamsters?|squirrels?|fun fact|black magic|voodoo|dust bunnies|the dreaded|much[- ]dreaded|much dreaded|hosed|borked|nuked?|elves|into the ether|too good to be true|(?:a|an) (?:weird|odd|strange|funny) one|last fling|gnashing|happy (?:scrolling|gaming|hosting|shopping|coding)|friday the 13th|solar flares?|cosmic rays?|cross(?:ed)? (?:our |my )?fingers|fingers crossed|knock(?:ing)? on wood|touch(?:ing)? wood|holds? itself together|duct tape)\b"
    rf"|\b(?:only|merely|just) (?:an? )?(?:\w+ )?(?:minor|slight|limited|minimal|small|mild|marginal|brief|modest) (?:\w+ )?(?:impacts?|effects?|inconveniences?|changes?|delays?|{BAD})\b"
    rf"|\b(?:occasional|sporadic|isolated|scattered) (?:small |brief |short |minor )?(?:blips?|hiccups?|pauses?|stutters?|glitch(?:es)?)\b|\b{RUNS} (?:is|are|was|were) (?:a (?:bit|little|tad|touch)|slightly|somewhat) (?:slow|slower|sluggish|unstable|flaky|grumpy|unhappy|wobbly|busy|tired|cranky)\b"
)
_OLD_DATA: Final = Pattern(
    r"\b(?:most|much|the (?:majority|bulk)|some|all|part|a lot) of (?:the|this|that|these|those|your) (?:\w+ )?(?:data|information|records|files|documents|details|entries) (?:was|were|is|are) (?:\w+ )?(?:old|legacy|outdated|historic(?:al)?|dated|archival|stale|obsolete|test|dummy|non-?sensitive|public(?:ly available)?|already public|harmless|basic|limited|low[- ]risk|out of date|expired)\b"
    r"|\b(?:certain |only |some |very |relatively |fairly ){1,3}limited (?:\w+ )?(?:information|data|details|records|personal \w+|contact \w+)\b"
    r"|\b(?:access(?:ed)?|viewed?|saw|exposed?|disclosed?|obtained?|included?|involved?|contained?|copied) (?:to )?(?:\w+ )?limited (?:\w+ )?(?:information|data|details|records)\b"
    r"|\b(?:only|just|merely|mainly|mostly|largely|primarily) (?:contained|included|held|involved|concerned|affected|showed|consisted of) (?:\w+ )?(?:basic|old|limited|non-?sensitive|business contact|public(?:ly)?|harmless|generic)\b"
    r"|\b(?:data|information|details|records) (?:in question|involved|affected|concerned|exposed) (?:was|were|is|are) (?:\w+ )?(?:old|outdated|limited|basic|harmless|non-?sensitive|low[- ]risk|of little)\b"
)
_LIMIT_OF_OURS: Final = Pattern(
    r"\b(?:we|i) (?:currently |still |only )?(?:have|had|has|hold|provide|share|can)\b|\b(?:with|based on|provide|given) (?:only |very |the )?\Z"
)


def _keep_data(document: Document, sentence: Sentence, _: Match) -> bool:
    """Whether what others saw is made small, and not what we know or keep."""
    return document.find(_LIMIT_OF_OURS, sentence) is None and not document.quantity_near(sentence)


_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|should|keep|keeps|kept|ensure|ensuring|to (?:be|keep|have|ensure|minimi[sz]e)|will|expect(?:ed|s)?|may|might|could|can|not|n't|for|unlike|until|initially|first|normally|maintenance) (?:\w+ )?\Z"
)
_NEVER_MIND: Final = Pattern(r"(?:not|n't|no|never|nothing|hardly|neither)\b")
_NOT_IN: Final = Pattern(
    r"\b(?:no (?:small|minor) matter|scheduled|maintenance window|planned maintenance|expected to|was not (?:small|minor))\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    if found["joke"]:
        return True
    if document.quantity_near(sentence) or document.time_near(sentence):
        return False
    return bool(_NEVER_MIND.match(found.group())) or not before(
        document, sentence, found, _NOT_BEFORE, 20
    )


_FRAMES: Final = (
    frame(
        r"most|(?:vast |great |large )?majority|the bulk|nearly all|almost all|almost every|largely|overwhelmingly",
        r"situations|cases|time|customers|users|services|orders|functions?|functionality|features|requests|people|sites|instances|of you|payments|messages|functioned|parts|systems",
        r"normally|successfully|fine|as usual|available|up and running|actually|unaffected|not affected|working|worked|went through|without (?:any )?(?:problems?|issues?|interruption)|intact|untouched|as expected",
        unless=r"now|again|restored|back|recover\w*|so far|have been|resolved|should|will|still|however|lost|failed|unavailable|not all|don't|doesn't|tried|when",
    ),
    frame(
        r"all (?:of )?(?:our |the )?(?:\w+ )?(?:customers|users|services|regions|sites|clients|members|accounts|shops|people)|everyone|everybody|every (?:customer|user|region|site|client|member|account|shop)|nationwide|global|widespread|worldwide|company-wide|system-wide|(?:total|complete|full|general|entire|outright) (?:outage|failure|loss|shutdown|blackout|collapse|breakdown)",
        r"(?:did|does|do|was|were|is|are|has)(?: not|n't) (?:\w+ )?(?:hit|affect|impact|reach|involve|concern|been|an?|the)",
        unless=r"yet|still|we (?:are|were) not",
        reach=60,
    ),
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    hit = matching(_PATTERN, _keep)(document, sentence)
    if hit is None:
        hit = matching(_OLD_DATA, _keep_data)(document, sentence)
    if hit is not None or document.scan[sentence.end - 1] == "?":
        return hit
    if document.quantity_near(sentence) or document.time_near(sentence):
        return None
    return first_of(_FRAMES, document, sentence)


RULE = Rule(
    id="MIN-16",
    name="shrugs-it-off",
    category="minimising",
    severity="warning",
    message="It shrugs at what readers had to bear. Give the number, or leave it out.",
    better='"3 of 40 shops could not open their tills for 25 minutes"',
    source="SEED",
    triggers=words(
        "largely mostly mainly virtually practically almost essentially generally hardly barely scarcely "
        "minimally slightly partially mildly marginally lightly briefly though although albeit while "
        "however short brief small minor mild harmless limited minimal contained isolated painless "
        "uneventful benign simple straightforward easy trivial mundane innocent silly boring low tiny "
        "negligible slim modest insignificant little momentarily temporarily bit moment big huge major "
        "serious large great biggie biggy sweat worries drama harm dramatic worry unusual terrible bad lost routine "
        "everyday garden run innocuous humdrum simply merely just only trouble problem problems issue issues difficulty difficulties "
        "interruption impact disruption interesting funny fun amusing ironic cool neat hilarious "
        "fascinating entertaining belly kaput kaboom poof bam ghost dust bucket tantrum fit wobbly "
        "meltdown nap keeled crapped vacation break holiday tumble dive siesta bonkers haywire bananas "
        "nuts sleep walkabout awol heck hell devil hamster hamsters squirrel squirrels fact magic "
        "voodoo dreaded fingers wood together tape hosed borked nuke nuked elves ether good weird odd strange funny fling gnashing happy friday solar cosmic most majority bulk nearly overwhelmingly all everyone everybody every nationwide global widespread worldwide company system total complete full general entire outright occasional sporadic scattered tad touch somewhat certain very relatively fairly much part old legacy outdated historic access accessed viewed saw exposed disclosed obtained included involved contained copied merely mainly primarily data information details records"
    ),
    roles=EVERYWHERE,
    look=_look,
    patterns=(_PATTERN, _OLD_DATA, *(one.first for one in _FRAMES)),
    bad=examples(
        "Most of the records were outdated anyway.",
        "The stranger viewed limited information.",
        "The list only contained basic contact details.",
        "Access to the shop was largely unaffected.",
        "The pauses, though fairly short, were annoying.",
        "The cause is simple enough.",
        "The window of exposure was small.",
        "An intruder read a limited amount of personal information.",
        "The till would go down briefly and come back.",
        "A full disk is not a big deal in itself.",
        "What began as a seemingly routine disk problem took the whole day.",
        "The mail server went belly-up.",
        "The northern shops saw only minor impact.",
        "In most cases the order actually went through.",
        "This was not a complete outage.",
    ),
    good=examples(
        "We have limited information at this time.",
        "The list contained names and telephone numbers.",
        "3 of 40 shops could not open their tills for 25 minutes.",
        "The outage was fairly short: 4 minutes, from 10:00 to 10:04 UTC.",
        "A limited number of seats is left.",
        "Most invoices are sent at night.",
        "This was a big problem for shops.",
    ),
)
