"""TON-01: selling inside an apology."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, examples, matching
from plaintalk.text import Sentence

_PATTERN = Pattern(
    r"\bupgrade (?:now|today|your plan|to (?:our |the )?(?:pro|premium|business|enterprise|team))\b|\b(?:special|limited|exclusive) offers?\b|\b(?:excited|thrilled|delighted) to (?:announce|introduce|share|launch|bring)\b|\bcheck out our\b|\b(?:discounts?|coupons?|promo(?:tion)?(?: code)?s?)\b|\bfree trial\b|\bjoin our webinar\b|\bintroducing our\b"
)
_NOT_IN = Pattern(r"\b(?:credit|discount(?:ed)? (?:rate|payments?|codes? (?:failed|were|could)))\b")


def _keep(document: Document, sentence: Sentence, _: Match) -> bool:
    return not document.find(_NOT_IN, sentence)


RULE = Rule(
    id="TON-01",
    name="sells-something",
    category="tone",
    severity="error",
    message="Selling inside an apology; it may also change the legal class of the mail.",
    better="remove it",
    source="CAN",
    kinds=("summary", "follow_up", "data_notice", "note", "closure"),
    triggers=words(
        "upgrade offer excited thrilled check discount promo promotion sale webinar trial introducing coupon"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples("Upgrade now to avoid this.", "We are excited to announce our new editor."),
    good=examples("We upgraded the database.", "The credit is on your next invoice."),
)
