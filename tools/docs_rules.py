"""Write linter/docs/rules, a page per category, from the rules; with --check, fail on drift."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from plaintalk import RULES, Example, Rule
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.rule import CATEGORIES, Matching

TARGET = Path(__file__).resolve().parent.parent / "linter" / "docs" / "rules"
HOUSE = "house"
ABOUT = {
    "minimising": "Words that make a failure look small.",
    "defensive": "Words that protect the company before they inform the reader.",
    "over_promise": "Promises that nobody can keep, or that have no date.",
    "vague_prevention": "Prevention without a thing that changes.",
    "jargon": "Words of the trade where readers have words of their own.",
    "blame": "People named as the cause.",
    "hedging": "Doubt where the facts are known, and fog where they are not.",
    "missing": "Questions of the reader that stay open.",
    "record": "Claims that the facts contradict. These need a record.",
    "leak": "What must not leave the company.",
    "tone": "The wrong voice for the moment.",
    "readability": "Texts that are hard to read.",
    "time": "Times that readers can misread.",
    HOUSE: "How plaintalk itself is used: your own words, and comments that let findings stand.",
}
# Asked for and not faked: what a rule over words cannot decide.
NOT_RULES = {
    "REC-21": (
        "Two texts about one incident that disagree. A check sees one text; each is held to the "
        "same record instead, which says where either is wrong."
    ),
    "REC-23": (
        "A letter to somebody who was not affected. A check knows no recipients; whoever sends "
        "has the list and has to compare it."
    ),
}

# Where a rule about the record does otherwise than one would expect, and why.
DECIDED = {
    "REC-03": (
        '5 minutes or 5 % are allowed, a quarter of an hour or 15 % where the text says "about". '
        "The length of a component and the time until the cause was stopped are true as well. "
        "Where only the rest of the clause says that the length is the outage's, it is a warning."
    ),
    "REC-04": (
        '5 minutes are allowed, 15 where the text says "about". Starts and ends of components '
        'and the end of mitigation are true as well. "ET" means what it meant on that day. If '
        "the record knows only one of start and end, only that one is compared."
    ),
    "REC-05": (
        "Whose data was hit is another matter than who was affected: such a figure is compared "
        "with the people in the record's data, and left alone if the record does not count them."
    ),
    "REC-06": (
        'A word of a name that begins another word, or follows a hyphen ("on-call"), does not '
        "count as naming the component."
    ),
    "REC-08": (
        "A backlog is no fact of the record, so only components and the state of the incident "
        "count. An open incident is enough, whatever is known of its components."
    ),
    "REC-13": 'Without a list of all regions nobody can tell what "all regions" leaves out.',
    "REC-14": "A date for the confirmation is not asked for here; MIS-11 asks what comes next.",
    "REC-16": (
        "A later date than the record's is answered too, not only an earlier one: readers are told "
        "two dates otherwise. A date in a sentence of its own belongs to the promise before it."
    ),
    "REC-22": (
        "Times that do not exist and sums that fail. Two clock times without dates may span "
        "midnight, and a time in the future may be a promise, so neither is called impossible."
    ),
}


def pages() -> dict[str, str]:
    """Return every page: file name and content."""
    shown = {category: [r for r in RULES if r.category == category] for category in CATEGORIES}
    shown[HOUSE] = list(HOUSE_RULES)
    written = {
        f"{name}.md": "\n".join(_page(name, rules)) + "\n" for name, rules in shown.items() if rules
    }
    written["README.md"] = "\n".join(_index(shown)) + "\n"
    return written


def _index(shown: dict[str, list[Rule]]) -> Iterator[str]:
    yield "# The rules"
    yield ""
    yield "Generated from the rules by `tools/docs_rules.py`. `plaintalk explain MIN-01` shows one"
    yield "of them at the terminal. Every example is a test."
    yield ""
    yield "| category | rules | |"
    yield "|---|---|---|"
    for name, rules in shown.items():
        if rules:
            yield f"| [{name}]({name}.md) | {len(rules)} | {ABOUT[name]} |"
    left_out = {rule: why for rule, why in NOT_RULES.items() if rule not in _ids()}
    if left_out:
        yield ""
        yield "## Not decided by rule"
        yield ""
        for rule, why in left_out.items():
            yield f"- {rule}: {why}"


def _ids() -> set[str]:
    return {rule.id for rule in RULES}


def _page(name: str, rules: list[Rule]) -> Iterator[str]:
    yield f"# {name.replace('_', ' ').capitalize()}"
    yield ""
    yield ABOUT[name]
    yield ""
    yield "Generated by `tools/docs_rules.py`; [all categories](README.md)."
    for rule in rules:
        yield ""
        yield from _rule(rule)


def _rule(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.name}"
    yield ""
    fires = _fires_on(rule)
    if fires:
        yield f"Fires on: {fires}"
        yield ""
    yield f"> {rule.message}"
    yield ""
    yield f"- Severity: {_severity(rule)}"
    if rule.better:
        yield f"- Better: {rule.better}"
    yield f"- Guards: {_guards(rule)}"
    if rule.id in DECIDED:
        yield f"- Decided: {DECIDED[rule.id]}"
    if rule.two_person_override:
        yield "- To publish in spite of it, a second person has to agree."
    yield f"- Source: {rule.source}"
    for title, examples in (("Found in", rule.bad), ("Left alone", rule.good)):
        for circumstances, group in groupby(examples, _circumstances):
            yield ""
            yield f"{title} ({circumstances}):"
            yield ""
            yield from _fenced([example.text for example in group])


def _severity(rule: Rule) -> str:
    by_severity: dict[str, list[str]] = {}
    for kind in rule.kinds:
        by_severity.setdefault(rule.severity_in(kind), []).append(kind)
    return "; ".join(f"{severity} in {', '.join(kinds)}" for severity, kinds in by_severity.items())


def _fires_on(rule: Rule) -> str | None:
    """The first line of the rule's own file, after the id."""
    try:
        module = importlib.import_module(
            f"plaintalk.rules.{rule.category}.{rule.name.replace('-', '_')}"
        )
    except ModuleNotFoundError:
        return None
    said = (module.__doc__ or "").strip().split("\n\n")[0]
    return " ".join(said.removeprefix(f"{rule.id}: ").split()) or None


