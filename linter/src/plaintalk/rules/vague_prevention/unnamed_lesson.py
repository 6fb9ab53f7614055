"""VAG-04: "lessons have been learned"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, follows, matching
from plaintalk.text import Sentence

_LESSON = Pattern(
    r"\blearn(?:ed|t) (?:our|the|this|a|that) (?:\w+ )?lessons?\b|\blessons? (?:have been |has been |were |we |we've |we have )?learn(?:ed|t)\b"
    r"|\blearn(?:ed|t|ing)? (?:\w+ ){0,3}?from (?:this|the|it|our|these|every|each)(?: (?!that\b)\w+)?"
    r"|\b(?:many|valuable|important|hard|several|some|a few|painful) lessons?\b|\blearn(?:ed|t)? (?:a lot|so much|much|a great deal|some (?:\w+ )?things|many things)\b"
    r"|\b(?:an? |this )?(?:\w+ )?(?:opportunity|chance) to (?:learn|improve|grow)\b|\blearning (?:experience|opportunity)\b|\b(?:learn and|and learn|to learn) (?:improve|grow|from)\b"
    r"|\b(?:conclusions?|consequences|lessons?) (?:have been|has been|were|will be|are being) (?:\w+ )?(?:drawn|applied|taken|incorporated)\b|\bdraw(?:n|ing)? (?:the |our |appropriate |necessary |the necessary )*(?:conclusions?|consequences)\b|\b(?:adapted|adjusted|updated|revised|changed|amended) (?:\w+ )?accordingly\b"
    r"|\btak(?:e|ing|en) (?:this|it|the lessons?|these lessons?) (?:\w+ ){0,2}?(?:as a lesson|to heart|on board|forward)\b"
    r"|\b(?:valuable|useful|important|new|deep(?:er)?|great|good|key|better|many|several|rich) (?:\w+ )?(?:insights?|know-how|learnings?|takeaways?|findings|knowledge)\b(?! (?:base|graph|team))"
    r"|\b(?:tricks?|techniques?|know-how|tips) (?:to|for|on|about) (?:\w+ )?(?:avoid|prevent|recover|reduc|handl|detect|deal|improv|cop|react|respond)\w*"
)
_TOLD = Pattern(
    r"\W{0,3}(?:\w+ ){0,4}?(?::|about\b|not least\b|in particular\b|especially\b|regarding\b|that\b|—|–|is that|was that|how\b)"
)
_THE_LESSONS = Pattern(r"\b(?:the|our|these|of|share|and) \Z")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if follows(document, sentence, found, _TOLD, 40) or document.scan[sentence.end - 1] == ":":
        return False
    lead = document.scan[max(sentence.start, found.start() - 14) : found.start()]
    if _THE_LESSONS.search(lead):
        return False
    bare = document.scan[sentence.start : sentence.end].strip(" .:-*").removeprefix("misc ")
    return bare != "lessons learned" or document.text.raw[sentence.end - 1] == "."


RULE = Rule(
    id="VAG-04",
    name="unnamed-lesson",
    category="vague_prevention",
    severity="warning",
    message="What lesson? If you can't say it, cut it.",
    better='"We learned that our test copy was too small"',
    source="ETSY",
    triggers=words(
        "lesson lessons learn learned learnt learning opportunity chance experience heart "
        "board conclusions conclusion consequences drawn draw drawing accordingly insight insights know understanding learnings takeaway takeaways findings knowledge trick tricks technique techniques tips"
    ),
    look=matching(_LESSON, _keep),
    bad=examples(
        "Lessons have been learned.",
        "We will learn from this.",
        "There are valuable lessons in this for all of us.",
    ),
    good=examples(
        "We learned that our test copy was too small.",
        "## Lessons learned\n\nOur test copy was too small.",
        "We learned from this: a copy of a tenth of the size hides slow changes.",
    ),
)
