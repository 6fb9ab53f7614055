"""TON-08: a subject line without the news."""

from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.rule import Example, Hit, Rule
from plaintalk.text import Sentence

_EMPTY = Pattern(
    r"(?:an? |some )?(?:important |quick |brief |security |service |urgent )*(?:update|information|notice|message|announcement|notification|news|communication)(?: (?:on|about|regarding|of|from|for|concerning|to)\b[^.:]{0,60})?\.?\Z"
)
_NEWS = Pattern(
    r"\b(?:failed|lost|visible|exposed|deleted|down|unavailable|late|delayed|wrong|stolen|seen|duplicated|charged|not sent|could not)\b"
)


def _look(document: Document, sentence: Sentence) -> Hit | None:
    if sentence.role != "subject":
        return None
    scan, start, end = document.scan, sentence.start, sentence.end
    if _EMPTY.match(scan, start, end) and not document.find(_NEWS, sentence):
        return Hit(start, end)
    return None


RULE = Rule(
    id="TON-08",
    name="empty-subject",
    category="tone",
    severity="suggestion",
    message="They decide from the subject whether to open. Put the fact there.",
    better='"Your appointment details were visible to other clinics"',
    source="ZOU",
    in_kinds={"data_notice": "warning", "follow_up": "warning"},
    triggers=words(
        "update important information notice regarding about message notification announcement news"
    ),
    look=_look,
    roles=("subject",),
    bad=(
        Example("Subject: An update on your account\n\nYour edits were lost.", kind="data_notice"),
        Example("Subject: Important information\n\nYour edits were lost.", kind="data_notice"),
    ),
    good=(
        Example(
            "Subject: We lost edits made in your workspace on 17 August\n\nHello.",
            kind="data_notice",
        ),
    ),
)
