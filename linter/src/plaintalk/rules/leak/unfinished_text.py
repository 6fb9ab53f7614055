"""LEK-10: placeholders and notes to self that were left in."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes, words
from plaintalk.rule import PUBLIC, Hit, Rule, examples

_SHAPES = Shapes(
    (("{",), r"\{\{[^{}\n]{0,120}\}\}"),
    (("{",), r"\{%[^%\n]{0,120}%\}"),
    (
        ("[",),
        r"\[(?i:insert|todo|tbd|tbc|placeholder|link|date|time|name|company|component|number|xxx?|blank|your|describe|add)"
        r"(?i:\b[^\]\n]{0,80})?\](?!\()",
    ),
    (
        ("<insert", "<todo", "<tbd", "<placeholder"),
        r"<(?i:insert|todo|tbd|placeholder)\b[^>\n]{0,80}>",
    ),
    (("todo",), r"TODO\b"),
    (("tbd", "tbc"), r"TB[DC]\b"),
    (("fixme",), r"FIXME\b"),
    (("xxx", "xxxx", "xxxxx"), r"XXX+\b"),
    (("lorem",), r"(?i:lorem ipsum)"),
    (("draft",), r"(?m:^)[ \t]*(?:DRAFT\b|\[DRAFT\])|\bDRAFT(?:\]|:| v\d)"),
    (("<",), r"<!--(?![ \t]*plaintalk:)"),
)
_FIELD = later(
    r"(?im:^[ \t]*(?:#{1,3} ?)?\**(?:(?:issue|incident|outage|problem|event|post-?mortem|report|rca|document|service|component) (?:name|title|number|id|template|name here|title here)|(?:template|sample|example|placeholder|test) (?:issue|incident|outage|post-?mortem|report|title|post)|title(?: goes)? here|untitled(?: incident)?|name of (?:the )?incident|your title)\**[ \t]*$)"
)
_TO_FILL = later(
    r"\[(?:[A-Z@][\w.-]*,? )?(?i:to (?:fill(?: in)?|add|complete|write|confirm|provide|be (?:filled|added|completed|written|confirmed|provided|determined|announced|done))|fill in|please (?:fill|add|complete)|needs? (?:input|more|details|a link|numbers)|(?:more |further )?details? (?:to come|tbd|needed)|link (?:to come|here)|coming soon|pending)\b[^\]\n]{0,80}\](?!\()"
    r"|(?i:\((?:to be (?:filled|added|completed|written|confirmed|provided)|fill (?:this )?in|link to come|details to come)\b[^)\n]{0,60}\))"
    r"|<(?:URL|LINK|NAME|DATE|TIME|TITLE|NUMBER|ID|XX+|EMAIL|PHONE|COMPANY|SERVICE|COMPONENT|LOCATION|REGION|DURATION)(?: [A-Z]+)?>"
)
_FIELDS = words("name title number id template issue incident here untitled")
_FILLS = words(
    "fill add complete write confirm provide filled added completed written confirmed provided determined announced done input details detail link coming pending url name date time title number id email phone company service component location region duration please needs need more"
)
_FILLED = later(
    r"\{\{ ?(?!(?i:insert|enter|describe|add|todo|your|tbd|time of|date of|name of)\b)(?:[^{}\n]*\d|\S+ \S+ \S+)[^{}\n]*\}\}"
)
_CODE = later(r"```[\s\S]*?(?:```|\Z)|`[^`\n]{1,400}`")


def _left_open(document: Document) -> Iterator[Hit]:
    """Names of fields where a title should stand, and notes on what is still to be written."""
    said, raw = document.vocabulary(), document.text.raw
    if not _FIELDS.isdisjoint(said):
        for found in _FIELD.finditer(raw):
            yield Hit(*found.span())
    if ("[" in raw or "<" in raw or "(" in raw) and not _FILLS.isdisjoint(said):
        for found in _TO_FILL.finditer(raw):
            yield Hit(*found.span())


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    raw = document.text.raw
    yield from _left_open(document)
    code: list[tuple[int, int]] | None = None
    for found in _SHAPES.finditer(document.vocabulary(), low, raw):
        start = found.start()
        if code is None:
            code = [block.span() for block in _CODE.finditer(raw)]
        if not any(begin <= start < end for begin, end in code):
            # Braces of a template that were left around what was filled in.
            filled = _FILLED.fullmatch(found.group()) is not None
            yield Hit(start, found.end(), severity="suggestion" if filled else None)


RULE = Rule(
    id="LEK-10",
    name="unfinished-text",
    category="leak",
    severity="error",
    message="Unfinished text: fill it in or take it out.",
    better=None,
    source="Found in published reviews",
    kinds=PUBLIC,
    survey=_survey,
    bad=examples(
        "The outage lasted {{duration}}.",
        "Exports failed for [INSERT TIME].",
        "Affected customers: TBD",
        "Exports failed. <!-- ask Noor -->",
        "# Incident title",
        "We moved the pump. [Ottoline to fill in the times]",
        "The new page is at <URL>.",
        "[blank: how many customers were affected]",
    ),
    good=examples(
        "The template is written as `{{duration}}` in your settings.",
        "See [the number page](https://status.example/numbers) for more.",
        "Exports failed for 12 minutes.",
        "Exports failed (more details follow on 8 May).",
    ),
)
