"""REC-22: times that cannot be right: 25:10, or a sum that fails."""

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Pattern, words
from plaintalk.phrasing import short_duration
from plaintalk.rule import Hit, Rule, examples
from plaintalk.text import Sentence

_NOT_A_TIME = Pattern(
    r"(?<![\w:.,/-])(?:(?:2[5-9]|[3-9]\d):[0-5]\d|(?:[01]?\d|2[0-3]):[6-9]\d)(?= ?(?:utc|gmt|[ecmp][sd]t|cet|cest|bst)\b)"
)
_ODD = later(r"[:2-9](?:(?<=:)[6-9]\d|(?<=2)[5-9]:|(?<=[3-9])\d:)")
"""What each of them holds. It starts with a set of characters, so the search is quick."""
_SLACK = 60


def _look(document: Document, sentence: Sentence) -> Hit | None:
    scan = document.scan
    odd = (
        document.find(_NOT_A_TIME, sentence)
        if _ODD.search(scan, sentence.start, sentence.end)
        else None
    )
    if odd:
        return Hit(*odd.span(), message=f"{odd.group()} is not a time of day.")
    for span in document.spans(sentence):
        for length in document.lengths(sentence):
            gap = scan[span.end : length.start]
            if not (
                0 <= len(gap) <= 4 and gap.strip() in ("(", ",", ", ", "—", "–", ":", "- ", "-")
            ):
                continue
            whole_days = length.seconds - length.seconds % 86400 if length.seconds >= 86400 else 0
            off = min(abs(one + whole_days - length.seconds) for one in span.possible_seconds)
            if off > max(_SLACK, length.slack + _SLACK / 2):
                stated = f"{short_duration(span.seconds)}, not {short_duration(length.seconds)}"
                return Hit(length.start, length.end, message=f"These times are {stated} apart.")
    return None


RULE = Rule(
    id="REC-22",
    name="impossible-times",
    category="record",
    severity="error",
    message="These times can't be right.",
    better="check the times and the sum",
    source="SCH",
    triggers=words(":"),
    look=_look,
    bad=examples(
        "Exports failed at 25:10 UTC.", "Exports failed from 08:12 to 14:24 UTC (5 hours)."
    ),
    good=examples(
        "Exports failed from 08:12 to 14:24 UTC (6 hours 12 minutes).",
        "Exports failed from 23:40 to 00:10 UTC (30 minutes).",
        "Exports failed from 09:00 to 21:54 UTC (12.9 hours).",
        "Exports failed from 22:56 CEST to 03:33 CET (5 hours 37 minutes).",
    ),
)
