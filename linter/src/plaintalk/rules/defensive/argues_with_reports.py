"""DEF-04: "contrary to reports"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\bcontrary to (?:what|popular|some|the impression)\b|\bcontrary to (?:\w+ ){0,3}?(?:reports?|rumou?rs?|claims?|belief|speculation|posts?|statements?)\b|\b(?:inaccurate|false|misleading|exaggerated|unfounded|erroneous|incorrect) (?:media )?(?:reports?|claims?|rumou?rs?|allegations?|reporting|speculation|information)\b"
    r"|\b(?:some|people|others|critics|commentators|media|press|users|customers|twitter|posts|many) (?:on [\w ]{2,24} )?(?:have |has |had )?(?:claimed|suggested|alleged|speculated|exaggerated|overstated|blamed|insinuated|jumped to)\b|\b(?:as|has been|was|been) (?:\w+ )?(?:claimed|alleged|exaggerated|rumou?red|overstated|misreported|misrepresented|blown out)\b|\b(?:claims?|rumou?rs?|reports?|allegations?|statements?|posts?|accusations?|speculation|suggestions?) (?:[\w'-]+ ){0,6}?(?:is|are|was|were) (?:\w+ )?(?:false|untrue|wrong|incorrect|baseless|unfounded|misleading|inaccurate|not true|exaggerated|nonsense)\b|\bto the contrary\b|\b(?:unfair|unjustified|unfounded|baseless|undeserved|over the top|overblown|out of (?:all )?proportion) (?:criticism|accusations?|comments?|claims?|attacks?)?|\bout of (?:all )?proportion\b|\bwe (?:reject|dispute|strongly disagree|refute)\b|\b(?:some|many|a lot) of (?:you|the (?:criticism|comments|reactions)) (?:\w+ )?(?:unfair|wrong|exaggerated|overreact\w*)|\bdespite (?:\w+ ){0,3}?(?:rumou?rs?|speculation|claims)\b"
)
_NOT_IN = Pattern(r"\b(?:log|logs|evidence|access record|we compared)\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="DEF-04",
    name="argues-with-reports",
    category="defensive",
    severity="warning",
    message="You are arguing with people who were hurt. State the fact plainly.",
    better='"The fault began at 08:12 UTC, not at 10:00"',
    source="BEN",
    triggers=words(
        "contrary reports report rumours rumors claimed claims speculation alleged "
        "allegations misleading despite misinformation suggested exaggerated overstated "
        "blamed insinuated rumoured rumored misreported misrepresented blown unfair "
        "unjustified unfounded baseless undeserved overblown reject dispute disagree refute "
        "overreact jumped claim rumour rumor allegation statement statements post posts "
        "accusation accusations suggestion suggestions proportion"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Contrary to reports, the service was up.",
        "Some have claimed that data was lost.",
        "Inaccurate reports have appeared.",
    ),
    good=examples(
        "The fault began at 08:12 UTC, not at 10:00.",
        "Some customers reported errors at 08:15 UTC.",
    ),
)