def _guards(rule: Rule) -> str:
    said = []
    if rule.needs is not None:
        said.append("needs a record that states the fact; otherwise it is listed as not checked")
    if rule.look is not None:
        kept = rule.look.keep if isinstance(rule.look, Matching) else None
        told = inspect.getdoc(kept) if callable(kept) else None
        if told and kept is not None and kept.__name__ != "<lambda>":
            said.append(told.split("\n\n")[0].rstrip(".").replace("\n", " "))
        elif kept is not None:
            said.append("the words around it, as in the texts left alone below")
        left_out = {"heading", "label"} - set(rule.roles)
        if left_out:
            said.append("headings and labels are left alone")
    else:
        said.append("looks at the text as a whole")
    said.append("quotations, code, links and comments are left alone")
    return "; ".join(said) + "."


def _circumstances(example: Example) -> str:
    about = [example.kind.replace("_", " ")]
    if example.interim:
        about.append("interim")
    if example.record is not None:
        about.append("with a record")
    if example.internal is not None:
        about.append("with an internal review")
    return ", ".join(about)


def _fenced(texts: list[str]) -> Iterator[str]:
    """Single lines stand together, longer texts apart."""
    between = "\n\n---\n\n" if any("\n" in text for text in texts) else "\n"
    joined = between.join(texts)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", joined)), default=0))
    yield f"{fence}text"
    yield joined
    yield fence


def main(arguments: list[str]) -> int:
    written = pages()
    there = {path.name for path in TARGET.glob("*.md")}
    if "--check" in arguments:
        drifted = sorted(
            name
            for name in there | written.keys()
            if name not in there
            or name not in written
            or (TARGET / name).read_text(encoding="utf-8") != written[name]
        )
        if drifted:
            names = ", ".join(drifted)
            print(f"linter/docs/rules has drifted ({names}); run: python tools/docs_rules.py")
        return 1 if drifted else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in there - written.keys():
        (TARGET / name).unlink()
    for name, content in written.items():
        (TARGET / name).write_text(content, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
