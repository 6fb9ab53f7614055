"""DEF-20: the failure was rare, hard to find or badly timed, and the change was standard."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_FAILURE: Final = (
    r"(?:issues?|problems?|bugs?|failures?|outages?|incidents?|faults?|causes?|errors?|behaviou?rs?|conditions?|scenarios?|situations?|cases?"
    r"|attacks?|events?|interactions?|combinations?|vulnerabilit(?:y|ies)|exploits?|worms?|symptoms?|diagnosis|debugging|troubleshooting|investigation"
    r"|diagnosing|exhaustion|corruption|races?|deadlocks?|leaks?|security|networking|dns|circumstances|complexity|this|it|that|these|things)"
)
_HARD: Final = (
    r"(?:(?:extremely|very|quite|rather|really|incredibly|fairly|highly|exceptionally|particularly|especially|exceedingly|pretty|so|surprisingly|notoriously|truly|inherently|also|somewhat) )?"
    r"(?:rare|uncommon|unique|exceptional|extraordinary|elusive|insidious|obscure|exotic|unintuitive|counter-?intuitive|unheard of|unlikely|one of a kind|a one-off|(?:complicated|complex|tricky|subtle|hard|difficult|tough|challenging|impossible)(?: and \w+)? to \w+)"
)
_FIND: Final = (
    r"(?:find|finding|diagnos\w+|detect\w*|reproduc\w+|debug\w*|track\w*|spot\w*|trac(?:e|ing)|identify\w*|pin\w*|notic\w+|isolat\w+|catch\w*"
    r"|determin\w+|locat\w+|understand\w*|troubleshoot\w*|analy[sz]\w+|discover\w*)"
)
_BEFORE_IT: Final = r"(?:before|prior to|ahead of|when) (?:this|the|that|these|it|any of)"
_PATTERN: Final = Pattern(
    rf"\b{_FAILURE} (?:itself )?(?:is|was|are|were|has been|proved|proved to be|turned out to be|seems?|seemed) (?:\w+ (?:and )?)?{_HARD}\b"
    rf"|\b(?:was|were|is|are|being) (?:\w+ )?(?:unique|exceptional|extraordinary|unprecedented) in (?:\w+ )?\w+"
    r"|\b(?:not|never|rarely|seldom) (?:\w+ )?(?:commonly|usually|normally|often|typically|generally|ordinarily|widely) (?:encountered|seen|observed|known|hit|documented|experienced|found|discussed|met)\b"
    r"|\b(?:was|were|is|are)(?:n't| not) (?:\w+ )?(?:immediately|initially|instantly|at all|at first|particularly|readily|obviously) (?:obvious|apparent|clear|evident|visible)\b"
    rf"|\b(?:challeng(?:es?|ing)|difficult(?:y|ies)?|complexity|complexities|hard|tricky|struggle|hardships?) (?:of |in |to |with |involved in )(?:\w+ )?{_FIND} (?:[\w'-]+ ){{0,4}}?{_FAILURE}\b"
    r"|\b(?:deep(?:ly)?|buried|hidden|lurking|dormant) (?:\w+ )?(?:inside|within|in|beneath|under) (?:the |its |their |our )?(?:[\w-]+ ){0,3}?(?:implementation|code|codebase|internals|stack|library|kernel|driver|layers?|depths|bowels|guts)\b"
    r"|\b(?:worst|unluckiest|most (?:inconvenient|unfortunate)|least convenient) (?:possible |imaginable )?(?:time|moment|timing|day|point)\b|\b(?:could|can)(?:n't| not) have (?:come|happened|been timed|struck|hit) (?:at )?(?:an? )?(?:any )?worse\b"
    r"|\b(?:unfortunate|unlucky|bad|poor|terrible) (?:timing|coincidence|luck)\b|\bas luck would have it\b|\b(?:it|this|that|which) (?:just |simply )?(?:so )?happened (?:to coincide|at the (?:worst|same))\b"
    r"|\b(?:something|anything|a \w+|a \w+ \w+|scenario|case|situation|mode|attack|an? \w+ event) (?:that )?(?:we|i|we'd|anyone|nobody|no one)(?: have| had|'d|'ve)? (?:not |never |n't )?(?:\w+ )?(?:been )?(?:prepared for|planned for|seen before|encountered before|expected|foreseen|ever (?:seen|encountered|considered|imagined|tested)|imagined|thought of|anticipated)\b"
    r"|\b(?:has|have|had) never (?:\w+ )?(?:happened|occurred|been (?:seen|observed|a problem|an issue|triggered|reported)|caused (?:us )?(?:\w+ )?(?:problems?|issues?|trouble|outages?)|failed) (?:\w+ )?(?:before|to us|until|in|since|so far)"
    r"|\bwould (?:normally|usually|ordinarily|typically|generally|otherwise) (?:not )?(?:have )?(?:be|been|gone|go|cause[d]?|pass|work(?:ed)?|recover(?:ed)?) (?:(?:an? |no |any |completely |perfectly |quite )*(?:problem|issue|fine|harmless|unnoticed|smoothly|trouble|safe|transparent|seamless|invisible|non-event|okay|ok|routine)s?)\b"
    r"|\b(?:should have|should've|ought to have|was supposed to have|was (?:meant|supposed|expected|thought|believed) to) (?:been |be )(?:an? |completely |perfectly |totally |entirely |quite |very |just )*(?:fine|safe|harmless|routine|trivial|seamless|transparent|invisible|unnoticeable|non-event|standard|simple|straightforward|easy|no-op|quick|painless|smooth|uneventful|low[- ]risk|non-disruptive)\b"
    r"|\b(?:is|was|are|were|being|following|followed|used|uses|using|per|according to) (?:an? |the |our )?(?:\w+ )?(?:relatively |fairly |perfectly |pretty |very |completely |entirely |widely |well )?(?:standard|common|normal|usual|accepted|accepted|established|industry[- ]standard|recommended|best|tried and tested) (?:industry )?(?:way|practices?|approach|procedure|technique|pattern|thing|set-?up|configuration) (?:to|for|of|in|among|across|at)\b"
    rf"|\b(?:were|was|had|have|been|already|are) (?:already |actively |just |actually )?(?:planning|planned|scheduled|about|going|working|in the (?:process|middle)|underway|on the roadmap|slated|prepared|started) (?:[\w'-]+ ){{0,14}}?(?:even )?{_BEFORE_IT}\b"
    r"|\b(?:on|in) our (?:roadmap|backlog|plans?|pipeline) (?:\w+ ){0,3}?(?:already|before|prior|for (?:months|weeks|a while|some time))\b|\b(?:ironically|coincidentally),? (?:we|this|the|our)\b"
    r"|\b(?:no|any|an?) (?:outage|downtime|incident|failure|interruption|disruption|breach|delay) (?:is|was) (?:\w+ )?(?:desirable|ideal|welcome|fun|pleasant|good|easy|great|acceptable|what (?:we|anyone) wants?)[^.;]{0,12}\b(?:but|yet|however)\b"
    r"|\b(?:could|should|would|might) have (?:\w+ )?(?:issued|posted|published|shared|written|communicated|released|updated|said|sent|announced|told) (?:[\w'-]+ ){0,10}?(?:sooner|earlier|faster|quicker|before)\b[^.;]{0,60}?\b(?:but|we (?:felt|wanted|chose|preferred|believed|thought|waited|decided))\b"
    r"|\b(?:wanted|preferred|chose|waited|felt it (?:was )?(?:important|necessary|right|best)) (?:to |until )(?:[\w'-]+ ){0,4}?(?:all (?:of )?the facts|the full picture|the (?:whole|complete) story|certain|fully understood|be sure|absolutely sure)\b"
    r"|\b(?:despite|in spite of|after|notwithstanding) (?:(?:all|of|our|their|its|the|many) )+?(?:\w+ )?(?:best|sincere|utmost|considerable|repeated|extensive|greatest|diligent|tireless|countless|thorough|careful) (?:\w+ )?(?:efforts?|attempts?|precautions?|testing|planning|preparations?|tests|work)\b"
)
_NOT_IN: Final = Pattern(
    r"\b(?:should have (?:caught|known|noticed|seen|tested|checked|planned|prepared)|our (?:own )?(?:mistake|fault|responsibility)|we failed|that is (?:no excuse|on us)|no excuse)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:if|whether|when|make|makes|making|made|so that|to|not|now|that|which|should|will|would) (?:\w+ )?\Z"
)
_REFUSED: Final = Pattern(
    r"\b(?:cannot|can't|can not|nor can|won't|will not|not|don't|do not) (?:\w+ ){0,2}?(?:blame|deflect|hide|claim|argue|say|pretend|attribute|put|write|chalk)\b[^;:]*\Z"
)
"""Who will not hide behind an excuse only names it to refuse it."""
_FORWARD: Final = Pattern(
    r"\b(?:makes?|making|made|so that|now|will be|in future) (?:\w+ ){0,3}?\Z"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.find(_NOT_IN, sentence) or document.scan[sentence.end - 1] == "?":
        return False
    return not before(document, sentence, found, _FORWARD, 30) and not before(
        document, sentence, found, _REFUSED, 60
    )


RULE = Rule(
    id="DEF-20",
    name="pleads-difficulty",
    category="defensive",
    severity="warning",
    message="It asks for understanding before it gives an answer. Say what was missing on your side.",
    better='"we found it after 5 hours; we had no graph of that limit"',
    source="LEW, ETSY",
    triggers=words(
        "rare uncommon unique exceptional extraordinary elusive insidious obscure exotic unintuitive "
        "counterintuitive counter unheard unlikely complicated complex tricky subtle hard difficult tough "
        "challenging impossible kind unprecedented commonly usually normally often typically generally "
        "ordinarily widely immediately initially instantly first particularly readily obviously "
        "challenge challenges difficulty difficulties complexity complexities struggle hardship hardships "
        "deep deeply buried hidden lurking dormant worst unluckiest inconvenient unfortunate convenient "
        "worse timing coincidence unlucky luck coincide prepared planned expected foreseen imagined "
        "thought anticipated seen ever never otherwise fine safe harmless routine trivial seamless "
        "transparent invisible unnoticeable standard simple straightforward easy painless smooth "
        "uneventful common normal usual accepted established recommended best tried before prior ahead "
        "when roadmap backlog ironically coincidentally outage downtime incident failure interruption "
        "disruption breach delay sooner earlier faster quicker facts picture story certain understood "
        "sure sincere utmost considerable repeated extensive greatest diligent tireless countless "
        "thorough careful"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "This failure is extremely rare, and few operators ever meet it.",
        "The cause was not immediately obvious.",
        "It could not have come at a worse time for us.",
        "The restart should have been harmless.",
        "We were already planning to replace the queue before this outage.",
        "That is a fairly common way to run a cache, and it was a standard approach in our field.",
        "Despite our best efforts, the files could not be brought back.",
    ),
    good=examples(
        "We found the cause after 5 hours; we had no graph of that limit.",
        "The new check makes such a fault easier to find.",
        "Exports failed before this change was rolled back.",
        "The failure was hard to see because we had no alarm for it, which was our mistake.",
    ),
)
