"""BLM-16: names called, sarcasm, and slang about a supplier that failed."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.people import points_at_a_person
from plaintalk.rule import ALL_KINDS, EVERYWHERE, Rule, before, examples, follows, matching
from plaintalk.text import Sentence

_NAMES: Final = (
    r"(?:script[- ]?kidd(?:ie|y|o)s?|skiddies|trolls?|idiots?|morons?|scum(?:bags?)?|lowlifes?|losers?|jerks?|clowns?|vandals?|crooks?|thugs?|cowards?|miscreants?|hooligans?"
    r"|parasites?|leeches|freeloaders?|bozos?|imbeciles?|fools?|amateurs?|culprits?|perpetrators?|wrongdoers?|bastards?|assholes?|buffoons?|villains?|evildoers?|pests?|bad apples?|nefarious (?:people|persons?|actors?|users?|individuals?|part(?:y|ies)|characters?|folks|elements|visitors?))"
)
_SUPPLIER: Final = r"(?:provider|vendor|supplier|partner|host|hoster|upstream|isp|registrar|carrier|manufacturer|data ?cent(?:er|re)|company|bank|landlord|processor|contractor|(?:support|sales|hosting|cloud|network) team|support)"
_COLLAPSED: Final = (
    r"(?:(?:fell|falling|falls|fall) (?:over|apart|flat)|keel(?:ed|ing) over|chok(?:ed|ing)|crapp(?:ed|ing) out|implod(?:ed|ing)|melt(?:ed|ing) down|cav(?:ed|ing) in|blew up|blow(?:ing)? up|puk(?:ed|ing)|barf(?:ed|ing)"
    r"|(?:went|going|gone) (?:nuts|crazy|haywire|bananas|berserk|mad|rogue|sideways|belly[- ]up|kaput)|los(?:t|ing) (?:its|their) (?:mind|marbles|mojo)|freak(?:ed|ing) out|threw an? (?:tantrum|fit|wobbly)|shit(?:ting)? the bed|having a (?:bad day|moment|meltdown)|had a (?:bad day|moment|meltdown)|struck again|at it again|did it again)"
)
_SARCASM: Final = r"(?:helpfully|kindly|graciously|conveniently|cheerfully|happily|thoughtfully|wisely|brilliantly|generously|gleefully|magically|in (?:its|their) infinite wisdom)"
_PATTERN: Final = Pattern(
    rf"\b{_NAMES}\b"
    rf"|\b(?:(?:our|the|their) (?:[\w-]+ ){{0,2}}?{_SUPPLIER}|they|[a-z][\w.-]{{2,}}) (?:then |also |just |simply |suddenly |apparently |has |have |had |started |began |was |were |kept |is |are )*{_COLLAPSED}\b"
    rf"|\b(?:they|he|she|who|which|(?:our|the|their) (?:[\w-]+ ){{0,2}}?{_SUPPLIER}|\w+) (?:then |also |had |have |has |very |even )?{_SARCASM} (?:\w+ )?\w+(?:ed|t)\b"
)
_OURSELVES: Final = Pattern(
    r"\b(?:we|us|i|our|ourselves|my|it|load|traffic|server|servers|database|databases|cluster|clusters|nodes?|disks?|service|services|system|systems|queues?|site|website|workers?|process|processes|pages?|api|this|that|and|or|but|things|everything|script|job|cache|app|worm)\b"
)
_NAMED: Final = Pattern(_NAMES)


_NO_NAME_CALLED: Final = Pattern(
    r"-(?:proof|safe)|(?: |-)(?:radio|league|sports?|clubs?|teams?|dramatics|theatre|astronom\w+|athletes?|football\w*|musicians?|choirs?|photograph\w+|control|plan|accounts?)\b"
)
_OF_MYSELF: Final = Pattern(
    r"\b(?:(?:i|we)(?:'m|'re| am| are| was| were)? (?:\w+ ){0,2}?(?:an?|such|the|such an?)?|no|not an?|(?:word|words|term|reply|replies|message|text|called (?:\w+ ){1,2}?an?)) ?\Z"
)


def _is_called_so(document: Document, sentence: Sentence, found: Match) -> bool:
    """Whether a name is called after somebody else, and not after a thing or oneself."""
    if found.group().startswith("culprit"):
        return points_at_a_person(document, sentence, found)
    if follows(document, sentence, found, _NO_NAME_CALLED, 24):
        return False
    return not before(document, sentence, found, _OF_MYSELF, 30)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    said = found.group()
    if _NAMED.match(said):
        return _is_called_so(document, sentence, found)
    subject, _, rest = said.partition(" ")
    if subject in ("our", "the", "their"):
        return True
    if _OURSELVES.match(subject):
        return False
    # A bare word must be a name: written with a capital in the middle of a sentence, or "they".
    if subject in ("they", "he", "she", "who"):
        return bool(rest)
    return document.text.raw[found.start()].isupper()


RULE = Rule(
    id="BLM-16",
    name="mocks-others",
    category="blame",
    severity="warning",
    message="Scorn is read as blame, whoever deserved it. Say what they did or what stopped, and when.",
    better='"our database supplier stopped answering at 14:10 UTC"',
    source="ANT",
    kinds=ALL_KINDS,
    roles=EVERYWHERE,
    triggers=words(
        "script scriptkiddies skiddies kiddies kiddie troll trolls idiot idiots moron morons scum scumbag "
        "scumbags lowlife lowlifes loser losers jerk jerks clown clowns vandal vandals crook crooks thug "
        "thugs coward cowards miscreant miscreants hooligan hooligans parasite parasites leeches "
        "freeloader freeloaders bozo bozos imbecile imbeciles fool fools amateur amateurs culprit culprits "
        "perpetrator perpetrators wrongdoer wrongdoers bastard bastards asshole assholes buffoon buffoons "
        "villain villains evildoers pest pests apple apples nefarious over apart flat choked choking "
        "crapped imploded imploding melted melting caved blew blow puked barfed nuts crazy haywire bananas "
        "berserk mad rogue sideways belly kaput mind marbles mojo freaked freaking tantrum fit wobbly bed "
        "day moment meltdown again helpfully kindly graciously conveniently cheerfully happily "
        "thoughtfully wisely brilliantly generously gleefully magically wisdom"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "A bunch of vandals hit our sign-in page.",
        "Our storage supplier fell over at noon.",
        "They conveniently removed the notice from their page.",
    ),
    good=examples(
        "Our database supplier stopped answering at 14:10 UTC.",
        "The culprit was a full disk on one machine.",
        "After two hours we found the culprit: a loop in a client library.",
        "I am an idiot, it was my own script.",
        "The pages of the amateur league were down.",
        "The queue fell over at noon because we had not limited it.",
    ),
)
