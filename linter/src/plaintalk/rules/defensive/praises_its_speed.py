"""DEF-14: "we responded immediately"."""

from plaintalk.document import Document
from plaintalk.pattern import Match, Pattern, words
from plaintalk.rule import Rule, before, examples, matching
from plaintalk.text import Sentence
from plaintalk.vocabulary import NUMBER_WORD

_PATTERN = Pattern(
    r"\b(?:team|teams|engineers?|we|staff|everyone) (?:\w+ ){0,2}?(?:responded|worked|acted|reacted|moved|jumped|mobili[sz]ed|been working|are working|is working|working) (?:\w+ ){0,2}?(?:quickly|immediately|tirelessly|promptly|swiftly|rapidly|diligently|around the clock|fast|hard|into action|instantly)\b"
    r"|\b(?:tirelessly|around the clock|diligently)\b"
    r"|\b(?:quickly|immediately|promptly|swiftly|rapidly) (?:\w+ )?(?:identified|resolved|remedied|fixed|caught|restored|detected|mitigated|addressed|responded|acted|remediated|jumped|contained|corrected|took action|took steps)\b"
    r"|\b(?:identified|resolved|remedied|fixed|caught|restored|detected|mitigated|addressed|remediated|contained|corrected)(?: and \w+)? (?:it |this |the (?:issue|problem) )?(?:quickly|promptly|swiftly|rapidly|very fast)\b"
    r"|\b(?:prompt|swift|rapid|speedy|quick) (?:resolution|response|action|reaction|remediation|recovery)\b|\bbrevity of\b"
)
_NOT_BEFORE = Pattern(
    r"\b(?:to|can|could|not|more|how|help\w*|should|will|be|must|ability to|us to|and|please|needs? to|faster|didn't|did not)(?: more)? \Z"
)
_NOT_IN = Pattern(rf"\d\d:\d\d|\b(?:\d+|{NUMBER_WORD}) (?:minutes?|seconds?|hours?)\b")


def _keep(document: Document, sentence: Sentence, found: Match) -> bool:
    return not before(document, sentence, found, _NOT_BEFORE) and not document.find(
        _NOT_IN, sentence
    )


RULE = Rule(
    id="DEF-14",
    name="praises-its-speed",
    category="defensive",
    severity="warning",
    message="Praising yourself invites a check of the clock. Give the times.",
    better='"We noticed at 08:50 UTC, 38 minutes in"',
    source="BEN",
    triggers=words(
        "quickly immediately tirelessly promptly swiftly swift rapid rapidly diligently prompt instantly clock fast hard speedy timely jumped brevity"
    ),
    look=matching(_PATTERN, _keep),
    bad=examples(
        "Our engineers responded immediately and worked tirelessly.",
        "The fault was caught and remedied quickly by our staff.",
        "The team quickly identified the fault.",
        "Thanks to the prompt resolution, all is well.",
    ),
    good=examples(
        "We noticed at 08:50 UTC, 38 minutes in.",
        "The new check helps us to respond quickly.",
        "After a quick mitigation we saw recovery by 10:02 UTC.",
    ),
)
