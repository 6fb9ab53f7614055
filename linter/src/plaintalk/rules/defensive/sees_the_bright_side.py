"""DEF-29: what is good about it: it could have lasted longer, it happens to all, it shows success."""

from typing import Final

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_PATTERN: Final = Pattern(
    # It could have been worse.
    r"\b(?:silver lining|blessing in disguise|on the (?:bright|plus|positive|upside)(?: side)?\b|bright side|upside (?:is|was|of))"
    r"|\b(?:could|might|would) (?:easily |well )?have (?:taken|lasted|dragged on|gone (?:on|unnoticed)|been (?:down|worse|far worse|much worse|a lot worse)|cost|continued|remained) (?:[\w'/-]+ ){0,5}?(?:longer|worse|hours|days|weeks|months|undetected|unnoticed|much more)\b"
    r"|\bcould have been (?:much |far |a lot |so much |even )?worse\b"
    r"|\bwithout (?:causing )?(?:an? |any )?(?:total|full|complete|wider|larger|major|further|additional|bigger|longer|noticeable) (?:\w+ )?(?:outage|downtime|disruption|interruption|shutdown|closure|failure|impact|damage|standstill)s?\b"
    # It makes us better, or shows how good we are.
    r"|\b(?:emerge|emerging|come out|came out|come back|came back|coming back|grow|rise|return) (?:from (?:this|it) |of (?:this|it) |even |all the |\w+ )?(?:stronger|wiser|better|more resilient)\b|\b(?:made|makes|make|leaves|left) us (?:even |all the |much )?(?:stronger|better|wiser|more resilient)\b"
    r"|\b(?:speaks?|spoke|attests?|testif\w+) (?:to|of|for) (?:the|our|its) (?:\w+ ){0,3}?(?:maturity|success|growth|popularity|strength|quality|reach|relevance|visibility|importance|reputation|resilience|standing)\b"
    r"|\b(?:sign|proof|price|cost|side[- ]effects?|consequence|symptom|result|victims?|evidence|downside) of (?:the |our |its |being |\w+'s |\w+ being )?(?:an? )?(?:own )?(?:\w+ ){0,2}?(?:maturity|success|growth|popularity|fast[- ]growing|rapidly growing|growing|rapid growth|popular|famous)\b"
    # It happens to everybody.
    r"|\b(?:accidents|mistakes|outages|incidents|stuff|failures|bugs|breakdowns|errors|glitches|mishaps|shit) (?:do |will |can |just |sometimes |simply |always )*happen\b(?! (?:when|if|because|to (?:the|our|your|be|these|this)|in (?:the|our|this)|on|at|with|after|during))"
    r"|\b(?:day|time|moment|hour) (?:of|for|when) (?:[\w'-]+ ){1,5}?(?:arrives?|comes?|strikes?|hits?) (?:eventually|sooner or later|one day|for (?:everyone|everybody|all|us all))\b"
    r"|\b(?:is|holds|holds|remains|was) (?:also )?(?:true|the case|inevitable|unavoidable|a reality|a given) for (?:all|any|every|most|many) (?:[\w-]+ ){0,3}?(?:providers?|services?|companies|company|operators?|platforms?|systems?|networks?|teams?|software|hosts?|sites?|businesses|shops|organi[sz]ations?|projects?)\b"
    r"|\bhappens? to (?:everyone|everybody|all of us|the best|us all|anyone|anybody)\b"
    # Sold at the end of the bad news.
    r"|\b(?:together|with your (?:help|support)),? (?:let's|let us|we'll|we will|we can) (?:\w+ ){0,3}?(?:build\w*|grow\w*|shape|create|make|continue|move|keep)\b|\blet(?:'s| us) (?:\w+ ){0,2}?(?:build\w*|shape|grow|create) (?:[\w'-]+ ){0,4}?(?:future|together|community|better|world)\b"
    r"|\b(?:we|our team|the team)(?:'ve| have)? (?:always |have always |do |really |deeply )*(?:prioriti[sz]e|value|practi[sc]e|believe in|champion|pride ourselves on|stand for|insist on) (?:absolute |full |complete |total |radical |maximum |utmost |\w+ )?(?:transparency|openness|honesty|candou?r|integrity)\b"
)
_NOT_BEFORE: Final = Pattern(
    r"\b(?:not|n't|never|no|hardly|if|whether|should have|how|when|why|before|so that|can|must|where) (?:\w+ )?\Z"
)
_OWNED: Final = Pattern(
    r"\b(?:no excuse|our (?:own )?(?:mistake|fault)|we should have|should have been|unacceptable|not good enough|let you down|we failed|which is why we|now)\b"
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if document.scan[sentence.end - 1] == "?" or document.find(_OWNED, sentence):
        return False
    return not before(document, sentence, found, _NOT_BEFORE, 20)


RULE = Rule(
    id="DEF-29",
    name="sees-the-bright-side",
    category="defensive",
    severity="warning",
    message="Those it hit see no bright side. Say what it cost them, and what you change.",
    better='"the hall was closed for two days; the pipe is now laid deeper"',
    source="BEN, SEED",
    triggers=words(
        "silver blessing bright plus positive upside easily taken lasted dragged gone down worse cost continued remained total full complete wider larger major further additional bigger longer noticeable "
        "emerge emerging came coming come grow rise return stronger better wiser resilient speaks speak spoke attests attest testifies testify testified sign proof price side consequence symptom result "
        "victim victims evidence downside accidents mistakes outages incidents stuff failures bugs breakdowns errors glitches mishaps shit eventually sooner later everyone everybody all best anyone "
        "anybody true case inevitable unavoidable reality given together support let prioritize prioritise value practice practise believe champion pride stand insist transparency openness honesty candor candour integrity day"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "There is a silver lining: the cellar needed new paint.",
        "The flood could easily have lasted days longer.",
        "We changed the boiler without causing a complete closure.",
        "We will come out of this stronger.",
        "That thieves chose our museum speaks to the quality of its pictures.",
        "Accidents happen, and this one happened to us.",
        "The day of the great leak comes eventually.",
        "Together, let us build the baths of tomorrow.",
        "We value full transparency.",
    ),
    good=examples(
        "The hall was closed for two days; the pipe is now laid deeper.",
        "It could have been noticed sooner, and we should have noticed it.",
        "Accidents happen when the floor is wet, so we put down mats.",
        "The same is true for all tickets bought on 3 May.",
        "The loss is the result of a full queue.",
    ),
)
