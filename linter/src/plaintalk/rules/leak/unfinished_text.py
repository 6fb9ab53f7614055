"""LEK-10: placeholders and notes to self that were left in."""

from collections.abc import Iterator

from plaintalk.compiled import later
from plaintalk.document import Document
from plaintalk.pattern import Shapes
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
_FILLED = later(
    r"\{\{ ?(?!(?i:insert|enter|describe|add|todo|your|tbd|time of|date of|name of)\b)(?:[^{}\n]*\d|\S+ \S+ \S+)[^{}\n]*\}\}"
)
_CODE = later(r"```[\s\S]*?(?:```|\Z)|`[^`\n]{1,400}`")


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    raw = document.text.raw
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
        "[blank: how many customers were affected]",
    ),
    good=examples(
        "The template is written as `{{duration}}` in your settings.",
        "See [the number page](https://status.example/numbers) for more.",
        "Exports failed for 12 minutes.",
    ),
)
