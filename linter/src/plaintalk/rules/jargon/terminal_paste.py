"""JRG-06: commands, code and stack traces."""

import re
from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.rule import Hit, Rule, examples

_PASTED = re.compile(
    r"```[^`]{20,}|(?m:^)[ \t]*(?:\$|#|>>>) \w+ [\w./-]+"
    r"|\bkubectl \w+ \w+|\bsudo \w+|\bsystemctl \w+|\bdocker (?:run|exec|ps|rm|restart)\b|\bgit (?:revert|push|rebase|reset|checkout)\b"
    r"|\bSELECT\b[^;\n]{1,120}\bFROM\b|\b(?:DROP|ALTER|TRUNCATE) TABLE\b|\bDELETE FROM\b"
    r"|\bTraceback \(most recent call last\)|(?m:^)[ \t]*at [\w.$<>]+\([\w.]+:\d+\)"
    r"|\b[A-Za-z_]+(?:Error|Exception): |\bpanic: |\bnginx: \[\w+\]|\[emerg\]"
    r"|\b\w+\(\w*\)(?:\(\))?;|\bdefer \w+\("
)
_HINTS = (
    "```",
    "$ ",
    "# ",
    ">>> ",
    "kubectl",
    "sudo ",
    "systemctl",
    "docker ",
    "git ",
    "select",
    "table",
    "delete from",
    "traceback",
    "at ",
    "error: ",
    "exception: ",
    "panic: ",
    "[emerg]",
    "();",
    "defer ",
    "nginx: ",
)


def _survey(document: Document) -> Iterator[Hit]:
    low = document.text.low
    if not any(hint in low for hint in _HINTS):
        return
    for found in _PASTED.finditer(document.text.raw):
        yield Hit(*found.span())
        return


RULE = Rule(
    id="JRG-06",
    name="terminal-paste",
    category="jargon",
    severity="warning",
    message="Pasted from the terminal? Check that it is safe, then translate.",
    better=None,
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice", "note"),
    in_kinds={"data_notice": "error", "note": "error"},
    survey=_survey,
    bad=examples(
        "We ran kubectl delete pod and it came back.",
        "The query was SELECT id FROM exports WHERE done.",
    ),
    good=examples("We restarted the export service.", "Please select a date from the list."),
)
