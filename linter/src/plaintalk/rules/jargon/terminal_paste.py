"""JRG-06: commands, code and stack traces."""

from collections.abc import Iterator

from plaintalk.document import Document
from plaintalk.pattern import Shapes
from plaintalk.rule import Hit, Rule, examples

_PASTED = Shapes(
    (("`",), r"```[^`]{20,}"),
    (("$", ">"), r"(?m:^)[ \t]*(?:\$|>>>) \w+ [\w./-]+"),
    (("kubectl",), r"kubectl \w+ \w+"),
    (("sudo",), r"sudo \w+"),
    (("systemctl",), r"systemctl \w+"),
    (("docker",), r"docker (?:run|exec|ps|rm|restart)\b"),
    (("git",), r"git (?:revert|push|rebase|reset|checkout)\b"),
    (("select",), r"SELECT\b[^;\n]{1,120}\bFROM\b"),
    (("table",), r"(?:DROP|ALTER|TRUNCATE) TABLE\b"),
    (("delete",), r"DELETE FROM\b"),
    (("traceback",), r"Traceback \(most recent call last\)"),
    (("  at ", "\tat "), r"(?m:^)[ \t]*at [\w.$<>]+\([\w.]+:\d+\)"),
    (("error: ",), r"Error: "),
    (("exception: ",), r"Exception: "),
    (("panic",), r"panic: "),
    (("nginx", "emerg"), r"nginx: \[\w+\]|\[emerg\]"),
    (("();",), r"\(\);"),
    (("defer",), r"defer \w+\("),
)


def _survey(document: Document) -> Iterator[Hit]:
    found = min(
        (
            one.span()
            for one in _PASTED.finditer(document.vocabulary(), document.text.low, document.text.raw)
        ),
        default=None,
    )
    if found is not None:
        yield Hit(*found)


RULE = Rule(
    id="JRG-06",
    name="terminal-paste",
    category="jargon",
    severity="warning",
    message="Pasted from the terminal? Check that it is safe, then translate.",
    better=None,
    source="SEED",
    kinds=("closure", "summary", "follow_up", "data_notice", "note", "update"),
    in_kinds={"data_notice": "error", "note": "error"},
    survey=_survey,
    bad=examples(
        "We ran kubectl delete pod and it came back.",
        "The query was SELECT id FROM exports WHERE done.",
    ),
    good=examples("We restarted the export service.", "Please select a date from the list."),
)
