"""Explain one rule: what it finds and why, and what to write instead."""

import argparse

from plaintalk.catalogue import RULES
from plaintalk.cli.files import write_out
from plaintalk.cli.misuse import CLEAN, Misuse
from plaintalk.house_rules import HOUSE_RULES
from plaintalk.rule import Rule


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the options of this command."""
    parser.add_argument("rule", metavar="RULE", help="an id such as MIN-01, or a name")


def run(chosen: argparse.Namespace) -> int:
    """Write one rule's page."""
    wanted = chosen.rule.strip().lower()
    for rule in (*RULES, *HOUSE_RULES):
        if wanted in (rule.id.lower(), rule.name):
            write_out(_page(rule))
            return CLEAN
    raise Misuse(f'there is no rule "{chosen.rule}"; "plaintalk rules" lists them')


def _page(rule: Rule) -> str:
    lines = [
        f"{rule.id} {rule.name}",
        f"{rule.severity}, {rule.category}; checked in: {', '.join(rule.kinds)}",
        *(f"{severity} in {kind}" for kind, severity in rule.in_kinds.items()),
        "",
        rule.message,
    ]
    if rule.better:
        lines.append(f"Better: {rule.better}")
    if rule.two_person_override:
        lines.append("To publish in spite of it, a second person has to agree.")
    lines += ["", "Found in:", *(f"  {_line(one.text)}" for one in rule.bad)]
    lines += ["", "Not found in:", *(f"  {_line(one.text)}" for one in rule.good)]
    lines += ["", f"Source: {rule.source}", ""]
    return "\n".join(lines)


def _line(text: str) -> str:
    return " / ".join(part for part in text.split("\n") if part)
