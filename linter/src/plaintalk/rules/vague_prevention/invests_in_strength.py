"""VAG-07: "investing in reliability"."""

from plaintalk.concrete import content, has_mechanism, names_an_object, serves_a_named_change
from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence

_STRONG = r"(?:resilient|robust|reliable|stable|fault[- ]tolerant|redundant|secure|scalable|dependable|solid)"
_PATTERN = Pattern(
    r"\binvest(?:s|ed|ing|ments?)? (?:\w+ )?(?:in|into) (?:[\w-]+,? ){0,5}?(?:reliability|infrastructure|improvements?|resilien\w+|platform|security|stability|monitoring|tooling|systems?|process(?:es)?|capacity|performance|team|redundancy|availability|people|technology|network|hardware|automation)\b"
    r"|\b(?:strengthen|harden|bolster|fortif|reinforc|stabili[sz]|moderni[sz]|future-proof|shor)(?:s|ed|ing|y|ies|ied|ying|e|es)?(?: up)? (?:(?:our|the|this|these|its) )?(?:[\w-]+ ){0,3}?(?:systems?|platform|infrastructure|process(?:es)?|security|defen[cs]es|monitoring|resilience|controls|safeguards|services?|posture|procedures|deployment\w*|reliability|stack|network|operations|architecture|pipelines?|stability|redundancy|environment)\b"
    rf"|\b(?:made|make|making|keep) (?:[\w'-]+ ){{1,5}}?more (?:[\w-]+ and )?{_STRONG}\b"
    r"|\b(?:increas(?:e|ed|ing)|add(?:ed|ing)?|boost(?:ed|ing)?|build(?:ing)?(?: in)?|more|greater|extra|additional|improv(?:e|ed|ing)) (?:[\w-]+ ){0,2}?(?:resilien(?:ce|cy)|redundancy|robustness|stability|reliability)\b"
    r"|\bharden(?:ed|ing)? (?:\w+ )?(?:against|for) (?:these|such|this|future|similar|other|any)\b"
    r"|\b(?:have|has|got|now|with|to|into|towards?|for|enable|provide|ensure|create|build) (?:an? |the )?(?:much |far |significantly |even |considerably |a lot |now )*(?:an? )?(?:much |far )?(?:cleaner|simpler|healthier|saner|nicer|better|stronger|sturdier|safer|leaner|more (?:maintainable|manageable|scalable|robust|resilient|reliable|stable|flexible|modern|sustainable|mature|professional|streamlined|efficient|structured)(?: and [\w-]+)?) (?:[\w-]+ )?(?:cycles?|workflows?|pipelines?|practices?|environment|operations?|set-?ups?|systems?|architecture|codebase|configuration|infrastructure|process(?:es)?|design|foundation|platform|state|place|position|footing|shape)\b"
    r"|\b(?:switch|mov|migrat|chang|transition|shift)(?:e|es|ed|ing|s)? to (?:an? |some |the )?(?:different|better|new|more \w+|another|improved|alternative|other|modern) (?:[\w-]+ ){0,2}?(?:strategy|approach|solution|process|way|method|mechanism|model|practice|arrangement|procedure)\b(?! (?:that|which|in which|where|with|based|using|called|by|of))"
    r"|\b(?:major|significant|substantial|further|deep|fundamental|larger|broader) (?:architectural |structural |technical |infrastructure )?(?:revisions|reworking|restructuring|overhauls?|rework|redesign|refactoring|investments?|projects?)\b(?= (?:over|in|during|this|next|to (?:our|the))|[.,;])"
    r"|\bquality[- ]of[- ]life (?:improvements?|changes|updates|fixes|tweaks|enhancements?)\b"
)
_ANNOUNCED = Pattern(
    r"\b(?:steps|what|ways|how|measures|actions|things|changes) (?:that )?(?:we|i)(?:'re|'ve| are| have|'ll| will)? (?:\w+ ){0,2}?\Z"
)
_HOPED = Pattern(
    r"\b(?:trust|hope|believe|think|will) (?:\w+ )?\Z|\b(?:which|that|this|it|they) (?:would |should |will |also )?\Z"
)
_OURS = Pattern(
    r"\b(?:we|we've|we're|we'll|our|i|i've|i'm|team|engineers|patches|changes|to|and|have|has|been|is|are|will|plan\w*|further)\b"
)
# "For a more modern process", and improvements to the quality of life, are hoped for as well.
_WISHED = Pattern(r"(?:for|enable|provide|ensure|create|build|quality)\b")
# Hardening "against such issues", "a different approach", "major revisions": nothing is named.
_WHATEVER = Pattern(
    r"harden\w* (?:\w+ )?(?:against|for)|(?:switch|mov|migrat|chang|transition|shift)\w* to|(?:major|significant|substantial|further|deep|fundamental|larger|broader) "
)


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    if _WISHED.match(found.group()):
        return not has_mechanism(document, sentence, found.start())
    if before(document, sentence, found, _HOPED, 30) or before(
        document, sentence, found, _ANNOUNCED, 50
    ):
        return False
    if has_mechanism(document, sentence, found.start()) or serves_a_named_change(
        document, sentence, found
    ):
        return False
    if found.group().startswith("add") and content(found.group()):
        return False
    if _WHATEVER.match(found.group()):
        return True
    if not found.group().startswith(
        ("invest", "ma", "have", "has", "got", "now", "with")
    ) and names_an_object(document, sentence, found):
        return False
    if sentence.role == "item" or found.start() - sentence.start < 3:
        return True
    return _OURS.search(document.scan, sentence.start, found.start()) is not None


RULE = Rule(
    id="VAG-07",
    name="invests-in-strength",
    category="vague_prevention",
    severity="warning",
    message="Money and muscle words. Name one change.",
    better=None,
    source="SEED",
    triggers=words(
        "invest invests invested investing investment investments strengthen strengthens "
        "strengthened strengthening harden hardens hardened hardening bolster bolstering "
        "resilient robust fortify fortified fortifying reinforce reinforced reinforcing "
        "stabilize stabilise stabilizing stabilising modernize modernise modernizing "
        "modernising shore shoring reliable stable tolerant redundant secure scalable "
        "dependable solid resilience resiliency redundancy robustness stability reliability "
        "bolstered bolsters cleaner simpler healthier saner nicer better stronger sturdier safer leaner "
        "maintainable manageable flexible modern different new another improved alternative other "
        "revisions reworking restructuring overhaul overhauls rework redesign refactoring project projects "
        "mature professional streamlined efficient structured quality"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "This allows for a more mature and modern booking process.",
        "The crew is planning some quality of life improvements.",
        "We are investing in reliability.",
        "We are strengthening our systems.",
        "We have made ourselves more resilient.",
    ),
    good=examples(
        "Each queue now has its own limit, so that one cannot fill the other.",
        "Invest in a helmet.",
    ),
)
