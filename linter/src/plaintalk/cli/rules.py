"""List every rule: id, name, severity, category."""

import argparse

from plaintalk.catalogue import RULES
from plaintalk.cli.files import write_out
from plaintalk.cli.misuse import CLEAN
from plaintalk.house_rules import HOUSE_RULES


def declare(_: argparse.ArgumentParser) -> None:
    """There are no options."""


def run(_: argparse.Namespace) -> int:
    """Write one line for each rule."""
    rules = (*RULES, *HOUSE_RULES)
    width = max(len(rule.name) for rule in rules)
    lines = (f"{r.id}  {r.name:<{width}}  {r.severity:<10}  {r.category}\n" for r in rules)
    write_out("".join(lines))
    return CLEAN
